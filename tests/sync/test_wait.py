"""A desk waits at the centre for news: told at once where calls are held, never a busy loop."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from queue import Queue

import pytest

from desktop.domain.errors import LineDown
from desktop.domain.line import Why
from desktop.domain.stream import Published
from desktop.store import facts
from desktop.sync import wait
from desktop.sync.call import Caller
from desktop.sync.http import HttpsLink
from desktop.sync.schedule import LONGEST, REGULAR
from desktop.sync.wait import Waiting
from desktop.wire.link import BUSY, UNREADABLE, Link, Reply, SignedRequest
from desktop.wire.payloads import Fault, WaitAnswer
from tests.desk import Desk
from tests.fakes import FakeCentre
from tests.lines import make_certificate, tls_server
from tests.office import NOW, TODAY


def waiting(desk: Desk, ring: Callable[[], None], link: Link) -> Waiting:
    """The desk's waiting over that line."""
    caller = Caller(desk.store, link, desk.key, desk.clock)
    return Waiting(desk.store, caller, ring, lambda: None)


def news(centre: FakeCentre) -> None:
    """Something for the desk."""
    centre.tell("city", Published("tariff", "office-fee", "a", TODAY, "متن", "00"))


def test_news_ring_for_a_round_and_its_end_is_waited_for(desk: Desk, centre: FakeCentre) -> None:
    rung: list[int] = []

    def ring() -> None:
        rung.append(len(centre.calls))
        at_centre.round_begun()
        desk.sync()
        at_centre.round_ended(well=True)

    at_centre = waiting(desk, ring, centre)
    news(centre)
    assert at_centre.once() == 0.0
    assert len(rung) == 1
    with desk.store.reading() as session:
        assert facts.cursors(session, ["city"])["city"].pos == 1
    at_centre.once()
    assert len(rung) == 1


def test_what_a_round_brought_meanwhile_rings_for_none(desk: Desk, centre: FakeCentre) -> None:
    class Meanwhile:
        def call(self, request: SignedRequest) -> Reply:
            reply = centre.call(request)
            # As the answer to the desk's own act is here before the centre has told of its facts.
            desk.sync()
            return reply

    rung: list[int] = []

    def ring() -> None:
        rung.append(1)
        at_centre.round_begun()
        at_centre.round_ended(well=True)

    news(centre)
    at_centre = waiting(desk, ring, Meanwhile())
    assert at_centre.once() == 0.0
    assert rung == []
    # What comes after that is rung for.
    news(centre)
    at_centre = waiting(desk, ring, centre)
    assert at_centre.once() == 0.0
    assert rung == [1]


def test_news_that_a_round_does_not_bring_are_not_asked_for_without_pause(
    desk: Desk, centre: FakeCentre
) -> None:
    rung: list[int] = []

    def ring() -> None:
        rung.append(1)
        at_centre.round_begun()
        at_centre.round_ended(well=False)

    at_centre = waiting(desk, ring, centre)
    news(centre)
    assert at_centre.once() == 0.0
    asked = len(centre.calls)
    assert at_centre.once() > REGULAR / 2
    assert (len(rung), len(centre.calls)) == (1, asked)


@pytest.mark.slow
def test_news_that_come_while_a_round_sends_are_brought_by_the_next_without_a_pause(
    desk: Desk, centre: FakeCentre
) -> None:
    def next_round() -> None:
        at_centre.round_begun()
        desk.sync()
        at_centre.round_ended(well=True)

    queued = threading.Timer(0.2, next_round)

    def ring() -> None:
        # The round under way had pulled before: it ends, and the one that was rung for follows.
        at_centre.round_ended(well=True)
        queued.start()

    at_centre = waiting(desk, ring, centre)
    at_centre.round_begun()
    news(centre)
    assert at_centre.once() == 0.0
    with desk.store.reading() as session:
        assert facts.cursors(session, ["city"])["city"].pos == 1
    queued.join()
    # It waits for the next at once.
    asked = len(centre.calls)
    at_centre.once()
    assert len(centre.calls) == asked + 1


