"""Rows that two may make at once: made where they are missing, never looked for first.

Or put in the place of what is there, or counted with it.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, TypeAlias

from sqlalchemy import Connection, CursorResult, Table
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.sql.dml import ReturningInsert

from desktop.sql.metadata import table_of

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql, sqlite

    _Insert: TypeAlias = sqlite.Insert | postgresql.Insert

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
    insert = _making(_dialect(session), _table(table))
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
    session.execute(_putting(_dialect(session), _table(table)), list(rows))


def make_or_count(
    session: Making, table: Made, row: Mapping[str, Any], *, count: str, same: str
) -> bool:
    """Make the row, or add its `count` to that of the one with its primary key.

    False, and nothing is changed, where that one has another value in `same`. What the session has
    loaded of it is as it was.
    """
    counting = _counting(_dialect(session), _table(table), count, same)
    return session.execute(counting, row).first() is not None


# Made once: to make such a statement costs more than to carry it out.
@cache
def _making(dialect: str, table: Table) -> _Insert:
    return _insert(dialect, table).on_conflict_do_nothing()


@cache
def _putting(dialect: str, table: Table) -> _Insert:
    insert = _insert(dialect, table)
    other = {each.name: insert.excluded[each.name] for each in table.c if not each.primary_key}
    return insert.on_conflict_do_update(index_elements=table.primary_key, set_=other)


@cache
def _counting(dialect: str, table: Table, count: str, same: str) -> ReturningInsert[tuple[int]]:
    insert = _insert(dialect, table)
    counted = insert.on_conflict_do_update(
        index_elements=table.primary_key,
        set_={count: table.c[count] + insert.excluded[count]},
        where=table.c[same] == insert.excluded[same],
    )
    return counted.returning(table.c[count])


def _insert(dialect: str, table: Table) -> _Insert:
    """The database's own way to insert. Raises LookupError for a database that has none here."""
    # The one that is at work alone: a desk that loads PostgreSQL's starts 25 ms later.
    if dialect == "sqlite":
        from sqlalchemy.dialects.sqlite import insert as into_sqlite

        return into_sqlite(table)
    if dialect == "postgresql":
        from sqlalchemy.dialects.postgresql import insert as into_postgresql

        return into_postgresql(table)
    raise LookupError(dialect)


def _table(table: Made) -> Table:
    return table if isinstance(table, Table) else table_of(table)


def _dialect(session: Making) -> str:
    bind = session.get_bind() if isinstance(session, Session) else session
    return bind.dialect.name
