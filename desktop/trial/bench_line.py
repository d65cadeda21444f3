"""What the bench measures of a centre over a line: processes of its own, HTTPS, desks that wait."""

from __future__ import annotations

import ssl
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, suppress
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from http.client import HTTPSConnection
from itertools import count, cycle
from pathlib import Path
from queue import SimpleQueue
from threading import Event

from desktop.actions import board, intake, reviewing
from desktop.actions.desk import Seat
from desktop.centre import enrolling
from desktop.centre.copied import Committing, device_locked
from desktop.centre.database import place_of
from desktop.centre.streams import heads_of
from desktop.demo.city import Scenario, make_city
from desktop.demo.filling import Asker, fill
from desktop.demo.following import case_now, refusing
from desktop.demo.requests import requests
from desktop.domain.calendar import TEHRAN
from desktop.domain.errors import LineDown
from desktop.domain.facts import Decided
from desktop.domain.office import MUNICIPALITY
from desktop.domain.people import Applicant
from desktop.domain.property import PropertyRecord
from desktop.domain.state import REVIEWED
from desktop.domain.stream import office_stream
from desktop.premises.certificate import fingerprint_of
from desktop.premises.served import open_centre
from desktop.store.bulk import Commits
from desktop.sync.address import read_address
from desktop.sync.http import HttpsLink
from desktop.trial.counters import Act, Counter, new_counter
from desktop.trial.figures import Progress, milliseconds
from desktop.trial.machines import SEED, Machine, Service, free_port, own_id
from desktop.wire import link
from desktop.wire.codec import decode_fact
from desktop.wire.payloads import Body, PullAnswer, PullAsk, PushAsk, WaitAsk

_OFFICE, _MANAGER = "21", "محمد زارع"
_EXPERT, _REVIEWED, _WHY = "سعید نوری", "no-violation", "مغایرت با ضوابط"
_PROCESSES = 2
# Desks that had no line, each of an office of its own; and where desks wait, two to an office.
_FIRST_LATE, _LATE = 100, 10
_FIRST_WAITING, _DESKS = 200, 2
_PAUSE_S = 0.3
# Who works beside a device that is stuck, and how soon that comes again when it is turned away.
_FIRST_BESIDE, _BESIDE, _STUCK, _FLOODING, _REVOKED = 400, 4, 399, 398, 397
_AGAIN_S = 1.0
_PATIENCE_S = 60.0


