"""Engines: one that writes and one that reads, on a SQLite file or a PostgreSQL database."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import ConnectionPoolEntry


@dataclass(frozen=True)
class Sealed:
    """A SQLite file that is encrypted whole, with a key of 32 bytes (SQLCipher)."""

    path: Path
    key: bytes = field(repr=False)


File: TypeAlias = Path | Sealed
"""A SQLite file, plain or encrypted."""
Place: TypeAlias = File | str
"""A SQLite file, or a `postgresql+psycopg://` address."""

_BUSY_MS = 10_000
_STEP = 512  # pages, of 4 kB each
_PLACE = "place"
# Of each process and engine, as many as it answers calls at once (`centre.api.Limits`). Who finds
# all in use waits so long, and is told to come again.
_CONNECTIONS, _WAIT_S = 12, 5
# A network that swallows everything ends a call too; on the machine's own socket these are nothing.
_NETWORK = {
    "connect_timeout": 5,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 15_000,
}
_LIMITS = "limits"


@dataclass(frozen=True)
class Limits:
    """How many seconds a transaction on PostgreSQL may wait for a lock, for a statement's end, for
    the program's next word, and last in all; 0 is for ever."""

    lock: int
    statement: int
    silence: int
    whole: int


SHORT = Limits(lock=2, statement=10, silence=10, whole=30)
"""For a call that somebody waits for."""
PATIENT = Limits(lock=60, statement=600, silence=600, whole=900)
"""For a call that a desk waits long for; it ends soon after nobody waits any more."""
LONG = Limits(lock=60, statement=0, silence=600, whole=0)
"""For migrations, imports and what the minute's round weighs; it holds where nothing is said."""


def limited(limits: Limits) -> dict[str, Limits]:
    """The execution options of a connection whose transactions have these limits."""
    return {_LIMITS: limits}


def writer(place: Place) -> Engine:
    """The engine for transactions that write.

    On SQLite every transaction begins with BEGIN IMMEDIATE, because a transaction that reads first
    and then writes fails or, worse, decides on what another one is changing (`with_for_update` is
    silently dropped there). One connection, so that writers of this process queue up in order.
    On PostgreSQL it is READ COMMITTED and rows are locked by `with_for_update`.
    """
    if isinstance(place, str):
        return _postgres(place, "READ COMMITTED")
    engine = _sqlite(place, "rwc", pool_size=1, max_overflow=0)
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


def reader(place: Place, moment: str = "") -> Engine:
    """The engine for transactions that only read: each sees one moment and no write is possible.

    On PostgreSQL that may be the `moment` that another transaction exported, while it lasts. The
    SQLite file must exist already.
    """
    if isinstance(place, str):
        # Said as each transaction begins: a pooler like PgBouncer passes nothing on that is said
        # of a connection.
        engine = _postgres(place, "REPEATABLE READ", moment)
        engine.update_execution_options(postgresql_readonly=True)
        return engine
    engine = _sqlite(place, "rw")
    _prepare(engine, ("query_only=ON",), "BEGIN")
    return engine


def _postgres(address: str, isolation: str, moment: str = "") -> Engine:
    engine = create_engine(
        address,
        pool_pre_ping=True,
        pool_size=_CONNECTIONS,
        max_overflow=0,
        pool_timeout=_WAIT_S,
        # What a person typed never reaches a log by way of an error.
        hide_parameters=True,
        isolation_level=isolation,
        connect_args=_NETWORK,
    )

    @event.listens_for(engine, "begin")
    def limit(connection: Connection) -> None:
        if moment:
            # Before anything else is asked in it.
            connection.exec_driver_sql(f"SET TRANSACTION SNAPSHOT '{moment}'")
        limits: Limits = connection.get_execution_options().get(_LIMITS, LONG)
        connection.exec_driver_sql(_to_set(limits))

    return engine


@cache
def _to_set(limits: Limits) -> str:
    settings = {
        "lock_timeout": limits.lock,
        "statement_timeout": limits.statement,
        "idle_in_transaction_session_timeout": limits.silence,
        "transaction_timeout": limits.whole,
    }
    # In one question, and for this transaction alone.
    each = (f"set_config('{name}', '{value}s', true)" for name, value in settings.items())
    return f"SELECT {', '.join(each)}"


def path_of(place: File) -> Path:
    """Where the file is."""
    return place.path if isinstance(place, Sealed) else place


def place_of(engine: Engine) -> File:
    """The file of an engine on SQLite."""
    place: File = engine.get_execution_options()[_PLACE]
    return place


def copy_file(engine: Engine, target: Path, step: Callable[[], None] = lambda: None) -> None:
    """Copy the engine's SQLite file as it is at this moment; an encrypted one under its own key.

    Nobody who writes meanwhile is held up. `step` is called every 2 MB; what it raises ends it.
    Raises DBAPIError.
    """
    place = place_of(engine)
    beside = beside_of(place, target)
    driver = _driver(place)
    try:
        with closing(_connect(place, "rw")) as source, closing(_connect(beside, "rwc")) as copy:
            # One moment from the first page to the last: else each act meanwhile began it anew.
            source.execute("BEGIN")
            source.execute("SELECT count(*) FROM sqlite_master").fetchone()
            source.backup(copy, pages=_STEP, progress=lambda *_: step())
            # It is one file, without a log beside it that would have to go with it.
            copy.execute("PRAGMA journal_mode=DELETE")
    except driver.Error as fault:
        raise DBAPIError("backup", (), fault, hide_parameters=True) from fault


def beside_of(place: File, target: Path) -> File:
    """The target as a file that is kept as that one is: in plain, or under the same key."""
    return Sealed(target, place.key) if isinstance(place, Sealed) else target


def seal(plain: Path, target: Sealed) -> None:
    """Write what a plain file holds into a new encrypted one."""
    # The encrypting driver reads a plain file too, as long as it is given no key.
    with closing(_driver(target).connect(str(plain))) as connection:
        key = f"x'{target.key.hex()}'"
        connection.execute("ATTACH DATABASE ? AS sealed KEY ?", (str(target.path), key))
        connection.execute("SELECT sqlcipher_export('sealed')")
        connection.execute("DETACH DATABASE sealed")


def _sqlite(place: File, mode: str, **pool: int) -> Engine:
    return create_engine(
        URL.create("sqlite+pysqlite", database=path_of(place).as_posix()),
        module=_driver(place),
        creator=lambda: _connect(place, mode),
        execution_options={_PLACE: place},
        hide_parameters=True,
        **pool,
    )


def _driver(place: File) -> Any:
    # Only an office's desk pays for the encrypting driver; a demo loads the one it has.
    if isinstance(place, Sealed):
        from sqlcipher3 import dbapi2

        return dbapi2
    return sqlite3


def _connect(place: File, mode: str) -> Any:
    """A connection of the driver's. An encrypted file is given its key before all else."""
    # As a URI, so that a file that should be there is not made empty by opening it.
    address = f"{path_of(place).resolve().as_uri()}?mode={mode}"
    connection = _driver(place).connect(
        address, timeout=_BUSY_MS / 1000, check_same_thread=False, uri=True
    )
    if isinstance(place, Sealed):
        # What it can't decipher it would also print; the fault that is raised says it.
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute(f"PRAGMA key = \"x'{place.key.hex()}'\"")
        # What is sorted or rolled back must not lie beside the file as plain text.
        connection.execute("PRAGMA temp_store = MEMORY")
    return connection


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
