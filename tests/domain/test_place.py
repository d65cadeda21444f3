"""Places: what is written of them, whether they lie in the city, how far apart they are."""

from __future__ import annotations

from decimal import Decimal

import pytest

from desktop.domain.place import Bounds, faulty_half, metres, place_fault

CITY = Bounds(Decimal("31.75"), Decimal("32.02"), Decimal("54.20"), Decimal("54.50"))


@pytest.mark.parametrize(
    ("latitude", "longitude", "words"),
    [
        ("", "", ""),
        ("31.8974", "54.3569", ""),
        ("31.75", "54.50", ""),
        ("31.7499", "54.3569", "بیرون از محدودهٔ شهر"),
        ("54.3569", "31.8974", "بیرون از محدودهٔ شهر"),
        ("31.8974", "", "نوشته نشده"),
        ("31,8974", "54.3569", "دو رقم اعشار"),
        ("31.8", "54.35", "دو رقم اعشار"),
        ("NaN", "54.3569", "دو رقم اعشار"),
        ("95", "54.3569", "از ۹۰"),
        ("31.8974", "181.00", "۱۸۰ درجه"),
    ],
)
def test_a_place_is_written_so_and_in_the_city(latitude: str, longitude: str, words: str) -> None:
    found = place_fault(latitude, longitude, CITY)
    assert words in found
    assert bool(found) == bool(words)


def test_without_bounds_any_place_of_the_earth_will_do() -> None:
    assert place_fault("35.6892", "51.3890", None) == ""
    assert place_fault("95.0000", "51.3890", None)


def test_distances_over_the_ground() -> None:
    # A degree of latitude is 111.195 km on a globe of that radius.
    assert metres(("31.00", "54.00"), ("32.00", "54.00")) == pytest.approx(111_195, abs=1)
    assert metres(("31.8974", "54.3569"), ("31.8974", "54.3569")) == 0


def test_who_wrote_one_half_is_led_to_the_other() -> None:
    assert faulty_half("31.8974", "") == "longitude"
    assert faulty_half("", "54.3569") == "latitude"
    assert faulty_half("95.0000", "54.3569") == "latitude"
