"""Jalali days, terms and amounts, against a second implementation and by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import jdatetime
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain import calendar, money
from desktop.domain.calendar import TEHRAN, Blackout, OfficeCalendar, to_the_hour
from desktop.domain.errors import Refusal

DAYS = st.dates(date(1930, 1, 1), date(2100, 1, 1))
TODAY = date(2026, 11, 24)


@given(DAYS)
def test_both_calendars_agree_and_writing_is_read_back(day: date) -> None:
    other = jdatetime.date.fromgregorian(date=day)
    assert calendar.jalali(day) == (other.year, other.month, other.day)
    assert calendar.parse_jalali(calendar.format_jalali(day)) == day


@pytest.mark.parametrize(
    "text", ["1405/09/03", "1405/9/3", "14050903", "1405-09-03", "۱۴۰۵/۰۹/۰۳", "١٤٠٥/٩/٣"]
)
def test_ways_to_write_a_day(text: str) -> None:
    assert calendar.parse_jalali(text) == TODAY


@pytest.mark.parametrize(
    "text",
    [
        "1405/12/30",
        "1405/13/01",
        "1405/00/10",
        "1405/07/31",
        "1250/01/01",
        "05/09/03",
        "",
        "1405/9-3",
        "سه آذر",
    ],
)
def test_days_that_do_not_exist(text: str) -> None:
    with pytest.raises(Refusal):
        calendar.parse_jalali(text)


@given(DAYS, st.integers(-40, 40))
def test_months_on_keep_the_day_or_take_the_months_last(day: date, months: int) -> None:
    then = calendar.add_months(day, months)
    year, month, dom = calendar.jalali(day)
    y, m, d = calendar.jalali(then)
    assert (y * 12 + m) - (year * 12 + month) == months
    assert d == min(dom, calendar.month_length(y, m))


def test_words_of_a_day() -> None:
    assert calendar.format_long(TODAY) == "سه‌شنبه ۳ آذر ۱۴۰۵"
    assert calendar.weekday(date(2026, 1, 10)) == "شنبه"
    assert calendar.end_of_year(TODAY) == date(2027, 3, 20)


def test_working_days_skip_fridays_and_holidays() -> None:
    office = OfficeCalendar(holidays={date(2026, 11, 25): "تعطیل"})
    after = office.working_days(TODAY)
    assert [next(after) for _ in range(3)] == [date(2026, 11, d) for d in (26, 28, 29)]
    assert office.add_working_days(TODAY, 3) == date(2026, 11, 29)
    assert office.add_working_days(TODAY, 0) == TODAY


def test_blackouts_name_the_first_free_day() -> None:
    first, last = date(2026, 12, 1), date(2026, 12, 13)
    after = Blackout(last + timedelta(days=1), last + timedelta(days=3), "دوم")
    office = OfficeCalendar(blackouts=(Blackout(first, last, "نخست"), after))
    assert office.blackout_on(first - timedelta(days=5), first - timedelta(days=1)) is None
    assert office.blackout_on(last, last) == Blackout(first, last, "نخست")
    assert office.first_free_day(first) == last + timedelta(days=4)


@pytest.mark.parametrize("text", ["۱٬۲۵۰٬۰۰۰", "1,250,000", " 1250000 ", "١٬٢٥٠٬٠٠٠"])
def test_amounts_as_written(text: str) -> None:
    assert money.read_rial(text) == 1_250_000


@pytest.mark.parametrize("text", ["", "-5", "12.5", "یک", "9" * 16])
def test_no_amounts(text: str) -> None:
    with pytest.raises(Refusal):
        money.read_rial(text)


@given(st.integers(0, money.LARGEST_RIAL))
def test_a_formatted_amount_is_read_back(amount: int) -> None:
    assert money.read_rial(money.format_number(amount)) == amount


def test_amounts_in_words() -> None:
    assert money.rial_in_words(1_250_000) == "یک میلیون و دویست و پنجاه هزار ریال"


@pytest.mark.parametrize(
    ("text", "area"),
    [("240٫5", "240.50"), ("۲۴۰/۵", "240.50"), ("1,178", "1178.00"), ("0", "0.00")],
)
def test_areas(text: str, area: str) -> None:
    assert money.read_area(text) == Decimal(area)
    assert money.format_area(Decimal("1240.5")) == "۱٬۲۴۰٫۵۰"


@given(st.integers(0, 10**11))
def test_the_next_hour_is_never_now_and_never_later_than_an_hour(milliseconds: int) -> None:
    moment = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(milliseconds=milliseconds)
    left = to_the_hour(moment)
    assert 0 < left <= 3600
    on = (moment + timedelta(seconds=left)).astimezone(TEHRAN)
    assert (on.minute, on.second) == (0, 0)
