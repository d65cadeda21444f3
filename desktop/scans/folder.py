"""A folder that any scanner program writes to: which files in it are whole and new."""

from __future__ import annotations

import os
import time
from pathlib import Path

from desktop.domain.errors import Refusal
from desktop.domain.persian import isolate

ATTACHED = "پیوست‌شده"
_SUFFIXES = frozenset({".jpg", ".jpeg", ".png", ".tif", ".tiff", ".bmp", ".gif", ".webp", ".pdf"})
# What was scanned before the form was opened still belongs to the citizen at the counter.
_RECENT_S = 600

_Look = tuple[int, int]


class ScanFolder:
    """Tells each finished file once; asked every second or so, off the window's thread."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._looks: dict[str, _Look] = {}
        self._given: dict[str, _Look] = {}
        self._oldest = time.time_ns() - _RECENT_S * 1_000_000_000

    def arrived(self) -> list[Path]:
        """Files that stood still since the call before, the oldest first.

        A file under way is told when it stands still; one that changes later is told again.
        Raises Refusal when the folder is gone or closed to us.
        """
        looks = self._look()
        whole = [
            name
            for name, look in looks.items()
            if look[0] and self._looks.get(name) == look and self._given.get(name) != look
        ]
        self._looks = looks
        self._given = {name: look for name, look in self._given.items() if name in looks}
        self._given |= {name: looks[name] for name in whole}
        return [self.folder / name for name in sorted(whole, key=lambda name: looks[name][1])]

    def put_away(self, paths: list[Path]) -> None:
        """Into the folder of what is attached, so that the next citizen's form does not see it.

        Where the scanner's folder is closed to us they stay, and are not told again.
        """
        away = self.folder / ATTACHED
        for path in paths:
            try:
                away.mkdir(exist_ok=True)
                path.replace(_free(away / path.name))
            except OSError:
                continue

    def _look(self) -> dict[str, _Look]:
        looks: dict[str, _Look] = {}
        try:
            with os.scandir(self.folder) as entries:
                for entry in entries:
                    if entry.name.startswith((".", "~")):
                        continue
                    if Path(entry.name).suffix.lower() not in _SUFFIXES:
                        continue
                    found = _state(entry)
                    if found is not None and found[1] >= self._oldest:
                        looks[entry.name] = found
        except OSError as fault:
            name = isolate(str(self.folder))
            raise Refusal(f"پوشهٔ اسکنر «{name}» در دسترس نیست؛ آن را دوباره برگزینید.") from fault
        return looks


def _state(entry: os.DirEntry[str]) -> _Look | None:
    try:
        if not entry.is_file():
            return None
        found = entry.stat()
    except OSError:
        # It went between the listing and the look, or is a link that leads nowhere.
        return None
    return found.st_size, found.st_mtime_ns


def _free(path: Path) -> Path:
    """A name nobody has there."""
    count, free = 1, path
    while free.exists():
        count += 1
        free = path.with_stem(f"{path.stem}-{count}")
    return free
