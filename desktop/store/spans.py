"""Which cases of the office's stream a span of it touches, and how its chain stood."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.domain import facts as f
from desktop.domain.commands import Command
from desktop.domain.elsewhere import CopyPrinted, TellCopy
from desktop.domain.stamped_sheets import DropSheets, SheetsDropped, SheetsTaken, TakeSheets
from desktop.domain.stream import Payload
from desktop.store import meta
from desktop.store.tables import FactRow, OutboxRow
from desktop.wire.canon import GENESIS
from desktop.wire.codec import decode_command, decode_fact


def place_at(session: Session, before: datetime) -> int:
    """The last place of the home stream that was told before the moment (UTC); 0 for none."""
    home = meta.get(session).identity.home
    query = select(func.max(FactRow.pos)).where(FactRow.stream == home, FactRow.at < before)
    return session.scalar(query) or 0


def chain_at(session: Session, pos: int) -> str:
    """The chain's value of the home stream at a place that was read here."""
    if pos == 0:
        return GENESIS
    home = meta.get(session).identity.home
    query = select(FactRow.hash).where(FactRow.stream == home, FactRow.pos == pos)
    return session.scalars(query).one()


def touched(session: Session, after: int, pos: int) -> list[str]:
    """The cases with facts in that span of the home stream, and those with unsettled acts of this
    desk."""
    home = meta.get(session).identity.home
    told = select(FactRow.case_id).where(
        FactRow.stream == home, FactRow.pos > after, FactRow.pos <= pos, FactRow.rev > 0
    )
    waiting = select(OutboxRow.case_id).where(OutboxRow.device_seq > meta.get(session).acked_to)
    return sorted({*session.scalars(told.distinct()), *session.scalars(waiting)})


def moments_of_work(session: Session, after: int) -> list[datetime]:
    """When people worked at the counter after a place of the home stream (UTC), as facts and the
    acts that wait tell: of ten minutes one moment."""
    home = meta.get(session).identity.home
    told = select(func.min(FactRow.at)).where(
        FactRow.stream == home, FactRow.pos > after, FactRow.kind.in_(_WORK)
    )
    # «2026-11-24T16:0»
    by_time = told.group_by(func.substr(FactRow.at, 1, 15))
    acked = meta.get(session).acked_to
    waiting = select(func.min(OutboxRow.made_at)).where(OutboxRow.device_seq > acked)
    return [at for at in (*session.scalars(by_time), *session.scalars(waiting)) if at is not None]


def sheets_told(session: Session, after: int, pos: int) -> list[tuple[str, Payload]]:
    """What came and went of the office's numbered sheets in that span of the home stream, and which
    copies of other offices' letters were printed, each by the act that caused it."""
    home = meta.get(session).identity.home
    told = select(FactRow.cause, FactRow.canon).where(
        FactRow.stream == home,
        FactRow.pos > after,
        FactRow.pos <= pos,
        FactRow.kind.in_((SheetsTaken.kind, SheetsDropped.kind, CopyPrinted.kind)),
    )
    return [(cause, decode_fact(canon).payload) for cause, canon in session.execute(told)]


def sheets_waiting(session: Session, until: datetime) -> list[Command]:
    """This desk's own acts of these kinds up to the moment (UTC) that the centre does not have."""
    waiting = select(OutboxRow.canon).where(
        OutboxRow.device_seq > meta.get(session).acked_to,
        OutboxRow.kind.in_((TakeSheets.kind, DropSheets.kind, TellCopy.kind)),
        OutboxRow.made_at < until,
    )
    texts = session.scalars(waiting.order_by(OutboxRow.device_seq))
    return [decode_command(canon) for canon in texts]


# What the counter does; what the centre does by itself at night is no day's work.
_WORK = tuple(
    fact.kind
    for fact in (
        f.Registered,
        f.FeePaid,
        f.AmountPaid,
        f.FeeRefunded,
        f.LetterReleased,
        f.LetterPrinted,
        f.HandedOver,
        CopyPrinted,
    )
)
