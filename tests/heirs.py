"""A second office with a desk of its own, to which open cases go."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path

from desktop.actions import access, counter_acts, delegations, payments
from desktop.centre import people as centre_people
from desktop.centre.context import CENTRE_ACTOR, Centre
from desktop.centre.reference import publication
from desktop.centre.streams import load_case
from desktop.centre.tick import tick
from desktop.demo.city import Scenario
from desktop.demo.following import Crew, case_now, deliver, release, step
from desktop.demo.people import OFFICE, PASSWORD
from desktop.domain.case import Case
from desktop.domain.office import FIRST_DAY, OfficeCard
from desktop.domain.papers import Defect
from desktop.domain.people import Role, Staff
from desktop.domain.state import State
from desktop.domain.stream import Topic
from desktop.keys import DeviceKeys
from desktop.premises.desks import Running, open_desk
from desktop.premises.embedded import Enrolment, enrol_desk, enrol_person
from desktop.wire.cards import card_text
from tests.delegated import TODAY, hand_over, put
from tests.houses import CHEAP
from tests.town import Town

LAST = TODAY + timedelta(days=3)
HEIR = "41"
VISITED = "no-violation"


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
    town.beside.append(running)
    seats = []
    for role, name in ((Role.CLERK, f"سارا {code}"), (Role.MANAGER, f"بهرام {code}")):
        staff = Staff(f"{role.value}-{code}", name, role, code, title=role.word)
        enrol_person(centre, running.desk, staff, PASSWORD, town.clock.now(), CHEAP)
    running.sync()
    for name in (f"سارا {code}", f"بهرام {code}"):
        seats.append(access.sign_in(running.desk, name, PASSWORD))
    running.bell.ring = partial(_round, running)
    clerk, manager = seats
    return Heir(town, code, running, town.crew.but(clerk=clerk, manager=manager))


def _round(running: Running) -> None:
    running.sync()


def stamped_elsewhere(town: Town, folder: Path, code: str = "41") -> Case:
    """A case of another office, its letter stamped there."""
    heir = open_heir(town, folder, code)
    there = replace(town, crew=heir.crew)
    case_id = there.register(town.record(Scenario.CLEAN, 4))
    release(heir.crew, case_now(heir.crew.clerk, case_id))
    heir.running.sync()
    return case_now(heir.crew.clerk, case_id)


def ends(town: Town, heir: str = HEIR, services: tuple[str, ...] = ("clearance", VISITED)) -> None:
    """The services are taken from office 21 after the last day, its open cases go to the heir."""
    told = hand_over(town, since=TODAY + timedelta(days=1), offices=["21", heir], services=services)
    until = LAST + timedelta(days=1)
    ended = [replace(one, since=until, withdrawn=True, heir=heir) for one in told[: len(services)]]
    put(town, delegations.delegation_draft(ended))


def at(town: Town, day: date) -> None:
    """It is the morning of that day."""
    town.clock.moment += day - town.clock.moment.date()


def seen(heir: Heir, case_id: str) -> tuple[Case, Case]:
    """The case as the heir sees it and as the centre has it."""
    with heir.town.house.centre.reading() as session:
        case = load_case(session, case_id)
    assert case is not None
    return case_now(heir.crew.clerk, case_id), case


def finish(heir: Heir, case_id: str) -> Case:
    """The heir takes the case to the letter in the citizen's hand."""
    crew = heir.crew
    while (case := case_now(crew.clerk, case_id)).state is not State.HANDED_OVER:
        match case.state:
            case State.FEE_DUE:
                slip = f"{next(heir.town.slips)}"
                payments.pay_fee(crew.clerk, case, "office", "terminal", slip)
            case State.RETURNED:
                counter_acts.amend(crew.clerk, case_id, {"party.mobile": "09131112233"})
            case _:
                step(crew, case, heir.town.clock.moment)
        heir.hear()
    return case


def in_fee_due(town: Town) -> str:
    return town.register(town.record(Scenario.CLEAN, 1), pay=False)


def in_pay_due(town: Town) -> str:
    return town.register(town.record(Scenario.DEBT))


def in_returned(town: Town) -> str:
    case_id = town.register(town.record(Scenario.CLEAN, 2), pay=False)
    counter_acts.lack_documents(
        town.crew.clerk, case_id, "", (Defect("سند", "خوانا نیست", "تصویر خوانا بیاورید"),)
    )
    return case_id


def in_review(town: Town) -> str:
    return town.register(town.record(Scenario.DEED), VISITED)


def in_visit_due(town: Town) -> str:
    return town.register(town.record(Scenario.OLD_VISIT), VISITED)


def in_booked(town: Town) -> str:
    case_id = town.register(town.record(Scenario.OLD_VISIT, 1), VISITED)
    step(town.crew, case_now(town.crew.clerk, case_id), town.clock.moment)
    return case_id


def in_issued(town: Town) -> str:
    return town.register(town.record(Scenario.CLEAN, 3))


def in_released(town: Town) -> str:
    case_id = town.register(town.record(Scenario.CLEAN, 4))
    release(town.crew, case_now(town.crew.clerk, case_id))
    return case_id


def in_printed(town: Town) -> str:
    case_id = in_released(town)
    deliver(town.crew, case_now(town.crew.clerk, case_id))
    return case_id
