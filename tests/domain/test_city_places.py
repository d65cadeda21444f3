"""A place that a citizen names is found however it is spelled, or what may be meant is told."""

from __future__ import annotations

import pytest

from desktop.domain.city_places import (
    CityPlace,
    PlaceKind,
    alike,
    by_postal_code,
    named,
    read_point,
)
from desktop.forms.shipped import shipped_city

CITY = shipped_city()
PLACES = CITY.places
NEAR, STREET = PlaceKind.NEIGHBOURHOOD, PlaceKind.STREET


@pytest.mark.parametrize(
    "typed", ["نعیم‌آباد", "نعيم آباد", "نعیم‌اباد", "محلهٔ نعیم‌آباد", "محله نعیم آباد"]
)
def test_a_neighbourhood_is_found_in_any_spelling(typed: str) -> None:
    found = named(PLACES, NEAR, typed)
    assert found is not None
    assert found.name == "نعیم‌آباد"
    assert named(PLACES, STREET, typed) is None


@pytest.mark.parametrize(
    ("kind", "typed", "meant"),
    [
        (NEAR, "نعیماد", "نعیم‌آباد"),
        (NEAR, "صفایه", "صفائیه"),
        (NEAR, "کوچه بیوک", "کوچه‌بیوک"),
        (STREET, "طالقانی", "بلوار آیت‌الله طالقانی"),
        (STREET, "بلوار بهشتی", "بلوار شهید بهشتی"),
        (NEAR, "شیراز", None),
        (NEAR, "", None),
        (NEAR, "ک", None),
    ],
)
def test_what_may_be_meant_is_told_and_nothing_far(
    kind: PlaceKind, typed: str, meant: str | None
) -> None:
    found = named(PLACES, kind, typed) or alike(PLACES, kind, typed)
    assert (found.name if found else None) == meant


def test_the_longest_beginning_of_a_post_code_says_where_it_is() -> None:
    wide = CityPlace(NEAR, "بزرگ", "31.90", "54.30", ("891",))
    narrow = CityPlace(NEAR, "کوچک", "31.90", "54.30", ("89111", "8915"))
    assert by_postal_code([wide, narrow], "8911112345") == narrow
    assert by_postal_code([wide, narrow], "8912212345") == wide
    assert by_postal_code([narrow, wide], "8912212345") == wide
    assert by_postal_code([wide, narrow], "8812212345") is None
    office = by_postal_code(PLACES, "8915818411")
    assert office is not None
    assert office.name == "نعیم‌آباد"


def test_two_numbers_are_a_place_where_they_lie_in_the_city() -> None:
    assert read_point("31.8974, 54.3569", CITY.bounds) == ("31.8974000", "54.3569000")
    assert read_point("۳۱.۸۹۷۴،۵۴.۳۵۶۹", CITY.bounds) == ("31.8974000", "54.3569000")
    # Turned round, or of another city, or no two numbers.
    for typed in ("54.3569, 31.8974", "35.70, 51.40", "31.8974", "31.8974 54", "نعیم‌آباد", ""):
        assert read_point(typed, CITY.bounds) is None


def test_no_two_shipped_places_share_a_post_code_and_all_lie_in_the_city() -> None:
    begun = [begins for place in PLACES for begins in place.postal]
    assert len(set(begun)) == len(begun)
    assert all(read_point(f"{p.latitude}, {p.longitude}", CITY.bounds) for p in PLACES)
    assert len({p.point for p in PLACES}) == len(PLACES)
