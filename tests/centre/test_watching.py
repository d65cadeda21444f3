"""What the supervisor watches: deadlines, one property at two offices, questions without a case."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from desktop.actions import access, board, counter_acts, day_close, intake, office_day, precheck
from desktop.actions.desk import Seat
from desktop.centre import people as centre_people
from desktop.demo.city import Scenario
from desktop.demo.filling import Asker, fill
from desktop.demo.following import case_now
from desktop.demo.people import OFFICE, PASSWORD
from desktop.domain.errors import Refusal
from desktop.domain.people import Applicant, Party, Role, Staff
from desktop.domain.property import PropertyRecord
from desktop.domain.request import Shared
from desktop.domain.tool import Tool
from desktop.keys import DeviceKeys
from desktop.premises.desks import open_desk
from desktop.premises.embedded import Enrolment, enrol_desk, enrol_person
from desktop.store import work_items
from desktop.ui.standing.work_items import item_words
from tests.houses import CHEAP
from tests.town import Town

OTHER = replace(OFFICE, code="22", name="دفتر پیشخوان ۲۲")
THERE = Staff("mina-salehi", "مینا صالحی", Role.CLERK, "22", title="متصدی")


class Elsewhere:
    """Another office of the city, with one clerk."""

    def __init__(self, town: Town, folder: Path) -> None:
        keys = DeviceKeys(folder / "keys", cost=CHEAP)
        centre = town.house.centre
        with centre.writing() as session:
            centre_people.open_office(session, OTHER)
        device = enrol_desk(centre, keys, Enrolment(folder / "other.db", OTHER, 1))
        key = keys.find(device)
        assert key is not None
        self.running = open_desk(
            folder / "other.db", town.house.own_centre, key, town.clock, demo=True
        )
        enrol_person(centre, self.running.desk, THERE, PASSWORD, town.clock.now(), CHEAP)
        self.running.sync()
        self.seat: Seat = access.sign_in(self.running.desk, THERE.name, PASSWORD)


@pytest.fixture
def elsewhere(town: Town, tmp_path: Path) -> Iterator[Elsewhere]:
    """The other office over the same centre."""
    made = Elsewhere(town, tmp_path / "elsewhere")
    yield made
    made.running.close()


def register(town: Town, seat: Seat, record: PropertyRecord, letter_number: str = "") -> str:
    """A request for the property's clearance at the seat's office, without its fee.

    With a letter's number a bank asks by it.
    """
    desk = seat.desk
    figures = intake.figures(desk)
    asker = Asker(Applicant.OWNER, record.owners[0], record, str(record.code))
    if letter_number:
        asker = replace(
            asker,
            applicant=Applicant.BANK,
            body=figures.bodies[0],
            letter_number=letter_number,
        )
    service = intake.services(desk)["inquiry" if letter_number else "clearance"]
    today = town.clock.moment.date()
    return intake.register(seat, service, fill(service, asker, figures, today)).case_id


def ask(seat: Seat, record: PropertyRecord) -> None:
    """Look a property up, as the form does when person and code are there."""
    owner = record.owners[0]
    party = Party(
        kind=Applicant.OWNER,
        person_id=owner.person_id,
        first_name="",
        last_name=owner.name,
        mobile="09131234567",
    )
    precheck.precheck(seat, "clearance", party, str(record.code), None, "yes", {})


def test_only_a_supervisor_watches(town: Town) -> None:
    for seat in (town.crew.expert, town.crew.clerk):
        with pytest.raises(Refusal):
            board.watched(seat)
    assert board.watched(town.crew.supervisor).deadlines == []


def test_deadlines_come_near_and_pass(town: Town) -> None:
    case_id = town.register(town.record(Scenario.CLEAN), pay=False)
    due = case_now(town.crew.clerk, case_id).due_on
    today = town.clock.moment.date()
    for left, counts in ((4, (0, 0)), (3, (0, 1)), (0, (0, 1)), (-1, (1, 0))):
        town.clock.moment += due - timedelta(days=left) - today
        today = due - timedelta(days=left)
        seen = board.watched(town.crew.supervisor)
        assert (seen.past, seen.near) == counts
        assert [case.left for case in seen.deadlines] == ([left] if sum(counts) else [])
    assert seen.deadlines[0].case_id == case_id
    assert seen.deadlines[0].office == OFFICE.name


@pytest.mark.long
def test_one_property_at_two_offices_is_told_to_both_and_shown_as_a_pair(
    town: Town, elsewhere: Elsewhere
) -> None:
    record = town.record(Scenario.CLEAN)
    here = town.register(record, pay=False)
    town.clock.moment += timedelta(minutes=5)
    there = register(town, elsewhere.seat, record)
    town.register(town.record(Scenario.CLEAN, 1), pay=False)
    elsewhere.running.sync()
    (pair,) = board.watched(town.crew.supervisor).pairs
    assert (pair.first.case_id, pair.second.case_id) == (here, there)
    assert (pair.first.office, pair.second.office) == (OFFICE.name, OTHER.name)
    assert town.house.tick() == 2
    assert town.house.tick() == 0
    elsewhere.running.sync()
    for seat, case_id, other in (
        (town.crew.clerk, here, OTHER.name),
        (elsewhere.seat, there, OFFICE.name),
    ):
        with seat.desk.store.reading() as session:
            (item,) = work_items.waiting(session, case_id)
        assert other in item_words(item)
        assert [told.office for told in case_now(seat, case_id).doubles] == [other]


@pytest.mark.long
def test_one_inquiry_letter_at_two_offices_is_a_pair_though_the_properties_differ(
    town: Town, elsewhere: Elsewhere
) -> None:
    first, second = town.record(Scenario.CLEAN, 0), town.record(Scenario.CLEAN, 1)
    here = register(town, town.crew.clerk, first, "۱۴۰۵/۷۷")
    town.clock.moment += timedelta(minutes=5)
    there = register(town, elsewhere.seat, second, "1405/77")
    register(town, elsewhere.seat, town.record(Scenario.CLEAN, 2), "1405/78")
    elsewhere.running.sync()
    (pair,) = board.watched(town.crew.supervisor).pairs
    assert (pair.shared, pair.first.case_id, pair.second.case_id) == (Shared.LETTER, here, there)
    assert town.house.tick() == 2
    assert town.house.tick() == 0
    town.house.office.sync()
    with town.crew.clerk.desk.store.reading() as session:
        (item,) = work_items.waiting(session, here)
    assert "همین نامهٔ استعلام" in item_words(item)


@pytest.mark.slow
def test_a_pair_that_shares_property_and_letter_is_one(town: Town, elsewhere: Elsewhere) -> None:
    record = town.record(Scenario.CLEAN)
    register(town, town.crew.clerk, record, "1405/79")
    town.clock.moment += timedelta(minutes=5)
    register(town, elsewhere.seat, record, "1405/79")
    elsewhere.running.sync()
    (pair,) = board.watched(town.crew.supervisor).pairs
    assert pair.shared is Shared.PROPERTY
    assert town.house.tick() == 2


@pytest.mark.slow
def test_a_pair_ends_with_one_of_its_cases(town: Town, elsewhere: Elsewhere) -> None:
    record = town.record(Scenario.CLEAN)
    here = town.register(record, pay=False)
    town.clock.moment += timedelta(minutes=5)
    register(town, elsewhere.seat, record)
    elsewhere.running.sync()
    counter_acts.withdraw(town.crew.clerk, here, "منصرف شد")
    assert board.watched(town.crew.supervisor).pairs == []


@pytest.mark.long
def test_questions_that_no_case_followed_are_counted_by_clerk(town: Town) -> None:
    clerk = town.crew.clerk
    for number in range(3):
        ask(clerk, town.record(Scenario.CLEAN, number))
    ask(clerk, town.record(Scenario.CLEAN, 0))
    assert board.watched(town.crew.supervisor).askers == []
    town.clock.moment += timedelta(minutes=10)
    town.register(town.record(Scenario.CLEAN, 2), pay=False)
    town.clock.moment += timedelta(hours=2)
    (asker,) = board.watched(town.crew.supervisor).askers
    assert (asker.clerk, asker.office) == ("زهرا فلاح", OFFICE.name)
    assert (asker.asked, asker.without) == (3, 2)
    for number in range(2):
        town.register(town.record(Scenario.CLEAN, number), pay=False)
    assert board.watched(town.crew.supervisor).askers == []
    town.clock.moment += timedelta(days=8)
    assert board.watched(town.crew.supervisor).askers == []


@pytest.mark.slow
def test_offices_that_have_not_closed_their_days_are_seen(town: Town, elsewhere: Elsewhere) -> None:
    """Fridays are none; until somebody has closed a day nobody is told of."""
    supervisor, manager, clock = town.crew.supervisor, town.crew.manager, town.clock
    assert board.watched(supervisor).unclosed == []
    day = office_day.look(manager)
    said = day_close.CloseCount({Tool.TERMINAL: 0, Tool.BANK: 0}, 9, 0, 0, 9)
    day_close.close_day(manager, PASSWORD, day.day, said)
    town.house.office.sync()
    never = [(each.office_id, each.last, each.days) for each in board.watched(supervisor).unclosed]
    assert ("22", None, 0) in never
    assert all(office != "21" for office, *_ in never)
    # From Tuesday to Sunday: Wednesday, Thursday and Saturday were to be closed.
    clock.moment += timedelta(days=5)
    told = board.watched(supervisor)
    first = told.unclosed[0]
    assert (first.office_id, first.last, first.days) == ("21", day.day, 3)
    assert told.unclosed_offices == len(told.unclosed)
    # Who never closed one is counted from his first request, with that day: Sunday to Tuesday,
    # beside five of who closed one on the Tuesday before; a year later as far as anybody is.
    register(town, elsewhere.seat, town.record(Scenario.CLEAN))
    elsewhere.running.sync()
    clock.moment += timedelta(days=2)
    found = [(each.office_id, each.days) for each in board.watched(supervisor).unclosed]
    assert found[:2] == [("21", 5), ("22", 2)]
    clock.moment += timedelta(days=400)
    (one, most), (other, as_many), *_ = [
        (each.office_id, each.days) for each in board.watched(supervisor).unclosed
    ]
    assert (one, other) == ("21", "22")
    assert most == as_many > 60
