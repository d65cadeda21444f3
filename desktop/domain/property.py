"""A property's record as the municipality holds it, and what a look-up among the records found.

Deed, use, statuses, scopes and kinds are words as written; `record_words` says what they mean.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from desktop.domain.identifiers import Plate, RenewalCode
from desktop.domain.record_words import FileStatus

ZERO_AREA = Decimal("0.00")
FULL_DANG = Decimal(6)


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

    `settled` says that the counter took the fine since the export, `ruled` how the file stands by a
    ruling that came since.
    """

    violation: str
    area: Decimal
    status: str
    fine: int
    settled: bool = False
    ruled: FileStatus | None = None

    @property
    def key(self) -> str:
        """What names the fine among all that the property owes."""
        return f"fine:{self.violation}:{self.area}:{self.fine}"


@dataclass(frozen=True)
class Debt:
    """A year's debt of one kind in Rial, payable with its pair of ids."""

    year: int
    kind: str
    principal: int
    penalty: int
    due: date | None
    status: str
    bill_id: str
    payment_id: str

    @property
    def key(self) -> str:
        """What names the debt among all that the property owes; ids may be missing."""
        return f"debt:{self.year}:{self.kind}:{self.bill_id}:{self.payment_id}"

    @property
    def total(self) -> int:
        """Principal and penalty, Rial."""
        return self.principal + self.penalty


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
    that an export had in words nobody could read: they stand empty and are not known.
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

    @property
    def last_permit(self) -> Permit | None:
        """The permit with the latest issue date."""
        return max(self.permits, key=lambda p: p.issued or date.min, default=None)


class Match(StrEnum):
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
    match: Match
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
            named = f"رأی شمارهٔ {self.number}"
            new = Article100File(named, ZERO_AREA, self.status, self.fine, ruled=self.status)
            return (*files, new)
        return tuple(
            replace(file, fine=self.fine, ruled=self.status) if file.key == self.file else file
            for file in files
        )


@dataclass(frozen=True)
class Overlay:
    """What the counter learnt after the export: paid bills and a visit, until an export holds them.

    `settled` holds `Debt.key` and `Article100File.key` of what was paid; `holds` and `files` are
    rows that a newer export no longer has and nobody lifted yet. Areas in m². The use that a visit
    sees is no planned use: it counts only where the record names none. A ruling comes before what
    was paid: its fine is paid by the key that it has from then on.
    """

    settled: frozenset[str] = field(default_factory=frozenset)
    visited: date | None = None
    land: Decimal | None = None
    built: Decimal | None = None
    holds: tuple[Hold, ...] = ()
    files: tuple[Article100File, ...] = ()
    floors: int | None = None
    units: int | None = None
    use: str = ""
    rulings: tuple[LaidRuling, ...] = ()

    def over(self, record: PropertyRecord, as_of: date) -> PropertyRecord:
        """The record of an export of `as_of` with the overlay laid on it.

        A visit that the export dates after itself never was: one that we know of counts.
        """
        debts = tuple(d for d in record.debts if d.key not in self.settled)
        files = (*record.files, *self.files)
        for ruling in self.rulings:
            files = ruling.over(files)
        files = tuple(replace(f, settled=True) if f.key in self.settled else f for f in files)
        laid = replace(record, debts=debts, files=files, holds=(*record.holds, *self.holds))
        recorded = record.last_visit
        if self.visited is None:
            return laid
        if recorded is not None and self.visited < recorded <= as_of:
            return laid
        return self._measured(laid)

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
        return replace(record, **known, use=record.use or self.use, unread=unread)
