"""Measures what DESIGN.md §7 promises: each figure beside its floor, measured in the same run."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from statistics import median
from typing import Any

from desktop.actions import intake
from desktop.demo.beginning import ring_at_once, seat_crew
from desktop.demo.city import city_names, make_city
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
from desktop.store.bulk import Commits, multiply

Line = dict[str, Any]
_PROPERTIES, _SEED, _QUEUE = 2_000, 1405, 100_000


def run_bench(*, quick: bool = False) -> Iterator[Line]:
    """One line a figure: name, value, unit, floor's name and value, ratio, goal."""
    with tempfile.TemporaryDirectory(prefix="pishkhan-bench-") as name:
        folder = Path(name)
        yield from _start(folder / "home", 3 if quick else 7)
        yield _form(folder / "home")
        yield _scan(folder / "home")
        yield from _answers(folder / "house", 40 if quick else 200)
        yield from _queue(folder / "queue", 10_000 if quick else _QUEUE)


def _line(name: str, value: float, unit: str, floor: str, least: float, goal: str) -> Line:
    return {
        "name": name,
        "value": round(value, 2),
        "unit": unit,
        "floor": floor,
        "floor_value": round(least, 2),
        "ratio": round(value / least, 2) if least else None,
        "goal": goal,
    }


def _start(home: Path, times: int) -> Iterator[Line]:
    """From the process's start to what its window shows, in child processes in turn."""
    _until("home", "home", home)  # the first start makes the demo
    empty, sign_in, shown = [], [], []
    for _ in range(times):
        empty.append(_until("empty", "painted", home))
        sign_in.append(_until("sign-in", "painted", home))
        shown.append(_until("home", "home", home))
    floor = "an empty window with the same font"
    least = median(empty)
    yield _line("start: sign-in painted", median(sign_in), "ms", floor, least, "≤ 1.5×")
    yield _line("start: password accepted, home shown", median(shown), "ms", floor, least, "≤ 5×")


def _form(home: Path) -> Line:
    """The largest form, from the key to all its fields painted, in a window that is open."""
    code, painted, floor = _child(home, "form")[-3:]
    title = f"the largest form ({code}) painted"
    return _line(title, float(painted), "ms", "the page of keys", float(floor), "≤ 120 ms")


def _scan(home: Path) -> Line:
    """A photograph of a paper to a page that is stored and joined, beside an open window."""
    taken, floor = _child(home, "scan")[-2:]
    name = "a 12-megapixel photograph to a stored page"
    return _line(name, float(taken), "ms", "the picture decoded by Qt", float(floor), "≤ 1.5 s")


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
        source = requests(make_city(_PROPERTIES, _SEED, today), services, figures.bodies, _SEED)
        commits = Commits(folder / "floor.db")
        taken: list[float] = []
        floor: list[float] = []
        letters: list[Letter] = []
        for number in range(count):
            service, asker = next(source)
            filled = fill(service, asker, figures, today)
            floor.append(_milliseconds(commits.three))
            before = time.perf_counter()
            done = intake.register(
                crew.clerk, service, filled, intake.FeePayment("terminal", str(number + 1))
            )
            case = case_now(crew.clerk, done.case_id)
            taken.append((time.perf_counter() - before) * 1000)
            if case.answer is not None:
                letters.append(case.answer.letter)
        yield _line(
            "register → answer shown, embedded, p95",
            _p95(taken),
            "ms",
            "three SQLite commits, FULL, p95",
            _p95(floor),
            "≤ 60 ms",
        )
        yield _letters(letters)
    finally:
        house.close()


def _letters(letters: list[Letter]) -> Line:
    drawn, floor = [], []
    for number, letter in enumerate(letters):
        release = Release("محمد زارع", "مسئول دفتر پیشخوان ۲۱", letter.issued_on, "office")
        drawn.append(_milliseconds(lambda: draw(letter, release, layout=LAYOUT, copy=1)))  # noqa: B023
        floor.append(_milliseconds(lambda: latin(letter, number)))  # noqa: B023
    return _line(
        "one letter, warm, new text and QR",
        median(drawn[1:]),
        "ms",
        "ReportLab, as many Latin words, same font, stamp and QR",
        median(floor[1:]),
        "≤ 2×",
    )


def _queue(folder: Path, cases: int) -> Iterator[Line]:
    """The queue of many cases in the real window, against the same window with none."""
    least = _queue_child(folder / "empty", 0)
    full = _queue_child(folder / "full", cases)
    title, floor = f"queue of {cases:,} cases", "the same window, no cases"
    yield _line(f"{title}: first paint", full[0], "ms", floor, least[0], "≤ +150 ms")
    yield _line(f"{title}: memory", full[1], "MB", floor, least[1], "≤ +40 MB")
    yield _line(f"{title}: search, p95", full[2], "ms", floor, least[2], "≤ 20 ms")


def _queue_child(home: Path, cases: int) -> tuple[float, float, float]:
    """First paint (ms), memory after it (MB), search p95 (ms), of a window on so many cases."""
    _until("home", "home", home)
    multiply(home / "demo" / "office.db", _names(), cases)
    paint, memory, search = (float(part) for part in _child(home, "queue")[-3:])
    return paint, memory, search


def _names() -> Iterator[tuple[str, str]]:
    """First and last names of the demo's lists, in ever new pairs."""
    listed, random = city_names(), Random(_SEED)
    while True:
        yield random.choice(listed["first_names"]), random.choice(listed["last_names"])


def _milliseconds(act: Callable[[], object]) -> float:
    before = time.perf_counter()
    act()
    return (time.perf_counter() - before) * 1000


def _p95(values: list[float]) -> float:
    return sorted(values)[int(len(values) * 0.95)]
