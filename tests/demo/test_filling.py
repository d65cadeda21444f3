"""A made-up form says nothing that no citizen could."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import islice

import pytest

from desktop.demo.city import make_city
from desktop.demo.filling import Asker, body_for, fill
from desktop.demo.requests import requests
from desktop.domain.known import rows_of
from desktop.domain.people import Applicant
from desktop.domain.property import PropertyRecord
from desktop.forms.answers import check
from desktop.forms.shipped import shipped_city
from tests.awning import awning
from tests.shipped import SHIPPED

DAY = date(2026, 11, 24)


@pytest.mark.parametrize("kind", [Applicant.TENANT, Applicant.SHOPKEEPER])
def test_who_holds_a_property_without_owning_it_is_not_its_owner(kind: Applicant) -> None:
    owned = next(item.record for item in make_city(30, 1405, DAY) if item.record.owners)
    asker = Asker(kind, owned.owners[0], owned, str(owned.code))
    party = fill(awning(), asker, shipped_city(), DAY).party
    assert party["person_id"] not in {owner.person_id for owner in owned.owners}
    assert party["last_name"] != owned.owners[0].last_name


def test_what_stands_is_past_the_first_stages_of_building() -> None:
    service = SHIPPED["no-violation"]
    for record in (item.record for item in make_city(60, 1405, DAY) if item.record.owners):
        asker = Asker(Applicant.OWNER, record.owners[0], record, str(record.code))
        stage = fill(service, asker, shipped_city(), DAY).answers["stage"]
        assert stage == ("نازک‌کاری" if record.built else "پی")


def test_no_more_is_asked_than_stands_there() -> None:
    services = SHIPPED
    records = [item.record for item in make_city(300, 1405, DAY) if item.record.owners]
    flat = next(r for r in records if r.code.is_unit)
    house = next(r for r in records if r.built and not r.code.is_unit)
    bare = next(r for r in records if not r.built)

    def typed(code: str, record: PropertyRecord | None, key: str) -> str:
        asker = Asker(Applicant.OWNER, flat.owners[0], record, str((record or flat).code))
        return fill(services[code], asker, shipped_city(), DAY).answers[key]

    assert Decimal(typed("land-use-change", flat, "asked_area")) <= flat.built
    assert Decimal(typed("land-use-change", house, "asked_area")) <= house.land
    assert Decimal(typed("demolition", None, "demolished_area")) <= Decimal("186.00")
    assert typed("permit-renewal", bare, "progress") == "شروع‌نشده"
    assert typed("permit-renewal", house, "progress") == "نازک‌کاری"
    merge = Asker(Applicant.OWNER, flat.owners[0], house, str(house.code), {"split": "merge"})
    merged = fill(services["subdivision"], merge, shipped_city(), DAY).answers["parts"]
    assert [Decimal(part["area"]) for part in rows_of(merged)] == [house.land]
    parts = rows_of(typed("subdivision", None, "parts"))
    assert sum(Decimal(part["area"]) for part in parts) <= Decimal("240.50")
    assert min(Decimal(part["area"]) for part in parts) > 100


def test_a_house_has_as_many_flats_as_the_number_of_its_flat() -> None:
    records = (item.record for item in make_city(300, 1405, DAY) if item.record.owners)
    flat = next(record for record in records if record.code.flat == 5)
    asker = Asker(Applicant.OWNER, flat.owners[0], flat, str(flat.code))
    flats = {"certificate_kind": "پایان کار آپارتمانی"}
    whole = fill(SHIPPED["completion"], replace(asker, answers=flats), shipped_city(), DAY)
    assert whole.answers["unit_number"] == "5"
    assert int(whole.answers["units_built"]) >= 5
    assert check(SHIPPED["completion"], whole, DAY).faults == ()
    fewer = replace(whole, answers={**whole.answers, "units_built": "4"})
    assert [f.field for f in check(SHIPPED["completion"], fewer, DAY).faults] == ["units_built"]
    assert fill(SHIPPED["water"], asker, shipped_city(), DAY).answers["unit_count"] == "1"


@pytest.mark.parametrize(
    ("code", "applicant", "kind"),
    [
        ("inquiry", Applicant.OWNER, Applicant.BANK),
        ("inquiry", Applicant.NOTARY, Applicant.NOTARY),
        ("inquiry", Applicant.AGENCY, Applicant.AGENCY),
        ("transfer", Applicant.OWNER, Applicant.NOTARY),
        ("excavation", Applicant.AGENCY, Applicant.AGENCY),
    ],
)
def test_a_letter_is_brought_from_a_body_of_its_kind(
    code: str, applicant: Applicant, kind: Applicant
) -> None:
    city = shipped_city()
    for place in range(60):
        body = body_for(SHIPPED[code], applicant, city, place)
        assert city.body_kinds[body] is kind


def test_made_up_citizens_name_a_notary_to_whom_they_go() -> None:
    city, figures = make_city(60, 1405, DAY), shipped_city()
    for service, asker in islice(requests(city, SHIPPED, figures, 3), 300):
        if service.code == "transfer":
            assert figures.body_kinds[asker.body] is Applicant.NOTARY


def test_an_agency_is_no_bank() -> None:
    record = next(item.record for item in make_city(30, 1405, DAY) if item.record.owners)
    asker = Asker(Applicant.AGENCY, record.owners[0], record, str(record.code))
    filled = fill(SHIPPED["inquiry"], asker, shipped_city(), DAY)
    assert filled.answers["body_kind"] not in (Applicant.BANK, Applicant.NOTARY)
