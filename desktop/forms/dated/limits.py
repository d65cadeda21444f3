"""A term, share or most number of the municipality from a day on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Self

from desktop.domain.city import City
from desktop.domain.limits import Limit
from desktop.domain.money import format_number
from desktop.forms.dated.base import SOUND, Dated, Faulty, Services


class DatedLimit(Dated):
    """How much of its unit it is."""

    limit: Limit
    value: int

    @property
    def faulty(self) -> Faulty:
        """It is what such a number can be: a slip in its digits is none."""
        of = self.limit
        if self.value in of.span:
            return SOUND
        least, most = format_number(of.span[0]), format_number(of.span[-1])
        return "value", f"«{of.word}» از {least} تا {most} {of.unit} است."

    @property
    def about(self) -> str:
        """«lesson_days»."""
        return self.limit.value

    @property
    def words(self) -> str:
        """«۳۰ روز»."""
        return f"{format_number(self.value)} {self.limit.unit}"

    def named(self, services: Services) -> str:
        """«مهلت رفع نقص مدارک»."""
        return self.limit.word

    @classmethod
    def in_place(cls, city: City, services: Services, since: str) -> Iterator[Self]:
        """All of them; the copies of an office of which nobody spoke are none."""
        for limit in Limit:
            yield cls(limit=limit, value=getattr(city, limit), since=since)

    def put(self, city: City) -> City:
        """The city with this number."""
        return replace(city, **{self.limit.value: self.value})  # type: ignore[arg-type]
