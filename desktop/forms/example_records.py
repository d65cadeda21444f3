"""The named records that a service file's examples stand on, made for a day and a city."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from desktop.domain.calendar import add_months
from desktop.domain.city import City
from desktop.domain.identifiers import Plate, RenewalCode, make_bill, make_payment
from desktop.domain.property import (
    Article100File,
    Certificate,
    Debt,
    Found,
    Hold,
    LookUp,
    Owner,
    Permit,
    PropertyRecord,
)
from desktop.domain.record_words import (
    CertificateKind,
    DebtStatus,
    Deed,
    FileStatus,
    HoldScope,
    Use,
    WordColumn,
)

OWNER_ID = "9990001014"
OTHER_ID = "9990002029"
_DISTRICT, _ZONE, _USE = 2, "R1", "مسکونی"
_BUILDING = RenewalCode(_DISTRICT, 14, 308, 27, 1, 0, 0)


@dataclass(frozen=True)
class ExampleSetting:
    """When and where an example is asked: the day, and the municipality's figures of it."""

    day: date
    city: City

    @property
    def code(self) -> RenewalCode:
        """The renewal code of the examples' building, in a district of the city."""
        districts = self.city.districts
        return replace(_BUILDING, district=_DISTRICT if _DISTRICT in districts else districts[0])

    @property
    def outside(self) -> RenewalCode:
        """A code of no district of the city: of one that it knows the name of, if there is one."""
        beyond = [each for each in self.city.where if each not in self.city.districts]
        return replace(_BUILDING, district=[*beyond, max(self.city.districts) + 1][0])

    def word(self, meaning: StrEnum) -> str:
        """How the municipality's records spell that."""
        return self.city.words.word(meaning)

    @property
    def use(self) -> str:
        """A use that asks nothing of anybody."""
        words = self.city.words
        return words.spelled(WordColumn.USE, _USE) or words.word(Use.OTHER) or _USE

    @property
    def zone(self) -> str:
        """A zone with a least parcel."""
        zones = [zone for zone in self.city.parcels if zone != "historic"]
        return _ZONE if _ZONE in zones or not zones else zones[0]


@dataclass(frozen=True)
class ExampleRecord:
    """What a look-up finds, and the renewal code that was asked with."""

    found: Found
    code: RenewalCode


Make = Callable[[PropertyRecord, ExampleSetting], PropertyRecord]


def _clean(at: ExampleSetting) -> PropertyRecord:
    day = at.day
    return PropertyRecord(
        code=at.code,
        plate=Plate(2, 65, 4555),
        address="یزد، بلوار طالقانی، کوچهٔ شهید زارع، پلاک 27",
        neighbourhood="نعیم‌آباد",
        district=str(at.code.district),
        postal_code="8915818411",
        deed=at.word(Deed.FORMAL),
        land_by_deed=Decimal("240.50"),
        land=Decimal("240.50"),
        built=Decimal("186.00"),
        floors=2,
        units=2,
        use=at.use,
        zone=at.zone,
        last_visit=add_months(day, -6),
        owners=(Owner("فاطمه", "دهقان", OWNER_ID, Decimal(6)),),
        permits=(Permit("2-1147", add_months(day, -24), add_months(day, 12)),),
        certificates=(
            Certificate(
                at.word(CertificateKind.NO_VIOLATION),
                "1404-212",
                add_months(day, -3),
                add_months(day, 3),
            ),
            Certificate(at.word(CertificateKind.COMPLETION), "1404-977", add_months(day, -2), None),
        ),
        debts=(_debt(at, 30),),
    )


def _debt(at: ExampleSetting, due_in: int, amount: int = 28_228_000) -> Debt:
    due = at.day + timedelta(days=due_in)
    bill = make_bill(45550041, at.city.bill_body)
    payment = make_payment(amount + 772_000, 1404, 1, bill)
    return Debt(1404, "نوسازی", amount, 772_000, due, at.word(DebtStatus.FINAL), bill, payment)


def _file(at: ExampleSetting, status: FileStatus, fine: int = 515_000_000) -> Article100File:
    return Article100File("بنای مازاد بر پروانه", Decimal("18.00"), at.word(status), fine)


def _without_certificate(kind: CertificateKind) -> Make:
    def make(r: PropertyRecord, at: ExampleSetting) -> PropertyRecord:
        return replace(r, certificates=tuple(c for c in r.certificates if c.kind != at.word(kind)))

    return make


def _expired_permit(r: PropertyRecord, at: ExampleSetting) -> PropertyRecord:
    expired = Permit("2-812", add_months(at.day, -36), at.day - timedelta(days=1))
    return replace(r, permits=(expired,), certificates=())


def _hold(authority: str, scope: HoldScope = HoldScope.ALL) -> Make:
    def make(r: PropertyRecord, at: ExampleSetting) -> PropertyRecord:
        placed = add_months(at.day, -4)
        return replace(r, holds=(Hold(authority, "3075", placed, at.word(scope), None),))

    return make


