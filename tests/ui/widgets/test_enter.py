"""A form goes on by itself after a code that is whole, and forgives the Enter of habit."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.identifiers import national_id
from desktop.ui.widgets.inputs import enter
from desktop.ui.widgets.inputs.date_line import DateLine
from desktop.ui.widgets.inputs.enter import EnterMoves
from desktop.ui.widgets.inputs.line import ANSWERED, TextLine
from desktop.ui.widgets.inputs.list_choice import ListChoice
from desktop.ui.widgets.inputs.number import DigitsLine
from desktop.ui.widgets.inputs.segments import Segments
from tests.ui.keyboard import paste, press, type_text

Key = Qt.Key
_ID = "9990002241"


class Form(QWidget):
    """An id, a day, a choice, and words after them."""

    def __init__(self) -> None:
        super().__init__()
        self.person = DigitsLine(10, check=national_id)
        self.day = DateLine(date(2026, 11, 24))
        self.choice = ListChoice([("a", "آب"), ("g", "گاز")])
        self.words = TextLine()
        column = QVBoxLayout(self)
        for each in (self.person, self.day, self.choice, self.words):
            column.addWidget(each)
        self.moves = EnterMoves(self)


@pytest.fixture
def form(qtbot: QtBot) -> Form:
    made = Form()
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.person.setFocus()
    return made


def test_a_whole_code_leads_on(form: Form) -> None:
    type_text(form, _ID[:-1])
    assert form.person.hasFocus()
    type_text(form, _ID[-1])
    assert form.day.hasFocus()
    type_text(form, "1405/09/0")
    assert form.day.hasFocus()
    type_text(form, "3")
    assert form.choice.hasFocus()


def test_what_is_wrong_or_may_go_on_stays(form: Form) -> None:
    type_text(form, "1111111111")
    assert form.person.hasFocus()
    form.day.setFocus()
    type_text(form, "0903")
    assert form.day.hasFocus()
    form.words.setFocus()
    type_text(form, "آب")
    assert form.words.hasFocus()


def test_a_pasted_code_leads_on_and_its_last_digit_typed_again_does_not(form: Form) -> None:
    paste(form, _ID)
    assert form.day.hasFocus()
    form.person.setFocus()
    form.person.end(False)
    press(form, Key.Key_Backspace)
    type_text(form, _ID[-1])
    assert form.person.hasFocus()


def test_the_enter_of_habit_skips_nothing(form: Form, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(enter, "_HABIT_MS", 3_600_000)
    type_text(form, _ID)
    press(form, Key.Key_Return)
    assert form.day.hasFocus()
    press(form, Key.Key_Return)
    assert form.choice.hasFocus()
    form.person.setFocus()
    form.person.selectAll()
    type_text(form, "9990002614")
    type_text(form, "0903")
    press(form, Key.Key_Return)
    assert form.choice.hasFocus()


def test_the_tab_of_habit_skips_nothing(form: Form, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(enter, "_HABIT_MS", 3_600_000)
    type_text(form, _ID)
    press(form, Key.Key_Tab)
    assert form.day.hasFocus()
    press(form, Key.Key_Tab)
    assert form.choice.hasFocus()


@pytest.mark.parametrize("by", ["key", "mouse"])
def test_what_was_chosen_where_a_code_led_is_left_by_one_enter(
    form: Form, monkeypatch: pytest.MonkeyPatch, by: str
) -> None:
    monkeypatch.setattr(enter, "_HABIT_MS", 3_600_000)
    title = Segments([("", "بی‌عنوان"), ("mr", "آقای")])
    column = form.layout()
    assert column is not None
    column.replaceWidget(form.day, title)
    form.day.hide()
    title.show()
    QWidget.setTabOrder(form.person, title)
    type_text(form, _ID)
    assert title.hasFocus()
    if by == "key":
        press(form, Key.Key_Down)
        press(form, Key.Key_Down)
    else:
        QTest.mouseClick(title, Qt.MouseButton.LeftButton, pos=title.rect().center() / 2)
    assert title.value() == "mr"
    press(form, Key.Key_Return)
    assert form.choice.hasFocus()


def test_a_code_in_the_last_field_ends_nothing_by_itself(form: Form, qtbot: QtBot) -> None:
    for each in (form.choice, form.words):
        each.hide()
    ended: list[bool] = []
    form.moves.finished.connect(lambda: ended.append(True))
    form.day.setFocus()
    type_text(form, "1405/09/03")
    assert form.day.hasFocus()
    assert not ended
    press(form, Key.Key_Return)
    assert ended == [True]


def test_an_enter_after_a_while_is_meant(form: Form, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(enter, "_HABIT_MS", 10)
    type_text(form, _ID)
    QTest.qWait(50)
    press(form, Key.Key_Return)
    assert form.choice.hasFocus()


def test_what_is_chosen_in_a_list_leads_on(form: Form) -> None:
    form.choice.setFocus()
    type_text(form, "گاز")
    QApplication.processEvents()
    press(form, Key.Key_Return)
    QApplication.processEvents()
    assert form.choice.value() == "g"
    form.activateWindow()
    QApplication.processEvents()
    assert form.focusWidget() is form.words


def test_a_field_that_is_answered_is_passed(form: Form) -> None:
    form.day.setProperty(ANSWERED, True)
    type_text(form, _ID)
    assert form.choice.hasFocus()
    form.day.setProperty(ANSWERED, False)
    press(form, Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert form.day.hasFocus()
