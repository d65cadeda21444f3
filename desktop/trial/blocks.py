"""How long the window's thread is held: each thing that it does in one go, timed."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from heapq import heappush, heappushpop

_MOST = 10


@dataclass(order=True)
class Block:
    """A stretch in which the window could hear nobody, ms, and on which page."""

    length: float
    page: str
    did: str


@dataclass
class Blocks:
    """The longest stretches of a run, and how many there were in all."""

    count: int = 0
    _longest: list[Block] = field(default_factory=list)

    def hold(self, did: str, page: Callable[[], object], act: Callable[[], object]) -> None:
        """Do it, and keep how long that took if few took longer."""
        before = time.perf_counter()
        act()
        length = (time.perf_counter() - before) * 1000
        self.count += 1
        keep = heappush if len(self._longest) < _MOST else heappushpop
        keep(self._longest, Block(length, type(page()).__name__, did))

    @property
    def longest(self) -> list[Block]:
        """The longest first."""
        return sorted(self._longest, reverse=True)
