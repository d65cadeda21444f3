"""A desk of the soak in a process of its own: its people work at random until it is killed."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import count
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random
from threading import Event, Thread

from desktop.actions import board, consultations, counter_acts, intake
from desktop.actions.desk import Seat
from desktop.demo import following
from desktop.demo.city import make_city
from desktop.demo.filling import Asker, fill
from desktop.demo.following import Crew, case_now
from desktop.demo.requests import requests
from desktop.domain.calendar import TEHRAN
from desktop.domain.errors import LineDown, Refusal, Refusals
from desktop.domain.service import Service
from desktop.domain.state import State
from desktop.premises.clocks import WrongClock
from desktop.store import facts, meta, outbox
from desktop.sync.hello import streams
from desktop.sync.round import RoundReport
from desktop.trial.machines import PROPERTIES, SEED, Machine
from desktop.trial.soak.diary import Diary

_OFFICES_TURN = (State.PAY_DUE, State.ISSUED, State.RELEASED)
_SPOILED = "نشانی اشتباه است"
_WITHDRAWN = "منصرف شد"
_ASKED = "آیا از دید شما مانعی هست؟"
_NEWEST = 40
_SAMPLE_S = 1.0
_ROUNDS_TO_END = 200
_MOST_HELD = 10_000_000


@dataclass(frozen=True)
class Sitting:
    """Who sits where: the machine's data folder, its diary, the person, whether an expert.

    `life` tells one start of the process from another: each asks other requests. With `join` the
    machine joins first, by that address, code and certificate's words. `slower` is how many times
    as long it rests between acts as one of a few desks does.
    """

    name: str
    home: Path
    diary: Path
    person: str
    life: int
    today: date
    expert: bool = False
    join: tuple[str, str, tuple[str, ...]] | None = None
    shift_s: float = 0.0
    slower: float = 1.0


def sit(pipe: Connection, sitting: Sitting) -> None:
    """Work until the pipe says `send`, then send all; at `read` read all, tell what is held, end.

    The pipe says `("clock", seconds)` for a clock that jumps, and is told `ready`, `sent`, `ended`.
    """
    logging.basicConfig(filename=sitting.diary.with_suffix(".log"), level=logging.INFO)
    clock, diary = WrongClock(sitting.shift_s), Diary(sitting.diary)
    machine = Machine(sitting.name, sitting.home, clock)
    if sitting.join is None:
        machine.open()
    else:
        machine.join(*sitting.join)
    desk = _Desk(machine, sitting, diary)
    pipe.send("ready")
    desk.begin()
    while True:
        if not pipe.poll(desk.pause()):
            desk.act()
            continue
        said = pipe.recv()
        if said == "send":
            break
        clock.seconds = said[1]
    desk.send_all()
    pipe.send("sent")
    pipe.recv()
    diary.write(ended=desk.read_all())
    desk.tell_holdings(sitting.diary.with_suffix(".holds"))
    pipe.send("ended")
    machine.close()


class _Desk:
    """A desk at work: its rounds and samples in threads of their own, acts in this one."""

    def __init__(self, machine: Machine, sitting: Sitting, diary: Diary) -> None:
        self._machine, self._sitting, self._diary = machine, sitting, diary
        self._random = Random(f"{sitting.name}|{sitting.life}")
        self._bell, self._over = Event(), Event()
        self._seat: Seat = machine.sit_down(sitting.person)
        self._crew = Crew(lambda _: self._seat)
        self._asking: Iterator[tuple[Service, Asker]] | None = None
        self._slips = count()
        self._seed = self._random.randrange(1_000_000)
        self._told: dict[str, tuple[int, str]] = {}
        self._acked = -1
        self._last: RoundReport | None = None
        self._threads = [Thread(target=self._rounds), Thread(target=self._samples)]

    def begin(self) -> None:
        """Begin its rounds, as the window's loop does; what an earlier life did is told first."""
        running = self._machine.running
        running.bell.ring = self._bell.set
        with running.desk.store.reading() as session:
            device = meta.get(session).identity.device_id
        self._diary.write(began=device)
        self._tell_done()
        for thread in self._threads:
            thread.daemon = True
            thread.start()

    def pause(self) -> float:
        """Seconds until the next act: bursts, and quiet."""
        return self._random.choice((0.02, 0.1, 0.4, 0.8)) * self._sitting.slower

    def act(self) -> None:
        """The next thing that its people do; what a clerk is refused is no fault."""
        try:
            self._review() if self._sitting.expert else self._serve()
        except (Refusal, Refusals, LineDown):
            pass
        # Whatever else went wrong is told at the end, with the soak's seed.
        except Exception as fault:  # noqa: BLE001
            self._diary.write(bug=f"{type(fault).__name__}: {fault}")
        self._tell_done()

    def send_all(self) -> None:
        """Send all that waits, unless the centre says no for good."""
        for _ in range(_ROUNDS_TO_END):
            if self._machine.stopped() or self._machine.unsent() == 0:
                return
            self._bell.set()
            time.sleep(0.3)

    def read_all(self) -> bool:
        """Read all there is by now; whether all was sent."""
        for _ in range(_ROUNDS_TO_END):
            self._last = None
            self._bell.set()
            time.sleep(0.3)
            if self._machine.stopped() or self._is_level():
                break
        self._over.set()
        self._bell.set()
        for thread in self._threads:
            thread.join(60)
        return self._machine.unsent() == 0

    def tell_holdings(self, file: Path) -> None:
        """Write each fact that its store holds, a line each: the stream, the place, the text."""
        store = self._machine.running.desk.store
        with store.reading() as session, file.open("w", encoding="utf-8") as out:
            # Of whatever stream: also of one that is not its own.
            for name in facts.streams_held(session):
                texts = facts.texts_between(session, name, 0, _MOST_HELD, _MOST_HELD)
                for pos, text in enumerate(texts, 1):
                    out.write(f"{name}\t{pos}\t{text}\n")

    def _is_level(self) -> bool:
        """Whether a round has just found nothing new."""
        report = self._last
        return report is not None and report.well and not report.facts

    def _rounds(self) -> None:
        random, failures = Random(), 0
        running = self._machine.running
        while not self._over.is_set():
            self._bell.clear()
            try:
                report = running.sync()
            # A full disk, a centre that says what nobody foresaw: told, and tried again.
            except Exception as fault:  # noqa: BLE001
                self._diary.write(bug=f"round: {type(fault).__name__}: {fault}")
                report = None
            self._last = report
            self._tell_read()
            well = report is not None and report.well
            failures = 0 if well else failures + 1
            if not (report is not None and well and report.more):
                self._bell.wait(running.pause(failures, random))

    def _samples(self) -> None:
        while not self._over.wait(_SAMPLE_S):
            try:
                shown = self._machine.running.desk.sync_status()
            # As a window that could not draw itself: told, and drawn again.
            except Exception as fault:  # noqa: BLE001
                self._diary.write(bug=f"shown: {type(fault).__name__}: {fault}")
                continue
            why = str(shown.trouble.why) if shown.trouble is not None else ""
            self._diary.write(shown=[shown.state, why, shown.waiting])

    def _tell_done(self) -> None:
        with self._machine.running.desk.store.reading() as session:
            seq, chain = outbox.head(session)
        if seq and self._told.get("did") != (seq, chain):
            self._told["did"] = seq, chain
            self._diary.write(did=[seq, chain])

    def _tell_read(self) -> None:
        with self._machine.running.desk.store.reading() as session:
            held = meta.get(session)
            cursors = facts.cursors(session, streams(held.identity))
        if held.acked_to != self._acked:
            self._acked = held.acked_to
            self._diary.write(acked=held.acked_to)
        for name, at in cursors.items():
            if at.pos and self._told.get(name) != (at.pos, at.hash):
                self._told[name] = at.pos, at.hash
                self._diary.write(read=[name, at.pos, at.hash])

    def _serve(self) -> None:
        """A citizen at the counter, or the next step of one who was there."""
        if self._random.random() < 0.35:
            self._register()
            return
        with self._machine.running.desk.store.reading() as session:
            known = facts.case_ids(session)
        newest = sorted(known)[-_NEWEST:]
        if not newest:
            return
        case = case_now(self._seat, self._random.choice(newest))
        if case.closed:
            return
        held = case.answer
        if held is not None and held.on_paper and self._random.random() < 0.1:
            following.void(self._seat, case.case_id, held.letter.letter_id, _SPOILED)
        elif case.state in _OFFICES_TURN:
            following.step(self._crew, case, datetime.now(TEHRAN))
            self._tell_paper(case.case_id)
        elif self._random.random() < 0.02:
            counter_acts.withdraw(self._seat, case.case_id, _WITHDRAWN)

    def _tell_paper(self, case_id: str) -> None:
        held = case_now(self._seat, case_id).answer
        if held is not None and held.on_paper:
            letter = held.letter
            self._diary.write(paper=[letter.letter_id, letter.number])

    def _review(self) -> None:
        """The next case of the expert's queue, taken and proposed on, or another body asked."""
        queue = board.municipal_queue(self._seat, state=State.IN_REVIEW.value)
        if not queue.rows:
            return
        case_id = self._random.choice(queue.rows).case_id
        case = board.municipal_case(self._seat, case_id)[0]
        bodies = consultations.consultees(self._seat.desk, case)
        if bodies and self._random.random() < 0.15:
            # A letter of the municipality's own series; its case waits on.
            body = self._random.choice(bodies)
            consultations.consult(self._seat, case, body.name, _ASKED)
        else:
            following.clear(self._crew, case)

    def _register(self) -> None:
        """The next citizen's request, with his fee."""
        desk, sitting = self._machine.running.desk, self._sitting
        figures = intake.figures(desk)
        if self._asking is None:
            city = make_city(PROPERTIES, SEED, sitting.today)
            self._asking = requests(city, intake.services(desk), figures, self._seed)
        service, asker = next(self._asking)
        filled = fill(service, asker, figures, sitting.today)
        # A terminal's number is never twice: by desk, by life, by slip.
        slip = f"{self._seed:06}{sitting.life:02}{next(self._slips):04}"
        intake.register(self._seat, service, filled, intake.FeePayment("terminal", slip))
