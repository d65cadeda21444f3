"""The centre's table of the days that offices closed."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from desktop.centre.metadata import Base
from desktop.sql.metadata import APPEND_ONLY
from desktop.sql.types import IsoDate, UtcInstant


class ClosedDayRow(Base):
    """A day of an office (by its id) as it was closed, for ever.

    `digest` is of its register, which covers the stream up to `pos`; the register is the fact.
    """

    __tablename__ = "closed_day"
    office: Mapped[str] = mapped_column(String(32), primary_key=True)
    day: Mapped[date] = mapped_column(IsoDate, primary_key=True)
    digest: Mapped[str] = mapped_column(String(64))
    pos: Mapped[int] = mapped_column(Integer)
    name: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UtcInstant)
    __table_args__ = ({"info": APPEND_ONLY},)
