"""A property's record as the municipality holds it, and what a look-up among the records found.

Deed, use, statuses, scopes and kinds are words as written; `record_words` says what they mean.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property, lru_cache
from typing import Any

from desktop.domain.contest import Contested, Corrected, Correction, person_key
from desktop.domain.identifiers import Plate, RenewalCode
from desktop.domain.record_words import FileStatus, word_key

FILE_ROW, PERMIT_ROW = "file", "permit"
"""Of what is `refused` of a property: a file of Article 100, a permit."""
ZERO_AREA = Decimal("0.00")
FULL_DANG = Decimal(6)
ROUNDED_DANG = Decimal("0.0001")
"""By so much the shares of thirds and sevenths may miss the whole."""


@dataclass(frozen=True)
class Owner:
    """An owner of so many dang of six; `person_id` is a national or legal id, or wrong.

    `dead` is None where the records' cell could not be read.
    """

    first_name: str
    last_name: str
    person_id: str
    dang: Decimal
    dead: bool | None = False

    @property
    def name(self) -> str:
        """First and last name as read aloud."""
        return f"{self.first_name} {self.last_name}".strip()


@dataclass(frozen=True)
class Permit:
    """A building permit; no expiry known means none passed."""

    number: str
    issued: date | None
    expires: date | None


@dataclass(frozen=True)
class Certificate:
    """A certificate on file; no end means it holds for good."""

    kind: str
    number: str
    issued: date | None
    valid_until: date | None


@dataclass(frozen=True)
class Article100File:
    """A file at the Article 100 commission; the status may be one nobody knows. Fine in Rial.

    `settled` says that the counter took the fine since the export, `paid_otherwise` that it took
    one that this may be, by another sum or words, `ruled` how the file stands by a ruling that came
    since.
    """

    violation: str
    area: Decimal
    status: str
    fine: int
    settled: bool = False
    ruled: FileStatus | None = None
    paid_otherwise: bool = False

    @property
    def key(self) -> str:
        """What names the fine among all that the property owes."""
        return f"fine:{self.violation}:{self.area}:{self.fine}"

    def may_be(self, key: str) -> bool:
        """Whether it is not that fine, but two of violation, area and sum are the same.

        A file that the records lack goes by its ruling's number, and an appeal's is another one.
        """
        told = _FINE.fullmatch(key)
        if told is None or same_due(key, self.key):
            return False
        if self.violation.startswith(_UNRECORDED) and told[1].startswith(_UNRECORDED):
            return True
        violation, area, fine = map(str, told.groups())
        alike = [
            word_key(violation) == word_key(self.violation),
            area == str(self.area),
            fine == str(self.fine),
        ]
        return alike.count(True) > 1


_UNRECORDED = "رأی شمارهٔ "
"""How a file begins that a ruling brought and no export has."""


@dataclass(frozen=True)
class Debt:
    """A year's debt of one kind in Rial, payable with its pair of ids.

    `paid_otherwise` says that the counter took one that this may be, by another sum or words.
    """

    year: int
    kind: str
    principal: int
    penalty: int
    due: date | None
    status: str
    bill_id: str
    payment_id: str
    paid_otherwise: bool = False

    @property
    def key(self) -> str:
        """What names the debt among all that the property owes; ids may be missing."""
        return f"debt:{self.year}:{self.kind}:{self.bill_id}:{self.payment_id}"

    def may_be(self, key: str) -> bool:
        """Whether it is not that debt, but the kind is the same, and year and bill may be.

        The year may be missing or have two digits, the bill or its payment stand on one side only.
        """
        told = _DEBT.fullmatch(key)
        if told is None or same_due(key, self.key):
            return False
        bill, own = told[3].lstrip("0"), self.bill_id.lstrip("0")
        if word_key(told[2]) != word_key(self.kind) or (bill and own and bill != own):
            return False
        short, long = sorted((int(told[1]), self.year))
        return short in (0, long, long % 100)

    @property
    def total(self) -> int:
        """Principal and penalty, Rial."""
        return self.principal + self.penalty


_DEBT = re.compile(r"debt:([0-9]+):(.*):([^:]*):([^:]*)", re.DOTALL)
_FINE = re.compile(r"fine:(.*):([^:]*):([^:]*)", re.DOTALL)


def same_due(one: str, other: str) -> bool:
    """Whether two keys name one debt or fine, however its words and ids are spelled.

    A bill id and its payment id name a debt alone, whatever its kind and year are called. Keys
    stay stored as they were written once.
    """
    return one == other or _folded(one) == _folded(other)


@lru_cache(20_000)
def _folded(key: str) -> tuple[str, ...]:
    """What the spellings of a debt's or fine's key have in common; of another key itself."""
    if debt := _DEBT.fullmatch(key):
        ids = debt[3].lstrip("0"), debt[4].lstrip("0")
        return ("debt", *ids) if all(ids) else ("debt", debt[1], word_key(debt[2]), *ids)
    if fine := _FINE.fullmatch(key):
        return "fine", word_key(fine[1]), fine[2], fine[3]
    return (key,)


@dataclass(frozen=True)
class Hold:
    """A hold by an authority; what is unknown is empty."""

    authority: str
    number: str
    placed: date | None
    scope: str
    ends: date | None


@dataclass(frozen=True)
class PropertyRecord:
    """Land, a building, a flat or a shop, with all on file under its own code; areas in m².

    `year_built` is a Jalali year, None where the export has none. `unread` names the values here
    that an export had in words nobody could read: they stand empty and are not known. `refused`
    are the kinds of its rows that were not kept. `corrected` are the values that stand here by an
    upheld objection and not by the export.
    """

    code: RenewalCode
    plate: Plate | None = None
    address: str = ""
    neighbourhood: str = ""
    district: str = ""
    postal_code: str = ""
    deed: str = ""
    land_by_deed: Decimal = ZERO_AREA
    land: Decimal = ZERO_AREA
    built: Decimal = ZERO_AREA
    floors: int = 0
    units: int = 0
    use: str = ""
    zone: str = ""
    historic: bool = False
    widening: Decimal = ZERO_AREA
    on_plan: bool = False
    last_visit: date | None = None
    latitude: str = ""
    longitude: str = ""
    year_built: int | None = None
    unread: tuple[str, ...] = ()
    owners: tuple[Owner, ...] = ()
    permits: tuple[Permit, ...] = ()
    certificates: tuple[Certificate, ...] = ()
    files: tuple[Article100File, ...] = ()
    debts: tuple[Debt, ...] = ()
    holds: tuple[Hold, ...] = ()
    doubted: bool = False
    refused: tuple[str, ...] = ()
    corrected: tuple[Corrected, ...] = ()

    def told_of(self, correction: Correction) -> str | None:
        """What stands here of that which is corrected, as `Correction.former` writes it.

        None where there is no such debt or owner.
        """
        match correction.item:
            case Contested.LAND:
                return f"{self.land:.2f}"
            case Contested.BUILT:
                return f"{self.built:.2f}"
            case Contested.USE:
                return self.use
            case Contested.DEBT:
                debts = self._debts_of(correction.key)
                return str(debts[0].total) if debts else None
            case Contested.OWNER:
                keys = {person_key(owner.person_id) for owner in self.owners}
                return "" if correction.key in keys else None
        return None

    def named(self, correction: Correction) -> str:
        """What is to be corrected, in whole: with whose name and id, or of which debt."""
        told = self.told_of(correction) or ""
        if correction.item is Contested.OWNER:
            own = [o for o in self.owners if person_key(o.person_id) == correction.key]
            return f"{own[0].name} ({own[0].person_id})" if own else ""
        if correction.item is Contested.DEBT:
            own_debts = self._debts_of(correction.key)
            return f"{own_debts[0].kind} {own_debts[0].year}: {told}" if own_debts else told
        return told

    def _debts_of(self, key: str) -> list[Debt]:
        """The debts of that key, else those that may be it."""
        own = [debt for debt in self.debts if same_due(debt.key, key)]
        return own or [debt for debt in self.debts if debt.may_be(key)]

    def says(self, correction: Correction) -> bool:
        """Whether it says by itself what the correction puts right."""
        if correction.item is Contested.OWNER:
            ids = {owner.person_id for owner in self.owners}
            return correction.value in ids and self.told_of(correction) is None
        if correction.item is Contested.DEBT and self.told_of(correction) is None:
            # A debt that is gone was paid, or was never owed.
            return True
        return self.told_of(correction) == correction.value

    def corrected_by(self, laid: Corrected) -> PropertyRecord:
        """The record with the correction in the place of what it said."""
        correction = laid.correction
        signed = replace(self, corrected=(*self.corrected, laid))
        read = tuple(name for name in self.unread if name != correction.item.value)
        match correction.item:
            case Contested.LAND:
                return replace(signed, land=Decimal(correction.value), unread=read)
            case Contested.BUILT:
                return replace(signed, built=Decimal(correction.value), unread=read)
            case Contested.USE:
                return replace(signed, use=correction.value, unread=read)
            case Contested.DEBT:
                return replace(signed, debts=_with_sum(self.debts, correction))
            case Contested.OWNER:
                return replace(signed, owners=_with_owner(self.owners, correction))
        return self

    @property
    def last_permit(self) -> Permit | None:
        """The permit with the latest issue date."""
        return max(self.permits, key=lambda p: p.issued or date.min, default=None)


def _with_sum(debts: tuple[Debt, ...], correction: Correction) -> tuple[Debt, ...]:
    """The debts, the corrected one's whole sum as its principal; one of nothing is no debt."""
    right = int(correction.value)
    put = (
        replace(debt, principal=right, penalty=0) if same_due(debt.key, correction.key) else debt
        for debt in debts
    )
    return tuple(debt for debt in put if debt.total or not same_due(debt.key, correction.key))


