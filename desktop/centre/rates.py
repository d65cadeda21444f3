"""How often one address may knock: so many calls a second, with a store of them for a rush."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable

_MOST_ADDRESSES = 10_000


class Rates:
    """A bucket of calls for each address; those that were not heard of for longest are forgotten.

    A forgotten address begins with a full bucket, as a new one does.
    """

    def __init__(
        self, a_second: float, at_once: int, now: Callable[[], float] = time.monotonic
    ) -> None:
        """`a_second` calls go back into a bucket that holds `at_once`; `now` gives seconds."""
        self._a_second, self._at_once, self._now = a_second, at_once, now
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def __len__(self) -> int:
        """How many addresses are known."""
        return len(self._left)

    def take(self, address: str) -> bool:
        """Whether the address may call now; the call is counted."""
        now = self._now()
        left, since = self._left.pop(address, (float(self._at_once), now))
        left = min(self._at_once, left + (now - since) * self._a_second)
        may = left >= 1
        self._left[address] = (left - 1 if may else left, now)
        if len(self._left) > _MOST_ADDRESSES:
            self._left.popitem(last=False)
        return may
