"""Work off the window's thread: a thread each for the store, the line, papers and sync."""

from __future__ import annotations

import sys
from collections.abc import Callable, Coroutine, Generator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import count
from random import Random
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, QTimer, Signal

from desktop import journal
from desktop.domain.errors import LineDown, Refusal

_Result = TypeVar("_Result")
# A worker that reckons gives the interpreter away when it is asked for it, after so long. Drawing a
# page the window asks some hundred times: by Python's own 5 ms it stood for half a second.
_TURN_S = 0.0002
# What waits in the outbox is sent by itself; what asks the centre is not.
NO_LINE = "به مرکز وصل نیستیم؛ این کار انجام نشد. پس از وصل شدن خط دوباره تلاش کنید."


class Rounded(Protocol):
    """What a round of sync brought, as the window cares to know."""

    @property
    def well(self) -> bool: ...
    @property
    def cases(self) -> frozenset[str]: ...
    @property
    def published(self) -> bool: ...
    @property
    def more(self) -> bool: ...


@dataclass(frozen=True)
class Changed:
    """What changed: the cases with these ids, reference data, sync (a round ended), the day.

    `all` is for what nobody knows more closely, and for a person who asks for everything (F5).
    """

    cases: frozenset[str] = frozenset()
    published: bool = False
    sync: bool = False
    day: bool = False
    all: bool = False

    @classmethod
    def by(cls, round_: Rounded) -> Changed:
        """By a round of sync that has ended, whatever it brought."""
        return cls(round_.cases, round_.published, sync=True)


EVERYTHING = Changed(published=True, sync=True, day=True, all=True)
"""It concerns every page."""


Steps = Coroutine[Any, Any, None]
"""What is done one after the other on the window's thread, awaiting a `Job` where it takes long."""


class Job(Generic[_Result]):
    """A job off the window's thread, awaited by the steps of `Work.flow`.

    Awaited it gives what the job gives, or raises its Refusal. `line` and `papers` as of
    `Work.run`. That an `act` was refused is told also where nobody awaits it any more.
    """

    def __init__(
        self,
        do: Callable[[], _Result],
        *,
        line: bool = False,
        papers: bool = False,
        act: bool = False,
    ) -> None:
        self.do, self.line, self.papers, self.act = do, line, papers, act

    def __await__(self) -> Generator[Job[_Result], _Result, _Result]:
        """Stand still until `Work.flow` has the result."""
        return (yield self)


class _Awaited(NamedTuple):
    """A job under way, and what is to come of it on the window's thread."""

    owner: QObject
    job: Job[Any]
    then: Callable[[Any], None]
    failed: Callable[[Refusal], None] | None
    dropped: Callable[[], None]


_Finish = Callable[[_Awaited], None]


