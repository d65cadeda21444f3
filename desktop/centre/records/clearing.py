"""Takes away records that no import sees any more, a few at a time: others write meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sqlalchemy import Column, ColumnElement, Connection, Engine, delete, or_, select, update

from desktop.centre.records import in_force
from desktop.centre.records.tables import CHANGE, RECORD, TOLD

_CHUNK = 1_000


def clear(engine: Engine) -> None:
    """Takes away what neither the import in force nor the one before it sees, some at a time.

    Whoever changes which one that is is waited for: what is read next must find nothing left.
    """
    for which in (_staged, _gone):
        _in_chunks(engine, which, delete_them=True)
    _in_chunks(engine, _ending, delete_them=False)
    for row in (CHANGE.c.id, TOLD.c.number):
        _drop_told(engine, row)


def _present(connection: Connection) -> int:
    return in_force.number(connection) or 0


def _staged(connection: Connection) -> ColumnElement[bool]:
    """Of an import that never came into force."""
    return RECORD.c.since > _present(connection)


def _ending(connection: Connection) -> ColumnElement[bool]:
    """What only such an import ends."""
    return RECORD.c.until > _present(connection)


def _gone(connection: Connection) -> ColumnElement[bool]:
    """Of before the import in force and the one in whose place it came."""
    act = in_force.last_act(connection)
    former = act.former_id if act and act.kind == in_force.FORCED else None
    return RECORD.c.until <= (_present(connection) if former is None else former)


def _drop_told(engine: Engine, row: Column[int]) -> None:
    """Takes away what other imports than the one in force told, by the column of its rows."""
    export = row.table.c.export_id
    found: Sequence[int] = [0]
    while found:
        with engine.begin() as connection:
            in_force.wait_to_hold(connection)
            present = _present(connection)
            other = or_(export < present, export > present)
            which = connection.scalar(select(export).where(other).limit(1))
            query = select(row).where(export == which).limit(_CHUNK)
            found = connection.scalars(query).all()
            connection.execute(delete(row.table).where(export == which, row.in_(found)))


def _in_chunks(
    engine: Engine, which: Callable[[Connection], ColumnElement[bool]], *, delete_them: bool
) -> None:
    while True:
        with engine.begin() as connection:
            in_force.wait_to_hold(connection)
            condition = which(connection)
            keys = connection.execute(
                select(RECORD.c.code, RECORD.c.since).where(condition).limit(_CHUNK)
            ).all()
            for since in {key.since for key in keys}:
                codes = [key.code for key in keys if key.since == since]
                own = (RECORD.c.since == since, RECORD.c.code.in_(codes))
                if delete_them:
                    connection.execute(delete(RECORD).where(*own))
                else:
                    connection.execute(update(RECORD).where(*own).values(until=None))
        if len(keys) < _CHUNK:
            return
