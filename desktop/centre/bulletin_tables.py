"""The centre's table of months that were told to the city."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Integer, Text
from sqlalchemy.orm import Mapped, mapped_column

from desktop.centre.metadata import Base
from desktop.sql.metadata import APPEND_ONLY
from desktop.sql.types import UtcInstant


class BulletinRow(Base):
    """A Jalali month's bulletin, `told` as the call answers it, and when it was counted."""

    __tablename__ = "bulletin"
    year: Mapped[int] = mapped_column(Integer, primary_key=True)
    month: Mapped[int] = mapped_column(Integer, primary_key=True)
    counted_at: Mapped[datetime] = mapped_column(UtcInstant)
    told: Mapped[str] = mapped_column(Text)
    __table_args__ = ({"info": APPEND_ONLY},)
