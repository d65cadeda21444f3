"""The centre's tables of publications: what was prepared, its texts, and how it ended."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Integer, String, Text
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
