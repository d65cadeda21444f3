"""A day at the demo office: so many requests put in, followed to their end, and told in figures."""

from __future__ import annotations

import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from desktop.actions import intake, letters
from desktop.centre.counting import counted, taken
from desktop.demo.beginning import ring_at_once, seat_crew
from desktop.demo.city import make_city
from desktop.demo.closing import close_till
from desktop.demo.filling import fill
from desktop.demo.following import Crew, case_now, follow
from desktop.demo.house import open_house
from desktop.demo.requests import BUSIEST, chosen, requests
from desktop.demo.wanted_cases import CaseSource, outcomes_of
from desktop.domain.calendar import TEHRAN
from desktop.domain.city import City
from desktop.domain.errors import Refusals
from desktop.domain.service import Service
from desktop.forms.answers import Filled
from desktop.keys import Cost
from desktop.premises.clocks import SteppingClock
from desktop.premises.heard import services_and_data
from desktop.premises.open import House, Opening

_CHEAP = Cost(passes=1, memory=8, lanes=1)
_SEED = 1405
_OPENING, _LENGTH = 8, 6


@dataclass
class DayFigures:
    """The figures of a day; times in milliseconds."""

    outcomes: Counter[str] = field(default_factory=Counter)
    services: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    states: Counter[str] = field(default_factory=Counter)
    answers: list[float] = field(default_factory=list)
    drawn: list[float] = field(default_factory=list)
    refused: int = 0


def run_day(
    properties: int,
    count: int,
    progress: Callable[[int, int], None],
    *,
    only: Collection[str] = BUSIEST,
    published_at: Path | None = None,
) -> dict[str, Any]:
    """The day's figures, as JSON values. The house stands in a temporary folder.

    With an empty `only` the day is for every service, and begins with a request for each outcome
    that a service has. What was published at the centre in the folder `published_at` is told to
    this house first.
    """
    today = datetime.now(TEHRAN).date()
    clock = SteppingClock(_moment(today, 0.0))
    seen = DayFigures()
    with tempfile.TemporaryDirectory(prefix="pishkhan-day-") as folder:
        house = open_house(
            Path(folder), Opening(clock, cost=_CHEAP), properties=properties, seed=_SEED
        )
        try:
            if published_at is not None:
                house.put_in_force(services_and_data(published_at, today, today, only))
            ring_at_once(house)
            crew = seat_crew(house)
            desk = crew.clerk.desk
            services, figures = chosen(intake.services(desk), only), intake.figures(desk)
            asked = _asked(house, services, figures, today, properties, only)
            _put_in(crew, clock, today, asked, count, seen, progress)
            counts = counted(house.centre)
            closed = close_till(crew.manager, today, taken(house.centre))
            return {**_figures(seen, count), **counts, "cash": closed}
        finally:
            house.close()


def _asked(
    house: House,
    services: Mapping[str, Service],
    figures: City,
    today: date,
    properties: int,
    only: Collection[str],
) -> Iterator[tuple[Service, Filled]]:
    """What citizens ask for that day: form by form, filled."""
    if not only:
        cases = CaseSource(house, figures, properties=properties, seed=_SEED, day=today)
        for service in services.values():
            for outcome in outcomes_of(service):
                yield service, cases.request(service, outcome).filled
    source = requests(make_city(properties, _SEED, today), services, figures, _SEED, only=only)
    for service, asker in source:
        yield service, fill(service, asker, figures, today)


def _put_in(
    crew: Crew,
    clock: SteppingClock,
    today: date,
    asked: Iterator[tuple[Service, Filled]],
    count: int,
    seen: DayFigures,
    progress: Callable[[int, int], None],
) -> None:
    number = 0
    while number < count:
        service, filled = next(asked)
        clock.moment = _moment(today, number / count)
        before = time.perf_counter()
        fee = intake.FeePayment("terminal", f"{100_000 + number}")
        try:
            done = intake.register(crew.clerk, service, filled, fee)
        except Refusals:
            # What one person asked for doesn't fit another's land: the form says so, as it should.
            seen.refused += 1
            continue
        case = case_now(crew.clerk, done.case_id)
        seen.answers.append((time.perf_counter() - before) * 1000)
        outcome = case.outcome.value if case.outcome else "none"
        seen.outcomes[outcome] += 1
        seen.services[service.code][outcome] += 1
        if case.answer is not None:
            before = time.perf_counter()
            letters.proof(case.answer.letter)
            seen.drawn.append((time.perf_counter() - before) * 1000)
        ended = follow(crew, done.case_id, clock.moment)
        seen.states[ended.state.value] += 1
        number += 1
        progress(number, count)


def _moment(day: date, share: float) -> datetime:
    opening = datetime(day.year, day.month, day.day, _OPENING, tzinfo=TEHRAN)
    # Whole seconds: what a desk writes down is shorter than what a clock can show.
    return opening + timedelta(seconds=int(_LENGTH * 3600 * share))


def _figures(seen: DayFigures, count: int) -> dict[str, Any]:
    return {
        "requests": count,
        "outcomes": dict(seen.outcomes),
        "services": {code: dict(outcomes) for code, outcomes in seen.services.items()},
        "refused_forms": seen.refused,
        "instant_share": round(seen.outcomes["answer"] / count, 4),
        "states": dict(seen.states),
        "register_to_answer_ms": _percentiles(seen.answers),
        "answer_to_letter_ms": _percentiles(seen.drawn),
    }


def _percentiles(values: list[float]) -> dict[str, float]:
    ordered = sorted(values) or [0.0]
    return {
        "p50": round(ordered[len(ordered) // 2], 1),
        "p95": round(ordered[int(len(ordered) * 0.95)], 1),
    }
