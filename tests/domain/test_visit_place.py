"""A report is of the property where it was made near the place of it that anybody knows."""

from __future__ import annotations

from dataclasses import replace

from desktop.domain.city import City
from desktop.domain.city_places import CityPlace, PlaceKind
from desktop.domain.visit_place import NO_PLACE, PropertyPlace, property_place

STREET = CityPlace(PlaceKind.STREET, "خیابان کاشانی", "31.8891", "54.3852")
QUARTER = CityPlace(PlaceKind.NEIGHBOURHOOD, "فهادان", "31.9006", "54.3705")
CITY = City(places=(QUARTER, STREET))
NOWHERE = ("", "")
# North of the street's middle by 2.9 and by 3.1 km, of the neighbourhood's by less.
NEAR, FAR = ("31.9152", "54.3852"), ("31.9170", "54.3852")


def place(address: str, neighbourhood: str = "") -> PropertyPlace:
    found = property_place(NOWHERE, address, neighbourhood, CITY)
    assert found is not None
    return found


def test_what_the_records_tell_is_asked_first() -> None:
    known = property_place(STREET.point, "یزد، فهادان", "", CITY)
    assert known == PropertyPlace((STREET.point,), CITY.visit_metres, surveyed=True)
    assert not known.why_not(("31.8980", "54.3852"))
    assert "۲٫۹ کیلومتر با نشانی" in known.why_not(NEAR)


def test_else_the_middle_of_what_the_address_names_within_a_wider_distance() -> None:
    street = place("یزد، خیابان کاشانی، کوچهٔ ۸")
    assert not street.why_not(NEAR)
    assert "۳٫۱ کیلومتر" in street.why_not(FAR)
    assert street.why_not(NOWHERE) == NO_PLACE
    # Of a long street and its neighbourhood the nearer one.
    assert not place("یزد، فهادان، خیابان کاشانی").why_not(FAR)
    assert not place("یزد، خیابان کاشانی", "فهادان").why_not(FAR)


def test_how_far_is_a_number_of_the_municipality() -> None:
    found = property_place(NOWHERE, "خیابان کاشانی", "", replace(CITY, named_place_metres=3_200))
    assert found is not None
    assert not found.why_not(FAR)


def test_of_an_address_that_names_nothing_nobody_knows() -> None:
    assert property_place(NOWHERE, "روبه‌روی نانوایی", "", CITY) is None
    assert property_place(("31.9", ""), "", "", CITY) is None
