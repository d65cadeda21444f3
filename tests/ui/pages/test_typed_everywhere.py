"""What is typed on any page is there when one comes back, and the page that was left is gone."""

from __future__ import annotations

import weakref
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit

from desktop.actions import publishing, service_files, stamped_sheets
from desktop.actions.city_board import Narrowed
from desktop.actions.stamping import Chosen
from desktop.demo.following import case_now, step
from desktop.demo.people import OFFICE, PASSWORD
from desktop.domain.case import Case
from desktop.domain.people import Role
from desktop.domain.stamped_sheets import SheetRun
from desktop.ui import places, registry
from desktop.ui.page import Page
from desktop.ui.pages.letter.cards import CARD
from desktop.ui.pages.letter.page import LetterPage
from desktop.ui.pages.notices.announcing import AnnouncingPage
from desktop.ui.pages.office.forms import EditForm
from desktop.ui.pages.office.page import OfficePage
from desktop.ui.pages.people.page import PeoplePage
from desktop.ui.pages.services.form import FormView
from desktop.ui.pages.sheets.page import SheetsPage
from desktop.ui.pages.visits.page import VisitPlanPage
from desktop.ui.places import Place
from desktop.ui.widgets.inputs.date_line import DateLine
from desktop.ui.widgets.inputs.list_choice import ListChoice
from desktop.ui.widgets.inputs.password import PasswordLine
from desktop.wire.board_cases import Figure
from tests.publish import renamed
from tests.ui.keyboard import type_text
from tests.ui.pages import cases
from tests.ui.pages.case_hands import booked, unpaid
from tests.ui.pages.conftest import Office
from tests.ui.pages.seeing import wake, walkers
from tests.ui.pages.test_act_drafts import _claimed
from tests.ui.pages.test_objections import put_in
from tests.ui.pages.test_pages_gone import is_gone

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]
Input = QLineEdit | QPlainTextEdit


def nothing_more(_: Page) -> None:
    """All inputs stand there at once."""


def open_void(page: Page) -> None:
    assert isinstance(page, LetterPage)
    page.panel.open_void()


def open_again(page: Page) -> None:
    assert isinstance(page, LetterPage)
    page.print_again()


def open_bundle(page: Page) -> None:
    assert isinstance(page, SheetsPage)
    page.take()


def took(office: Office) -> None:
    stamped_sheets.take(office.crew.manager, PASSWORD, SheetRun("", 1, 9), "۷")


def open_dropping(page: Page) -> None:
    assert isinstance(page, SheetsPage)
    page.put_aside()


def open_next_sheet(page: Page) -> None:
    assert isinstance(page, SheetsPage)
    page.say_next()


def open_newcomer(page: Page) -> None:
    assert isinstance(page, PeoplePage)
    page.add()


def open_announcement(page: Page) -> None:
    assert isinstance(page, AnnouncingPage)
    page.begin()


def open_card(page: Page) -> None:
    assert isinstance(page, OfficePage)
    page.begin(EditForm.name)


def open_absence(page: Page) -> None:
    assert isinstance(page, VisitPlanPage)
    page.begin_absence()


def open_rounds(page: Page) -> None:
    assert isinstance(page, VisitPlanPage)
    page.begin_rounds()


Walk = Iterator[tuple[Place, Callable[[Page], None]]]


def _clerk(office: Office) -> Walk:
    yield places.CounterTest(), nothing_more
    crew = office.crew
    fee, owing = unpaid(office), cases.owing(crew, 2)
    visit = cases.to_visit(crew)
    handed = printed(office)
    yield places.Home(), nothing_more
    yield places.Form("no-violation"), nothing_more
    yield places.Outcome(fee.case_id), nothing_more
    yield places.Outcome(owing.case_id), nothing_more
    yield places.Outcome(owing.case_id, owed=owing.owed[1].key), nothing_more
    yield places.Outcome(visit.case_id), nothing_more
    yield places.Letter(handed.case_id), nothing_more
    yield places.Queue(), nothing_more
    yield places.Search(), nothing_more
    yield places.Services(), nothing_more
    yield places.Checklist("no-violation"), nothing_more
    yield places.Nearest("no-violation"), nothing_more
    yield places.Lessons(), nothing_more
    yield places.Lesson("no-violation", 0), nothing_more
    yield places.Outbox(), nothing_more
    yield places.Arrived(), nothing_more
    yield places.Announcements(), nothing_more
    yield places.Keys(), nothing_more
    yield places.Case(fee.case_id), nothing_more
    yield places.Basket(fee.request.party.person_id), nothing_more
    yield places.Check(), nothing_more
    yield places.Elsewhere(), nothing_more
    yield places.Courier(), nothing_more


