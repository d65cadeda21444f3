"""An office whose code and name change on a day: numbers, streams and cases go on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from pydantic import TypeAdapter
from sqlalchemy import select

from desktop.actions import access, board, intake
from desktop.actions.desk import Seat
from desktop.centre.counting import counted
from desktop.centre.offices import office_with
from desktop.centre.tables import FactRow, LetterRow, OfficeTermRow
from desktop.demo.city import Scenario
from desktop.demo.filling import Asker, fill
from desktop.demo.following import case_now
from desktop.demo.people import MUNICIPAL, OFFICE, PASSWORD
from desktop.domain.calendar import TEHRAN
from desktop.domain.case import Case
from desktop.domain.errors import Refusal
from desktop.domain.identifiers import tracking_code
from desktop.domain.office import OfficeCard, OfficeKind
from desktop.domain.people import Applicant, Role, Staff
from desktop.domain.property import PropertyRecord
from desktop.domain.stream import Topic, office_stream
from desktop.keys import DeviceKeys
from desktop.premises import served
from desktop.premises.desks import Running, open_desk
from desktop.premises.embedded import Enrolment, enrol_desk, enrol_person
from desktop.premises.served import Change
from desktop.sql.asked import asked
from desktop.store import meta, published
from desktop.trial.counters import Counter, new_counter
from desktop.wire.canon import GENESIS, link_hash
from desktop.wire.payloads import VerifyAnswer, VerifyAsk
from tests.at_once import at_once
from tests.houses import CHEAP
from tests.town import Town

AGENCY = replace(
    OFFICE, code="31", name="دفتر کارگزاری ۳۱", kind=OfficeKind.AGENCY, authority="مصوبهٔ ۱۳۹۰ شورا"
)
RENAMED = Change(
    code="7225",
    name="دفتر پیشخوان ۷۲۲۵",
    authority="صورت‌جلسهٔ تبدیل ۱۴۰۵/۹/۲",
)
TAKEN, LATE = "کد «{}» از آنِ دفتر دیگری است.", "تغییر دفتر از فردا"


@dataclass
class Agency:
    """An office opened at a centre that gives ids, with a desk and a clerk."""

    town: Town
    office_id: str
    running: Running
    seat: Seat

    @property
    def stream(self) -> str:
        return office_stream(self.office_id)

    @property
    def today(self) -> date:
        return self.town.clock.moment.astimezone(TEHRAN).date()

    def rename(self, change: Change = RENAMED, days: int = 1) -> None:
        since = self.today + timedelta(days=days)
        served.change_office(self.town.house.centre, "31", change, since)

    def register(self, record: PropertyRecord, *, sync: bool = True) -> Case:
        """A clearance, its fee paid; with a line it is answered at once."""
        desk = self.seat.desk
        service, figures = intake.services(desk)["clearance"], intake.figures(desk)
        asker = Asker(Applicant.OWNER, record.owners[0], record, str(record.code))
        fee = intake.FeePayment("terminal", f"{next(self.town.slips)}")
        filled = fill(service, asker, figures, self.today)
        case_id = intake.register(self.seat, service, filled, fee).case_id
        if sync:
            self.running.sync()
        return case_now(self.seat, case_id)

    def found(self, typed: str) -> list[str]:
        """By a clerk of the office."""
        return [row.case_id for row in board.find(self.seat.desk, typed).cases]

    def found_by_all(self, typed: str) -> list[str]:
        """By the municipality's supervisor."""
        rows = board.municipal_queue(self.town.crew.supervisor, text=typed).rows
        return [row.case_id for row in rows]


@pytest.fixture
def town(quick_town: Town) -> Town:
    """On either database, in the quick check too."""
    return quick_town


