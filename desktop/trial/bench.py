"""Measures what DESIGN.md §7 promises: each figure beside its floor, measured in the same run."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from itertools import islice, pairwise
from pathlib import Path
from statistics import median

from desktop.actions import intake
from desktop.centre.bulk import crowd
from desktop.centre.bulk import multiply as multiply_city
from desktop.chance import octets
from desktop.demo.beginning import ring_at_once, seat_crew
from desktop.demo.city import make_city, pairs_of_names
from desktop.demo.filling import fill
from desktop.demo.following import case_now
from desktop.demo.house import open_house
from desktop.demo.requests import requests
from desktop.domain.calendar import TEHRAN
from desktop.domain.letter import Letter, Release
from desktop.premises.clocks import SteppingClock
from desktop.premises.open import Opening
from desktop.reports.floor import latin
from desktop.reports.letter import LAYOUT, draw
from desktop.sql.engine import Sealed, seal, writer
from desktop.store.bulk import Commits, multiply
from desktop.store.open import Store
from desktop.store.search import find
from desktop.trial.bench_import import ImportBench
from desktop.trial.bench_window import WORKED
from desktop.trial.figures import By, Goal, Line, line, milliseconds, p95

_PROPERTIES, _SEED = 2_000, 1405
_QUEUES, _QUICK_QUEUES = (10_000, 100_000, 1_000_000), (1_000, 10_000)
_EXPORT, _QUICK_EXPORT = 100_000, 10_000
# Offices, and cases over so many days.
_BOARD, QUICK_BOARD = (100, 1_000_000), (20, 10_000)
_BOARD_DAYS = 400


def run_bench(*, quick: bool = False) -> Iterator[Line]:
    """One line a figure: name, value, unit, floor's name and value, ratio, goal, whether it is met.

    With `quick` fewer repetitions, and less of what is kept.
    """
    with tempfile.TemporaryDirectory(prefix="pishkhan-bench-") as name:
        folder = Path(name)
        yield from _start(folder / "home", 3 if quick else 7)
        yield _form(folder / "home")
        yield _day(folder / "home")
        yield _blocks(folder / "home")
        yield _scan(folder / "home")
        yield from _answers(folder / "house", 40 if quick else 200)
        times, cases = (40, 2_000) if quick else (200, 20_000)
        yield from _sealed(folder / "house" / "office.db", times, cases)
        yield from _imports(folder / "import", _QUICK_EXPORT if quick else _EXPORT)
        yield from _queues(folder / "queue", _QUICK_QUEUES if quick else _QUEUES)
        yield from board_lines(folder / "board", QUICK_BOARD if quick else _BOARD)


def _start(home: Path, times: int) -> Iterator[Line]:
    """From the process's start to what its window shows, in child processes in turn."""
    first = _until("home", "home", home)
    empty, sign_in, shown = [], [], []
    for _ in range(times):
        empty.append(_until("empty", "painted", home))
        sign_in.append(_until("sign-in", "painted", home))
        shown.append(_until("home", "home", home))
    floor = "an empty window with the same font"
    least = median(empty)
    goals = Goal(1.4, By.RATIO), Goal(5, By.RATIO), Goal(8_000)
    yield line("start: sign-in painted", median(sign_in), "ms", floor, least, goals[0])
    yield line("start: password typed at once, home", median(shown), "ms", floor, least, goals[1])
    yield line("the very first start, demo made: home", first, "ms", floor, least, goals[2])
    inside = [float(part) for part in _child(home, "inside")[-2:]]
    yield line("Enter → home, once loaded", inside[0], "ms", floor, least, Goal(150))
    yield line("memory at home", inside[1], "MB", "none", 0, Goal(170))


def _form(home: Path) -> Line:
    """The largest form, from the key to all its fields painted, in a window that is open."""
    code, painted, floor = _child(home, "form")[-3:]
    title = f"the largest form ({code}) painted"
    return line(title, float(painted), "ms", "the page of keys", float(floor), Goal(120))


def _day(home: Path) -> Line:
    """What memory a day's forms and letters leave behind, beside what home had taken."""
    after, before = (float(part) for part in _child(home, "day")[-2:])
    name = "memory after 120 forms and 60 letters"
    return line(name, after, "MB", "at home", before, Goal(15, By.MORE))


