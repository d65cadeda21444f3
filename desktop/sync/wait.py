"""Waits at the centre for news in a thread of its own, and rings for an ordinary round then.

Where the centre or what stands before it does not hold a call, regular rounds do as well; nobody is
asked without pause.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from random import Random
from threading import Condition, Event, Thread

from desktop import journal
from desktop.domain.errors import LineDown
from desktop.store import facts, meta
from desktop.store.open import Store
from desktop.sync.apply import Disbelieved
from desktop.sync.call import Caller, Stopped, Unanswered
from desktop.sync.hello import streams
from desktop.sync.schedule import after_round
from desktop.wire import calls
from desktop.wire.payloads import WaitAsk

HELD_S = 25.0
"""How long the centre holds the call at most (SYNC.md "When")."""
# Who answers sooner that nothing has grown does not hold the call.
_AT_ONCE_S = 1.0
# A call that is answered but not taken will not be so a moment later either.
_LONG_AGO = 8
_ROUND_S = 60.0


class Waiting:
    """The waiting of one desk; `ring` asks for a round, `down` tells that the line broke off.

    It waits only between rounds that end well: `round_ended` tells of each.
    """

    def __init__(
        self,
        store: Store,
        caller: Caller,
        ring: Callable[[], None],
        down: Callable[[], None],
        random: Random | None = None,
    ) -> None:
        self._store, self._caller = store, caller
        self._ring, self._down = ring, down
        self._random = random or Random()
        self._failures = 0
        self._rung_at: dict[str, int] = {}
        self._well, self._stop = Event(), Event()
        self._rounds = Condition()
        self._begun = self._ended = 0
        self._logged: set[str] = set()
        self._thread = Thread(target=self._run, name="wait", daemon=True)
        self.holds = False
        """Whether the centre holds calls, so that regular rounds may be rarer."""

    def start(self) -> None:
        """Wait from the first round that ends well on."""
        self._thread.start()

    def round_begun(self) -> None:
        """A round begins: it brings all that the centre had told of by now."""
        with self._rounds:
            self._begun += 1

    def round_ended(self, *, well: bool) -> None:
        """The round has ended: what it brought need not be waited for."""
        if well:
            self._well.set()
        else:
            self._well.clear()
            self.holds = False
        with self._rounds:
            self._ended = self._begun
            self._rounds.notify_all()

    def stop(self) -> None:
        """Begin nothing more; the call under way ends with its line."""
        self._stop.set()
        self._well.set()
        with self._rounds:
            self._rounds.notify_all()

    def join(self) -> None:
        """Until the thread has ended, after `stop` and once its line is closed."""
        if self._thread.is_alive():
            self._thread.join()

    def once(self) -> float:
        """Wait for news once; seconds to pause before the next time."""
        cursors = self._cursors()
        if cursors == self._rung_at:
            # It was told of news that the round did not bring.
            self._rung_at = {}
            return after_round(0, self._random)
        begun = time.monotonic()
        try:
            grown = self._caller.ask(calls.WAIT, WaitAsk(cursors=cursors)).grown
        except LineDown:
            self.holds = False
            self._failures += 1
            self._down()
            return after_round(self._failures, self._random)
        except (Unanswered, Stopped, Disbelieved):
            self.holds = False
            self._failures = max(_LONG_AGO, self._failures + 1)
            return after_round(self._failures, self._random)
        self._failures = 0
        if grown and self._cursors() != cursors:
            # A round brought something meanwhile, mostly what an act of this desk caused. Whether
            # that is all is asked anew, and answered at once where it is not.
            return 0.0
        if grown:
            # Of a round that takes long nobody knows yet what it brings.
            self._rung_at = cursors if self._rounded() else {}
            return 0.0
        self.holds = time.monotonic() - begun >= _AT_ONCE_S
        return 0.0 if self.holds else after_round(0, self._random)

    def _rounded(self) -> bool:
        """Ring; whether a round that was begun since has ended, or all is to end.

        One that was under way may have asked for news before these came.
        """
        with self._rounds:
            due = self._begun + 1
        self._ring()
        with self._rounds:
            return self._rounds.wait_for(
                lambda: self._ended >= due or self._stop.is_set(), _ROUND_S
            )

    def _run(self) -> None:
        while True:
            self._well.wait()
            if self._stop.is_set():
                return
            try:
                pause = self.once()
            # Regular rounds do meanwhile, as often as without it, and it is tried again.
            except Exception as bug:  # noqa: BLE001
                pause = self._after(bug)
            if self._stop.wait(pause):
                return

    def _after(self, bug: Exception) -> float:
        """Seconds to pause after the bug, which is logged once, however often it comes."""
        self.holds = False
        self._failures += 1
        if not self._stop.is_set() and (code := journal.code_of(bug)) not in self._logged:
            self._logged.add(code)
            journal.report(bug)
        return after_round(self._failures, self._random)

    def _cursors(self) -> dict[str, int]:
        with self._store.reading() as session:
            read = streams(meta.get(session).identity)
            return {name: at.pos for name, at in facts.cursors(session, read).items()}
