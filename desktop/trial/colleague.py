"""Another desk beside the house's own: a colleague's at the same counter, or another office's."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from desktop.actions import access
from desktop.actions.desk import Seat
from desktop.demo.people import OFFICE, PASSWORD
from desktop.domain.office import OfficeCard
from desktop.domain.people import Role, Staff
from desktop.keys import Cost, DeviceKeys
from desktop.premises.desks import Running, open_desk
from desktop.premises.embedded import Enrolment, enrol_desk, enrol_person
from desktop.premises.open import House

LEILA = Staff("leila-heydari", "لیلا حیدری", Role.CLERK, OFFICE.code, title="متصدی")
_CHEAP = Cost(passes=1, memory=8, lanes=1)


@dataclass(frozen=True)
class Colleague:
    """The desk, and a person's seat at it."""

    running: Running
    seat: Seat

    def sync(self) -> None:
        """What was done there reaches the centre, and what others did this desk."""
        if not self.running.sync().well:
            raise RuntimeError("the other desk has no line")


@contextmanager
def colleague(house: House, folder: Path) -> Iterator[Colleague]:
    """The second desk of the house's office, in the folder, with everything the centre has."""
    with at_work(house, folder, OFFICE, LEILA) as (own,):
        yield own


@contextmanager
def at_work(
    house: House, folder: Path, office: OfficeCard, *people: Staff
) -> Iterator[tuple[Colleague, ...]]:
    """A desk of that office, in the folder, with these people at it."""
    keys = DeviceKeys(folder / "keys", cost=_CHEAP)
    path = folder / "second.db"
    key = keys.find(enrol_desk(house.centre, keys, Enrolment(path, office, office.counters + 1)))
    if key is None:
        raise LookupError("no key of the other desk")
    running = open_desk(path, house.own_centre, key, house.clock, demo=True)
    try:
        for person in people:
            now = house.clock.now()
            enrol_person(house.centre, running.desk, person, PASSWORD, now, _CHEAP)
        running.sync()
        yield tuple(
            Colleague(running, access.sign_in(running.desk, person.name, PASSWORD))
            for person in people
        )
    finally:
        running.close()
