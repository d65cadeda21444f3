"""The centre's tables of the second look: what a lot is drawn by, what it took, what was found."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Index, Integer, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from desktop.centre.metadata import Base
from desktop.sql.metadata import APPEND_ONLY
from desktop.sql.types import IsoDate, UtcInstant

LOOK_WAITS = "due IS TRUE"
"""The few among many, said as the index says it: a question in other words does not find them."""


class LookSecretRow(Base):
    """One row: what nobody knows beforehand, of which each day's seed is made; hex."""

    __tablename__ = "look_secret"
    only: Mapped[int] = mapped_column(Integer, primary_key=True)
    secret: Mapped[str] = mapped_column(String(64))
    __table_args__ = ({"info": APPEND_ONLY},)


class SecondLookRow(Base):
    """An instant answer that is to be looked at again, or was.

    `why` and `drawn` as of `facts.Decided`, `stream` that of the office which received the request;
    `due` says that it waits. From `looked_at` on: who looked (staff id), and as of
    `facts.SecondLooked` whether it is right and what is wrong.
    """

    __tablename__ = "second_look"
    case_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    stream: Mapped[str] = mapped_column(String(40))
    service: Mapped[str] = mapped_column(String(40))
    version: Mapped[str] = mapped_column(String(64))
    district: Mapped[int] = mapped_column(Integer)
    received_on: Mapped[date] = mapped_column(IsoDate)
    decided_at: Mapped[datetime] = mapped_column(UtcInstant)
    why: Mapped[str] = mapped_column(String(10))
    drawn: Mapped[int] = mapped_column(Integer, server_default="0")
    due: Mapped[bool]
    looked_at: Mapped[datetime | None] = mapped_column(UtcInstant)
    looked_by: Mapped[str] = mapped_column(String(36), server_default="")
    right: Mapped[bool | None]
    part: Mapped[str] = mapped_column(String(10), server_default="")
    item: Mapped[str] = mapped_column(Text, server_default="")
    reason: Mapped[str] = mapped_column(String(20), server_default="")
    __table_args__ = (
        Index(
            "ix_second_look_due",
            "decided_at",
            "case_id",
            sqlite_where=text(LOOK_WAITS),
            postgresql_where=text(LOOK_WAITS),
        ),
        # What tells how often answers are right is read off the index.
        Index(None, "received_on", "service", "district", "stream", "drawn", "right"),
        Index(None, "looked_at", "right"),
    )
