"""A line of text as people type and paste into it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.domain.persian import INVISIBLE
from desktop.ui.widgets.inputs.line import TextLine, as_shown
from desktop.ui.widgets.inputs.password import PasswordLine
from desktop.ui.widgets.inputs.search import SearchBox
from tests.ui.keyboard import paste, press, type_text


@pytest.fixture
def line(qtbot: QtBot) -> TextLine:
    made = TextLine(max_length=200)
    made.setAccessibleName("نام")
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
    made.setFocus()
    return made


def test_the_caret_stands_beside_the_placeholder(line: TextLine) -> None:
    line.setPlaceholderText("نام یا شماره")
    caret = line.cursorRect()
    line.clearFocus()
    picture = line.grab().toImage()
    ground = picture.pixelColor(line.width() // 4, line.height() // 2)
    # Two pixels wide and in the middle of its rectangle, as Qt draws it.
    column = caret.center().x()
    for x in (column, column + 1):
        for y in range(line.height() // 4, line.height() * 3 // 4):
            assert picture.pixelColor(x, y) == ground


def test_arabic_letters_and_three_kinds_of_digits_become_persian(line: TextLine) -> None:
    type_text(line, "علي كاظمي 12 ٣٤ ۵۶")
    assert line.text() == "علی کاظمی ۱۲ ۳۴ ۵۶"
    assert line.value() == "علی کاظمی 12 34 56"


def test_the_cursor_stays_where_one_types(line: TextLine) -> None:
    type_text(line, "محمد رضایی")
    line.setCursorPosition(4)
    type_text(line, "ي")
    type_text(line, "ك")
    assert line.text() == "محمدیک رضایی"
    assert line.cursorPosition() == 6


def test_what_was_typed_can_be_undone(line: TextLine) -> None:
    type_text(line, "محمد رضا")
    line.setCursorPosition(4)
    type_text(line, "ي4")
    assert line.text() == "محمدی۴ رضا"
    line.undo()
    assert line.text() == "محمد رضا"


def test_shift_space_is_a_half_space(line: TextLine) -> None:
    type_text(line, "می\u200cشود")
    assert line.text() == "می\u200cشود"
    assert line.value() == "می\u200cشود"


def test_a_paste_loses_controls_and_marks_of_direction_only(line: TextLine) -> None:
    paste(line, "\u202bخیابان\u200f\tامام\x00\x07\n۱۲\u2069 🏠")
    assert line.text() == "خیابان امام ۱۲ 🏠"


def test_ten_thousand_characters_are_cut_and_said_so(line: TextLine, qtbot: QtBot) -> None:
    with qtbot.waitSignal(line.inputRejected):
        paste(line, "ا" * 10_000)
    assert len(line.text()) == 200


def test_each_change_is_told_once_and_filling_is_not(line: TextLine, qtbot: QtBot) -> None:
    told: list[str] = []
    line.edited.connect(lambda: told.append(line.value()))
    line.set_value("الف")
    assert told == []
    type_text(line, "ي")
    assert told == ["الفی"]


def test_what_is_read_only_takes_no_key(line: TextLine) -> None:
    line.set_value("مسکونی")
    for state in ("readonly", "records"):
        line.set_state(state)
        type_text(line, "ب\u200c۱")
        assert line.text() == "مسکونی"
    line.set_state("error")
    type_text(line, "ب")
    assert line.text() == "مسکونیب"


def test_reaching_a_line_by_keyboard_selects_it(line: TextLine) -> None:
    line.set_value("قدیم")
    line.clearFocus()
    line.setFocus(Qt.FocusReason.TabFocusReason)
    type_text(line, "نو")
    assert line.text() == "نو"


@given(st.text())
def test_what_is_shown_is_stable_and_clean(words: str) -> None:
    shown = as_shown(words)
    assert as_shown(shown) == shown
    assert not set(shown) & set(INVISIBLE)
    assert not set(shown) & set("يك٠١٢٣0123456789\x00\n\r\t")


def test_a_password_keeps_its_letters_and_hides_until_the_eye_opens(qtbot: QtBot) -> None:
    line = PasswordLine()
    qtbot.addWidget(line)
    line.show()
    line.setFocus()
    type_text(line, "كلید۱٢3")
    assert line.value() == "كلید123"
    assert "ل" not in line.displayText()
    press(line, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert line.displayText() == "كلید۱٢3"
    assert line.raw() == ""


def test_the_search_box_searches_on_enter_and_empties_on_escape(qtbot: QtBot) -> None:
    box = SearchBox("نام یا کد", keys="Ctrl+K")
    qtbot.addWidget(box)
    box.show()
    box.setFocus()
    type_text(box, "دهقان ۱۲")
    with qtbot.waitSignal(box.searched) as found:
        press(box, Qt.Key.Key_Return)
    assert found.args == ["دهقان 12"]
    press(box, Qt.Key.Key_Escape)
    assert box.text() == ""
