"""The till of this desk's store: which cases took money on a day, and how days were closed."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import insert, select, text
from sqlalchemy.orm import Session

from desktop.domain.cash import BOOKED
from desktop.store.tables import TAKEN_EARLIER, WAITING, CaseRow, DayCloseRow, FactRow, OutboxRow

_FACTS = tuple(sorted(fact.kind for fact in BOOKED))


@dataclass(frozen=True)
class Closed:
    """A day closed against one tool: what it counted and what the book had, Rial."""

    day: date
    tool: str
    counted: int
    booked: int
    note: str
    closed_by: str
    closed_at: datetime


def cases_between(session: Session, since: datetime, before: datetime) -> list[str]:
    """Ids of cases with money of that time, UTC, told by facts, also by such as came on a later
    day; and of those with acts of it that wait for the centre, whatever they are."""
    told = select(FactRow.case_id).where(
        FactRow.kind.in_(_FACTS), FactRow.at >= since, FactRow.at < before
    )
    later = select(FactRow.case_id).where(text(TAKEN_EARLIER), FactRow.at >= since)
    # Asked of the few cases that wait: the outbox keeps all that was ever done.
    waiting = (
        select(CaseRow.case_id)
        .join(OutboxRow, OutboxRow.case_id == CaseRow.case_id)
        .where(text(WAITING), OutboxRow.made_at >= since, OutboxRow.made_at < before)
    )
    found = (told, later, waiting)
    return sorted({case_id for query in found for case_id in session.scalars(query)})


def keep_close(session: Session, closed: Collection[Closed]) -> None:
    """Keep how a day was closed."""
    for one in closed:
        session.execute(insert(DayCloseRow).values(**vars(one)))


def closes(session: Session, day: date) -> list[Closed]:
    """How the day was closed, in order; a day may be closed again for what came after."""
    rows = session.scalars(
        select(DayCloseRow).where(DayCloseRow.day == day).order_by(DayCloseRow.id)
    )
    return [
        Closed(r.day, r.tool, r.counted, r.booked, r.note, r.closed_by, r.closed_at) for r in rows
    ]
