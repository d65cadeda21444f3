"""What takes long to make is made once a run, by the first worker that asks for it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from fcntl import LOCK_EX, flock
from pathlib import Path
from tempfile import mkdtemp

SHARED = "PISHKHAN_TEST_HOUSES"
"""The variable that names the folder of a run, to all its workers."""


def made_once(name: str, make: Callable[[Path], str]) -> tuple[Path, str]:
    """The folder of this name as it was made, and what its making told.

    Who asks meanwhile waits. What broke off is made again.
    """
    shared = Path(os.environ.get(SHARED) or mkdtemp(prefix="pishkhan-tests-"))
    made, told = shared / name, shared / f"{name}.told"
    with (shared / f"{name}.lock").open("w") as lock:
        flock(lock, LOCK_EX)
        if not told.exists():
            shutil.rmtree(made, ignore_errors=True)
            words = make(made)
            told.write_text(words, encoding="utf-8")
    return made, told.read_text(encoding="utf-8")
