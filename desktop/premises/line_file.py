"""A file of lines to which lines are added, and from which none is ever taken away."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypeVar

from desktop.wire.canon import canon
from desktop.wire.codec import Unreadable, plain, read_as

_log = logging.getLogger(__name__)
_Told = TypeVar("_Told")


def add(path: Path, all_: Iterable[object]) -> None:
    """Add a line for each dataclass that has none yet. Raises OSError."""
    texts = [canon(plain(told)) for told in all_]
    before = path.read_bytes() if path.exists() else b""
    known = set(before.decode(errors="replace").splitlines())
    new = "".join(f"{text}\n" for text in texts if text not in known).encode()
    if not new:
        return
    # A line that was cut off ends here; of two processes at once each adds its own.
    begun = b"\n" if before and not before.endswith(b"\n") else b""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(begun + new)
        file.flush()
        os.fsync(file.fileno())


def read(path: Path, kind: type[_Told]) -> list[_Told] | None:
    """The dataclasses in the order of their lines; None for no file."""
    return list(_lines(path, kind)) if path.exists() else None


def _lines(path: Path, kind: type[_Told]) -> Iterator[_Told]:
    for number, line in enumerate(path.read_bytes().splitlines(), start=1):
        try:
            yield read_as(kind, line.decode())
        except (Unreadable, UnicodeDecodeError):
            # Cut off as the machine ended: what it tells is in a later line too.
            _log.warning("%s: line %d can't be read", path.name, number)