@pytest.fixture
def agency(town: Town, tmp_path: Path) -> Iterator[Agency]:
    centre, path = town.house.centre, tmp_path / "agency.db"
    office_id = served.open_office(centre, AGENCY)
    card = replace(AGENCY, office_id=office_id)
    keys = DeviceKeys(tmp_path / "keys", cost=CHEAP)
    key = keys.find(enrol_desk(centre, keys, Enrolment(path, card, 1)))
    assert key is not None
    running = open_desk(path, town.house.own_centre, key, town.clock, demo=True)
    clerk = Staff("mina-salehi", "مینا صالحی", Role.CLERK, office_id, title="متصدی")
    enrol_person(centre, running.desk, clerk, PASSWORD, town.clock.now(), CHEAP)
    running.sync()
    seat = access.sign_in(running.desk, clerk.name, PASSWORD)
    yield Agency(town, office_id, running, seat)
    running.close()


def letter_of(case: Case) -> tuple[str, str]:
    """The answer's number and signature."""
    (held,) = case.letters
    return held.letter.number, held.letter.signature


def verified(counter: Counter, number: str, signature: str) -> str:
    reply = counter.call("/v1/verify", VerifyAsk(number=number, signature=signature))
    return VerifyAnswer.model_validate_json(reply.body).state


@pytest.mark.slow
def test_from_its_day_on_codes_and_letters_are_the_new_ones_and_numbers_go_on(
    town: Town, agency: Agency
) -> None:
    first = agency.register(town.record(Scenario.CLEAN, 0))
    agency.rename()
    still = agency.register(town.record(Scenario.CLEAN, 1))
    town.clock.moment += timedelta(days=1)
    third = agency.register(town.record(Scenario.CLEAN, 2))

    codes = [case.request.tracking.partition("-")[0] for case in (first, still, third)]
    assert codes == ["31", "31", "7225"]
    assert [letter_of(case)[0] for case in (first, still, third)] == [
        "1405/31/1",
        "1405/31/2",
        "1405/7225/3",
    ]
    heads = [case.letters[0].letter.text.head.office for case in (first, still, third)]
    assert heads == [AGENCY.name, AGENCY.name, RENAMED.name]
    assert third.letters[0].letter.text.authority == RENAMED.authority
    # One series, one stream, one enrolment.
    assert counted(town.house.centre)["gaps"] == 0
    with town.house.centre.reading() as session:
        series = select(LetterRow.office, LetterRow.serial).order_by(LetterRow.serial)
        assert [tuple(row) for row in session.execute(series)] == [
            (agency.office_id, serial) for serial in (1, 2, 3)
        ]
        own = select(FactRow).where(FactRow.stream == agency.stream)
        chain = GENESIS
        for pos, fact in enumerate(session.scalars(own.order_by(FactRow.pos)), start=1):
            chain = link_hash(chain, fact.canon)
            assert (fact.pos, fact.hash) == (pos, chain)
    assert {case.stream for case in (first, still, third)} == {agency.stream}
    with agency.running.desk.store.reading() as session:
        identity = meta.get(session).identity
    assert (identity.office, identity.home) == (agency.office_id, agency.stream)


@pytest.mark.long
def test_letters_and_cases_are_found_under_the_old_code_and_the_new(
    town: Town, agency: Agency
) -> None:
    before = agency.register(town.record(Scenario.CLEAN, 0))
    agency.rename()
    town.clock.moment += timedelta(days=1)
    after = agency.register(town.record(Scenario.CLEAN, 1))
    anybody = new_counter(town.house.centre, "90")

    for case, written in ((before, "1405/{}/1"), (after, "1405/{}/2")):
        number, signature = letter_of(case)
        for code in ("31", "7225"):
            assert agency.found(written.format(code)) == [case.case_id]
            assert agency.found_by_all(written.format(code)) == [case.case_id]
            assert verified(anybody, written.format(code), signature) == "issued"
        assert number in {written.format(code) for code in ("31", "7225")}
    _, dated, desk, serial, _ = before.request.tracking.split("-")
    for code in ("31", "7225"):
        typed = tracking_code(code, dated, int(desk), int(serial))
        assert agency.found(typed) == agency.found_by_all(typed) == [before.case_id]
    # The code by itself is the office, whichever: at the counter a person's number is more.
    town.register(town.record(Scenario.CLEAN, 2))
    for code in ("31", "7225"):
        queue = board.municipal_queue(town.crew.supervisor, office=code)
        assert {row.case_id for row in queue.rows} == {before.case_id, after.case_id}
        assert {before.case_id, after.case_id} <= set(agency.found_by_all(code))
    assert verified(anybody, "1405/99/1", letter_of(before)[1]) == "unknown"


