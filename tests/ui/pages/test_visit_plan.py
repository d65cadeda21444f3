"""The planner's week as a planner uses it: an inspector is sick, visits move, people are called."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.actions import counter_acts, visits
from desktop.demo.following import book, case_now
from desktop.demo.people import PASSWORD
from desktop.domain.calendar import WEEKDAYS, weekday
from desktop.domain.case import Case
from desktop.domain.errors import LineDown
from desktop.domain.people import Role
from desktop.domain.rota import Away
from desktop.ui import places
from desktop.ui.pages.case.counter_acts import MoveForm
from desktop.ui.pages.municipality.case import MunicipalCasePage
from desktop.ui.pages.visits.form import AbsenceEndForm, AbsenceForm, MoveVisitsForm
from desktop.ui.pages.visits.grid import HalfCell, cell_of
from desktop.ui.pages.visits.page import VisitPlanPage
from desktop.ui.pages.visits.words import moves_words
from desktop.wire.visit_plan import HalfBody, ShiftBody, VisitsToMoveAnswer
from tests.delegated import TODAY, TOMORROW
from tests.houses import MORNING
from tests.reports.reading import text_of
from tests.ui.keyboard import press, type_text
from tests.ui.pages import cases
from tests.ui.pages.conftest import Office
from tests.ui.pages.seeing import faults, wake

pytestmark = pytest.mark.slow
Key = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier


def booked(office: Office) -> Case:
    """A visit on the soonest half-day."""
    case = cases.to_visit(office.crew)
    book(office.crew, case)
    return case_now(office.crew.clerk, case.case_id)


def opened(office: Office) -> VisitPlanPage:
    office.sit(Role.PLANNER)
    wake(office)
    page = office.page
    assert isinstance(page, VisitPlanPage)
    return page


def main(page: VisitPlanPage) -> str:
    assert page.bar is not None
    assert page.bar.main is not None
    return page.bar.main.text()


def press_main(page: VisitPlanPage | MunicipalCasePage) -> None:
    assert page.bar is not None
    assert page.bar.press_main()
    QApplication.processEvents()


def form_of(page: VisitPlanPage) -> AbsenceForm:
    assert isinstance(page.form, AbsenceForm)
    return page.form


def told_absent(page: VisitPlanPage, day: date) -> AbsenceForm:
    """The absence of the one inspector, typed."""
    press(page, Key.Key_F2)
    form = form_of(page)
    form.begin_with("ali-kargar", day)
    QApplication.processEvents()
    return form


def sign(form: MoveVisitsForm) -> None:
    control = form.password.control
    control.setFocus()
    type_text(control, PASSWORD)


def half(day: date, **changes: object) -> HalfBody:
    held = {"most": 6, "booked": 2, "done": 0, "away": False, "where": {"صفائیه": 2}}
    return HalfBody(day=day, half=1, **{**held, **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("body", "closed", "words", "left"),
    [
        (half(TOMORROW), "", "۲ از ۶ جا، صفائیه ۲", 4),
        (
            half(TOMORROW, where={"": 2}),
            "",
            "۲ از ۶ جا، بدون محله ۲",
            4,
        ),
        (half(TOMORROW, away=True), "", "غیبت، ۲ بازدید", 0),
        (half(TOMORROW, booked=0, where={}), "عید", "عید", 0),
        (half(TOMORROW, most=0), "", "بی‌مأمور، ۲ بازدید", 0),
        (half(TOMORROW, most=0, booked=0), "", "نوبتی ندارد", 0),
    ],
)
def test_what_a_half_day_says(body: HalfBody, closed: str, words: str, left: int) -> None:
    cell: HalfCell = cell_of(body, closed, TODAY)
    when = "چهارشنبه ۴ آذر، ۸:۰۰ تا ۱۱:۰۰"
    assert (cell.said, cell.left) == (f"{when}: {words}", left)
    assert cell.alarming is ("بازدید" in words)


def test_of_today_nothing_is_free_any_more() -> None:
    assert cell_of(half(TODAY), "", TODAY).left == 0


def test_a_sick_inspectors_visits_are_moved_and_whom_to_call_is_listed(office: Office) -> None:
    first, second = booked(office), booked(office)
    assert first.slot is not None
    page = opened(office)
    assert page.grid.held.rowCount() == 1
    assert main(page) == "چاپ برنامهٔ فردا"
    form = told_absent(page, first.slot.day)
    assert main(page) == "جابه‌جایی ۲ بازدید"
    assert "۲ بازدید: ۲ تماس لازم است." in form.summary.text()
    assert form.rows.rowCount() == 2
    # Nothing is moved before the main key, and not without the password.
    press_main(page)
    assert form.fields["password"].error()
    assert case_now(office.crew.clerk, first.case_id).slot == first.slot
    sign(form)
    press_main(page)
    assert page.form is None
    office.house.office.sync()
    for case in (first, second):
        now = case_now(office.crew.clerk, case.case_id)
        assert now.slot is not None
        assert now.slot.day > first.slot.day
        assert now.moved_by_city == 1
    # Whom to call, one after the other.
    assert page.calls.hasFocus()
    assert page.bar is not None
    assert "۲ نفر مانده" in page._sentence()
    press(page.calls, Key.Key_Space)
    assert "۱ نفر مانده" in page._sentence()
    assert visits.to_move(office.crew.planner).total == 0
    # Who leaves the page, or closes the list before it is done, finds it again as it was.
    page._end_calls()
    assert not page.to_call
    again = office.go(places.VisitPlan(TODAY + timedelta(days=7)))
    assert isinstance(again, VisitPlanPage)
    assert again is not page
    wake(office)
    assert "۱ نفر مانده" in again._sentence()
    assert [each.called for each in again.to_call] == [True, False]
    again.print_slips()
    QApplication.processEvents()
    assert again.on_paper()


def test_enter_opens_the_visits_of_a_half_day_and_on_one_where_else_it_may_go(
    office: Office,
) -> None:
    first, second = booked(office), booked(office)
    slot = first.slot
    assert slot is not None
    assert slot == second.slot
    page = opened(office)
    page.grid.choose("ali-kargar", slot.day, slot.half)
    press(page.grid, Key.Key_Return)
    shown = [page.half.rows.key(row) for row in range(page.half.rows.rowCount())]
    assert sorted(shown) == sorted([first.case_id, second.case_id])
    assert page.half.heading.text().startswith("علی کارگر، ")
    assert page.half.table.hasFocus()
    assert main(page) == "جابه‌جایی این بازدید"
    assert faults(office) == []
    # Three places of which one is taken by its number.
    press(page.half.table, Key.Key_Return)
    wake(office)
    case = office.page
    assert isinstance(case, MunicipalCasePage)
    form = case._main_form
    assert isinstance(form, MoveForm)
    assert len(form.choice.cards) == 3
    moved = case.case_id
    assert form.choice.cards[0].hasFocus()
    press(form.choice.cards[0], Key.Key_2)
    assert form.choice.cards[1].isChecked()
    form.fields["reason"].set_value("به خواست متقاضی")
    press_main(case)
    for desk in (office.house.municipality, office.house.office):
        desk.sync()
    assert case_now(office.crew.clerk, moved).slot != slot
    # Who comes back finds the half-day as he left it, without the one that went elsewhere.
    office.window.back()
    wake(office)
    again = office.page
    assert isinstance(again, VisitPlanPage)
    kept = [again.half.rows.key(row) for row in range(again.half.rows.rowCount())]
    assert kept == [each for each in shown if each != moved]
    press(again, Key.Key_Escape)
    assert not again.half.isVisible()
    assert again.grid.hasFocus()
    assert main(again) == "چاپ برنامهٔ فردا"


def test_from_the_visits_of_a_half_day_its_inspector_is_put_down_as_absent(office: Office) -> None:
    case = booked(office)
    assert case.slot is not None
    page = opened(office)
    page.grid.choose("ali-kargar", case.slot.day, case.slot.half)
    press(page.grid, Key.Key_Return)
    press(page, Key.Key_F2)
    form = form_of(page)
    assert (form.who.value(), form._first.value()) == ("ali-kargar", case.slot.day)
    sign(form)
    press_main(page)
    assert page.form is None
    # Whom to call stands there now; Enter opens his case.
    assert not page.half.isVisible()
    assert page.calls.hasFocus()
    press(page.calls, Key.Key_Return)
    assert isinstance(office.page, MunicipalCasePage)
    assert office.page.case_id == case.case_id


def test_how_many_to_call_is_told_of_all_that_move_not_of_those_shown() -> None:
    shift = ShiftBody(
        case_id="", tracking="", applicant="", attending="", phone="", address="", service="",
        due_on=TODAY, moved=0, was_day=TODAY, was_half=1, was_inspector="", day=TOMORROW, half=1,
        inspector="", same_time=False, late=False,
    )  # fmt: skip
    answer = VisitsToMoveAnswer(
        time=MORNING, total=480, shifts=[shift] * 200, digest="", calls=230, late=9, off=3
    )
    told = moves_words(answer)
    assert "۴۸۰ بازدید: ۲۵۰ پیامک و ۲۳۰ تماس لازم است." in told
    assert "برای ۹ بازدید" in told
    assert "۳ بازدید جایی ندارد" in told
    assert "۲۰۰ بازدید نخست را می‌بینید" in told


@pytest.mark.long
def test_a_list_that_changed_is_shown_anew_and_nothing_is_moved(office: Office) -> None:
    first, second = booked(office), booked(office)
    assert first.slot is not None
    page = opened(office)
    form = told_absent(page, first.slot.day)
    counter_acts.withdraw(office.crew.clerk, second.case_id, "انصراف مالک")
    sign(form)
    press_main(page)
    assert page.form is form
    assert form.banner.isVisible()
    assert "فهرست تازه شد" in form.banner.accessibleName()
    assert case_now(office.crew.clerk, first.case_id).slot == first.slot
    assert form.rows.rowCount() == 1
    assert main(page) == "جابه‌جایی ۱ بازدید"


def test_bad_days_are_told_beside_their_field(office: Office) -> None:
    page = opened(office)
    press(page, Key.Key_F2)
    press_main(page)
    form = form_of(page)
    assert form.fields["staff"].error()
    assert form.fields["first"].error()
    form.begin_with("ali-kargar", TODAY)
    form._last.set_value(TODAY + timedelta(days=2))
    form.fields["half"].set_value("1")
    press_main(page)
    assert "تنها برای یک روز" in (form.fields["half"].error() or "")


def test_what_was_typed_is_there_again_after_esc(office: Office) -> None:
    page = opened(office)
    form = told_absent(page, TODAY)
    form._who.edited.emit()
    page.acts.leave()
    press(page, Key.Key_Escape)
    assert page.form is None
    press(page, Key.Key_F2)
    assert form_of(page).who.value() == "ali-kargar"


@pytest.mark.long
def test_weeks_are_turned_and_the_half_day_that_was_chosen_stays(office: Office) -> None:
    page = opened(office)
    began = page.start
    press(page.grid, Key.Key_Left, ALT)
    assert page.start == began + timedelta(days=7)
    press(page.grid, Key.Key_Right, ALT)
    assert page.start == began
    press(page.grid, Key.Key_Left)
    press(page.grid, Key.Key_Return)
    chosen = form_of(page)
    assert (chosen.who.value(), chosen._first.value()) == ("ali-kargar", TODAY)


@pytest.mark.long
def test_the_week_and_the_form_stand_in_every_look(office: Office) -> None:
    first = booked(office)
    assert first.slot is not None
    page = opened(office)
    assert faults(office) == []
    told_absent(page, first.slot.day)
    assert faults(office) == []


@pytest.mark.long
def test_without_a_line_the_week_that_was_seen_stays_and_it_is_said(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = opened(office)

    def down(*_: Any) -> Any:
        raise LineDown

    seat = office.window.seat
    assert seat is not None
    with monkeypatch.context() as cut:
        cut.setattr(office.window, "_seat", replace(seat, desk=replace(seat.desk, ask=down)))
        press(page, Key.Key_F5)
        assert page.fault.isVisible()
        assert page.grid.held.rowCount() == 1
        assert not page.can_begin(AbsenceForm.name)
    press(page, Key.Key_F5)
    assert not page.fault.isVisible()


@pytest.mark.long
def test_the_planner_moves_one_visit_from_its_case(office: Office) -> None:
    case = booked(office)
    opened(office)
    office.go(places.MunicipalCase(case.case_id))
    QApplication.processEvents()
    page = office.page
    assert isinstance(page, MunicipalCasePage)
    form = page._main_form
    assert isinstance(form, MoveForm)
    assert len(form.choice.cards) == 3
    page.setFocus()
    press(office.window, Key.Key_2)
    assert form.choice.cards[1].isChecked()


@pytest.mark.long
def test_who_comes_back_is_sold_again_from_his_own_half_day(office: Office) -> None:
    page = opened(office)
    form = told_absent(page, TOMORROW)
    sign(form)
    press_main(page)
    assert page.form is None
    at = page.grid.held.index(0, 1 + 2 * WEEKDAYS.index(weekday(TOMORROW)))
    page.grid.choose("ali-kargar", TOMORROW)
    assert page.grid.currentIndex() == at
    assert "غیبت" in str(page.grid.held.data(at))
    press(page.grid, Key.Key_Return)
    ending = page.form
    assert isinstance(ending, AbsenceEndForm)
    assert main(page) == "پایان غیبت"
    sign(ending)
    press_main(page)
    assert page.form is None
    assert "غیبت" not in str(page.grid.held.data(at))
    soonest = visits.free_slots(office.crew.clerk, 2, 1)[0]
    assert soonest.day == TOMORROW


def test_the_end_of_half_a_day_s_absence_says_which_half(qtbot: QtBot) -> None:
    nobody: Any = None
    noon = Away("ali-kargar", TODAY, TODAY, 2)
    form = AbsenceEndForm(nobody, nobody, TODAY, "علی کارگر", noon)
    qtbot.addWidget(form)
    assert form.card.heading.text().endswith("۱۱ تا ۱۴")


def test_tomorrow_s_visits_are_printed_inspector_by_inspector(office: Office) -> None:
    booked(office)
    page = opened(office)
    press_main(page)
    told = " ".join(text_of(page.paper.frame.pdf()))
    assert "همهٔ مأموران" in told
    assert "مأمور بازدید علی کارگر" in told
    press(page, Key.Key_Escape)
    assert main(page) == "چاپ برنامهٔ فردا"
