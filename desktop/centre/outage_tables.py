"""The centre's table of times in which an office had no line, or nobody was answered."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from desktop.centre.metadata import Base
from desktop.sql.types import UtcInstant


class OutageRow(Base):
    """A desk's acts came late, from the first that did to the moment at which they came; or it was
    the first to call after its office had been silent; or the centre itself did not run (for no
    office). `delayed` acts came late for it; those of one desk that follow each other are one
    outage."""

    __tablename__ = "outage"
    device_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    since: Mapped[datetime] = mapped_column(UtcInstant, primary_key=True)
    until: Mapped[datetime] = mapped_column(UtcInstant)
    kind: Mapped[str] = mapped_column(String(8))
    office: Mapped[str] = mapped_column(String(32))
    desk: Mapped[int] = mapped_column(Integer)
    delayed: Mapped[int] = mapped_column(Integer)
    __table_args__ = (
        CheckConstraint("kind IN ('line', 'centre')", name="kind"),
        Index(None, "since"),
    )


class OutageDeskRow(Base):
    """Of the acts that came late for an outage of the centre (by its `since`) those of one desk."""

    __tablename__ = "outage_desk"
    since: Mapped[datetime] = mapped_column(UtcInstant, primary_key=True)
    device_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    office: Mapped[str] = mapped_column(String(32))
    desk: Mapped[int] = mapped_column(Integer)
    delayed: Mapped[int] = mapped_column(Integer)


class BeatRow(Base):
    """When the centre last said that it runs: what lies since then was an outage."""

    __tablename__ = "beat"
    only: Mapped[int] = mapped_column(Integer, primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcInstant)
    __table_args__ = (CheckConstraint('"only" = 1', name="one_row"),)
