"""Days of their own in the sheet of offices: a month's hours for all of them in one cell."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.calendar import OfficeCalendar, parse_jalali
from desktop.domain.errors import Refusal
from desktop.domain.hours import Hours, SpecialDay, read_spans
from desktop.forms.office_sheet import read_special, special_cell

SHORT, LONG = read_spans("9-14"), read_spans("7:30-14 و 16-20")
WEEK = Hours((LONG, LONG, LONG, LONG, LONG, SHORT, ()))
FIRST = parse_jalali("1405/11/20")
HOLIDAY = FIRST + timedelta(days=2)
CALENDAR = OfficeCalendar({HOLIDAY: "۲۲ بهمن"})


def day(number: int) -> date:
    return FIRST + timedelta(days=number)


def test_a_month_in_one_entry_leaves_fridays_and_holidays_shut() -> None:
    told = read_special("1405/11/20 تا 1405/12/18: ۹:۰۰ تا ۱۴:۰۰", WEEK, CALENDAR)
    for number in range(29):
        as_always = WEEK.on(day(number), CALENDAR)
        assert told.on(day(number), CALENDAR) == (SHORT if as_always else ()), number
    assert told.on(day(29), CALENDAR) == WEEK.on(day(29), CALENDAR)
    # And it is written as it was typed.
    assert special_cell(told, CALENDAR) == "1405/11/20 تا 1405/12/18: ۹:۰۰ تا ۱۴:۰۰"


def test_one_day_is_meant_whatever_the_week_says_of_it() -> None:
    told = read_special("1405/11/22: 9-14؛ 1405/11/23 تا 1405/11/25: بسته", WEEK, CALENDAR)
    assert told.on(HOLIDAY, CALENDAR) == SHORT
    assert [told.on(day(number), CALENDAR) for number in (3, 4, 5)] == [(), (), ()]


@pytest.mark.slow
@given(
    st.dictionaries(st.integers(0, 40), st.sampled_from([SHORT, LONG, ()])),
)
def test_what_is_written_is_read_as_it_was(days: dict[int, tuple[object, ...]]) -> None:
    special = tuple(SpecialDay(day(number), spans) for number, spans in sorted(days.items()))  # type: ignore[arg-type]
    hours = Hours(WEEK.week, special)
    assert read_special(special_cell(hours, CALENDAR), Hours(WEEK.week), CALENDAR) == hours


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("از فردا 9-14", "مانند"),
        ("1405/11/25 تا 1405/11/20: 9-14", "پیش از روز آغاز"),
        ("1405/11/20 تا 1406/11/20: 9-14", "بیش از ۶۲ روز"),
        ("1405/11/20: 14-9", "پیش از آغاز"),
    ],
)
def test_what_can_not_be_meant_is_told(text: str, words: str) -> None:
    with pytest.raises(Refusal, match=words):
        read_special(text, WEEK, CALENDAR)
