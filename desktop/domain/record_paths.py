"""What of a property's record a form can show and a rule rest on, by the path a file writes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from desktop.domain.formula import PartKind
from desktop.domain.property import ZERO_AREA, PropertyRecord


@dataclass(frozen=True)
class RecordPath:
    """How a value is read from a record as text, and what it is to a formula."""

    read: Callable[[PropertyRecord], str]
    kind: PartKind = PartKind.TEXT


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _count(number: int) -> str:
    return str(number) if number else ""


def _permit(record: PropertyRecord, part: str) -> str:
    last = record.last_permit
    if last is None:
        return ""
    return {"number": last.number, "issued": _day(last.issued), "expires": _day(last.expires)}[part]


def _certificate(record: PropertyRecord, part: str) -> str:
    last = max(record.certificates, key=lambda c: c.issued or date.min, default=None)
    if last is None:
        return ""
    return {"kind": last.kind, "number": last.number, "issued": _day(last.issued)}[part]


# Areas as decimal text with two places in m², days ISO; what the record lacks is empty.
# Owners are left out on purpose: they are never sent to a desk.
_P = RecordPath
RECORD_PATHS: Mapping[str, RecordPath] = {
    "address": _P(lambda r: r.address),
    "neighbourhood": _P(lambda r: r.neighbourhood),
    "district": _P(lambda r: r.district),
    "postal_code": _P(lambda r: r.postal_code),
    "deed": _P(lambda r: r.deed),
    "use": _P(lambda r: r.use),
    "zone": _P(lambda r: r.zone),
    "land": _P(lambda r: f"{r.land:.2f}" if r.land > ZERO_AREA else "", PartKind.NUMBER),
    "land_by_deed": _P(
        lambda r: f"{r.land_by_deed:.2f}" if r.land_by_deed > ZERO_AREA else "", PartKind.NUMBER
    ),
    "built": _P(lambda r: f"{r.built:.2f}", PartKind.NUMBER),
    # On a flat's row the records count its building's: those are not its own.
    "floors": _P(lambda r: "" if r.code.is_unit else _count(r.floors), PartKind.NUMBER),
    "units": _P(lambda r: "" if r.code.is_unit else _count(r.units), PartKind.NUMBER),
    "unit": _P(lambda r: _count(r.code.unit), PartKind.NUMBER),
    "last_visit": _P(lambda r: _day(r.last_visit), PartKind.DAY),
    "last_permit.number": _P(lambda r: _permit(r, "number")),
    "last_permit.issued": _P(lambda r: _permit(r, "issued"), PartKind.DAY),
    "last_permit.expires": _P(lambda r: _permit(r, "expires"), PartKind.DAY),
    "last_certificate.kind": _P(lambda r: _certificate(r, "kind")),
    "last_certificate.number": _P(lambda r: _certificate(r, "number")),
    "last_certificate.issued": _P(lambda r: _certificate(r, "issued"), PartKind.DAY),
}
