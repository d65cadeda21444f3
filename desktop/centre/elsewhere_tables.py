"""The centre's tables of cases at other offices: wrong codes and ids, and copies that came out."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from desktop.centre.metadata import Base
from desktop.sql.metadata import APPEND_ONLY
from desktop.sql.types import UtcInstant


class MissedLookRow(Base):
    """A look that found nothing, for ever; who finds something is kept among those who read."""

    __tablename__ = "missed_look"
    look_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    missed_at: Mapped[datetime] = mapped_column(UtcInstant)
    office: Mapped[str] = mapped_column(String(32))
    actor: Mapped[str] = mapped_column(String(36))
    __table_args__ = (Index(None, "office", "missed_at"), {"info": APPEND_ONLY})


class CopyOutRow(Base):
    """A copy that an office (its id) printed of another's letter, for ever: also where the case's
    office has lost that it was given."""

    __tablename__ = "copy_out"
    letter_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    copy: Mapped[int] = mapped_column(Integer, primary_key=True)
    office: Mapped[str] = mapped_column(String(32), primary_key=True)
    __table_args__ = ({"info": APPEND_ONLY},)
