"""A figure published by itself, with the day from which it holds, over the figures file."""

from __future__ import annotations

import hashlib
from abc import abstractmethod
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Self

from desktop.domain.calendar import parse_jalali
from desktop.domain.city import City
from desktop.domain.money import format_number
from desktop.domain.service import Service
from desktop.forms.figures import Day
from desktop.forms.schema.base import Part

Services = Mapping[str, Service]
LONGEST = 400
Faulty = tuple[str, str]
SOUND: Faulty = ("", "")
TOO_LONG = f"متن از {format_number(LONGEST)} نویسه بلندتر است؛ کوتاه کنید."


class Dated(Part):
    """One figure from the day `since` on; it stands before the one of the figures file."""

    since: Day

    @property
    def day(self) -> date:
        """The first day."""
        return parse_jalali(self.since)

    @property
    @abstractmethod
    def about(self) -> str:
        """What it is the figure of: one holds on a day for each."""

    @property
    @abstractmethod
    def words(self) -> str:
        """What it says, in words."""

    @property
    def fault(self) -> str:
        """Why nobody may say so anew, though an older figures file may; empty where it is right."""
        return self.faulty[1]

    @property
    def faulty(self) -> Faulty:
        """Which part that is about, and the sentence of `fault`."""
        return SOUND

    @abstractmethod
    def named(self, services: Services) -> str:
        """What it is called; `services` are those of its day."""

    @classmethod
    @abstractmethod
    def in_place(cls, city: City, services: Services, since: str) -> Iterator[Self]:
        """All that the city or the services' files say now, as if said from that day on."""

    @abstractmethod
    def put(self, city: City) -> City:
        """The city with this in place of what it said."""

    def before(self, city: City, services: Services) -> Self | None:
        """What the city or the service's file says in its place; None where it says nothing."""
        known = self.in_place(city, services, self.since)
        return next((item for item in known if item.about == self.about), None)

    def stands(self, city: City, services: Services) -> bool:
        """Whether the city or the service's file says the same already."""
        return self.before(city, services) == self


def digest(text: str) -> str:
    """16 hex digits of the text's sha256: a key for what has a name of any length."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]
