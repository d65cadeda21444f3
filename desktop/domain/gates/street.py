"""Gates on digging: blackouts, and digs that need an expert."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from desktop.domain.calendar import iso_jalali
from desktop.domain.gates.question import Finding, Question, Value
from desktop.domain.money import read_area
from desktop.domain.service import Effect, GateUse

_YOUNGEST_ASPHALT = 5
_LIMITS = {"length": Decimal(20), "width": Decimal(1), "depth": Decimal(2)}


def blackout(q: Question, use: GateUse) -> Finding:
    """Fails when a day of the asked period lies in a blackout; names the first free day.

    Of a year whose blackouts nobody has said a person decides; an emergency waits for nobody.
    """
    days = (q.answers.get("dig_from", ""), q.answers.get("dig_to", ""))
    if not all(days):
        return Finding("blackout", "unknown", Effect.REVIEW)
    first, last = (date.fromisoformat(day) for day in days)
    calendar = q.city.calendar
    touched = calendar.blackout_on(first, last)
    if touched is None and calendar.tells_digging(first, last):
        return Finding("blackout", "free")
    if touched is None:
        told = {"first": iso_jalali(first), "last": iso_jalali(last)}
        asks = Effect.NOTE if use.effect is Effect.NOTE else Effect.REVIEW
        return Finding("blackout", "untold", asks, told)
    values: dict[str, Value] = {
        "title": touched.title,
        "first": iso_jalali(touched.first),
        "last": iso_jalali(touched.last),
    }
    free, effect = calendar.first_free_day(touched.first), use.effect or Effect.REFUSE
    if not calendar.tells_digging(free, free):
        return Finding("blackout", "closed", effect, values)
    return Finding("blackout", "inside", effect, {**values, "free": iso_jalali(free)})


def street(q: Question, use: GateUse) -> Finding:
    """Fails for a main street, young asphalt, a large dig, or no letter of the utility."""
    causes = []
    if q.answers.get("main_street") == "yes":
        causes.append("معبر اصلی")
    age = q.answers.get("asphalt_age", "")
    if q.answers.get("pavement") == "asphalt" and (not age or int(age) < _YOUNGEST_ASPHALT):
        causes.append("آسفالت کمتر از ۵ سال")
    for key, limit in _LIMITS.items():
        size = q.answers.get(key, "")
        if not size or read_area(size) > limit:
            causes.append({"length": "طول", "width": "عرض", "depth": "عمق"}[key])
    if not q.answers.get("utility_letter"):
        causes.append("بدون نامهٔ شرکت خدمات‌رسان")
    if causes:
        return Finding(
            "street", "major", use.effect or Effect.REVIEW, {"causes": "، ".join(causes)}
        )
    return Finding("street", "minor")
