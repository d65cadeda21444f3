"""Which class shows which place, each loaded when it is first asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject

from desktop.ui import places
from desktop.ui.page import Page
from desktop.ui.places import Place


def _home() -> type[Page]:
    from desktop.ui.pages.home.page import Home

    return Home


def _manager_home() -> type[Page]:
    from desktop.ui.pages.stamping.home import ManagerHome

    return ManagerHome


def _stamp_batch() -> type[Page]:
    from desktop.ui.pages.stamping.batch import BatchPage

    return BatchPage


def _form() -> type[Page]:
    from desktop.ui.pages.form.page import CaseForm

    return CaseForm


def _outcome() -> type[Page]:
    from desktop.ui.pages.outcome.page import OutcomePage

    return OutcomePage


def _letter() -> type[Page]:
    from desktop.ui.pages.letter.page import LetterPage

    return LetterPage


def _queue() -> type[Page]:
    from desktop.ui.pages.queue.page import QueuePage

    return QueuePage


def _case() -> type[Page]:
    from desktop.ui.pages.case.page import CasePage

    return CasePage


def _search() -> type[Page]:
    from desktop.ui.pages.search.page import SearchPage

    return SearchPage


def _services() -> type[Page]:
    from desktop.ui.pages.search.services import ServicesPage

    return ServicesPage


def _checklist() -> type[Page]:
    from desktop.ui.pages.papers.checklist import ChecklistPage

    return ChecklistPage


def _nearest() -> type[Page]:
    from desktop.ui.pages.nearest.page import NearestPage

    return NearestPage


def _courier() -> type[Page]:
    from desktop.ui.pages.outbox.courier import CourierPage

    return CourierPage


def _elsewhere() -> type[Page]:
    from desktop.ui.pages.elsewhere.page import ElsewherePage

    return ElsewherePage


def _basket() -> type[Page]:
    from desktop.ui.pages.till.basket import BasketPage

    return BasketPage


def _till() -> type[Page]:
    from desktop.ui.pages.till.page import CashPage

    return CashPage


def _day_close() -> type[Page]:
    from desktop.ui.pages.closing.page import DayClosePage

    return DayClosePage


def _sheets() -> type[Page]:
    from desktop.ui.pages.sheets.page import SheetsPage

    return SheetsPage


def _registers() -> type[Page]:
    from desktop.ui.pages.registers.page import RegistersPage

    return RegistersPage


def _outbox() -> type[Page]:
    from desktop.ui.pages.outbox.page import WaitingPage

    return WaitingPage


def _arrived() -> type[Page]:
    from desktop.ui.pages.outbox.arrived import ArrivedPage

    return ArrivedPage


def _announcements() -> type[Page]:
    from desktop.ui.pages.notices.heard import AnnouncementsPage

    return AnnouncementsPage


def _lessons() -> type[Page]:
    from desktop.ui.pages.lessons.list import LessonsPage

    return LessonsPage


def _lesson() -> type[Page]:
    from desktop.ui.pages.lessons.page import LessonPage

    return LessonPage


def _keys() -> type[Page]:
    from desktop.ui.pages.help.keys import KeysPage

    return KeysPage


def _municipal_queue() -> type[Page]:
    from desktop.ui.pages.municipality.queue import MunicipalQueuePage

    return MunicipalQueuePage


def _review_file() -> type[Page]:
    from desktop.ui.pages.review.page import ReviewPage

    return ReviewPage


def _municipal_case() -> type[Page]:
    from desktop.ui.pages.municipality.case import MunicipalCasePage

    return MunicipalCasePage


def _objections() -> type[Page]:
    from desktop.ui.pages.objection.listing import ObjectionsPage

    return ObjectionsPage


def _objection() -> type[Page]:
    from desktop.ui.pages.objection.page import ObjectionPage

    return ObjectionPage


def _city_day() -> type[Page]:
    from desktop.ui.pages.board.page import CityBoard

    return CityBoard


def _city_cases() -> type[Page]:
    from desktop.ui.pages.board.cases import CityCasesPage

    return CityCasesPage


def _sign_batch() -> type[Page]:
    from desktop.ui.pages.signing.batch import SignBatchPage

    return SignBatchPage


def _commissions() -> type[Page]:
    from desktop.ui.pages.commissions.page import CommissionsPage

    return CommissionsPage


def _check() -> type[Page]:
    from desktop.ui.pages.checking.page import CheckPage

    return CheckPage


def _bulletin() -> type[Page]:
    from desktop.ui.pages.bulletin.page import BulletinPage

    return BulletinPage


def _second_look() -> type[Page]:
    from desktop.ui.pages.looks.page import SecondLookPage

    return SecondLookPage


def _watch() -> type[Page]:
    from desktop.ui.pages.municipality.watch import WatchPage

    return WatchPage


def _announcing() -> type[Page]:
    from desktop.ui.pages.notices.announcing import AnnouncingPage

    return AnnouncingPage


def _citizen_messages() -> type[Page]:
    from desktop.ui.pages.notices.messages import CitizenMessagesPage

    return CitizenMessagesPage


def _reading_log() -> type[Page]:
    from desktop.ui.pages.readings.page import ReadingLogPage

    return ReadingLogPage


def _trained() -> type[Page]:
    from desktop.ui.pages.trained.page import TrainedPage

    return TrainedPage


def _office_training() -> type[Page]:
    from desktop.ui.pages.trained.office import OfficeTrainingPage

    return OfficeTrainingPage


def _municipal_data() -> type[Page]:
    from desktop.ui.pages.figures.page import MunicipalDataPage

    return MunicipalDataPage


def _records() -> type[Page]:
    from desktop.ui.pages.records.page import RecordsPage

    return RecordsPage


def _service_files() -> type[Page]:
    from desktop.ui.pages.services.page import ServiceFilesPage

    return ServiceFilesPage


def _service_draft() -> type[Page]:
    from desktop.ui.pages.services.editor import ServiceEditor

    return ServiceEditor


def _service_version() -> type[Page]:
    from desktop.ui.pages.services.reader import VersionPage

    return VersionPage


def _publication() -> type[Page]:
    from desktop.ui.pages.services.reader import PublicationPage

    return PublicationPage


def _office() -> type[Page]:
    from desktop.ui.pages.office.page import OfficePage

    return OfficePage


def _offices() -> type[Page]:
    from desktop.ui.pages.offices.page import OfficesPage

    return OfficesPage


def _people() -> type[Page]:
    from desktop.ui.pages.people.page import PeoplePage

    return PeoplePage


def _visit_plan() -> type[Page]:
    from desktop.ui.pages.visits.page import VisitPlanPage

    return VisitPlanPage


def _visit_day() -> type[Page]:
    from desktop.ui.pages.inspection.page import VisitDayPage

    return VisitDayPage


def _delegation() -> type[Page]:
    from desktop.ui.pages.delegation.page import DelegationPage

    return DelegationPage


def _conversion() -> type[Page]:
    from desktop.ui.pages.conversion.page import ConversionPage

    return ConversionPage


def _counter_test() -> type[Page]:
    from desktop.ui.pages.conversion.counter import CounterTestPage

    return CounterTestPage


def _withdrawal() -> type[Page]:
    from desktop.ui.pages.delegation.withdrawal import WithdrawalPage

    return WithdrawalPage


def _consultations() -> type[Page]:
    from desktop.ui.pages.consultations.page import ConsultationsPage

    return ConsultationsPage


def _recalls() -> type[Page]:
    from desktop.ui.pages.recalls.page import RecallsPage

    return RecallsPage


def _office_letters() -> type[Page]:
    from desktop.ui.pages.office_letters.page import OfficeLettersPage

    return OfficeLettersPage


_Table = Mapping[type[Place], Callable[[], type[Page]]]

_OFFICE: _Table = {
    places.Home: _home,
    places.ManagerHome: _manager_home,
    places.StampBatch: _stamp_batch,
    places.Form: _form,
    places.Outcome: _outcome,
    places.Letter: _letter,
    places.Queue: _queue,
    places.Case: _case,
    places.Search: _search,
    places.Services: _services,
    places.Checklist: _checklist,
    places.Nearest: _nearest,
    places.Elsewhere: _elsewhere,
    places.Courier: _courier,
    places.Basket: _basket,
    places.Till: _till,
    places.DayClose: _day_close,
    places.StampedSheets: _sheets,
    places.Registers: _registers,
    places.Arrived: _arrived,
    places.Lessons: _lessons,
    places.Lesson: _lesson,
    places.CounterTest: _counter_test,
}
_MUNICIPALITY: _Table = {
    places.MunicipalQueue: _municipal_queue,
    places.MunicipalCase: _municipal_case,
    places.ReviewFile: _review_file,
    places.Objections: _objections,
    places.Objection: _objection,
    places.CityDay: _city_day,
    places.Commissions: _commissions,
    places.SignBatch: _sign_batch,
    places.CityCases: _city_cases,
    places.SecondLook: _second_look,
    places.Watch: _watch,
    places.Announcing: _announcing,
    places.CitizenMessages: _citizen_messages,
    places.Bulletin: _bulletin,
    places.Trained: _trained,
    places.OfficeTraining: _office_training,
    places.MunicipalData: _municipal_data,
    places.Records: _records,
    places.ServiceFiles: _service_files,
    places.ServiceDraft: _service_draft,
    places.ServiceVersion: _service_version,
    places.Publication: _publication,
    places.Office: _office,
    places.Offices: _offices,
    places.Delegation: _delegation,
    places.Conversion: _conversion,
    places.Withdrawal: _withdrawal,
    places.VisitPlan: _visit_plan,
    places.VisitDay: _visit_day,
    places.Consultations: _consultations,
    places.Recalls: _recalls,
}
_BOTH: _Table = {
    places.Outbox: _outbox,
    places.Announcements: _announcements,
    places.Keys: _keys,
    places.Check: _check,
    places.ReadingLog: _reading_log,
    places.People: _people,
    places.OfficeLetters: _office_letters,
}
_PAGES: _Table = {**_OFFICE, **_MUNICIPALITY, **_BOTH}


def page_class(place: type[Place]) -> type[Page]:
    """The class of the page; loaded now where nobody was there before."""
    return _PAGES[place]()


def load_pages(*, municipal: bool) -> None:
    """Load the pages of who sits here, the help and the box of commands: no import holds one up.

    `municipal` is the municipality's desk, else an office's; what the other side alone opens is
    left until somebody asks for it.
    """
    for load in (*(_MUNICIPALITY if municipal else _OFFICE).values(), *_BOTH.values()):
        load()
    for load_part in (_commanding, _helping):
        load_part()


def _commanding() -> type[QObject]:
    from desktop.ui.commanding import Commanding

    return Commanding


def _helping() -> type[QObject]:
    from desktop.ui.helping import Helping, read_ahead

    read_ahead()
    return Helping
