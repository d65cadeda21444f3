"""Takes away records that no import sees any more, a few at a time: others write meanwhile."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Engine, delete, select, update

from desktop.centre.records import in_force
from desktop.centre.records.tables import CHANGE, RECORD, TOLD

_CHUNK = 1_000


def clear(engine: Engine) -> None:
    """Takes away what neither the import in force nor the one before it sees, some at a time."""
    with engine.connect() as connection:
        act = in_force.last_act(connection)
    present = act.export_id if act else 0
    former = act.former_id if act and act.kind == in_force.FORCED else None
    gone = RECORD.c.until <= (present if former is None else former)
    for condition in (RECORD.c.since > present, gone):
        _in_chunks(engine, condition, delete_them=True)
    _in_chunks(engine, RECORD.c.until > present, delete_them=False)
    with engine.begin() as connection:
        for table in (CHANGE, TOLD):
            connection.execute(delete(table).where(table.c.export_id != present))


def _in_chunks(engine: Engine, condition: ColumnElement[bool], *, delete_them: bool) -> None:
    while True:
        with engine.begin() as connection:
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
