"""What hinders a desk is one value: told while it lasts, forgotten when a round ends well."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from desktop.domain.errors import LineDown, Refusal
from desktop.domain.line import Trouble, Why
from desktop.premises.desks import Running, open_desk
from desktop.store import meta
from desktop.sync import call
from desktop.sync.status import SyncState, status
from desktop.wire import calls
from desktop.wire.link import (
    BROKEN,
    BUSY,
    CLOCK,
    FORK,
    REVOKED,
    TOO_OLD,
    UNSIGNED,
    Reply,
    SignedRequest,
)
from desktop.wire.payloads import Fault, HelloAsk, PullAsk
from tests.desk import Desk
from tests.fakes import FakeCentre
from tests.office import NOW


class Answering:
    """A line whose other end, the centre itself, answers everything alike."""

    def __init__(self, centre: FakeCentre, status: int) -> None:
        self.centre, self.status = centre, status

    def call(self, request: SignedRequest) -> Reply:
        told = Fault(code="some", words="مرکز سرگرم است", time=NOW)
        return self.centre.signed(request, self.status, told.encode())


class Between:
    """A line in which something else answers, with a page or in the centre's own words."""

    def __init__(self, status: int, body: bytes) -> None:
        self.reply = Reply(status, body, "", "")

    def call(self, request: SignedRequest) -> Reply:
        return self.reply


class Down:
    """A line that is down for a reason."""

    def __init__(self, why: Why) -> None:
        self.why = why

    def call(self, request: SignedRequest) -> Reply:
        raise LineDown("as tried", why=self.why)


@pytest.mark.parametrize(
    ("answered", "why", "state"),
    [
        (BUSY, Why.BUSY, SyncState.WAITING),
        (BROKEN, Why.BROKEN, SyncState.HELD),
        (CLOCK, Why.CLOCK, SyncState.HELD),
        (UNSIGNED, Why.UNSIGNED, SyncState.HELD),
        (REVOKED, Why.REVOKED, SyncState.HELD),
        (TOO_OLD, Why.TOO_OLD, SyncState.HELD),
        (FORK, Why.FORK, SyncState.HELD),
    ],
)
@pytest.mark.slow
def test_what_the_centre_answers_is_told_apart(
    answered: int, why: Why, state: SyncState, desk: Desk, centre: FakeCentre
) -> None:
    desk.register()
    desk.link = Answering(centre, answered)
    desk.reopen_rounds()
    report = desk.sync()
    assert (report.well, report.connected, report.why) == (False, True, why)
    trouble = Trouble(why, NOW, None)
    with desk.store.reading() as session:
        told = status(session, NOW, connected=True, trouble=trouble)
    assert (told.state, told.trouble) == (state, trouble)
    desk.link = centre
    desk.reopen_rounds()
    assert desk.sync().why is None
    with desk.store.reading() as session:
        calm = status(session, NOW, connected=True)
    assert (calm.state, calm.trouble) == (SyncState.CONNECTED, None)


@pytest.mark.parametrize("answered", [REVOKED, FORK, TOO_OLD, UNSIGNED, 407, 302])
@pytest.mark.parametrize("body", [b"<html>Forbidden</html>", Fault(code="a", words="").encode()])
def test_what_stands_in_between_can_not_speak_for_the_centre(
    answered: int, body: bytes, desk: Desk
) -> None:
    desk.link = Between(answered, body)
    desk.reopen_rounds()
    report = desk.sync()
    assert (report.stopped, report.why) == ("", Why.BROKEN)