def _with_owner(owners: tuple[Owner, ...], correction: Correction) -> tuple[Owner, ...]:
    """The owners, another person with the same share in the place of the one that was wrong."""
    return tuple(
        Owner(correction.first_name, correction.last_name, correction.value, owner.dang)
        if person_key(owner.person_id) == correction.key
        else owner
        for owner in owners
    )


class LookUp(StrEnum):
    """How a look-up ended."""

    FOUND = "found"
    NONE = "none"
    AMBIGUOUS = "ambiguous"


@dataclass(frozen=True)
class Found:
    """What the records of `as_of` hold: the property and the recorded ones above it.

    With `by_visit` they hold nothing, and the record is what a visit saw.
    """

    as_of: date
    match: LookUp
    record: PropertyRecord | None = None
    building: PropertyRecord | None = None
    land: PropertyRecord | None = None
    by_visit: bool = False

    @property
    def ancestors(self) -> tuple[PropertyRecord, ...]:
        """Recorded ancestors, nearest first."""
        return tuple(record for record in (self.building, self.land) if record is not None)


@dataclass(frozen=True)
class LaidRuling:
    """A commission's final ruling on the file of that key, or on one that the records lack."""

    file: str
    number: str
    status: FileStatus
    fine: int

    def over(self, files: tuple[Article100File, ...]) -> tuple[Article100File, ...]:
        """The files as the ruling leaves them."""
        if not self.file:
            named = f"{_UNRECORDED}{self.number}"
            new = Article100File(named, ZERO_AREA, self.status, self.fine, ruled=self.status)
            return (*files, new)
        return tuple(
            replace(file, fine=self.fine, ruled=self.status)
            if same_due(file.key, self.file)
            else file
            for file in files
        )


