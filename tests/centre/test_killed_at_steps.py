"""A desk killed at every named step of its work with the real centre on PostgreSQL: nothing that it
told its person is lost, and nothing is doubled."""

from __future__ import annotations

import signal
from collections import Counter as Tally
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import select

from desktop.actions.reference import DeskReference
from desktop.centre.context import Centre
from desktop.centre.counting import counted
from desktop.centre.tables import FactRow, LetterRow
from desktop.demo.city import Scenario
from desktop.domain.people import Staff
from desktop.domain.property import PropertyRecord
from desktop.domain.stream import office_stream
from desktop.store import outbox
from desktop.store.acts import act
from desktop.store.open import Store
from desktop.sync.round import Round
from desktop.trial.counters import Act, Counter
from tests.bouncer import WAYS
from tests.centre.at_a_counter import OFFICE, Line, centre_on, demand_agreed, desk_at
from tests.desk import Desk
from tests.fakes import SetClock
from tests.sizes import size
from tests.sync.dying import FORKS, STEPS, Dying, Wire, begin

pytestmark = [pytest.mark.long, pytest.mark.timeout(1800)]

CASES = 2
NEVER = Dying("never", 1)
FORKS.set_forkserver_preload(["tests.centre.test_killed_at_steps"])


def work(
    pipe: Connection,
    place: Path,
    key: bytes,
    staff: Staff,
    moment: datetime,
    step: Dying,
    cases: list[tuple[Act, ...]],
) -> None:
    """Register and pay for cases, each act told to the parent once it is committed, and sync."""
    store, setting_for = Store(place, reserve=4096), DeskReference().setting_for
    private = Ed25519PrivateKey.from_private_bytes(key)
    rounds = Round(store, Wire(pipe), private, SetClock(moment), setting_for, step=step)
    rounds.run()
    for acts in cases:
        for each in acts:
            with store.writing() as session:
                (command,) = act(
                    session, [each.payload], case_id=each.case_id, actor=staff, at=moment,
                    setting_for=setting_for, step=step,
                )  # fmt: skip
            step("write:committed")
            pipe.send(command.command_id)
        # The first sends, and its answer brings what came of it; with nothing to send one asks.
        rounds.run()
        rounds.run()
    store.close()


@dataclass
class Killed:
    """The desk that is killed, its line, and what its person was told so far."""

    desk: Desk
    counter: Counter
    line: Line
    records: list[PropertyRecord]
    told: list[str]

    def live(self, step: Dying, after: float | None = None) -> bool:
        """Let it work in a process of its own until it dies; whether it did, at the step."""
        desk = self.desk
        desk.store.close()
        cases = [self.counter.register(self.records[n]) for n in range(CASES)]
        key = desk.key.private_bytes_raw()
        args = (desk.store.place, key, desk.staff, desk.clock.moment, step, cases)
        child, thread, told = begin(self.line, work, *args)
        child.join(after)
        child.kill()
        child.join()
        thread.join()
        died = child.exitcode == -signal.SIGKILL
        assert died or child.exitcode == 0
        child.close()
        desk.reopen()
        self.told += told
        return died

    def demand_whole(self, centre: Centre) -> None:
        """What was told is there once, at both ends."""
        demand_agreed(centre, [self.desk])
        with self.desk.store.reading() as session:
            for command_id in self.told:
                assert outbox.find(session, command_id), "told and then lost"
        with centre.reading() as session:
            own = FactRow.stream == office_stream(OFFICE)
            read = session.execute(select(FactRow.kind, FactRow.case_id).where(own)).all()
            letters = list(session.scalars(select(LetterRow.case_id)))
        registered = Tally(row.case_id for row in read if row.kind == "registered")
        assert set(registered.values()) <= {1}
        assert len(letters) == len(set(letters))
        figures = counted(centre)
        assert (figures["refused"], figures["cases"]) == (0, len(registered))


@pytest.fixture(scope="module", params=WAYS)
def killed(
    request: pytest.FixtureRequest,
    postgres_server: str,
    tmp_path_factory: pytest.TempPathFactory,
    properties: dict[Scenario, list[PropertyRecord]],
) -> Iterator[Killed]:
    """One desk, for all steps: each begins where the one before it ended in agreement."""
    folder = tmp_path_factory.mktemp("killed")
    with centre_on(postgres_server, request.param, folder) as centre:
        line = Line(centre)
        desk, counter = desk_at(line, folder)
        yield Killed(desk, counter, line, properties[Scenario.CLEAN], [])
        desk.store.close()


@pytest.mark.parametrize("step", STEPS)
def test_a_kill_at_a_named_step_of_the_real_thing(step: str, killed: Killed) -> None:
    for time in range(size(2, 12)):
        assert killed.live(Dying(step, time % CASES + 1)), f"{step} was never reached"
        killed.demand_whole(killed.line.centre)


def test_kills_of_the_real_thing_at_random(killed: Killed) -> None:
    random, deaths, times = Random(1405), 0, size(10, 250)
    for _ in range(times):
        deaths += killed.live(NEVER, random.uniform(0, 0.4))
        killed.demand_whole(killed.line.centre)
    assert deaths > times / 2
