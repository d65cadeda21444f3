"""Work off the window's thread: steps that await their jobs, and rounds of sync."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from desktop.domain.errors import LineDown, Refusal
from desktop.ui.work import EVERYTHING, NO_LINE, Changed, Job, Rounded, SyncLoop, Work

HERE = threading.current_thread


@dataclass
class Told:
    """What the window would have heard."""

    bugs: list[str]
    refusals: list[str]


@pytest.fixture
def work(qtbot: QtBot) -> Iterator[Work]:
    working = Work()
    yield working
    working.close()


@pytest.fixture
def told(work: Work) -> Told:
    heard = Told([], [])
    work.bug.connect(heard.bugs.append)
    work.refused.connect(heard.refusals.append)
    return heard


@pytest.fixture
def owner() -> QObject:
    return QObject()


def refuse() -> None:
    raise Refusal("نه")


def down() -> None:
    raise LineDown


def broken() -> None:
    raise ZeroDivisionError


def settle(work: Work, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: work.idle)


def test_steps_read_on_with_what_their_jobs_give(work: Work, owner: QObject, qtbot: QtBot) -> None:
    seen: list[object] = []
    threads: list[threading.Thread] = []

    async def steps() -> None:
        for kind in ({}, {"line": True}, {"papers": True}):
            threads.append(await Job(HERE, **kind))
            seen.append(HERE())
        seen.append(await Job(lambda: 7))

    work.flow(owner, steps())
    assert seen == []
    qtbot.waitUntil(lambda: len(seen) == 4)
    assert seen == [HERE()] * 3 + [7]
    assert len({thread.name for thread in (*threads, HERE())}) == 4


def test_a_refusal_is_raised_where_its_job_is_awaited(
    work: Work, owner: QObject, told: Told, qtbot: QtBot
) -> None:
    caught: list[str] = []

    async def steps() -> None:
        for job in (refuse, down):
            try:
                await Job(job, line=True)
            except Refusal as no:
                caught.append(no.words)
        caught.append(await Job(lambda: "on"))

    work.flow(owner, steps())
    qtbot.waitUntil(lambda: len(caught) == 3)
    assert caught == ["نه", NO_LINE, "on"]
    assert told == Told([], [])


@pytest.mark.parametrize(("job", "words"), [(refuse, ["نه"]), (down, [])])
def test_a_refusal_that_the_steps_leave_is_told_and_a_line_that_is_down_is_not(
    work: Work,
    owner: QObject,
    told: Told,
    qtbot: QtBot,
    job: Callable[[], None],
    words: list[str],
) -> None:
    after: list[str] = []

    async def steps() -> None:
        await Job(job)
        after.append("on")

    work.flow(owner, steps())
    settle(work, qtbot)
    assert told == Told([], words)
    assert after == []


def test_a_bug_in_a_job_is_told_and_ends_the_steps(
    work: Work, owner: QObject, told: Told, qtbot: QtBot
) -> None:
    ended: list[str] = []

    async def steps() -> None:
        try:
            await Job(broken)
        except Refusal:
            ended.append("refused")
        finally:
            ended.append("ended")
        ended.append("on")

    work.flow(owner, steps())
    settle(work, qtbot)
    assert len(told.bugs) == 1
    assert told.refusals == []
    assert ended == ["ended"]


def test_a_bug_in_the_steps_is_one_of_the_windows_thread(
    work: Work, owner: QObject, told: Told, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As of a slot: the journal's hook reports it, and the window goes on."""
    caught: list[type[BaseException]] = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, fault, trace: caught.append(kind))

    async def steps() -> None:
        await Job(lambda: None)
        broken()

    work.flow(owner, steps())
    qtbot.waitUntil(lambda: bool(caught))
    assert caught == [ZeroDivisionError]
    assert told == Told([], [])
    assert work.idle

    async def at_once() -> None:
        broken()

    with pytest.raises(ZeroDivisionError):
        work.flow(owner, at_once())


def test_steps_end_with_their_owner(work: Work, told: Told, qtbot: QtBot) -> None:
    owner, going = QObject(), threading.Event()
    ended: list[str] = []

    async def steps() -> None:
        try:
            await Job(lambda: going.wait(10))
            ended.append("on")
        finally:
            ended.append("ended")

    walk = steps()
    work.flow(owner, walk)
    delete(owner)
    going.set()
    settle(work, qtbot)
    assert ended == ["ended"]
    assert told == Told([], [])


def test_two_go_on_side_by_side(work: Work, owner: QObject, qtbot: QtBot) -> None:
    going = threading.Event()
    done: list[str] = []

    async def steps(name: str, job: Callable[[], object], *, line: bool) -> None:
        done.append(f"{name} begins")
        await Job(job, line=line)
        done.append(f"{name} ends")

    work.flow(owner, steps("slow", lambda: going.wait(10), line=True))
    work.flow(owner, steps("quick", lambda: None, line=False))
    qtbot.waitUntil(lambda: "quick ends" in done)
    going.set()
    qtbot.waitUntil(lambda: "slow ends" in done)
    assert done == ["slow begins", "quick begins", "quick ends", "slow ends"]


