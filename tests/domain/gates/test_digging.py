"""Gates on digging and splitting: blackouts, large digs, restoration money, the least parcel."""

from __future__ import annotations

import pytest

from desktop.domain.calendar import Blackout, OfficeCalendar, parse_jalali
from desktop.domain.city import City
from desktop.domain.gates import Question
from tests.property import a_property, ask, effect, finding

MUHARRAM = Blackout(parse_jalali("1405/03/26"), parse_jalali("1405/04/07"), "محرم")
CITY = City(
    restoration={"asphalt": 6_800_000, "bare": 900_000},
    parcels={"R1": 200, "historic": 300},
    calendar=OfficeCalendar(blackouts=(MUHARRAM,)),
)
SMALL = {
    "pavement": "asphalt", "asphalt_age": "5", "length": "20.00", "width": "1.00",
    "depth": "2.00", "utility_letter": "12/3", "main_street": "no",
}  # fmt: skip


def dig(change: dict[str, str], settled: frozenset[str] = frozenset()) -> Question:
    """A small dig, with changes."""
    return ask(a_property(), city=CITY, answers={**SMALL, **change}, settled=settled)


@pytest.mark.parametrize(
    ("first", "last", "failing"),
    [
        ("1405/03/20", "1405/03/25", ""),
        ("1405/03/20", "1405/03/26", "refuse"),
        ("1405/04/07", "1405/04/20", "refuse"),
        ("1405/04/08", "1405/04/20", ""),
        ("1405/03/20", "1405/04/20", "refuse"),
    ],
)
def test_no_day_of_a_dig_lies_in_a_blackout(first: str, last: str, failing: str) -> None:
    period = {"dig_from": parse_jalali(first), "dig_to": parse_jalali(last)}
    q = dig({key: day.isoformat() for key, day in period.items()})
    assert effect(q, "blackout") == failing
    if failing:
        assert finding(q, "blackout").values["free"] == "1405/04/08"


@pytest.mark.parametrize(
    ("change", "failing"),
    [
        ({}, ""),
        ({"length": "20.01"}, "review"),
        ({"width": "1.01"}, "review"),
        ({"depth": "2.01"}, "review"),
        ({"asphalt_age": "4"}, "review"),
        ({"asphalt_age": ""}, "review"),
        ({"pavement": "bare", "asphalt_age": ""}, ""),
        ({"main_street": "yes"}, "review"),
        ({"utility_letter": ""}, "review"),
    ],
)
def test_a_large_dig_is_an_experts(change: dict[str, str], failing: str) -> None:
    assert effect(dig(change), "street") == failing


def test_restoration_and_deposit_are_asked_until_both_are_settled() -> None:
    unpaid = finding(dig({"length": "10.00", "width": "0.50"}), "restoration")
    assert [(o.key, o.amount) for o in unpaid.owed] == [
        ("restoration", 34_000_000),
        ("deposit", 6_800_000),
    ]
    half = finding(dig({}, frozenset({"deposit"})), "restoration")
    assert (half.effect, [o.key for o in half.owed]) == ("pay", ["restoration"])
    assert effect(dig({}, frozenset({"deposit", "restoration"})), "restoration") == ""


@pytest.mark.parametrize(
    ("split", "smallest", "historic", "failing"),
    [
        ("land", "200.00", False, ""),
        ("land", "199.99", False, "review"),
        ("land", "299.99", True, "review"),
        ("land", "300.00", True, ""),
        ("flats", "1.00", False, "-"),
        ("land", "", False, "-"),
    ],
)
def test_the_smallest_part_of_a_land_split(
    split: str, smallest: str, historic: bool, failing: str
) -> None:
    answers = {"split": split, "smallest_part": smallest}
    q = ask(a_property(historic=historic), city=CITY, answers=answers)
    assert effect(q, "minimum-parcel") == failing
