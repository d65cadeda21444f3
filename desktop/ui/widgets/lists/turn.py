"""What F7 goes round: the keys of a list that gets shorter as it is mended."""

from __future__ import annotations

from collections.abc import Sequence


class Turn:
    """The next of the keys after that which was gone to last, and after the last the first."""

    def __init__(self) -> None:
        self.keys: list[str] = []
        self._next = 0

    def set_keys(self, keys: Sequence[str]) -> None:
        """What is left now. Not the same number comes next as before: what is mended leaves the
        list, and all below it move up."""
        passed = reversed(self.keys[: self._next])
        self.keys = [*keys]
        self._next = next((self.keys.index(key) + 1 for key in passed if key in self.keys), 0)

    def next(self) -> str:
        """The key that is next; empty where none is left."""
        return self.keys[self._next % len(self.keys)] if self.keys else ""

    def go(self, key: str) -> None:
        """This one is gone to; one that has left the list meanwhile changes nothing."""
        if key in self.keys:
            self._next = self.keys.index(key) + 1
