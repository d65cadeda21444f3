"""What of a property's record a form can show filled in, by the path a service file writes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from desktop.domain.property import ZERO_AREA, PropertyRecord

Read = Callable[[PropertyRecord], str]


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
RECORD_PATHS: Mapping[str, Read] = {
    "address": lambda r: r.address,
    "neighbourhood": lambda r: r.neighbourhood,
    "district": lambda r: r.district,
    "postal_code": lambda r: r.postal_code,
    "deed": lambda r: r.deed,
    "use": lambda r: r.use,
    "zone": lambda r: r.zone,
    "land": lambda r: f"{r.land:.2f}" if r.land > ZERO_AREA else "",
    "land_by_deed": lambda r: f"{r.land_by_deed:.2f}" if r.land_by_deed > ZERO_AREA else "",
    "built": lambda r: f"{r.built:.2f}",
    "floors": lambda r: _count(r.floors),
    "units": lambda r: _count(r.units),
    "last_visit": lambda r: _day(r.last_visit),
    "last_permit.number": lambda r: _permit(r, "number"),
    "last_permit.issued": lambda r: _permit(r, "issued"),
    "last_permit.expires": lambda r: _permit(r, "expires"),
    "last_certificate.kind": lambda r: _certificate(r, "kind"),
    "last_certificate.number": lambda r: _certificate(r, "number"),
    "last_certificate.issued": lambda r: _certificate(r, "issued"),
}
