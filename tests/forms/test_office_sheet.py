"""The sheets of offices and people: days of their own in one cell, and what no centre keeps."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.calendar import OfficeCalendar, parse_jalali
from desktop.domain.errors import Refusal
from desktop.domain.hours import Hours, SpecialDay, read_spans
from desktop.domain.made_up import made_up_national_id
from desktop.forms import people_sheet
from desktop.forms.office_sheet import (
    ADDRESS,
    AUTHORITY,
    CODE,
    COLUMNS,
    DISTRICT,
    HOLDER,
    KIND,
    LICENCE,
    LICENCE_UNTIL,
    NAME,
    NEIGHBOURHOOD,
    PHONE,
    SINCE,
    read_offices,
    read_special,
    special_cell,
)
from desktop.forms.sheet_rows import SheetRow

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


RIGHT = {
    CODE: "777", NAME: "دفتر پیشخوان ۷۷۷", KIND: "پیشخوان", ADDRESS: "یزد، صفائیه",
    DISTRICT: "1", AUTHORITY: "صورت‌جلسهٔ واگذاری", PHONE: "035-3623 4567",
}  # fmt: skip


@pytest.mark.parametrize(
    ("heading", "text", "words"),
    [
        (PHONE, "035-36234567 و 035-36234568", "یک شماره"),
        (PHONE, "3536234567", "یک شماره"),
        (PHONE, "سلام", "یک شماره"),
        (PHONE, "۹" * 10_000, "یک شماره"),
        (NAME, "د" * 101, "۱۰۰ نویسه"),
        (ADDRESS, "د" * 10_000, "۳۰۰ نویسه"),
        (AUTHORITY, "د" * 301, "۳۰۰ نویسه"),
        (HOLDER, "د" * 101, "۱۰۰ نویسه"),
        (LICENCE, "1" * 61, "۶۰ نویسه"),
        (NEIGHBOURHOOD, "د" * 61, "۶۰ نویسه"),
        (SINCE, "1499/12/29", "دور است"),
        (LICENCE_UNTIL, "1500/01/01", "دور است"),
    ],
)
def test_what_no_centre_keeps_is_told_by_its_row_and_the_others_are_taken(
    heading: str, text: str, words: str
) -> None:
    headings = [column.heading for column in COLUMNS]
    good = dict.fromkeys(headings, "") | RIGHT
    bad = good | {CODE: "555", heading: text}
    rows = [SheetRow(2, good), SheetRow(3, bad)]
    read = read_offices(rows, (1,), None, FIRST, CALENDAR, {})
    assert [(row.card.code, row.card.phone) for row in read.rows] == [("777", "03536234567")]
    (fault,) = read.faults
    assert "ردیف ۳" in fault.words
    assert words in fault.words


@pytest.mark.parametrize(
    ("column", "text", "words"),
    [
        (people_sheet.NAME, "س" * 600, "۱۰۰ نویسه"),
        (people_sheet.SINCE, "1499/12/29", "دور است"),
        (people_sheet.UNTIL, "1500/01/01", "دور است"),
    ],
)
def test_what_no_centre_keeps_of_a_person_is_told_by_the_row(
    column: str, text: str, words: str
) -> None:
    cells = {each.heading: "" for each in people_sheet.COLUMNS} | {
        people_sheet.NAME: "سارا صدر",
        people_sheet.NATIONAL_ID: made_up_national_id(4_100),
        people_sheet.ROLE: "متصدی",
        column: text,
    }
    (fault,) = people_sheet.read_people([SheetRow(2, cells)], {}, "21", FIRST).faults
    assert words in fault.words


def test_of_people_too_many_for_one_sheet_the_rest_are_told() -> None:
    empty = {each.heading: "" for each in people_sheet.COLUMNS}
    rows = [
        SheetRow(
            2 + n,
            empty
            | {
                people_sheet.NAME: "سارا صدر",
                people_sheet.NATIONAL_ID: made_up_national_id(n + 1),
                people_sheet.ROLE: "متصدی",
            },
        )
        for n in range(people_sheet.MOST + 2)
    ]
    read = people_sheet.read_people(rows, {}, "21", FIRST)
    assert (len(read.rows), len(read.faults)) == (people_sheet.MOST, 2)
    assert "فایل دیگری" in read.faults[0].words
