"""The centre's tables of objections: each with its unit and stage, and what upheld ones correct."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Index, Integer, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from desktop.centre.metadata import Base
from desktop.sql.types import IsoDate, UtcInstant

OPEN_OBJECTION = "stage = 'registered'"
UNTOLD_OBJECTION = "first_case <> '' AND told <> stage"
UNFED = "batch = 0"
"""The few among many, said as indexes say it."""


class ObjectionRow(Base):
    """An objection that was laid before its unit.

    `first_case` is the case that it was opened from (empty where none), `told` the stage which that
    case has heard of; `answered_by` (a staff id) gave an answer that waits for a second signature.
    """

    __tablename__ = "objection"
    case_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    tracking: Mapped[str] = mapped_column(String(40))
    first_case: Mapped[str] = mapped_column(String(36))
    code: Mapped[str] = mapped_column(String(60))
    contested: Mapped[str] = mapped_column(String(20))
    unit: Mapped[str] = mapped_column(String(20))
    received_on: Mapped[date] = mapped_column(IsoDate)
    due_on: Mapped[date] = mapped_column(IsoDate)
    stage: Mapped[str] = mapped_column(String(20))
    told: Mapped[str] = mapped_column(String(20), server_default="")
    answered_by: Mapped[str] = mapped_column(String(36), server_default="")
    __table_args__ = (
        Index(None, "code", "contested", "received_on"),
        Index(None, "first_case", "contested"),
        Index(
            "ix_objection_open",
            "unit",
            "due_on",
            "case_id",
            sqlite_where=text(OPEN_OBJECTION),
            postgresql_where=text(OPEN_OBJECTION),
        ),
        Index(
            "ix_objection_untold",
            "first_case",
            "case_id",
            sqlite_where=text(UNTOLD_OBJECTION),
            postgresql_where=text(UNTOLD_OBJECTION),
        ),
    )


class CorrectionRow(Base):
    """A value of the record that an upheld objection put right, until the record's owner was told.

    `former` and `value` are as read; `batch` is the number of the file in which it went, 0 until
    then.
    """

    __tablename__ = "record_correction"
    case_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    number: Mapped[int] = mapped_column(Integer, primary_key=True)
    code: Mapped[str] = mapped_column(String(60))
    item: Mapped[str] = mapped_column(String(20))
    what: Mapped[str] = mapped_column(Text)
    former: Mapped[str] = mapped_column(Text)
    value: Mapped[str] = mapped_column(Text)
    since: Mapped[date] = mapped_column(IsoDate)
    paper: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text)
    tracking: Mapped[str] = mapped_column(String(40))
    made_at: Mapped[datetime] = mapped_column(UtcInstant)
    by: Mapped[str] = mapped_column(Text)
    second: Mapped[str] = mapped_column(Text)
    batch: Mapped[int] = mapped_column(Integer, server_default="0")
    __table_args__ = (
        Index(None, "batch", "made_at"),
        Index(
            "ix_record_correction_unfed",
            "made_at",
            "case_id",
            "number",
            sqlite_where=text(UNFED),
            postgresql_where=text(UNFED),
        ),
    )


class FedBatchRow(Base):
    """A batch of corrections for the records' owner; without `given_at` it is on its way."""

    __tablename__ = "fed_batch"
    batch: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    given_at: Mapped[datetime | None] = mapped_column(UtcInstant)
