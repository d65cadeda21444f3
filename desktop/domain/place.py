"""Where something lies in decimal degrees, the bounds of the city, how far two places are apart."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from math import asin, cos, radians, sin, sqrt

_DEGREES = re.compile(r"[0-9]{1,3}\.[0-9]{2,7}")
_NUMBER = re.compile(r"[0-9]{1,20}(?:\.[0-9]{1,20})?")
MOST_LATITUDE, MOST_LONGITUDE = 90, 180
"""Degrees from the equator to a pole, and from Greenwich round half the earth."""
_EARTH_M = 6_371_008.8
"""The mean radius of the earth, metres (IUGG)."""
_UNREAD = "عرض و طول جغرافیایی را با دست‌کم دو رقم اعشار بنویسید، مانند ۳۱٫۸۹۷۴ و ۵۴٫۳۵۶۹."
_OFF_EARTH = "عرض جغرافیایی از ۹۰ و طول آن از ۱۸۰ درجه بیشتر نیست."
_HALF = "از عرض و طول جغرافیایی یکی نوشته نشده است."
_OUTSIDE = "مکان بیرون از محدودهٔ شهر است؛ عرض و طول جغرافیایی را اصلاح کنید."


@dataclass(frozen=True)
class Bounds:
    """The rectangle of the city, decimal degrees."""

    south: Decimal
    north: Decimal
    west: Decimal
    east: Decimal

    def holds(self, latitude: Decimal, longitude: Decimal) -> bool:
        """Whether a place lies in it, its edges with it."""
        return self.south <= latitude <= self.north and self.west <= longitude <= self.east


def place_fault(latitude: str, longitude: str, bounds: Bounds | None) -> str:
    """What is wrong with a place as written; empty where it is right, or there is none.

    Without bounds any place of the earth will do.
    """
    if not latitude and not longitude:
        return ""
    if not latitude or not longitude:
        return _HALF
    if words := degrees_fault(latitude, MOST_LATITUDE) or degrees_fault(longitude, MOST_LONGITUDE):
        return words
    north, east = Decimal(latitude), Decimal(longitude)
    return _OUTSIDE if bounds and not bounds.holds(north, east) else ""


def degrees_fault(degrees: str, most: int) -> str:
    """What is wrong with degrees as written, of which there are so many at most; empty where they
    are right."""
    if _NUMBER.fullmatch(degrees) and Decimal(degrees) > most:
        return _OFF_EARTH
    return "" if _DEGREES.fullmatch(degrees) else _UNREAD


def faulty_half(latitude: str, longitude: str) -> str:
    """Beside which of the two a fault is told: the one that is not written, else the first."""
    return "longitude" if latitude and not longitude else "latitude"


def metres(one: tuple[str, str], other: tuple[str, str]) -> int:
    """How far two places (latitude, longitude) are apart in a straight line over the ground."""
    (lat, lon), (to_lat, to_lon) = (tuple(radians(float(x)) for x in each) for each in (one, other))
    half = sin((to_lat - lat) / 2) ** 2 + cos(lat) * cos(to_lat) * sin((to_lon - lon) / 2) ** 2
    return round(2 * _EARTH_M * asin(sqrt(half)))
