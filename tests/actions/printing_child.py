"""A program of its own that prints letters and is killed at each step of a print, for a test that
counts what came out of the printer."""

from __future__ import annotations

import json
import os
import signal
import sys
from collections import Counter
from collections.abc import Callable
from datetime import UTC
from enum import StrEnum
from functools import wraps
from pathlib import Path
from random import Random
from typing import ParamSpec, TypeVar

from desktop.actions import letters
from desktop.centre.context import at_once
from desktop.demo.beginning import ring_at_once, seat_crew
from desktop.demo.following import Crew, case_now
from desktop.demo.house import open_house
from desktop.demo.people import PASSWORD
from desktop.domain.errors import Refusal
from desktop.domain.made_up import made_up_national_id
from desktop.premises.clocks import SteppingClock
from desktop.premises.open import House, Opening
from desktop.store import ledger
from desktop.ui import printing
from desktop.ui.look import place_settings
from desktop.ui.pages.letter import sending
from tests.houses import CHEAP, MORNING
from tests.town import PROPERTIES

_P = ParamSpec("_P")
_T = TypeVar("_T")
PRINTER = "چاپگر باجه"
RECEIVER, SEEN = made_up_national_id(700_001), ("کارت ملی",)
_REFUSED, _SILENT, _SPOILED = 0.05, 0.03, 0.06
# Of a thousand letters so many kills; of a few one in four letters.
_KILLS, _SHARE = 28, 0.25


class Step(StrEnum):
    """Where a letter's print is when the power goes; each begin of the program has the next one."""

    DRAWN = "its file is drawn, what the ledger says of it not yet committed"
    BEGUN = "the ledger says so, the spooler has nothing"
    OUT = "the sheet lies in the tray, nobody has written that"
    WRITTEN = "what became of it is written, not yet committed"
    SAID = "it is said to be readable, not yet committed"
    GIVEN = "it is handed over, and the centre has heard nothing"
    TOLD = "the centre has heard it"

    @property
    def leaves_doubt(self) -> bool:
        """Whether the next start has to ask what became of the sheet."""
        return self in (Step.BEGUN, Step.OUT, Step.WRITTEN)


class Tray:
    """What came out of the printer: a line a sheet, whatever becomes of who sent it."""

    def __init__(self, path: Path, random: Random) -> None:
        self.path, self.random = path, random

    def receive(self, _: bytes, title: str) -> None:
        """A job: taken, refused, or taken without a word."""
        fate = self.random.random()
        if fate < _REFUSED:
            raise Refusal("کاغذ ندارد")
        # One that gives no answer has printed, or not.
        if fate < _REFUSED + _SILENT / 2:
            raise printing.NoAnswer("پاسخ نمی‌دهد")
        with self.path.open("a", encoding="utf-8") as tray:
            tray.write(json.dumps(title) + "\n")
        if fate < _REFUSED + _SILENT:
            raise printing.NoAnswer("پاسخ نمی‌دهد")

    def sheets(self) -> Counter[str]:
        """How many sheets of each title lie there."""
        if not self.path.exists():
            return Counter()
        lines = self.path.read_text(encoding="utf-8").splitlines()
        return Counter(json.loads(line) for line in lines)


class Power:
    """It goes at one step of some letter, and a file keeps at which."""

    def __init__(self, path: Path, random: Random, step: Step, share: float) -> None:
        self.path, self.random, self.step, self.share = path, random, step, share

    def at(self, step: Step) -> None:
        """Now and then the program ends here, at its step."""
        if step is self.step and self.random.random() < self.share:
            with self.path.open("a", encoding="utf-8") as kills:
                kills.write(f"{step.name}\n")
            os.kill(os.getpid(), signal.SIGKILL)

    def after(self, step: Step, do: Callable[_P, _T]) -> Callable[_P, _T]:
        """What ends, now and then, with the program."""

        @wraps(do)
        def done(*args: _P.args, **kwargs: _P.kwargs) -> _T:
            result = do(*args, **kwargs)
            self.at(step)
            return result

        return done

    def watch(self) -> None:
        """The ledger's own writes, in the midst of their transactions."""
        ledger.begin = self.after(Step.DRAWN, ledger.begin)
        ledger.end = self.after(Step.WRITTEN, ledger.end)
        ledger.say = self.after(Step.SAID, ledger.say)


