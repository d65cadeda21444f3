"""A property and a question about it, with defaults for what a test does not ask."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from desktop.domain.city import City
from desktop.domain.gates import Finding, Question, evaluate
from desktop.domain.identifiers import RenewalCode
from desktop.domain.people import Applicant
from desktop.domain.property import Found, LookUp, Owner, PropertyRecord
from desktop.domain.service import GateUse
from tests.spelled import WORDS

TODAY = date(2026, 11, 24)
OWNER = "9990001014"
OTHER = "9990002029"
BUILDING = RenewalCode(2, 14, 308, 27, 1)
DAY = timedelta(days=1)
A_PROPERTY = PropertyRecord(
    code=BUILDING,
    deed="تک‌برگ",
    land=Decimal("240.50"),
    built=Decimal("186.00"),
    use="مسکونی",
    zone="R1",
    owners=(Owner("فاطمه", "دهقان", OWNER, Decimal(6)),),
)


def _worded(city: City) -> City:
    """The city with the shipped lists of words, unless it has its own."""
    return city if city.words.lists else replace(city, words=WORDS)


def found_in(
    record: PropertyRecord,
    *,
    as_of: date = TODAY,
    building: PropertyRecord | None = None,
    land: PropertyRecord | None = None,
) -> Found:
    """The record found, with what stands above it."""
    return Found(as_of, LookUp.FOUND, record, building, land)


def ask(
    found: Found | PropertyRecord,
    *,
    applicant: Applicant = Applicant.OWNER,
    owner_id: str = OWNER,
    day: date = TODAY,
    city: City | None = None,
    unchanged: bool | None = True,
    answers: Mapping[str, str] | None = None,
    consenting: tuple[str, ...] = (),
    letter_used: bool = False,
    visited: bool = False,
    code: RenewalCode | None = BUILDING,
    settled: Mapping[str, int] | None = None,
) -> Question:
    """The question; a bare record is found as of the day."""
    return Question(
        applicant=applicant,
        owner_id=owner_id,
        found=found_in(found, as_of=day) if isinstance(found, PropertyRecord) else found,
        day=day,
        city=_worded(city or City()),
        code=code,
        unchanged=unchanged,
        answers=answers or {},
        consenting=consenting,
        settled=settled or {},
        letter_used=letter_used,
        visited=visited,
    )


def a_property(**changes: object) -> PropertyRecord:
    """`A_PROPERTY` with changes."""
    return replace(A_PROPERTY, **changes)  # type: ignore[arg-type]


def finding(q: Question, gate: str, **use: object) -> Finding:
    """What the gate finds; it must be asked."""
    found = evaluate(q, GateUse(gate, **use))  # type: ignore[arg-type]
    assert found is not None
    return found


def effect(q: Question, gate: str, **use: object) -> str:
    """The effect with which the gate fails: empty when it passes, «-» when it is not asked."""
    found = evaluate(q, GateUse(gate, **use))  # type: ignore[arg-type]
    return "-" if found is None else str(found.effect or "")
