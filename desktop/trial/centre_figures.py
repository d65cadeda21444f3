"""Measures a centre on PostgreSQL as DESIGN.md §7 promises: pushes, lists, answers over a line."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median

from desktop.actions import board
from desktop.centre.database import beside
from desktop.trial.bench_centre import CentreBench, median_seconds
from desktop.trial.bench_line import LineBench
from desktop.trial.bench_verify import verify_lines
from desktop.trial.figures import By, Goal, Line, Progress, line, p95, percentile
from desktop.trial.postgres import own_postgres

_PROPERTIES, _SEED = 2_000, 1405
# Calls of one device at once that hang, and threads of one that asks without a pause.
_STUCK, _FLOOD = 200, 8


@dataclass(frozen=True)
class Size:
    """How much is measured with.

    `pushed` are requests; the `day` has cases and offices; a history of so many requests `grows`
    so many times; `years` are cases of many years; `answers`, the `backlog`'s commands, `desks`
    that wait and `decisions` that they wait for are those over a line; an audit goes over so many
    `facts`.
    """

    pushed: int
    day: tuple[int, int]
    grows: tuple[int, int]
    years: int
    answers: int
    backlog: int
    desks: int
    decisions: int
    facts: int

    def part(self, share: float) -> Size:
        """A share of what there is much of, no less than the quick one has: to try each step."""

        def less(much: int, least: int) -> int:
            return max(round(much * share), least)

        (day, offices), (requests, times) = self.day, self.grows
        return replace(
            self,
            day=(less(day, QUICK.day[0]), offices),
            grows=(requests, less(times, QUICK.grows[1])),
            years=less(self.years, QUICK.years),
            backlog=less(self.backlog, QUICK.backlog),
            facts=less(self.facts, QUICK.facts),
        )


QUICK = Size(100, (5_000, 20), (100, 3), 2_000, 10, 200, 20, 5, 6_000)
USUAL = Size(1_000, (80_000, 100), (500, 10), 20_000, 60, 3_000, 200, 40, 50_000)
LARGE = Size(1_000, (80_000, 100), (2_000, 100), 2_000_000, 200, 50_000, 200, 100, 1_000_000)
"""As the goals say it; it takes most of an hour."""

# A rate of 0.012 of COPY's, and of 0.3.
_PUSH = Goal(round(1 / 0.012), By.RATIO)
_PULL = Goal(round(1 / 0.3, 2), By.RATIO)
_GROWTH, _ANSWER, _SECOND = Goal(1.2, By.RATIO), Goal(3, By.RATIO), Goal(1_000)
_FLOOR = "an empty request, a commit of PostgreSQL, two of SQLite"


def run_centre_bench(
    size: Size = USUAL,
    database: str = "",
    say: Callable[[str], None] = lambda words: None,
    *,
    only_verify: bool = False,
) -> Iterator[Line]:
    """As `run_bench`, of a centre on PostgreSQL: at `database` and others beside it, which are
    made, or on a server of its own. `say` is told what it is at."""
    progress = Progress(say)
    with ExitStack() as ends:
        folder = Path(ends.enter_context(tempfile.TemporaryDirectory(prefix="pishkhan-bench-")))
        # The server's own user must get to its folder.
        folder.chmod(0o755)
        address = database or ends.enter_context(own_postgres(folder / "postgres"))
        audited = folder / "audited", beside(address, "_audited"), size.facts, progress
        if only_verify:
            yield from verify_lines(*audited)
            return
        bench = CentreBench(folder / "house", address, _PROPERTIES, _SEED, progress)
        ends.callback(bench.close)
        yield from _pushes(bench, size.pushed)
        bench.multiply(size.years)
        yield from _lists(bench, f"{size.years:,} cases of many years")
        yield from _growth(bench, *size.grows)
        yield from _day(bench, *size.day)
        over_line = LineBench(
            folder / "line", beside(address, "_served"), _PROPERTIES, bench.records, progress
        )
        ends.callback(over_line.close)
        yield from _line(over_line, size)
        yield from verify_lines(*audited)
        progress.step("done")


def _pushes(bench: CentreBench, count: int) -> Iterator[Line]:
    """A backlog of one desk, and its stream down again."""
    for decided, sql, python in ((False, 8, 4), (True, 15, 10)):
        title = f"push {'with' if decided else 'without'} a decision"
        pushed = bench.push(count, decided=decided)
        floor, least = "COPY of the same facts", pushed.copied * 1000
        name = f"{title}: {count:,} requests"
        # With a decision it is reported, and bounded by what a command takes.
        goal = Goal(2 * _PUSH.most, By.RATIO) if decided else _PUSH
        yield line(name, pushed.seconds * 1000, "ms", floor, least, goal)
        yield line(f"{title}: a command asks", pushed.statements, "SQL", "none", 0, Goal(sql))
        taken = pushed.python * 1000
        yield line(f"{title}: Python a command", taken, "ms CPU", "none", 0, Goal(python))
    pulled, copied = bench.pull()
    floor = "COPY of the same texts"
    yield line("pull of a whole stream", pulled * 1000, "ms", floor, copied * 1000, _PULL)


def _growth(bench: CentreBench, requests: int, times: int) -> Iterator[Line]:
    """The same pushes at a centre whose history is so many times as long."""
    bench.push(requests, decided=True)
    few = bench.grow(1)
    before = bench.pushes()
    many = bench.grow(times)
    after = bench.pushes()
    name = f"push with a decision at {many:,} facts"
    for what, unit in (("seconds", "ms"), ("python", "ms CPU")):
        least, value = (median(getattr(each, what) for each in some) for some in (before, after))
        title = f"{name}: {'Python a command' if unit == 'ms CPU' else 'median'}"
        yield line(title, value * 1000, unit, f"{few:,} facts", least * 1000, _GROWTH)


def _day(bench: CentreBench, cases: int, offices: int) -> Iterator[Line]:
    """The supervisor's day and lists of a city all of whose cases came today."""
    bench.crowd(cases, offices)
    title = f"{cases:,} cases of {offices} offices in all that day"
    taken = median_seconds(lambda: board.city_day(bench.crew.supervisor, bench.today)) * 1000
    yield line(f"the city's day, {title}", taken, "ms", "none", 0, Goal(300))
    yield from _lists(bench, title)


