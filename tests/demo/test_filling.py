"""A made-up form says nothing that no citizen could."""

from __future__ import annotations

from datetime import date

import pytest

from desktop.demo.city import make_city
from desktop.demo.filling import Asker, fill
from desktop.domain.people import Applicant
from desktop.forms.shipped import shipped_city
from tests.awning import awning

DAY = date(2026, 11, 24)


@pytest.mark.parametrize("kind", [Applicant.TENANT, Applicant.SHOPKEEPER])
def test_who_holds_a_property_without_owning_it_is_not_its_owner(kind: Applicant) -> None:
    owned = next(item.record for item in make_city(30, 1405, DAY) if item.record.owners)
    asker = Asker(kind, owned.owners[0], owned, str(owned.code))
    party = fill(awning(), asker, shipped_city(), DAY).party
    assert party["person_id"] not in {owner.person_id for owner in owned.owners}
    assert party["last_name"] != owned.owners[0].last_name
