"""Every form of the unit's pages of data, offices, notices and training, as it comes to stand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from desktop.actions import board, municipal_data, office_list, offices, publishing
from desktop.actions.municipal_data import KindLook, SheetDraft
from desktop.actions.office_import import SheetLook
from desktop.actions.training_import import TrainingLook
from desktop.domain.stream import Topic
from desktop.domain.training import Training, TrainingWay
from desktop.forms.sheets import SHEETS, FiguresSheet
from desktop.ui.pages.acts.form import ActForm
from desktop.ui.pages.figures.figure_form import FigureForm
from desktop.ui.pages.figures.holiday_form import HolidayForm
from desktop.ui.pages.figures.sheet_form import SheetForm
from desktop.ui.pages.figures.take_back import TakeBackForm
from desktop.ui.pages.notices.form import AnnouncementForm
from desktop.ui.pages.offices.days_form import GroupDaysForm
from desktop.ui.pages.offices.import_form import ImportForm
from desktop.ui.pages.offices.new_form import NewForm
from desktop.ui.pages.trained.forms import ExtendForm, PaperRecordForm
from desktop.ui.pages.trained.sheet_form import TrainingSheetForm
from desktop.wire.publishing import WarningBody
from tests.houses import MORNING
from tests.ui.pages.conftest import Office

TODAY = MORNING.date()
_SHEET = Path("تعرفه.xlsx")
_STAFF = {"maryam-dehghan": "مریم دهقان", "zahra-fallah": "زهرا فلاح"}


def looked(office: Office, kind: str) -> KindLook:
    """A kind of the municipality's data, as its desk has heard it."""
    return municipal_data.look(office.crew.supervisor.desk, kind)


FIGURE_KINDS = [key for key, sheet in SHEETS.items() if isinstance(sheet, FiguresSheet)]


def _take_back(office: Office) -> ActForm:
    look = looked(office, "tariffs")
    return TakeBackForm(look, look.figures[0])


def _sheet(office: Office) -> ActForm:
    look = looked(office, "tariffs")
    desk = office.crew.supervisor.desk
    draft = publishing.figures_draft(desk, Topic.TARIFF, [look.figures[0].item])
    return SheetForm("tariffs", _SHEET, SheetDraft(draft), ())


def _announcement(office: Office) -> ActForm:
    desk = office.crew.supervisor.desk
    cards = offices.offices(desk)
    return AnnouncementForm(board.services_known(desk), cards, office.window.now)


def _import(office: Office) -> ActForm:
    card = offices.offices(office.crew.supervisor.desk)["21"]
    draft = offices.office_draft([(card, TODAY + timedelta(days=1))])
    doubt = WarningBody(mark="licence", words="پروانهٔ دو دفتر پایان یافته است.")
    return ImportForm(SheetLook(_SHEET, 1, 0, 0, (), fight=False, draft=draft, warnings=(doubt,)))


def _paper(office: Office) -> ActForm:
    services = list(board.services_known(office.crew.supervisor.desk).values())
    return PaperRecordForm(office.window, "21", _STAFF, services)


def _training_sheet(office: Office) -> ActForm:
    record = Training("zahra-fallah", "clearance", "نخست", TODAY, "مدرس", TrainingWay.PAPER)
    look = TrainingLook(Path("آموزش.xlsx"), (record,), (2,), 1, 1, 0, ())
    return TrainingSheetForm(office.window, look)


def _extend(office: Office) -> ActForm:
    service = board.services_known(office.crew.supervisor.desk)["clearance"]
    records = {
        staff: Training(staff, service.code, "نخست", TODAY, "مدرس", TrainingWay.LESSON)
        for staff in _STAFF
    }
    return ExtendForm(office.window, "21", _STAFF, service, records)


def _new(office: Office) -> ActForm:
    return NewForm(office_list.registry(office.crew.supervisor.desk), TODAY)


def _group_days(office: Office) -> ActForm:
    return GroupDaysForm(office_list.registry(office.crew.supervisor.desk), TODAY)


UNIT_FORMS: dict[type[ActForm], Callable[[Office], ActForm]] = {
    FigureForm: lambda office: FigureForm(looked(office, "tariffs"), None),
    HolidayForm: lambda office: HolidayForm(looked(office, "calendar"), TODAY + timedelta(days=9)),
    SheetForm: _sheet,
    TakeBackForm: _take_back,
    NewForm: _new,
    ImportForm: _import,
    GroupDaysForm: _group_days,
    AnnouncementForm: _announcement,
    PaperRecordForm: _paper,
    ExtendForm: _extend,
    TrainingSheetForm: _training_sheet,
}
