"""A round: what goes up, what comes down, and what each fault of line or centre leaves."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from desktop.domain.commands import PayFee
from desktop.domain.state import State
from desktop.domain.stream import Published, Topic
from desktop.store import meta, outbox, published
from desktop.sync.call import Caller
from desktop.wire.calls import PULL
from desktop.wire.link import Reply, SignedRequest
from desktop.wire.payloads import PullAsk
from tests.desk import Desk
from tests.fakes import FakeCentre
from tests.office import TODAY, payment
from tests.store.filling import fill, limit_pages


def test_a_request_goes_up_and_its_answer_comes_down(desk: Desk, centre: FakeCentre) -> None:
    case_id = desk.register()
    seen = desk.see(case_id)
    assert seen.case
    assert seen.case.state is State.FEE_DUE
    assert (len(seen.confirmed), len(seen.provisional), seen.rev) == (0, 2, 0)
    desk.act(case_id, PayFee("office", payment()))
    assert desk.see(case_id).case.state is State.DECIDING  # type: ignore[union-attr]

    report = desk.sync()

    assert report.well
    assert report.cases == {case_id}
    seen = desk.see(case_id)
    assert seen.case == centre.cases[case_id]
    assert seen.case.state is State.ISSUED
    assert (seen.provisional, seen.waiting, seen.rev) == ((), (), 5)
    assert desk.meta().acked_to == 2
    desk.check()


def test_a_line_that_is_down_leaves_everything(desk: Desk, centre: FakeCentre) -> None:
    centre.down = True
    case_id = desk.register()
    report = desk.sync()
    assert not report.connected
    assert desk.meta().acked_to == 0
    centre.down = False
    assert desk.sync().well
    assert desk.see(case_id).rev == 2


def test_the_room_that_a_full_disk_took_is_taken_back_by_the_next_round(
    desk: Desk, centre: FakeCentre
) -> None:
    desk.store.write(lambda session: limit_pages(session, 0))
    assert len(fill(desk.store, 500)) < 500
    assert not desk.store.has_reserve
    desk.store.write(lambda session: limit_pages(session, 10_000))
    centre.down = True
    assert not desk.sync().connected
    assert desk.store.has_reserve


def test_a_lost_answer_costs_a_harmless_repeat(desk: Desk, centre: FakeCentre) -> None:
    case_id = desk.register()
    centre.lose_answers = 1
    assert not desk.sync().connected
    assert desk.meta().acked_to == 0
    assert case_id in centre.cases
    assert desk.sync().well
    assert desk.see(case_id).rev == 2
    assert len(centre.streams["office:21"]) == 4
    desk.check()


def _told(centre: FakeCentre) -> list[tuple[int, bool]]:
    """Of each greeting: how many acts the desk had made, and whether one was unsent."""
    return [(said.device_seq, said.oldest_unsent is not None) for said in centre.greetings]


def test_the_centre_is_told_when_what_had_waited_is_all_there(
    desk: Desk, centre: FakeCentre
) -> None:
    centre.greetings.clear()
    centre.down = True
    desk.register()
    assert not desk.sync().connected
    centre.down = False
    assert desk.sync().well
    assert _told(centre) == [(1, True), (1, False)]
    # What goes up as it is made needs no greeting beside it.
    for serial in (2, 3):
        desk.register(serial)
        assert desk.sync().well
    assert _told(centre) == [(1, True), (1, False)]


@pytest.mark.long
def test_a_desk_that_is_never_heard_out_tells_all_the_same_that_acts_wait(
    desk: Desk, centre: FakeCentre
) -> None:
    assert desk.sync().well
    centre.greetings.clear()
    centre.busy = True
    desk.register()
    for _ in range(3):
        assert not desk.sync().well
        desk.clock.moment += timedelta(minutes=4)
        centre.clock.moment += timedelta(minutes=4)
    assert not desk.sync().well
    assert _told(centre) == [(1, True)]


def test_reference_data_comes_with_its_day(desk: Desk, centre: FakeCentre) -> None:
    for version, days in (("a", -1), ("b", 0), ("c", 1)):
        day = TODAY + timedelta(days=days)
        centre.tell("city", Published("service", "no-violation", version, day, "متن", "00"))
    assert desk.sync().published
    with desk.store.reading() as session:
        assert published.in_force(session, Topic.SERVICE, TODAY)["no-violation"].version == "b"
        assert published.version(session, Topic.SERVICE, "no-violation", "a")
        assert meta.get(session).records_as_of == TODAY
        assert outbox.waiting(session).count == 0


class Noting:
    """A line that notes when each request is signed."""

    def __init__(self, centre: FakeCentre) -> None:
        self.centre = centre
        self.moments: list[datetime] = []

    def call(self, request: SignedRequest) -> Reply:
        self.moments.append(datetime.fromisoformat(request.time))
        return self.centre.call(request)


def test_no_two_requests_are_signed_at_one_moment(desk: Desk, centre: FakeCentre) -> None:
    line, clock = Noting(centre), desk.clock
    caller = Caller(desk.store, line, desk.key, clock)
    begun = clock.moment
    # Of the third as much has passed as no request tells.
    for moment in (begun, begun, begun + timedelta(microseconds=900), begun - timedelta(minutes=4)):
        clock.moment = moment
        caller.ask(PULL, PullAsk(cursors={}))
    ahead = [moment - begun for moment in line.moments]
    assert ahead == [timedelta(milliseconds=number) for number in range(3)] + [
        timedelta(minutes=-4)
    ]
