"""Choices: segments, the list that filters, ticks, cards of slots."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.widgets.inputs.choice import choice
from desktop.ui.widgets.inputs.line import TextLine
from desktop.ui.widgets.inputs.list_choice import ListChoice
from desktop.ui.widgets.inputs.segments import Segments
from desktop.ui.widgets.inputs.slot import SlotChoice, SlotLook
from desktop.ui.widgets.inputs.suggested_line import SuggestedLine
from desktop.ui.widgets.inputs.tick import Tick
from desktop.ui.widgets.layouts import Column
from desktop.ui.widgets.lists.picks import Pick, PickList
from tests.ui.keyboard import click, press, type_text

STAGES = [("p", "پی"), ("s", "اسکلت"), ("f", "سفت‌کاری"), ("n", "نازک‌کاری")]
PURPOSES = [
    ("transfer", "نقل و انتقال"),
    ("bank", "وام بانک"),
    ("permit", "پروانهٔ ساختمان"),
    ("court", "دادگاه"),
    ("registry", "ثبت‌نام در سامانه"),
]


def test_few_short_options_are_segments_others_a_list(qtbot: QtBot) -> None:
    few, many = choice(STAGES), choice(PURPOSES)
    long = choice([("a", "یک گزینهٔ بسیار بلند برای بند"), ("b", "ب")])
    for widget in (few, many, long):
        qtbot.addWidget(widget)
    assert isinstance(few, Segments)
    assert isinstance(many, ListChoice)
    assert isinstance(long, ListChoice)


def test_segments_by_arrow_and_first_letter(qtbot: QtBot) -> None:
    segments = Segments(STAGES)
    segments.setAccessibleName("مرحله")
    qtbot.addWidget(segments)
    segments.show()
    segments.setFocus()
    told: list[str] = []
    segments.edited.connect(lambda: told.append(segments.value()))
    press(segments, Qt.Key.Key_Left)
    press(segments, Qt.Key.Key_Left)
    press(segments, Qt.Key.Key_Right)
    type_text(segments, "ن")
    assert told == ["p", "s", "p", "n"]
    assert segments.accessibleName() == "مرحله: نازک‌کاری"


def test_a_click_chooses_the_segment_under_it_counted_from_the_right(qtbot: QtBot) -> None:
    segments = Segments(STAGES)
    qtbot.addWidget(segments)
    segments.resize(400, 34)
    segments.show()
    click(segments, segments.rect().center() / 4)
    assert segments.value() == "n"
    segments.set_state("records")
    click(segments, segments.rect().center())
    assert segments.value() == "n"


@pytest.fixture
def purposes(qtbot: QtBot) -> ListChoice:
    page = QWidget()
    column = QVBoxLayout(page)
    made, other = ListChoice(PURPOSES), QLineEdit()
    made.setAccessibleName("منظور")
    column.addWidget(made)
    column.addWidget(other)
    qtbot.addWidget(page)
    with qtbot.waitActive(page):
        page.show()
    made.setFocus()
    made.page = page  # type: ignore[attr-defined]
    return made


def test_the_list_filters_without_half_spaces_and_enter_takes_the_first(
    purposes: ListChoice,
) -> None:
    type_text(purposes, "ثبتنام")
    assert purposes.popup().isVisible()
    assert purposes.popup().model().rowCount() == 1
    press(purposes, Qt.Key.Key_Return)
    assert (purposes.value(), purposes.text()) == ("registry", "ثبت‌نام در سامانه")


def test_alt_down_opens_all_and_arrows_choose(purposes: ListChoice, qtbot: QtBot) -> None:
    press(purposes, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert purposes.popup().model().rowCount() == len(PURPOSES)
    press(purposes, Qt.Key.Key_Down)
    with qtbot.waitSignal(purposes.edited):
        press(purposes, Qt.Key.Key_Return)
    assert purposes.value() == "bank"


def test_text_that_fits_one_option_chooses_it_and_other_text_is_taken_back(
    purposes: ListChoice,
) -> None:
    purposes.set_value("court")
    purposes.setText("وام")
    purposes.settle()
    assert (purposes.value(), purposes.text()) == ("bank", "وام بانک")
    purposes.setText("چیز دیگر")
    purposes.settle()
    assert (purposes.value(), purposes.text()) == ("bank", "وام بانک")
    purposes.setText("")
    purposes.settle()
    assert purposes.value() == ""


def test_what_is_half_typed_chooses_nothing_until_it_is_settled(purposes: ListChoice) -> None:
    """Whoever listens hears of no choice that nobody made: not of the first letter either."""
    purposes.set_value("court")
    told: list[str] = []
    purposes.edited.connect(lambda: told.append(purposes.raw()))
    purposes.selectAll()
    type_text(purposes, "وام")
    assert (purposes.value(), purposes.raw()) == ("court", "court")
    purposes.popup().close()
    assert purposes.settle()
    assert (purposes.value(), purposes.text()) == ("bank", "وام بانک")
    purposes.selectAll()
    type_text(purposes, "هیچ‌کدام")
    assert purposes.value() == "bank"
    assert not purposes.settle()
    assert (purposes.value(), purposes.text()) == ("bank", "وام بانک")
    assert {*told} == {"court", "bank"}


def test_what_the_arrows_marked_is_meant_and_what_marks_itself_is_not(
    purposes: ListChoice,
) -> None:
    purposes.open_list()
    assert purposes.settle()
    assert purposes.value() == "", "the first is marked by itself"
    purposes.popup().close()
    purposes.set_value("court")
    purposes.open_list()
    press(purposes, Qt.Key.Key_Down)
    assert purposes.settle()
    assert purposes.value() == "registry"


def test_a_choice_that_must_be_made_is_not_emptied(qtbot: QtBot) -> None:
    month = ListChoice([("1", "فروردین"), ("2", "اردیبهشت")], must=True)
    qtbot.addWidget(month)
    month.set_value("2")
    month.setText("")
    assert not month.settle()
    assert (month.value(), month.text()) == ("2", "اردیبهشت")


def test_what_only_suggests_takes_nothing_back(qtbot: QtBot) -> None:
    line = SuggestedLine()
    qtbot.addWidget(line)
    line.set_options([("a", "مادهٔ ۱۰۰ قانون شهرداری، تبصرهٔ ۸"), ("b", "قانون نوسازی")])
    for typed in ("مادهٔ ۱۰۰", "قانونی دیگر", ""):
        line.setText(typed)
        assert line.settle()
        assert line.text() == typed


def test_of_two_options_with_the_same_words_the_chosen_one_stays(qtbot: QtBot) -> None:
    same = ListChoice([("1", "علی کارگر"), ("2", "علی کارگر")])
    qtbot.addWidget(same)
    same.set_value("2")
    assert (same.value(), same.raw()) == ("2", "2")


def test_new_options_drop_a_choice_that_is_gone(purposes: ListChoice) -> None:
    purposes.set_value("court")
    purposes.set_options(PURPOSES[:2])
    assert (purposes.value(), purposes.text()) == ("", "")


def test_the_whole_label_of_a_tick_presses_it(qtbot: QtBot) -> None:
    tick = Tick("اصل دیده شد")
    qtbot.addWidget(tick)
    tick.show()
    with qtbot.waitSignal(tick.edited):
        click(tick, tick.rect().topLeft())
    assert tick.value() is True
    tick.setFocus()
    press(tick, Qt.Key.Key_Space)
    assert (tick.value(), tick.raw()) == (False, "")


def test_a_slot_is_chosen_by_its_number_key(qtbot: QtBot) -> None:
    slots = SlotChoice(
        [SlotLook("a", "شنبه", "۸ تا ۱۱", "۲ جا"), SlotLook("b", "شنبه", "۱۱ تا ۱۴", "۴ جا")]
    )
    qtbot.addWidget(slots)
    slots.show()
    slots.cards[0].setFocus()
    with qtbot.waitSignal(slots.edited):
        type_text(slots, "۲")
    assert slots.value() == "b"
    assert slots.cards[1].isChecked()
    assert not slots.cards[0].isChecked()


def test_segments_are_left_with_the_focus_and_not_by_a_click(qtbot: QtBot) -> None:
    window, segments, after = QWidget(), Segments([("a", "الف"), ("b", "ب")]), TextLine()
    window.setLayout(Column(segments, after, gap=4))
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    segments.setFocus()
    qtbot.waitUntil(segments.hasFocus)
    left: list[int] = []
    segments.left.connect(lambda: left.append(1))
    click(segments)
    assert segments.value()
    assert not left
    after.setFocus()
    qtbot.waitUntil(after.hasFocus)
    assert left == [1]


def test_of_a_long_list_the_row_of_a_typed_code_is_ticked_by_space(qtbot: QtBot) -> None:
    picks = PickList("دفترها", numbered=True)
    picks.set_picks(Pick(code, f"دفتر {code}", code) for code in ("11", "12", "21"))
    qtbot.addWidget(picks)
    with qtbot.waitActive(picks):
        picks.show()
    picks.setFocus()
    type_text(picks, "12 ")
    assert picks.value() == ("12",)
    # Codes are typed where digits are typed fastest.
    target = QApplication.focusWidget()
    assert target is not None
    for digit in "21":
        held = Qt.KeyboardModifier.KeypadModifier
        pressed = QKeyEvent(QEvent.Type.KeyPress, ord(digit), held, digit)
        QCoreApplication.sendEvent(target, pressed)
    type_text(picks, " ")
    assert picks.value() == ("12", "21")
