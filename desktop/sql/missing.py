"""Rows that two may make at once: made where they are missing, never looked for first.

Or put in the place of what is there.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

from sqlalchemy import Connection, CursorResult, Table
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
    insert = _insert(session, table).on_conflict_do_nothing()
    made = session.execute(insert, list(rows), execution_options=options)
    if not isinstance(made, CursorResult):
        raise TypeError("an insert without a cursor")
    return made.rowcount > 0


def put_rows(session: Making, table: Made, *rows: Mapping[str, Any]) -> None:
    """Make the rows, each in the place of one with its primary key; of two the later stays.

    What the session has loaded of them is as it was.
    """
    if not rows:
        return
    insert, core = _insert(session, table), _table(table)
    other = {each.name: insert.excluded[each.name] for each in core.c if not each.primary_key}
    put = insert.on_conflict_do_update(index_elements=core.primary_key, set_=other)
    session.execute(put, list(rows))


def _table(table: Made) -> Table:
    core = table if isinstance(table, Table) else table.__table__
    if not isinstance(core, Table):
        raise TypeError(f"{table} is no table")
    return core


def _insert(session: Making, table: Made) -> sqlite.Insert | postgresql.Insert:
    bind = session.get_bind() if isinstance(session, Session) else session
    made = sqlite.insert if bind.dialect.name == "sqlite" else postgresql.insert
    return made(_table(table))
