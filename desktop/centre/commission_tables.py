"""The centre's table of commissions: what each case waits for there."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from desktop.centre.metadata import Base
from desktop.sql.types import IsoDate


class CommissionCaseRow(Base):
    """A case at a commission, or whose ruling somebody has still to be served.

    `session` and `session_on` name the session that deals with it, `unserved` counts on whom the
    ruling is still to be served, `until` is the last day of the terms that have begun. `awaits`
    says in one word what is done next (`wire.commissions.Awaits`).
    """

    __tablename__ = "commission_case"
    case_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    article: Mapped[str] = mapped_column(String(3))
    awaits: Mapped[str] = mapped_column(String(12))
    sent_on: Mapped[date] = mapped_column(IsoDate)
    session: Mapped[str] = mapped_column(Text)
    session_on: Mapped[date | None] = mapped_column(IsoDate)
    ruling: Mapped[str] = mapped_column(Text)
    result: Mapped[str] = mapped_column(Text)
    stage: Mapped[str] = mapped_column(String(5))
    persons: Mapped[int] = mapped_column(Integer)
    unserved: Mapped[int] = mapped_column(Integer)
    until: Mapped[date | None] = mapped_column(IsoDate)
    # What stands in a session, and what waits longest.
    __table_args__ = (Index(None, "article", "awaits", "session_on", "sent_on", "case_id"),)