def test_a_round_that_takes_long_is_asked_about_anew(
    desk: Desk, centre: FakeCentre, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.sync.wait._ROUND_S", 0.01)
    rung: list[int] = []
    at_centre = waiting(desk, lambda: rung.append(1), centre)
    at_centre.round_begun()
    news(centre)
    assert [at_centre.once(), at_centre.once()] == [0.0, 0.0]
    assert rung == [1, 1]


def test_a_bug_is_logged_once_and_it_waits_on(
    desk: Desk,
    centre: FakeCentre,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr("desktop.sync.wait.after_round", lambda failures, random: 0.0)
    well = threading.Event()
    held: list[bool] = []
    tries: list[bool] = []

    class Breaking:
        def call(self, request: SignedRequest) -> Reply:
            held.append(at_centre.holds)
            tries.append(True)
            if len(tries) <= 3:
                raise RuntimeError("a bug")
            return centre.call(request)

    at_centre = waiting(desk, well.set, Breaking())
    at_centre.holds = True
    news(centre)
    at_centre.start()
    at_centre.round_ended(well=True)
    assert well.wait(20)
    at_centre.stop()
    at_centre.join()
    assert held == [True, False, False, False]
    assert [each.getMessage()[:5] for each in caplog.records if each.exc_info] == ["a bug"]


def test_where_calls_are_not_held_regular_rounds_do(desk: Desk, centre: FakeCentre) -> None:
    at_centre = waiting(desk, lambda: None, centre)
    pauses = [at_centre.once() for _ in range(20)]
    assert min(pauses) > REGULAR / 2
    assert not at_centre.holds


@pytest.mark.parametrize("why", [Why.CUT, Why.TIMEOUT, Why.REFUSED])
def test_a_line_that_breaks_off_is_told_and_backed_off_from(why: Why, desk: Desk) -> None:
    class Down:
        def call(self, request: SignedRequest) -> Reply:
            raise LineDown(why=why)

    told: list[int] = []
    caller = Caller(desk.store, Down(), desk.key, desk.clock)
    at_centre = Waiting(desk.store, caller, lambda: None, lambda: told.append(1))
    pauses = [at_centre.once() for _ in range(40)]
    assert len(told) == 40
    assert all(0 < pause <= LONGEST for pause in pauses)
    assert max(pauses[-20:]) > 30


def test_an_older_centre_is_asked_seldom(desk: Desk, centre: FakeCentre) -> None:
    class Older:
        def call(self, request: SignedRequest) -> Reply:
            fault = Fault(code="no-such-call", words="", time=NOW)
            return centre.signed(request, UNREADABLE, fault.encode())

    at_centre = waiting(desk, lambda: None, Older())
    assert max(at_centre.once() for _ in range(20)) > 60


@pytest.mark.slow
def test_a_busy_centre_is_left_alone_a_while(desk: Desk, centre: FakeCentre) -> None:
    class Busy:
        def call(self, request: SignedRequest) -> Reply:
            return centre.signed(request, BUSY, Fault(code="busy", words="").encode())

    assert waiting(desk, lambda: None, Busy()).once() > 0


@pytest.fixture
def held(
    desk: Desk, centre: FakeCentre, tmp_path: Path
) -> Iterator[tuple[Waiting, Queue[str], threading.Event, HttpsLink]]:
    """A real line to a centre that holds calls until it is let go; what rang."""
    let_go, rung = threading.Event(), Queue[str]()

    def serve(request: SignedRequest) -> Reply:
        if request.path == "/v1/wait":
            let_go.wait()
            return centre.signed(request, 200, WaitAnswer(grown=True).encode())
        return centre.call(request)

    certificate = make_certificate(tmp_path)
    with tls_server(serve, certificate) as server:
        link = HttpsLink(server.address, certificate.fingerprint, proxies=dict)
        made = waiting(desk, lambda: rung.put("rung"), link.holding(wait.HELD_S))
        yield made, rung, let_go, link
        let_go.set()
        made.stop()
        link.close()
        made.join()


def test_over_a_real_line_it_rings_as_soon_as_the_centre_says_so(
    held: tuple[Waiting, Queue[str], threading.Event, HttpsLink],
) -> None:
    at_centre, rung, let_go, _ = held
    at_centre.start()
    at_centre.round_ended(well=True)
    assert rung.empty()
    let_go.set()
    assert rung.get(timeout=30) == "rung"


def test_it_begins_with_a_round_that_ended_well_and_ends_with_its_line(
    held: tuple[Waiting, Queue[str], threading.Event, HttpsLink], centre: FakeCentre
) -> None:
    at_centre, rung, _, link = held
    at_centre.start()
    at_centre.round_ended(well=False)
    at_centre.round_ended(well=True)
    at_centre.stop()
    link.close()
    at_centre.join()
    assert rung.empty()


def test_a_call_that_the_centre_holds_is_slow_on_purpose(
    desk: Desk, centre: FakeCentre, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.sync.wait._AT_ONCE_S", 0.0)
    at_centre = waiting(desk, lambda: None, centre)
    assert at_centre.once() == 0.0
    assert at_centre.holds
    at_centre.round_ended(well=False)
    assert not at_centre.holds
