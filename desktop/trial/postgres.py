"""A PostgreSQL of one's own for as long as a trial lasts, by the programs that the machine has."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from desktop.domain.errors import Refusal
from desktop.domain.persian import to_persian_digits

_DEBIAN = "/usr/lib/postgresql"
_NONE = "روی این رایانه PostgreSQL نیست؛ بستهٔ postgresql را نصب کنید یا --database را بنویسید."
_LEAST = 17
_OLD = (
    "PostgreSQL این رایانه نسخهٔ {} است و نسخهٔ {} یا تازه‌تر لازم است؛ بستهٔ تازه‌تر را نصب کنید یا "
    "--database را بنویسید."
)
# PostgreSQL starts as anybody but root; Debian's package brings this user.
_USER = "postgres"
KILL = getattr(signal, "SIGKILL", signal.SIGTERM)
"""What ends a process in the middle of whatever it does; Windows has one word for both."""


class OwnPostgres:
    """A server in a folder, listening nowhere but on a socket there, with its whole care for what
    was committed (fsync). Raises Refusal where there is no PostgreSQL, or one that is too old."""

    def __init__(self, folder: Path) -> None:
        self._programs = programs()
        self._data, self._socket = folder / "data", folder / "socket"
        self._log = folder / "postgres.log"
        self._user = _USER if is_root() else None
        folder.mkdir(parents=True)
        self._socket.mkdir()
        for path in (folder, self._socket):
            # Who begins the server must get in.
            path.chmod(0o755)
            if self._user is not None:
                shutil.chown(path, self._user)
        self._run("initdb", "-D", self._data, "-U", _USER, "-A", "trust", "-E", "UTF8")

    def address(self, name: str) -> str:
        """Of a database that may be made there."""
        return f"postgresql://{_USER}@/{name}?host={self._socket}"

    def begin(self) -> None:
        """Start it; after a kill it mends itself from its log."""
        options = f"-c listen_addresses='' -c unix_socket_directories='{self._socket}'"
        self._control("start", "-l", self._log, "-o", options)

    def kill(self) -> None:
        """Kill -9 its first process in the middle of whatever it does; the others end with it."""
        first = int((self._data / "postmaster.pid").read_text(encoding="utf-8").split()[0])
        others = Path(f"/proc/{first}/task/{first}/children").read_text(encoding="utf-8").split()
        os.kill(first, KILL)
        for process in (first, *map(int, others)):
            while Path(f"/proc/{process}/exe").exists():
                time.sleep(0.01)
        # Where nobody reaps the dead its number still seems to be somebody's.
        for lock in (self._data / "postmaster.pid", *self._socket.glob(".s.PGSQL.*.lock")):
            lock.unlink(missing_ok=True)

    def end(self) -> None:
        """Stop it in order."""
        self._control("stop", "-m", "fast")

    def _control(self, act: str, *options: str | Path) -> None:
        self._run("pg_ctl", "-D", self._data, "-w", *options, act)

    def _run(self, program: str, *arguments: str | Path) -> None:
        # Nothing is asked of it and its output is not kept: the server inherits what pg_ctl has.
        subprocess.run(
            [str(part) for part in (self._programs / program, *arguments)],
            user=self._user,
            check=True,
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )


@contextmanager
def own_postgres(folder: Path) -> Iterator[str]:
    """Such a server at work in the folder; the address of a database that may be made there.

    Raises Refusal as the class.
    """
    server = OwnPostgres(folder)
    server.begin()
    try:
        yield server.address("pishkhan")
    finally:
        server.end()


def programs() -> Path:
    """The folder of the newest PostgreSQL's programs."""
    # Debian keeps each version in a folder of its own that no path names.
    found = [str(path) for path in Path(_DEBIAN).glob("*/bin/initdb")]
    if (named := shutil.which("initdb")) is not None:
        found.append(named)
    if not found:
        raise Refusal(_NONE)
    newest = max(found, key=_version)
    if (version := _version(newest)) < _LEAST:
        raise Refusal(to_persian_digits(_OLD.format(version, _LEAST)))
    return Path(newest).resolve().parent


def _version(initdb: str) -> int:
    told = subprocess.run([initdb, "--version"], capture_output=True, text=True, check=True)
    numbers = re.findall("[0-9]+", told.stdout)
    return int(numbers[0]) if numbers else 0


def is_root() -> bool:
    """Whether this process may do all on this machine."""
    return os.name == "posix" and Path.home() == Path("/root")
