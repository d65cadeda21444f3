"""Whether texts that were chained one to the other are all there, each as it was written."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any

from desktop.domain.discrepancy import Discrepancy, Wrong, differing
from desktop.wire.canon import GENESIS, link_hash


class ChainCheck:
    """A chain from its beginning, `named` for people: a place after the other is `taken`."""

    def __init__(self, named: str) -> None:
        self._named = named
        self.pos, self.hash = 0, GENESIS

    def take(self, pos: int, canon: str, chain: str) -> Iterator[Discrepancy]:
        """The next one, with its place and the chain's value there, as they are kept."""
        where = f"{self._named} {pos}"
        if pos != self.pos + 1:
            yield Discrepancy(Wrong.POSITION, where, f"comes after {self.pos}")
        elif chain != self._linked(canon):
            yield Discrepancy(Wrong.CHAIN, where, "its text, or one before it, is another")
        # What follows is held against what is kept: one change is told once.
        self.pos, self.hash = pos, chain

    def _linked(self, canon: str) -> str:
        """The chain's value after the text; none follows from a value that is none."""
        try:
            return link_hash(self.hash, canon)
        except (ValueError, TypeError, AttributeError):
            return ""

    def end(self, pos: int, chain: str) -> Iterator[Discrepancy]:
        """Where it is said to end."""
        if (pos, chain) != (self.pos, self.hash) and (pos or self.pos):
            told = differing((pos, chain), (self.pos, self.hash))
            yield Discrepancy(Wrong.HEAD, self._named, told)


def beside(where: str, row: Any, names: Collection[str], moment: str = "") -> Iterator[Discrepancy]:
    """What stands beside the row's text and is not what that says; `moment` names the one, if any,
    that is a moment."""
    try:
        envelope = json.loads(row.canon)
        said = {name: envelope[name] for name in names}
        if moment:
            said[moment] = datetime.fromisoformat(envelope[moment].replace("Z", "+00:00"))
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        yield Discrepancy(Wrong.ENVELOPE, where, "its text can't be read")
        return
    for name, value in said.items():
        kept = getattr(row, name)
        if (told_at(kept) if name == moment else kept) != value:
            yield Discrepancy(Wrong.ENVELOPE, where, f"{name}: {differing(kept, value)}")


def told_at(moment: datetime) -> datetime:
    """A moment as far as a text tells it."""
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)
