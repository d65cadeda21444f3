"""A کارگزاری as the tests need it: opened beside the demo's office, its path gone, converted."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from desktop.actions import access, intake, offices, registry, staffing
from desktop.actions.desk import Seat
from desktop.centre import people
from desktop.centre.context import CENTRE_ACTOR, Centre
from desktop.centre.offices import add_term
from desktop.centre.shipping import published_card
from desktop.demo.city import Scenario
from desktop.demo.filling import Asker, fill
from desktop.demo.following import case_now
from desktop.demo.people import OFFICE, PASSWORD
from desktop.domain.calendar import TEHRAN
from desktop.domain.conversion import ConversionStep, StepDone
from desktop.domain.office import OfficeCard, OfficeKind
from desktop.domain.people import Applicant, Role, Staff
from desktop.domain.training import Training, TrainingWay
from desktop.keys import DeviceKeys
from desktop.premises import served
from desktop.premises.desks import Running, open_desk
from desktop.premises.embedded import Enrolment, enrol_desk, enrol_person
from desktop.wire.publishing import PublicationBody
from tests.delegated import ACT, TODAY, TOMORROW, announce, put
from tests.houses import CHEAP
from tests.town import Town

AGENCY = replace(
    OFFICE, code="31", name="دفتر کارگزاری ۳۱", kind=OfficeKind.AGENCY, authority="مصوبهٔ ۱۳۹۰ شورا"
)


@dataclass
class Agency:
    """A کارگزاری with one desk and its clerk."""

    town: Town
    card: OfficeCard
    running: Running
    clerk: Seat

    def letter(self, number: int) -> str:
        """The number of the letter of another clearance."""
        case_id = self.register(number)
        self.running.sync()
        (held,) = case_now(self.clerk, case_id).letters
        return held.letter.number

    def register(self, number: int) -> str:
        """Another clearance, put in at the counter; the case's id."""
        town, desk = self.town, self.clerk.desk
        record = town.record(Scenario.CLEAN, number)
        service, figures = intake.services(desk)["clearance"], intake.figures(desk)
        asker = Asker(Applicant.OWNER, record.owners[0], record, str(record.code))
        today = town.clock.moment.astimezone(TEHRAN).date()
        fee = intake.FeePayment("terminal", f"{next(town.slips)}")
        return intake.register(
            self.clerk, service, fill(service, asker, figures, today), fee
        ).case_id

    def letters(self, count: int, at_once: int = 25) -> list[str]:
        """The numbers of so many letters, in the order of their requests; who is dead gets none."""
        known, numbers, asked = len(self.town.properties[Scenario.CLEAN]), list[str](), 0
        while len(numbers) < count:
            cases = []
            for _ in range(min(at_once, count - len(numbers))):
                cases.append(self.register(asked % known))
                asked += 1
            while self.running.sync().more:
                pass
            held = (case_now(self.clerk, case).letters for case in cases)
            numbers += [letters[0].letter.number for letters in held if letters]
        return numbers


@contextmanager
def opened_agency(quick_town: Town, folder: Path, *, trained: bool = True) -> Iterator[Agency]:
    """The کارگزاری of the town, its desk's store in the folder; its clerk has a lesson behind him
    where he is `trained`."""
    town, path = announce(quick_town), folder / "agency.db"
    centre = town.house.centre
    card = replace(AGENCY, office_id=served.open_office(centre, AGENCY))
    keys = DeviceKeys(folder / "keys", cost=CHEAP)
    key = keys.find(enrol_desk(centre, keys, Enrolment(path, card, 1)))
    assert key is not None
    running = open_desk(path, town.house.own_centre, key, town.clock, demo=True)
    clerk = Staff("mina-salehi", "مینا صالحی", Role.CLERK, card.office_id, title="متصدی")
    enrol_person(centre, running.desk, clerk, PASSWORD, town.clock.now(), CHEAP)
    running.sync()
    town.house.municipality.sync()
    agency = Agency(town, card, running, access.sign_in(running.desk, clerk.name, PASSWORD))
    if trained:
        train(agency)
    yield agency
    running.close()


def train(agency: Agency) -> None:
    """Its clerk's paper record of a lesson before the program, by two."""
    version = intake.services(agency.clerk.desk)["clearance"].version
    record = Training(
        agency.clerk.staff.staff_id, "clearance", version, TODAY - timedelta(days=9), "مریم شایق",
        TrainingWay.PAPER, scan=ACT.scan,
    )  # fmt: skip
    put(agency.town, staffing.trainings_draft([record]))


def converted(agency: Agency) -> OfficeCard:
    """The card from the day on which it is a پیشخوان."""
    return replace(
        agency.card, code="7225", kind=OfficeKind.COUNTER, name="دفتر پیشخوان ۷۲۲۵",
        licence="۷۲/۱۴۰۵", licence_until=TODAY + timedelta(days=400),
    )  # fmt: skip


def become(centre: Centre, card: OfficeCard, since: date) -> None:
    """The card in force from a day to come, with no path behind it."""
    with centre.writing() as session:
        add_term(session, card, since)
        people.tell(session, [published_card(card, since)], CENTRE_ACTOR, centre.clock())


def paper(step: ConversionStep) -> StepDone:
    return StepDone(step, "۱۲", TODAY, "مریم شایق", ACT.scan, until=TODAY + timedelta(days=400))


PAPERS = (
    ConversionStep.APPLICATION,
    ConversionStep.LICENCE,
    ConversionStep.PREMISES,
    ConversionStep.EQUIPMENT,
)


def go_path(agency: Agency) -> None:
    """Every paper of the path, and the test of its counter."""
    for step in PAPERS:
        registry.record_step(agency.town.crew.supervisor, agency.card.office_id, paper(step))
    registry.record_step(
        agency.clerk, agency.card.office_id, StepDone(ConversionStep.TEST, counter=1)
    )


def convert(agency: Agency, day: date = TOMORROW) -> PublicationBody:
    """The card of the پیشخوان in force from the day on, by two signatures."""
    done = put(agency.town, offices.office_draft([(converted(agency), day)]))
    agency.running.sync()
    return done