def _manager(office: Office) -> Walk:
    case = cases.answered(office.crew)
    yield places.ManagerHome(), nothing_more
    yield places.Till(), nothing_more
    yield places.DayClose(), nothing_more
    yield places.StampedSheets(), open_bundle
    took(office)
    yield places.StampedSheets(), open_dropping
    yield places.StampedSheets(), open_next_sheet
    yield places.People(), open_newcomer
    yield places.Registers(), nothing_more
    yield places.Registers("fees"), nothing_more
    yield places.Letter(printed(office).case_id), open_void
    yield places.Letter(printed(office).case_id), open_again
    held = case.answer
    assert held is not None
    chosen = Chosen(case.case_id, held.letter.letter_id)
    yield places.StampBatch((chosen,)), nothing_more
    yield places.Letter(case.case_id), nothing_more


def _expert(office: Office) -> Walk:
    yield places.MunicipalQueue(), nothing_more
    case_id = cases.in_review(office.crew).case_id
    yield places.MunicipalCase(case_id), nothing_more
    yield places.ReviewFile(case_id), nothing_more
    yield places.Commissions(), nothing_more
    yield places.Objections(), nothing_more
    yield places.Objection(put_in(office).case_id), nothing_more


def _signer(_: Office) -> Walk:
    yield places.SignBatch(), nothing_more


def _inspector(office: Office) -> Walk:
    yield places.MunicipalQueue(), nothing_more
    case = booked(office)
    slot = case.slot
    assert slot is not None
    day = slot.day
    office.clock.moment = office.clock.moment.replace(year=day.year, month=day.month, day=day.day)
    yield places.VisitDay(), nothing_more
    yield places.MunicipalCase(case.case_id), nothing_more


def _finance(office: Office) -> Walk:
    yield places.MunicipalQueue(), nothing_more
    yield places.MunicipalCase(_claimed(office).case_id), nothing_more


def _planner(office: Office) -> Walk:
    yield places.MunicipalQueue(), nothing_more
    yield places.MunicipalCase(booked(office).case_id), nothing_more
    yield places.VisitPlan(), open_absence
    yield places.VisitPlan(), open_rounds


def _admin(_: Office) -> Walk:
    yield places.Offices(), nothing_more
    yield places.Office("21"), nothing_more
    yield places.People(), open_newcomer
    yield places.Outbox(), nothing_more


def _supervisor(office: Office) -> Walk:
    draft = renamed("walling", office.window.today() + timedelta(days=9))
    publishing.prepare(office.crew.second, draft)
    waits = publishing.waiting(office.crew.supervisor)[0].draft.publication
    text = service_files.begin(office.crew.supervisor, draft.items[0].text)
    yield places.MunicipalQueue(), nothing_more
    yield places.MunicipalCase(cases.answered(office.crew).case_id), nothing_more
    version = publishing.services(office.crew.supervisor)[0]
    yield places.CityDay(), nothing_more
    today = office.window.today()
    late = Narrowed(Figure.LATE, today - timedelta(days=9), today)
    yield places.CityCases(late, "دیرکرد"), nothing_more
    yield places.SecondLook(), nothing_more
    yield places.ReadingLog(), nothing_more
    yield places.Bulletin(), nothing_more
    yield places.Watch(), nothing_more
    yield places.Consultations(), nothing_more
    yield places.Recalls(), nothing_more
    yield places.Announcing(), open_announcement
    yield places.CitizenMessages(), nothing_more
    yield places.VisitPlan(), nothing_more
    yield places.Trained(), nothing_more
    yield places.OfficeTraining(OFFICE.own_id), nothing_more
    yield places.Records(), nothing_more
    yield places.People(), nothing_more
    yield places.MunicipalData(), nothing_more
    yield places.Offices(), nothing_more
    yield places.ServiceFiles(), nothing_more
    yield places.ServiceVersion(version.code, version.versions[0].version), nothing_more
    yield places.ServiceDraft(text), nothing_more
    yield places.Publication(waits), nothing_more
    yield places.Delegation(), nothing_more
    yield places.Withdrawal("21"), nothing_more
    yield places.OfficeLetters(), nothing_more
    yield places.Offices(), nothing_more
    yield places.Office("21"), open_card
    yield places.Conversion("21"), nothing_more


