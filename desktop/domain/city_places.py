"""Neighbourhoods and streets that a citizen names, found by their names and post codes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from desktop.domain.likeness import most_like
from desktop.domain.persian import clean, fold
from desktop.domain.place import Bounds

Point = tuple[str, str]
"""Latitude and longitude, decimal degrees as text."""
_LEAST = 2
"""So many letters are a name, at the least."""
_POINT = re.compile(r"([0-9]{1,3}\.[0-9]{2,})[^0-9]+([0-9]{1,3}\.[0-9]{2,})")


class PlaceKind(StrEnum):
    """What a place of the city is."""

    NEIGHBOURHOOD = "neighbourhood"
    STREET = "street"

    @property
    def word(self) -> str:
        """The word on screen and paper."""
        return _KINDS[self]

    @property
    def of(self) -> str:
        """The same before a name: «محلهٔ نعیم‌آباد»."""
        return "محلهٔ" if self is PlaceKind.NEIGHBOURHOOD else self.word


_KINDS = {PlaceKind.NEIGHBOURHOOD: "محله", PlaceKind.STREET: "خیابان"}


@dataclass(frozen=True)
class CityPlace:
    """A neighbourhood or a street with its middle; `postal` are beginnings of its post codes."""

    kind: PlaceKind
    name: str
    latitude: str
    longitude: str
    postal: tuple[str, ...] = ()

    @property
    def point(self) -> Point:
        """Where its middle lies."""
        return self.latitude, self.longitude

    @property
    def key(self) -> str:
        """By what its name is known among its kind."""
        return place_key(self.kind, self.name)


def place_key(kind: PlaceKind, name: str) -> str:
    """By what a name is known among its kind: folded, without the word of the kind before it."""
    folded = fold(name)
    without = folded.removeprefix(fold(kind.word))
    return without if kind is PlaceKind.NEIGHBOURHOOD and without else folded


def named(places: Iterable[CityPlace], kind: PlaceKind | None, name: str) -> CityPlace | None:
    """The place of that name, however it is spelled; without a kind the first of any."""
    return next((p for p in _of(places, kind) if _typed(p, name) == p.key), None)


def in_address(
    places: Iterable[CityPlace], address: str, neighbourhood: str = ""
) -> list[CityPlace]:
    """The streets and then the neighbourhoods that an address names between its commas; what else
    is known to be its neighbourhood stands before those."""
    listed, parts = list(places), [part.strip() for part in address.split("،")]
    asked = (
        *((PlaceKind.STREET, part) for part in parts),
        *((PlaceKind.NEIGHBOURHOOD, part) for part in (neighbourhood, *parts)),
    )
    found = (named(listed, kind, name) for kind, name in asked if name)
    return list(dict.fromkeys(place for place in found if place is not None))


def alike(places: Iterable[CityPlace], kind: PlaceKind | None, name: str) -> CityPlace | None:
    """The place that may be meant by a name that is none: words of its name, or few letters off.

    None where nothing is near; of several that are as near the first is told.
    """
    if len(fold(name)) < _LEAST:
        return None
    listed, words = list(_of(places, kind)), _words(name)
    for place in listed:
        if all(word in fold(place.name) for word in words):
            return place
    near = most_like((_typed(place, name), place.key) for place in listed)
    return listed[near] if near is not None else None


def by_postal_code(places: Iterable[CityPlace], code: str) -> CityPlace | None:
    """The place whose beginning of post codes fits the code best: the longest one does."""
    fitting = [(len(b), p) for p in places for b in p.postal if code.startswith(b)]
    return max(fitting, key=lambda each: each[0], default=(0, None))[1]


def read_point(typed: str, bounds: Bounds | None) -> Point | None:
    """A place written as two numbers, as a map gives it; None for anything else.

    One that lies outside the city is no place of it.
    """
    found = _POINT.fullmatch(clean(typed))
    if found is None:
        return None
    latitude, longitude = Decimal(found[1]), Decimal(found[2])
    if bounds is not None and not bounds.holds(latitude, longitude):
        return None
    # Seven digits after the point are a centimetre.
    return f"{latitude:.7f}", f"{longitude:.7f}"


def _of(places: Iterable[CityPlace], kind: PlaceKind | None) -> Iterator[CityPlace]:
    return (place for place in places if kind in (None, place.kind))


def _words(name: str) -> list[str]:
    """The words of a name, folded; «محله» says nothing where there are others."""
    words = [fold(word) for word in clean(name).split(" ")]
    telling = [word for word in words if word != fold(PlaceKind.NEIGHBOURHOOD.word)]
    return telling or words


def _typed(place: CityPlace, name: str) -> str:
    """A typed name, to be held against the place's."""
    return place_key(place.kind, name)
