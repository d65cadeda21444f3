"""The centre's longer work, done in turn: at once, or when it is told to."""

from __future__ import annotations

from collections.abc import Callable


class Later:
    """Stands where a centre has threads; while `waits`, works are put aside until `run`."""

    def __init__(self) -> None:
        self.waits = False
        self._put_aside: list[Callable[[], object]] = []

    def __call__(self, work: Callable[[], object]) -> None:
        """Do the work, or put it aside."""
        if self.waits:
            self._put_aside.append(work)
        else:
            work()

    def run(self) -> None:
        """Do what was put aside, and from now on everything at once."""
        self.waits = False
        works, self._put_aside = self._put_aside, []
        for work in works:
            work()
