"""A made-up city of Yazd's places and nobody's people, by seed: for the demo, a day and benches."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from random import Random
from typing import Any

from desktop.demo.residents import Residents
from desktop.domain.calendar import jalali
from desktop.domain.identifiers import Plate, RenewalCode, make_bill, make_payment
from desktop.domain.property import (
    Article100File,
    Certificate,
    Debt,
    Hold,
    Permit,
    PropertyRecord,
)
from desktop.domain.record_words import CertificateKind, DebtStatus, Deed, FileStatus, HoldScope
from desktop.forms.shipped import shipped_city
from desktop.settings import resources

_BODY = 999  # the municipality's code in a bill id; no body has this one
_PARCELS, _BLOCKS = 60, 400
_SECOND_PERMITS = 0.05  # of what is built: an addition or a renewal took an earlier permit's place


class Scenario(StrEnum):
    """What a property of the city is made to show (DOMAIN.md §6.5)."""

    CLEAN = "clean"
    DEBT = "debt"
    FINE = "fine"
    DEMOLITION = "demolition"
    COMMISSION = "commission"
    WIDENING = "widening"
    OLD_PERMIT = "old-permit"
    DEED = "deed"
    OLD_VISIT = "old-visit"
    HOLD = "hold"


# Of a hundred. Requests without a record and a clerk's wrong input are the requests' own matter.
_MIX = {
    Scenario.CLEAN: 61,
    Scenario.DEBT: 11,
    Scenario.FINE: 5,
    Scenario.DEMOLITION: 1,
    Scenario.COMMISSION: 2,
    Scenario.WIDENING: 7,
    Scenario.OLD_PERMIT: 4,
    Scenario.DEED: 3,
    Scenario.OLD_VISIT: 4,
    Scenario.HOLD: 2,
}
_word = shipped_city().words.word
_DEEDS = ("تک‌برگ", "دفترچه‌ای", "صلح‌نامه/مبایعه‌نامه")
_PRIVATE = "قولنامه‌ای"
_PENDING = (_word(FileStatus.REPORTED), _word(FileStatus.FIRST_RULING), _word(FileStatus.APPEAL))
_CLOSED = (
    _word(FileStatus.FINE_PAID),
    _word(FileStatus.DEMOLITION_DONE),
    _word(FileStatus.ACQUITTED),
)


@dataclass(frozen=True)
class CityProperty:
    """A property of the city and what it is made to show."""

    record: PropertyRecord
    scenario: Scenario


@dataclass(frozen=True)
class MadeUpCity:
    """Iterating makes the properties anew, always the same: lots with their buildings and flats."""

    properties: int
    seed: int
    today: date

    def __iter__(self) -> Iterator[CityProperty]:
        maker = _Maker(self)
        made = 0
        while made < self.properties:
            for item in maker.lot():
                if made < self.properties:
                    yield item
                    made += 1


def make_city(properties: int, seed: int, today: date) -> MadeUpCity:
    """A city of so many properties; its dates lie about `today`. Raises ValueError below 1."""
    if properties < 1:
        raise ValueError("a city has at least one property")
    return MadeUpCity(properties, seed, today)


def city_names() -> dict[str, Any]:
    """The names that the city is made of, from `resources/demo/city.toml`."""
    path: Path = resources() / "demo" / "city.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


def pairs_of_names(seed: int) -> Iterator[tuple[str, str]]:
    """First and last names of the city's lists, in ever new pairs."""
    listed, random = city_names(), Random(seed)
    while True:
        yield random.choice(listed["first_names"]), random.choice(listed["last_names"])


