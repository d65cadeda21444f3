"""A PostgreSQL of one's own for as long as a trial lasts, by the programs that the machine has."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
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


@contextmanager
def own_postgres(folder: Path) -> Iterator[str]:
    """A server in the folder, listening nowhere but on a socket there; the address of a database
    that may be made there. Raises Refusal where there is no PostgreSQL, or one that is too old."""
    programs = _programs()
    data, socket = folder / "data", folder / "socket"
    user = _USER if _is_root() else None
    folder.mkdir(parents=True)
    socket.mkdir()
    for path in (folder, socket):
        # Who begins the server must get in.
        path.chmod(0o755)
        if user is not None:
            shutil.chown(path, user)
    _run(user, programs / "initdb", "-D", data, "-U", _USER, "-A", "trust", "-E", "UTF8")
    options = f"-c listen_addresses='' -c unix_socket_directories='{socket}'"
    log = folder / "postgres.log"
    _run(user, programs / "pg_ctl", "-D", data, "-l", log, "-w", "-o", options, "start")
    try:
        yield f"postgresql://{_USER}@/pishkhan?host={socket}"
    finally:
        _run(user, programs / "pg_ctl", "-D", data, "-m", "fast", "-w", "stop")


def _programs() -> Path:
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


def _is_root() -> bool:
    return os.name == "posix" and Path.home() == Path("/root")


def _run(user: str | None, *command: str | Path) -> None:
    # Nothing is asked of it and its output is not kept: the server inherits what pg_ctl has.
    subprocess.run(
        [str(part) for part in command],
        user=user,
        check=True,
        cwd="/",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
