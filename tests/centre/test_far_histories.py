"""Two desks of an office and the real centre on PostgreSQL, over HTTPS, by a line that misbehaves:
whatever happens, in the end all have the same, and nothing is lost or doubled."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from desktop.actions.desk import Seat
from desktop.centre.api import Limits
from desktop.centre.counting import counted
from desktop.centre.tables import CommandRow, FactRow
from desktop.chance import new_id
from desktop.demo.beginning import seat_crew
from desktop.demo.city import Scenario
from desktop.domain.commands import Amend, Withdraw
from desktop.domain.errors import Refusal
from desktop.domain.property import PropertyRecord
from desktop.premises.certificate import fingerprint_of
from desktop.premises.clocks import SteppingClock
from desktop.premises.desks import Running
from desktop.premises.open import OwnCentre
from desktop.store import facts, meta, outbox, view
from desktop.sync.address import read_address
from desktop.sync.http import HttpsLink
from desktop.trial.relay import Between, Mischief, between
from desktop.wire.link import Link, Reply, SignedRequest
from tests.bouncer import WAYS, reached
from tests.centre.test_two_desks import Pair
from tests.houses import MORNING
from tests.served import listening
from tests.servers import address, drop, name_in
from tests.sizes import size
from tests.town import Town, founded_on

SOON = 2.0
QUICK = (
    Mischief.PASS, Mischief.DROP_QUESTION, Mischief.DROP_ANSWER, Mischief.CUT_ANSWER,
    Mischief.CUT_TLS, Mischief.DELAY,
)  # fmt: skip
ALL = (*QUICK, Mischief.SWALLOW, Mischief.TRICKLE)
JUMPS = (timedelta(hours=3), -timedelta(hours=7), timedelta(days=2), -timedelta(days=1))
ACTS = ("register", "amend", "amend", "withdraw", "sync", "sync", "sync", "sync", "jump")
PATHS = ("/v1/push", "/v1/push", "/v1/hello", "/v1/pull")
STEPS = st.tuples(
    st.integers(0, 1), st.sampled_from(ACTS), st.integers(0, len(ALL) - 1), st.sampled_from(PATHS)
)

History = list[tuple[int, str, int, str]]


@dataclass
class Spoilt:
    """A line by the relay, which misbehaves at the calls of one path."""

    relay: Between
    link: Link
    path: str = ""
    mischief: Mischief = Mischief.PASS

    def call(self, request: SignedRequest) -> Reply:
        """The reply, if any comes. Raises LineDown."""
        self.relay.mischief = self.mischief if request.path == self.path else Mischief.PASS
        return self.link.call(request)


@dataclass
class Far:
    """Both desks, the line between them and the centre, and the second one's own clock."""

    pair: Pair
    lines: list[Spoilt]
    clock: SteppingClock
    seen: int = 0

    @property
    def desks(self) -> tuple[tuple[Running, Seat], ...]:
        """The desks and who sits there."""
        return (
            (self.pair.first, self.pair.town.crew.clerk),
            (self.pair.second, self.pair.seat),
        )

    def spoil(self, path: str, mischief: Mischief) -> None:
        """So are all calls of that path from now on."""
        for line in self.lines:
            line.path, line.mischief = path, mischief

    def live(self, history: History, mischiefs: tuple[Mischief, ...]) -> None:
        """Do what the history says, from one request on; an unlawful act is refused and leaves
        nothing."""
        town = self.pair.town
        cases = [town.register(town.record(Scenario.DEED), "no-violation")]
        for who, what, which, path in history:
            running, seat = self.desks[who]
            case_id = cases[which % len(cases)]
            match what:
                case "register":
                    record = town.record(Scenario.DEED, which)
                    cases.append(town.register(record, "no-violation"))
                case "sync":
                    self.spoil(path, mischiefs[which % len(mischiefs)])
                    running.sync()
                case "jump":
                    self.clock.moment = town.clock.moment + JUMPS[which % len(JUMPS)]
                case "amend":
                    with suppress(Refusal):
                        seat.do_one(case_id, Amend({"party.mobile": f"0913000{which:04d}"}))
                case "withdraw":
                    with suppress(Refusal):
                        seat.do_one(case_id, Withdraw("خواست متقاضی"))

    def demand_agreed(self) -> None:
        """After a calm line every act is settled once, and both desks see what the centre has."""
        self.spoil("", Mischief.PASS)
        for _ in range(3):
            for running, _seat in self.desks:
                for _try in range(5):
                    if (report := running.sync()).well and not report.more:
                        break
                else:
                    raise AssertionError(report)
        centre = self.pair.town.house.centre
        own = (FactRow.stream == "office:21", FactRow.pos > self.seen)
        with centre.reading() as session:
            query = select(FactRow.pos, FactRow.canon).where(*own).order_by(FactRow.pos)
            there = session.execute(query).all()
        after, self.seen = self.seen, self.seen + len(there)
        assert [pos for pos, _ in there] == list(range(after + 1, self.seen + 1))
        for running, _seat in self.desks:
            store, setting_for = running.desk.store, running.desk.reference.setting_for
            with store.reading() as session:
                kept = facts.known(session, "office:21", range(after + 1, self.seen + 1))
                assert [line.canon for line in kept] == [canon for _, canon in there]
                assert outbox.waiting(session).count == 0
                assert view.differing(session, setting_for) == []
                known, (made, _chain) = meta.get(session), outbox.head(session)
            sent = select(func.count()).where(CommandRow.device_id == known.identity.device_id)
            with centre.reading() as session:
                assert session.scalar(sent) == made == known.acked_to
        figures = counted(centre)
        assert (figures["held"], figures["gaps"]) == (0, 0)


