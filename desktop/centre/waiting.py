"""Desks that wait until one of their streams grows; one look at the heads serves them all."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field

from desktop import journal
from desktop.sql.faults import passes

_log = logging.getLogger(__name__)
_EVERY_S = 0.3
# A database that can't be asked is not asked three times a second.
_AFTER_A_FAULT_S = 3.0

Look = Callable[[Iterable[str]], Mapping[str, int]]
"""How far each of the named streams has come; asks the database, and blocks meanwhile."""


@dataclass
class _Waiter:
    cursors: Mapping[str, int]
    woken: asyncio.Event = field(default_factory=asyncio.Event)
    grown: bool = False

    def has_grown(self, heads: Mapping[str, int]) -> bool:
        return any(heads.get(name, 0) > cursor for name, cursor in self.cursors.items())


class Waiting:
    """Who waits in this process. No connection to the database is held for any of them.

    `LISTEN` would need a connection of its own that PgBouncer can't lend; a look is one statement.
    """

    def __init__(self, look: Look) -> None:
        self._look = look
        self._waiters: dict[str, _Waiter] = {}
        self.ended = False

    def __len__(self) -> int:
        return len(self._waiters)

    async def until_grown(self, device_id: str, cursors: Mapping[str, int], seconds: float) -> bool:
        """Whether a stream has grown beyond its cursor: told when it has, at the latest after
        `seconds`.

        A device waits once: the call that it gave up, to ask again, is let go.
        """
        if self.ended:
            return False
        waiter = _Waiter(cursors)
        former = self._waiters.get(device_id)
        if former is not None:
            former.woken.set()
        self._waiters[device_id] = waiter
        try:
            with suppress(TimeoutError):
                async with asyncio.timeout(seconds):
                    await waiter.woken.wait()
        finally:
            if self._waiters.get(device_id) is waiter:
                del self._waiters[device_id]
        return waiter.grown

    async def watch(self) -> None:
        """Look at the heads while anybody waits, until the task is cancelled."""
        told = False
        while True:
            await asyncio.sleep(_EVERY_S)
            if not self._waiters:
                continue
            names = {name for waiter in self._waiters.values() for name in waiter.cursors}
            try:
                heads = await asyncio.to_thread(self._look, names)
            # Who waits loses nothing by it: they are answered when their time is over.
            except Exception as fault:  # noqa: BLE001
                if passes(fault):
                    _log.warning("nobody is told of news: %s", fault)
                elif not told:
                    journal.report(fault)
                told = True
                await asyncio.sleep(_AFTER_A_FAULT_S)
                continue
            told = False
            for waiter in self._waiters.values():
                if waiter.has_grown(heads):
                    waiter.grown = True
                    waiter.woken.set()

    def end(self) -> None:
        """Let everybody go, now and from now on: the process ends."""
        self.ended = True
        for waiter in self._waiters.values():
            waiter.woken.set()
