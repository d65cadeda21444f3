"""The centre's tables of how it was restored: from which copy, who gave what back, what of it is
done."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, Integer, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from desktop.centre.metadata import Base
from desktop.sql.metadata import APPEND_ONLY
from desktop.sql.types import IsoDate, UtcInstant

WAITING, DONE, FAILED = "waiting", "done", "failed"
ABSENT, UNHEARD = "absent", "unheard"


class RecoveryRow(Base):
    """One restore: the epoch that it began, the one that was lost and all before it (`lives`, in
    their order, with spaces between), up to when the copy has what happened
    (`copied_at`), since when nothing is given back any more (`opening_at`), when acts were taken
    again and when a person confirmed that answers may be given at once again, each with who said
    so."""

    __tablename__ = "recovery"
    epoch: Mapped[str] = mapped_column(String(36), primary_key=True)
    former: Mapped[str] = mapped_column(String(36))
    lives: Mapped[str] = mapped_column(Text)
    restored_at: Mapped[datetime] = mapped_column(UtcInstant)
    copied_at: Mapped[datetime] = mapped_column(UtcInstant)
    records_as_of: Mapped[date | None] = mapped_column(IsoDate)
    opening_at: Mapped[datetime | None] = mapped_column(UtcInstant)
    opened_at: Mapped[datetime | None] = mapped_column(UtcInstant)
    opened_by: Mapped[str] = mapped_column(Text, server_default="")
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcInstant)
    confirmed_by: Mapped[str] = mapped_column(Text, server_default="")


class GaveBackRow(Base):
    """A device has given back all that it had, and of which day the newest records are that it
    knows."""

    __tablename__ = "gave_back"
    epoch: Mapped[str] = mapped_column(String(36), primary_key=True)
    device_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcInstant)
    records_as_of: Mapped[date | None] = mapped_column(IsoDate)


class GivenFactRow(Base):
    """A fact on its way back: until the signed head that it leads to is reached it is no fact."""

    __tablename__ = "given_fact"
    device_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    stream: Mapped[str] = mapped_column(String(40), primary_key=True)
    pos: Mapped[int] = mapped_column(Integer, primary_key=True)
    canon: Mapped[str] = mapped_column(Text)
    hash: Mapped[str] = mapped_column(String(64))


class GivingTurnRow(Base):
    """Which device gives a stream back, since when, and when it last did: others wait for it."""

    __tablename__ = "giving_turn"
    stream: Mapped[str] = mapped_column(String(40), primary_key=True)
    device_id: Mapped[str] = mapped_column(String(36))
    begun_at: Mapped[datetime] = mapped_column(UtcInstant)
    last_at: Mapped[datetime] = mapped_column(UtcInstant)


class AdoptedFactRow(Base):
    """A fact that was given back, by what caused it; whether what it changes beside its stream is
    done."""

    __tablename__ = "adopted_fact"
    stream: Mapped[str] = mapped_column(String(40), primary_key=True)
    pos: Mapped[int] = mapped_column(Integer, primary_key=True)
    epoch: Mapped[str] = mapped_column(String(36))
    cause: Mapped[str] = mapped_column(String(36), index=True)
    kind: Mapped[str] = mapped_column(String(30))
    case_id: Mapped[str] = mapped_column(String(36))
    state: Mapped[str] = mapped_column(String(10))
    __table_args__ = (
        CheckConstraint("state IN ('waiting', 'done', 'failed')", name="state"),
        Index(
            "ix_adopted_fact_undone",
            "stream",
            "pos",
            sqlite_where=text("state <> 'done'"),
            postgresql_where=text("state <> 'done'"),
        ),
    )


class SkippedNumbersRow(Base):
    """Numbers of letters that no letter here has, from the first to the last, and never will: at a
    restore a desk of the office was `absent`, or no desk that came had heard of them."""

    __tablename__ = "skipped_numbers"
    office: Mapped[str] = mapped_column(String(36), primary_key=True)
    year: Mapped[int] = mapped_column(Integer, primary_key=True)
    first: Mapped[int] = mapped_column(Integer, primary_key=True)
    last: Mapped[int] = mapped_column(Integer)
    epoch: Mapped[str] = mapped_column(String(36))
    why: Mapped[str] = mapped_column(String(10))
    at: Mapped[datetime] = mapped_column(UtcInstant)
    __table_args__ = (
        CheckConstraint("why IN ('absent', 'unheard')", name="why"),
        {"info": APPEND_ONLY},
    )


class KnownDeviceRow(Base):
    """A device that a restored copy did not know, or not as revoked, and the file beside the keys
    did."""

    __tablename__ = "known_device"
    epoch: Mapped[str] = mapped_column(String(36), primary_key=True)
    device_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    revoked: Mapped[bool] = mapped_column(primary_key=True)
    office: Mapped[str] = mapped_column(String(36))
    desk: Mapped[int] = mapped_column(Integer)


class LostImportRow(Base):
    """An act that put an import of the records into force after the copy, as the file beside the
    keys tells it: what it was, when, and of which day the records are that held from then on."""

    __tablename__ = "lost_import"
    epoch: Mapped[str] = mapped_column(String(36), primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcInstant, primary_key=True)
    kind: Mapped[str] = mapped_column(String(8), primary_key=True)
    as_of: Mapped[date] = mapped_column(IsoDate, primary_key=True)