def kills_in(folder: Path) -> list[Step]:
    """At which steps the program was killed, in turn."""
    path = folder / "kills"
    names = path.read_text(encoding="utf-8").split() if path.exists() else []
    return [Step[name] for name in names]


def opened(folder: Path) -> House:
    """The house, as its program opens it after a kill."""
    clock = SteppingClock(MORNING.astimezone(UTC))
    house = open_house(folder, Opening(clock, cost=CHEAP, later=at_once), properties=PROPERTIES)
    ring_at_once(house)
    return house


def settle(crew: Crew, tray: Tray) -> None:
    """The clerk looks into the tray and says of each doubt whether its sheet lies there."""
    desk = crew.clerk.desk
    for doubt in letters.doubted(desk):
        held = case_now(crew.clerk, doubt.case_id).letters[0]
        title = sending.title_of(held.letter.number, doubt.copy)
        with desk.store.reading() as session:
            known = [
                each
                for each in ledger.of_letter(session, doubt.letter_id)
                if each.copy == doubt.copy and each.state is ledger.PrintState.PRINTED
            ]
        letters.settle_doubt(crew.clerk, doubt, out=tray.sheets()[title] > len(known))


def work(
    house: House, crew: Crew, tray: Tray, power: Power, case_ids: list[str], done: Path
) -> None:
    """Print, look, hand over; until all is done or the power goes."""
    settle(crew, tray)
    for case_id in case_ids:
        while not (held := case_now(crew.clerk, case_id).letters[0]).handed_to:
            if not held.on_paper:
                try:
                    sending.send_copy(crew.clerk, case_id, held, PRINTER, "")
                except Refusal:
                    settle(crew, tray)
                continue
            fresh = [x for x in letters.unsaid(crew.clerk.desk) if x.case_id == case_id]
            if fresh and power.random.random() < _SPOILED:
                letters.spoil(crew.clerk, fresh[-1], "کج چاپ شد")
                continue
            for sheet in fresh:
                letters.say_readable(crew.clerk.desk, sheet)
            letter_id = held.letter.letter_id
            letters.hand_over(crew.clerk, case_id, letter_id, "مالک", RECEIVER, SEEN, PASSWORD)
            power.at(Step.GIVEN)
        house.office.sync()
        power.at(Step.TOLD)
        with done.open("a", encoding="utf-8") as ended:
            ended.write(f"{case_id}\n")


def main(folder: Path, number: int) -> None:
    """Work on with the luck of that number."""
    random = Random(number)
    place_settings(folder / "settings")
    case_ids = json.loads((folder / "cases").read_text(encoding="utf-8"))
    tray = Tray(folder / "tray", random)
    steps = list(Step)
    share = min(_KILLS / len(case_ids), _SHARE)
    power = Power(folder / "kills", random, steps[number % len(steps)], share)
    power.watch()

    def receive(pdf: bytes, title: str) -> None:
        power.at(Step.BEGUN)
        tray.receive(pdf, title)
        power.at(Step.OUT)

    printing.stand_in(PRINTER, receive)
    house = opened(folder / "house")
    crew = seat_crew(house)
    if kills := kills_in(folder):
        # What the power cut left open is told at the next start.
        assert bool(letters.doubted(crew.clerk.desk)) is kills[-1].leaves_doubt
    done = folder / "done"
    ended = done.read_text(encoding="utf-8").split() if done.exists() else []
    left = [case_id for case_id in case_ids if case_id not in set(ended)]
    work(house, crew, tray, power, left, done)
    house.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
