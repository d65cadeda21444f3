"""The office's queue: what is ours first, filters, keys, and a list that keeps its place."""

from __future__ import annotations

from itertools import islice

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from desktop.actions import board, letters
from desktop.actions.board import Order, QueueCase, QueueFilter, Rank
from desktop.demo.following import Crew, release
from desktop.demo.people import PASSWORD
from desktop.domain.people import Role
from desktop.domain.persian import to_persian_digits
from desktop.domain.state import State
from desktop.premises.clocks import SteppingClock
from desktop.premises.open import House
from desktop.ui import places
from desktop.ui.pages.queue.page import QueuePage
from desktop.ui.widgets.label import Label
from desktop.ui.work import Changed
from tests.houses import Filling
from tests.ui.keyboard import press, type_text
from tests.ui.pages.cases import owing, registered
from tests.ui.pages.conftest import Office
from tests.ui.pages.seeing import faults, wake

Key = Qt.Key
ALT, CONTROL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
COUNT = 14


def some_cases(house: House, crew: Crew, clock: SteppingClock) -> None:
    """Fourteen cases as they stand after registration, and one letter released."""
    made = list(islice(registered(crew), COUNT))
    made += list(islice(registered(crew, fee=False, seed=8), 1))
    issued = next(case for case in made if case.state is State.ISSUED)
    release(crew, issued)


@pytest.fixture
def filling() -> Filling:
    return some_cases


@pytest.fixture
def cases(office: Office) -> list[QueueCase]:
    """What is in the queue."""
    desk = office.house.office.desk
    everything = board.listing(desk, QueueFilter(), Order.TURN)
    return board.rows(desk, everything, 0, everything.count)


def opened(office: Office, extra: str = "", role: Role = Role.CLERK) -> QueuePage:
    """The queue as that person sees it."""
    office.sit(role)
    wake(office)
    page = office.go(places.Queue(extra))
    assert isinstance(page, QueuePage)
    return page


def numbers(page: QueuePage) -> list[str]:
    return [line.number for _, line in sorted(page.lines.items())]


@pytest.mark.slow
def test_what_is_ours_comes_first_and_the_first_row_is_chosen(
    office: Office, cases: list[QueueCase]
) -> None:
    page = opened(office)
    ranks = [case.rank for case in cases]
    assert ranks == sorted(ranks)
    assert ranks[0] is Rank.OURS
    assert page.model.rowCount() == len(cases)
    assert page.table.row() == 0
    assert page.chosen is not None
    assert page.chosen.case_id == cases[0].case_id
    assert page.filters.chips["all"].accessibleName() == f"همه {to_persian_digits(len(cases))}"


@pytest.mark.long
def test_enter_opens_the_case_and_alt_arrows_move(office: Office, cases: list[QueueCase]) -> None:
    page = opened(office)
    press(page, Key.Key_Down, ALT)
    press(page, Key.Key_Down, ALT)
    press(page, Key.Key_Up, ALT)
    assert page.table.row() == 1
    assert page.chosen is not None
    case_id = page.chosen.case_id
    press(page, Key.Key_Return)
    QApplication.processEvents()
    assert office.page.place == places.Case(case_id)
    press(office.page, Key.Key_Escape)
    assert isinstance(office.page.place, places.Queue)


@pytest.mark.long
def test_the_main_button_is_the_chosen_cases_next_step(
    office: Office, cases: list[QueueCase]
) -> None:
    page = opened(office)
    seen = {}
    for row in range(page.model.rowCount()):
        page.table.choose(row)
        assert page.chosen is not None
        assert page.bar is not None
        assert page.bar.main is not None
        seen[page.chosen.next.button] = page.chosen.next.page
        assert page.bar.main.text() == page.chosen.next.button
    assert seen["دریافت کارمزد"] is places.Outcome
    assert seen["چاپ نامه"] is places.Letter
    row = next(r for r, line in page.lines.items() if line.next.page is places.Outcome)
    page.table.choose(row)
    case_id = page.lines[row].case_id
    press(page, Key.Key_Return, CONTROL)
    QApplication.processEvents()
    assert office.page.place == places.Outcome(case_id)


@pytest.mark.slow
def test_where_others_have_the_turn_main_goes_to_the_next_case(
    office: Office, cases: list[QueueCase]
) -> None:
    page = opened(office, "issued")
    assert page.filters.chosen == "issued"
    assert page.chosen is not None
    # A clerk without an authorisation does not stamp.
    assert page.chosen.next.words == "مهر مسئول دفتر"
    count = page.model.rowCount()
    press(page, Key.Key_Return, CONTROL)
    assert page.table.row() == 1 % count


@pytest.mark.slow
def test_a_manager_is_offered_the_stamp(office: Office, cases: list[QueueCase]) -> None:
    page = opened(office, "issued", Role.MANAGER)
    assert page.bar is not None
    assert page.bar.main is not None
    assert page.bar.main.text() == "تأیید و مهر نامه"


