"""Histories of two desks of one office at the real centre, by a line that loses answers: whatever
happens, both ends agree."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.demo.city import Scenario
from desktop.domain.commands import Amend, Payload, Withdraw
from desktop.domain.errors import Refusal
from desktop.domain.property import PropertyRecord
from desktop.store import outbox
from desktop.trial.counters import Act, Counter
from tests.bouncer import WAYS
from tests.centre.at_a_counter import Line, centre_on, demand_agreed, desk_at
from tests.desk import Desk
from tests.sizes import size

ACTS: dict[str, Payload] = {
    "amend": Amend({"party.mobile": "09130000001"}),
    "amend too": Amend({"party.mobile": "09130000002"}),
    "withdraw": Withdraw("منصرف شد"),
}
STEPS = st.tuples(
    st.integers(0, 1),
    st.sampled_from(("register", "sync", "sync", "lose", "down", "up", "reopen", "pay", *ACTS)),
    st.integers(0, 3),
)
History = list[tuple[int, str, int]]
_SAME = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


@dataclass
class Near:
    """Both desks and their line to the centre."""

    line: Line
    desks: list[tuple[Desk, Counter]]
    records: dict[Scenario, list[PropertyRecord]]
    unpaid: list[Act] = field(default_factory=list)

    def live(self, history: History) -> None:
        """Do what the history says; an unlawful act is refused and leaves nothing."""
        cases: list[str] = []
        for who, what, which in history:
            desk, counter = self.desks[who]
            if what == "register":
                kind = Scenario.DEED if which % 2 else Scenario.CLEAN
                registered, paid = counter.register(self.records[kind][which])
                desk.act(registered.case_id, registered.payload)
                cases.append(registered.case_id)
                self.unpaid.append(paid)
            elif what == "sync":
                desk.sync()
            elif what == "lose":
                self.line.lose_answers = 1
            elif what in ("down", "up"):
                self.line.down = what == "down"
            elif what == "reopen":
                desk.store.close()
                desk.reopen()
            elif what == "pay":
                self._try(desk, self.unpaid[which % len(self.unpaid)] if self.unpaid else None)
            elif cases:
                self._try(desk, Act(cases[which % len(cases)], ACTS[what]))
            desk.check()

    def _try(self, desk: Desk, act: Act | None) -> None:
        if act is None:
            return
        before = made(desk)
        with suppress(Refusal):
            desk.act(act.case_id, act.payload)
            return
        assert made(desk) == before

    def demand_agreed(self) -> None:
        """After a calm line."""
        self.line.down, self.line.lose_answers = False, 0
        demand_agreed(self.line.centre, [desk for desk, _ in self.desks])
        self.unpaid.clear()


def made(desk: Desk) -> int:
    """How many commands the desk has frozen."""
    with desk.store.reading() as session:
        return outbox.head(session)[0]


@pytest.fixture(scope="module", params=[WAYS[0], pytest.param(WAYS[1], marks=pytest.mark.long)])
def near(
    request: pytest.FixtureRequest,
    postgres_server: str,
    tmp_path_factory: pytest.TempPathFactory,
    properties: dict[Scenario, list[PropertyRecord]],
) -> Iterator[Near]:
    """The desks, for all histories: each begins where the one before it ended in agreement."""
    folder = tmp_path_factory.mktemp("near")
    with centre_on(postgres_server, request.param, folder) as centre:
        line = Line(centre)
        desks = [desk_at(line, folder, number) for number in (1, 2)]
        yield Near(line, desks, properties)
        for desk, _ in desks:
            desk.store.close()


@pytest.mark.slow
@settings(
    max_examples=5, deadline=None, suppress_health_check=_SAME, derandomize=True, database=None
)
@given(history=st.lists(STEPS, min_size=3, max_size=20))
def test_a_history_at_the_real_centre_ends_in_agreement(near: Near, history: History) -> None:
    near.live(history)
    near.demand_agreed()


@pytest.mark.long
@pytest.mark.timeout(2400)
@settings(max_examples=size(30, 200), deadline=None, suppress_health_check=_SAME, database=None)
@given(history=st.lists(STEPS, min_size=5, max_size=40))
def test_a_long_history_at_the_real_centre_ends_in_agreement(near: Near, history: History) -> None:
    near.live(history)
    near.demand_agreed()
