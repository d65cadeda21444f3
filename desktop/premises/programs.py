"""Where PostgreSQL's programs are on this machine: not always where their name leads."""

from __future__ import annotations

import shutil
from pathlib import Path

_DEBIAN = Path("/usr/lib/postgresql")
_CHOOSER = "pg_wrapper"
"""What stands under the programs' names on Debian: it takes the version of an old cluster that is
still there, and an older `pg_dump` refuses a newer server."""


def located(name: str) -> str | None:
    """The program's path; the newest of Debian's where the name leads to none, or to its chooser.

    None where the machine has none.
    """
    found = shutil.which(name)
    if found is not None and Path(found).resolve().name != _CHOOSER:
        return found
    versions = [each for each in _DEBIAN.glob(f"*/bin/{name}") if each.parts[-3].isdecimal()]
    newest = max(versions, key=lambda path: int(path.parts[-3]), default=None)
    return str(newest) if newest is not None else found