class Work(QObject):
    """The one door off the window's thread, and back by one queued signal.

    `asked` comes after each question to the centre, well or not: the state of the line is known
    anew. `serial` runs everything at once on the calling thread, for tests and tours.
    """

    changed = Signal(object)
    bug = Signal(str)
    refused = Signal(str)
    asked = Signal()
    _back = Signal(int, object)

    def __init__(self, *, serial: bool = False) -> None:
        super().__init__()
        self._serial = serial
        if not serial:
            sys.setswitchinterval(_TURN_S)
        self._store = ThreadPoolExecutor(1, "store")
        self._line = ThreadPoolExecutor(1, "line")
        self._papers = ThreadPoolExecutor(1, "papers")
        self._back.connect(self._come_back, Qt.ConnectionType.QueuedConnection)
        self._awaited: dict[int, _Awaited] = {}
        self._numbers = count()
        self._closed = False
        self._under_way = 0

    @property
    def closed(self) -> bool:
        """Whether the window goes: work that lasts ends soon."""
        return self._closed

    @property
    def idle(self) -> bool:
        """Whether no job is under way or waits to be told."""
        return self._under_way == 0

    def run(
        self,
        owner: QObject,
        job: Callable[[], _Result],
        then: Callable[[_Result], None],
        failed: Callable[[Refusal], None] | None = None,
        *,
        line: bool = False,
        papers: bool = False,
    ) -> None:
        """Do the job off this thread, then call `then` on it, if the owner still lives.

        A Refusal goes to `failed`; without one its words are told by `refused`, but of a line that
        is down nobody is told. Anything else is a bug: logged once, its code told by `bug`. `line`
        jobs ask the centre, so that a slow line never holds up the store; `papers` jobs are long by
        themselves: citizens' papers, a second a page, a service's file and its letters, or an
        export on its way to the centre.
        """
        self._run(owner, Job(job, line=line, papers=papers), then, failed, lambda: None)

    def flow(self, owner: QObject, steps: Steps) -> None:
        """Go through the steps on this thread, and do each job that they await off it.

        A Refusal is raised where its job is awaited; one that the steps don't take is told as by
        `run`. They end where they stand when the owner is gone, the window closes, or the job has
        a bug: what they have in `finally` is done then, and must touch no widget. Any other fault
        of the steps is one of this thread, as in a slot.
        """
        self._go_on(owner, steps, partial(steps.send, None))

    def _go_on(self, owner: QObject, steps: Steps, move: Callable[[], Job[Any]]) -> None:
        # What is serial is done when `_run` is back: a loop, or a hundred jobs would be as deep.
        moves = [move]

        def go_on(following: Callable[[], Job[Any]]) -> None:
            if self._serial:
                moves.append(following)
            else:
                self._go_on(owner, steps, following)

        def done(result: object) -> None:
            go_on(partial(steps.send, result))

        def refused(no: Refusal) -> None:
            go_on(partial(steps.throw, no))

        while moves:
            try:
                job = moves.pop()()
            except StopIteration:
                return
            except Refusal as no:
                if no.words != NO_LINE:
                    self._tell(no)
                return
            self._run(owner, job, done, refused, steps.close)

    def _run(
        self,
        owner: QObject,
        job: Job[_Result],
        then: Callable[[_Result], None],
        failed: Callable[[Refusal], None] | None,
        dropped: Callable[[], None],
    ) -> None:
        """As `run`; `dropped` is called in place of the two when neither will be."""
        if self._closed:
            dropped()
            return
        awaited = _Awaited(owner, job, then, failed, dropped)
        if self._serial:
            self._deliver(awaited, self._did(job))
            return
        self._under_way += 1
        number = next(self._numbers)
        self._awaited[number] = awaited
        pool = self._line if job.line else self._papers if job.papers else self._store
        # A worker has the number alone: were it the last to hold a page, it would take its widgets
        # apart on its own thread.
        pool.submit(self._do, number).add_done_callback(partial(self._hand_back, number))

    def _do(self, number: int) -> _Finish:
        return self._did(self._awaited[number].job)

    def _did(self, job: Job[Any]) -> _Finish:
        """What is to be done with whoever awaits the job, now that it is over."""
        try:
            result = job.do()
        except LineDown:
            return lambda to: to.failed(Refusal(NO_LINE)) if to.failed else None
        except Refusal as no:
            # Its frames hold the job.
            refusal = no.with_traceback(None)
            return lambda to: (to.failed or self._tell)(refusal)
        # Whatever went wrong in a job, the window must hear of it and go on.
        except Exception as fault:  # noqa: BLE001
            return partial(self._tell_bug, journal.report(fault))
        return lambda to: to.then(result)

    def _hand_back(self, number: int, future: Future[_Finish]) -> None:
        if future.cancelled():
            # By `close`, on this thread.
            self._awaited.pop(number).dropped()
        elif shiboken6.isValid(self):
            self._back.emit(number, future.result())

    def _come_back(self, number: int, finish: _Finish) -> None:
        self._under_way -= 1
        self._deliver(self._awaited.pop(number), finish)

    def _deliver(self, awaited: _Awaited, finish: _Finish) -> None:
        if shiboken6.isValid(awaited.owner):
            finish(awaited)
        elif awaited.job.act:
            awaited.dropped()
            finish(awaited._replace(then=lambda _: None, failed=self._tell, dropped=lambda: None))
        else:
            awaited.dropped()
        if awaited.job.line:
            self.asked.emit()

    def _tell_bug(self, code: str, awaited: _Awaited) -> None:
        awaited.dropped()
        self.bug.emit(code)

    def close(self) -> None:
        """Let what runs end and what is to be kept be kept; questions that wait are dropped."""
        self._closed = True
        self._store.shutdown(wait=True)
        self._papers.shutdown(wait=True, cancel_futures=True)
        self._line.shutdown(wait=True, cancel_futures=True)

    def _tell(self, refusal: Refusal) -> None:
        self.refused.emit(refusal.words)


class SyncLoop(QObject):
    """Rounds of sync: soon after an act, regularly else, backed off while the line is down."""

    def __init__(
        self,
        work: Work,
        sync: Callable[[], Rounded],
        after_round: Callable[[int, Random], float],
        *,
        serial: bool = False,
    ) -> None:
        super().__init__()
        self._work, self._sync, self._after = work, sync, after_round
        self._serial = serial
        self._pool = ThreadPoolExecutor(1, "sync")
        self._random = Random()
        self._failures = 0
        self._running = self._again = self._closed = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._round)
        self._ended.connect(self._after_round, Qt.ConnectionType.QueuedConnection)
        self._rung.connect(self._nudged, Qt.ConnectionType.QueuedConnection)

    _ended = Signal(object)
    _rung = Signal()

    def start(self) -> None:
        """The first round now."""
        if not self._serial:
            self._timer.start(0)

    def nudge(self) -> None:
        """A round soon; from any thread."""
        if self._serial:
            report = self._sync()
            self._after_round(report)
            while report.well and report.more:
                report = self._sync()
        else:
            self._rung.emit()

    def close(self) -> None:
        """End after the round that runs; one that was asked for by then is not begun."""
        self._closed = True
        self._timer.stop()
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _nudged(self) -> None:
        if self._running:
            self._again = True
        else:
            self._round()

    def _round(self) -> None:
        if self._running or self._closed:
            return
        self._running = True
        self._timer.stop()

        def done(future: Future[Any]) -> None:
            if not future.cancelled() and shiboken6.isValid(self):
                self._ended.emit(future)

        self._pool.submit(self._sync).add_done_callback(done)

    def _after_round(self, ended: Any) -> None:
        self._running = False
        report: Rounded | None = None
        if isinstance(ended, Future):
            fault = ended.exception()
            if fault is None:
                report = ended.result()
            elif isinstance(fault, Refusal):
                # A full disk is no bug: it is said as it is.
                self._work.refused.emit(fault.words)
            else:
                self._work.bug.emit(journal.report(fault))
        else:
            report = ended
        self._failures = 0 if report is not None and report.well else self._failures + 1
        # Of a round that broke nobody knows what it had brought by then.
        self._work.changed.emit(Changed.by(report) if report is not None else EVERYTHING)
        if self._serial:
            return
        if self._again or (report is not None and report.well and report.more):
            self._again = False
            self._round()
        else:
            self._timer.start(round(self._after(self._failures, self._random) * 1000))