def _blocks(home: Path) -> Line:
    """The longest stretch in which the window heard nobody, over the whole tour."""
    blocks = json.loads(" ".join(_child(home, "tour")))
    length, page, did = blocks[0]
    name = f"longest block of the window's thread over the tour ({page}: {did})"
    return line(name, length, "ms", "none", 0, Goal(50))


def _scan(home: Path) -> Line:
    """A photograph of a paper to a page that is stored and joined, beside an open window."""
    taken, floor = _child(home, "scan")[-2:]
    name = "a 12-megapixel photograph to a stored page"
    return line(name, float(taken), "ms", "the picture decoded by Qt", float(floor), Goal(1_500))


def _child(home: Path, what: str) -> list[str]:
    """What a window of the bench says of itself, in words."""
    out = subprocess.run(
        [*_program(), "bench-window", what],
        stdout=subprocess.PIPE,
        env=_environment(home),
        text=True,
        check=True,
    ).stdout
    return out.split()


def _program() -> list[str]:
    frozen = getattr(sys, "frozen", False)
    return [sys.executable] if frozen else [sys.executable, "-m", "desktop"]


def _environment(home: Path) -> dict[str, str]:
    """As on a desk: no display is needed, and Python keeps what it has compiled."""
    inherited = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    return {**inherited, "PISHKHAN_HOME": str(home), "QT_QPA_PLATFORM": "offscreen"}


def _until(what: str, word: str, home: Path) -> float:
    """Milliseconds until the child says the word. Raises RuntimeError when it never does."""
    environment = _environment(home)
    before = time.perf_counter()
    with subprocess.Popen(
        [*_program(), "bench-window", what], stdout=subprocess.PIPE, env=environment, text=True
    ) as child:
        for line in child.stdout or ():
            if line.strip() == word:
                taken = (time.perf_counter() - before) * 1000
                child.wait(timeout=60)
                return taken
    raise RuntimeError(f"the window {what!r} never said {word!r}")


def _answers(folder: Path, count: int) -> Iterator[Line]:
    """Register → answer shown with the centre in process, then its letters drawn."""
    clock = SteppingClock(datetime.now(UTC))
    today = clock.moment.astimezone(TEHRAN).date()
    house = open_house(folder, Opening(clock), properties=_PROPERTIES, seed=_SEED)
    try:
        ring_at_once(house)
        crew = seat_crew(house)
        services = intake.services(crew.clerk.desk)
        figures = intake.figures(crew.clerk.desk)
        source = requests(make_city(_PROPERTIES, _SEED, today), services, figures, _SEED)
        commits = Commits(folder / "floor.db")
        taken: list[float] = []
        floor: list[float] = []
        letters: list[Letter] = []
        for number in range(count):
            service, asker = next(source)
            filled = fill(service, asker, figures, today)
            floor.append(milliseconds(partial(commits.commit, 3)))
            before = time.perf_counter()
            done = intake.register(
                crew.clerk, service, filled, intake.FeePayment("terminal", str(number + 1))
            )
            case = case_now(crew.clerk, done.case_id)
            taken.append((time.perf_counter() - before) * 1000)
            if case.answer is not None:
                letters.append(case.answer.letter)
        yield line(
            "register → answer shown, embedded, p95",
            p95(taken),
            "ms",
            "three SQLite commits, FULL, p95",
            p95(floor),
            Goal(45),
        )
        yield from _letters(letters)
    finally:
        house.close()


def _sealed(plain: Path, times: int, cases: int) -> Iterator[Line]:
    """An office's encrypted store beside the same one plain: three commits, and a search."""
    multiply(plain, pairs_of_names(_SEED), cases)
    sealed = Sealed(plain.with_name("sealed.db"), octets(32))
    seal(plain, sealed)
    floors = [Commits(plain.with_name("plain-floor.db"))]
    floors.append(Commits(Sealed(plain.with_name("sealed-floor.db"), sealed.key)))
    taken: list[list[float]] = [[], []]
    for _ in range(times):
        # In turn, so that whatever else the disk does strikes both.
        for each, commits in zip(taken, floors, strict=True):
            each.append(milliseconds(partial(commits.commit, 3)))
    least, value = (median(each) for each in taken)
    title = "encrypted store: three commits, FULL, median"
    yield line(title, value, "ms", "the same, plain", least, _SEALED_COMMITS)
    typed = [" ".join(pair)[:4] for pair in islice(pairs_of_names(_SEED), times)]
    searches: list[list[float]] = [[], []]
    stores = [Store(place, reserve=0) for place in (plain, sealed)]
    try:
        for words in typed:
            for each, store in zip(searches, stores, strict=True):
                with store.reading() as session:
                    each.append(milliseconds(partial(find, session, words)))
    finally:
        for store in stores:
            store.close()
    least, value = (p95(each) for each in searches)
    title = f"encrypted store of {cases:,} cases: search, p95"
    yield line(title, value, "ms", "the same, plain", least, Goal(20))


