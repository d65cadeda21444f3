"""One round with the centre: greet when needed, push all that waits, pull until nothing is left."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from desktop.domain.errors import LineDown
from desktop.domain.line import Why
from desktop.store import beside, meta
from desktop.store.open import Store
from desktop.store.steps import Step, go_on
from desktop.store.view import SettingFor
from desktop.sync import check_files
from desktop.sync.apply import Applied, Disbelieved
from desktop.sync.blobs import send
from desktop.sync.call import Caller, Clock, NewEpoch, Stopped, Unanswered
from desktop.sync.hello import greet
from desktop.sync.lessons import tell_passed
from desktop.sync.notices import tell_read
from desktop.sync.pull import pull
from desktop.sync.push import push
from desktop.sync.readings import tell_readings
from desktop.sync.recovering import give_back
from desktop.sync.status import ALARMS
from desktop.wire.box import MOST_COMMANDS
from desktop.wire.link import Link

_log = logging.getLogger(__name__)
# What a greeting told of this desk (unsent, held, its disk) is told anew at the latest then.
_TOLD_ANEW = timedelta(minutes=10)


@dataclass(frozen=True)
class RoundReport:
    """What a round brought. `well` is false when it must be tried again sooner or told loudly.

    `cases` are the ids whose rows changed; `published` tells that reference data came; `facts`
    counts what was applied. `stopped` and `alarm` are as in the store's meta, `why` is what
    hindered it; with `more` something still waits to be sent or heard, and the next round may be at
    once.
    """

    well: bool
    connected: bool
    cases: frozenset[str]
    published: bool
    facts: int
    stopped: str = ""
    alarm: str = ""
    more: bool = False
    why: Why | None = None


class Round:
    """Rounds of one store over one link; keeps the batch size and when it greeted with what.

    One thread at a time.
    """

    def __init__(
        self,
        store: Store,
        link: Link,
        key: Ed25519PrivateKey,
        clock: Clock,
        setting_for: SettingFor,
        *,
        batch: int = MOST_COMMANDS,
        step: Step = go_on,
    ) -> None:
        self._store = store
        self._caller = Caller(store, link, key, clock)
        self._clock = clock
        self._setting_for = setting_for
        self._most = batch
        self._batch = batch
        self._step = step
        self._greeted_at: datetime | None = None
        self._told_unsent = False
        self.keeps_list = False
        """Whether the list of letters that no longer hold is asked for as soon as one has ended,
        and each hour; else only where somebody checks a letter."""
        # What was told of it before this program began is not known to have been followed.
        self._list_changed = True

    def run(self) -> RoundReport:
        """One whole round. A line down, a stop or an alarm ends it and is told, not raised."""
        applied = Applied()
        why: Why | None = None
        connected, stopped, alarm, more = True, "", "", False
        # With a line or without: a disk that was full may have room by now.
        self._store.take_reserve()
        try:
            # An answer is shown before the papers of its request are sent.
            acts = self._exchange(applied)
            with self._store.reading() as session:
                waiting = beside.waiting(session)
            if waiting.reads:
                tell_read(self._store, self._caller)
            if waiting.looks:
                tell_readings(self._store, self._caller)
            passed = waiting.lessons and tell_passed(self._store, self._caller)
            self._check_files(applied)
            more = waiting.papers if acts else send(self._store, self._caller, self._step)
            # What a lesson opened is heard of at once.
            more = more or passed
        except LineDown as fault:
            _log.info("line down: %s: %s", fault.why, fault)
            connected, self._greeted_at = False, None
            why = fault.why
        except Stopped as fault:
            _log.error("the centre stopped the queue: %s", fault.why)
            stopped, why = fault.why.value, fault.why
        except Disbelieved as fault:
            _log.error("the centre's answer is not believed: %s", fault)
            alarm, why = fault.code, Why.STRANGE
        except Unanswered as fault:
            _log.warning("the centre did not answer: %s", fault)
            why = fault.why
            # A centre that is busy is asked again, as if nothing had been.
            alarm = "" if why.puts_off else ALARMS[why]
        # Also where the round was cut off behind what told of it.
        self._list_changed |= applied.ended
        if stopped or alarm:
            self._greeted_at = None
            with self._store.writing() as session:
                known = meta.get(session)
                meta.change(session, stopped=stopped or known.stopped, alarm=alarm)
                stopped = stopped or known.stopped
        return RoundReport(
            well=why is None,
            connected=connected,
            cases=frozenset(applied.cases),
            published=bool(applied.told),
            facts=applied.facts,
            stopped=stopped,
            alarm=alarm,
            more=more,
            why=why,
        )

    def _check_files(self, applied: Applied) -> None:
        """The list of letters that no longer hold, within the minute in which one ended."""
        if not self.keeps_list:
            return
        if not (
            applied.ended or self._list_changed or check_files.are_old(self._store, self._caller)
        ):
            return
        try:
            check_files.renew(self._store, self._caller)
        except Unanswered as fault:
            # Acts and facts are there: the round is a good one, and the next asks again.
            _log.info("no list of ended letters yet: %s", fault)
        else:
            self._list_changed = applied.ended = False

    def _exchange(self, applied: Applied) -> bool:
        """Acts up, facts down; whether acts went up."""
        # A stop or an alarm is only lifted by a greeting that finds both sides agreed.
        if not self._is_told():
            try:
                self._greet()
            except Stopped as fault:
                # Also what an old program was told by people goes up (SYNC.md "Versions").
                if fault.why is Why.TOO_OLD:
                    self._push_all(applied)
                raise
        last = self._push_all(applied)
        if self._told_unsent:
            # At once: until it is told better the centre believes that acts wait here.
            self._greet()
        # A push is answered with all that a pull from its cursors would give.
        if last is not None and not last.more:
            return True
        while True:
            pulled = pull(self._store, self._caller, self._setting_for, self._step)
            _add(applied, pulled)
            if not pulled.more:
                return last is not None

    def _push_all(self, applied: Applied) -> Applied | None:
        """All that waits by now; the last of the answers, None where nothing waited.

        What is done meanwhile goes up with the next round: else at a centre that is slow, and a
        desk that is not, no round would end, and nobody would be shown what it brought.
        """
        last: Applied | None = None
        while (last is None or last.waited) and (sent := self._push()) is not None:
            last = sent
            _add(applied, sent)
        return last

    def _greet(self) -> None:
        try:
            self._told_unsent = greet(self._store, self._caller)
        except NewEpoch as told:
            give_back(self._store, self._caller, told.epoch)
            self._told_unsent = greet(self._store, self._caller)
        self._greeted_at = self._clock.now()

    def _is_told(self) -> bool:
        if self._greeted_at is None:
            return False
        # Also where this machine's clock was put back since.
        return abs(self._clock.now() - self._greeted_at) < _TOLD_ANEW

    def _push(self) -> Applied | None:
        try:
            sent = push(self._store, self._caller, self._setting_for, self._batch, self._step)
        except LineDown:
            # Perhaps the line is too slow for so many: try with half next time.
            self._batch = max(1, self._batch // 2)
            raise
        if sent is not None:
            # Where the centre took only the first of them, no more than it may take the next time.
            taken = sent.taken if sent.cut else self._batch
            self._batch = min(self._most, max(1, taken) * 2)
        return sent


def _add(total: Applied, part: Applied) -> None:
    total.cases |= part.cases
    total.facts += part.facts
    total.ended |= part.ended
    total.told |= part.told
