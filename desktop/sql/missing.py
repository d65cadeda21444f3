"""Rows that two may make at once: made where they are missing, never looked for first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

from sqlalchemy import Connection, CursorResult, Insert, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import DeclarativeBase, Session

Making: TypeAlias = Session | Connection
Made: TypeAlias = type[DeclarativeBase] | Table


def make_missing(session: Making, table: Made, *rows: Mapping[str, Any]) -> bool:
    """Make the rows that are not there yet; whether there was one.

    On PostgreSQL it waits for another transaction that is making the same row, for its end: what
    is there afterwards is committed, or our own. `rows` in the order of their keys, so that no two
    wait for each other.
    """
    if not rows:
        return False
    options = {"preserve_rowcount": True}
    made = session.execute(_insert(session, table), list(rows), execution_options=options)
    if not isinstance(made, CursorResult):
        raise TypeError("an insert without a cursor")
    return made.rowcount > 0


def _insert(session: Making, table: Made) -> Insert:
    bind = session.get_bind() if isinstance(session, Session) else session
    core = table if isinstance(table, Table) else table.__table__
    if not isinstance(core, Table):
        raise TypeError(f"{table} is no table")
    if bind.dialect.name == "sqlite":
        return sqlite.insert(core).on_conflict_do_nothing()
    return postgresql.insert(core).on_conflict_do_nothing()
