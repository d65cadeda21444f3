"""Every page in every state, zoom and theme, with the longest realistic values, has no fault."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from desktop.actions import board, intake, payments, stamped_sheets
from desktop.actions.city_board import Narrowed
from desktop.actions.documents import PaperSource
from desktop.actions.stamping import Chosen
from desktop.demo.following import case_now, visited_on
from desktop.demo.people import OFFICE, PASSWORD
from desktop.demo.requests import BUSIEST
from desktop.demo.sample_paper import sample_paper
from desktop.domain.case import Case
from desktop.domain.people import Role
from desktop.domain.request import Payment
from desktop.domain.stamped_sheets import SheetRun
from desktop.domain.state import State
from desktop.scans.legible import BLURRED
from desktop.ui import places, registry
from desktop.ui.look import Look
from desktop.ui.page import Page
from desktop.ui.pages.acts.form import ActForm
from desktop.ui.pages.case.counter_acts import LackForm, MoveForm, WithdrawForm
from desktop.ui.pages.case.frame import CaseFrame
from desktop.ui.pages.case.page import CasePage
from desktop.ui.pages.case.tabs import LETTERS_TAB, WHY_TAB
from desktop.ui.pages.commissions.forms import CommissionForm
from desktop.ui.pages.commissions.page import CommissionsPage
from desktop.ui.pages.form.files import FormFiles
from desktop.ui.pages.form.page import CaseForm
from desktop.ui.pages.help.keys import KeysPage
from desktop.ui.pages.home.page import Home
from desktop.ui.pages.inspection.ends import MissForm, OtherDayForm
from desktop.ui.pages.lessons.page import LessonPage
from desktop.ui.pages.letter.page import LetterPage
from desktop.ui.pages.looks.page import SecondLookPage
from desktop.ui.pages.municipality.case import MunicipalCasePage
from desktop.ui.pages.municipality.consult_forms import ConsultForm, DropForm, RemindForm
from desktop.ui.pages.municipality.watch import WatchPage
from desktop.ui.pages.notices.announcing import AnnouncingPage
from desktop.ui.pages.notices.messages import CitizenMessagesPage
from desktop.ui.pages.outcome.page import OutcomePage
from desktop.ui.pages.people.page import PeoplePage
from desktop.ui.pages.review.aside_forms import RefuseForm, ReturnForm
from desktop.ui.pages.review.page import ReviewPage
from desktop.ui.pages.review.pass_on_form import PassOnForm
from desktop.ui.pages.search.services import ServicesPage
from desktop.ui.pages.sheets.page import SheetsPage
from desktop.ui.pages.signing.opinion_form import AGAINST, OpinionForm
from desktop.ui.pages.stamping.home import ManagerHome
from desktop.ui.pages.till.entry_forms import RefundForm
from desktop.ui.pages.visits.page import VisitPlanPage
from desktop.ui.palette import Theme
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.papers.pages_strip import PageThumb
from desktop.wire.board_cases import Figure
from tests.ui.layout_check import EVERY_LOOK, IS_LONG, LOOKS, find_problems
from tests.ui.pages.cases import in_review
from tests.ui.pages.conftest import Office
from tests.ui.pages.figures.walks import walk_data
from tests.ui.pages.lessons.hands import foresee, lay_in, wrong_outcome
from tests.ui.pages.municipal_walks import (
    Walk,
    as_page,
    press_main,
    walk_records,
    walk_service_files,
)
from tests.ui.pages.office.walks import walk_office
from tests.ui.pages.signing.made import in_review as to_propose
from tests.ui.pages.signing.made import propose, two_sign
from tests.ui.pages.states import WANTED, cases_by_state, in_every_state
from tests.ui.pages.test_citizen_messages import full_messages
from tests.ui.pages.test_objections import put_in
from tests.ui.pages.test_watch import full_watch

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]
WIDE = 1366
_ROUNDS = 4
_TURNS = 60
_OFFICE_STATES = tuple(sorted(WANTED))
# Those of most requests, that of no property, that of another case; all others have a test below.
_SERVICES = (*BUSIEST, "excavation", "objection")


def _looked_at(office: Office, name: str, act: Callable[[], object]) -> list[str]:
    act()
    # What is laid out anew asks again for what stands round it.
    for _ in range(_ROUNDS):
        QApplication.processEvents()
    # What is read by a thread comes late on a loaded machine.
    for _ in range(_TURNS):
        if has_main := _has_main(office.page):
            break
        QTest.qWait(50)
    # No loop runs here that would delete the page before.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    faults = find_problems(office.window)
    if office.window.width() > WIDE:
        faults.append(f"the window is pushed to {office.window.width()}")
        office.window.resize(WIDE, 768)
    if not has_main:
        faults.append("no main act that Ctrl+Enter presses")
    if _summary_is_empty(office):
        faults.append("«خلاصه» opens nothing")
    return [f"{name}: {fault}" for fault in faults]


def _has_main(page: Page) -> bool:
    """Whether the next step stands in its corner, the page's own or a paper's that covers it.

    Home has a digit for each service and no next step before one; the page of keys is only read.
    """
    bar = page.bar
    if isinstance(page, Home | KeysPage) or (bar is not None and bar._over is not None):
        return True
    main = bar.main if bar is not None else None
    return main is not None and main.isVisible() and main.keys() == "Ctrl+Enter"


def _summary_is_empty(office: Office) -> bool:
    """Whether «خلاصه» is offered where no panel has a word to say."""
    page = office.page
    if not any(b.text() == "خلاصه" and b.isVisible() for b in office.window.findChildren(Button)):
        return False
    office.window.show_summary()
    side = page.side
    said = side is not None and any(w.isVisible() and w.text() for w in side.findChildren(QLabel))
    office.window.show_summary()
    return not said


def _common(office: Office) -> Walk:
    for place in (places.Keys(), places.Outbox(), places.Arrived(), places.Announcements()):
        yield str(place), partial(office.go, place)


def _clerk(office: Office, cases: dict[State, Case]) -> Walk:
    yield "home", lambda: office.go(places.Home())
    yield from _forms(office, _SERVICES)
    for state in _OFFICE_STATES:
        case_id = cases[state].case_id
        yield f"outcome {state}", partial(office.go, places.Outcome(case_id))
        yield f"case {state}", partial(office.go, places.Case(case_id))
    for state in (State.RELEASED, State.RETURNED):
        yield f"case {state}", partial(office.go, places.Case(cases[state].case_id))
        for part in range(1, WHY_TAB + 1):
            yield f"case {state}, part {part}", partial(_open_part, office, part)
    yield "case, lack, ticked", lambda: office.go(places.Case(cases[State.FEE_DUE].case_id))
    yield "case, lack, ticked", partial(_tick_lack, office, cases[State.FEE_DUE])
    yield "case, amend", lambda: office.go(places.Case(cases[State.FEE_DUE].case_id))
    yield "case, amend", lambda: as_page(office, CasePage).tabs.act.emit("amend")
    yield "receipt", lambda: office.go(places.Outcome(cases[State.PAY_DUE].case_id))
    yield "receipt", lambda: as_page(office, OutcomePage).show_receipt()
    yield "letter", lambda: office.go(places.Letter(cases[State.ISSUED].case_id))
    yield from _acts(
        office, places.Case, cases[State.FEE_DUE], (WithdrawForm, lambda c: LackForm(c, None))
    )
    yield from _acts(office, places.Case, cases[State.BOOKED], (MoveForm,))
    yield "queue", lambda: office.go(places.Queue())
    yield "queue, empty", lambda: office.go(places.Queue("overdue"))
    yield "search", lambda: office.go(places.Search("موسوی‌نژاد"))
    yield "search, nothing", lambda: office.go(places.Search("ناصرالدین"))
    yield "form with papers", partial(_open_papers, office)
    yield "a paper, large", lambda: _first_thumb(office).click()
    yield "cash", lambda: office.go(places.Till())
    yield "checklist", lambda: office.go(places.Checklist("building-permit", "attorney"))
    yield "lessons", lambda: office.go(places.Lessons())
    for code in ("no-violation", "excavation"):
        yield f"lesson {code}", partial(office.go, places.Lesson(code, 3))
        yield f"lesson {code}, faults", lambda: press_main(office)
        yield f"lesson {code}, marked", partial(_fail_lesson, office)
    yield "nearest, nobody", lambda: office.go(places.Nearest("clearance", typed="صفائیه"))
    yield "nearest, unknown", lambda: office.go(places.Nearest("clearance", typed="نعیماد"))
    yield "services", lambda: office.go(places.Services())
    yield "services, nothing", lambda: as_page(office, ServicesPage).box.set_value("ناصرالدین")
    person = cases[State.FEE_DUE].request.party.person_id
    for place in (
        places.Basket(person), places.Check(), places.CounterTest(), places.Courier(),
        places.Elsewhere(),
    ):  # fmt: skip
        yield str(place), partial(office.go, place)
    yield "elsewhere, faults", lambda: press_main(office)
    yield from _common(office)


def _forms(office: Office, codes: Iterable[str]) -> Walk:
    for code in codes:
        yield f"form {code}", partial(office.go, places.Form(code))
        yield f"form {code}, faults", lambda: as_page(office, CaseForm).register()


def _fail_lesson(office: Office) -> None:
    """As wrong as a whole form can be: the outcome, and no declaration."""
    page = as_page(office, LessonPage)
    lay_in(page)
    assert page.sheet is not None
    for paper in page.panel.papers:
        paper.turn()
    page.sheet.body.details.declared.set_value("")
    foresee(page, wrong_outcome(page))
    press_main(office)


def _manager(office: Office, cases: dict[State, Case]) -> Walk:
    yield "services", lambda: office.go(places.Home())
    yield "home", lambda: office.go(places.ManagerHome())
    yield "home, unprinted", lambda: as_page(office, ManagerHome).filters.chips["unprinted"].click()
    yield "home, all", lambda: as_page(office, ManagerHome).filters.chips["all"].click()
    yield "batch", lambda: office.go(places.StampBatch((_unseen(cases[State.ISSUED]),)))
    yield "batch, faults", lambda: press_main(office)
    for state in (State.ISSUED, State.RELEASED, State.HANDED_OVER, State.PAY_DUE):
        case_id = cases[state].case_id
        yield f"letter {state}", partial(office.go, places.Letter(case_id))
    yield "void", lambda: office.go(places.Letter(cases[State.RELEASED].case_id))
    yield "void", lambda: as_page(office, LetterPage).panel.open_void()
    yield "cash", lambda: office.go(places.Till())
    yield "cash, faults", lambda: press_main(office)
    yield "day", lambda: office.go(places.DayClose())
    yield "day, faults", lambda: press_main(office)
    yield "sheets, none", lambda: office.go(places.StampedSheets())
    yield "sheets, taking", lambda: as_page(office, SheetsPage).take()
    yield "sheets, taking, faults", lambda: press_main(office)
    yield "sheets", partial(_with_sheets, office)
    for act in (SheetsPage.put_aside, SheetsPage.say_next):
        yield f"sheets, {act.__name__}", partial(_sheets_form, office, act)
        yield f"sheets, {act.__name__}, faults", lambda: press_main(office)
    for kind in ("letters", "requests", "fees", "days"):
        yield f"registers {kind}", partial(office.go, places.Registers(kind))
    yield from _acts(office, places.Case, cases[State.WITHDRAWN], (RefundForm,))
    yield "people", lambda: office.go(places.People())
    yield "people, new", lambda: as_page(office, PeoplePage).add()
    yield "people, new, faults", lambda: press_main(office)
    yield "letters", lambda: office.go(places.Case(cases[State.RELEASED].case_id))
    yield "letters", lambda: as_page(office, CasePage).tabs.open(LETTERS_TAB)


def _with_sheets(office: Office) -> None:
    """Two bundles, of which one was begun in the middle; in each look the same."""
    manager = office.crew.manager
    if stamped_sheets.look(manager).bundles:
        office.go(places.StampedSheets())
        return
    for run in (SheetRun("الف", 1, 500), SheetRun("", 2_001, 2_040)):
        stamped_sheets.take(manager, PASSWORD, run, "۱۴۰۵/۳۱۲")
    stamped_sheets.set_next(manager, "الف", 24)
    stamped_sheets.drop(manager, PASSWORD, SheetRun("الف", 20, 23), "تر شد")
    office.house.office.sync()
    office.go(places.StampedSheets())


def _sheets_form(office: Office, act: Callable[[SheetsPage], None]) -> None:
    office.go(places.StampedSheets())
    act(as_page(office, SheetsPage))


def _unseen(case: Case) -> Chosen:
    held = case.answer
    assert held is not None
    return Chosen(case.case_id, held.letter.letter_id, unseen=True)


def _expert(office: Office, cases: dict[State, Case]) -> Walk:
    yield "queue", lambda: office.go(places.MunicipalQueue())
    states = (State.COMMISSION, State.CONSULTING, State.REPLY_DUE, State.ISSUED)
    yield "consultations", lambda: office.go(places.Consultations())
    yield "recalls", lambda: office.go(places.Recalls())
    for state in states:
        case_id = cases[state].case_id
        yield f"case {state}", partial(office.go, places.MunicipalCase(case_id))
    yield "file", partial(_file, office)
    yield "file, faults", lambda: press_main(office)
    for form in (RefuseForm, ReturnForm, CommissionForm, ConsultForm, PassOnForm):
        yield f"file, {form.__name__}", partial(_begin_on_file, office, form.name)
        yield f"file, {form.__name__}, faults", lambda: press_main(office)
    yield "objections", lambda: office.go(places.Objections())
    yield "objection", partial(_objection, office)
    yield "objection, faults", lambda: press_main(office)
    yield "commissions", lambda: office.go(places.Commissions())
    yield "session", lambda: as_page(office, CommissionsPage).begin_session()
    waits = cases[State.CONSULTING]
    about = (lambda c: RemindForm(c, c.awaited), lambda c: DropForm(c, c.awaited))
    yield from _acts(office, places.MunicipalCase, waits, about)


def _file(office: Office) -> ReviewPage:
    """The file of the case that waits first; whoever typed an act to its end has sent one on."""
    # An objection has a page of its own.
    office.go(places.ReviewFile(_waiting(office, False) or in_review(office.crew).case_id))
    return as_page(office, ReviewPage)


def _objection(office: Office) -> None:
    office.go(places.Objection(_waiting(office, True) or put_in(office).case_id))


def _waiting(office: Office, objects: bool) -> str:
    """The first case in review that is an objection, or that is none; empty for none there."""
    rows = board.municipal_queue(office.crew.expert, state=State.IN_REVIEW.value).rows
    return next((row.case_id for row in rows if (row.service == "objection") is objects), "")


def _begin_on_file(office: Office, act: str) -> None:
    _file(office).begin(act)


def _signer(office: Office, cases: dict[State, Case]) -> Walk:
    yield "queue", lambda: office.go(places.MunicipalQueue())
    yield "together", lambda: office.go(places.SignBatch())
    two_sign(office)
    case = propose(office, to_propose(office))
    yield "opinion", partial(office.go, places.MunicipalCase(case.case_id))
    yield "against", lambda: _against(as_page(office, MunicipalCasePage))
    yield "faults", lambda: press_main(office)


def _against(page: MunicipalCasePage) -> None:
    form = page._main_form
    assert isinstance(form, OpinionForm)
    form.answer.set_value(AGAINST)
    form.answer.edited.emit()


def _inspector(office: Office, cases: dict[State, Case]) -> Walk:
    yield "queue", lambda: office.go(places.MunicipalQueue())
    yield "day", lambda: office.go(places.VisitDay())
    case = cases[State.BOOKED]
    assert case.slot is not None
    day = case.slot.day
    yield "day to come", lambda: office.go(places.VisitDay(day))
    yield "visit to come", lambda: office.go(places.MunicipalCase(case.case_id))
    yield from _acts(
        office,
        places.MunicipalCase,
        case,
        (lambda c: OtherDayForm(c, office.window.today()),),
    )
    visited_on(office.crew, case_now(office.crew.clerk, case.case_id), office.window.today())
    yield "report", lambda: office.go(places.MunicipalCase(case.case_id))
    yield "report, faults", lambda: press_main(office)
    yield from _acts(office, places.MunicipalCase, cases[State.BOOKED], (partial(_miss, office),))


def _finance(office: Office, cases: dict[State, Case]) -> Walk:
    clerk, case = office.crew.clerk, cases[State.PAY_DUE]
    for number, owed in enumerate(case_now(clerk, case.case_id).asked):
        paid = Payment(owed.amount, "bill", f"81{number}", office.window.today())
        payments.claim(clerk, case.case_id, owed.key, paid)
    office.house.office.sync()
    yield "queue", lambda: office.go(places.MunicipalQueue())
    yield "receipts", lambda: office.go(places.MunicipalCase(case.case_id))
    yield "receipts, faults", lambda: press_main(office)


def _planner(office: Office, cases: dict[State, Case]) -> Walk:
    yield "queue", lambda: office.go(places.MunicipalQueue())
    yield "case", lambda: office.go(places.MunicipalCase(cases[State.BOOKED].case_id))
    yield "week", lambda: office.go(places.VisitPlan())
    yield "absence", lambda: as_page(office, VisitPlanPage).begin_absence()
    yield "absence, faults", lambda: press_main(office)
    yield "rounds", lambda: office.go(places.VisitPlan())
    yield "rounds", lambda: as_page(office, VisitPlanPage).begin_rounds()
    yield "rounds, faults", lambda: press_main(office)
    yield "keys", lambda: office.go(places.Keys())


def _admin(office: Office, cases: dict[State, Case]) -> Walk:
    yield "offices", lambda: office.go(places.Offices())
    yield "an office", lambda: office.go(places.Office(OFFICE.own_id))
    yield "people", lambda: office.go(places.People())
    yield "people, new", lambda: as_page(office, PeoplePage).add()
    yield "people, new, faults", lambda: press_main(office)
    yield "outbox", lambda: office.go(places.Outbox())


def _supervisor(office: Office, cases: dict[State, Case]) -> Walk:
    yield "day", lambda: office.go(places.CityDay())
    today = office.window.today()
    late = Narrowed(Figure.RECEIVED, today - timedelta(days=9), today)
    yield "a figure's cases", lambda: office.go(places.CityCases(late, "دریافت‌شده"))
    yield "people", lambda: office.go(places.People())
    yield "watch", lambda: office.go(places.Watch())
    yield "watch, full", lambda: as_page(office, WatchPage).show_answer(full_watch())
    yield "consultations", lambda: office.go(places.Consultations())
    yield "recalls", lambda: office.go(places.Recalls())
    yield "announcing", lambda: office.go(places.Announcing())
    yield "announcing, typed", lambda: as_page(office, AnnouncingPage).begin()
    yield "announcing, faults", lambda: as_page(office, AnnouncingPage).announce()
    yield "messages", lambda: office.go(places.CitizenMessages())
    told = full_messages()
    yield "messages, full", lambda: as_page(office, CitizenMessagesPage).show_answer(told)
    yield "who looked", lambda: office.go(places.ReadingLog())
    yield "a month's bulletin", lambda: office.go(places.Bulletin())
    yield "who looked, an order", lambda: office.window.keys.pressed.emit("F8")
    yield "offices", lambda: office.go(places.Offices())
    yield "trained", lambda: office.go(places.Trained())
    yield "trained, an office", lambda: office.go(places.OfficeTraining(OFFICE.own_id))
    yield from walk_records(office)
    yield "queue", lambda: office.go(places.MunicipalQueue())
    yield from walk_service_files(office)
    yield "handing over", lambda: office.go(places.Delegation())
    yield "handing over, faults", lambda: press_main(office)
    yield "taking back", lambda: office.go(places.Withdrawal("21"))
    yield "taking back, faults", lambda: press_main(office)
    yield "letters to offices", lambda: office.go(places.OfficeLetters())
    yield "look", lambda: office.go(places.SecondLook(cases[State.RELEASED].case_id))
    yield "look, whole", lambda: as_page(office, SecondLookPage).show_whole(True)
    yield "look, back", lambda: as_page(office, SecondLookPage).challenge()
    yield "look, back, faults", lambda: press_main(office)
    yield from walk_office(office)
    yield from walk_data(office)


def _acts(
    office: Office,
    page: type[places.OfCase],
    case: Case,
    forms: tuple[Callable[..., ActForm], ...],
) -> Walk:
    for number, make in enumerate(forms):
        yield page.__name__, lambda: office.go(page(case.case_id))
        name = getattr(make, "__name__", f"act {number}")
        yield f"{page.__name__}, {name}", partial(_open_act, office, make, case)
        yield f"{page.__name__}, {name}, faults", lambda: press_main(office)


def _miss(office: Office, case: Case) -> MissForm:
    return MissForm(case, office.window.now, FormFiles(office.window, office.window))


def _open_part(office: Office, part: int) -> None:
    as_page(office, CasePage).tabs.open(part)


def _open_act(office: Office, make: Callable[..., ActForm], case: Case) -> None:
    as_page(office, CaseFrame).open_act(make(case))


def _tick_lack(office: Office, case: Case) -> None:
    form = LackForm(case, None)
    as_page(office, CaseFrame).open_act(form)
    form.rows[0].tick.click()


def _open_papers(office: Office) -> None:
    """A form whose first document has pages that can and can't be read, and a scan that came."""
    form = office.go(places.Form("transfer"))
    assert isinstance(form, CaseForm)
    assert form.body is not None
    part = form.body.documents
    row = next(iter(part.rows.values()))
    content = sample_paper()[1]
    part.files.add(row, [PaperSource("نامه.pdf", lambda: content)])
    papers = part.files.papers(row.key)
    unreadable = replace(papers.pages[0], faults=(BLURRED,))
    part.files.put(row.key, replace(papers, pages=(*papers.pages, unreadable)), row)
    part.scanner.show_arrived([Path("scan-0042.jpg")])
    form.jump(f"document.{row.key}")


