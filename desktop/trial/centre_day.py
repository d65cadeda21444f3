"""A day over a line: a centre on PostgreSQL, two offices, the municipality; and what goes wrong.

Everything is as on machines of their own: the centre is founded, served and hurt by its commands,
the desks join it by codes over HTTPS and keep encrypted stores.
"""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from threading import RLock

from keyring.backends.fail import Keyring as NoKeyring

from desktop.actions import access, documents, intake
from desktop.actions.desk import Seat
from desktop.centre.counting import by_stream
from desktop.demo.city import make_city
from desktop.demo.export import write_folder
from desktop.demo.filling import fill
from desktop.demo.following import Crew, case_now, step
from desktop.demo.people import PASSWORD
from desktop.demo.requests import requests
from desktop.demo.sample_paper import sample_paper
from desktop.domain.calendar import TEHRAN, format_jalali
from desktop.domain.errors import LineDown, Refusal
from desktop.domain.line import Why
from desktop.domain.made_up import made_up_national_id
from desktop.domain.office import MUNICIPALITY
from desktop.domain.state import State
from desktop.keys import Cost, DeviceKeys
from desktop.premises.centre_file import read_centre_file, text_of
from desktop.premises.clocks import SystemClock
from desktop.premises.desks import Running
from desktop.premises.enrolment import DeskLink, Enrolment
from desktop.premises.kind import NAME, read_office_file
from desktop.premises.real import RealDesk, open_real
from desktop.premises.served import open_centre
from desktop.store import facts, meta, outbox
from desktop.sync.address import Address
from desktop.sync.hello import streams
from desktop.sync.http import HttpsLink
from desktop.trial.postgres import own_postgres
from desktop.wire.link import Link, Reply, SignedRequest

_PROPERTIES, SEED = 300, 1405
_PASSPHRASE = "عبارت رمز نمونه"
_CHEAP = Cost(passes=1, memory=8, lanes=1)
_RESERVE = 1_000_000
_MANAGERS = {"21": "محمد زارع", "22": "زهرا فلاح"}
_EXPERT = "سعید نوری"
_CODE = re.compile(r"code: (\S+)")
_STARTED = re.compile(r"Started server process \[([0-9]+)\]")
# Where nobody but a visitor, or another role, goes on.
_OTHERS = (State.VISIT_DUE, State.BOOKED, State.FEE_DUE)
_MOST_STEPS = 12
_WAIT_S = 60.0
_CLOCK = SystemClock()

Say = Callable[[str], None]


def own_id(number: int) -> tuple[str, str]:
    """What tells `centre enrol` the national id of somebody who is made up, no citizen's."""
    return "--national-id", made_up_national_id(950_000 + number)


class _Line:
    """A machine's line to the centre, which can be cut."""

    def __init__(self, link: DeskLink, machine: Machine) -> None:
        self._link, self._machine = link, machine

    def call(self, request: SignedRequest) -> Reply:
        """As the line does. Raises LineDown while it is cut."""
        self._demand_whole()
        return self._link.call(request)

    @property
    def shown(self) -> str:
        """As of the line."""
        return self._link.shown

    def trust(self, pin: str) -> None:
        """As of the line."""
        self._link.trust(pin)

    def holding(self, held_s: float) -> Link:
        """The same for calls that the centre may hold."""
        return _Held(self._link.holding(held_s), self._demand_whole)

    def close(self) -> None:
        """Close it."""
        self._link.close()

    def _demand_whole(self) -> None:
        if self._machine.cut:
            raise LineDown("cut", why=Why.CUT)


@dataclass
class _Held:
    link: Link
    demand_whole: Callable[[], None]

    def call(self, request: SignedRequest) -> Reply:
        self.demand_whole()
        return self.link.call(request)


