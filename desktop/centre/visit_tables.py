"""The centre's tables of visits: places of inspectors, and what is booked on them."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from desktop.centre.metadata import Base
from desktop.sql.types import IsoDate, UtcInstant


class VisitSlotRow(Base):
    """An inspector's half-day: how many visits are booked with him, in all districts together.

    Locked by whoever books, in the order of the key.
    """

    __tablename__ = "visit_slot"
    day: Mapped[date] = mapped_column(IsoDate, primary_key=True)
    half: Mapped[int] = mapped_column(Integer, primary_key=True)
    staff_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    taken: Mapped[int] = mapped_column(Integer, default=0)
    __table_args__ = (CheckConstraint("taken >= 0", name="taken"),)


class BookingRow(Base):
    """The place that a case has taken, with whom and where; how often the city moved it."""

    __tablename__ = "booking"
    case_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    day: Mapped[date] = mapped_column(IsoDate)
    half: Mapped[int] = mapped_column(Integer)
    staff_id: Mapped[str] = mapped_column(String(36))
    district: Mapped[int] = mapped_column(Integer, server_default="0")
    moved: Mapped[int] = mapped_column(Integer, server_default="0")
    # What is booked from a day on; whose it is stands in the index.
    __table_args__ = (Index(None, "day", "half", "staff_id"),)


class MovedVisitRow(Base):
    """A visit that the municipality moved last: when, in which turn, from where and to where.

    Without a `day` it was called off for want of a place. `called_by` told its people by telephone.
    """

    __tablename__ = "moved_visit"
    case_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    moved_at: Mapped[datetime] = mapped_column(UtcInstant)
    turn: Mapped[int] = mapped_column(Integer)
    was_day: Mapped[date] = mapped_column(IsoDate)
    was_half: Mapped[int] = mapped_column(Integer)
    was_staff: Mapped[str] = mapped_column(String(36))
    day: Mapped[date | None] = mapped_column(IsoDate)
    half: Mapped[int] = mapped_column(Integer)
    staff_id: Mapped[str] = mapped_column(String(36))
    district: Mapped[int] = mapped_column(Integer)
    called_at: Mapped[datetime | None] = mapped_column(UtcInstant)
    called_by: Mapped[str] = mapped_column(String(36), server_default="")
    __table_args__ = (Index(None, "day"),)


class BookedVisitRow(Base):
    """Where a visit goes, whom to call and who will be there, as long as it is booked.

    `code` names the property that was found, which a plate alone may have named, else what the
    request says; `address` is the one that the form gives.
    """

    __tablename__ = "booked_visit"
    case_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    code: Mapped[str] = mapped_column(String(60))
    address: Mapped[str] = mapped_column(Text)
    phone: Mapped[str] = mapped_column(Text)
    attending: Mapped[str] = mapped_column(Text)
