"""The head of each stream as the centre signed it for this desk, the first of each day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.orm import Mapped, Session, mapped_column

from desktop.domain.calendar import TEHRAN
from desktop.sql.metadata import APPEND_ONLY, table_of
from desktop.store.facts import Cursor
from desktop.store.tables import Base
from desktop.wire.heads import SignedHead


class KeptHeadRow(Base):
    """Where a stream stood and its chain there, on a day, under the centre's signature."""

    __tablename__ = "kept_head"
    __table_args__ = ({"info": APPEND_ONLY},)

    stream: Mapped[str] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    pos: Mapped[int]
    hash: Mapped[str]
    epoch: Mapped[str]
    # As it was signed, to its last digit.
    at: Mapped[str]
    signature: Mapped[str]


_KEEP = upsert(table_of(KeptHeadRow)).on_conflict_do_nothing()


def keep(session: Session, head: SignedHead, before: Cursor) -> None:
    """Keep it, if it is the day's first of its stream; `before` is where that was."""
    day = _day(head)
    if before.signed is not None and _day(before.signed) == day:
        return
    told = {
        "stream": head.stream,
        "day": day,
        "pos": head.pos,
        "hash": head.hash,
        "epoch": head.epoch,
        "at": head.at.isoformat(),
        "signature": head.signature,
    }
    session.execute(_KEEP, told)


def _day(head: SignedHead) -> date:
    return head.at.astimezone(TEHRAN).date()


def kept(session: Session) -> Iterator[SignedHead]:
    """All of them, the oldest first."""
    for row in session.scalars(select(KeptHeadRow).order_by(KeptHeadRow.day)):
        at = datetime.fromisoformat(row.at)
        yield SignedHead(row.stream, row.pos, row.hash, row.epoch, at, row.signature)
