"""The head of every stream, signed each day: who changes what is older contradicts it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import Integer, ScalarSelect, String, Text, select
from sqlalchemy.orm import InstrumentedAttribute, Mapped, Session, mapped_column

from desktop.centre.context import Centre, day_of
from desktop.centre.metadata import Base
from desktop.centre.tables import StreamRow
from desktop.centre.transacting import transact
from desktop.sql.metadata import APPEND_ONLY
from desktop.sql.missing import make_missing
from desktop.sql.types import IsoDate, UtcInstant
from desktop.wire.payloads import attested


class DailyHeadRow(Base):
    """How far a stream had come on a day, and its chain there, under the centre's key for heads;
    for ever.

    `seq` counts a stream's heads from 1 in the order in which they were signed; 0 of those that a
    program before signed. A day that a wrong clock signed once is signed again when it comes.
    """

    __tablename__ = "daily_head"
    stream: Mapped[str] = mapped_column(String(40), primary_key=True)
    seq: Mapped[int] = mapped_column(Integer, primary_key=True, server_default="0")
    day: Mapped[date] = mapped_column(IsoDate, primary_key=True)
    pos: Mapped[int] = mapped_column(Integer)
    hash: Mapped[str] = mapped_column(String(64))
    epoch: Mapped[str] = mapped_column(String(36))
    at: Mapped[datetime] = mapped_column(UtcInstant)
    signature: Mapped[str] = mapped_column(Text)
    __table_args__ = ({"info": APPEND_ONLY},)


def sign_heads(centre: Centre) -> int:
    """Sign the heads of all streams that have facts and of which no head of today was the last to
    be signed; how many."""

    def sign(session: Session) -> int:
        at = centre.clock()
        day, own = day_of(at), centre.identity
        # Whole milliseconds: what is signed is what the table keeps.
        at = at.replace(microsecond=at.microsecond // 1000 * 1000)
        rows = [
            {
                "day": day,
                "stream": head.name,
                "seq": (head.seq or 0) + 1,
                "pos": head.pos,
                "hash": head.hash,
                "epoch": own.epoch,
                "at": at,
                "signature": centre.keys.heads.sign(
                    attested(own.centre, head.name, head.pos, head.hash, own.epoch, at)
                ),
            }
            for head in session.execute(_HEADS)
            if head.day != day
        ]
        make_missing(session, DailyHeadRow, *rows)
        return len(rows)

    return transact(centre, centre.writer, sign)


def _last(column: InstrumentedAttribute[Any]) -> ScalarSelect[Any]:
    """Of the head of a stream that was signed last."""
    own = select(column).where(DailyHeadRow.stream == StreamRow.name)
    in_order = own.order_by(DailyHeadRow.seq.desc(), DailyHeadRow.day.desc())
    return in_order.limit(1).scalar_subquery()


_HEADS = (
    select(
        StreamRow.name,
        StreamRow.pos,
        StreamRow.hash,
        _last(DailyHeadRow.seq).label("seq"),
        _last(DailyHeadRow.day).label("day"),
    )
    .where(StreamRow.pos > 0)
    .order_by(StreamRow.name)
)
