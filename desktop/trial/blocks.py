"""How long the window's thread is held: each thing that it does in one go, timed."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from heapq import heappush, heappushpop

from PySide6.QtCore import Qt, QTimer

_MOST = 10
_BEAT_MS = 1


@dataclass(order=True)
class Block:
    """A stretch in which the window could hear nobody, ms, and on which page.

    Of it the thread itself worked so many ms: on a busy machine the rest is others' work.
    """

    length: float
    page: str
    did: str
    worked: float


@dataclass
class Blocks:
    """The longest stretches of a run, and how many there were in all."""

    count: int = 0
    _longest: list[Block] = field(default_factory=list)

    def hold(self, did: str, page: Callable[[], object], act: Callable[[], object]) -> None:
        """Do it, and keep how long that took if few took longer."""
        before, worked = time.perf_counter(), time.thread_time()
        act()
        length = (time.perf_counter() - before) * 1000
        own = (time.thread_time() - worked) * 1000
        self.count += 1
        keep = heappush if len(self._longest) < _MOST else heappushpop
        keep(self._longest, Block(length, type(page()).__name__, did, own))

    @property
    def longest(self) -> list[Block]:
        """The longest first."""
        return sorted(self._longest, reverse=True)


class Beat:
    """A timer of the window's thread: between two of its turns the window could hear nobody.

    `longest` is the longest of these.
    """

    def __init__(self, page: Callable[[], object]) -> None:
        self._page = page
        self.longest = Block(0.0, "", "", 0.0)
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._turn)
        self.begin("")

    def begin(self, did: str) -> None:
        """What is done from now on; time until now is nobody's."""
        self._did = did
        self._last, self._last_worked = time.perf_counter(), time.thread_time()
        self._timer.start(_BEAT_MS)

    def _turn(self) -> None:
        now, worked = time.perf_counter(), time.thread_time()
        length = (now - self._last) * 1000 - _BEAT_MS
        if length > self.longest.length:
            own = (worked - self._last_worked) * 1000
            self.longest = Block(length, type(self._page()).__name__, self._did, own)
        self._last, self._last_worked = now, worked