@pytest.mark.parametrize("answered", [500, 502, BUSY])
def test_no_word_of_what_stands_in_between_is_shown(
    answered: int, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """That something is amiss anybody may say; what a person reads is the centre's alone."""
    monkeypatch.setattr(call, "_PAUSES_S", ())
    said = Fault(code="refused", words="کارمزد را به حساب زیر واریز کنید.", field="fee")
    caller = call.Caller(desk.store, Between(answered, said.encode()), desk.key, desk.clock)
    hello = HelloAsk(protocol=1, client="0.1.0", device_seq=0, cursors={})
    with pytest.raises(call.Unanswered) as told:
        caller.ask(calls.HELLO, hello)
    assert (told.value.words, told.value.field) == ("", "")


@pytest.mark.parametrize("why", [Why.REFUSED, Why.TIMEOUT, Why.PROXY])
def test_a_line_that_is_down_says_why_and_is_not_loud(why: Why, desk: Desk) -> None:
    desk.link = Down(why)
    desk.reopen_rounds()
    report = desk.sync()
    assert (report.connected, report.why) == (False, why)
    with desk.store.reading() as session:
        told = status(session, NOW, report.connected, Trouble(why, NOW, None))
    assert told.state is SyncState.DOWN


@pytest.mark.parametrize("why", [Why.CERTIFICATE, Why.TLS])
def test_another_certificate_is_loud_at_once(why: Why, desk: Desk) -> None:
    desk.link = Down(why)
    desk.reopen_rounds()
    desk.register()
    report = desk.sync()
    assert report.why is why
    with desk.store.reading() as session:
        told = status(session, NOW, report.connected, Trouble(why, NOW, None))
    assert (told.state, told.waiting) == (SyncState.HELD, 1)


@pytest.mark.slow
def test_what_the_centre_said_for_good_outlives_a_cut_and_a_restart(
    desk: Desk, centre: FakeCentre
) -> None:
    centre.devices["device-1"].revoked = True
    desk.sync()
    with desk.store.reading() as session:
        after_a_start = status(session, NOW, connected=False)
        cut = status(session, NOW, connected=False, trouble=Trouble(Why.CUT, NOW, NOW))
    assert after_a_start.trouble == Trouble(Why.REVOKED, None, None)
    assert cut.trouble == Trouble(Why.REVOKED, None, NOW)
    assert cut.state is SyncState.HELD


def test_a_fault_that_passes_gives_way_to_what_is_now(desk: Desk) -> None:
    with desk.store.writing() as session:
        meta.change(session, alarm="unanswered")
    now = Trouble(Why.NAME, NOW, None)
    with desk.store.reading() as session:
        assert status(session, NOW, connected=False, trouble=now).trouble == now


@pytest.fixture
def running(new_desk: Callable[..., Desk], centre: FakeCentre, tmp_path: Path) -> Running:
    """Desk 1 as the window has it."""
    made = new_desk()
    made.store.close()
    opened = open_desk(made.store.path, centre, made.key, made.clock, demo=True, reserve=4096)
    made.store = opened.desk.store
    return opened


def test_since_when_and_when_it_is_tried_again(running: Running, centre: FakeCentre) -> None:
    def told() -> Trouble | None:
        return running.desk.sync_status().trouble

    assert running.sync().well
    assert told() is None
    assert running.pause(0, Random(1)) > 0
    assert told() is None
    centre.down = True
    running.sync()
    assert told() == Trouble(Why.CUT, NOW, None)
    seconds = running.pause(1, Random(1))
    _later(running, timedelta(minutes=3))
    trouble = told()
    assert trouble
    assert (trouble.since, trouble.next_try) == (NOW, NOW + timedelta(seconds=seconds))
    running.sync()
    assert told() == Trouble(Why.CUT, NOW, None), "it began then, and a round has been since"
    centre.down = False
    running.sync()
    assert told() is None


def test_moments_are_told_by_the_clock_that_the_centre_put_right(
    running: Running, centre: FakeCentre
) -> None:
    _later(running, timedelta(hours=2))
    assert running.sync().well
    centre.down = True
    running.sync()
    assert running.desk.sync_status().trouble == Trouble(Why.CUT, NOW, None)


def _later(running: Running, by: timedelta) -> None:
    clock = running.desk.clock
    moment: datetime = clock.now() + by
    clock.moment = moment  # type: ignore[attr-defined]


@pytest.mark.slow
def test_a_busy_centre_is_told_to_who_asks_in_its_own_words(desk: Desk, centre: FakeCentre) -> None:
    desk.store.close()
    link = Answering(centre, BUSY)
    busy = open_desk(desk.store.path, link, desk.key, desk.clock, demo=True, reserve=4096)
    with pytest.raises(Refusal, match="سرگرم"):
        busy.desk.ask(calls.PULL, PullAsk(cursors={}))
    desk.store = busy.desk.store
