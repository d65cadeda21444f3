"""The tables of who looked at which case or record: lines in chains, and what was asked."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, Integer, String, Text, false, text
from sqlalchemy.orm import Mapped, mapped_column

from desktop.centre.metadata import Base
from desktop.sql.metadata import APPEND_ONLY
from desktop.sql.types import UtcInstant

LOOSE = "case_id = '' AND code <> '' AND what IN ('record', 'found')"
"""Looks at a record of a property, by no case: those that an office's request should explain."""
_LOOSE = text(LOOSE)


class ReadingLineRow(Base):
    """A look, as it stands in its chain, for ever; the columns beside `canon` are read out of it.

    `case_id`, `code` and `tracking` only of a case that the office may see. A request that the look
    was for came between `work_since` and `work_until`. `first` is the place of the look that began
    its run, `heard_at` when the centre had it. What could not be read has no `what`.
    """

    __tablename__ = "reading_line"
    chain: Mapped[str] = mapped_column(String(60), primary_key=True)
    seq: Mapped[int] = mapped_column(Integer, primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcInstant)
    heard_at: Mapped[datetime] = mapped_column(UtcInstant)
    office: Mapped[str] = mapped_column(String(32))
    desk: Mapped[int] = mapped_column(Integer)
    actor: Mapped[str] = mapped_column(String(36))
    what: Mapped[str] = mapped_column(String(10))
    way: Mapped[str] = mapped_column(String(10))
    case_id: Mapped[str] = mapped_column(String(36))
    tracking: Mapped[str] = mapped_column(String(40))
    code: Mapped[str] = mapped_column(String(60))
    about: Mapped[str] = mapped_column(Text)
    work_since: Mapped[datetime] = mapped_column(UtcInstant)
    work_until: Mapped[datetime] = mapped_column(UtcInstant)
    off_hours: Mapped[bool] = mapped_column(server_default=false())
    first: Mapped[int] = mapped_column(Integer)
    canon: Mapped[str] = mapped_column(Text)
    hash: Mapped[str] = mapped_column(String(64))
    __table_args__ = (
        Index(None, "at"),
        Index(None, "office", "at"),
        Index(None, "actor", "at"),
        Index(None, "case_id", "at"),
        Index(None, "code", "at"),
        Index(None, "chain", "first"),
        Index("ix_reading_line_loose", "at", sqlite_where=_LOOSE, postgresql_where=_LOOSE),
        {"info": APPEND_ONLY},
    )


class ReadingHeadRow(Base):
    """A chain's end, locked by whoever appends to it."""

    __tablename__ = "reading_head"
    chain: Mapped[str] = mapped_column(String(60), primary_key=True)
    seq: Mapped[int] = mapped_column(Integer)
    hash: Mapped[str] = mapped_column(String(64))


class ReadingBreakRow(Base):
    """A place where what a desk told does not go on from what it had told, for ever."""

    __tablename__ = "reading_break"
    chain: Mapped[str] = mapped_column(String(60), primary_key=True)
    seq: Mapped[int] = mapped_column(Integer, primary_key=True)
    office: Mapped[str] = mapped_column(String(32), index=True)
    desk: Mapped[int] = mapped_column(Integer)
    at: Mapped[datetime] = mapped_column(UtcInstant)
    __table_args__ = ({"info": APPEND_ONLY},)


class ReadingQuestionRow(Base):
    """What who looked was asked of a line, once, for ever."""

    __tablename__ = "reading_question"
    chain: Mapped[str] = mapped_column(String(60), primary_key=True)
    seq: Mapped[int] = mapped_column(Integer, primary_key=True)
    asked_by: Mapped[str] = mapped_column(String(36))
    asked_at: Mapped[datetime] = mapped_column(UtcInstant)
    words: Mapped[str] = mapped_column(Text)
    __table_args__ = ({"info": APPEND_ONLY},)


class ReadingReplyRow(Base):
    """What who looked answered, once, for ever."""

    __tablename__ = "reading_reply"
    chain: Mapped[str] = mapped_column(String(60), primary_key=True)
    seq: Mapped[int] = mapped_column(Integer, primary_key=True)
    replied_at: Mapped[datetime] = mapped_column(UtcInstant)
    words: Mapped[str] = mapped_column(Text)
    __table_args__ = ({"info": APPEND_ONLY},)
