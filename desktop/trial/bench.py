"""Measures what DESIGN.md §7 promises: each figure beside its floor, measured in the same run."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from functools import partial
from itertools import islice, pairwise
from pathlib import Path
from statistics import median

from desktop.centre.bulk import crowd
from desktop.centre.bulk import multiply as multiply_city
from desktop.chance import octets
from desktop.demo.city import pairs_of_names
from desktop.demo.house import open_house
from desktop.sql.engine import Sealed, seal, writer
from desktop.store.bulk import Commits, multiply
from desktop.store.open import Store
from desktop.store.search import find
from desktop.trial.bench_answers import answer_lines
from desktop.trial.bench_import import ImportBench
from desktop.trial.bench_letters import letter_lines
from desktop.trial.bench_window import AT_HOME, PAINTED, TAKES_KEYS, WORKED
from desktop.trial.figures import By, Goal, Line, line, milliseconds, p95

_PROPERTIES, _SEED = 2_000, 1405
_QUEUES, _QUICK_QUEUES = (10_000, 100_000, 1_000_000), (1_000, 10_000)
_OFTEN, QUICK_OFTEN = (1_000, 5), (100, 1)
"""How many searches are timed in a queue, and how often each page is opened."""
_EXPORT, _QUICK_EXPORT = 100_000, 10_000
TICK = "the hour's tick"
"""The name of what time brings about at the centre, where nothing is due."""
_TICKS = 5
# Offices, and cases over so many days.
_BOARD, QUICK_BOARD = (100, 1_000_000), (10, 3_000)
_BOARD_DAYS = 400


def run_bench(*, quick: bool = False, only: Collection[str] = ()) -> Iterator[Line]:
    """One line a figure: name, value, unit, floor's name and value, ratio, goal, whether it is met.

    With `quick` fewer repetitions, and less of what is kept; `only` names some of the `PARTS`.
    """
    for name, part in PARTS.items():
        if name in only or not only:
            with tempfile.TemporaryDirectory(prefix="pishkhan-bench-") as folder:
                yield from part(Path(folder) / name, quick=quick)


def _window(home: Path, *, quick: bool) -> Iterator[Line]:
    """From a start to the end of a day."""
    yield from _start(home, 3 if quick else 7)
    yield form_line(home)
    yield _day(home)
    yield _blocks(home)
    yield _scan(home)


def _answers(house: Path, *, quick: bool) -> Iterator[Line]:
    """Requests and searches, and the same in an encrypted store."""
    times, cases = (40, 2_000) if quick else (200, 20_000)
    yield from answer_lines(house, _PROPERTIES, _SEED, times)
    yield from _sealed(house / "office.db", times, cases)


def _letters(house: Path, *, quick: bool) -> Iterator[Line]:
    """Letters drawn and checked."""
    count, in_a_row = (40, 100) if quick else (200, 1_000)
    yield from letter_lines(house, _PROPERTIES, _SEED, count, in_a_row)


def _start(home: Path, times: int) -> Iterator[Line]:
    """From the process's start to what its window shows, in child processes in turn."""
    takes_keys, at_home = _moments(home, "home", TAKES_KEYS, AT_HOME)
    empty: list[float] = []
    sign_in: list[float] = []
    shown: list[float] = []
    for _ in range(times):
        empty += _moments(home, "empty", PAINTED)
        sign_in += _moments(home, "sign-in", TAKES_KEYS)
        shown += _moments(home, "home", AT_HOME)
    floor = "an empty window with the same font"
    least = median(empty)

    def against(name: str, value: float, goal: Goal) -> Line:
        return line(name, value, "ms", floor, least, goal)

    name = "start: sign-in painted and taking keys"
    yield against(name, median(sign_in), Goal(1.4, By.RATIO))
    yield against("start: password typed at once, home", median(shown), Goal(5, By.RATIO))
    demo = "the very first start, demo made"
    yield against(f"{demo}: sign-in takes keys", takes_keys, Goal(5_000))
    yield against(f"{demo}: home", at_home, Goal(8_000))
    inside = [float(part) for part in _child(home, "inside")[-2:]]
    yield against("Enter → home, once loaded", inside[0], Goal(150))
    yield line("memory at home", inside[1], "MB", "none", 0, Goal(170))


def form_line(home: Path) -> Line:
    """The largest form, from the key to all its fields painted, in a window that is open."""
    code, painted, widgets = _child(home, "form")[-3:]
    (floor,) = _child(home, "bare-form", widgets)
    title = f"the largest form ({code}) painted"
    name = f"a bare Qt form of as many widgets ({widgets})"
    return line(title, float(painted), "ms", name, float(floor), Goal(4, By.RATIO))