@pytest.mark.slow
def test_the_city_is_told_by_the_code_of_the_day(town: Town, agency: Agency) -> None:
    agency.register(town.record(Scenario.CLEAN, 0))
    agency.rename()
    supervisor = town.crew.supervisor
    for days, told in ((0, ("31", AGENCY.name)), (1, (RENAMED.code, RENAMED.name))):
        town.clock.moment += timedelta(days=days)
        town.house.municipality.sync()
        offices = board.city_day(supervisor, agency.today).offices
        assert told in {(row.office, row.name) for row in offices}
        assert told in board.offices_known(supervisor.desk).items()
    with town.house.centre.reading() as session:
        terms = session.scalars(select(OfficeTermRow).order_by(OfficeTermRow.since))
        days_of = [
            (term.since, term.until, term.code, term.kind, term.authority)
            for term in terms
            if term.office_id == agency.office_id
        ]
    eve, day = agency.today - timedelta(days=1), agency.today
    assert days_of == [
        (eve, eve, "31", "agency", AGENCY.authority),
        (day, None, "7225", "agency", RENAMED.authority),
    ]


@pytest.mark.slow
def test_a_desk_that_has_not_heard_goes_on_under_the_former_code(
    town: Town, agency: Agency
) -> None:
    """Without a line on the day; a desk of an earlier program knows no other code for good."""
    agency.rename()
    town.clock.moment += timedelta(days=1)
    case = agency.register(town.record(Scenario.CLEAN), sync=False)
    assert case.request.tracking.startswith("31-")
    agency.running.sync()
    settled = case_now(agency.seat, case.case_id)
    assert letter_of(settled)[0] == "1405/7225/1"
    assert agency.register(town.record(Scenario.CLEAN, 1)).request.tracking.startswith("7225-")


@pytest.mark.slow
def test_what_an_office_was_once_it_may_be_again(town: Town, agency: Agency) -> None:
    first = Change(AGENCY.code, AGENCY.name, AGENCY.authority)
    for number, change in enumerate((RENAMED, first)):
        agency.rename(change)
        town.clock.moment += timedelta(days=1)
        agency.running.sync()
        case = agency.register(town.record(Scenario.CLEAN, number))
        assert case.request.tracking.startswith(f"{change.code}-")
        assert letter_of(case)[0].split("/")[1] == change.code


@pytest.mark.slow
def test_a_code_of_tomorrow_is_none_of_today(town: Town) -> None:
    centre, counter = town.house.centre, new_counter(town.house.centre, "41")
    served.change_office(centre, "41", RENAMED, town.clock.moment.date() + timedelta(days=1))
    record = town.record(Scenario.CLEAN)
    early = renamed(counter, "7225").register(record)
    counter.push(*early)
    assert counted(centre)["refused"] == len(early)
    town.clock.moment += timedelta(days=1)
    late = renamed(counter, "7225").register(record)
    counter.push(*late)
    assert counter.case(late[0].case_id).letters[0].letter.number == "1405/7225/1"


def renamed(counter: Counter, code: str) -> Counter:
    """As it would ask under another code."""
    return replace(counter, office=code)


@pytest.mark.long
def test_a_push_asks_nothing_of_an_office_that_is_known(town: Town) -> None:
    counter = new_counter(town.house.centre, "41")
    counter.push(*counter.register(town.record(Scenario.CLEAN, 0)))
    acts = counter.register(town.record(Scenario.CLEAN, 1))
    with asked(counter.centre.writer) as found:
        counter.push(*acts)
    assert not [each for each in found if "office_term" in each.words]