@pytest.mark.long
def test_a_debt_letter_waits_for_its_stamp_too(office: Office) -> None:
    case = owing(office.crew)
    page = opened(office, "issued", Role.MANAGER)
    row = next(row for row, line in page.lines.items() if line.case_id == case.case_id)
    page.table.choose(row)
    assert page.lines[row].next.words == "تأیید و مهر"
    press(page, Key.Key_Return, CONTROL)
    QApplication.processEvents()
    assert office.page.place == places.Letter(case.case_id)
    assert case.debt_letter is not None
    letters.release(office.crew.manager, case.case_id, case.debt_letter.letter, PASSWORD)
    after = office.go(places.Queue("issued"))
    assert isinstance(after, QueuePage)
    assert case.case_id not in {line.case_id for line in after.lines.values()}
    after.filters.chips["payment"].click()
    line = next(line for line in after.lines.values() if line.case_id == case.case_id)
    assert line.next.words == "ثبت پرداخت"


@pytest.mark.long
def test_filters_show_as_many_as_they_say(office: Office, cases: list[QueueCase]) -> None:
    page = opened(office)
    for name, chip in page.filters.chips.items():
        chip.click()
        QApplication.processEvents()
        shown = to_persian_digits(page.model.rowCount())
        assert chip.accessibleName().endswith(shown), name
        assert page.empty.isHidden() is (page.model.rowCount() > 0)
        assert page.frame.isHidden() is (page.model.rowCount() == 0)


@pytest.mark.parametrize(
    ("asked", "chip"), [("overdue", "overdue"), ("visit-due", "visit"), ("released", "released")]
)
@pytest.mark.long
def test_other_pages_ask_for_a_filter(
    office: Office, cases: list[QueueCase], asked: str, chip: str
) -> None:
    assert opened(office, asked).filters.chosen == chip


@pytest.mark.slow
def test_words_are_found_however_they_are_typed(
    office: Office, cases: list[QueueCase], qtbot: QtBot
) -> None:
    page = opened(office)
    name = next(line.applicant for line in page.lines.values() if "ی" in line.applicant)
    wanted = sorted(n.number for n in page.lines.values() if n.applicant == name)
    page.typed.setFocus()
    type_text(page.typed, name.replace("ی", "ي"))
    qtbot.waitUntil(lambda: page.model.rowCount() < len(cases))
    assert set(wanted) <= set(numbers(page))
    type_text(page.typed, "ژژژ")
    qtbot.waitUntil(lambda: page.model.rowCount() == 0)
    assert page.empty.isVisible()
    assert page.bar is not None
    assert page.bar.main is not None
    assert page.bar.main.text() == "درخواست جدید"


@pytest.mark.slow
def test_the_main_key_at_once_after_typing_opens_nobody_elses_case(
    office: Office, cases: list[QueueCase], qtbot: QtBot
) -> None:
    page = opened(office)
    row = next(r for r, line in page.lines.items() if line.next.page is places.Outcome)
    page.table.choose(row)
    name = page.lines[row].applicant
    wanted = next(line for line in page.lines.values() if line.applicant != name)
    page.typed.setFocus()
    type_text(page.typed, wanted.number)
    press(page.typed, Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: page.model.rowCount() == 1)
    assert office.page is page
    assert page.chosen == wanted


@pytest.mark.slow
def test_a_head_sorts_and_the_chosen_case_stays_chosen(
    office: Office, cases: list[QueueCase]
) -> None:
    page = opened(office)
    page.table.choose(3)
    assert page.chosen is not None
    case_id = page.chosen.case_id
    page.table.set_sorting(6, ascending=False)
    page.table.sorted_by.emit(6, False)
    QApplication.processEvents()
    assert page.chosen.case_id == case_id
    listing = page._listing
    assert listing is not None
    sorted_rows = board.rows(office.house.office.desk, listing, 0, listing.count)
    moments = [case.received_at for case in sorted_rows]
    assert moments == sorted(moments, reverse=True)
    assert page.table.row() != 3
    assert page.bar is not None
    assert page.count_words() in [label.words() for label in page.bar.findChildren(Label)]


@pytest.mark.slow
def test_refreshing_keeps_row_words_and_place(office: Office, cases: list[QueueCase]) -> None:
    page = opened(office)
    page.table.choose(page.model.rowCount() - 1)
    assert page.chosen is not None
    case_id = page.chosen.case_id
    page.table.setFixedHeight(200)
    QApplication.processEvents()
    bar = page.table.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    at = bar.value()
    page.typed.set_value("")
    before = numbers(page)
    list(islice(registered(office.crew, seed=9), 2))
    page.refresh(Changed(sync=True))
    QApplication.processEvents()
    assert page.model.rowCount() == len(cases) + 2
    assert page.chosen.case_id == case_id
    assert bar.value() == at
    assert set(before) <= set(numbers(page))


@pytest.mark.slow
def test_the_side_tells_the_chosen_case(office: Office, cases: list[QueueCase]) -> None:
    page = opened(office, "released")
    assert page.chosen is not None
    words = [label.text() for label in page.summary.findChildren(QLabel)]
    assert any(page.chosen.applicant == word for word in words)
    assert any("مهر شد" in word for word in words)


@pytest.mark.long
def test_nothing_is_cut_at_any_zoom(office: Office, cases: list[QueueCase]) -> None:
    opened(office)
    assert faults(office) == []
