"""A file of 20 MB that is given up when the disk is full, so that a made act can still be kept."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

SIZE = 20 * 1024 * 1024
_BLOCK = bytes(256 * 1024)
_AGAIN = 2


class Reserve:
    """The reserve beside one store file."""

    def __init__(self, store: Path, size: int = SIZE) -> None:
        self._path = store.with_name(f"{store.name}.reserve")
        self._size = size

    @property
    def held(self) -> bool:
        """Whether the room is there to be given up."""
        return self._path.exists() and self._path.stat().st_size >= self._size

    def hold(self) -> bool:
        """Take the room if the disk has it; False when it has not."""
        if self.held:
            return True
        partial = self._path.with_name(f"{self._path.name}.partial")
        try:
            with partial.open("wb") as file:
                for _ in range(0, self._size, len(_BLOCK)):
                    file.write(_BLOCK)
                file.flush()
                os.fsync(file.fileno())
            os.replace(partial, self._path)
        except OSError:
            partial.unlink(missing_ok=True)
            return False
        return True

    def retake(self) -> bool:
        """Take the room again where as much again is free: nobody works on a disk without any."""
        free = shutil.disk_usage(self._path.parent).free
        return free >= _AGAIN * self._size and self.hold()

    def give_up(self) -> bool:
        """Free the room; False when there was none to free."""
        if not self._path.exists():
            return False
        self._path.unlink()
        return True
