"""Days of a year on which no digging is allowed, from a day on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Annotated, Self

from pydantic import AfterValidator

from desktop.domain.calendar import (
    FIRST_YEAR,
    LAST_YEAR,
    Blackout,
    format_jalali,
    iso_jalali,
    parse_jalali,
)
from desktop.domain.city import City
from desktop.domain.persian import clean, fold, to_persian_digits
from desktop.forms.dated.base import LONGEST, SOUND, TOO_LONG, Dated, Faulty, Services, digest
from desktop.forms.figures import Day

_LONGEST_DAYS = 60


def blackout_about(title: str, year: int) -> str:
    """What the blackout of that title and Jalali year goes by: the year, and 16 hex digits of the
    folded title's sha256, so that another spelling is the same."""
    return f"{year}:{digest(fold(title))}"


class DatedBlackout(Dated):
    """The blackout of a title in the Jalali year in which it begins; both ends are in.

    `barred` is no where digging is allowed on these days, and so in the years after, until it is
    barred again.
    """

    title: Annotated[str, AfterValidator(clean)]
    year: int
    first: Day
    last: Day
    barred: bool = True

    @property
    def _value(self) -> Blackout:
        first, last = parse_jalali(self.first), parse_jalali(self.last)
        return Blackout(first, last, self.title, self.barred)

    @property
    def faulty(self) -> Faulty:
        """It has a title, begins in its year, and ends within two months."""
        if not self.title:
            return "title", "نام این منع را بنویسید، مانند محرم."
        if len(self.title) > LONGEST:
            return "title", TOO_LONG
        if not FIRST_YEAR <= self.year <= LAST_YEAR:
            return "year", "سال را با چهار رقم بنویسید، مانند ۱۴۰۶."
        one = self._value
        if one.year != self.year:
            return "first", to_persian_digits(f"آغاز منع در سال {self.year} نیست.")
        if one.last < one.first:
            return "last", "پایان منع پیش از آغاز آن است."
        if (one.last - one.first).days >= _LONGEST_DAYS:
            return "last", to_persian_digits(f"منع حفاری از {_LONGEST_DAYS} روز بیشتر نیست.")
        return SOUND

    @property
    def about(self) -> str:
        """As of `blackout_about`."""
        return blackout_about(self.title, self.year)

    @property
    def words(self) -> str:
        """«۱۴۰۶/۰۳/۱۷ تا ۱۴۰۶/۰۳/۲۹», or that nothing is barred."""
        if not self.barred:
            return "در آن سال منع حفاری نیست"
        one = self._value
        return f"{format_jalali(one.first)} تا {format_jalali(one.last)}"

    def named(self, services: Services) -> str:
        """«منع حفاری محرم ۱۴۰۶»."""
        return to_persian_digits(f"منع حفاری {self.title} {self.year}")

    @classmethod
    def in_place(cls, city: City, services: Services, since: str) -> Iterator[Self]:
        """All that were said, by their first day."""
        for each in sorted(city.calendar.blackouts, key=lambda each: each.first):
            yield cls(
                title=each.title,
                year=each.year,
                first=iso_jalali(each.first),
                last=iso_jalali(each.last),
                barred=each.barred,
                since=since,
            )

    def put(self, city: City) -> City:
        """The city with this blackout in place of the one of its title and year."""
        one = self._value
        key = (fold(one.title), one.year)
        others = (b for b in city.calendar.blackouts if (fold(b.title), b.year) != key)
        return replace(city, calendar=replace(city.calendar, blackouts=(*others, one)))
