"""What the bench measures of registering: until the answer shows, and what it asks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from statistics import median

from desktop.actions import intake
from desktop.demo.beginning import ring_at_once, seat_crew
from desktop.demo.city import make_city
from desktop.demo.filling import fill
from desktop.demo.following import Crew, case_now
from desktop.demo.house import open_house
from desktop.demo.requests import requests
from desktop.domain.calendar import TEHRAN
from desktop.domain.case import Case
from desktop.domain.decision import Outcome
from desktop.premises.clocks import SteppingClock
from desktop.premises.open import House, Opening
from desktop.sql.asked import asked
from desktop.store.bulk import Commits
from desktop.trial.figures import Goal, Line, line, milliseconds, p95

# The service whose statements are counted, and so many answers to it.
_COUNTED, _TIMES = "no-violation", 5
_FRAMES = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE")


def answer_lines(folder: Path, properties: int, seed: int, count: int) -> Iterator[Line]:
    """Register → answer shown with the centre in process, so many times."""
    clock = SteppingClock(datetime.now(UTC))
    house = open_house(folder, Opening(clock), properties=properties, seed=seed)
    try:
        ring_at_once(house)
        crew = seat_crew(house)
        requests_ = filled(crew, properties, seed, clock.moment)
        commits = Commits(folder / "floor.db")
        taken: list[float] = []
        floor: list[float] = []
        for _ in range(count):
            _, register = next(requests_)
            floor.append(milliseconds(partial(commits.commit, 3)))
            taken.append(milliseconds(register))
        yield line(
            "register → answer shown, embedded, p95",
            p95(taken),
            "ms",
            "three SQLite commits, FULL, median",
            median(floor),
            Goal(45),
        )
        yield _statements(house, requests_)
    finally:
        house.close()


def filled(
    crew: Crew, properties: int, seed: int, at: datetime
) -> Iterator[tuple[str, Callable[[], Case]]]:
    """The requests of a day by their service, filled in; registering one, its fee taken, gives its
    case as the office sees it then."""
    today = at.astimezone(TEHRAN).date()
    services, figures = intake.services(crew.clerk.desk), intake.figures(crew.clerk.desk)
    source = requests(make_city(properties, seed, today), services, figures, seed)
    for slip, (service, asker) in enumerate(source, start=1):
        answers = fill(service, asker, figures, today)
        fee = intake.FeePayment("terminal", f"{slip}")

        def register() -> Case:
            done = intake.register(crew.clerk, service, answers, fee)  # noqa: B023
            return case_now(crew.clerk, done.case_id)

        yield service.code, register


def _statements(house: House, requests_: Iterator[tuple[str, Callable[[], Case]]]) -> Line:
    """The most that an answer with its fee asks of the databases."""
    counted: list[int] = []
    while len(counted) < _TIMES:
        service, register = next(requests_)
        if service == _COUNTED:
            cases: list[Case] = []
            words = statements(house, lambda: cases.append(register()))  # noqa: B023
            counted += [len(words) for case in cases if case.outcome is Outcome.ANSWER]
    name = f"register → answer shown: statements of {_COUNTED} with its fee"
    return line(name, max(counted), "SQL", "none", 0, Goal(70))


def statements(house: House, act: Callable[[], object]) -> list[str]:
    """What the files of centre and desks are asked by the act; where a transaction begins and ends
    is not counted."""
    stores = (house.office.desk.store, house.municipality.desk.store)
    engines = [engine for store in stores for engine in store.engines]
    with asked(house.centre.writer, house.centre.reader, *engines) as found:
        act()
    return [each.words for each in found if not each.words.startswith(_FRAMES)]
