"""A program of its own that prints letters and is killed at any moment, for a test that counts what
came out of the printer."""

from __future__ import annotations

import json
import os
import signal
import sys
from collections import Counter
from datetime import UTC
from pathlib import Path
from random import Random

from desktop.actions import letters
from desktop.centre.context import at_once
from desktop.demo.beginning import ring_at_once, seat_crew
from desktop.demo.following import Crew, case_now
from desktop.demo.house import open_house
from desktop.demo.people import PASSWORD
from desktop.domain.errors import Refusal
from desktop.premises.clocks import SteppingClock
from desktop.premises.open import House, Opening
from desktop.store import ledger
from desktop.ui import printing
from desktop.ui.look import place_settings
from desktop.ui.pages.letter import sending
from tests.houses import CHEAP, MORNING
from tests.town import PROPERTIES

PRINTER = "چاپگر باجه"
_REFUSED, _SILENT, _SPOILED = 0.05, 0.03, 0.06
# Of a thousand letters twenty kills; of a few one in four letters.
_KILLS, _SHARE = 20, 0.25

# A letter's way has so many moments at which the power may go.
_MOMENTS = 3


class Tray:
    """What came out of the printer: a line a sheet, whatever becomes of who sent it."""

    def __init__(self, path: Path, random: Random, killed: float = 0) -> None:
        self.path, self.random, self.killed = path, random, killed

    def receive(self, _: bytes, title: str) -> None:
        """A job: taken, refused, or taken without a word; and a kill before or after."""
        self.die()
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
        self.die()

    def die(self) -> None:
        """As when the power goes."""
        if self.random.random() < self.killed:
            os.kill(os.getpid(), signal.SIGKILL)

    def sheets(self) -> Counter[str]:
        """How many sheets of each title lie there."""
        if not self.path.exists():
            return Counter()
        lines = self.path.read_text(encoding="utf-8").splitlines()
        return Counter(json.loads(line) for line in lines)


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


def work(house: House, tray: Tray, case_ids: list[str], random: Random, done: Path) -> None:
    """Print, look, hand over; until all is done or the power goes."""
    crew = seat_crew(house)
    settle(crew, tray)
    for case_id in case_ids:
        while not (held := case_now(crew.clerk, case_id).letters[0]).handed_to:
            if not held.on_paper:
                try:
                    sending.send_copy(crew.clerk, case_id, held, PRINTER, "")
                except Refusal:
                    settle(crew, tray)
                tray.die()
                continue
            fresh = [x for x in letters.unsaid(crew.clerk.desk) if x.case_id == case_id]
            if fresh and random.random() < _SPOILED:
                letters.spoil(crew.clerk, fresh[-1], "کج چاپ شد")
                continue
            letters.hand_over(crew.clerk, case_id, held.letter.letter_id, "مالک", "", (), PASSWORD)
        house.office.sync()
        with done.open("a", encoding="utf-8") as ended:
            ended.write(f"{case_id}\n")


def main(folder: Path, number: int) -> None:
    """Work on with the luck of that number."""
    random = Random(number)
    place_settings(folder / "settings")
    case_ids = json.loads((folder / "cases").read_text(encoding="utf-8"))
    tray = Tray(folder / "tray", random, min(_KILLS / len(case_ids), _SHARE) / _MOMENTS)
    printing.stand_in(PRINTER, tray.receive)
    house = opened(folder / "house")
    done = folder / "done"
    ended = done.read_text(encoding="utf-8").split() if done.exists() else []
    left = [case_id for case_id in case_ids if case_id not in set(ended)]
    work(house, tray, left, random, done)
    house.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