class _Maker:
    def __init__(self, city: MadeUpCity) -> None:
        self._today = city.today
        self._year = jalali(city.today)[0]
        self._random = Random(city.seed)
        # Of its own, so that the rest of a city is the same with a second permit and without.
        self._second = Random(city.seed + 1)
        self._names = city_names()
        self._residents = Residents(self._random, self._names, city.properties)
        self._lots = {district["number"]: 0 for district in self._names["district"]}
        self._bills = 10_000_000  # eight digits, as on paper

    def lot(self) -> list[CityProperty]:
        """The next lot: bare land, a house, or a building with its flats or shops."""
        random = self._random
        district = random.choice(self._names["district"])
        number = district["number"]
        lot = self._lots[number]
        self._lots[number] += 1
        land = RenewalCode(
            number,
            lot // (_PARCELS * _BLOCKS) + 1,
            lot // _PARCELS % _BLOCKS + 1,
            lot % _PARCELS + 1,
        )
        plate = Plate(random.randint(1, 9), random.randint(10, 9000), random.randint(0, 60_000))
        place = self._place(district, land, plate)
        kind = random.random()
        if kind < 0.12:
            return [self._property(place, self._scenario())]
        building = replace(place, code=replace(land, building=1))
        if kind < 0.7:
            return [self._property(building, self._scenario())]
        units = random.randint(2, 8)
        shops = kind > 0.92
        above = Scenario.CLEAN if random.random() < 0.97 else Scenario.COMMISSION
        items = [self._property(building, above, units)]
        for unit in range(1, units + 1):
            code = replace(building.code, shop=unit) if shops else replace(building.code, flat=unit)
            flat = replace(
                building,
                code=code,
                address=f"{building.address}، واحد {unit}",
                postal_code=self._postal_code(),
            )
            items.append(self._property(flat, self._scenario()))
        return items

    def _scenario(self) -> Scenario:
        return self._random.choices(list(_MIX), list(_MIX.values()))[0]

    def _place(self, district: dict[str, Any], code: RenewalCode, plate: Plate) -> PropertyRecord:
        random = self._random
        neighbourhood = random.choice(district["neighbourhoods"])
        alley = f"کوچهٔ شهید {random.choice(self._names['last_names'])}"
        if random.random() < 0.6:
            alley = f"کوچهٔ {random.randint(1, 90)}"
        street = random.choice(district["streets"])
        return PropertyRecord(
            code=code,
            plate=plate,
            address=f"یزد، {neighbourhood}، {street}، {alley}، پلاک {random.randint(1, 160)}",
            neighbourhood=neighbourhood,
            district=str(district["number"]),
            postal_code=self._postal_code(),
            zone=random.choice(("R1", "R2")),
            historic=district["number"] == 5,
            latitude=f"{random.uniform(31.80, 31.96):.6f}",
            longitude=f"{random.uniform(54.26, 54.45):.6f}",
        )

    def _postal_code(self) -> str:
        first = "".join(self._random.choices("13456789", k=2))
        rest = "".join(self._random.choices("13456789", k=5))
        return f"891{first}{rest}"

    def _property(self, place: PropertyRecord, scenario: Scenario, units: int = 1) -> CityProperty:
        random = self._random
        built = place.code.building > 0
        land = Decimal(random.randint(12_000, 60_000)) / 100
        record = replace(
            place,
            deed=random.choices(_DEEDS, (70, 26, 4))[0],
            land_by_deed=land,
            land=land,
            built=Decimal(random.randint(6_000, 30_000) * units) / 100 if built else Decimal(0),
            floors=random.randint(1, 5) if built else 0,
            units=units if built else 0,
            use="تجاری" if place.code.shop else random.choice(("مسکونی", "مسکونی", "مختلط")),
            last_visit=self._before(20, 330),
            owners=self._residents.owners(),
        )
        record = self._with_papers(record, built)
        return CityProperty(self._showing(record, scenario), scenario)

    def _with_papers(self, record: PropertyRecord, built: bool) -> PropertyRecord:
        random = self._random
        permits: tuple[Permit, ...] = ()
        certificates: tuple[Certificate, ...] = ()
        files: tuple[Article100File, ...] = ()
        if built:
            issued = self._before(400, 1400)
            permits = (Permit(self._number(), issued, self._after(60, 900)),)
            if self._second.random() < _SECOND_PERMITS:
                permits += (self._earlier_permit(issued),)
            finished = self._before(40, 390)
            if random.random() < 0.75:
                certificates = (
                    Certificate(_word(CertificateKind.COMPLETION), self._number(), finished, None),
                )
            if not certificates or random.random() < 0.4:
                until = self._after(20, 150)
                certificates += (
                    Certificate(
                        _word(CertificateKind.NO_VIOLATION),
                        self._number(),
                        until - timedelta(days=180),
                        until,
                    ),
                )
            if random.random() < 0.08:
                files = (self._file(random.choice(_CLOSED), permitted=True),)
        return replace(record, permits=permits, certificates=certificates, files=files)

    def _showing(self, record: PropertyRecord, scenario: Scenario) -> PropertyRecord:
        random = self._random
        match scenario:
            case Scenario.DEBT:
                count = random.randint(1, 3)
                return replace(record, debts=tuple(self._debt(back) for back in range(count)))
            case Scenario.FINE:
                return self._with_file(record, _word(FileStatus.FINE_UNPAID))
            case Scenario.DEMOLITION:
                return self._with_file(record, _word(FileStatus.DEMOLITION_DUE))
            case Scenario.COMMISSION:
                return self._with_file(record, random.choice(_PENDING))
            case Scenario.WIDENING:
                area = Decimal(random.randint(200, 4_000)) / 100
                return replace(record, widening=area, on_plan=random.random() < 0.3)
            case Scenario.OLD_PERMIT:
                old = Permit(self._number(), self._before(1500, 2500), self._before(20, 700))
                kept = tuple(
                    c for c in record.certificates if c.kind != _word(CertificateKind.COMPLETION)
                )
                return replace(record, permits=(old,), certificates=kept)
            case Scenario.DEED:
                deed = random.choice((_PRIVATE, _word(Deed.NONE), _word(Deed.WAQF)))
                return replace(record, deed=deed)
            case Scenario.OLD_VISIT:
                seen = self._before(400, 2000) if random.random() < 0.8 else None
                return replace(record, last_visit=seen)
            case Scenario.HOLD:
                return replace(record, holds=(self._hold(),))
            case _:
                return record

    def _with_file(self, record: PropertyRecord, status: str) -> PropertyRecord:
        return replace(record, files=(self._file(status, permitted=bool(record.permits)),))

    def _earlier_permit(self, later: date) -> Permit:
        issued = later - timedelta(days=self._second.randint(1_000, 2_500))
        expires = issued + timedelta(days=self._second.randint(365, 900))
        return Permit(str(self._second.randint(1_000, 99_999)), issued, expires)

    def _debt(self, years_back: int) -> Debt:
        random = self._random
        self._bills += 1
        year = self._year - years_back
        principal = random.randint(300, 30_000) * 1000
        penalty = random.randint(0, 900) * 1000
        bill = make_bill(self._bills, _BODY)
        status = DebtStatus.DISPUTED if random.random() < 0.1 else DebtStatus.FINAL
        return Debt(
            year=year,
            kind=random.choice(self._names["debts"]),
            principal=principal,
            penalty=penalty,
            due=random.choice((None, self._before(15, 300))),
            status=_word(status),
            bill_id=bill,
            payment_id=make_payment(principal + penalty, year, 1, bill),
        )

    def _file(self, status: str, *, permitted: bool) -> Article100File:
        """What has a permit was not built without one, and without one there is nothing else."""
        random, names = self._random, self._names
        permits, none = names["violations"], names["violations_without_permit"]
        drawn = random.randrange(len(permits) + len(none))
        fitting = permits if permitted else none
        return Article100File(
            violation=fitting[drawn % len(fitting)],
            area=Decimal(random.randint(300, 9_000)) / 100,
            status=status,
            fine=random.randint(20, 700) * 1_000_000,
        )

    def _hold(self) -> Hold:
        random = self._random
        known = random.random() < 0.75
        return Hold(
            authority=random.choice(self._names["courts"]) if known else "",
            number=self._number() if known else "",
            placed=self._before(30, 900) if known else None,
            scope=_word(random.choice(tuple(HoldScope))),
            ends=None if random.random() < 0.7 else self._after(20, 400),
        )

    def _number(self) -> str:
        return str(self._random.randint(1_000, 99_999))

    def _before(self, least: int, most: int) -> date:
        return self._today - timedelta(days=self._random.randint(least, most))

    def _after(self, least: int, most: int) -> date:
        return self._today + timedelta(days=self._random.randint(least, most))
