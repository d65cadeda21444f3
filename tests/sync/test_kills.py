"""A desk killed at every named step, and at random: nothing is lost, nothing is doubled."""

from __future__ import annotations

import signal
from collections import Counter
from random import Random

import pytest

from desktop.domain.stream import CommandRefused
from desktop.store import drafts, facts, outbox, queue
from desktop.wire.codec import decode_fact
from tests.desk import Desk
from tests.fakes import FakeCentre
from tests.office import CLERK
from tests.sizes import size
from tests.sync.dying import STEPS, Dying, begin, work

CASES = 3
NEVER = Dying("never", 1)


def demand_whole(desk: Desk, centre: FakeCentre, told: list[str]) -> None:
    """What the person was told is at the centre once, and both ends hold the same."""
    assert desk.sync().well
    with desk.store.reading() as session:
        last, head = outbox.head(session)
        commands = outbox.after(session, 0, 10_000)
        cursor = facts.cursors(session, ["office:21"])["office:21"]
        kept = [line.canon for line in facts.known(session, "office:21", range(1, 10_000))]
        assert outbox.waiting(session).count == 0
        for command_id in told:
            assert outbox.find(session, command_id), "told and then lost"
    device = centre.devices["device-1"]
    assert (len(device.seen) - 1, device.seen[-1]) == (last, head) == (len(commands), head)
    stream = centre.streams["office:21"]
    assert cursor.pos == len(stream)
    assert kept == [canon for canon, _ in stream]
    read = [decode_fact(canon) for canon in kept]
    assert not [fact for fact in read if isinstance(fact.payload, CommandRefused)]
    registered = Counter(fact.case_id for fact in read if fact.kind == "registered")
    assert set(registered.values()) <= {1}
    issued = [fact for fact in read if fact.kind == "letter-issued"]
    assert len(issued) == centre.numbers == len({fact.case_id for fact in issued})
    desk.check()


def kill(
    desk: Desk, centre: FakeCentre, step: Dying, first: int, after: float | None = None
) -> list[str]:
    """Let a desk work in a process until it dies; what its person had been told."""
    desk.store.close()
    key = desk.key.private_bytes_raw()
    child, thread, told = begin(centre, work, desk.store.place, key, step, first, CASES)
    child.join(after)
    child.kill()
    child.join()
    thread.join()
    assert child.exitcode in (-signal.SIGKILL, 0)
    child.close()
    desk.reopen()
    desk.check()
    return told


def lived(desk: Desk, centre: FakeCentre, times: int, step: str) -> None:
    """Kill the desk at the step, each time a little later, and look after each."""
    told: list[str] = []
    for time in range(1, times + 1):
        told += kill(desk, centre, Dying(step, time % (CASES - 1) + 1), time * CASES)
        assert desk.store.was_killed, f"{step} was never reached"
        demand_whole(desk, centre, told)


@pytest.mark.slow
@pytest.mark.parametrize(
    "step",
    [
        pytest.param(step, marks=pytest.mark.long) if turn % 2 else step
        for turn, step in enumerate(STEPS)
    ],
)
def test_a_kill_at_a_named_step(step: str, desk: Desk, centre: FakeCentre) -> None:
    lived(desk, centre, size(3, 12), step)


# Steps are the same of either store: of this one the first, the middle and the last, and the long
# check has all.
_OF_A_SEALED = (STEPS[0], "apply:facts", STEPS[-1])


@pytest.mark.slow
@pytest.mark.parametrize(
    "step",
    [
        step if step in _OF_A_SEALED else pytest.param(step, marks=pytest.mark.long)
        for step in STEPS
    ],
)
def test_a_kill_at_a_named_step_of_an_encrypted_store(
    step: str, sealed_desk: Desk, centre: FakeCentre
) -> None:
    lived(sealed_desk, centre, size(1, 12), step)


@pytest.mark.slow
def test_kills_of_an_encrypted_store_at_random(sealed_desk: Desk, centre: FakeCentre) -> None:
    at_random(sealed_desk, centre, 10)


@pytest.mark.long
@pytest.mark.timeout(1800)
def test_many_kills_of_an_encrypted_store_at_random(sealed_desk: Desk, centre: FakeCentre) -> None:
    at_random(sealed_desk, centre, size(60, 160))


@pytest.mark.long
@pytest.mark.timeout(1800)
def test_many_kills_at_random(desk: Desk, centre: FakeCentre) -> None:
    at_random(desk, centre, size(80, 340))


def at_random(desk: Desk, centre: FakeCentre, times: int) -> None:
    """Kill at moments drawn over the time that the work takes."""
    random = Random(1405)
    told: list[str] = []
    for time in range(times):
        told += kill(desk, centre, NEVER, time * CASES + 1, after=random.uniform(0, 0.1))
        demand_whole(desk, centre, told)


@pytest.mark.slow
def test_a_kill_while_registering_leaves_the_draft_or_the_case(
    desk: Desk, centre: FakeCentre
) -> None:
    for number, step in enumerate(("write:outbox", "write:committed"), start=1):
        kill(desk, centre, Dying(step, 1), number)
        with desk.store.reading() as session:
            left = [draft.draft_id for draft in drafts.of(session, CLERK.staff_id)]
            made = len(outbox.after(session, 0, 100))
            cases = len(queue.ids(session))
        assert (left, made, cases) == (["draft-1"], number - 1, number - 1)