@contextmanager
def far_desks(
    server: str, door: str, folder: Path, properties: dict[Scenario, list[PropertyRecord]]
) -> Iterator[Far]:
    """The desks at work, as long as the block lasts; the centre reaches the server by the door."""
    relays: list[Between] = []
    pins: list[str] = []
    made: list[Spoilt] = []
    with ExitStack() as ends:

        def line(own: Link) -> Link:
            assert isinstance(own, OwnCentre)
            if not relays:
                limits = Limits(wait_s=0.05)
                served_at = ends.enter_context(listening(own().centre, folder, limits))
                relays.append(ends.enter_context(between(read_address(served_at[0]))))
                pins.append(fingerprint_of(served_at[1].read_bytes()).hex())
            link = HttpsLink(relays[0].address, pins[0], deadline_s=SOON, proxies=dict)
            ends.callback(link.close)
            made.append(Spoilt(relays[0], link))
            return made[-1]

        place = address(door, f"far_{new_id()}")
        clock = SteppingClock(MORNING.astimezone(UTC))
        house = founded_on(server).copy(folder / "house", place, clock, line)
        ends.callback(drop, server, name_in(place))
        ends.callback(house.close)
        own_clock = SteppingClock(clock.moment)
        pair = Pair(Town(house, clock, seat_crew(house), properties), folder / "second", own_clock)
        ends.callback(pair.second.close)
        pair.line(up=False)
        yield Far(pair, made, own_clock)


@pytest.fixture(scope="module", params=[WAYS[0], pytest.param(WAYS[1], marks=pytest.mark.full)])
def far(
    request: pytest.FixtureRequest,
    postgres_server: str,
    tmp_path_factory: pytest.TempPathFactory,
    properties: dict[Scenario, list[PropertyRecord]],
) -> Iterator[Far]:
    """The desks, for all histories: each begins where the one before it ended in agreement."""
    folder = tmp_path_factory.mktemp("far")
    with (
        reached(request.param, postgres_server) as door,
        far_desks(postgres_server, door, folder, properties) as made,
    ):
        yield made


_SAME = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


@pytest.mark.long
@settings(
    max_examples=5, deadline=None, suppress_health_check=_SAME, derandomize=True, database=None
)
@given(history=st.lists(STEPS, min_size=3, max_size=10))
def test_a_history_by_a_bad_line_ends_in_agreement(far: Far, history: History) -> None:
    far.live(history, QUICK)
    far.demand_agreed()


# Twenty in all (a hundred in full), others each time: most of each is waiting, so that parts go
# well side by side.
@pytest.mark.long
@pytest.mark.timeout(2400)
@pytest.mark.parametrize(
    "part", [0, 1, *(pytest.param(each, marks=pytest.mark.full) for each in (2, 3, 4))]
)
@settings(max_examples=size(10, 20), deadline=None, suppress_health_check=_SAME, database=None)
@given(history=st.lists(STEPS, min_size=5, max_size=25))
def test_a_long_history_by_a_bad_line_ends_in_agreement(
    far: Far, part: int, history: History
) -> None:
    far.live(history, ALL)
    far.demand_agreed()
