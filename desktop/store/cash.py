"""The till of this desk's store: which cases took money on a day, and how days were closed."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from desktop.domain import commands as c
from desktop.domain import facts as f
from desktop.store.tables import DayCloseRow, FactRow, OutboxRow

_FACTS = (f.FeePaid.kind, f.AmountPaid.kind, f.FeeRefunded.kind)
_COMMANDS = (c.PayFee.kind, c.PayDue.kind, c.RefundFee.kind)


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
    """Ids of cases with money of that time, UTC: told by facts, or waiting in the outbox."""
    told = select(FactRow.case_id).where(
        FactRow.kind.in_(_FACTS), FactRow.at >= since, FactRow.at < before
    )
    waiting = select(OutboxRow.case_id).where(
        OutboxRow.kind.in_(_COMMANDS), OutboxRow.made_at >= since, OutboxRow.made_at < before
    )
    return sorted({*session.scalars(told), *session.scalars(waiting)})


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
