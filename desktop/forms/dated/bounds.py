"""Where the city lies, from a day on: a place outside of it is a slip."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Self

from desktop.domain.city import City
from desktop.domain.persian import to_persian_digits
from desktop.domain.place import MOST_LATITUDE, MOST_LONGITUDE, Bounds, degrees_fault
from desktop.forms.dated.base import SOUND, Dated, Faulty, Services

THE_CITY = "city"
"""What its bounds go by: there is one."""
_UNTOLD = "مرز شهر را با چهار عدد بنویسید: جنوب، شمال، غرب و شرق."


class DatedBounds(Dated):
    """The rectangle of the city, decimal degrees as they are written; empty where nobody told."""

    south: str
    north: str
    west: str
    east: str

    @property
    def value(self) -> Bounds | None:
        """The bounds as the program knows them; None where nobody told."""
        edges = self.south, self.north, self.west, self.east
        return Bounds(*map(Decimal, edges)) if all(edges) else None

    @property
    def faulty(self) -> Faulty:
        """Four edges on the earth, and a city between them."""
        edges = (
            ("south", self.south, MOST_LATITUDE),
            ("north", self.north, MOST_LATITUDE),
            ("west", self.west, MOST_LONGITUDE),
            ("east", self.east, MOST_LONGITUDE),
        )
        for edge, degrees, most in edges:
            if words := degrees_fault(degrees, most) if degrees else _UNTOLD:
                return edge, words
        if Decimal(self.north) <= Decimal(self.south):
            return "north", "عرض شمالی باید از عرض جنوبی بیشتر باشد."
        if Decimal(self.east) <= Decimal(self.west):
            return "east", "طول شرقی باید از طول غربی بیشتر باشد."
        return SOUND

    @property
    def about(self) -> str:
        """There is one."""
        return THE_CITY

    @property
    def words(self) -> str:
        """«عرض ۳۱٫۷۵ تا ۳۲٫۰۲، طول ۵۴٫۲۰ تا ۵۴٫۵۰», or that nobody told."""
        if self.value is None:
            return "گفته نشده است"
        told = f"عرض {self.south} تا {self.north}، طول {self.west} تا {self.east}"
        return to_persian_digits(told.replace(".", "٫"))

    def named(self, services: Services) -> str:
        """«محدودهٔ شهر»."""
        return "محدودهٔ شهر"

    @classmethod
    def in_place(cls, city: City, services: Services, since: str) -> Iterator[Self]:
        """The one, also where nobody told."""
        edges = dict.fromkeys(("south", "north", "west", "east"), "")
        if city.bounds is not None:
            edges = {edge: str(degrees) for edge, degrees in vars(city.bounds).items()}
        yield cls(**edges, since=since)

    def put(self, city: City) -> City:
        """The city with these bounds."""
        return replace(city, bounds=self.value)
