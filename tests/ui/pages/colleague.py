"""A colleague at the office's second desk, who acts before the first one's acts arrive."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from desktop.actions import access
from desktop.actions.desk import Seat
from desktop.demo.people import OFFICE, PASSWORD
from desktop.domain.people import Role, Staff
from desktop.keys import DeviceKeys
from desktop.premises.desks import Running, open_desk
from desktop.premises.embedded import Enrolment, enrol_desk, enrol_person
from tests.houses import CHEAP
from tests.ui.pages.conftest import Office

LEILA = Staff("leila-heydari", "لیلا حیدری", Role.CLERK, "21", title="متصدی، باجهٔ ۳")


class Colleague:
    """Her desk, and her seat at it."""

    def __init__(self, running: Running, seat: Seat) -> None:
        self.running, self.seat = running, seat

    def sync(self) -> None:
        """What she did reaches the centre, and what others did her."""
        assert self.running.sync().well


@contextmanager
def colleague(office: Office, folder: Path) -> Iterator[Colleague]:
    """The second desk of the office, with everything that the centre has."""
    keys = DeviceKeys(folder / "keys", cost=CHEAP)
    centre = office.house.centre
    device = enrol_desk(centre, keys, Enrolment(folder / "second.db", OFFICE, 3))
    key = keys.find(device)
    assert key is not None
    running = open_desk(folder / "second.db", office.house.own_centre, key, office.clock, demo=True)
    try:
        enrol_person(centre, running.desk, LEILA, PASSWORD, office.clock.now(), CHEAP)
        running.sync()
        yield Colleague(running, access.sign_in(running.desk, LEILA.name, PASSWORD))
    finally:
        running.close()