def _lists(bench: CentreBench, title: str) -> Iterator[Line]:
    crew = bench.crew
    seen = {"supervisor": crew.supervisor, "expert": crew.expert, "inspector": crew.inspector}
    for name, seat in seen.items():
        taken = median_seconds(lambda: board.municipal_queue(seat)) * 1000  # noqa: B023
        yield line(f"the {name}'s list, {title}", taken, "ms", "none", 0, Goal(50))


def _line(bench: LineBench, size: Size) -> Iterator[Line]:
    """Over HTTPS, from an office's desk and from many that wait."""
    taken, floor = bench.answers(size.answers)
    name = "register → answer over HTTPS, p95"
    # Of both the same: a disk that stalls now and then is in the floor too.
    yield line(name, p95(taken), "ms", f"{_FLOOR}, p95", p95(floor), _ANSWER)
    name = "register → answer over HTTPS, median"
    yield line(name, median(taken), "ms", f"{_FLOOR}, median", median(floor), _ANSWER)
    beside = bench.beside_stuck(_STUCK, size.answers)
    name = f"others' calls beside a device with {_STUCK} that hang, p99 of {len(beside)}"
    yield line(name, percentile(beside, 0.99), "ms", "none", 0, _SECOND)
    beside = bench.beside_flood(_FLOOD, size.answers)
    name = f"others' calls beside a device that asks by {_FLOOD} threads, p99 of {len(beside)}"
    yield line(name, percentile(beside, 0.99), "ms", "none", 0, _SECOND)
    shown = bench.on_screen(size.decisions)
    name = f"an expert's decision is read at the office's desk, p95 of {len(shown)}"
    yield line(name, p95(shown), "ms", "none", 0, _SECOND)
    told = bench.revoked(size.decisions)
    name = f"a revoked device that waits is told so, the longest of {len(told)}"
    yield line(name, max(told), "ms", "none", 0, _SECOND)
    decided = bench.waiting(size.desks, size.decisions)
    name = f"a waiting desk sees a decision, {size.desks} waiting, p95"
    yield line(name, p95(decided), "ms", "none", 0, _SECOND)
    live, seconds = bench.backlog(size.backlog)
    name = f"answers while a backlog of {size.backlog:,} commands comes in, p99 of {len(live)}"
    floor_name = "the same without it, p95"
    yield line(name, percentile(live, 0.99), "ms", floor_name, p95(taken), _SECOND)
    name = "the backlog: a command"
    each = seconds / size.backlog * 1000
    yield line(name, each, "ms", "none", 0, Goal(10))
