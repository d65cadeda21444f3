"""Keeps a second program off a store: an exclusive SQLite lock on a file beside it.

The database's own lock works on Windows too and is gone with the process however it ends.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import create_engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from desktop.domain.errors import Refusal
from desktop.sql.faults import refusal_for

_TWICE = (
    "برنامه با همین پایگاه داده باز است؛ از پنجرهٔ باز آن کار کنید "
    "یا آن را ببندید و دوباره برنامه را باز کنید."
)


class InUse(Refusal):
    """Another program, or another window of this one, has the store open."""


class StoreLock:
    """The lock of one store file, held from `acquire` to `release`."""

    def __init__(self, store: Path) -> None:
        path = store.with_name(f"{store.name}.lock")
        self._engine = create_engine(
            f"sqlite+pysqlite:///{path.as_posix()}",
            connect_args={"timeout": 0, "check_same_thread": False},
            poolclass=NullPool,
        )
        self._connection = self._engine.connect()

    def acquire(self) -> None:
        """Take it. Raises InUse when another program, or another window of this one, holds it."""
        try:
            self._connection.exec_driver_sql("BEGIN EXCLUSIVE")
        except DBAPIError as fault:
            self.release()
            if getattr(fault.orig, "sqlite_errorname", "").startswith("SQLITE_BUSY"):
                raise InUse(_TWICE) from fault
            refusal = refusal_for(fault)
            if refusal is None:
                raise
            raise refusal from fault

    def release(self) -> None:
        """Give it up; once more does nothing."""
        self._connection.close()
        self._engine.dispose()


def demand_free(store: Path) -> None:
    """Raise InUse while another program has the store open; nothing where there is no store."""
    if store.exists():
        lock = StoreLock(store)
        lock.acquire()
        lock.release()