def _first_thumb(office: Office) -> PageThumb:
    return office.page.findChildren(PageThumb)[0]


WALKS = {
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


# What a change spoils shows first at the widest; all the others in the long check.
_LOOKS = [*EVERY_LOOK] if IS_LONG else [(Theme.DARK, 150)]


def test_no_page_is_left_out() -> None:
    """Each is walked here, and where what is typed must be there again."""
    pages = Path(__file__).parent
    walked = [*pages.rglob("*walks.py"), Path(__file__)]
    typed = [pages / "test_typed_everywhere.py"]
    for files in (walked, typed):
        named = set(re.findall(r"places\.(\w+)", " ".join(map(Path.read_text, files))))
        assert {place.__name__ for place in registry._PAGES} - named == set()


@pytest.mark.long
@pytest.mark.parametrize("role", WALKS)
@in_every_state
def test_every_page_stands_at_every_zoom_and_in_every_theme(office: Office, role: Role) -> None:
    cases = cases_by_state(office)
    office.sit(role)
    _demand_no_fault(office, lambda: WALKS[role](office, cases))


@pytest.mark.long
def test_the_form_of_every_service_stands_too(office: Office) -> None:
    codes = intake.services(office.crew.clerk.desk).keys() - {*_SERVICES}
    office.sit(Role.CLERK)
    _demand_no_fault(office, lambda: _forms(office, sorted(codes)))


def _demand_no_fault(office: Office, walk: Callable[[], Walk]) -> None:
    faults: dict[str, str] = {}
    for look, zoom in _LOOKS:
        office.window.set_look(Look(look, zoom, motion=False))
        QApplication.processEvents()
        for name, act in walk():
            for fault in _looked_at(office, name, act):
                faults.setdefault(fault, f"{look} {zoom}")
    assert not faults, "\n".join(f"{where}: {fault}" for fault, where in faults.items())


@pytest.mark.parametrize(("look", "zoom"), LOOKS)
def test_the_sign_in_page_stands(office: Office, look: Theme, zoom: int) -> None:
    office.window.set_look(Look(look, zoom, motion=False))
    QApplication.processEvents()
    assert find_problems(office.window) == []