WALKS: dict[Role, Callable[[Office], Walk]] = {
    Role.CLERK: _clerk,
    Role.MANAGER: _manager,
    Role.EXPERT: _expert,
    Role.SIGNER: _signer,
    Role.INSPECTOR: _inspector,
    Role.FINANCE: _finance,
    Role.PLANNER: _planner,
    Role.SUPERVISOR: _supervisor,
    Role.ADMIN: _admin,
}


def printed(office: Office) -> Case:
    """A case whose letter is on paper, not handed over."""
    case = cases.answered(office.crew)
    for _ in range(3):
        case = case_now(office.crew.clerk, case.case_id)
        held = case.answer
        assert held is not None
        if held.copies:
            return case
        step(office.crew, case, office.clock.moment)
    raise AssertionError(case.state)


def inputs(page: Page) -> list[Input]:
    """All that can be typed into now, beside the page too; passwords are never kept.

    The form beside a service's file is tried there, and no request.
    """
    found: list[Input] = []
    for each in (page, page.side):
        if each is None:
            continue
        found += [line for line in each.findChildren(QLineEdit) if _is_asked(line)]
        found += [text for text in each.findChildren(QPlainTextEdit) if _is_asked(text)]
    return list(dict.fromkeys(found))


def _is_asked(line: Input) -> bool:
    if isinstance(line, PasswordLine) or line.isReadOnly() or not line.isVisible():
        return False
    over = line.parentWidget()
    while over is not None and not isinstance(over, FormView):
        over = over.parentWidget()
    return over is None


def text_of(line: Input) -> str:
    if isinstance(line, DateLine):
        # Whoever goes on finds it written out.
        return str(line.value())
    return line.text() if isinstance(line, QLineEdit) else line.toPlainText()


def named(line: Input) -> str:
    return line.accessibleName() or type(line).__name__


def type_into(line: Input) -> None:
    line.setFocus(Qt.FocusReason.TabFocusReason)
    QApplication.processEvents()
    if isinstance(line, ListChoice):
        line.set_value(line.options()[-1][0])
        line.edited.emit()
    else:
        if isinstance(line, QLineEdit):
            line.selectAll()
        type_text(line, "14050901" if isinstance(line, DateLine) else "12")
    QApplication.processEvents()


@pytest.mark.long
def test_every_place_is_walked(office: Office) -> None:
    walked = {type(place) for walk in WALKS.values() for place, _ in walk(office)}
    assert walked == set(registry._PAGES)


def _typed_into(page: Page) -> dict[str, str]:
    """What stands in each input once something was typed into all of them."""
    for line in inputs(page):
        if line.isVisible():
            type_into(line)
    return {named(line): text_of(line) for line in inputs(page)}


@pytest.mark.parametrize("role", walkers(WALKS))
@pytest.mark.long
def test_what_is_typed_anywhere_is_there_when_one_comes_back(office: Office, role: Role) -> None:
    lost: list[str] = []
    for place, opens in WALKS[role](office):
        office.sit(role)
        wake(office)
        page = weakref.ref(office.go(place))
        opens(office.page)
        QApplication.processEvents()
        typed = _typed_into(office.page)
        if not is_gone(office, page):
            lost.append(f"{place}: something holds the page")
        office.window.back()
        QApplication.processEvents()
        opens(office.page)
        QApplication.processEvents()
        now = {named(line): text_of(line) for line in inputs(office.page)}
        lost += [
            f"{place}: {name}: {text!r}, then {now.get(name)!r}"
            for name, text in typed.items()
            if now.get(name) != text
        ]
    assert not lost, "\n".join(lost)


@pytest.mark.long
def test_what_was_seen_at_a_hand_over_is_ticked_when_one_comes_back(office: Office) -> None:
    place = places.Letter(printed(office).case_id)
    office.sit(Role.CLERK)
    wake(office)
    page = office.go(place)
    assert isinstance(page, LetterPage)
    page.panel.hand.seen.ticks[CARD].click()
    office.go(places.Keys())
    again = office.go(place)
    assert isinstance(again, LetterPage)
    assert again.panel.hand.seen.value() == (CARD,)
    assert again.panel.hand.form.earlier.isVisible()