@pytest.mark.slow
def test_an_office_of_before_goes_by_its_first_code_for_good(town: Town) -> None:
    """Its stream, desks and series bear it: they are kept as they are under any code to come."""
    centre, counter = town.house.centre, new_counter(town.house.centre, "41")
    counter.push(*counter.register(town.record(Scenario.CLEAN, 0)))
    served.change_office(centre, "41", RENAMED, town.clock.moment.date() + timedelta(days=1))
    town.clock.moment += timedelta(days=1)
    acts = counter.register(town.record(Scenario.CLEAN, 1))
    counter.push(*acts)
    case = counter.case(acts[0].case_id)
    assert (case.stream, case.letters[0].letter.number) == ("office:41", "1405/7225/2")
    figures = counted(centre)
    assert (figures["gaps"], figures["held"], figures["refused"]) == (0, 0, 0)


@pytest.mark.slow
def test_a_code_is_one_offices_for_ever(town: Town, agency: Agency) -> None:
    centre = town.house.centre
    agency.rename()
    for spent in ("31", "7225", "21"):
        with pytest.raises(Refusal, match=TAKEN.format(spent)):
            served.open_office(centre, replace(AGENCY, code=spent))
    with pytest.raises(Refusal, match=TAKEN.format("31")):
        served.change_office(
            centre, "21", replace(RENAMED, code="31"), agency.today + timedelta(days=5)
        )
    with pytest.raises(Refusal, match="۲ تا ۲۰ رقم"):
        agency.rename(replace(RENAMED, code="۷۲"), days=9)
    with pytest.raises(Refusal, match=LATE):
        agency.rename(days=0)
    with pytest.raises(Refusal, match="تغییر دیگری"):
        agency.rename(replace(RENAMED, code="7226"), days=1)
    with pytest.raises(Refusal, match="دفتری با این کد نیست"):
        served.change_office(centre, "77", RENAMED, agency.today + timedelta(days=1))
    # It may have its former one again.
    agency.rename(replace(RENAMED, code="31"), days=9)
    with centre.reading() as session:
        assert office_with(session, agency.office_id).codes() == ("31", "7225")
        assert office_with(session, agency.office_id).codes(agency.today) == ("31",)


@pytest.mark.long
def test_of_two_offices_that_ask_for_one_code_at_once_one_gets_it(postgres_town: Town) -> None:
    centre, since = postgres_town.house.centre, postgres_town.clock.moment.date()
    for code in ("41", "42"):
        served.open_office(centre, replace(AGENCY, code=code))
    refused: list[str] = []

    def ask(code: str) -> None:
        try:
            served.change_office(centre, code, RENAMED, since + timedelta(days=1))
        except Refusal as no:
            refused.append(no.words)

    at_once(lambda: ask("41"), lambda: ask("42"))
    assert refused == [TAKEN.format("7225")]


@dataclass(frozen=True)
class CardOfBefore:
    """An office as the programs before ids read it."""

    code: str
    name: str
    address: str
    phone: str
    postal_code: str
    district: int
    authority: str
    sample: bool


@pytest.mark.slow
def test_a_program_of_before_reads_what_is_told_of_an_office(town: Town, agency: Agency) -> None:
    agency.rename()
    agency.running.sync()
    with agency.running.desk.store.reading() as session:
        told = published.told(session, Topic.OFFICE, agency.office_id)
    read = [TypeAdapter(CardOfBefore).validate_json(item.text) for item in told]
    assert [(card.code, card.name) for card in read] == [
        ("31", AGENCY.name),
        ("7225", RENAMED.name),
    ]
    # One of before is told in the very words of before.
    own = served_text(town, MUNICIPAL)
    assert "office_id" not in own
    assert "kind" not in own


def served_text(town: Town, card: OfficeCard) -> str:
    with town.crew.clerk.desk.store.reading() as session:
        (item,) = published.told(session, Topic.OFFICE, card.own_id)
    return item.text