class LineBench:
    """A centre that is served as an operator does it, and an office's real desk that joined it.

    `records` are properties that people own.
    """

    def __init__(
        self,
        folder: Path,
        database: str,
        properties: int,
        records: list[PropertyRecord],
        progress: Progress,
    ) -> None:
        self._records, self._number = records, 0
        self._offices = count(_FIRST_BESIDE)
        self._progress = progress
        progress.step("a centre is founded and served, a desk joins it")
        # What is begun ends too where something after it can't be.
        with ExitStack() as ends:
            service = Service(folder / "centre", free_port())
            folder.mkdir()
            words = service.found(database)
            service.add_office(_OFFICE)
            service.take_records(folder / "export", properties)
            self._centre = open_centre(folder / "centre")
            ends.callback(self._centre.close)
            ends.callback(service.end)
            service.begin(_PROCESSES)
            self._desk = Machine(f"office {_OFFICE}", folder / _OFFICE)
            city = Machine("municipality", folder / MUNICIPALITY)
            for machine, *who in (
                (self._desk, _OFFICE, "--manager", _MANAGER, *own_id(1)),
                (city, MUNICIPALITY, "--manager", _EXPERT, "--role", "expert", *own_id(2)),
            ):
                ends.callback(machine.close)
                machine.join(service.address, service.code("enrol", *who), words)
            self._seat, self._expert = self._desk.sit_down(_MANAGER), city.sit_down(_EXPERT)
            self._address = read_address(service.address)
            certificate = folder / "centre" / "certificate.pem"
            self._pin = fingerprint_of(certificate.read_bytes()).hex()
            self._asked, self._to_review = self._answered(properties), self._reviewed(properties)
            trusted = ssl.create_default_context(cafile=str(certificate))
            self._connection = HTTPSConnection("127.0.0.1", service.port, context=trusted)
            ends.callback(self._connection.close)
            self._commits = Commits(folder / "floor.db")
            self._place = place_of(database)
            self._committing = Committing(self._place)
            ends.callback(self._committing.close)
            self._ends = ends.pop_all()

    def close(self) -> None:
        """End the processes, close the desk."""
        self._ends.close()

    def answers(self, count: int) -> tuple[list[float], list[float]]:
        """Milliseconds from registering to the answer at the desk, so many times; and of the floor,
        in turn: an empty request over TLS that stands, a commit of PostgreSQL, two of SQLite."""
        self._progress.step(f"{count:,} requests are answered at the desk")
        next(self._asked)  # What is asked and prepared once.
        self._floor()
        taken, floor = [], []
        for _ in range(count):
            floor.append(milliseconds(self._floor))
            taken.append(next(self._asked))
        return taken, floor

    def backlog(self, commands: int) -> tuple[list[float], float]:
        """Milliseconds of answers at the desk while other offices, that had no line, send so many
        commands at once; and the seconds that these take."""
        taken: list[float] = []
        with closing(self._line()) as line, ThreadPoolExecutor(_LATE) as threads:
            late = [self._counter(_FIRST_LATE + number, 1, line) for number in range(_LATE)]
            words, acts = "commands of a backlog are made up", []
            for number, counter in enumerate(late, start=1):
                acts.append(self._requests(counter, commands // (2 * _LATE)))
                self._progress.far(words, commands * number // _LATE, commands)
            begun = time.monotonic()
            sent = [threads.submit(each.push, *its) for each, its in zip(late, acts, strict=True)]
            while not all(each.done() for each in sent):
                taken.append(next(self._asked))
                self._progress.far("they come in", sum(each.told for each in late), commands)
                time.sleep(_PAUSE_S)
            seconds = time.monotonic() - begun
            for each in sent:
                each.result()
        return taken, seconds

    def waiting(self, desks: int, decisions: int) -> list[float]:
        """Milliseconds from the sending of what is decided upon until a desk that waits for news
        has the decision, while so many desks wait."""
        taken = []
        self._progress.step(f"{desks} desks wait while {decisions} requests are decided")
        with closing(self._line()) as line, ThreadPoolExecutor(desks) as threads:
            waiting = []
            for number in range(desks):
                office, desk = divmod(number, _DESKS)
                waiting.append(_Waiting(self._counter(_FIRST_WAITING + office, desk + 1, line)))
            ended = [threads.submit(each.wait) for each in waiting]
            try:
                for each in waiting:
                    each.begun.wait(_PATIENCE_S)
                for number in range(decisions):
                    # One desk of the office acts; the one beside it waits, as all do.
                    first = number * _DESKS % desks
                    acting, other = waiting[first], waiting[first + 1]
                    acts = self._requests(acting.counter, 1)
                    begun = time.perf_counter()
                    acting.counter.push(*acts)
                    taken.append((other.decided.get(timeout=_PATIENCE_S) - begun) * 1000)
            finally:
                line.close()
            for watch in ended:
                watch.result()
        return taken

    def on_screen(self, decisions: int) -> list[float]:
        """Milliseconds from an expert's word at a municipal desk until the office's own desk, which
        waits for news, has read the case to show it as decided."""
        taken = []
        self._progress.step(
            f"an expert decides {decisions} requests, which the office's desk shows"
        )
        screen = _Screen(self._desk, self._seat)
        next(self._to_review)  # What is asked and prepared once.
        for _ in range(decisions):
            screen.case_id = next(self._to_review)
            shown, _ = board.municipal_case(self._expert, screen.case_id)
            begun = time.perf_counter()
            reviewing.recommend(self._expert, shown, refusing(_WHY), {})
            taken.append((screen.decided.get(timeout=_PATIENCE_S) - begun) * 1000)
        return taken

    def revoked(self, times: int) -> list[float]:
        """Milliseconds from a device's revocation until its call that is held is answered so."""
        taken = []
        self._progress.step(f"{times} devices are revoked while they wait")
        with closing(self._line()) as line, ThreadPoolExecutor(1) as aside:
            for number in range(times):
                counter = self._counter(_REVOKED, number + 1, line)
                home = office_stream(counter.office)
                with self._centre.reading() as session:
                    ask = WaitAsk(cursors=heads_of(session, [home]))
                held = aside.submit(counter.call, "/v1/wait", ask)
                time.sleep(_PAUSE_S)
                begun = time.perf_counter()
                with self._centre.writing() as session:
                    enrolling.revoke(session, counter.device_id, self._centre.clock())
                if held.result(_PATIENCE_S).status != link.REVOKED:
                    raise RuntimeError("a revoked device was told something else")
                taken.append((time.perf_counter() - begun) * 1000)
        return taken

    def beside_flood(self, threads: int, times: int) -> list[float]:
        """As `beside_stuck`, while one device asks without a pause, by so many threads."""
        self._progress.step(f"others work while one device asks by {threads} threads")
        with closing(self._line()) as line:
            flooding = self._counter(_FLOODING, 1, line)
            home = PullAsk(cursors={office_stream(flooding.office): 0})
            return self._beside(partial(_flood, flooding, "/v1/pull", home, 0.0), threads, times)

    def beside_stuck(self, calls: int, times: int) -> list[float]:
        """Milliseconds of what other offices push and ask, so many times each, while one device has
        so many calls at the centre all of which wait for a lock that nobody lets go."""
        self._progress.step(f"others work while one device has {calls} calls that hang")
        with closing(self._line()) as line:
            stuck = self._counter(_STUCK, 1, line)
            push = PushAsk(commands=stuck.texts(*self._requests(stuck, 1)), cursors={})
            flood = partial(_flood, stuck, "/v1/push", push, _AGAIN_S)
            with device_locked(self._place, stuck.device_id):
                return self._beside(flood, calls, times)

    def _beside(self, flood: Callable[[Event], None], many: int, times: int) -> list[float]:
        """Milliseconds of others' calls while so many threads flood until that is over."""
        over = Event()
        with ExitStack() as ends:
            threads = ends.enter_context(ThreadPoolExecutor(many + _BESIDE))
            line = ends.enter_context(closing(self._line()))
            offices = [self._counter(next(self._offices), 1, line) for _ in range(_BESIDE)]
            asked = [[self._requests(each, 1) for _ in range(times)] for each in offices]
            # Left in turn: the flood ends, then the line and the threads.
            ends.callback(over.set)
            sent = [threads.submit(flood, over) for _ in range(many)]
            time.sleep(_PAUSE_S)
            works = [
                threads.submit(_work, each, its) for each, its in zip(offices, asked, strict=True)
            ]
            taken = [ms for each in works for ms in each.result()]
        for each in sent:
            each.result()
        return taken

    def _line(self) -> HttpsLink:
        return HttpsLink(self._address, self._pin, proxies=dict)

    def _floor(self) -> None:
        self._connection.request("GET", "/health")
        self._connection.getresponse().read()
        self._committing.commit()
        self._commits.commit(2)

    def _answered(self, properties: int) -> Iterator[float]:
        """Registers one request after the other at the desk; milliseconds until its answer."""
        desk = self._seat.desk
        today = datetime.now(TEHRAN).date()
        services, figures = intake.services(desk), intake.figures(desk)
        asked = requests(make_city(properties, SEED, today), services, figures, SEED)
        for slip, (service, asker) in enumerate(asked):
            filled = fill(service, asker, figures, today)
            fee = intake.FeePayment("terminal", f"{slip + 1}")

            def register() -> None:
                done = intake.register(self._seat, service, filled, fee)  # noqa: B023
                case_now(self._seat, done.case_id)

            yield milliseconds(register)

    def _reviewed(self, properties: int) -> Iterator[str]:
        """Registers one request after the other that an expert decides; the case's id."""
        desk = self._seat.desk
        today = datetime.now(TEHRAN).date()
        service, figures = intake.services(desk)[_REVIEWED], intake.figures(desk)
        city = make_city(properties, SEED, today)
        deeds = [each.record for each in city if each.scenario is Scenario.DEED]
        for slip, record in enumerate(cycle(deeds)):
            asker = Asker(Applicant.OWNER, record.owners[0], record, str(record.code))
            filled = fill(service, asker, figures, today)
            fee = intake.FeePayment("terminal", f"9{slip + 1:05}")
            case_id = intake.register(self._seat, service, filled, fee).case_id
            # Where the land is endowed it is refused at once.
            if case_now(self._seat, case_id).state in REVIEWED:
                yield case_id

    def _counter(self, office: int, desk: int, line: HttpsLink) -> Counter:
        return new_counter(self._centre, f"{office}", desk, line)

    def _requests(self, counter: Counter, count: int) -> list[Act]:
        """So many requests, each with its fee."""
        acts: list[Act] = []
        for _ in range(count):
            self._number += 1
            acts += counter.register(self._records[self._number % len(self._records)])
        return acts


def _flood(counter: Counter, path: str, ask: Body, pause: float, over: Event) -> None:
    """Ask the same again and again, whatever is answered."""
    with suppress(LineDown):
        while not over.is_set():
            counter.call(path, ask)
            over.wait(pause)


def _work(counter: Counter, requests: list[list[Act]]) -> list[float]:
    """Milliseconds of each push, and of each pull after it."""
    home = PullAsk(cursors={office_stream(counter.office): 0})
    taken = []
    for acts in requests:
        taken.append(milliseconds(partial(counter.push, *acts)))
        taken.append(milliseconds(partial(counter.call, "/v1/pull", home)))
    return taken


class _Screen:
    """What shows a case at a desk that is told of news: it is read again after each round.

    `decided` are the moments at which the case that is looked at was read as decided.
    """

    def __init__(self, machine: Machine, seat: Seat) -> None:
        self._machine, self._seat = machine, seat
        self.case_id = ""
        self.decided: SimpleQueue[float] = SimpleQueue()
        machine.running.bell.ring = self._round

    def _round(self) -> None:
        self._machine.sync()
        if self.case_id and case_now(self._seat, self.case_id).state not in REVIEWED:
            self.case_id = ""
            self.decided.put(time.perf_counter())


@dataclass
class _Waiting:
    """A desk that waits for news and takes them, until its line is closed.

    `decided` are the moments at which it had a decision.
    """

    counter: Counter
    begun: Event = field(default_factory=Event)
    decided: SimpleQueue[float] = field(default_factory=SimpleQueue)

    def wait(self) -> None:
        """Wait and take, again and again."""
        home = office_stream(self.counter.office)
        cursor = 0
        with suppress(LineDown):
            while True:
                ask = PullAsk(cursors={home: cursor})
                (news,) = PullAnswer.model_validate_json(self._told("/v1/pull", ask)).streams
                cursor = news.pos
                if any(decode_fact(text).kind == Decided.kind for text in news.facts):
                    self.decided.put(time.perf_counter())
                self.begun.set()
                if not news.more:
                    self._told("/v1/wait", WaitAsk(cursors={home: cursor}))

    def _told(self, path: str, ask: Body) -> bytes:
        reply = self.counter.call(path, ask)
        if reply.status != link.OK:
            raise RuntimeError(f"{path}: {reply.status}")
        return reply.body
