"""A neighbourhood or street of the city with its middle and its post codes, from a day on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Annotated, Self

from pydantic import AfterValidator

from desktop.domain.city import City
from desktop.domain.city_places import CityPlace, PlaceKind, place_key
from desktop.domain.persian import clean, to_persian_digits
from desktop.domain.place import faulty_half, place_fault
from desktop.forms.dated.base import LONGEST, TOO_LONG, Dated, Faulty, Services, digest

_BEGINNING = re.compile(r"[0-9]{3,10}")
_MOST_BEGINNINGS = 100


class DatedPlace(Dated):
    """Where a neighbourhood or street has its middle; `listed` is no for one that is no more."""

    kind: PlaceKind
    name: Annotated[str, AfterValidator(clean)]
    latitude: str
    longitude: str
    postal: tuple[str, ...] = ()
    listed: bool = True

    @property
    def faulty(self) -> Faulty:
        """It has a name and a place; a beginning of post codes has 3 to 10 digits."""
        if not self.name:
            return "name", "نام محله یا خیابان را بنویسید."
        if not all(_BEGINNING.fullmatch(begins) for begins in self.postal):
            return "postal", "آغاز کد پستی ۳ تا ۱۰ رقم است؛ چند تا را با «،» جدا کنید."
        if len(self.postal) > _MOST_BEGINNINGS:
            return "postal", TOO_LONG
        if len(self.name) > LONGEST:
            return "name", TOO_LONG
        if not self.latitude and not self.longitude:
            return "latitude", "عرض و طول جغرافیایی را بنویسید؛ فاصله‌ها از آن سنجیده می‌شود."
        place = self.latitude, self.longitude
        return faulty_half(*place), place_fault(*place, None)

    @property
    def about(self) -> str:
        """Its kind, and 16 hex digits of the folded name's sha256: another spelling is the same."""
        return f"{self.kind}:{digest(place_key(self.kind, self.name))}"

    @property
    def words(self) -> str:
        """«عرض ۳۱٫۸۸۴۲ و طول ۵۴٫۳۹۷۲، کد پستی ۸۹۱۵۸…», or that it is no more."""
        if not self.listed:
            return "بیرون از فهرست"
        postal = f"کد پستی {'، '.join(self.postal)}" if self.postal else ""
        where = f"عرض {self.latitude} و طول {self.longitude}".replace(".", "٫")
        return to_persian_digits("، ".join(part for part in (where, postal) if part))

    def named(self, services: Services) -> str:
        """«محلهٔ نعیم‌آباد»."""
        return to_persian_digits(f"{self.kind.of} {self.name}")

    @classmethod
    def in_place(cls, city: City, services: Services, since: str) -> Iterator[Self]:
        """The whole list."""
        for place in city.places:
            yield cls(**vars(place), since=since)

    def before(self, city: City, services: Services) -> Self:
        """The place as the list has it; what is on no list is off it."""
        return super().before(city, services) or self.model_copy(update={"listed": False})

    def put(self, city: City) -> City:
        """The city with this place on its list, where it stood, or without it."""
        own = CityPlace(self.kind, self.name, self.latitude, self.longitude, self.postal)
        places = list(city.places)
        keys = [(place.kind, place_key(place.kind, place.name)) for place in places]
        key = (self.kind, place_key(self.kind, self.name))
        at = keys.index(key) if key in keys else len(places)
        places[at : at + 1] = [own] if self.listed else []
        return replace(city, places=tuple(places))
