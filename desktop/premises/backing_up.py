"""A centre's backup: a dump of its database that was read back, or pgbackrest's own."""

from __future__ import annotations

import json
import logging
import os
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from desktop.centre.database import libpq
from desktop.centre.schema import declared_tables
from desktop.domain.errors import Refusal
from desktop.domain.persian import isolate
from desktop.keys import write_private
from desktop.premises.centre_file import PASSWORD, CentreFile
from desktop.premises.programs import located

NOTE = "backup.json"
_NO_PROGRAM = "برنامهٔ «{}» روی این رایانه نیست؛ بستهٔ postgresql-client یا pgbackrest را نصب کنید."
_FAILED = "پشتیبان گرفته نشد: {}"
_LACKS = "پشتیبان خوانده شد و این جدول‌ها در آن نیست: {}. آن را به کار نبرید."
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Backup:
    """What was backed up when: the dump and its bytes; for pgbackrest its label, and 0."""

    at: datetime
    name: str
    size: int


def last_backup(folder: Path) -> datetime | None:
    """When the centre of the data folder was last backed up; None where nobody knows of it."""
    try:
        return datetime.fromisoformat(json.loads((folder / NOTE).read_text("utf-8"))["at"])
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError) as fault:
        _log.warning("%s can't be read: %s", NOTE, fault)
        return None


def back_up(folder: Path, file: CentreFile, place: str, at: datetime) -> Backup:
    """Back the database up, read the backup's list of contents, and note it. Raises Refusal.

    The centre may be at work meanwhile: what is dumped is one moment. No key is in it.
    """
    taken = _pgbackrest(file.pgbackrest, at) if file.pgbackrest else _dump(folder, file, place, at)
    note = {"at": taken.at.isoformat(), "name": taken.name, "bytes": taken.size}
    write_private(folder / NOTE, json.dumps(note).encode())
    return taken


def _dump(folder: Path, file: CentreFile, place: str, at: datetime) -> Backup:
    to = folder / file.backups
    to.mkdir(parents=True, exist_ok=True)
    path = to / f"centre-{at:%Y%m%dT%H%M%SZ}.dump"
    partial = path.with_suffix(".partial")
    # There before it is written to: it holds what people told the city, and is nobody else's.
    write_private(partial, b"")
    try:
        _written(partial, folder, place)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise
    partial.replace(path)
    return Backup(at, str(path), path.stat().st_size)


def _written(partial: Path, folder: Path, place: str) -> None:
    """Dump into the file, and see that every table is in it."""
    run_program(
        [
            "pg_dump",
            "--format=custom",
            "--no-password",
            f"--file={partial}",
            f"--dbname={libpq(place)}",
        ],
        folder,
    )
    listed = _run(["pg_restore", "--list", str(partial)], {})
    found = {line.split()[-2] for line in listed.splitlines() if " TABLE DATA " in line}
    lacks = sorted(set(declared_tables()) - found)
    if lacks:
        raise Refusal(_LACKS.format(isolate(", ".join(lacks))))
    with partial.open("r+b") as written:
        os.fsync(written.fileno())


def run_program(command: Sequence[str], folder: Path) -> str:
    """What one of PostgreSQL's programs says, with the password of the data folder. Raises Refusal
    where it is missing or fails."""
    secret = {"PGPASSFILE": str(folder / PASSWORD)} if (folder / PASSWORD).exists() else {}
    # A dump bears the time of its machine's zone without saying which one that was.
    return _run(command, {"TZ": "UTC", **secret})


def _pgbackrest(stanza: str, at: datetime) -> Backup:
    _run(["pgbackrest", f"--stanza={stanza}", "backup"], {})
    told = json.loads(_run(["pgbackrest", f"--stanza={stanza}", "--output=json", "info"], {}))
    backups = [each for one in told for each in one.get("backup", [])]
    fresh = [each for each in backups if each["timestamp"]["stop"] >= int(at.timestamp())]
    if not fresh or fresh[-1].get("error"):
        raise Refusal(_FAILED.format(isolate(f"pgbackrest, stanza {stanza}")))
    return Backup(at, fresh[-1]["label"], 0)


def _run(command: Sequence[str], variables: dict[str, str]) -> str:
    """What the program says. Raises Refusal where it is missing or fails."""
    program = located(command[0])
    if program is None:
        raise Refusal(_NO_PROGRAM.format(command[0]))
    ended = subprocess.run(
        [program, *command[1:]],
        env={**os.environ, **variables},
        capture_output=True,
        text=True,
        check=False,
    )
    if ended.returncode:
        _log.error("%s: %s%s", command[0], ended.stdout, ended.stderr)
        raise Refusal(_FAILED.format(isolate(_complaint(ended) or command[0])))
    return ended.stdout


def _complaint(ended: subprocess.CompletedProcess[str]) -> str:
    """The line that says what went wrong: pgbackrest says it on its output, among hints."""
    lines = (ended.stderr.strip() or ended.stdout.strip()).splitlines()
    wrong = [line for line in lines if "ERROR" in line]
    return (wrong[:1] or lines[-1:] or [""])[0].strip()
