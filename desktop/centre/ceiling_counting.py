"""Whether each request without a record was answered in time after its visit, or escalated (065).

Counted from the facts alone: neither the day that the centre wrote down for it nor a case's row is
read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise

from sqlalchemy.orm import Session

from desktop.centre.board_counting import cases
from desktop.centre.context import day_of
from desktop.domain import facts as f
from desktop.domain.applying import case_of
from desktop.domain.calendar import OfficeCalendar
from desktop.domain.letter import LetterKind
from desktop.domain.state import AWAITS_CITY, ENDS
from desktop.domain.stream import Fact


class Ceiling(StrEnum):
    """What came of one visit to what has no record."""

    KEPT = "kept"
    OPEN = "not yet due"
    ESCALATED = "escalated"
    CITIZENS = "the citizen's turn"
    """It went by, but not in a night in which the municipality had it; or the request had ended."""
    MISSED = "missed"
    """The municipality had it in a night after its day, and nobody was told."""


def counted(
    session: Session, calendar: OfficeCalendar, days: int, ticked: date
) -> Counter[Ceiling]:
    """The visits for want of a record by what came of them, where so many working `days` are
    promised after one, by the calendar of now; `ticked` is the last day at whose end the centre did
    what was due."""
    return Counter(
        _came(visit, since, calendar, days, ticked)
        for facts in cases(session)
        for visit, since in _visits(facts)
    )


def _visits(facts: Sequence[Fact]) -> Iterator[tuple[Sequence[Fact], int]]:
    """The facts up to the next report, and at which place the report stands among them."""
    reports = [n for n, each in enumerate(facts) if isinstance(each.payload, f.VisitReported)]
    for at, following in pairwise([*reports, len(facts)]):
        decided = [e.payload for e in facts[:at] if isinstance(e.payload, f.Decided)]
        if decided and any(each.gate == "record" for each in decided[-1].decision.failing):
            yield facts[:following], at


def _came(
    facts: Sequence[Fact], since: int, calendar: OfficeCalendar, days: int, ticked: date
) -> Ceiling:
    report = facts[since].payload
    assert isinstance(report, f.VisitReported)
    visited = report.report.visited_on

    def past(day: date) -> bool:
        return calendar.working_days_between(visited, day) > days

    after = range(since + 1, len(facts))
    answered = next((day_of(facts[n].at) for n in after if _answers(facts[n])), None)
    if answered is not None and not past(answered):
        return Ceiling.KEPT
    if any(_escalates(facts[n]) for n in after):
        return Ceiling.ESCALATED
    if answered is None and not past(ticked):
        case = case_of(facts)
        ended = case is not None and case.state in ENDS
        return Ceiling.CITIZENS if ended else Ceiling.OPEN
    for n in range(since, len(facts)):
        begun = day_of(facts[n].at)
        until = day_of(facts[n + 1].at) if n + 1 < len(facts) else ticked + timedelta(days=1)
        case = case_of(facts[: n + 1])
        if case is None or case.state not in AWAITS_CITY or case.answer is not None:
            continue
        nights = (begun + timedelta(days=each) for each in range((until - begun).days))
        if any(past(night) for night in nights):
            return Ceiling.MISSED
    return Ceiling.CITIZENS


def _answers(fact: Fact) -> bool:
    payload = fact.payload
    return isinstance(payload, f.LetterIssued) and payload.letter.kind is not LetterKind.DEBT


def _escalates(fact: Fact) -> bool:
    """Not of a step, whose promise is another."""
    return isinstance(fact.payload, f.Escalated) and not fact.payload.step
