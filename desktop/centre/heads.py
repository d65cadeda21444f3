"""The head of every stream, signed each day: who changes what is older contradicts it."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Integer, String, Text, select
from sqlalchemy.orm import Mapped, Session, mapped_column

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
    for ever."""

    __tablename__ = "daily_head"
    day: Mapped[date] = mapped_column(IsoDate, primary_key=True)
    stream: Mapped[str] = mapped_column(String(40), primary_key=True)
    pos: Mapped[int] = mapped_column(Integer)
    hash: Mapped[str] = mapped_column(String(64))
    epoch: Mapped[str] = mapped_column(String(36))
    at: Mapped[datetime] = mapped_column(UtcInstant)
    signature: Mapped[str] = mapped_column(Text)
    __table_args__ = ({"info": APPEND_ONLY},)


def sign_heads(centre: Centre) -> int:
    """Sign the heads of all streams that have facts, once a day; how many."""

    def sign(session: Session) -> int:
        at = centre.clock()
        day, own = day_of(at), centre.identity
        # Whole milliseconds: what is signed is what the table keeps.
        at = at.replace(microsecond=at.microsecond // 1000 * 1000)
        of_day = select(DailyHeadRow.stream).where(DailyHeadRow.day == day)
        heads = session.execute(
            select(StreamRow.name, StreamRow.pos, StreamRow.hash)
            .where(StreamRow.pos > 0, StreamRow.name.not_in(of_day))
            .order_by(StreamRow.name)
        )
        rows = [
            {
                "day": day,
                "stream": name,
                "pos": pos,
                "hash": chain,
                "epoch": own.epoch,
                "at": at,
                "signature": centre.keys.heads.sign(
                    attested(own.centre, name, pos, chain, own.epoch, at)
                ),
            }
            for name, pos, chain in heads
        ]
        make_missing(session, DailyHeadRow, *rows)
        return len(rows)

    return transact(centre, centre.writer, sign)
