"""The centre's tables of stamped sheets, and of papers that do not show what their code says."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, Integer, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from desktop.centre.metadata import Base
from desktop.sql.metadata import APPEND_ONLY
from desktop.sql.types import UtcInstant

LETTERED = "letter_id <> ''"
"""Said as its index says it."""


class SheetRunRow(Base):
    """A bundle that an office (by its id) took, and how many of its sheets are blank."""

    __tablename__ = "sheet_run"
    series: Mapped[str] = mapped_column(String(6), primary_key=True)
    first: Mapped[int] = mapped_column(Integer, primary_key=True)
    last: Mapped[int] = mapped_column(Integer)
    office: Mapped[str] = mapped_column(String(32))
    blank: Mapped[int] = mapped_column(Integer)
    taken_at: Mapped[datetime] = mapped_column(UtcInstant)


class SheetRow(Base):
    """A sheet and what became of it; `letter_id` and `copy` name what stands or stood on it."""

    __tablename__ = "stamped_sheet"
    series: Mapped[str] = mapped_column(String(6), primary_key=True)
    number: Mapped[int] = mapped_column(Integer, primary_key=True)
    office: Mapped[str] = mapped_column(String(32))
    state: Mapped[str] = mapped_column(String(8), server_default="blank")
    letter_id: Mapped[str] = mapped_column(String(36), server_default="")
    copy: Mapped[int] = mapped_column(Integer, server_default="0")
    __table_args__ = (
        CheckConstraint("state IN ('blank', 'written', 'spoiled', 'dropped')", name="state"),
        Index(
            "ix_stamped_sheet_letter",
            "letter_id",
            "copy",
            sqlite_where=text(LETTERED),
            postgresql_where=text(LETTERED),
        ),
    )


class OddSheetsRow(Base):
    """Sheets on which an office says that a letter stands, and which were not its own or not blank;
    for ever."""

    __tablename__ = "odd_sheets"
    letter_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    copy: Mapped[int] = mapped_column(Integer, primary_key=True)
    series: Mapped[str] = mapped_column(String(6), primary_key=True)
    first: Mapped[int] = mapped_column(Integer, primary_key=True)
    last: Mapped[int] = mapped_column(Integer)
    case_id: Mapped[str] = mapped_column(String(36))
    office: Mapped[str] = mapped_column(String(32))
    at: Mapped[datetime] = mapped_column(UtcInstant, index=True)
    __table_args__ = ({"info": APPEND_ONLY},)


class ToldPaperRow(Base):
    """A paper that showed something else than its code, as the office told last of that copy.

    `names` are the lines that differed, one under the other, `name` is who saw it.
    """

    __tablename__ = "told_paper"
    office: Mapped[str] = mapped_column(String(32), primary_key=True)
    number: Mapped[str] = mapped_column(String(40), primary_key=True)
    copy: Mapped[int] = mapped_column(Integer, primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    names: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UtcInstant, index=True)
