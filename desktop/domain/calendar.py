"""Jalali dates and the office calendar: holidays, working days, terms, blackouts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from functools import lru_cache

from persiantools.jdatetime import JalaliDate

from desktop.domain.errors import Refusal
from desktop.domain.persian import clean, fold, to_persian_digits

# No summer time since 1401 (DOMAIN.md §2.10), and no request here is older than 1404.
TEHRAN = timezone(timedelta(hours=3, minutes=30), "Asia/Tehran")
FIRST_YEAR, LAST_YEAR = 1300, 1500
MONTHS = (
    "فروردین",
    "اردیبهشت",
    "خرداد",
    "تیر",
    "مرداد",
    "شهریور",
    "مهر",
    "آبان",
    "آذر",
    "دی",
    "بهمن",
    "اسفند",
)
WEEKDAYS = ("شنبه", "یکشنبه", "دوشنبه", "سه‌شنبه", "چهارشنبه", "پنجشنبه", "جمعه")
_FRIDAY = 4  # datetime.date.weekday()
_WRITTEN = re.compile(r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})|([0-9]{4})([0-9]{2})([0-9]{2})")


@lru_cache(maxsize=20_000)
def parse_jalali(text: str) -> date:
    """The day written as `1405/09/03`, `1405/9/3`, `1405-09-03` or `14050903`, in any digits.

    Raises Refusal when it is not so written, or no such day exists in 1300–1500.
    """
    written = _WRITTEN.fullmatch(clean(text))
    if written is None:
        raise Refusal("تاریخ را مانند ۱۴۰۵/۰۹/۰۳ بنویسید.")
    parts = [part for part in (*written.group(1, 3, 4), *written.group(5, 6, 7)) if part]
    year, month, day = map(int, parts)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Refusal(
            f"سال باید میان {to_persian_digits(FIRST_YEAR)} و {to_persian_digits(LAST_YEAR)} باشد."
        )
    try:
        return JalaliDate(year, month, day).to_gregorian()
    except ValueError:
        raise Refusal("چنین روزی در تقویم نیست.") from None


def jalali(day: date) -> tuple[int, int, int]:
    """(year, month, day) in the Jalali calendar."""
    j = JalaliDate(day)
    return j.year, j.month, j.day


def compact(day: date) -> str:
    """The day as `yyyymmdd` of the Jalali calendar."""
    return "{:04}{:02}{:02}".format(*jalali(day))


def from_jalali(year: int, month: int, day: int) -> date:
    """The day; a day past the month's end becomes the month's last."""
    return JalaliDate(year, month, min(day, month_length(year, month))).to_gregorian()


def month_length(year: int, month: int) -> int:
    """Days of a Jalali month: 31, 30, or 29 for Esfand of a common year."""
    if month <= 6:
        return 31
    if month <= 11:
        return 30
    return 30 if JalaliDate.is_leap(year) else 29


LAST_DAY = from_jalali(LAST_YEAR, 12, 30)
"""The last day that anybody can write, and that travels."""


def iso_jalali(day: date) -> str:
    """`1405/09/03` in Latin digits, the form of codes and file contents."""
    return "{:04}/{:02}/{:02}".format(*jalali(day))


def format_jalali(day: date) -> str:
    """«۱۴۰۵/۰۹/۰۳»."""
    return to_persian_digits(iso_jalali(day))


def format_long(day: date) -> str:
    """«سه‌شنبه ۳ آذر ۱۴۰۵»."""
    year, month, dom = jalali(day)
    return to_persian_digits(f"{weekday(day)} {dom} {MONTHS[month - 1]} {year}")


def format_day_month(day: date) -> str:
    """«۳ آذر»."""
    _, month, dom = jalali(day)
    return to_persian_digits(f"{dom} {MONTHS[month - 1]}")


def weekday(day: date) -> str:
    """«سه‌شنبه»."""
    return WEEKDAYS[(day.weekday() + 2) % 7]


def format_time(moment: datetime) -> str:
    """«۱۰:۴۲» in Yazd."""
    return to_persian_digits(f"{moment.astimezone(TEHRAN):%H:%M}")


def to_the_hour(moment: datetime) -> float:
    """Seconds until the next whole hour in Yazd, with which a day may begin; never none."""
    local = moment.astimezone(TEHRAN)
    begun = local.replace(minute=0, second=0, microsecond=0)
    return (begun + timedelta(hours=1) - local).total_seconds()


def add_months(day: date, months: int) -> date:
    """The same day so many Jalali months on (or back); a missing day becomes the month's last."""
    year, month, dom = jalali(day)
    index = year * 12 + month - 1 + months
    return from_jalali(index // 12, index % 12 + 1, dom)


def end_of_year(day: date) -> date:
    """The last day of Esfand of the day's Jalali year."""
    year = jalali(day)[0]
    return from_jalali(year, 12, 31)


@dataclass(frozen=True)
class Blackout:
    """Days, both ends in, on which no digging is allowed; `barred` is no where it is after all.

    It is the one of its title in the Jalali year in which it begins.
    """

    first: date
    last: date
    title: str
    barred: bool = True

    @property
    def year(self) -> int:
        """The Jalali year in which it begins."""
        return jalali(self.first)[0]


@dataclass(frozen=True)
class OfficeCalendar:
    """Official holidays (day → title) and digging blackouts; Fridays are off by themselves."""

    holidays: Mapping[date, str] = field(default_factory=dict)
    blackouts: tuple[Blackout, ...] = ()

    def is_working(self, day: date) -> bool:
        """Whether offices and inspectors work on the day."""
        return day.weekday() != _FRIDAY and day not in self.holidays

    def working_days(self, after: date) -> Iterator[date]:
        """The working days after the given day, in order, without end."""
        day = after
        while True:
            day += timedelta(days=1)
            if self.is_working(day):
                yield day

    def working_days_between(self, start: date, end: date) -> int:
        """How many working days come after the first and up to the last; 0 on the same day."""
        days = (end - start).days
        return sum(self.is_working(start + timedelta(days=n)) for n in range(1, days + 1))

    def first_working_day(self, day: date) -> date:
        """The day itself, or the first working day after it."""
        return day if self.is_working(day) else next(self.working_days(day))

    def last_working_day(self, day: date) -> date:
        """The day itself, or the last working day before it."""
        while not self.is_working(day):
            day -= timedelta(days=1)
        return day

    def add_working_days(self, start: date, count: int) -> date:
        """The count-th working day after the start; the start itself for 0."""
        days = self.working_days(start)
        last = start
        for _ in range(count):
            last = next(days)
        return last

    def put_off(self, last: date, since: date, days: int) -> date:
        """The last day, by this calendar, of a term that was told to end on `last`, so many working
        days after the other; 0 where nobody knows how many.

        It is never before the day that was told: who was told it may rely on it.
        """
        return self.first_working_day(max(last, self.add_working_days(since, days)))

    def blackout_on(self, first: date, last: date) -> Blackout | None:
        """The first blackout that the period touches."""
        touching = [b for b in self.blackouts if b.barred and b.first <= last and first <= b.last]
        return min(touching, key=lambda b: b.first, default=None)

    def first_free_day(self, day: date) -> date:
        """The first day, this one on, that no blackout covers."""
        while (blackout := self.blackout_on(day, day)) is not None:
            day = blackout.last + timedelta(days=1)
        return day

    def untold_blackouts(self, year: int) -> tuple[str, ...]:
        """Which blackouts are to be expected in the Jalali year, and nobody has said when they are.

        One comes each year until one of its title is said not to be barred.
        """
        expected: dict[str, str] = {}
        for each in sorted(self.blackouts, key=lambda each: each.first):
            if each.year >= year:
                break
            if each.barred:
                expected[fold(each.title)] = each.title
            else:
                expected.pop(fold(each.title), None)
        said = {fold(each.title) for each in self.blackouts if each.year == year}
        return tuple(title for key, title in expected.items() if key not in said)

    def tells_digging(self, first: date, last: date) -> bool:
        """Whether it is known of all days of the period whether digging is barred.

        Of the Jalali years that it touches blackouts are said, and none that is expected is
        missing; nor in the year before, as one may reach into the next.
        """
        told = {each.year for each in self.blackouts}
        begins, ends = jalali(first)[0], jalali(last)[0]
        missing = any(self.untold_blackouts(year) for year in range(begins - 1, ends + 1))
        return not missing and told.issuperset(range(begins, ends + 1))