@dataclass(frozen=True)
class Overlay:
    """What the counter learnt after the export: paid bills and a visit, until an export holds them.

    `settled` holds `Debt.key` and `Article100File.key` of what was paid, each with the sum in Rial
    (0 where it was not noted); `holds` and `files` are rows that a newer export no longer has and
    nobody lifted yet. Areas in m². The use that a visit sees is no planned use: it counts only
    where the record names none; of what stands `unmeasured` the area is not known. A ruling comes
    before what was paid: its fine is paid by the key that it has from then on. What upheld
    objections `corrected` stands before all else, in the order in which they were upheld.
    """

    settled: Mapping[str, int] = field(default_factory=dict)
    visited: date | None = None
    land: Decimal | None = None
    built: Decimal | None = None
    holds: tuple[Hold, ...] = ()
    files: tuple[Article100File, ...] = ()
    floors: int | None = None
    units: int | None = None
    use: str = ""
    unmeasured: bool = False
    rulings: tuple[LaidRuling, ...] = ()
    corrected: tuple[Corrected, ...] = ()

    def over(self, record: PropertyRecord, as_of: date) -> PropertyRecord:
        """The record of an export of `as_of` with the overlay laid on it.

        A visit that the export dates after itself never was: one that we know of counts.
        """
        files = (*record.files, *self.files)
        for ruling in self.rulings:
            files = ruling.over(files)
        laid = replace(record, files=tuple(self._fined(files)), holds=(*record.holds, *self.holds))
        if self._has_visit_after(record.last_visit, as_of):
            laid = self._measured(laid)
        for each in self.corrected:
            laid = laid.corrected_by(each)
        return replace(laid, debts=tuple(self._left(laid.debts)))

    @cached_property
    def _paid(self) -> Mapping[tuple[str, ...], int]:
        """What was paid, by what names it however it is spelled."""
        paid: dict[tuple[str, ...], int] = {}
        for key, total in self.settled.items():
            paid[_folded(key)] = max(total, paid.get(_folded(key), 0))
        return paid

    def _fined(self, files: tuple[Article100File, ...]) -> Iterator[Article100File]:
        """The files with what was paid of their fines."""
        gone = self._not_among(_folded(file.key) for file in files)
        for file in files:
            other = any(file.may_be(key) for key in gone)
            yield replace(file, settled=_folded(file.key) in self._paid, paid_otherwise=other)

    def _not_among(self, asked: Iterable[tuple[str, ...]]) -> list[str]:
        """Whose sum was paid and is not asked any more, at least not by that key."""
        named = set(asked)
        return [key for key in self.settled if _folded(key) not in named]

    def _left(self, debts: tuple[Debt, ...]) -> Iterator[Debt]:
        """What was not paid. Of a debt whose sum is another now nobody here knows what is owed."""
        asked: Counter[tuple[str, ...]] = Counter()
        for debt in debts:
            asked[_folded(debt.key)] += debt.total
        gone = self._not_among(asked)
        for debt in debts:
            paid = self._paid.get(_folded(debt.key))
            if paid is None:
                known = not any(debt.may_be(key) for key in gone)
                yield debt if known else replace(debt, paid_otherwise=True)
            elif 0 < paid < asked[_folded(debt.key)]:
                yield replace(debt, paid_otherwise=True)

    def _has_visit_after(self, recorded: date | None, as_of: date) -> bool:
        if self.visited is None:
            return False
        return recorded is None or not self.visited < recorded <= as_of

    def _measured(self, record: PropertyRecord) -> PropertyRecord:
        """The record as the visit left it; what was measured is no longer unread."""
        measured: dict[str, Any] = {
            "last_visit": self.visited,
            "land": self.land,
            "built": self.built,
            "floors": self.floors,
            "units": self.units,
        }
        known = {name: value for name, value in measured.items() if value is not None}
        unread = tuple(name for name in record.unread if name not in known)
        if self.unmeasured and not record.built and "built" not in unread:
            # Something stands where the records have nothing built.
            unread = (*unread, "built")
        return replace(record, **known, use=record.use or self.use, unread=unread)
