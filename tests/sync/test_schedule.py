"""When the next round is, and what the status bar says meanwhile."""

from __future__ import annotations

from datetime import timedelta
from random import Random

from desktop.domain.line import Why
from desktop.sync import schedule
from desktop.sync.status import SyncState, SyncStatus, status
from tests.desk import Desk
from tests.fakes import FakeCentre
from tests.office import NOW, TODAY

DRAWS = 2000


def test_regular_rounds_are_spread_around_half_a_minute() -> None:
    random = Random(1)
    times = [schedule.after_round(0, random) for _ in range(DRAWS)]
    assert 21 <= min(times) < 22
    assert 38 < max(times) <= 39


def test_failures_back_off_to_five_minutes_with_full_jitter() -> None:
    random = Random(1)
    for failures, most in ((1, 4), (3, 16), (6, 128), (8, 300), (1_000_000, 300)):
        times = [schedule.after_round(failures, random) for _ in range(DRAWS)]
        assert min(times) >= schedule.DEBOUNCE
        assert min(times) < most * 0.1
        assert most * 0.9 < max(times) <= most


def test_a_centre_that_takes_back_what_desks_have_is_asked_every_ten_seconds() -> None:
    random = Random(1)
    times = [schedule.after_round(9, random, recovering=True) for _ in range(DRAWS)]
    assert 7 <= min(times) < 7.5
    assert 12.5 < max(times) <= 13


def test_an_urgent_act_goes_at_once() -> None:
    assert schedule.after_act(urgent=True) == 0
    assert schedule.after_act(urgent=False) == 0.2


def seen(desk: Desk, *, connected: bool, minutes: int = 0) -> SyncStatus:
    with desk.store.reading() as session:
        return status(session, NOW + timedelta(minutes=minutes), connected)


def test_the_status_is_one_word_with_what_stands_behind_it(desk: Desk, centre: FakeCentre) -> None:
    calm = seen(desk, connected=True)
    assert (calm.state, calm.waiting, calm.oldest) == (SyncState.CONNECTED, 0, None)
    assert (calm.records_as_of, calm.last_heard, calm.trouble) == (TODAY, NOW, None)
    desk.register()
    waiting = seen(desk, connected=True, minutes=15)
    assert (waiting.state, waiting.waiting) == (SyncState.WAITING, 1)
    assert (waiting.oldest, waiting.late) == (timedelta(minutes=15), False)
    down = seen(desk, connected=False, minutes=16)
    assert (down.state, down.waiting, down.late) == (SyncState.DOWN, 1, True)
    # A clock that was put back makes no age below nothing.
    assert seen(desk, connected=True, minutes=-5).oldest == timedelta(0)
    centre.devices["device-1"].revoked = True
    desk.sync()
    held = seen(desk, connected=True)
    assert held.state is SyncState.HELD
    assert held.trouble is not None
    assert held.trouble.why is Why.REVOKED
