"""The centre's table of who asked at an office for a case of another with a wrong code or id."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from desktop.centre.metadata import Base
from desktop.sql.metadata import APPEND_ONLY
from desktop.sql.types import UtcInstant


class MissedLookRow(Base):
    """A look that found nothing, for ever; who finds something is kept among those who read."""

    __tablename__ = "missed_look"
    look_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    missed_at: Mapped[datetime] = mapped_column(UtcInstant)
    device_id: Mapped[str] = mapped_column(String(36))
    actor: Mapped[str] = mapped_column(String(36))
    __table_args__ = (Index(None, "device_id", "missed_at"), {"info": APPEND_ONLY})
