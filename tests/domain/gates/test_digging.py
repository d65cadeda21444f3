"""Gates on digging and splitting: blackouts, large digs, restoration money, the least parcel."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import pytest

from desktop.domain.calendar import Blackout, OfficeCalendar, parse_jalali
from desktop.domain.city import City
from desktop.domain.formula import Formula, Value
from desktop.domain.gates import GATES, Question
from desktop.domain.service import Effect, GateUse
from desktop.domain.tariff import Purse, Tariff
from tests.property import a_property, ask, effect, finding


def tariff(key: str, amount: str) -> Tariff:
    return Tariff(key, key, Purse.MUNICIPALITY, Formula(amount))


MUHARRAM = Blackout(parse_jalali("1405/03/26"), parse_jalali("1405/04/07"), "محرم")
CITY = City(
    tariffs={
        "restoration": tariff("restoration", "length * width * restoration[pavement]"),
        "deposit": tariff("deposit", "length * width * restoration[pavement] * 20 / 100"),
    },
    rates={"restoration": {"asphalt": Decimal(6_800_000), "bare": Decimal(900_000)}},
    parcels={"R1": 200, "historic": 300},
    calendar=OfficeCalendar(blackouts=(MUHARRAM,)),
)
SMALL = {
    "pavement": "asphalt", "asphalt_age": "5", "length": "20.00", "width": "1.00",
    "depth": "2.00", "utility_letter": "12/3", "main_street": "no",
}  # fmt: skip


def dig(change: dict[str, str], settled: Mapping[str, int] | None = None) -> Question:
    """A small dig, with changes."""
    answers = {**SMALL, **change}
    known: dict[str, Value] = {key: Decimal(answers[key]) for key in ("length", "width")}
    asked = ask(a_property(), city=CITY, answers=answers, settled=settled)
    return replace(asked, known={**known, "pavement": answers["pavement"]})


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


def blackout(first: str, last: str, title: str, *, barred: bool = True) -> Blackout:
    return Blackout(parse_jalali(first), parse_jalali(last), title, barred)


@pytest.mark.parametrize(
    ("said", "first", "last", "code"),
    [
        ([], "1406/02/01", "1406/02/05", "untold"),
        # One of the two that come each year is no whole year.
        ([("1406/12/15", "1407/01/15", "نوروز")], "1406/02/01", "1406/02/05", "untold"),
        ([("1406/03/17", "1406/03/29", "محرم")], "1406/02/01", "1406/02/05", "untold"),
        (
            [("1406/03/17", "1406/03/29", "محرّم"), ("1406/12/15", "1407/01/15", "نوروز")],
            "1406/02/01",
            "1406/02/05",
            "free",
        ),
        # Its last days lie in a year of which nothing is said; what is barred is barred.
        ([], "1405/12/10", "1406/01/20", "closed"),
        ([], "1405/12/01", "1405/12/10", "free"),
        ([], "1404/11/20", "1404/11/25", "untold"),
    ],
)
def test_a_dig_in_a_year_whose_blackouts_nobody_has_said_is_a_persons(
    said: list[tuple[str, str, str]], first: str, last: str, code: str
) -> None:
    year = (MUHARRAM, blackout("1405/12/15", "1406/01/15", "نوروز"))
    calendar = OfficeCalendar(blackouts=(*year, *(blackout(*each) for each in said)))
    days = {"dig_from": parse_jalali(first), "dig_to": parse_jalali(last)}
    q = dig({key: day.isoformat() for key, day in days.items()})
    q = replace(q, city=replace(CITY, calendar=calendar))
    found = finding(q, "blackout")
    asked = {"untold": Effect.REVIEW, "closed": Effect.REFUSE}
    assert (found.code, found.effect) == (code, asked.get(code))
    # An emergency waits for nobody: it is told.
    if asked.get(code):
        assert finding(q, "blackout", effect=Effect.NOTE).effect is Effect.NOTE


def test_a_blackout_comes_each_year_until_one_is_said_to_be_none() -> None:
    once = blackout("1405/06/01", "1405/06/03", "جشنواره")
    lifted = blackout("1406/06/01", "1406/06/03", "جشنواره", barred=False)
    calendar = OfficeCalendar(blackouts=(MUHARRAM, once))
    assert calendar.untold_blackouts(1406) == ("محرم", "جشنواره")
    calendar = OfficeCalendar(blackouts=(MUHARRAM, once, lifted))
    assert calendar.untold_blackouts(1406) == ("محرم",)
    assert calendar.untold_blackouts(1407) == ("محرم",)
    assert calendar.blackout_on(lifted.first, lifted.last) is None


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
    asked = {o.key: o.amount for o in finding(dig({}), "restoration").owed}
    half = finding(dig({}, {"deposit": asked["deposit"]}), "restoration")
    assert (half.effect, [o.key for o in half.owed]) == ("pay", ["restoration"])
    assert effect(dig({}, asked), "restoration") == ""


def test_what_was_paid_for_a_smaller_dig_is_a_persons_and_the_rest_is_still_asked() -> None:
    small = {o.key: o.amount for o in finding(dig({"length": "0.80"}), "restoration").owed}
    larger = dig({"length": "8.00"}, {"restoration": small["restoration"]})
    found = finding(larger, "restoration")
    assert (found.code, found.effect, found.owed) == ("changed", Effect.REVIEW, ())
    # Whatever a person lets stand of it: what was never paid is asked.
    beside = GATES["restoration"].rest
    assert beside is not None
    rest = beside(larger, GateUse("restoration"))
    assert rest is not None
    assert (rest.effect, [o.key for o in rest.owed]) == (Effect.PAY, ["deposit"])


def test_each_sum_tells_how_it_came_about_and_is_rounded_to_what_a_bill_carries() -> None:
    owed = finding(dig({"length": "3.33", "width": "0.77", "pavement": "bare"}), "restoration").owed
    assert [o.amount for o in owed] == [2_308_000, 462_000]
    assert owed[0].how == "۳٫۳۳ × ۰٫۷۷ × ۹۰۰٬۰۰۰"


def test_what_is_billed_after_an_emergency_is_only_told() -> None:
    told = finding(dig({}), "restoration", effect=Effect.NOTE)
    assert (told.code, told.effect, told.owed) == ("after", Effect.NOTE, ())


def test_without_a_figure_a_person_looks_and_nobody_pays() -> None:
    asked = dig({"pavement": "gold"})
    found = finding(asked, "restoration")
    assert (found.code, found.effect, found.owed) == ("unknown", Effect.REVIEW, ())


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


def test_the_least_parcel_of_land_that_no_record_holds_is_for_a_person_to_look_at() -> None:
    answers = {"split": "land", "smallest_part": "11.50"}
    q = ask(a_property(), city=CITY, answers=answers)
    seen = replace(q, found=replace(q.found, by_visit=True))
    found = finding(seen, "minimum-parcel")
    assert (found.code, found.effect) == ("unknown", Effect.REVIEW)
