"""Histories of two desks of one office, drawn by Hypothesis: whatever happens, both ends agree."""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.domain.commands import Amend, PayFee, Payload, Withdraw
from desktop.domain.errors import Refusal
from desktop.domain.stream import CommandHeld, CommandRefused
from desktop.store import facts, meta, outbox, work_items
from desktop.store.open import Store
from desktop.wire.codec import decode_fact
from tests.desk import Desk
from tests.fakes import FakeCentre, SetClock
from tests.office import CLERK, MANAGER, NOW, payment
from tests.sizes import size

ACTS: dict[str, Payload] = {
    "pay": PayFee("office", payment()),
    "amend": Amend({"stage": "اسکلت"}),
    "withdraw": Withdraw("منصرف شد"),
}
STEPS = st.tuples(
    st.integers(0, 1),
    st.sampled_from(("register", "sync", "sync", "lose", "down", "up", "reopen", *ACTS)),
    st.integers(0, 3),
)


@pytest.fixture(scope="module")
def empty_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated store's file, to be copied."""
    path = tmp_path_factory.mktemp("empty") / "office.sqlite"
    Store(path, reserve=4096).close()
    return path


def desks(folder: Path, empty_store: Path, centre: FakeCentre) -> list[Desk]:
    """Two enrolled and greeted desks."""
    made = []
    for number in (1, 2):
        path = folder / f"{number}.sqlite"
        shutil.copy(empty_store, path)
        key = Ed25519PrivateKey.generate()
        identity = centre.enrol(f"device-{number}", key, number)
        store = Store(path, reserve=4096)
        store.write(lambda session, identity=identity: meta.enrol(session, identity))  # type: ignore[misc]
        desk = Desk(store, key, centre, SetClock(NOW))
        assert desk.sync().well
        made.append(desk)
    return made


def live(history: list[tuple[int, str, int]], centre: FakeCentre, pair: list[Desk]) -> None:
    """Do what the history says; an unlawful act is refused and leaves nothing."""
    cases: list[str] = []
    serial = 0
    for who, what, which in history:
        desk = pair[who]
        if what == "register":
            serial += 1
            cases.append(desk.register(serial))
        elif what == "sync":
            desk.sync()
        elif what == "lose":
            centre.lose_answers = 1
        elif what in ("down", "up"):
            centre.down = what == "down"
        elif what == "reopen":
            desk.store.close()
            desk.reopen()
        elif cases:
            before = made(desk)
            try:
                desk.act(cases[which % len(cases)], ACTS[what])
            except Refusal:
                assert made(desk) == before
        desk.check()


def made(desk: Desk) -> int:
    """How many commands the desk has frozen."""
    with desk.store.reading() as session:
        return outbox.head(session)[0]


def demand_agreed(centre: FakeCentre, pair: list[Desk]) -> None:
    """After a calm line: every act is settled once, in its desk's order, and all see the same."""
    centre.down, centre.lose_answers = False, 0
    for desk in (*pair, *pair):
        assert desk.sync().well
    stream = centre.streams["office:21"]
    read = [decode_fact(canon) for canon, _ in stream]
    assert [fact.pos for fact in read] == list(range(1, len(read) + 1))
    causes = Counter(fact.cause for fact in read if fact.cause)
    refusals = [f for f in read if isinstance(f.payload, CommandRefused | CommandHeld)]
    for desk in pair:
        with desk.store.reading() as session:
            kept = [line.canon for line in facts.known(session, "office:21", range(1, 10_000))]
            assert kept == [canon for canon, _ in stream]
            assert len(work_items.waiting(session)) == len(refusals)
            frozen = outbox.after(session, 0, 10_000)
            for case_id in centre.cases:
                assert outbox.unsettled(session, case_id) == []
            assert meta.get(session).acked_to == len(frozen)
        for case_id, case in centre.cases.items():
            assert desk.see(case_id).case == case
        desk.check()
    assert sum(made(desk) for desk in pair) == len(causes)


def check(history: list[tuple[int, str, int]], empty_store: Path) -> None:
    """One history from two new desks to agreement."""
    centre = FakeCentre(SetClock(NOW), slice_size=4)
    centre.enrol_person(CLERK)
    centre.enrol_person(MANAGER)
    with tempfile.TemporaryDirectory() as folder:
        pair = desks(Path(folder), empty_store, centre)
        live(history, centre, pair)
        demand_agreed(centre, pair)
        for desk in pair:
            desk.store.close()


# The template is the same for every history: nothing of one reaches the next.
_SAME = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


@pytest.mark.slow
@settings(max_examples=20, deadline=None, suppress_health_check=_SAME, derandomize=True)
@given(history=st.lists(STEPS, max_size=20))
def test_a_history_ends_in_agreement(
    empty_store: Path, history: list[tuple[int, str, int]]
) -> None:
    check(history, empty_store)


@pytest.mark.long
@pytest.mark.timeout(2400)
@settings(max_examples=size(150, 400), deadline=None, suppress_health_check=_SAME)
@given(history=st.lists(STEPS, max_size=60))
def test_a_long_history_ends_in_agreement(
    empty_store: Path, history: list[tuple[int, str, int]]
) -> None:
    check(history, empty_store)
