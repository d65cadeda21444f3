"""Several holds and unknown scopes; what a flat or shop has from its building, and what not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from desktop.domain.property import Certificate, Hold, Permit
from tests.property import BUILDING, DAY, TODAY, a_property, ask, effect, finding, found_in
from tests.spelled import CertificateKind, HoldScope

PLACED = date(2025, 1, 5)
KNOWN = Hold("شعبهٔ ۳", "7", PLACED, HoldScope.ALL, None)
FLAT, SHOP = replace(BUILDING, flat=4), replace(BUILDING, shop=2)


@pytest.mark.parametrize(
    ("hold", "failing"),
    [
        (KNOWN, "refuse"),
        (replace(KNOWN, authority=""), "review"),
        (replace(KNOWN, number=""), "review"),
        (replace(KNOWN, placed=None), "review"),
        (replace(KNOWN, scope="چیز دیگر"), "review"),
        (replace(KNOWN, scope=HoldScope.TRANSFER), ""),
        (replace(KNOWN, ends=TODAY - DAY), ""),
    ],
)
def test_a_hold_refuses_only_when_all_is_known_of_it(hold: Hold, failing: str) -> None:
    assert effect(ask(a_property(holds=(hold,))), "hold", scopes=("all", "build")) == failing


def test_of_several_holds_the_strictest_counts_and_the_latest_is_told() -> None:
    unknown, later = replace(KNOWN, number=""), replace(KNOWN, number="9", placed=PLACED + DAY)
    for holds in ((KNOWN, unknown, later), (later, unknown, KNOWN)):
        found = finding(ask(a_property(holds=holds)), "hold", scopes=("all",))
        assert (found.effect, found.values["number"], found.values["count"]) == ("refuse", "9", 3)


def test_a_hold_on_the_building_is_not_the_flats() -> None:
    building = a_property(holds=(KNOWN,))
    q = ask(found_in(a_property(code=FLAT), building=building))
    assert effect(q, "hold", scopes=("all",)) == ""


@pytest.mark.parametrize("code", [FLAT, SHOP])
def test_a_unit_without_its_own_permit_uses_its_buildings(code: object) -> None:
    building = a_property(permits=(Permit("1", PLACED, TODAY),))
    assert effect(ask(found_in(a_property(code=code), building=building)), "permit") == ""
    expired = a_property(permits=(Permit("1", PLACED, TODAY - DAY),))
    assert effect(ask(found_in(a_property(code=code), building=expired)), "permit") == "visit"
    own = a_property(code=code, permits=(Permit("2", PLACED, TODAY - DAY),))
    assert effect(ask(found_in(own, building=building)), "permit") == "visit"


@pytest.mark.parametrize("code", [FLAT, SHOP])
def test_a_units_certificate_is_its_buildings_and_never_the_lands(code: object) -> None:
    certified = a_property(
        certificates=(Certificate(CertificateKind.COMPLETION, "1", PLACED, None),)
    )
    unit = a_property(code=code)
    by_building = ask(found_in(unit, building=certified))
    by_land = ask(found_in(unit, land=certified))
    assert effect(by_building, "certificate", kinds=("completion",)) == ""
    assert effect(by_land, "certificate", kinds=("completion",)) == "visit"
    assert effect(by_building, "certificate", kinds=("no-violation",)) == "visit"


@pytest.mark.parametrize("code", [FLAT, SHOP])
def test_a_later_paper_of_the_building_does_not_take_the_place_of_a_units_own(code: object) -> None:
    mine, later = Permit("11", PLACED, TODAY), Permit("12", PLACED + DAY, TODAY)
    building = a_property(permits=(later, Permit("10", PLACED - DAY, TODAY)))
    q = ask(found_in(a_property(code=code, permits=(mine,)), building=building))

    def named(number: str) -> str:
        asked = replace(q, answers={"paper": "permit", "paper_number": number})
        return effect(asked, "named-paper")

    assert {number: named(number) for number in ("10", "11", "12", "13")} == {
        "10": "refuse",
        "11": "",
        "12": "",
        "13": "visit",
    }
    again = ask(found_in(a_property(code=code, permits=(mine, replace(later, number="14")))))
    asked = replace(again, answers={"paper": "permit", "paper_number": "11"})
    assert effect(asked, "named-paper") == "refuse"


def test_a_building_does_not_use_the_lands_papers() -> None:
    land = a_property(
        permits=(Permit("1", PLACED, TODAY),),
        certificates=(Certificate(CertificateKind.COMPLETION, "1", PLACED, None),),
    )
    q = ask(found_in(a_property(), land=land))
    assert effect(q, "permit") == "visit"
    assert effect(q, "certificate", kinds=("completion",)) == "visit"
