"""Keeps a home as an earlier program makes it: run with the code of the commit that names it.

    git worktree add --detach /tmp/COMMIT COMMIT
    cd /tmp/COMMIT && PYTHONPATH=. python …/tests/keep.py …/tests/data/homes/COMMIT.tar.xz

So it asks for nothing but what `tests.houses` of every program since 4316626 has.
"""

from __future__ import annotations

import io
import sqlite3
import sys
import tarfile
from contextlib import closing, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests import houses

PROPERTIES = 12
_TODAY = 8
_FOLLOWED = 3
_STORES = ("office.db", "municipality.db", "centre.db")


def fill(house: Any, crew: Any, clock: Any) -> None:
    """A queue under way, some of it led to its end, and two requests that were never sent."""
    made_by: Any = houses
    made_by.fill_queue(house, crew, clock, properties=PROPERTIES, today=_TODAY)
    lead: Any = sys.modules[made_by.Crew.__module__]
    for case_id in _cases(house.stores["office"])[:_FOLLOWED]:
        # One whose fee was never paid stays where it is.
        with suppress(RuntimeError):
            lead.follow(crew, case_id, clock.now())
    for running in (house.office, house.municipality):
        running.bell.ring = lambda: None
    # What nobody has answered has no next step.
    with suppress(RuntimeError):
        made_by.fill_queue(house, crew, clock, properties=PROPERTIES, today=1)


def _cases(store: Path) -> list[str]:
    with closing(sqlite3.connect(store)) as kept:
        return [row[0] for row in kept.execute("select case_id from case_row order by id")]


def keep(home: Path, packed: Path) -> None:
    """Pack the home, its databases without room that nothing takes."""
    with TemporaryDirectory() as beside, tarfile.open(packed, "w:xz", preset=9) as tar:
        for file in sorted(path for path in home.rglob("*") if _lasts(path)):
            taken = file
            if file.name in _STORES:
                taken = Path(beside) / file.name
                with closing(sqlite3.connect(file)) as kept:
                    kept.execute("vacuum into ?", (str(taken),))
            entry = tarfile.TarInfo(str(file.relative_to(home)))
            entry.size = taken.stat().st_size
            tar.addfile(entry, io.BytesIO(taken.read_bytes()))


def _lasts(file: Path) -> bool:
    # Locks, write-ahead logs and the reserve are those of a program at work.
    return file.is_file() and file.suffix in {".db", ".device", ".id", ".key", ".json"}


if __name__ == "__main__":
    made: Any = houses
    keep(made._founded(PROPERTIES, fill)[0], Path(sys.argv[1]))
