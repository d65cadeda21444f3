"""A tour in a process of its own, as a person would start it, and what it listed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from desktop.trial.album import MANIFEST, AlbumLine

ROOT = Path(__file__).parents[2]
FEW = ("no-violation", "transfer")
"""Two with visits: every page that is no service's own shows all the same."""


def tour(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Play it into the folder's `album`."""
    environment = {**os.environ, "PISHKHAN_HOME": str(folder / "home"), "PYTHONUTF8": "1"}
    return subprocess.run(
        [sys.executable, "-m", "desktop", "tour", str(folder / "album"), *options],
        cwd=ROOT,
        check=False,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )


def kept_in(folder: Path) -> tuple[AlbumLine, ...]:
    """The list that the tour wrote."""
    lines = json.loads((folder / "album" / MANIFEST).read_text(encoding="utf-8"))
    return tuple(AlbumLine(**line) for line in lines)
