"""The centre's tables of letters in doubt: which stand, what changed since, who is not told yet."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, Integer, String, Text, false, text
from sqlalchemy.orm import Mapped, mapped_column

from desktop.centre.metadata import Base
from desktop.sql.types import IsoDate, UtcInstant

UNWEIGHED = "due IS TRUE"
CHANGED = "state = 'changed'"
RECALLED = "state = 'recalled'"
UNTOLD = "untold > 0"
"""The few among many, said as their indexes say it."""


class StandingLetterRow(Base):
    """A positive answer in force about a property; `land` is the code of the land it stands on.

    `due` says that records of it changed since it was last weighed.
    """

    __tablename__ = "standing_letter"
    letter_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    case_id: Mapped[str] = mapped_column(String(36))
    land: Mapped[str] = mapped_column(String(60), index=True)
    due: Mapped[bool] = mapped_column(server_default=false())
    __table_args__ = (
        Index(
            "ix_standing_letter_due",
            "letter_id",
            sqlite_where=text(UNWEIGHED),
            postgresql_where=text(UNWEIGHED),
        ),
    )


class CopyAskedRow(Base):
    """A letter of which its office wants more copies than it prints by itself, and why; it is here
    until a supervisor has answered."""

    __tablename__ = "copy_asked"
    letter_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    case_id: Mapped[str] = mapped_column(String(36))
    number: Mapped[str] = mapped_column(String(40))
    issued_on: Mapped[date] = mapped_column(IsoDate)
    handed: Mapped[bool] = mapped_column(server_default=false())
    reason: Mapped[str] = mapped_column(Text)
    since: Mapped[datetime] = mapped_column(UtcInstant, index=True)


class LetterWatchRow(Base):
    """One row: up to which import of the records changes were looked for."""

    __tablename__ = "letter_watch"
    only: Mapped[int] = mapped_column(Integer, primary_key=True)
    export: Mapped[int] = mapped_column(Integer)


class DoubtedLetterRow(Base):
    """A letter that is or was in doubt; its truth is the facts of its case.

    `state` is `changed` (something fails that did not), `recalled`, `upheld` or `void`; `found` are
    the findings (JSON, `domain.gates.Finding`), `by` who recalled it (staff id), `since` when it
    came to stand so. `untold` are so many who had it and were not told that it is void.
    """

    __tablename__ = "doubted_letter"
    letter_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    case_id: Mapped[str] = mapped_column(String(36), index=True)
    number: Mapped[str] = mapped_column(String(40))
    issued_on: Mapped[date] = mapped_column(IsoDate)
    handed: Mapped[bool] = mapped_column(server_default=false())
    state: Mapped[str] = mapped_column(String(8))
    found: Mapped[str] = mapped_column(Text, server_default="[]")
    reason: Mapped[str] = mapped_column(Text, server_default="")
    by: Mapped[str] = mapped_column(String(40), server_default="")
    since: Mapped[datetime] = mapped_column(UtcInstant)
    untold: Mapped[int] = mapped_column(Integer, server_default="0")
    __table_args__ = (
        CheckConstraint("state IN ('changed', 'recalled', 'upheld', 'void')", name="state"),
        *(
            Index(
                f"ix_doubted_letter_{name}",
                "since",
                "letter_id",
                sqlite_where=text(where),
                postgresql_where=text(where),
            )
            for name, where in (("changed", CHANGED), ("recalled", RECALLED), ("untold", UNTOLD))
        ),
    )
