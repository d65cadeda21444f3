"""The date line and its month, by the keys of a counter."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.domain.calendar import from_jalali
from desktop.domain.errors import Refusal
from desktop.forms.values import read_day
from desktop.ui.pages.form.inputs import asked_by
from desktop.ui.widgets.inputs.date_line import DateLine, Lies, complete
from tests.shipped import SHIPPED
from tests.ui.keyboard import click, paste, press, type_text

TODAY = from_jalali(1405, 9, 3)


@pytest.fixture
def line(qtbot: QtBot) -> DateLine:
    made = DateLine(TODAY)
    qtbot.addWidget(made)
    made.show()
    made.setFocus()
    return made


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("030905", "1405/09/03"),
        ("3/9", "1405/09/03"),
        ("۱۴۰۵/۹/۳", "1405/09/03"),
        ("14050903", "1405/09/03"),
        ("3/9/62", "1362/09/03"),
        ("١٤/٧/١٣٦٢", "1362/07/14"),
        ("3-9-5", "1405/09/03"),
        ("0309", "1405/09/03"),
        ("620714", "1362/07/14"),
        ("62/7/14", "1362/07/14"),
        ("۰۸۲۵", "1405/08/25"),
        ("8/25", "1405/08/25"),
        ("8/32", "1405/32/08"),
        ("الف", "الف"),
        ("12345", "12345"),
        ("", ""),
    ],
)
def test_a_date_written_short_is_completed(written: str, meant: str) -> None:
    assert complete(written, TODAY) == meant


@pytest.mark.parametrize(
    ("written", "lies", "meant"),
    [
        # 1405/09/03 is today.
        ("0310", "", "1405/10/03"),
        # A day just to come is a slip or too early, and no day of a year ago.
        ("4/9", "past", "1405/09/04"),
        ("0310", "past", "1405/10/03"),
        ("0410", "past", "1404/10/04"),
        ("1/1", "past", "1405/01/01"),
        ("3/9", "past", "1405/09/03"),
        ("12/25", "past", "1404/12/25"),
        ("051005", "past", "1405/10/05"),
        ("1/1", "future", "1406/01/01"),
        ("3/9", "future", "1405/09/03"),
        ("2/9", "future", "1405/09/02"),
        ("3/8", "future", "1405/08/03"),
        ("2/8", "future", "1406/08/02"),
        ("0410", "future", "1405/10/04"),
    ],
)
def test_a_day_without_a_year_lies_where_its_field_lies(
    written: str, lies: Lies, meant: str
) -> None:
    assert complete(written, TODAY, lies) == meant


@pytest.mark.parametrize(
    ("written", "lies", "today", "meant"),
    [
        ("1/1", "past", (1405, 12, 20), "1405/01/01"),
        ("25/12", "past", (1405, 12, 20), "1405/12/25"),
        ("20/12", "past", (1406, 1, 5), "1405/12/20"),
        ("20/12", "future", (1406, 1, 5), "1406/12/20"),
        ("4/1", "future", (1406, 1, 5), "1406/01/04"),
        ("5/1", "future", (1405, 12, 20), "1406/01/05"),
    ],
)
def test_a_day_without_a_year_near_the_new_year(
    written: str, lies: Lies, today: tuple[int, int, int], meant: str
) -> None:
    assert complete(written, from_jalali(*today), lies) == meant


@pytest.mark.parametrize(
    ("service", "key", "lies"),
    [("inquiry", "letter_date", "past"), ("excavation", "dig_from", "future")],
)
def test_a_service_says_on_which_side_of_today_its_days_lie(
    qtbot: QtBot, service: str, key: str, lies: Lies
) -> None:
    field = next(each for each in SHIPPED[service].fields if each.key == key)
    made = asked_by(field, TODAY).make()
    assert isinstance(made, DateLine)
    qtbot.addWidget(made)
    made.set_value("1/1" if lies == "future" else "28/12")
    day = made.value()
    assert day is not None
    assert (day > TODAY) == (lies == "future")


def test_a_short_date_is_written_out_on_leaving(line: DateLine) -> None:
    type_text(line, "3/9")
    assert line.value() == TODAY
    line.clearFocus()
    assert line.text() == "۱۴۰۵/۰۹/۰۳"


@pytest.mark.parametrize(
    ("keys", "day"),
    [
        ("=", (1405, 9, 3)),
        ("ف", (1405, 9, 3)),
        ("+", (1405, 9, 3)),
        ("=+", (1405, 9, 4)),
        ("=--", (1405, 9, 1)),
    ],
)
def test_plus_minus_and_today(line: DateLine, keys: str, day: tuple[int, int, int]) -> None:
    type_text(line, keys)
    assert line.value() == from_jalali(*day)


def test_pages_move_a_month_and_keep_to_its_length(line: DateLine) -> None:
    line.set_value(from_jalali(1405, 6, 31))
    press(line, Qt.Key.Key_PageUp)
    assert line.value() == from_jalali(1405, 7, 30)
    press(line, Qt.Key.Key_PageDown)
    assert line.value() == from_jalali(1405, 6, 30)


@pytest.mark.parametrize("written", ["1405/13/01", "1405/12/30", "1405/07/31", "99999999", "امروز"])
def test_a_day_that_is_not_there_stays_and_is_explained(line: DateLine, written: str) -> None:
    paste(line, written)
    assert line.value() is None
    assert line.fault()
    line.clearFocus()
    assert line.raw() == written


def test_the_month_opens_and_a_day_is_chosen_by_keyboard(line: DateLine, qtbot: QtBot) -> None:
    line.set_value(TODAY)
    press(line, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    month = line.month()
    assert month is not None
    assert month.isVisible()
    press(month, Qt.Key.Key_Left)
    press(month, Qt.Key.Key_Down)
    press(month, Qt.Key.Key_PageUp)
    with qtbot.waitSignal(line.edited):
        press(month, Qt.Key.Key_Return)
    assert not month.isVisible()
    assert line.value() == from_jalali(1405, 10, 11)


def test_escape_leaves_the_month_and_the_date(line: DateLine) -> None:
    line.set_value(TODAY)
    line.open_month()
    month = line.month()
    assert month is not None
    press(month, Qt.Key.Key_Up)
    press(month, Qt.Key.Key_Escape)
    assert (month.isVisible(), line.value()) == (False, TODAY)


def test_a_click_takes_the_day_under_it(line: DateLine, qtbot: QtBot) -> None:
    line.open_month()
    month = line.month()
    assert month is not None
    click(month, month._cell(15).center())
    assert line.value() == from_jalali(1405, 9, 15)


def test_what_comes_from_the_records_opens_no_month(line: DateLine) -> None:
    line.set_value(date(2026, 11, 24))
    line.set_state("records")
    press(line, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    type_text(line, "+")
    assert line.month() is None
    assert line.value() == date(2026, 11, 24)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("1405-09-03", (1405, 9, 3)),
        ("1403-5-10", (1403, 5, 10)),
        ("1310-02-03", (1310, 2, 3)),
        ("3-9", (1405, 9, 3)),
    ],
)
def test_a_day_may_be_typed_with_hyphens(
    line: DateLine, written: str, day: tuple[int, int, int]
) -> None:
    type_text(line, written)
    line.clearFocus()
    assert line.value() == from_jalali(*day)


@pytest.mark.parametrize("put", [type_text, paste])
def test_a_day_of_another_calendar_is_no_day(
    line: DateLine, put: Callable[[DateLine, str], None]
) -> None:
    put(line, "1983-10-06")
    assert line.value() is None
    with pytest.raises(Refusal, match="سال باید میان"):
        read_day(line.raw(), "تاریخ تولد")


def test_a_kept_day_stands_as_people_write_it(line: DateLine) -> None:
    line.set_value("2026-11-24")
    assert (line.text(), line.value()) == ("۱۴۰۵/۰۹/۰۳", TODAY)
