"""The centre's outbox of messages to citizens."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, Integer, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from desktop.centre.metadata import Base
from desktop.sql.types import UtcInstant

UNSENT = "state = 'waiting'"
"""A message that no gateway has taken; the few that an index of their own holds."""
FAILED = "state = 'failed'"
"""One that did not arrive; these too."""


class CitizenMessageRow(Base):
    """What a citizen is told of a fact, by the fact's id; no name and no sum stands in it.

    `batch` is the one in which a gateway gets it, 0 until it is in one. `cause` is why it did not
    arrive, as the gateway said.
    """

    __tablename__ = "citizen_message"
    message_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    case_id: Mapped[str] = mapped_column(String(36))
    occasion: Mapped[str] = mapped_column(String(12))
    mobile: Mapped[str] = mapped_column(String(11))
    words: Mapped[str] = mapped_column(Text)
    made_at: Mapped[datetime] = mapped_column(UtcInstant)
    state: Mapped[str] = mapped_column(String(8))
    batch: Mapped[int] = mapped_column(Integer)
    sent_at: Mapped[datetime | None] = mapped_column(UtcInstant)
    cause: Mapped[str] = mapped_column(Text)
    __table_args__ = (
        CheckConstraint("state IN ('waiting', 'sent', 'failed')", name="state"),
        Index("ix_citizen_message_case_id", "case_id", "occasion", "made_at"),
        Index(
            "ix_citizen_message_failed",
            "made_at",
            sqlite_where=text(FAILED),
            postgresql_where=text(FAILED),
        ),
        Index(
            "ix_citizen_message_unsent",
            "made_at",
            "message_id",
            sqlite_where=text(UNSENT),
            postgresql_where=text(UNSENT),
        ),
    )
