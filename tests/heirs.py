"""A second office with a desk of its own, to which open cases go."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from desktop.actions import access
from desktop.centre import people as centre_people
from desktop.centre.context import CENTRE_ACTOR, Centre
from desktop.centre.reference import publication
from desktop.centre.tick import tick
from desktop.demo.following import Crew
from desktop.demo.people import OFFICE, PASSWORD
from desktop.domain.office import FIRST_DAY, OfficeCard
from desktop.domain.people import Role, Staff
from desktop.domain.stream import Topic
from desktop.keys import DeviceKeys
from desktop.premises.desks import Running, open_desk
from desktop.premises.embedded import Enrolment, enrol_desk, enrol_person
from desktop.wire.cards import card_text
from tests.houses import CHEAP
from tests.town import Town


@dataclass
class Heir:
    """The other office's desk, and the town's people with its own at the counter."""

    town: Town
    code: str
    running: Running
    crew: Crew

    def hear(self) -> None:
        """What is due happens, and both offices hear of it."""
        tick(self.town.house.centre)
        for running in (self.town.house.office, self.running, self.town.house.municipality):
            running.sync()


def publish_office(centre: Centre, code: str) -> OfficeCard:
    """An office that goes by its code, told to all desks."""
    card = replace(OFFICE, code=code, name=f"دفتر پیشخوان {code}", address="یزد، صفائیه، پلاک ۱۴")
    with centre.writing() as session:
        centre_people.open_office(session, card)
        told = publication(Topic.OFFICE, card.own_id, FIRST_DAY, card_text(card))
        centre_people.tell(session, [told], CENTRE_ACTOR, centre.clock())
    return card


def open_heir(town: Town, folder: Path, code: str = "41") -> Heir:
    """An office of that code, with a clerk and a manager at its one desk."""
    centre, keys = town.house.centre, DeviceKeys(folder / "keys", cost=CHEAP)
    card = publish_office(centre, code)
    place = folder / f"{code}.db"
    key = keys.find(enrol_desk(centre, keys, Enrolment(place, card, 1)))
    assert key is not None
    running = open_desk(place, town.line, key, town.clock, demo=True)
    seats = []
    for role, name in ((Role.CLERK, f"سارا {code}"), (Role.MANAGER, f"بهرام {code}")):
        staff = Staff(f"{role.value}-{code}", name, role, code, title=role.word)
        enrol_person(centre, running.desk, staff, PASSWORD, town.clock.now(), CHEAP)
    running.sync()
    for name in (f"سارا {code}", f"بهرام {code}"):
        seats.append(access.sign_in(running.desk, name, PASSWORD))
    running.bell.ring = partial(_round, running)
    clerk, manager = seats
    return Heir(town, code, running, replace(town.crew, clerk=clerk, manager=manager))


def _round(running: Running) -> None:
    running.sync()
