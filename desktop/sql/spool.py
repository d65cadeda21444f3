"""Rows put aside on the disk and read back in order: memory does not grow with their number."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from types import TracebackType

_BATCH = 1_000


class Spool:
    """A private file of (group, kind, place, text) that vanishes when it is closed."""

    def __init__(self) -> None:
        # An empty name: SQLite's own temporary file, kept in memory as long as it is small.
        self._file = sqlite3.connect("", isolation_level=None)
        self._file.execute("PRAGMA journal_mode=OFF")
        self._file.execute("PRAGMA synchronous=OFF")
        self._file.execute("PRAGMA cache_size=-4000")
        self._file.execute("CREATE TABLE row (part INTEGER, kind TEXT, place INTEGER, text TEXT)")
        self._waiting: list[tuple[int, str, int, str]] = []

    def __enter__(self) -> Spool:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()

    def add(self, group: int, kind: str, place: int, text: str) -> None:
        """Puts a row aside."""
        self._waiting.append((group, kind, place, text))
        if len(self._waiting) == _BATCH:
            self._write()

    def ordered(self) -> Iterator[tuple[int, str, int, str]]:
        """Every row by group, and within it by kind and place."""
        self._write()
        yield from self._file.execute(
            "SELECT part, kind, place, text FROM row ORDER BY part, kind, place"
        )

    def _write(self) -> None:
        self._file.execute("BEGIN")
        self._file.executemany("INSERT INTO row VALUES (?, ?, ?, ?)", self._waiting)
        self._file.execute("COMMIT")
        self._waiting.clear()
