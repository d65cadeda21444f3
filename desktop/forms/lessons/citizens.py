"""The made-up people of lessons: names from the lists that the demo city draws from, by a seed."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from functools import lru_cache
from random import Random
from typing import Any

from desktop.domain.identifiers import RenewalCode
from desktop.domain.made_up import made_up_legal_id, made_up_national_id
from desktop.domain.property import FULL_DANG, Found, Owner, PropertyRecord
from desktop.forms.example_records import OWNER_ID
from desktop.settings import resources

_SERIALS, _COMPANIES = 999_999, 9_999
_BLOCKS, _PARCELS = 400, 90


@dataclass(frozen=True)
class Citizens:
    """Who stands in a lesson: by the id in the example's record the person in its place; who asks
    for another; the code of the property."""

    owner: Owner
    other: Owner
    proxy: Owner
    code: RenewalCode

    def in_place_of(self, owner: Owner) -> Owner:
        """The lesson's person for one of the example's record, with the share of that."""
        person = self.owner if owner.person_id == OWNER_ID else self.other
        return replace(person, dang=owner.dang, dead=owner.dead)

    def found(self, found: Found) -> Found:
        """What the example's look-up finds, of these people and this property."""
        record, building = found.record, found.building
        return replace(
            found,
            record=self._record(record) if record is not None else None,
            building=self._record(building) if building is not None else None,
        )

    def placed(self, code: RenewalCode) -> RenewalCode:
        """The example's code moved to where the lesson's property lies."""
        return replace(code, block=self.code.block, parcel=self.code.parcel)

    def _record(self, record: PropertyRecord) -> PropertyRecord:
        owners = tuple(self.in_place_of(owner) for owner in record.owners)
        return replace(record, owners=owners, code=self.placed(record.code))


def draw(random: Random, code: RenewalCode, *, company: bool) -> Citizens:
    """People and a property for one lesson; its owner is a company where one asks."""
    owner, other, proxy = (_person(random) for _ in range(3))
    if company:
        owner = _company(random)
    place = replace(code, block=random.randint(1, _BLOCKS), parcel=random.randint(1, _PARCELS))
    return Citizens(owner, other, proxy, place)


def mobile(random: Random) -> str:
    """A number of a mobile phone, of Yazd's usual beginning."""
    return f"0913{random.randint(1_000_000, 9_999_999)}"


def _person(random: Random) -> Owner:
    names = _names()
    first, last = random.choice(names["first_names"]), random.choice(names["last_names"])
    return Owner(first, last, made_up_national_id(random.randint(1, _SERIALS)), FULL_DANG)


def _company(random: Random) -> Owner:
    name = random.choice(_names()["companies"])
    return Owner("", name, made_up_legal_id(random.randint(1_000, _COMPANIES)), FULL_DANG)


@lru_cache(maxsize=1)
def _names() -> dict[str, Any]:
    text = (resources() / "demo" / "city.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