@dataclass
class Machine:
    """A machine with a desk: its data folder, its line, and who sits there."""

    name: str
    home: Path
    cut: bool = False
    real: RealDesk | None = None
    _one: RLock = field(default_factory=RLock)

    def join(self, address: str, code: str, words: tuple[str, ...]) -> None:
        """Join an office as the wizard does, and open its desk."""
        joining = Enrolment(self.home, _CLOCK, lines=self._line, keys=_keys, cost=_CHEAP)
        if joining.reach(address).words != words:
            raise AssertionError("another certificate than the one whose words were printed")
        joining.join(code)
        joining.take_password(PASSWORD, _PASSPHRASE)
        joining.begin()
        self.real = open_real(
            self.home,
            read_office_file(self.home),
            _CLOCK,
            _PASSPHRASE,
            lines=self._line,
            keys=_keys,
            reserve=_RESERVE,
        )
        self.running.bell.ring = self.sync
        self.sync()

    @property
    def running(self) -> Running:
        """The desk at work."""
        if self.real is None:
            raise LookupError(f"{self.name} has not joined")
        return self.real.running

    def sync(self) -> None:
        """Rounds until all is sent that can be: after an act, and when there is news."""
        with self._one:
            report = self.running.sync()
            while report.well and report.more:
                report = self.running.sync()

    def sit_down(self, name: str) -> Seat:
        """The person in front of it; the paper that made-up citizens bring is there."""
        seat = access.sign_in(self.running.desk, name, PASSWORD)
        documents.keep(seat, sample_paper()[1])
        return seat

    def unsent(self) -> int:
        """How many acts the centre does not have."""
        with self.running.desk.store.reading() as session:
            return outbox.waiting(session).count

    def stopped(self) -> str:
        """Why its queue stands still for good; empty while it does not."""
        with self.running.desk.store.reading() as session:
            return meta.get(session).stopped

    def told(self) -> dict[str, tuple[int, int, str]]:
        """Of each stream that it reads: how many cases it knows, how many facts, their chain."""
        with self.running.desk.store.reading() as session:
            identity = meta.get(session).identity
            own = len(facts.case_ids(session))
            return {
                name: (own if name == identity.home else 0, at.pos, at.hash)
                for name, at in facts.cursors(session, streams(identity)).items()
            }

    def close(self) -> None:
        """Close the desk, if one is open."""
        if self.real is not None:
            self.real.close()

    def _line(self, address: Address, pin: str = "", *, stranger: bool = False) -> DeskLink:
        return _Line(HttpsLink(address, pin, stranger=stranger), self)


def _keys(folder: Path) -> DeviceKeys:
    # The keyring of who tries the program is not for keys of a trial.
    none = NoKeyring()  # type: ignore[no-untyped-call]
    return DeviceKeys(folder / "keys", ring=none, cost=_CHEAP)


