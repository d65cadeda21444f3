"""A made-up form says nothing that no citizen could."""

from __future__ import annotations

from datetime import date

import pytest

from desktop.demo.city import make_city
from desktop.demo.filling import Asker, fill
from desktop.domain.people import Applicant
from desktop.forms.catalogue import SERVICES as FOLDER
from desktop.forms.loader import load_all
from desktop.forms.shipped import shipped_city
from tests.awning import awning

DAY = date(2026, 11, 24)
SERVICES = load_all(FOLDER)


@pytest.mark.parametrize("kind", [Applicant.TENANT, Applicant.SHOPKEEPER])
def test_who_holds_a_property_without_owning_it_is_not_its_owner(kind: Applicant) -> None:
    owned = next(item.record for item in make_city(30, 1405, DAY) if item.record.owners)
    asker = Asker(kind, owned.owners[0], owned, str(owned.code))
    party = fill(awning(), asker, shipped_city(), DAY).party
    assert party["person_id"] not in {owner.person_id for owner in owned.owners}
    assert party["last_name"] != owned.owners[0].last_name


def test_what_stands_is_past_the_first_stages_of_building() -> None:
    service = SERVICES["no-violation"]
    for record in (item.record for item in make_city(60, 1405, DAY) if item.record.owners):
        asker = Asker(Applicant.OWNER, record.owners[0], record, str(record.code))
        stage = fill(service, asker, shipped_city(), DAY).answers["stage"]
        assert stage == ("نازک‌کاری" if record.built else "پی")
