"""Desks that wait until one of their streams grows; one look at the database serves them all."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine, Iterable, Mapping, Set
from contextlib import suppress
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from desktop import journal
from desktop.sql.faults import passes

_log = logging.getLogger(__name__)
_EVERY_S = 0.3
# A database that can't be asked is not asked three times a second.
_AFTER_A_FAULT_S = 3.0


class Ended(Enum):
    """Why a device waits no more: a stream has grown, it was revoked, or for no reason of these."""

    GROWN = "grown"
    REVOKED = "revoked"
    SO = "so"


@dataclass(frozen=True)
class Seen:
    """How far streams have come, and which devices are revoked."""

    heads: Mapping[str, int]
    revoked: Set[str]


Look = Callable[[Iterable[str]], Seen]
"""How the named streams, and devices, stand; asks the database, and blocks meanwhile."""
Receive = Callable[[], Awaitable[Mapping[str, Any]]]
"""What comes next over the line of who waits (ASGI)."""


@dataclass
class _Waiter:
    cursors: Mapping[str, int]
    woken: asyncio.Event = field(default_factory=asyncio.Event)
    ended: Ended = Ended.SO

    def has_grown(self, heads: Mapping[str, int]) -> bool:
        return any(heads.get(name, 0) > cursor for name, cursor in self.cursors.items())

    def wake(self, why: Ended = Ended.SO) -> None:
        self.ended = why
        self.woken.set()


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

    async def until_grown(
        self, device_id: str, cursors: Mapping[str, int], seconds: float
    ) -> Ended:
        """Until a stream has grown beyond its cursor or the device is revoked, at the latest after
        `seconds`.

        A device waits once: the call that it gave up, to ask again, is let go.
        """
        if self.ended:
            return Ended.SO
        waiter = _Waiter(cursors)
        former = self._waiters.get(device_id)
        if former is not None:
            former.wake()
        self._waiters[device_id] = waiter
        try:
            with suppress(TimeoutError):
                async with asyncio.timeout(seconds):
                    await waiter.woken.wait()
        finally:
            if self._waiters.get(device_id) is waiter:
                del self._waiters[device_id]
        return waiter.ended

    async def watch(self) -> None:
        """Look while anybody waits, until the task is cancelled."""
        told = False
        while True:
            await asyncio.sleep(_EVERY_S)
            if not self._waiters:
                continue
            names = {name for waiter in self._waiters.values() for name in waiter.cursors}
            try:
                seen = await asyncio.to_thread(self._look, names)
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
            for device_id, waiter in self._waiters.items():
                if device_id in seen.revoked:
                    waiter.wake(Ended.REVOKED)
                elif waiter.has_grown(seen.heads):
                    waiter.wake(Ended.GROWN)

    def end(self) -> None:
        """Let everybody go, now and from now on: the process ends."""
        self.ended = True
        for waiter in self._waiters.values():
            waiter.wake()


async def while_there(receive: Receive, work: Coroutine[Any, Any, Ended]) -> Ended:
    """What the work finds; nothing, once nobody is there any more to be told of it."""

    async def gone() -> Ended:
        while (await receive())["type"] != "http.disconnect":
            pass
        return Ended.SO

    tasks = {asyncio.create_task(work), asyncio.create_task(gone())}
    try:
        ended, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        found = {task.result() for task in ended} - {Ended.SO}
        return found.pop() if found else Ended.SO
    finally:
        for task in tasks:
            task.cancel()
