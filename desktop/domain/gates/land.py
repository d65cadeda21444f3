"""Gates on the land: deed, waqf, garden, plans, the historic fabric, holds, the least parcel."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from desktop.domain.calendar import iso_jalali
from desktop.domain.gates.question import Finding, Question, Value
from desktop.domain.money import read_area
from desktop.domain.property import Deed, Hold, HoldScope
from desktop.domain.service import Effect, GateUse

_GARDENS = ("باغ", "زراعی", "باغ/زراعی", "کشاورزی")
_SCOPES = {"all": HoldScope.ALL, "transfer": HoldScope.TRANSFER, "build": HoldScope.BUILD}


def deed(q: Question, use: GateUse) -> Finding:
    """Fails for a private contract or no deed; told apart from a record that doesn't say."""
    kind = q.record.deed
    if not kind:
        return Finding("deed", "unknown", use.effect or Effect.REVIEW)
    if kind in (Deed.PRIVATE, Deed.NONE):
        return Finding("deed", "informal", use.effect or Effect.REVIEW, {"deed": kind})
    return Finding("deed", "formal", values={"deed": kind})


def waqf(q: Question, use: GateUse) -> Finding:
    """Fails for waqf land."""
    if q.record.deed == Deed.WAQF:
        return Finding("waqf", "waqf", use.effect or Effect.REVIEW)
    return Finding("waqf", "none")


def garden(q: Question, use: GateUse) -> Finding:
    """Fails for garden or farm land."""
    values: dict[str, Value] = {"use": q.record.use}
    if q.record.use in _GARDENS:
        return Finding("garden", "garden", use.effect or Effect.REVIEW, values)
    return Finding("garden", "none", values=values)


def plan_conflict(q: Question, use: GateUse) -> Finding:
    """Fails when part of the land is to be widened street, or it lies on a public plan."""
    if q.record.widening > 0:
        values: dict[str, Value] = {
            "area": f"{q.record.widening:.2f}",
            "plan": int(q.record.on_plan),
        }
        return Finding("plan-conflict", "widening", use.effect or Effect.NOTE, values)
    if q.record.on_plan:
        return Finding("plan-conflict", "plan", use.effect or Effect.NOTE)
    return Finding("plan-conflict", "none")


def historic_fabric(q: Question, use: GateUse) -> Finding:
    """Fails inside the historic fabric: heritage must be asked."""
    if q.record.historic:
        return Finding("historic-fabric", "inside", use.effect or Effect.REVIEW)
    return Finding("historic-fabric", "outside")


def hold(q: Question, use: GateUse) -> Finding:
    """Fails when a hold whose scope fits is active on the day; of several the strictest counts."""
    active = [h for h in q.record.holds if _fits(h, use.scopes) and _active(h, q.day)]
    if not active:
        ended = [h.ends for h in q.record.holds if h.ends is not None and h.ends < q.day]
        margin = min(((q.day - end).days for end in ended), default=None)
        return Finding("hold", "none", margin=margin)
    strictest = max(active, key=lambda h: (_own_effect(h).strictness, h.placed or date.min))
    values: dict[str, Value] = {
        "authority": strictest.authority,
        "number": strictest.number,
        "date": iso_jalali(strictest.placed) if strictest.placed else "",
        "scope": strictest.scope,
        "count": len(active),
    }
    own = _own_effect(strictest)
    code = "known" if own is Effect.REFUSE else "unknown"
    return Finding("hold", code, use.effect or own, values)


def _active(h: Hold, day: date) -> bool:
    return h.ends is None or h.ends >= day


def _fits(h: Hold, scopes: tuple[str, ...]) -> bool:
    # A scope that nobody knows is taken as one that fits: a person looks, nothing slips through.
    known = h.scope in tuple(HoldScope)
    return not known or "any" in scopes or h.scope in {_SCOPES[scope] for scope in scopes}


def _own_effect(h: Hold) -> Effect:
    told = h.authority and h.number and h.placed is not None and h.scope in tuple(HoldScope)
    return Effect.REFUSE if told else Effect.REVIEW


def minimum_parcel(q: Question, use: GateUse) -> Finding | None:
    """Land split only: fails when the smallest part is below the zone's minimum."""
    smallest = q.answers.get("smallest_part", "")
    least = q.city.parcels.get("historic" if q.record.historic else q.record.zone)
    if q.answers.get("split") != "land" or not smallest or least is None:
        return None
    area = read_area(smallest)
    values: dict[str, Value] = {"area": f"{area:.2f}", "least": least, "zone": q.record.zone}
    if area < Decimal(least):
        return Finding("minimum-parcel", "small", use.effect or Effect.REVIEW, values)
    return Finding("minimum-parcel", "enough", values=values)
