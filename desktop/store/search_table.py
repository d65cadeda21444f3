"""The full-text table beside the view: kept in step by hand, asked with quoted prefixes."""

from __future__ import annotations

from sqlalchemy import text
from sqlalchemy.orm import Session

from desktop.domain.search_words import readings
from desktop.sql.full_text import fts5

_INSERT = text("INSERT INTO case_search (rowid, words) VALUES (:id, :words)")
_DELETE = text("INSERT INTO case_search (case_search, rowid, words) VALUES ('delete', :id, :words)")
_NEWEST = text(
    "SELECT rowid FROM case_search WHERE case_search MATCH :match ORDER BY rowid DESC LIMIT :limit"
)
_CLEAR = text("INSERT INTO case_search (case_search) VALUES ('delete-all')")


def newest(session: Session, asked: str, limit: int) -> list[int]:
    """Ids of the newest rows that the question of `match` finds."""
    return list(session.scalars(_NEWEST, {"match": asked, "limit": limit}))


def put(session: Session, row_id: int, new: str, old: str | None) -> None:
    """Make the table hold `new` for the row; `old` is what it holds now, None for nothing."""
    if old == new:
        return
    if old is not None:
        session.execute(_DELETE, {"id": row_id, "words": old})
    session.execute(_INSERT, {"id": row_id, "words": new})


def put_many(session: Session, rows: list[tuple[int, str]]) -> None:
    """Add rows that the table does not hold yet."""
    if rows:
        session.execute(_INSERT, [{"id": row_id, "words": held} for row_id, held in rows])


def clear(session: Session) -> None:
    """Empty the table."""
    session.execute(_CLEAR)


def match(typed: str) -> str:
    """The question for `case_search`; empty when nothing of what was typed can be searched."""
    return fts5(readings(typed))


def remove(session: Session, row_id: int, held: str) -> None:
    """Take the row out; `held` is what the table holds of it."""
    session.execute(_DELETE, {"id": row_id, "words": held})
