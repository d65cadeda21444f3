"""Gates on the record itself: is it the city's, there, one, sound and fresh."""

from __future__ import annotations

from desktop.domain.calendar import iso_jalali
from desktop.domain.gates.question import Finding, Question, Value
from desktop.domain.property import LookUp
from desktop.domain.service import Effect, GateUse


def outside_city(q: Question, use: GateUse) -> Finding:
    """Fails when the code's district is not the city's; by the code, whatever the plate."""
    if q.code is None or q.code.district in q.city.districts:
        return Finding("outside-city", "inside")
    values: dict[str, Value] = {
        "district": q.code.district,
        "where": q.city.where.get(q.code.district, ""),
    }
    return Finding("outside-city", "outside", use.effect or Effect.REFUSE, values)


def record(q: Question, use: GateUse) -> Finding:
    """Fails when no property matches."""
    if q.found.match is LookUp.NONE:
        return Finding("record", "none", use.effect or Effect.VISIT)
    return Finding("record", "found", values={"code": str(q.code or "")})


def ambiguous_record(q: Question, use: GateUse) -> Finding | None:
    """Fails when code and plate, or the plate alone, point at several properties.

    Of a property that was not found nothing can be said.
    """
    if q.found.match is LookUp.NONE:
        return None
    if q.found.match is LookUp.AMBIGUOUS:
        effect, record = use.effect or Effect.REVIEW, q.found.record
        if record is None:
            return Finding("ambiguous-record", "shared", effect)
        if record.plate is None or q.owner_id not in {o.person_id for o in record.owners}:
            return Finding("ambiguous-record", "several", effect)
        # Only an owner is told what the records hold of the property.
        return Finding("ambiguous-record", "another", effect, {"held": record.plate.words})
    return Finding("ambiguous-record", "one")


def doubted_record(q: Question, use: GateUse) -> Finding:
    """Fails when a row of this property was refused at import, or a cell could not be read."""
    if q.record.doubted:
        effect = use.effect or Effect.REVIEW
        if q.record.unread:
            values: dict[str, Value] = {"columns": " ".join(q.record.unread)}
            return Finding("doubted-record", "unread", effect, values)
        return Finding("doubted-record", "doubted", effect)
    return Finding("doubted-record", "sound")


def record_age(q: Question, use: GateUse) -> Finding:
    """Fails when the records are older than the municipality allows, or are not of the past."""
    age = (q.day - q.found.as_of).days
    margin = q.city.record_age_days - age
    values: dict[str, Value] = {"days": age, "limit": q.city.record_age_days}
    effect = use.effect or Effect.REVIEW
    if age < 0:
        values = {"date": iso_jalali(q.found.as_of)}
        return Finding("record-age", "future", effect, values)
    if margin < 0:
        return Finding("record-age", "old", effect, values)
    return Finding("record-age", "fresh", values=values, margin=margin)
