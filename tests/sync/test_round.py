"""A round: what goes up, what comes down, and what each fault of line or centre leaves."""

from __future__ import annotations

from datetime import timedelta

from desktop.domain.commands import PayFee
from desktop.domain.state import State
from desktop.domain.stream import Published, Topic
from desktop.store import meta, outbox, published
from tests.desk import Desk
from tests.fakes import FakeCentre
from tests.office import TODAY, payment


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