_MADE: Mapping[str, Make] = {
    "clean": lambda r, _: r,
    "unbuilt": lambda r, _: replace(
        r,
        code=replace(r.code, building=0),
        built=Decimal("0.00"),
        permits=(),
        certificates=(),
    ),
    "settled": lambda r, _: replace(r, debts=()),
    "old-visit": lambda r, at: replace(r, last_visit=add_months(at.day, -12) - timedelta(days=1)),
    "just-visited": lambda r, at: replace(r, last_visit=at.day - timedelta(days=10)),
    "never-visited": lambda r, _: replace(r, last_visit=None),
    "expired-permit": _expired_permit,
    "no-permit": lambda r, _: replace(r, permits=(), certificates=()),
    "no-certificate": lambda r, _: replace(r, certificates=()),
    "no-completion": _without_certificate(CertificateKind.COMPLETION),
    "debt": lambda r, at: replace(r, debts=(_debt(at, 0),)),
    "disputed-debt": lambda r, at: replace(
        r, debts=(replace(_debt(at, 0), status=at.word(DebtStatus.DISPUTED)),)
    ),
    "fine-unpaid": lambda r, at: replace(r, files=(_file(at, FileStatus.FINE_UNPAID),)),
    "fine-paid": lambda r, at: replace(r, files=(_file(at, FileStatus.FINE_PAID),)),
    "violation-reported": lambda r, at: replace(r, files=(_file(at, FileStatus.REPORTED, 0),)),
    "demolition": lambda r, at: replace(r, files=(_file(at, FileStatus.DEMOLITION_DUE, 0),)),
    "hold-known": _hold("شعبهٔ 3 اجرای احکام یزد"),
    "hold-transfer": _hold("شعبهٔ 3 اجرای احکام یزد", HoldScope.TRANSFER),
    "hold-build": _hold("شعبهٔ 3 اجرای احکام یزد", HoldScope.BUILD),
    "hold-unknown": _hold(""),
    "waqf": lambda r, at: replace(r, deed=at.word(Deed.WAQF)),
    "private-deed": lambda r, at: replace(r, deed=at.word(Deed.PRIVATE)),
    "no-deed": lambda r, _: replace(r, deed=""),
    "widening": lambda r, _: replace(r, widening=Decimal("4.20")),
    "on-plan": lambda r, _: replace(r, on_plan=True),
    "garden": lambda r, at: replace(r, use=at.word(Use.GARDEN)),
    "historic": lambda r, _: replace(r, historic=True, zone="تاریخی"),
    "dead-owner": lambda r, _: replace(r, owners=(replace(r.owners[0], dead=True),)),
    "other-owner": lambda r, _: replace(r, owners=(Owner("جواد", "حاتمی", OTHER_ID, Decimal(6)),)),
    "two-owners": lambda r, _: replace(
        r,
        owners=(
            Owner("فاطمه", "دهقان", OWNER_ID, Decimal(3)),
            Owner("جواد", "حاتمی", OTHER_ID, Decimal(3)),
        ),
    ),
    "short-shares": lambda r, _: replace(
        r, owners=(Owner("فاطمه", "دهقان", OWNER_ID, Decimal(5)),)
    ),
    "two-permits": lambda r, at: replace(
        r, permits=(*r.permits, Permit("2-1302", add_months(at.day, -3), add_months(at.day, 21)))
    ),
    "doubted": lambda r, _: replace(r, doubted=True),
}


def _unit(at: ExampleSetting, building: Make) -> ExampleRecord:
    above = building(_clean(at), at)
    flat = replace(
        _clean(at),
        code=replace(at.code, flat=4),
        permits=(),
        certificates=(),
        debts=(),
        built=Decimal("93.00"),
    )
    return ExampleRecord(Found(at.day, LookUp.FOUND, flat, building=above), flat.code)


def _stale(at: ExampleSetting) -> ExampleRecord:
    as_of = at.day - timedelta(days=at.city.record_age_days + 1)
    return ExampleRecord(Found(as_of, LookUp.FOUND, _clean(at)), at.code)


def _single(make: Make) -> Callable[[ExampleSetting], ExampleRecord]:
    def build(at: ExampleSetting) -> ExampleRecord:
        record = make(_clean(at), at)
        return ExampleRecord(Found(at.day, LookUp.FOUND, record), record.code)

    return build


_MAKERS: Mapping[str, Callable[[ExampleSetting], ExampleRecord]] = {
    **{name: _single(make) for name, make in _MADE.items()},
    "clean-unit": lambda at: _unit(at, lambda r, _: r),
    "unit-parent-debt": lambda at: _unit(at, lambda r, _: replace(r, debts=(_debt(at, 0),))),
    "unit-parent-file": lambda at: _unit(
        at, lambda r, _: replace(r, files=(_file(at, FileStatus.REPORTED, 0),))
    ),
    "none": lambda at: ExampleRecord(Found(at.day, LookUp.NONE), at.code),
    "ambiguous": lambda at: ExampleRecord(Found(at.day, LookUp.AMBIGUOUS), at.code),
    "outside-city": lambda at: ExampleRecord(Found(at.day, LookUp.NONE), at.outside),
    "stale": _stale,
}
RECORDS = tuple(_MAKERS)
"""The names of the records that an example can stand on."""


def example_record(name: str, day: date, city: City) -> ExampleRecord:
    """The named record, as old and as due as it must be on the day. KeyError for no such name."""
    return _MAKERS[name](ExampleSetting(day, city))
