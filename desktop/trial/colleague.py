"""A colleague at the office's second desk, who acts before the first one's acts arrive."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from desktop.actions import access
from desktop.actions.desk import Seat
from desktop.demo.people import OFFICE, PASSWORD
from desktop.domain.people import Role, Staff
from desktop.keys import Cost, DeviceKeys
from desktop.premises.desks import Running, open_desk
from desktop.premises.embedded import Enrolment, enrol_desk, enrol_person
from desktop.premises.open import House

LEILA = Staff("leila-heydari", "لیلا حیدری", Role.CLERK, OFFICE.code, title="متصدی")
_DESK = 3
_CHEAP = Cost(passes=1, memory=8, lanes=1)


@dataclass(frozen=True)
class Colleague:
    """Her desk, and her seat at it."""

    running: Running
    seat: Seat

    def sync(self) -> None:
        """What she did reaches the centre, and what others did her."""
        if not self.running.sync().well:
            raise RuntimeError("the second desk has no line")


@contextmanager
def colleague(house: House, folder: Path) -> Iterator[Colleague]:
    """The second desk of the house's office, in the folder, with everything the centre has."""
    keys = DeviceKeys(folder / "keys", cost=_CHEAP)
    path = folder / "second.db"
    key = keys.find(enrol_desk(house.centre, keys, Enrolment(path, OFFICE, _DESK)))
    if key is None:
        raise LookupError("no key of the second desk")
    running = open_desk(path, house.own_centre, key, house.clock, demo=True)
    try:
        enrol_person(house.centre, running.desk, LEILA, PASSWORD, house.clock.now(), _CHEAP)
        running.sync()
        yield Colleague(running, access.sign_in(running.desk, LEILA.name, PASSWORD))
    finally:
        running.close()
