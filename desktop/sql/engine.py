"""Engines: one that writes and one that reads, on a SQLite file or a PostgreSQL database."""

from __future__ import annotations

from pathlib import Path
from typing import Any, TypeAlias

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

Place: TypeAlias = Path | str
"""A SQLite file, or a `postgresql+psycopg://` address."""

_BUSY_MS = 10_000


def writer(place: Place) -> Engine:
    """The engine for transactions that write.

    On SQLite every transaction begins with BEGIN IMMEDIATE, because a transaction that reads first
    and then writes fails or, worse, decides on what another one is changing (`with_for_update` is
    silently dropped there). One connection, so that writers of this process queue up in order.
    On PostgreSQL it is READ COMMITTED and rows are locked by `with_for_update`.
    """
    if isinstance(place, str):
        return _postgres(place)
    engine = _sqlite(place, mode="rwc", pool_size=1, max_overflow=0)
    pragmas = (
        "journal_mode=WAL",
        # FULL: in WAL, NORMAL may forget a committed transaction when the power goes.
        "synchronous=FULL",
        "foreign_keys=ON",
        # Without it INSERT OR REPLACE deletes behind the back of the append-only triggers.
        "recursive_triggers=ON",
    )
    _prepare(engine, pragmas, "BEGIN IMMEDIATE")
    return engine


def reader(place: Place) -> Engine:
    """The engine for transactions that only read: each sees one moment and no write is possible.

    The SQLite file must exist already.
    """
    if isinstance(place, str):
        return _postgres(place, {"options": "-c default_transaction_read_only=on"})
    engine = _sqlite(place, mode="rw")
    _prepare(engine, ("query_only=ON",), "BEGIN")
    return engine


def _postgres(address: str, connect_args: dict[str, Any] | None = None) -> Engine:
    return create_engine(
        address,
        pool_pre_ping=True,
        # What a person typed never reaches a log by way of an error.
        hide_parameters=True,
        isolation_level="READ COMMITTED",
        connect_args=connect_args or {},
    )


def _sqlite(path: Path, mode: str, **pool: int) -> Engine:
    # As a URI, so that a file that should be there is not made empty by opening it.
    address = URL.create(
        "sqlite+pysqlite",
        database=path.resolve().as_uri(),
        query={"mode": mode, "uri": "true"},
    )
    return create_engine(
        address, connect_args={"timeout": _BUSY_MS / 1000}, hide_parameters=True, **pool
    )


def _prepare(engine: Engine, pragmas: tuple[str, ...], begin: str) -> None:
    @event.listens_for(engine, "connect")
    def connect(connection: DBAPIConnection, entry: ConnectionPoolEntry) -> None:
        # The driver's own BEGIN is deferred and comes late: off, and SQLAlchemy's event begins.
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in pragmas:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def start(connection: Connection) -> None:
        connection.exec_driver_sql(begin)
