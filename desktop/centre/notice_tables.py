"""The centre's table of who has read which notice."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from desktop.centre.metadata import Base
from desktop.sql.metadata import APPEND_ONLY
from desktop.sql.types import UtcInstant


class NoticeReadRow(Base):
    """Somebody of an office read a notice, for ever.

    `read_at` is the moment of the desk that vouches for it, `told_at` the centre's.
    """

    __tablename__ = "notice_read"
    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    key: Mapped[str] = mapped_column(String(200), primary_key=True)
    staff_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    office_id: Mapped[str] = mapped_column(String(32))
    device_id: Mapped[str] = mapped_column(String(36))
    read_at: Mapped[datetime] = mapped_column(UtcInstant)
    told_at: Mapped[datetime] = mapped_column(UtcInstant)
    __table_args__ = ({"info": APPEND_ONLY},)
