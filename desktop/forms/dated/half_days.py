"""When the half-days of visits are, and what districts are called, from a day on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Annotated, Self

from pydantic import AfterValidator

from desktop.domain.city import City
from desktop.domain.counter import Half, district_name
from desktop.domain.money import format_number
from desktop.domain.persian import clean, to_persian_digits
from desktop.forms.dated.base import SOUND, Dated, Faulty, Services

HALF_WORDS = {1: "نیمهٔ نخست", 2: "نیمهٔ دوم"}
_CLOCK = re.compile(r"([0-9]{1,2})(?::([0-9]{2}))?")
_UNREAD = "ساعت را مانند 8:00 بنویسید."
_BACKWARDS = "پایان نیم‌روز پس از آغاز آن است."
_LONGEST = 40
_MOST = 999


def _minute(text: str) -> int:
    """The minute of the day; −1 for a text that is no hour of it."""
    found = _CLOCK.fullmatch(text)
    hour, minute = (int(found[1]), int(found[2] or 0)) if found else (24, 0)
    return hour * 60 + minute if hour < 24 and minute < 60 else -1


def _hour(minute: int) -> str:
    return f"{minute // 60}:{minute % 60:02}"


def _as_hour(text: str) -> str:
    minute = _minute(text)
    return _hour(minute) if minute >= 0 else text


_Hour = Annotated[str, AfterValidator(_as_hour)]


class DatedHalfDay(Dated):
    """From which hour to which one of the two half-days is."""

    half: int
    begins: _Hour
    ends: _Hour

    @property
    def value(self) -> Half:
        """The half-day as the program knows it."""
        return Half(_minute(self.begins), _minute(self.ends))

    @property
    def faulty(self) -> Faulty:
        """One of two, from an hour to a later one."""
        if self.half not in HALF_WORDS:
            return "half", f"نیم‌روز یکی از این‌هاست: {'، '.join(HALF_WORDS.values())}."
        for part, minute in zip(("begins", "ends"), self.value, strict=True):
            if minute < 0:
                return part, _UNREAD
        return ("ends", _BACKWARDS) if self.value.ends <= self.value.begins else SOUND

    @property
    def about(self) -> str:
        """«1»."""
        return str(self.half)

    @property
    def words(self) -> str:
        """«۸:۰۰ تا ۱۱:۰۰»."""
        return self.value.words

    def named(self, services: Services) -> str:
        """«ساعت نیمهٔ نخست بازدید»."""
        return f"ساعت {HALF_WORDS.get(self.half, str(self.half))} بازدید"

    @classmethod
    def in_place(cls, city: City, services: Services, since: str) -> Iterator[Self]:
        """Both."""
        for half, told in city.halves.items():
            begins, ends = map(_hour, told)
            yield cls(half=half, begins=begins, ends=ends, since=since)

    def put(self, city: City) -> City:
        """The city with this half-day."""
        part = "first" if self.half == 1 else "second"
        return replace(city, halves=replace(city.halves, **{part: self.value}))


class DatedDistrictName(Dated):
    """What a district is called; empty: by its number."""

    district: int
    name: Annotated[str, AfterValidator(clean)]

    @property
    def faulty(self) -> Faulty:
        """A district is a number of a renewal code, its name a few words."""
        if not 1 <= self.district <= _MOST:
            return "district", f"منطقه عددی از ۱ تا {format_number(_MOST)} است."
        if len(self.name) > _LONGEST:
            return "name", f"نام منطقه از {format_number(_LONGEST)} نویسه بلندتر است؛ کوتاه کنید."
        return SOUND

    @property
    def about(self) -> str:
        """The district's number."""
        return str(self.district)

    @property
    def words(self) -> str:
        """«ناحیهٔ تاریخی», or «منطقهٔ ۲»."""
        return district_name(self.district, {self.district: self.name})

    def named(self, services: Services) -> str:
        """«نام منطقهٔ ۲»."""
        return f"نام منطقهٔ {to_persian_digits(self.district)}"

    @classmethod
    def in_place(cls, city: City, services: Services, since: str) -> Iterator[Self]:
        """The city's own districts, and others that have a name."""
        for district in sorted({*city.districts, *city.district_names}):
            name = city.district_names.get(district, "")
            yield cls(district=district, name=name, since=since)

    def before(self, city: City, services: Services) -> Self:
        """What it is called; of one that nobody named, its number."""
        return super().before(city, services) or self.model_copy(update={"name": ""})

    def put(self, city: City) -> City:
        """The city with this name."""
        return replace(city, district_names={**city.district_names, self.district: self.name})
