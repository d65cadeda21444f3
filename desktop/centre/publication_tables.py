"""The centre's tables of publications: what was prepared, how it ended, and what was said."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from desktop.centre.metadata import Base
from desktop.sql.metadata import APPEND_ONLY
from desktop.sql.types import IsoDate, UtcInstant


class PublicationRow(Base):
    """What one person prepared to be put into force, and signed, for ever.

    `replaces` is the title that a service's file is knowingly put in place of, `overruled` the
    doubts that the reason answers and `told` what was read of it, canonical JSON. `key` is the
    public half of the person's key.
    """

    __tablename__ = "publication"
    publication_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    topic: Mapped[str] = mapped_column(String(30))
    replaces: Mapped[str] = mapped_column(Text)
    overruled: Mapped[str] = mapped_column(Text)
    told: Mapped[str] = mapped_column(Text)
    actor: Mapped[str] = mapped_column(String(36))
    name: Mapped[str] = mapped_column(Text)
    key: Mapped[str] = mapped_column(String(64))
    reason: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UtcInstant)
    signature: Mapped[str] = mapped_column(String(128))
    prepared_at: Mapped[datetime] = mapped_column(UtcInstant, index=True)
    __table_args__ = ({"info": APPEND_ONLY},)


class PublicationItemRow(Base):
    """One text of a publication, for ever.

    `base` is the version that held on its day when it was prepared, empty for none.
    """

    __tablename__ = "publication_item"
    publication_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    number: Mapped[int] = mapped_column(Integer, primary_key=True)
    key: Mapped[str] = mapped_column(String(60))
    effective_from: Mapped[date] = mapped_column(IsoDate)
    text: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    base: Mapped[str] = mapped_column(String(64))
    __table_args__ = ({"info": APPEND_ONLY},)


class PublicationEndRow(Base):
    """How a publication ended, once: another person signed it, or somebody withdrew it."""

    __tablename__ = "publication_end"
    publication_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    state: Mapped[str] = mapped_column(String(10))
    actor: Mapped[str] = mapped_column(String(36))
    name: Mapped[str] = mapped_column(Text)
    key: Mapped[str] = mapped_column(String(64))
    reason: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UtcInstant)
    signature: Mapped[str] = mapped_column(String(128))
    ended_at: Mapped[datetime] = mapped_column(UtcInstant)
    __table_args__ = (
        CheckConstraint("state IN ('signed', 'withdrawn')", name="state"),
        {"info": APPEND_ONLY},
    )


class LastSaidRow(Base):
    """A published text as it was said last: what is written, and all that programs before read.

    Each saying of it is a `PublishedRow`, kept by triggers (`centre.beside`).
    """

    __tablename__ = "published"
    topic: Mapped[str] = mapped_column(String(30), primary_key=True)
    key: Mapped[str] = mapped_column(String(60), primary_key=True)
    version: Mapped[str] = mapped_column(String(64), primary_key=True)
    effective_from: Mapped[date] = mapped_column(IsoDate)
    pos: Mapped[int] = mapped_column(Integer, index=True)
    text: Mapped[str] = mapped_column(Text)


class PublishedRow(Base):
    """Reference data as told in the stream `city`, each saying of it, for ever.

    The last said of the newest day counts. `withdraws` is the day for which a withdrawal takes its
    version back.
    """

    __tablename__ = "published_saying"
    pos: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    topic: Mapped[str] = mapped_column(String(30))
    key: Mapped[str] = mapped_column(String(60))
    version: Mapped[str] = mapped_column(String(64))
    effective_from: Mapped[date] = mapped_column(IsoDate)
    text: Mapped[str] = mapped_column(Text)
    withdraws: Mapped[date | None] = mapped_column(IsoDate)
    __table_args__ = (Index(None, "topic", "key", "version"), {"info": APPEND_ONLY})