class Service:
    """The centre's machine: its commands, and its processes."""

    def __init__(self, home: Path, port: int) -> None:
        self.home, self.port = home, port
        self.address = f"https://127.0.0.1:{port}"
        self._log = home.with_name("serve.log")
        self._process: subprocess.Popen[bytes] | None = None

    def command(self, *arguments: str) -> str:
        """What a command of the centre says. Raises Refusal in its words."""
        ended = subprocess.run(
            [*_program(), "centre", *arguments],
            env=self._environment(),
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        if ended.returncode:
            raise Refusal(ended.stderr.strip() or f"centre {arguments[0]}: {ended.returncode}")
        return ended.stdout

    def found(self, database: str) -> tuple[str, ...]:
        """Make it on the database; the words of its certificate. Raises Refusal."""
        said = self.command(
            *("init", "--database", database, "--name", "127.0.0.1", "--port", str(self.port))
        )
        # Two trials, or one beside a real centre, share no port for Prometheus.
        file = replace(read_centre_file(self.home), metrics_port=0)
        (self.home / NAME).write_text(text_of(file), encoding="utf-8")
        return tuple(re.findall(r"^ +[1-6]\. (\S+)$", said, re.MULTILINE))

    def add_office(self, code: str) -> None:
        """Open an office. Raises Refusal."""
        self.command(
            *("office", "add", code, "--name", f"دفتر پیشخوان {code}", "--address", "یزد"),
            *("--phone", "03530000000", "--postal-code", "8910000000", "--district", "1"),
            *("--authority", "صورت‌جلسهٔ نمونه", "--sample"),
        )

    def take_records(self, export: Path, properties: int) -> str:
        """Put a made-up city into force, as of yesterday; what is said of it. Raises Refusal."""
        today = datetime.now(TEHRAN).date()
        write_folder(make_city(properties, SEED, today), export)
        day = format_jalali(today - timedelta(days=1))
        return self.command("import", str(export), "--as-of", day).splitlines()[-1]

    def code(self, *command: str) -> str:
        """The code that is given out for whoever joins. Raises Refusal."""
        found = _CODE.search(self.command(*command))
        if found is None:
            raise RuntimeError("no code was given out")
        return found[1]

    def begin(self, processes: int) -> None:
        """Serve, and wait until so many processes answer."""
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                [*_program(), "centre", "serve", "--processes", str(processes)],
                env=self._environment(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        _until(lambda: self._answers(processes), "the centre does not answer")

    def kill(self) -> None:
        """End it at once, as power that goes does; wait until its port is free."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
        _until(lambda: not _listens(self.port), "a process outlived the centre")

    def end(self) -> None:
        """End it in order, if it is at work."""
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
            self._process.wait(_WAIT_S)

    def _answers(self, processes: int) -> bool:
        if self._process is None or self._process.poll() is not None:
            raise RuntimeError(self._log.read_text(encoding="utf-8").strip())
        return len(self._started()) >= processes

    def _started(self) -> list[str]:
        return _STARTED.findall(self._log.read_text(encoding="utf-8"))

    def _environment(self) -> dict[str, str]:
        return {**os.environ, "PISHKHAN_HOME": str(self.home), "PYTHONUTF8": "1"}


def _program() -> list[str]:
    return [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "desktop"]


def _listens(port: int) -> bool:
    with closing(socket.socket()) as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _until(holds: Callable[[], bool], words: str) -> None:
    end = time.monotonic() + _WAIT_S
    while not holds():
        if time.monotonic() > end:
            raise RuntimeError(words)
        time.sleep(0.2)


def free_port() -> int:
    """A port of loopback that nobody listens at."""
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:
        port: int = listener.getsockname()[1]
        return port


def run_centre_day(say: Say, database: str = "", processes: int = 2) -> bool:
    """The day, told line by line; whether centre and desks agree at its end.

    `database` is the address of one that may be made, or is empty; without it a server of its own
    is begun. Raises Refusal where there is none.
    """
    with ExitStack() as ends:
        named = tempfile.TemporaryDirectory(prefix="pishkhan-centre-", ignore_cleanup_errors=True)
        folder = Path(ends.enter_context(named))
        if not database:
            # Debian's user of PostgreSQL goes through it to its own part.
            folder.chmod(0o711)
            database = ends.enter_context(own_postgres(folder / "postgres"))
            say("PostgreSQL: begun, in a folder of its own")
        day = _Day(say, folder, Service(folder / "centre", free_port()), ends)
        day.found(database, processes)
        day.join()
        day.morning()
        day.cut()
        day.revoked()
        day.killed(processes)
        day.evening()
        return day.agree()


class _Day:
    """One day, part by part."""

    def __init__(self, say: Say, folder: Path, service: Service, ends: ExitStack) -> None:
        self._say, self._folder, self._service, self._ends = say, folder, service, ends
        self._offices = {code: Machine(f"office {code}", folder / code) for code in _MANAGERS}
        self._second = Machine("office 22, second desk", folder / "22-second")
        self._municipality = Machine("municipality", folder / "municipality")
        self._crews: dict[str, Crew] = {}
        self._asking: dict[str, Iterator[str]] = {}
        self._cases: dict[str, list[str]] = {code: [] for code in _MANAGERS}
        self._second_seat: Seat | None = None
        self._words: tuple[str, ...] = ()

    def found(self, database: str, processes: int) -> None:
        """Make the centre, its offices and its records, and serve it."""
        service, say = self._service, self._say
        self._words = service.found(database)
        say(f"centre: made; its certificate's words: {' '.join(self._words)}")
        for code in _MANAGERS:
            service.add_office(code)
        say(service.take_records(self._folder / "export", _PROPERTIES))
        # One that does not come to answer is ended too.
        self._ends.callback(service.end)
        service.begin(processes)
        say(f"centre: {processes} processes answer at {service.address}")

    def join(self) -> None:
        """Every machine joins by a code of its own."""
        for code, manager in _MANAGERS.items():
            self._join(self._offices[code], "enrol", code, "--manager", manager, *own_id(1))
        self._join(self._second, "enrol", "22", "--manager", _MANAGERS["22"])
        expert = ("--manager", _EXPERT, "--role", "expert", *own_id(2))
        self._join(self._municipality, "enrol", MUNICIPALITY, *expert)
        reviewer = self._municipality.sit_down(_EXPERT)
        self._second_seat = self._second.sit_down(_MANAGERS["22"])
        for number, code in enumerate(_MANAGERS):
            seat = self._offices[code].sit_down(_MANAGERS[code])
            # Only the expert's acts are tried here, so one person sits in every municipal seat.
            self._crews[code] = Crew(lambda _: reviewer, clerk=seat, manager=seat)
            self._asking[code] = self._registered(seat, number)

    def _join(self, machine: Machine, *command: str) -> None:
        machine.join(self._service.address, self._service.code(*command), self._words)
        self._ends.callback(machine.close)
        self._say(f"{machine.name}: joined, its store is encrypted")

    def _registered(self, seat: Seat, number: int) -> Iterator[str]:
        """Requests put in at the counter one after the other, each with its fee; their ids."""
        today = datetime.now(TEHRAN).date()
        services, figures = intake.services(seat.desk), intake.figures(seat.desk)
        city = make_city(_PROPERTIES, SEED, today)
        asked = requests(city, services, figures, SEED + 1 + number)
        for slip, (service, asker) in enumerate(asked):
            filled = fill(service, asker, figures, today)
            fee = intake.FeePayment("terminal", f"{number + 1}{slip:05}")
            yield intake.register(seat, service, filled, fee).case_id

    def morning(self) -> None:
        """An ordinary hour."""
        for code in _MANAGERS:
            self._put_in(code, 4)
        self._go_on()
        self._say(f"morning: {self._states()}")

    def cut(self) -> None:
        """One office loses its line, and works on."""
        office = self._offices["21"]
        office.cut = True
        self._put_in("21", 3)
        self._put_in("22", 2)
        waiting = office.unsent()
        self._say(f"office 21: the line is cut; 3 requests taken without it, {waiting} acts wait")
        office.cut = False
        office.sync()
        self._go_on()
        self._say(f"office 21: the line is back; {office.unsent()} acts wait; {self._states()}")

    def revoked(self) -> None:
        """A device is revoked: what it does from then on stays with it."""
        seat, second = self._second_seat, self._second
        if seat is None:
            raise RuntimeError("nobody sits at the second desk")
        asking = self._registered(seat, 7)
        self._cases["22"].append(next(asking))
        with second.running.desk.store.reading() as session:
            device = meta.get(session).identity.device_id
        self._service.command("revoke", device)
        next(asking)
        self._say(
            f"{second.name}: revoked; its queue is stopped: {second.stopped() or 'no'}, "
            f"{second.unsent()} acts stay there"
        )

    def killed(self, processes: int) -> None:
        """The centre goes without a word, and comes back."""
        self._service.kill()
        for code in _MANAGERS:
            self._put_in(code, 2)
        waiting = [self._offices[code].unsent() for code in _MANAGERS]
        self._say(f"centre: killed; the offices worked on, {sum(waiting)} acts wait")
        self._service.begin(processes)
        for machine in self._offices.values():
            machine.sync()
        waiting = [self._offices[code].unsent() for code in _MANAGERS]
        self._say(f"centre: begun again; {sum(waiting)} acts wait")

    def evening(self) -> None:
        """What can be brought to its end is."""
        self._go_on()
        for machine in (*self._offices.values(), self._municipality):
            machine.sync()
        self._say(f"evening: {self._states()}")

    def agree(self) -> bool:
        """Hold what each desk knows against the centre, figure by figure and by the chain."""
        centre = open_centre(self._service.home)
        try:
            known = by_stream(centre)
        finally:
            centre.close()
        well = True
        for machine in (*self._offices.values(), self._municipality):
            machine.sync()
            well = well and machine.unsent() == 0
            for stream, here in machine.told().items():
                well = well and here == known[stream]
                for place, (cases, told, chain) in (("desk", here), ("centre", known[stream])):
                    what = f"{machine.name}, {stream}, {place}"
                    self._say(f"{what}: {cases} cases, {told} facts, {chain[:12]}")
        well = well and self._second.stopped() == Why.REVOKED.value
        self._say("all sides agree" if well else "THE SIDES DIFFER")
        return well

    def _put_in(self, code: str, count: int) -> None:
        self._cases[code] += [next(self._asking[code]) for _ in range(count)]

    def _go_on(self) -> None:
        """Every case as far as its office and the expert can bring it."""
        for code, cases in self._cases.items():
            crew = self._crews[code]
            for case_id in cases:
                for _ in range(_MOST_STEPS):
                    self._offices[code].sync()
                    case = case_now(crew.clerk, case_id)
                    if case.closed or case.state in _OTHERS:
                        break
                    step(crew, case, datetime.now(TEHRAN))

    def _states(self) -> str:
        seen: dict[str, int] = {}
        for code, cases in self._cases.items():
            for case_id in cases:
                state = case_now(self._crews[code].clerk, case_id).state.value
                seen[state] = seen.get(state, 0) + 1
        return ", ".join(f"{count} {state}" for state, count in sorted(seen.items()))
