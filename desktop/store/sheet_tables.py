"""A desk's tables of the office's stamped sheets."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, text
from sqlalchemy.orm import Mapped, mapped_column

from desktop.store.tables import Base

LETTERED_SHEETS = "letter_id <> ''"
"""Said as its index says it."""


class SheetRunRow(Base):
    """A bundle of stamped sheets that the office took; `command_id` names the act while the centre
    has not said so."""

    __tablename__ = "sheet_run"

    series: Mapped[str] = mapped_column(primary_key=True)
    first: Mapped[int] = mapped_column(primary_key=True)
    last: Mapped[int]
    note: Mapped[str]
    by: Mapped[str]
    taken_at: Mapped[datetime]
    command_id: Mapped[str]


class SheetRow(Base):
    """A stamped sheet of the office, and what became of it."""

    __tablename__ = "stamped_sheet"
    __table_args__ = (
        Index("ix_stamped_sheet_letter", "letter_id", "copy", sqlite_where=text(LETTERED_SHEETS)),
    )

    series: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    state: Mapped[str]
    letter_id: Mapped[str] = mapped_column(server_default="")
    copy: Mapped[int] = mapped_column(server_default="0")


class SheetNextRow(Base):
    """One row: the sheet that is next in this desk's printer."""

    __tablename__ = "sheet_next"

    only: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    series: Mapped[str]
    number: Mapped[int]
