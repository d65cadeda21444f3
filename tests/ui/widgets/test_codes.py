"""The renewal code and the plate, typed and pasted."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.widgets.inputs.plate import PlateInput
from desktop.ui.widgets.inputs.renewal import RenewalCodeInput
from tests.ui.keyboard import paste, press, type_text

CODE = "2-14-308-27-1-0-0"


@pytest.fixture
def code(qtbot: QtBot) -> RenewalCodeInput:
    page = QWidget()
    column = QVBoxLayout(page)
    made, other = RenewalCodeInput(), QLineEdit()
    made.setAccessibleName("کد نوسازی")
    column.addWidget(made)
    column.addWidget(other)
    qtbot.addWidget(page)
    with qtbot.waitActive(page):
        page.show()
    made.page, made.other = page, other  # type: ignore[attr-defined]
    made.boxes[0].setFocus()
    return made


@pytest.mark.parametrize("between", ["-", "/", " ", "\r"])
def test_separators_and_enter_go_to_the_next_box(code: RenewalCodeInput, between: str) -> None:
    for index, part in enumerate(CODE.split("-")):
        if index:
            if between == "\r":
                press(code, Qt.Key.Key_Return)
            else:
                type_text(code, between)
        type_text(code, part)
    assert code.value() == CODE


@pytest.mark.parametrize(
    "pasted", [CODE, "۲-۱۴-۳۰۸-۲۷-۱-۰-۰", "2/14/308/27/1/0/0", " \u20662 14 308 27 1 0 0\u2069\n"]
)
def test_a_pasted_code_fills_all_boxes(code: RenewalCodeInput, pasted: str) -> None:
    paste(code, pasted)
    assert code.value() == CODE
    assert [box.text() for box in code.boxes[:2]] == ["۲", "۱۴"]


@pytest.mark.parametrize("pasted", ["4-1-1-1", "4 1 1 1", "۴/۱/۱/۱", "04-001-1-1"])
@pytest.mark.parametrize("box", [0, 3])
def test_a_pasted_part_of_a_code_leaves_nothing_of_the_one_before(
    code: RenewalCodeInput, pasted: str, box: int
) -> None:
    code.set_value(CODE)
    code.boxes[box].setFocus()
    code.boxes[box].selectAll()
    paste(code.boxes[box], pasted)
    assert (code.value(), code.raw()) == ("", "4-1-1-1---")
    assert QApplication.focusWidget() is code.boxes[4]


@pytest.mark.parametrize("pasted", ["4-1-1-1-0-0-0-9", "4-1-12345-1-0-0-0", "123-1-1-1", "4111000"])
def test_a_pasted_text_that_is_no_code_changes_none_and_says_so(
    code: RenewalCodeInput, qtbot: QtBot, pasted: str
) -> None:
    code.set_value(CODE)
    code.boxes[0].selectAll()
    with qtbot.waitSignal(code.refused):
        paste(code, pasted)
    assert code.value() == CODE


def test_the_district_stands_at_the_left(code: RenewalCodeInput) -> None:
    lefts = [box.x() for box in code.boxes]
    assert lefts == sorted(lefts)


def test_a_code_with_a_gap_has_no_value_but_is_kept(code: RenewalCodeInput) -> None:
    code.set_value("2-14--27---")
    assert (code.value(), code.raw()) == ("", "2-14--27---")
    code.set_value("")
    assert code.raw() == ""


def test_leading_zeros_are_the_same_property(code: RenewalCodeInput) -> None:
    code.set_value("02-014-308-27-1-0-0")
    assert code.value() == CODE


def test_backspace_in_an_empty_box_goes_back(code: RenewalCodeInput) -> None:
    code.boxes[1].setFocus()
    press(code, Qt.Key.Key_Backspace)
    assert QApplication.focusWidget() is code.boxes[0]


def test_left_is_told_when_the_whole_code_is_left(code: RenewalCodeInput) -> None:
    told: list[int] = []
    code.left.connect(lambda: told.append(1))
    code.boxes[1].setFocus()
    assert told == []
    code.other.setFocus()  # type: ignore[attr-defined]
    assert told == [1]


def test_every_box_has_a_name(code: RenewalCodeInput) -> None:
    names = [box.accessibleName() for box in code.boxes]
    assert names[0] == "کد نوسازی، منطقه"
    assert len(set(names)) == 7


def test_the_plate_reads_in_words_and_keeps_its_parts(qtbot: QtBot) -> None:
    plate = PlateInput([("1", "۱"), ("2", "۲")])
    plate.setAccessibleName("پلاک ثبتی")
    qtbot.addWidget(plate)
    plate.resize(500, 40)
    with qtbot.waitActive(plate):
        plate.show()
    plate.sub.setFocus()
    type_text(plate, "4555/۶۵/")
    assert plate.district.hasFocus()
    plate.district.set_value("2")
    assert plate.value() == ("4555", "65", "2")
    assert plate.sub.x() > plate.main.x() > plate.district.x()
    again = PlateInput([("1", "۱"), ("2", "۲")])
    qtbot.addWidget(again)
    again.set_value(plate.raw())
    assert again.value() == plate.value()


@pytest.mark.parametrize("words", ["45/532", "۴۵ فرعی از ۵۳۲", "45-532"])
def test_two_numbers_pasted_into_one_box_of_the_plate_are_not_one(qtbot: QtBot, words: str) -> None:
    plate = PlateInput([("1", "۱"), ("2", "۲")])
    qtbot.addWidget(plate)
    with qtbot.waitActive(plate):
        plate.show()
    told: list[str] = []
    plate.refused.connect(told.append)
    plate.sub.setFocus()
    type_text(plate, "7")
    paste(plate, words)
    assert plate.value() == ("7", "", "")
    assert told == ["فرعی و اصلی را هر یک در خانهٔ خودش بنویسید."]
