"""The table of released letters that no longer hold."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from desktop.centre.metadata import Base
from desktop.sql.types import IsoDate, UtcInstant

HOLDS = -1
"""Of a letter that was recalled and holds again."""


class EndedLetterRow(Base):
    """Why a letter that was released does not hold any more (`Ended`), since which day, and by
    which number it was replaced; `told_at` is when that was last said."""

    __tablename__ = "ended_letter"
    letter_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    number: Mapped[str] = mapped_column(String(40), unique=True)
    why: Mapped[int] = mapped_column(Integer)
    day: Mapped[date] = mapped_column(IsoDate)
    by: Mapped[str] = mapped_column(String(40))
    told_at: Mapped[datetime] = mapped_column(UtcInstant)
