"""What the bench measures of a centre on PostgreSQL: what a push asks, against COPY; its lists."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from desktop.centre import database
from desktop.centre.bulk import crowd, grow, multiply
from desktop.centre.context import Centre, at_once
from desktop.centre.copied import facts_in, tend, texts_out
from desktop.centre.streams import SLICE, heads_of, slices_after
from desktop.demo.beginning import ring_at_once, seat_crew
from desktop.demo.city import Scenario, make_city, pairs_of_names
from desktop.demo.following import Crew
from desktop.demo.house import open_house
from desktop.domain.calendar import TEHRAN
from desktop.domain.commands import Withdraw
from desktop.domain.property import PropertyRecord
from desktop.premises.clocks import SteppingClock
from desktop.premises.open import House, Opening
from desktop.sql.asked import asked
from desktop.trial.counters import Act, Counter, new_counter
from desktop.trial.figures import Progress
from desktop.wire.box import MOST_COMMANDS
from desktop.wire.payloads import PullAnswer

OFFICE = "office:31"
_A_PERSONS = 10  # digits of a person's id; a company's has more
_DECIDED = ("none of them decided", "all of them decided")
_OTHERS = (Scenario.OLD_VISIT, Scenario.FINE, Scenario.DEBT, Scenario.COMMISSION)


@dataclass(frozen=True)
class Pushed:
    """What a push of many commands took: seconds, and by command statements and seconds of Python;
    `copied` is how long PostgreSQL's COPY takes for the same facts."""

    seconds: float
    statements: float
    python: float
    copied: float


class CentreBench:
    """A centre in this process on a database of its own, and one counter that pushes."""

    def __init__(
        self,
        folder: Path,
        address: str,
        properties: int,
        seed: int,
        progress: Progress,
    ) -> None:
        self._progress = progress
        progress.step(f"a centre with {properties:,} properties is founded")
        self._place = database.place_of(address)
        database.make_database(self._place)
        clock = SteppingClock(datetime.now(UTC))
        opening = Opening(clock, database=self._place, later=at_once)
        self._house: House = open_house(folder, opening, properties=properties, seed=seed)
        ring_at_once(self._house)
        self.centre: Centre = self._house.centre
        self.crew: Crew = seat_crew(self._house)
        self.today = clock.moment.astimezone(TEHRAN).date()
        owned: dict[Scenario, list[PropertyRecord]] = {scenario: [] for scenario in Scenario}
        for each in make_city(properties, seed, self.today):
            if each.record.owners and len(each.record.owners[0].person_id) == _A_PERSONS:
                owned[each.scenario].append(each.record)
        self.records = owned[Scenario.CLEAN]
        self._others = [owned[scenario][0] for scenario in _OTHERS]
        self._counter: Counter = new_counter(self.centre, "31")
        self._number, self._seed = 0, seed

    def close(self) -> None:
        """Close the house."""
        self._house.close()

    def push(self, count: int, *, decided: bool) -> Pushed:
        """Register so many requests, `decided` with their fee, as one desk's backlog."""
        self._progress.step(f"{count:,} requests are pushed, {_DECIDED[decided]}")
        return self._push(count, decided=decided)

    def _push(self, count: int, *, decided: bool) -> Pushed:
        self._counter.push(*self._requests(1, decided=decided))  # What is asked once is known now.
        acts = self._requests(count, decided=decided)
        begun_at = self._head()
        with asked(self.centre.writer) as statements:
            begun, python = time.perf_counter(), time.process_time()
            self._counter.push(*acts)
            seconds, python = time.perf_counter() - begun, time.process_time() - python
        return Pushed(
            seconds,
            len(statements) / len(acts),
            python / len(acts),
            facts_in(self._place, OFFICE, begun_at, MOST_COMMANDS),
        )

    def pushes(self, times: int = 5) -> list[Pushed]:
        """So many pushes of fifty requests with their fees."""
        self._progress.step(f"50 requests are pushed, {times} times")
        return [self._push(50, decided=True) for _ in range(times)]

    def pull(self, times: int = 5) -> tuple[float, float]:
        """Seconds that a pull of all that the counter's stream has takes, and COPY of its texts;
        the middle of each, in turn."""
        self._progress.step("all of it is pulled")
        taken, copied = [], []
        for _ in range(times):
            taken.append(seconds(self._pull))
            copied.append(texts_out(self._place, OFFICE))
        return median(taken), median(copied)

    def _pull(self) -> None:
        head, after = self._head(), 0
        while after < head:
            with self.centre.reading() as session:
                pieces = slices_after(session, self.centre, {OFFICE: after}, self.centre.clock())
                PullAnswer(streams=pieces).encode()
            after += SLICE

    def crowd(self, cases: int, offices: int) -> None:
        """So many cases in all, as many in each of so many offices, all received today."""
        self._progress.step(f"{cases:,} cases of one day, of {offices} offices, are made")
        crowd(self.centre.writer, cases, offices)
        tend(self._place)

    def grow(self, times: int) -> int:
        """Make the counter's history so many times as long, at other offices; how many facts there
        are then."""
        words = "what happened at one office happens at others: offices"
        facts = grow(
            self.centre.writer, OFFICE, times, lambda done: self._progress.far(words, done, times)
        )
        self._progress.step(f"PostgreSQL looks through {facts:,} facts")
        tend(self._place)
        return facts

    def multiply(self, cases: int) -> None:
        """Add so many cases of many years, as lists see them, the open ones anywhere."""
        for record in self._others:
            self._counter.push(*self._counter.register(record))
        given_up = self._counter.register(self.records[0])[0]
        self._counter.push(given_up, Act(given_up.case_id, Withdraw("انصراف")))
        words = "cases of many years are made"
        multiply(
            self._place,
            pairs_of_names(self._seed),
            cases,
            lambda done: self._progress.far(words, done, cases),
        )
        self._progress.step("PostgreSQL looks through them")
        tend(self._place)

    def _requests(self, count: int, *, decided: bool) -> list[Act]:
        acts: list[Act] = []
        for _ in range(count):
            self._number += 1
            both = self._counter.register(self.records[self._number % len(self.records)])
            acts += both if decided else both[:1]
        return acts

    def _head(self) -> int:
        with self.centre.reading() as session:
            return heads_of(session, [OFFICE])[OFFICE]


def median_seconds(act: Callable[[], object], times: int = 5) -> float:
    """The middle of the seconds that it takes."""
    return median(seconds(act) for _ in range(times))


def seconds(act: Callable[[], object]) -> float:
    """How many it takes."""
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun
