"""Triggers by which the database itself refuses to change or delete rows of append-only tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol

from sqlalchemy import Connection, text

_FUNCTION = """
CREATE OR REPLACE FUNCTION append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation'; END $$
"""
_POSTGRES_TRIGGERS = """
SELECT t.tgname, c.relname || ' ' || CAST(t.tgenabled AS text) || ' ' || p.proname
       || CASE WHEN t.tgtype & 1 = 1 THEN ' row' ELSE ' statement' END
       || CASE WHEN t.tgtype & 2 = 2 THEN ' before' ELSE ' after' END
       || CASE WHEN t.tgtype & 8 = 8 THEN ' delete' ELSE '' END
       || CASE WHEN t.tgtype & 16 = 16 THEN ' update' ELSE '' END
       || CASE WHEN t.tgtype & 32 = 32 THEN ' truncate' ELSE '' END
       || CASE WHEN t.tgqual IS NULL THEN '' ELSE ' when' END
FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid
WHERE NOT t.tgisinternal AND c.relnamespace = current_schema()::regnamespace
"""


class Kept(Protocol):
    """What triggers of its own keep in a table."""

    def declared(self, dialect: str) -> Mapping[str, str]:
        """Name → definition of the triggers, as they are read off the database."""


class TriggersDiffer(Exception):
    """The database's triggers are not the declared ones: it would let history be rewritten."""


def create_append_only(connection: Connection, table: str) -> None:
    """Makes the database refuse UPDATE and DELETE (and TRUNCATE on PostgreSQL) on the table."""
    if connection.dialect.name == "sqlite":
        for definition in _sqlite(table).values():
            connection.exec_driver_sql(definition)
        return
    connection.execute(text(_FUNCTION))
    for act, each in (("update", "ROW"), ("delete", "ROW"), ("truncate", "STATEMENT")):
        connection.exec_driver_sql(
            f"CREATE TRIGGER {table}_no_{act} BEFORE {act.upper()} ON {table} "
            f"FOR EACH {each} EXECUTE FUNCTION append_only()"
        )


def declared(dialect: str, tables: Iterable[str]) -> dict[str, str]:
    """Name → definition of the triggers that these append-only tables must have on the dialect."""
    if dialect == "sqlite":
        return {name: sql for table in tables for name, sql in _sqlite(table).items()}
    return {
        f"{table}_no_{act}": f"{table} O append_only {each} before {act}"
        for table in tables
        for act, each in (("update", "row"), ("delete", "row"), ("truncate", "statement"))
    }


def check_triggers(
    connection: Connection, tables: Iterable[str], kept: Iterable[Kept] = ()
) -> None:
    """Raises TriggersDiffer unless the database's triggers are exactly the declared ones, enabled.

    `tables` are append-only; what is `kept` has triggers of its own.

    Needed after every migration: Alembic's batch mode makes a table anew and drops them silently.
    """
    query = _POSTGRES_TRIGGERS
    if connection.dialect.name == "sqlite":
        query = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
    present = {name: definition for name, definition in connection.execute(text(query))}
    dialect = connection.dialect.name
    expected = declared(dialect, tables)
    for each in kept:
        expected |= each.declared(dialect)
    differing = sorted(
        name for name in expected | present if expected.get(name) != present.get(name)
    )
    if differing:
        raise TriggersDiffer(f"triggers missing, unknown or changed: {', '.join(differing)}")


def _sqlite(table: str) -> dict[str, str]:
    return {
        f"{table}_no_{act}": (
            f"CREATE TRIGGER {table}_no_{act} BEFORE {act.upper()} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        )
        for act in ("update", "delete")
    }
