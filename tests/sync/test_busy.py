"""A centre that is busy, or takes only the first of what is sent: nothing is lost."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import pytest

from desktop.domain.errors import TOO_LARGE
from desktop.sync import call
from desktop.wire import calls
from desktop.wire.box import MOST_BYTES, MOST_COMMANDS, boxed
from desktop.wire.canon import canon
from desktop.wire.link import BUSY, Reply, SignedRequest
from desktop.wire.payloads import Fault, HelloAsk
from tests.desk import Desk
from tests.fakes import FakeCentre


@pytest.fixture(autouse=True)
def _unpaused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(call, "_PAUSES_S", (0.0, 0.0, 0.0))


@dataclass
class BusyLine:
    """A line to a centre that is busy so many times before it answers."""

    to: FakeCentre
    times: int
    asked: list[str] = field(default_factory=list)

    def call(self, request: SignedRequest) -> Reply:
        """Busy, as long as it is."""
        self.asked.append(request.path)
        if self.times:
            self.times -= 1
            return self.to.signed(request, BUSY, Fault(code="busy", words="").encode())
        return self.to.call(request)


def test_a_busy_centre_is_asked_again_by_itself(desk: Desk, centre: FakeCentre) -> None:
    case_id = desk.register()
    desk.link = line = BusyLine(centre, 3)
    desk.reopen_rounds()
    report = desk.sync()
    assert (report.well, report.alarm) == (True, "")
    assert line.asked[:4] == ["/v1/hello"] * 4
    assert desk.see(case_id).rev == 2


def test_one_that_stays_busy_is_asked_in_the_next_round(desk: Desk, centre: FakeCentre) -> None:
    case_id = desk.register()
    desk.link = line = BusyLine(centre, 4)
    desk.reopen_rounds()
    report = desk.sync()
    assert (report.well, report.stopped) == (False, "")
    assert line.asked == ["/v1/hello"] * 4
    assert desk.sync().well
    assert desk.see(case_id).rev == 2


def test_a_centre_that_takes_only_the_first_gets_the_rest(desk: Desk, centre: FakeCentre) -> None:
    centre.takes = 3
    ids = [desk.register(serial) for serial in range(1, 9)]
    assert desk.sync().well
    assert [desk.see(case_id).rev for case_id in ids] == [2] * 8
    # Once it is known how many are taken, no more than twice as many are sent.
    assert centre.pushed == [8, 5, 2]
    desk.check()


@dataclass
class AtWork:
    """A line that is so slow that the people at the desk do a thing for every push."""

    desk: Desk
    to: FakeCentre
    done: int = 0

    def call(self, request: SignedRequest) -> Reply:
        """As the centre answers; meanwhile somebody came."""
        if request.path == calls.PUSH.path:
            self.done += 1
            assert self.done < 20, "a round without an end"
            self.desk.register(100 + self.done)
        return self.to.call(request)


def test_a_round_ends_though_people_go_on_and_the_next_sends_what_they_did(
    desk: Desk, centre: FakeCentre
) -> None:
    ids = [desk.register(serial) for serial in (1, 2)]
    desk.link = line = AtWork(desk, centre)
    desk.reopen_rounds()
    assert desk.sync().well
    assert [desk.see(case_id).rev for case_id in ids] == [2, 2]
    assert centre.pushed == [2]
    assert desk.sync().well
    assert (line.done, centre.pushed) == (2, [2, 1])
    desk.link = centre
    desk.reopen_rounds()
    assert desk.sync().well
    # What was taken whole is no sign of a centre that takes little.
    assert centre.pushed == [2, 1, 1]
    desk.check()


def test_what_one_push_carries() -> None:
    small = [f'"{number}"' for number in range(MOST_COMMANDS + 1)]
    assert boxed(small) == small[:MOST_COMMANDS]
    large = ["ی" * 100_000] * 20
    taken = boxed(large)
    assert len(taken) < len(large)
    assert sum(len(canon(text).encode()) for text in taken) <= MOST_BYTES
    # One that is too large goes up all the same: the centre says what is wrong with it.
    assert boxed(["ی" * MOST_BYTES, "b"]) == ["ی" * MOST_BYTES]
    assert boxed([]) == []


def test_what_the_centre_would_cut_off_is_not_sent(desk: Desk, centre: FakeCentre) -> None:
    line = BusyLine(centre, 0)
    caller = call.Caller(desk.store, line, desk.key, desk.clock)
    hello = HelloAsk(protocol=1, client="0.1.0", device_seq=0, cursors={})
    with pytest.raises(call.Unanswered) as said:
        caller.ask(replace(calls.HELLO, most=40), hello)
    assert (said.value.words, line.asked) == (TOO_LARGE, [])
