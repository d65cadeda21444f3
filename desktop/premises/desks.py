"""Builds a desk on its own store, with a line to a centre wherever that is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cached_property
from random import Random

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from desktop.actions.desk import CentreCertificate, Clock, Desk
from desktop.domain.errors import LineDown, Refusal
from desktop.domain.line import Trouble, Why
from desktop.domain.office import MUNICIPALITY
from desktop.premises.daily_backup import DailyBackup
from desktop.sql.engine import File
from desktop.store import blobs, ledger, meta
from desktop.store.open import Store
from desktop.store.reserve import SIZE
from desktop.sync.apply import Disbelieved
from desktop.sync.call import Caller, Stopped, Unanswered
from desktop.sync.courier import Courier
from desktop.sync.round import Round, RoundReport
from desktop.sync.schedule import after_round
from desktop.sync.status import SyncStatus, status
from desktop.sync.wait import Waiting
from desktop.wire.calls import Answered, Asked, Call
from desktop.wire.link import Link

_FOR_TRAINING = "این پایگاه داده آموزشی است و در باجهٔ واقعی باز نمی‌شود؛ چیزی تغییر نکرد."
_IN_EARNEST = "این پایگاه داده آموزشی نیست و برای آموزش باز نمی‌شود؛ چیزی تغییر نکرد."
_NO_ANSWER = "مرکز به این پرسش پاسخ نداد؛ دوباره بکوشید."


class Bell:
    """Rings for a round of sync soon; silent until somebody listens."""

    def __init__(self) -> None:
        self.ring: Callable[[], None] = lambda: None

    def __call__(self) -> None:
        """Ring."""
        self.ring()


@dataclass
class Running:
    """A desk at work: the desk for the window, its rounds of sync, and the bell between them.

    `trouble` is what hindered the last round, by this machine's clock, and since when without one
    that ended well.
    """

    desk: Desk
    round: Round
    bell: Bell
    connected: bool = False
    trouble: Trouble | None = None
    waiting: Waiting | None = None
    backup: DailyBackup | None = None

    def heard(self, *, connected: bool) -> None:
        """A question showed how the line is; a round finds out more when that is news."""
        if connected != self.connected:
            self.connected = connected
            self.bell()

    def sync(self) -> RoundReport:
        """One round; remembers how it ended for the status bar."""
        if self.trouble is not None:
            self.trouble = replace(self.trouble, next_try=None)
        if self.waiting is not None:
            self.waiting.round_begun()
        well = False
        try:
            report = self.round.run()
            well = report.well
        finally:
            if self.waiting is not None:
                self.waiting.round_ended(well=well)
        self.connected = report.connected
        if report.why is None:
            self.trouble = None
        else:
            since = self.trouble.since if self.trouble is not None else self.desk.clock.now()
            self.trouble = Trouble(report.why, since, None)
        return report

    def pause(self, failures: int, random: Random) -> float:
        """Seconds to the next round, as `schedule.after_round`; remembers when that will be."""
        waits = self.waiting is not None and self.waiting.holds
        recovering = self.trouble is not None and self.trouble.why is Why.RECOVERING
        # Its streams tell an office of all that its pages show; a queue's growth tells nobody.
        waits = waits and not self.is_municipal
        seconds = after_round(failures, random, waits=waits, recovering=recovering)
        if self.trouble is not None:
            at = self.desk.clock.now() + timedelta(seconds=seconds)
            self.trouble = replace(self.trouble, next_try=at)
        return seconds

    @cached_property
    def is_municipal(self) -> bool:
        """Whether it is the municipality's desk, else an office's."""
        return self.desk.identity().office == MUNICIPALITY

    def wait_at_centre(self, holding: Link, key: Ed25519PrivateKey) -> None:
        """Wait for news over a line whose calls the centre may hold, in a thread of its own."""
        desk = self.desk
        # Such a line may be down when a paper comes to be checked.
        self.round.keeps_list = True
        caller = Caller(desk.store, holding, key, desk.clock)
        self.waiting = Waiting(desk.store, caller, self.bell, lambda: self.heard(connected=False))
        self.waiting.start()

    def close(self) -> None:
        """End its backup, and close the store."""
        if self.backup is not None:
            self.backup.stop()
            self.backup.join()
        self.desk.store.close()


def _demand_kind(store: Store, *, training: bool) -> None:
    """Raise Refusal, the store closed again, for one that is of the other kind."""
    with store.reading() as session:
        held = meta.get(session).identity.training
    if held is not training:
        store.close()
        raise Refusal(_FOR_TRAINING if held else _IN_EARNEST)


def open_desk(
    place: File,
    link: Link,
    key: Ed25519PrivateKey,
    clock: Clock,
    *,
    demo: bool,
    training: bool = False,
    reserve: int = SIZE,
    backing_up: Callable[[Store], DailyBackup] | None = None,
    certificate: CentreCertificate | None = None,
) -> Running:
    """The desk whose enrolled store is there, with a reserve so large. Raises Refusal.

    A store for `training` is opened by nothing else, nor another one for it.
    `backing_up` is what makes its daily backups, not begun yet, `certificate` the one of its centre
    where it is known by that; None where there is none.
    """
    store = Store(place, reserve=reserve)
    _demand_kind(store, training=training)
    backup = backing_up(store) if backing_up is not None else None
    # What was on its way to a printer when the program ended is a question for a person now.
    store.write(ledger.doubt)
    store.write(lambda session: blobs.sweep(session, clock.now()))
    caller = Caller(store, link, key, clock)
    bell = Bell()
    running: list[Running] = []

    def ask(call: Call[Asked, Answered], body: Asked, /) -> Answered:
        try:
            told = caller.ask(call, body)
        except LineDown:
            running[0].heard(connected=False)
            raise
        except Unanswered as fault:
            raise Refusal(fault.words or _NO_ANSWER, field=fault.field or None) from fault
        except Stopped as fault:
            raise Refusal(_NO_ANSWER) from fault
        except Disbelieved as fault:
            # A round finds out the same, and tells it loudly.
            bell()
            raise Refusal(_NO_ANSWER) from fault
        running[0].heard(connected=True)
        return told

    def sync_status() -> SyncStatus:
        with store.reading() as session:
            return status(session, clock.now(), running[0].connected, running[0].trouble)

    desk = Desk(
        store=store,
        clock=clock,
        ask=ask,
        nudge=bell,
        sync_status=sync_status,
        demo=demo,
        training=training,
        backup=backup,
        certificate=certificate,
        courier=Courier(store, key, clock, lambda *asked: desk.reference.setting_for(*asked)),
    )
    rounds = Round(store, link, key, clock, lambda *asked: desk.reference.setting_for(*asked))
    running.append(Running(desk, rounds, bell, backup=backup))
    return running[0]
