"""The centre's table of questions to other bodies, as lists read them."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, Index, Integer, String, Text, false, text
from sqlalchemy.orm import Mapped, mapped_column

from desktop.centre.metadata import Base
from desktop.sql.types import IsoDate

OPEN_CONSULTATION = "state = 'open'"
LATE_REPLY = "late IS TRUE"
ENDED_CONSULTATION = "ended_on IS NOT NULL"
"""The few among many, said as their indexes say it."""


class ConsultationRow(Base):
    """One question to one body; its truth is the facts of its case.

    `state` is `open`, `replied` or `dropped`, `reply` the kind of the reply; `ended_on` the day of
    either. `number` and `reply_by` are those of the letter that was sent last, `reminders` how
    often it was reminded; `late` that the supervisor was told and it still has not replied.
    """

    __tablename__ = "consultation"
    case_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    consultation_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    consultee: Mapped[str] = mapped_column(Text)
    number: Mapped[str] = mapped_column(String(40))
    asked_on: Mapped[date] = mapped_column(IsoDate)
    reply_by: Mapped[date] = mapped_column(IsoDate)
    reminders: Mapped[int] = mapped_column(Integer, server_default="0")
    state: Mapped[str] = mapped_column(String(8))
    late: Mapped[bool] = mapped_column(server_default=false())
    reply: Mapped[str] = mapped_column(String(12), server_default="")
    ended_on: Mapped[date | None] = mapped_column(IsoDate)
    __table_args__ = (
        CheckConstraint("state IN ('open', 'replied', 'dropped')", name="state"),
        Index(
            "ix_consultation_open",
            "reply_by",
            "case_id",
            "consultation_id",
            sqlite_where=text(OPEN_CONSULTATION),
            postgresql_where=text(OPEN_CONSULTATION),
        ),
        Index(
            "ix_consultation_late",
            "reply_by",
            "case_id",
            "consultation_id",
            sqlite_where=text(LATE_REPLY),
            postgresql_where=text(LATE_REPLY),
        ),
        Index(
            "ix_consultation_ended",
            "ended_on",
            "case_id",
            "consultation_id",
            sqlite_where=text(ENDED_CONSULTATION),
            postgresql_where=text(ENDED_CONSULTATION),
        ),
    )
