"""Machines of a trial over a line: a centre that its commands found and serve, desks that join.

Nothing is shared: each has a data folder, desks call over HTTPS and keep encrypted stores.
"""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from threading import RLock

from keyring.backends.fail import Keyring as NoKeyring

from desktop.actions import access, documents
from desktop.actions.desk import Clock, Seat
from desktop.demo.city import make_city
from desktop.demo.export import write_folder
from desktop.demo.people import PASSWORD
from desktop.demo.sample_paper import sample_paper
from desktop.domain.calendar import TEHRAN, format_jalali
from desktop.domain.errors import LineDown, Refusal
from desktop.domain.line import Why
from desktop.domain.made_up import made_up_national_id
from desktop.keys import Cost, DeviceKeys
from desktop.premises.centre_file import read_centre_file, text_of
from desktop.premises.clocks import SystemClock
from desktop.premises.desks import Running
from desktop.premises.enrolment import DeskLink, Enrolment
from desktop.premises.kind import NAME, read_office_file
from desktop.premises.real import RealDesk, open_real
from desktop.store import facts, meta, outbox
from desktop.sync.address import Address
from desktop.sync.hello import streams
from desktop.sync.http import HttpsLink
from desktop.trial.postgres import KILL
from desktop.wire.link import Link, Reply, SignedRequest

PROPERTIES, SEED = 300, 1405
_PASSPHRASE = "عبارت رمز نمونه"
_CHEAP = Cost(passes=1, memory=8, lanes=1)
_RESERVE = 1_000_000
_CODE = re.compile(r"code: (\S+)")
_STARTED = re.compile(r"Started server process \[([0-9]+)\]")
_WAIT_S = 60.0
# Told to end it may first give a process that is silent its time, then the calls at work theirs.
_END_S = 150.0
_CLOCK = SystemClock()


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
    clock: Clock = _CLOCK
    cut: bool = False
    real: RealDesk | None = None
    _one: RLock = field(default_factory=RLock)

    def join(self, address: str, code: str, words: tuple[str, ...]) -> None:
        """Join an office as the wizard does, open its desk, and sync."""
        joining = Enrolment(self.home, self.clock, lines=self._line, keys=_keys, cost=_CHEAP)
        if joining.reach(address).words != words:
            raise AssertionError("another certificate than the one whose words were printed")
        joining.join(code)
        joining.take_password(PASSWORD, _PASSPHRASE)
        joining.begin()
        self.open()
        self.sync()

    def open(self) -> None:
        """Open the desk of the machine, which joined an office before; it syncs after each act."""
        self.real = open_real(
            self.home,
            read_office_file(self.home),
            self.clock,
            _PASSPHRASE,
            lines=self._line,
            keys=_keys,
            reserve=_RESERVE,
        )
        self.running.bell.ring = self.sync

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
        self.log = home.with_name("serve.log")
        self._process: subprocess.Popen[bytes] | None = None
        self._begun = 0

    def command(self, *arguments: str) -> str:
        """What a command of the centre says. Raises Refusal in its words."""
        ended = subprocess.run(
            [*program(), "centre", *arguments],
            env=self._environment(),
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        if ended.returncode:
            raise Refusal(ended.stderr.strip() or f"centre {arguments[0]}: {ended.returncode}")
        return ended.stdout

    # In a trial one expert is all that the municipality has.
    founding: tuple[str, ...] = ("--experts-alone",)

    def found(self, database: str) -> tuple[str, ...]:
        """Make it on the database; the words of its certificate. Raises Refusal."""
        said = self.command(
            *("init", "--database", database, "--name", "127.0.0.1", "--port", str(self.port)),
            *self.founding,
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

    def processes(self) -> list[int]:
        """The numbers of the processes that answer now."""
        return [each for each in map(int, self._started()) if self._is_own(each)]

    def kill_one(self, random: Random) -> None:
        """End one of its processes, whichever, in the middle of whatever it does."""
        until(lambda: bool(self.processes()), "no process of the centre is left")
        with suppress(ProcessLookupError):
            os.kill(random.choice(self.processes()), KILL)

    def move_to(self, before: str, database: str) -> None:
        """Its database is another one from the next command on."""
        file = self.home / NAME
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace(before, database), encoding="utf-8")

    def begin(self, processes: int, wrong_by: float = 0.0) -> None:
        """Serve by a clock that is wrong by so many seconds, and wait until so many processes
        answer."""
        # Who was killed may have a child that still writes its last words.
        self._begun = self.log.stat().st_size if self.log.exists() else 0
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [
                    *(*program(), "centre", "serve", "--processes", str(processes)),
                    *(("--wrong-by", str(wrong_by)) if wrong_by else ()),
                ],
                env=self._environment(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        until(lambda: self._answers(processes), "the centre does not answer")

    def kill(self) -> None:
        """End it at once, as power that goes does; wait until its port is free."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
        until(lambda: not _listens(self.port), "a process outlived the centre")

    def end(self) -> None:
        """End it in order, if it is at work."""
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
            self._process.wait(_END_S)

    def _answers(self, processes: int) -> bool:
        if self._process is None or self._process.poll() is not None:
            raise RuntimeError(self._said().strip())
        return len(self._started()) >= processes

    def _is_own(self, process: int) -> bool:
        """Whether it is this centre, or a child of it: a number is given to another one later."""
        if self._process is None or process == self._process.pid:
            return self._process is not None
        try:
            told = Path(f"/proc/{process}/stat").read_text(encoding="utf-8")
        except OSError:
            return False
        # After the program's name, which may hold anything: the state, then the parent.
        state, parent, *_ = told.rpartition(")")[2].split()
        return state != "Z" and int(parent) == self._process.pid

    def _started(self) -> list[str]:
        return _STARTED.findall(self._said())

    def _said(self) -> str:
        """What its log has since it was begun last."""
        return self.log.read_bytes()[self._begun :].decode(errors="replace")

    def _environment(self) -> dict[str, str]:
        return {**os.environ, "PISHKHAN_HOME": str(self.home), "PYTHONUTF8": "1"}


def program() -> list[str]:
    """How this very program is begun once more."""
    return [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "desktop"]


def _listens(port: int) -> bool:
    with closing(socket.socket()) as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def until(holds: Callable[[], bool], words: str, seconds: float = _WAIT_S) -> None:
    """Wait until it holds. Raises RuntimeError with the words."""
    end = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > end:
            raise RuntimeError(words)
        time.sleep(0.2)


def free_port() -> int:
    """A port of loopback that nobody listens at."""
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:
        port: int = listener.getsockname()[1]
        return port
