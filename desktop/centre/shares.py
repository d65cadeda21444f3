"""No device takes more of the centre than its share of calls."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

AT_ONCE = 2
"""Calls of one device that are answered at once (SYNC.md "Identity")."""


class Busy(Exception):
    """Not now: the database let it down each time, or the device has its share of calls here."""


class Shares:
    """How many calls of each device this process is answering; safe for threads.

    Counted in memory, before anything is asked of the database: a device that is stuck holds no
    more than its own share of the connections.
    """

    def __init__(self, most: int = AT_ONCE) -> None:
        self._most = most
        self._lock = Lock()
        self._taken: Counter[str] = Counter()

    @contextmanager
    def of(self, device_id: str) -> Iterator[None]:
        """One of the device's calls, for as long as it lasts. Raises Busy above its share."""
        with self._lock:
            if self._taken[device_id] >= self._most:
                raise Busy(f"device {device_id} has {self._most} calls here")
            self._taken[device_id] += 1
        try:
            yield
        finally:
            with self._lock:
                self._taken[device_id] -= 1
                if not self._taken[device_id]:
                    del self._taken[device_id]