def _day(home: Path) -> Line:
    """What memory a day's forms and letters leave behind, beside what home had taken."""
    after, before = (float(part) for part in _child(home, "day")[-2:])
    name = "memory after 120 forms and 60 letters"
    return line(name, after, "MB", "at home", before, Goal(15, By.MORE))


def _blocks(home: Path) -> Line:
    """The longest stretch in which the window heard nobody, over the whole tour."""
    blocks = json.loads(" ".join(_child(home, "tour")))
    length, page, did, worked = blocks[0]
    name = f"longest block of the window's thread over the tour ({page}: {did})"
    return line(name, length, "ms", WORKED, worked, _BLOCK)


def _scan(home: Path) -> Line:
    """A photograph of a paper to a page that is stored and joined, beside an open window."""
    taken, floor = _child(home, "scan")[-2:]
    name = "a 12-megapixel photograph to a stored page"
    return line(name, float(taken), "ms", "the picture decoded by Qt", float(floor), Goal(1_500))


def _child(home: Path, *what: str) -> list[str]:
    """What a window of the bench says of itself, in words."""
    out = subprocess.run(
        [*_program(), "bench-window", *what],
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


def _moments(home: Path, what: str, *words: str) -> list[float]:
    """Milliseconds from its start until the child says each of the words, a line each.

    Raises RuntimeError when it ends without one of them.
    """
    environment = _environment(home)
    said: dict[str, float] = {}
    before = time.perf_counter()
    with subprocess.Popen(
        [*_program(), "bench-window", what], stdout=subprocess.PIPE, env=environment, text=True
    ) as child:
        for word in child.stdout or ():
            said[word.strip()] = (time.perf_counter() - before) * 1000
    if missing := set(words) - set(said):
        raise RuntimeError(f"the window {what!r} never said {missing}")
    return [said[word] for word in words]


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


def _imports(folder: Path, *, quick: bool) -> Iterator[Line]:
    """An export read into an empty centre, and a newer one that changes a little, over it."""
    properties = _QUICK_EXPORT if quick else _EXPORT
    measured = ImportBench(folder, properties, _SEED)
    cells = measured.cells()
    for name, export in measured.exports.items():
        taken, held = measured.bring(export)
        measured.lay()
        title = f"{name} of {properties:,} properties"
        yield line(title, taken, "s", "reading the file's cells", cells, Goal(25))
        yield line(f"{title}: the write lock, at longest", held, "s", "none", 0, Goal(0.5))


def queue_lines(folder: Path, sizes: tuple[int, ...], often: tuple[int, int]) -> Iterator[Line]:
    """The queue of many cases in the real window: against one with none, and each size by ten.

    `often` says how many searches are timed in each, and how often each page is opened.
    """
    floor = "the same window, no cases"
    founded = folder / "founded"
    _moments(founded, "home", AT_HOME)
    told = {}
    for size in (0, *sizes):
        home = folder / str(size)
        shutil.copytree(founded, home)
        told[size] = _queue_child(home, size, often)
    least, seen = told[0], {size: told[size] for size in sizes}
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
    _moments(home, "home", AT_HOME)
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


def _queue(folder: Path, *, quick: bool) -> Iterator[Line]:
    sizes, often = (_QUICK_QUEUES, QUICK_OFTEN) if quick else (_QUEUES, _OFTEN)
    return queue_lines(folder, sizes, often)


def _board(home: Path, *, quick: bool) -> Iterator[Line]:
    return board_lines(home, QUICK_BOARD if quick else _BOARD)


def _queue_child(home: Path, cases: int, often: tuple[int, int]) -> dict[str, float]:
    """What a window on so many cases tells of itself, by name; ms, memory in MB."""
    multiply(home / "demo" / "office.db", pairs_of_names(_SEED), cases)
    multiply_city(home / "demo" / "centre.db", pairs_of_names(_SEED), cases)
    told: dict[str, float] = json.loads(" ".join(_child(home, "queue", *map(str, often))))
    house = open_house(home / "demo")
    try:
        told[TICK] = median(milliseconds(house.tick) for _ in range(_TICKS))
    finally:
        house.close()
    return told


PARTS: Mapping[str, Callable[..., Iterator[Line]]] = {
    "window": _window,
    "answers": _answers,
    "letters": _letters,
    "import": _imports,
    "queue": _queue,
    "board": _board,
}
"""What can be measured by itself, in the order of the whole."""
