"""The machines of a soak: desks as processes behind lines of their own, and their disks."""

from __future__ import annotations

import multiprocessing
import shutil
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import date
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from desktop.sync.address import Address
from desktop.trial.machines import Service
from desktop.trial.relay import Between, between
from desktop.trial.soak.diary import Diary
from desktop.trial.soak.sitting import Sitting, sit

_SPAWN = multiprocessing.get_context("spawn")
_JOIN_S = 120.0
_FINISH_S = 180.0
_LATE_S = 3.0


@dataclass
class Desk:
    """A machine with a desk: its line, and its process while it works."""

    name: str
    office: str
    sitting: Sitting
    line: Between
    process: BaseProcess | None = None
    pipe: Connection | None = None
    wrongs: set[str] = field(default_factory=set)

    def begin(self) -> None:
        """Start its process, and wait until it works. Raises RuntimeError."""
        self.pipe, theirs = _SPAWN.Pipe()
        self.process = _SPAWN.Process(target=sit, args=(theirs, self.sitting), daemon=True)
        self.process.start()
        theirs.close()
        self._hear("ready", _JOIN_S)
        # It joins once.
        self.sitting = replace(self.sitting, join=None, life=self.sitting.life + 1)

    def kill(self) -> None:
        """End its process in the middle of whatever it does."""
        if self.process is not None:
            self.process.kill()
            self.process.join()
        if self.pipe is not None:
            self.pipe.close()
        self.process = self.pipe = None

    def say(self, **said: Any) -> None:
        """A line in its diary by who does the faults."""
        Diary(self.sitting.diary).write(**said)

    def suffers(self, wrong: str) -> None:
        """Something is wrong from now on with what it works by, until `recovers`."""
        self.wrongs.add(wrong)
        self.say(wrong=sorted(self.wrongs))

    def recovers(self, wrong: str) -> None:
        """It is no longer."""
        self.wrongs.discard(wrong)
        self.say(wrong=sorted(self.wrongs))

    def jump(self, seconds: float) -> None:
        """Its clock is wrong by so many seconds from now on."""
        self.sitting = replace(self.sitting, shift_s=seconds)
        if self.pipe is not None:
            self.pipe.send(("clock", seconds))

    def ask(self, to: str) -> None:
        """Let it begin nothing more, and `send` or `read` all."""
        if self.pipe is not None:
            self.pipe.send(to)

    def hear_sent(self) -> None:
        """Wait until all was sent."""
        self._hear("sent", _FINISH_S)

    def finish(self) -> None:
        """Wait until it has read all, told what it holds, and ended."""
        if self.process is not None:
            self._hear("ended", _FINISH_S)
            self.process.join(_JOIN_S)
        self.kill()

    def copy_disk(self, to: Path) -> None:
        """A copy of its disk as it is now; its process does not run."""
        if to.exists():
            shutil.rmtree(to)
        shutil.copytree(self.sitting.home, to)

    def put_back(self, disk: Path, diary: Path) -> None:
        """Its disk is another one from now on, and what it tells goes to another diary."""
        shutil.rmtree(self.sitting.home)
        shutil.copytree(disk, self.sitting.home)
        self.sitting = replace(self.sitting, diary=diary)
        self.say(wrong=sorted(self.wrongs))

    def _hear(self, said: str, seconds: float) -> None:
        if self.pipe is None or not self.pipe.poll(seconds):
            raise RuntimeError(f"{self.name} did not say «{said}» in {seconds:.0f} s")
        try:
            told = self.pipe.recv()
        except EOFError:
            raise RuntimeError(f"{self.name} ended before it said «{said}»") from None
        if told != said:
            raise RuntimeError(f"{self.name} said {told}, not «{said}»")


@dataclass
class Town:
    """The centre's machine and all desks; `diaries` are those of every store there ever was.
    `slower` is by how much its desks work slower than those of a few (`sitting`)."""

    folder: Path
    service: Service
    words: tuple[str, ...]
    today: date
    ends: ExitStack
    slower: float = 1.0
    desks: list[Desk] = field(default_factory=list)
    diaries: list[Path] = field(default_factory=list)

    def join(self, office: str, person: str, *enrolling: str, expert: bool = False) -> Desk:
        """A new machine joins the office by a code, at an address of its own; it works."""
        name = f"{office}-{len(self.diaries) + 1}"
        line = self.ends.enter_context(between(Address("127.0.0.1", self.service.port)))
        line.late_s = _LATE_S
        code = self.service.code("enrol", office, "--manager", person, *enrolling)
        sitting = Sitting(
            name=name,
            home=self.folder / name,
            diary=self.diary(name),
            person=person,
            life=1,
            today=self.today,
            expert=expert,
            join=(str(line.address), code, self.words),
            slower=self.slower,
        )
        desk = Desk(name, office, sitting, line)
        self.ends.callback(desk.kill)
        desk.begin()
        self.desks.append(desk)
        return desk

    def diary(self, name: str) -> Path:
        """A new diary, empty."""
        file = self.folder / f"{name}-{len(self.diaries) + 1}.diary"
        file.touch()
        self.diaries.append(file)
        return file
