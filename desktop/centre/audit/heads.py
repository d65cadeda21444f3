"""Heads that the centre signed, kept here and by offices: each must still be in its stream."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from desktop.centre.audit.chains import AT_ONCE
from desktop.centre.audit.known import Known
from desktop.centre.context import day_of
from desktop.centre.heads import DailyHeadRow
from desktop.centre.recovery_tables import RecoveryRow
from desktop.centre.tables import CentreRow, FactRow
from desktop.domain.discrepancy import Discrepancy, Wrong, differing
from desktop.sql.metadata import table_of
from desktop.wire.heads import SignedHead

_HEAD, _FACT = table_of(DailyHeadRow), table_of(FactRow)


def own(session: Session, known: Known) -> Iterator[Discrepancy]:
    """The daily heads that are kept here, in the order in which they were signed."""
    # Those that a program before signed are not counted: of them a stream's places are the order.
    order = (_HEAD.c.stream, _HEAD.c.seq, _HEAD.c.pos, _HEAD.c.day)
    last: dict[str, Any] = {}
    went_back: dict[datetime, datetime] = {}
    there = and_(_FACT.c.stream == _HEAD.c.stream, _FACT.c.pos == _HEAD.c.pos)
    asked = select(_HEAD, _FACT.c.hash.label("there")).join(_FACT, there, isouter=True)
    for row in session.execute(asked.order_by(*order).execution_options(yield_per=AT_ONCE)):
        head = SignedHead(row.stream, row.pos, row.hash, row.epoch, row.at, row.signature)
        yield from _beside(head, row.there, known)
        where = f"{head.stream} {head.pos} of {row.day:%Y-%m-%d}"
        if day_of(head.at) != row.day:
            yield Discrepancy(Wrong.SIGNED_HEAD, where, f"it was signed at {head.at}")
        before = last.get(row.stream)
        if before is not None and head.pos < before.pos:
            yield Discrepancy(Wrong.SIGNED_HEAD, where, f"the stream had come to {before.pos}")
        if row.seq > (before.seq if before is not None else 0) + 1:
            yield Discrepancy(Wrong.SIGNED_HEAD, where, "the one that was signed before it is gone")
        if before is not None and row.at < before.at:
            # One signing is of many streams.
            went_back[before.at] = row.at
        last[row.stream] = row
    yield from _unsigned(session, last)
    for ahead, back in sorted(went_back.items()):
        yield Discrepancy(Wrong.CLOCK, f"{ahead}", f"heads that were signed after it are of {back}")


def _unsigned(session: Session, last: Mapping[str, Any]) -> Iterator[Discrepancy]:
    """Streams that grew before the last signing and have no head of it; `last` are the newest heads
    of each."""
    if not last:
        return
    day = max(row.day for row in last.values())
    signed = {stream: row for stream, row in last.items() if row.day == day}
    signing = max(row.at for row in signed.values())
    begun = select(FactRow.stream).where(FactRow.pos == 1, FactRow.at <= signing)
    for stream in sorted(set(session.scalars(begun)) - signed.keys()):
        yield Discrepancy(Wrong.SIGNED_HEAD, stream, f"it has no head of {day:%Y-%m-%d}")


def given(session: Session, known: Known) -> Iterator[Discrepancy]:
    """Those that others kept."""
    for head in known.heads:
        at = (FactRow.stream == head.stream, FactRow.pos == head.pos)
        yield from _beside(head, session.scalar(select(FactRow.hash).where(*at)), known)


def _beside(head: SignedHead, there: str | None, known: Known) -> Iterator[Discrepancy]:
    """The head, beside the chain of its stream `there`; None where that does not reach so far."""
    where = f"{head.stream} {head.pos} of {head.at:%Y-%m-%d}"
    if not head.is_signed(known.heads_key, known.centre):
        yield Discrepancy(Wrong.SIGNED_HEAD, where, "this centre's key did not sign it")
    elif there is None:
        former = "" if head.epoch == known.epoch else ", in a former epoch"
        yield Discrepancy(Wrong.SIGNED_HEAD, where, f"the stream does not reach so far{former}")
    elif there != head.hash:
        yield Discrepancy(Wrong.SIGNED_HEAD, where, "the stream was another when it was signed")


def life(session: Session, known: Known) -> Iterator[Discrepancy]:
    """Who the centre says that it is, beside what it signed and how it was restored."""
    row = session.scalars(select(CentreRow)).one()
    if row.key_id not in known.letter_keys:
        yield Discrepancy(Wrong.EPOCH, row.key_id, "no key of that id was ever published")
    lives = {row.epoch}
    newest = select(RecoveryRow).order_by(RecoveryRow.restored_at.desc()).limit(1)
    restored = session.scalar(newest)
    if restored is not None:
        lives.update(restored.lives.split())
        if row.epoch != restored.epoch:
            told = differing(row.epoch, restored.epoch)
            yield Discrepancy(Wrong.EPOCH, row.epoch, told)
    for epoch in sorted(set(session.scalars(select(_HEAD.c.epoch).distinct())) - lives):
        yield Discrepancy(Wrong.EPOCH, epoch, "heads were signed in a life that is none of its own")