def test_serial_steps_are_over_at_once(owner: QObject, qtbot: QtBot) -> None:
    work = Work(serial=True)
    told: list[str] = []
    work.refused.connect(told.append)
    work.bug.connect(told.append)

    async def inner() -> None:
        told.append(await Job(lambda: "inner"))

    async def steps() -> None:
        try:
            await Job(refuse)
        except Refusal as no:
            told.append(no.words)
        work.flow(owner, inner())
        told.append(await Job(lambda: "well"))
        await Job(refuse)

    work.flow(owner, steps())
    assert told == ["نه", "inner", "well", "نه"]
    work.close()


def test_when_the_window_closes_a_job_is_done_and_no_other_begins(
    owner: QObject, qtbot: QtBot
) -> None:
    work = Work()
    going = threading.Event()
    done: list[str] = []

    async def steps(name: str, first: Job[object]) -> None:
        try:
            await first
            done.append(f"{name} kept")
            await Job(partial(done.append, f"{name} asked"))
        finally:
            done.append(f"{name} ended")

    work.flow(owner, steps("one", Job(lambda: None)))
    work.flow(owner, steps("line", Job(lambda: going.wait(10), line=True)))
    waits = steps("waits", Job(lambda: done.append("never"), line=True))
    work.flow(owner, waits)
    threading.Timer(0.1, going.set).start()
    work.close()
    assert done == ["waits ended"]
    qtbot.waitUntil(lambda: len(done) == 5)
    assert sorted(done[1:]) == ["line ended", "line kept", "one ended", "one kept"]
    late = steps("late", Job(lambda: done.append("never")))
    work.flow(owner, late)
    assert done[5:] == ["late ended"]


@dataclass(frozen=True)
class Round:
    """What a round brought."""

    cases: frozenset[str] = frozenset()
    published: bool = False
    well: bool = True
    more: bool = False


def loop(work: Work, sync: Callable[[], Rounded]) -> SyncLoop:
    return SyncLoop(work, sync, lambda failures, random: 1000.0)


@pytest.mark.parametrize(
    ("brought", "changed"),
    [
        (Round(), Changed(sync=True)),
        (Round(frozenset({"c1"})), Changed(frozenset({"c1"}), sync=True)),
        (Round(published=True), Changed(published=True, sync=True)),
    ],
)
def test_a_round_says_what_it_brought(
    work: Work, qtbot: QtBot, brought: Round, changed: Changed
) -> None:
    rounds = loop(work, lambda: brought)
    with qtbot.waitSignal(work.changed) as heard:
        rounds.start()
    assert heard.args == [changed]
    rounds.close()


def test_a_round_that_broke_concerns_everyone(work: Work, told: Told, qtbot: QtBot) -> None:
    def sync() -> Round:
        raise ZeroDivisionError

    rounds = loop(work, sync)
    with qtbot.waitSignal(work.changed) as heard:
        rounds.start()
    assert heard.args == [EVERYTHING]
    assert len(told.bugs) == 1
    rounds.close()


def test_a_round_that_is_asked_for_while_the_loop_closes_is_not_begun(
    work: Work, qtbot: QtBot
) -> None:
    began: list[str] = []
    going = threading.Event()

    def sync() -> Round:
        began.append("round")
        going.wait(10)
        return Round(more=True)

    rounds = loop(work, sync)
    rounds.start()
    qtbot.waitUntil(lambda: began == ["round"])
    # Told from another thread, as an act's end tells it: heard when the window is going.
    rounds.nudge()
    going.set()
    rounds.close()
    with qtbot.waitSignal(work.changed):
        pass
    QApplication.processEvents()
    assert began == ["round"]


class _Page:
    """What a worker must not be the last to hold; tells on which thread it was taken apart."""

    gone: ClassVar[list[int]] = []

    def __init__(self, begins: threading.Event) -> None:
        self.begins = begins

    def well(self) -> None:
        self.begins.wait(5)

    def refuse(self) -> None:
        self.begins.wait(5)
        raise Refusal("نمی‌شود")

    def show(self, _: object) -> None:
        pass

    def __del__(self) -> None:
        self.gone.append(threading.get_ident())


@pytest.mark.parametrize("act", ["well", "refuse"])
def test_a_page_is_taken_apart_on_the_windows_thread(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, act: str
) -> None:
    """However long the worker takes to end after it has handed back what it did."""
    work, owner, begins, seen = Work(), QObject(), threading.Event(), threading.Event()
    monkeypatch.setattr(_Page, "gone", [])
    hand_back = Work._hand_back

    def slowly(self: Work, number: int, future: Future[Any]) -> None:
        hand_back(self, number, future)
        seen.wait(5)

    monkeypatch.setattr(Work, "_hand_back", slowly)
    page = _Page(begins)
    work.run(owner, getattr(page, act), page.show, page.show)
    del page
    begins.set()
    try:
        qtbot.waitUntil(lambda: work.idle)
        assert _Page.gone == [threading.get_ident()]
    finally:
        seen.set()
        work.close()
