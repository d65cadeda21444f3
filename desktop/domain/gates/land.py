"""Gates on the land: deed, waqf, garden, plans, the historic fabric, holds, the least parcel."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from desktop.domain.calendar import iso_jalali
from desktop.domain.gates.question import Finding, Question, Value
from desktop.domain.money import read_area
from desktop.domain.property import Hold, PropertyRecord
from desktop.domain.record_words import Deed, Use
from desktop.domain.service import Effect, GateUse


def deed(q: Question, use: GateUse) -> Finding:
    """Fails for a private contract, no deed, or a word that the list of deeds does not know.

    A record that doesn't say is told apart.
    """
    word = q.record.deed
    values: dict[str, Value] = {"deed": word}
    kind = q.words.deed(word)
    if kind is None:
        return Finding("deed", "unlisted", use.effect or Effect.REVIEW, values)
    if not word:
        return Finding("deed", "unknown", use.effect or Effect.REVIEW)
    if kind in (Deed.PRIVATE, Deed.NONE):
        return Finding("deed", "informal", use.effect or Effect.REVIEW, values)
    return Finding("deed", "formal", values=values)


def waqf(q: Question, use: GateUse) -> Finding:
    """Fails for waqf land; an unknown word of a deed too, where no other gate looks at it."""
    kind = q.words.deed(q.record.deed)
    values: dict[str, Value] = {"deed": q.record.deed}
    if kind is Deed.WAQF:
        return Finding("waqf", "waqf", use.effect or Effect.REVIEW, values)
    if kind is None and "deed" not in q.gates:
        return Finding("waqf", "unlisted", use.effect or Effect.REVIEW, values)
    return Finding("waqf", "none")


def garden(q: Question, use: GateUse) -> Finding:
    """Fails for garden or farm land, and for a use that the list does not know or nobody wrote."""
    word = q.record.use
    values: dict[str, Value] = {"use": word}
    if not word:
        return Finding("garden", "unknown", use.effect or Effect.REVIEW)
    kind = q.words.use(word)
    if kind is None:
        return Finding("garden", "unlisted", use.effect or Effect.REVIEW, values)
    if kind is Use.GARDEN:
        return Finding("garden", "garden", use.effect or Effect.REVIEW, values)
    return Finding("garden", "none", values=values)


def plan_conflict(q: Question, use: GateUse) -> Finding:
    """Fails when part of the land is to be widened street, or it lies on a public plan."""
    return plan_conflict_of(q.record, use.effect or Effect.NOTE)


def plan_conflict_of(record: PropertyRecord, effect: Effect) -> Finding:
    """The same of a record alone, for a letter that tells what a person cleared."""
    if record.widening > 0:
        values: dict[str, Value] = {
            "area": f"{record.widening:.2f}",
            "plan": int(record.on_plan),
        }
        return Finding("plan-conflict", "widening", effect, values)
    if {"widening", "on_plan"} & set(record.unread):
        return Finding("plan-conflict", "unread", effect)
    if record.on_plan:
        return Finding("plan-conflict", "plan", effect)
    return Finding("plan-conflict", "none")


def historic_fabric(q: Question, use: GateUse) -> Finding:
    """Fails inside the historic fabric: heritage must be asked."""
    if q.record.historic:
        return Finding("historic-fabric", "inside", use.effect or Effect.REVIEW)
    if "historic" in q.record.unread:
        return Finding("historic-fabric", "unread", use.effect or Effect.REVIEW)
    return Finding("historic-fabric", "outside")


def hold(q: Question, use: GateUse) -> Finding:
    """Fails when a hold whose scope fits is active on the day; of several the strictest counts."""
    active = [h for h in q.record.holds if _fits(q, h, use.scopes) and _active(h, q.day)]
    if not active:
        ended = [h.ends for h in q.record.holds if h.ends is not None and h.ends < q.day]
        margin = min(((q.day - end).days for end in ended), default=None)
        return Finding("hold", "none", margin=margin)
    strictest = max(active, key=lambda h: (_own_effect(q, h).strictness, h.placed or date.min))
    values: dict[str, Value] = {
        "authority": strictest.authority,
        "number": strictest.number,
        "date": iso_jalali(strictest.placed) if strictest.placed else "",
        "scope": strictest.scope,
        "count": len(active),
    }
    own = _own_effect(q, strictest)
    if strictest.scope and q.words.scope(strictest.scope) is None:
        return Finding("hold", "unlisted", use.effect or own, values)
    code = "known" if own is Effect.REFUSE else "unknown"
    return Finding("hold", code, use.effect or own, values)


def _active(h: Hold, day: date) -> bool:
    return h.ends is None or h.ends >= day


def _fits(q: Question, h: Hold, scopes: tuple[str, ...]) -> bool:
    # A scope that nobody knows is taken as one that fits: a person looks, nothing slips through.
    scope = q.words.scope(h.scope)
    return scope is None or "any" in scopes or scope in scopes


def _own_effect(q: Question, h: Hold) -> Effect:
    scope = q.words.scope(h.scope)
    told = h.authority and h.number and h.placed is not None and scope is not None
    return Effect.REFUSE if told else Effect.REVIEW


def minimum_parcel(q: Question, use: GateUse) -> Finding | None:
    """Land split only: fails when the smallest part is below the zone's minimum.

    Of land that only a visit saw nobody knows the zone: a person looks.
    """
    smallest = q.answers.get("smallest_part", "")
    if q.answers.get("split") != "land" or not smallest:
        return None
    area = read_area(smallest)
    if q.found.by_visit:
        values: dict[str, Value] = {"area": f"{area:.2f}"}
        return Finding("minimum-parcel", "unknown", use.effect or Effect.REVIEW, values)
    least = q.city.parcels.get("historic" if q.record.historic else q.record.zone)
    if least is None:
        return None
    values = {"area": f"{area:.2f}", "least": least, "zone": q.record.zone}
    if area < Decimal(least):
        return Finding("minimum-parcel", "small", use.effect or Effect.REVIEW, values)
    return Finding("minimum-parcel", "enough", values=values)