def _letters(letters: list[Letter]) -> Iterator[Line]:
    drawn, floor = [], []
    for number, letter in enumerate(letters):
        release = Release("محمد زارع", "مسئول دفتر پیشخوان ۲۱", letter.issued_on, "office")
        drawn.append(milliseconds(lambda: draw(letter, release, layout=LAYOUT, copy=1)))  # noqa: B023
        floor.append(milliseconds(lambda: latin(letter, number)))  # noqa: B023
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


def _imports(folder: Path, properties: int) -> Iterator[Line]:
    """An export read into an empty centre, and a newer one that changes a little, over it."""
    measured = ImportBench(folder, properties, _SEED)
    cells = measured.cells()
    for name, export in measured.exports.items():
        taken, held = measured.bring(export)
        title = f"{name} of {properties:,} properties"
        yield line(title, taken, "s", "reading the file's cells", cells, Goal(25))
        yield line(f"{title}: the write lock, at longest", held, "s", "none", 0, Goal(0.5))


def _queues(folder: Path, sizes: tuple[int, ...]) -> Iterator[Line]:
    """The queue of many cases in the real window: against one with none, and each size by ten."""
    floor = "the same window, no cases"
    least = _queue_child(folder / "none", 0)
    seen = {size: _queue_child(folder / str(size), size) for size in sizes}
    largest = sizes[-1]
    full, title = seen[largest], f"queue of {largest:,} cases"
    paint, filter_p95 = "queue: first paint", "queue: filter, p95"
    yield line(f"{title}: first paint", full[paint], "ms", floor, least[paint], _MORE_PAINT)
    yield line(f"{title}: memory", full["memory"], "MB", floor, least["memory"], _MORE_MEMORY)
    yield line(f"{title}: filter, p95", full[filter_p95], "ms", floor, least[filter_p95], Goal(30))
    for name in ("search, p95", "search, p95 of two words"):
        yield line(f"{title}: {name}", full[name], "ms", floor, least[name], Goal(20))
    for smaller, larger in pairwise(sizes):
        for name in seen[larger]:
            value, before = seen[larger][name], seen[smaller][name]
            if name != "memory":
                grown = f"growth to {larger:,} cases: {name}"
                yield line(grown, value, "ms", f"{smaller:,} cases", before, _FLAT)


_SEALED_COMMITS = Goal(1.5, By.RATIO)
_MORE_PAINT, _MORE_MEMORY, _FLAT = Goal(150, By.MORE), Goal(40, By.MORE), Goal(1.2, By.RATIO)


def board_lines(home: Path, size: tuple[int, int]) -> Iterator[Line]:
    """How the city stands, of so many offices and cases, in the real window; lists written."""
    offices, cases = size
    _until("home", "home", home)
    engine = writer(home / "demo" / "centre.db")
    crowd(engine, cases, offices, days=_BOARD_DAYS)
    engine.dispose()
    told: dict[str, float] = json.loads(" ".join(_child(home, "board")))
    title = f"how the city stands, {offices} offices, {cases:,} cases"
    worked = told.pop(WORKED)
    for name, value in told.items():
        goal = next(goal for part, goal in _BOARD_GOALS.items() if part in name)
        floor, least = (WORKED, worked) if goal is _BLOCK else ("none", 0)
        yield line(f"{title}: {name}", value, "ms", floor, least, goal)


_BLOCK = Goal(50)
_BOARD_GOALS = {
    "longest block": _BLOCK,
    "first paint": Goal(300),
    "live": Goal(1_000),
    "CSV": Goal(5_000),
    "Excel": Goal(15_000),
}


def _queue_child(home: Path, cases: int) -> dict[str, float]:
    """What a window on so many cases tells of itself, by name; ms, memory in MB."""
    _until("home", "home", home)
    multiply(home / "demo" / "office.db", pairs_of_names(_SEED), cases)
    multiply_city(home / "demo" / "centre.db", pairs_of_names(_SEED), cases)
    told: dict[str, float] = json.loads(" ".join(_child(home, "queue")))
    return told
