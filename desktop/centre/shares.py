"""No device, and no office, takes more of the centre than its share of calls."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

AT_ONCE = 2
"""Calls of one device that are answered at once (SYNC.md "Identity")."""
OFFICE_AT_ONCE = 6
"""Writing calls of one office that a process answers at once: they may all wait for one stream."""


class Busy(Exception):
    """Not now: the database let it down each time, or whoever asks has its share of calls here."""


class Shares:
    """How many calls of each device (or office) this process is answering; safe for threads.

    Counted in memory: who is stuck holds no more than its own share of the connections.
    """

    def __init__(self, most: int = AT_ONCE) -> None:
        self._most = most
        self._lock = Lock()
        self._taken: Counter[str] = Counter()

    @contextmanager
    def of(self, whose: str) -> Iterator[None]:
        """One of its calls, for as long as it lasts. Raises Busy above its share."""
        with self._lock:
            if self._taken[whose] >= self._most:
                raise Busy(f"{whose} has {self._most} calls here")
            self._taken[whose] += 1
        try:
            yield
        finally:
            with self._lock:
                self._taken[whose] -= 1
                if not self._taken[whose]:
                    del self._taken[whose]
