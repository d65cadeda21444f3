"""What the bench measures of registering: until the answer shows, what it asks, its letters."""

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
from desktop.domain.letter import Letter, Release
from desktop.keys import new_letter_key
from desktop.premises.clocks import SteppingClock
from desktop.premises.open import House, Opening
from desktop.reports.floor import latin
from desktop.reports.letter import draw_released
from desktop.sql.asked import asked
from desktop.store.bulk import Commits
from desktop.trial.figures import By, Goal, Line, line, milliseconds, p95
from desktop.wire.letters import Releaser

# The service whose statements are counted, and so many answers to it.
_COUNTED, _TIMES = "no-violation", 5
_FRAMES = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE")


def answer_lines(folder: Path, properties: int, seed: int, count: int) -> Iterator[Line]:
    """Register → answer shown with the centre in process, so many times; then its letters drawn."""
    clock = SteppingClock(datetime.now(UTC))
    house = open_house(folder, Opening(clock), properties=properties, seed=seed)
    try:
        ring_at_once(house)
        crew = seat_crew(house)
        filled = _filled(crew, properties, seed, clock.moment)
        commits = Commits(folder / "floor.db")
        taken: list[float] = []
        floor: list[float] = []
        letters: list[Letter] = []
        for _ in range(count):
            _, register = next(filled)
            floor.append(milliseconds(partial(commits.commit, 3)))
            cases: list[Case] = []
            taken.append(milliseconds(lambda: cases.append(register())))  # noqa: B023
            letters += [case.answer.letter for case in cases if case.answer is not None]
        yield line(
            "register → answer shown, embedded, p95",
            p95(taken),
            "ms",
            "three SQLite commits, FULL, median",
            median(floor),
            Goal(45),
        )
        yield _statements(house, filled)
        yield from _letters(letters)
    finally:
        house.close()


def _filled(
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


def _statements(house: House, filled: Iterator[tuple[str, Callable[[], Case]]]) -> Line:
    """The most that an answer with its fee asks of the databases."""
    counted: list[int] = []
    while len(counted) < _TIMES:
        service, register = next(filled)
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


def _letters(letters: list[Letter]) -> Iterator[Line]:
    drawn, floor = [], []
    releaser = Releaser(new_letter_key())
    for number, letter in enumerate(letters):
        day = letter.issued_on
        by = Release("محمد زارع", "مسئول دفتر پیشخوان ۲۱", day, "office")
        proof = releaser.prove(letter, day, 1)
        drawn.append(milliseconds(lambda: draw_released(letter, by, releaser, on=day, copy=1)))  # noqa: B023
        floor.append(milliseconds(lambda: latin(letter, proof, number)))  # noqa: B023
    yield line(
        "one letter, the first in a process",
        drawn[0],
        "ms",
        "the same by ReportLab, the first",
        floor[0],
        Goal(100),
    )
    yield line(
        "one letter, warm, new text and QR",
        median(drawn[1:]),
        "ms",
        "ReportLab, as many Latin words, same font, stamp and QR",
        median(floor[1:]),
        Goal(1.6, By.RATIO),
    )
