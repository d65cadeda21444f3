"""Digits, decimal numbers and money as people type and paste them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.errors import Refusal
from desktop.domain.money import read_area
from desktop.domain.persian import to_persian_digits
from desktop.ui.widgets.inputs.number import DigitsLine, MoneyLine, NumberLine, PhoneLine
from tests.ui.keyboard import paste, press, type_text

W = TypeVar("W", bound=QWidget)


def _shown(qtbot: QtBot, widget: W) -> W:
    qtbot.addWidget(widget)
    with qtbot.waitActive(widget):
        widget.show()
    widget.setFocus()
    return widget


def test_digits_of_three_kinds_are_one(qtbot: QtBot) -> None:
    line = _shown(qtbot, DigitsLine(10))
    type_text(line, "44٢١۲۳")
    assert (line.text(), line.value()) == ("۴۴۲۱۲۳", "442123")


def test_letters_do_not_get_in_and_it_says_so(qtbot: QtBot) -> None:
    line = _shown(qtbot, DigitsLine(10))
    with qtbot.waitSignal(line.refused) as said:
        type_text(line, "۱الف")
    assert line.value() == "1"
    assert said.args == ["اینجا فقط رقم نوشته می‌شود."]


def test_a_pasted_number_may_carry_marks(qtbot: QtBot) -> None:
    line = _shown(qtbot, DigitsLine(10))
    paste(line, "\u2066442-123456-7\u2069 ")
    assert line.value() == "4421234567"


def test_the_eleventh_digit_is_refused_and_pushes_nothing_out(qtbot: QtBot) -> None:
    line = _shown(qtbot, DigitsLine(10))
    type_text(line, "4421234567")
    line.setCursorPosition(3)
    with qtbot.waitSignal(line.refused):
        type_text(line, "9")
    assert line.value() == "4421234567"
    paste(line, "1" * 10_000)
    assert len(line.value()) == 10


def test_a_phone_is_shown_in_groups_and_the_cursor_follows(qtbot: QtBot) -> None:
    line = _shown(qtbot, DigitsLine(11, groups=(4, 3, 4)))
    type_text(line, "09132514408")
    assert (line.text(), line.value()) == ("۰۹۱۳ ۲۵۱ ۴۴۰۸", "09132514408")
    line.setCursorPosition(6)
    press(line, Qt.Key.Key_Backspace)
    assert line.text() == "۰۹۱۳ ۵۱۴ ۴۰۸"
    type_text(line, "7")
    assert line.text() == "۰۹۱۳ ۷۵۱ ۴۴۰۸"


def test_a_decimal_number_takes_any_mark_once(qtbot: QtBot) -> None:
    line = _shown(qtbot, NumberLine(places=2, unit="مترمربع"))
    type_text(line, "240/5")
    assert (line.text(), line.value()) == ("۲۴۰٫۵", "240.5")
    type_text(line, ".09")
    assert line.value() == "240.50"
    line.set_value("۱۲٫۳")
    assert line.value() == "12.3"


def test_money_is_grouped_while_one_types_and_told_in_words(qtbot: QtBot) -> None:
    line = _shown(qtbot, MoneyLine())
    told: list[str] = []
    line.noted.connect(told.append)
    type_text(line, "2500000")
    assert (line.text(), line.value()) == ("۲٬۵۰۰٬۰۰۰", 2_500_000)
    assert told[-1] == "دو میلیون و پانصد هزار ریال"
    line.setCursorPosition(1)
    type_text(line, "1")
    assert (line.value(), line.cursorPosition()) == (21_500_000, 2)
    line.set_value(None)
    assert (line.value(), told[-1]) == (None, "")


def test_money_takes_a_pasted_amount_with_its_marks_and_no_sixteenth_digit(qtbot: QtBot) -> None:
    line = _shown(qtbot, MoneyLine())
    paste(line, "1,250,000")
    assert line.value() == 1_250_000
    line.selectAll()
    with qtbot.waitSignal(line.refused):
        paste(line, "9" * 16)
    assert line.value() == 10**15 - 1


@pytest.mark.parametrize(
    ("copied", "amount", "says"),
    [
        ("1,350,000.00", 1_350_000, False),
        ("۱٬۳۵۰٬۰۰۰٫۰", 1_350_000, False),
        ("1350000/00", 1_350_000, False),
        ("1,350,000.50", 1_350_000, True),
        ("1.350.000", 1_350_000, False),
    ],
)
def test_a_fraction_of_a_rial_never_becomes_a_hundredfold(
    qtbot: QtBot, copied: str, amount: int, *, says: bool
) -> None:
    line = _shown(qtbot, MoneyLine())
    told: list[str] = []
    line.refused.connect(told.append)
    paste(line, copied)
    assert line.value() == amount
    assert told == (["مبلغ به ریال است و اعشار ندارد."] if says else [])
    line.clear()
    type_text(line, "1.5")
    assert told[-1:] == ["مبلغ به ریال است و اعشار ندارد."]


@pytest.mark.parametrize(
    "copied",
    ["+98 913 123 4567", "00989131234567", "+98 (0)913-123-4567", "۰۹۱۳ ۱۲۳ ۴۵۶۷", "989131234567"],
)
def test_a_phone_is_understood_however_it_was_copied(qtbot: QtBot, copied: str) -> None:
    line = PhoneLine((4, 3, 4))
    qtbot.addWidget(line)
    line.show()
    line.setFocus()
    paste(line, copied)
    assert line.value() == "09131234567"
    assert line.text() == "۰۹۱۳ ۱۲۳ ۴۵۶۷"


def test_a_phone_that_is_typed_is_not_touched(qtbot: QtBot) -> None:
    line = PhoneLine((4, 3, 4))
    qtbot.addWidget(line)
    line.show()
    line.setFocus()
    type_text(line, "09809831234")
    assert line.value() == "09809831234"


@pytest.mark.parametrize("mark", [",", "،", "٬"])
@pytest.mark.parametrize("put", [type_text, paste])
def test_a_comma_parts_thousands_or_begins_the_decimals(
    qtbot: QtBot, mark: str, put: Callable[[QWidget, str], None]
) -> None:
    for written, meant in (("120{}5", "120.5"), ("120{}55", "120.55"), ("1{}250", "1250")):
        line = _shown(qtbot, NumberLine(unit="مترمربع"))
        put(line, written.format(mark))
        assert line.value() == meant
        line.clearFocus()
        assert (line.value(), line.text()) == (meant, to_persian_digits(meant.replace(".", "٫")))


def test_a_degree_has_no_thousands(qtbot: QtBot) -> None:
    line = _shown(qtbot, NumberLine(places=6, whole=3))
    paste(line, "54,368")
    assert line.value() == "54.368"


@pytest.mark.parametrize("written", ["1.250,5", "12,34,5"])
def test_what_is_no_number_stands_as_it_was_typed_and_is_refused(
    qtbot: QtBot, written: str
) -> None:
    line = _shown(qtbot, NumberLine())
    paste(line, written)
    line.clearFocus()
    with pytest.raises(Refusal):
        read_area(line.value())


@pytest.mark.parametrize("written", ["-5", "−5", "1e3", "12×10", "24m2"])
def test_of_another_kind_of_number_the_digits_alone_are_none(qtbot: QtBot, written: str) -> None:
    line = _shown(qtbot, NumberLine())
    line.set_value("7.5")
    line.selectAll()
    with qtbot.waitSignal(line.refused):
        paste(line, written)
    assert line.value() == "7.5"
    line.selectAll()
    paste(line, "\u2066240.5\u2069 متر")
    assert line.value() == "240.5"


def test_a_sum_may_be_pasted_with_its_unit_and_with_no_other(qtbot: QtBot) -> None:
    line = _shown(qtbot, MoneyLine())
    told: list[str] = []
    line.refused.connect(told.append)
    paste(line, "۱۶٬۲۰۰٬۰۰۰ ریال")
    assert (line.value(), told) == (16_200_000, [])
    line.selectAll()
    paste(line, "1,620,000 تومان")
    assert line.value() == 16_200_000
    assert told == ["مبلغ فقط رقم دارد."]
    line.selectAll()
    paste(line, "16,2")
    assert line.value() == 16
    line.clear()
    type_text(line, "16,200,000")
    assert line.value() == 16_200_000
