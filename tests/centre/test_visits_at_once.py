"""From eight processes: offices book, move and withdraw, while inspectors fall ill at random.

The database notes in which order facts were written, so that all that was sold is sold again, one
fact after the other: an oversale that was moved away later is seen too.
"""

from __future__ import annotations

import json
import multiprocessing
from collections import Counter as Tally
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from multiprocessing.synchronize import Barrier
from random import Random
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from desktop.actions import visits
from desktop.centre.context import CENTRE_ACTOR, Centre
from desktop.centre.counting import counted
from desktop.centre.people import enrol_device, enrol_person, tell
from desktop.centre.reference import publication
from desktop.centre.signing import CentreKeys
from desktop.centre.streams import load_cases
from desktop.centre.tables import CaseRow
from desktop.centre.visit_tables import BookingRow, VisitSlotRow
from desktop.centre.visits import names
from desktop.chance import new_id
from desktop.demo.city import Scenario
from desktop.domain import commands as c
from desktop.domain import facts as f
from desktop.domain.calendar import TEHRAN, iso_jalali
from desktop.domain.case import Case
from desktop.domain.office import MUNICIPALITY
from desktop.domain.people import Role, Staff
from desktop.domain.property import PropertyRecord
from desktop.domain.request import Slot
from desktop.domain.rota import Away, Place, Rota
from desktop.domain.state import State
from desktop.domain.stream import CommandRefused, Fact, Published, Topic
from desktop.forms.catalogue import HOLIDAYS_KEY
from desktop.forms.holidays import read_holidays
from desktop.forms.published_values import published_value
from desktop.forms.shipped import holidays_text
from desktop.keys import new_key
from desktop.sql.engine import reader, writer
from desktop.trial.counters import Act, Counter, booking, new_counter
from desktop.wire import calls, link
from desktop.wire.assent import Purpose, assent
from desktop.wire.codec import decode_fact
from desktop.wire.visit_plan import (
    MoveVisitsAsk,
    VisitsToMoveAnswer,
    VisitsToMoveAsk,
    away_body,
    move_subject,
)
from tests.centre.test_places import WEEK, today
from tests.sizes import size
from tests.town import Town

MOST, TOGETHER = 3, 10
CASES = 17
"""An office's. All want the first `WANTED` half-days, which have fewer places than there are cases;
every third act is content with one of the `OTHERS` after them."""
WANTED, OTHERS = 6, 18
ROUNDS, WITHDRAWS = size(22, 200), size(15, 2) / 1_000
TAKES = {
    "slot-booked": 7 * CASES - 10,
    "slot-moved": 7 * ROUNDS * TOGETHER // 2,
    "withdrawn": 7,
    "full": 7 * ROUNDS,
    "moved by the city": 7,
}
"""How often at least each takes effect, or is refused as the half-day is full."""
CLOSED, SICK = 4, 5
"""So many days ahead is the holiday, a Saturday on which all have rounds, and one is away."""
INSPECTORS = ("ali-kargar", "reza-bagheri", "sara-naderi")
_FORKS = multiprocessing.get_context("forkserver")
# Each process begins with what the test itself has loaded.
_FORKS.set_forkserver_preload(["tests.centre.test_visits_at_once"])


@dataclass
class Planner:
    """A planner at a desk of the municipality."""

    desk: Counter
    staff: Staff
    key: Ed25519PrivateKey

    def ask(self, path: str, body: Any) -> VisitsToMoveAnswer | None:
        """The answer; None where the centre refused, or is busy."""
        reply = self.desk.call(path, body)
        if reply.status != link.OK:
            assert reply.status != link.BROKEN, reply.body
            return None
        return VisitsToMoveAnswer.model_validate_json(reply.body)

    def move_all(self, away: Away | None) -> bool:
        """What was looked at is moved; whether it was still so."""
        body = away_body(away) if away is not None else None
        seen = self.ask(
            calls.VISITS_TO_MOVE.path, VisitsToMoveAsk(actor=self.staff.staff_id, away=body)
        )
        if seen is None:
            return False
        centre = self.desk.centre
        said = assent(
            lambda said: self.key.sign(said).hex(),
            centre.identity.centre,
            Purpose.MOVE_VISITS,
            move_subject(body, seen.digest),
            actor=self.staff.staff_id,
            reason="بیماری",
            at=centre.clock(),
        )
        ask = MoveVisitsAsk(away=body, digest=seen.digest, assent=said)
        return self.ask(calls.MOVE_VISITS.path, ask) is not None


def planner_of(centre: Centre) -> Planner:
    """Another planner, at a device of their own."""
    key, device_id = new_key(), new_id()
    public = link.public_hex(key)
    staff = Staff("planner-2", "مینا صدر", Role.PLANNER, MUNICIPALITY, public)
    with centre.writing() as session:
        enrol_device(session, device_id, MUNICIPALITY, 9, public)
        enrol_person(session, staff, centre.clock())
    return Planner(Counter(centre, MUNICIPALITY, staff.staff_id, device_id, key), staff, key)


def opened(url: str, secret: bytes, moment: datetime) -> Centre:
    keys = CentreKeys.from_secret(secret, demo=True)
    return Centre(writer(url), reader(url), keys, lambda: moment)


def plan(url: str, secret: bytes, moment: datetime, rounds: int, together: Barrier) -> None:
    """Inspectors fall ill for days or halves and come back, and a day is declared a holiday; what
    was booked is moved with it."""
    centre = opened(url, secret, moment)
    planner, random = planner_of(centre), Random(1)
    first = moment.astimezone(TEHRAN).date()
    together.wait()
    moved = 0
    for turn in range(rounds):
        if turn == rounds // 2:
            close(centre, first + timedelta(days=CLOSED))
        day = first + timedelta(days=random.randint(1, 6))
        half = random.choice((0, 0, 1, 2))
        last = day if half else day + timedelta(days=random.randint(0, 2))
        who = random.choice(INSPECTORS)
        away = Away(who, day, last, half, withdrawn=random.random() < 0.5)
        moved += planner.move_all(away)
    assert moved
    # One of them stays away, and what the holiday left behind is moved at last, whoever books
    # beside it.
    sick = Away(INSPECTORS[1], first + timedelta(days=SICK), first + timedelta(days=SICK))
    while not planner.move_all(sick):
        pass
    ask = VisitsToMoveAsk(actor=planner.staff.staff_id)
    while (left := planner.ask(calls.VISITS_TO_MOVE.path, ask)) is None or left.total:
        planner.move_all(None)
    centre.close()


def close(centre: Centre, day: date) -> None:
    """The day is declared a holiday."""
    row = f"{iso_jalali(day)},تعطیل ناگهانی,official"
    told = f"{holidays_text().rstrip()}\n{row}\n"
    today = centre.clock().astimezone(TEHRAN).date()
    fact = publication(Topic.HOLIDAYS, HOLIDAYS_KEY, today, told)
    with centre.writing() as session:
        tell(session, [fact], CENTRE_ACTOR, centre.clock())


def work(
    url: str,
    secret: bytes,
    moment: datetime,
    number: int,
    rounds: int,
    record: PropertyRecord,
    together: Barrier,
) -> None:
    """An office that books visits, moves them and has people withdraw, without looking first what
    is free."""
    centre = opened(url, secret, moment)
    counter, random = new_counter(centre, f"{40 + number}"), Random(number)
    slots = counter.free_slots(2, WANTED + OTHERS)
    # Registered and paid for before it begins.
    each = range(1, CASES + 1)
    asked = [counter.register(record, code=f"2-9{40 + number}-{one}-1-1-0-0") for one in each]
    counter.push(*(act for acts in asked for act in acts))
    cases = [acts[0].case_id for acts in asked]
    counter.push(*(counter.pay_visit(case_id) for case_id in cases))
    together.wait()
    for _ in range(rounds):
        with centre.reading() as session:
            found = load_cases(session, cases).values()
        # Those of one push lock their places in one order, whichever they name first.
        alive = [case for case in found if case.state is not State.WITHDRAWN]
        few = random.sample(alive, min(TOGETHER, len(alive)))
        counter.push(*(chosen(random, case, slots) for case in few))
    centre.close()


def chosen(random: Random, case: Case, slots: list[Slot]) -> Act:
    """What an office may ask of one of its cases, as far as it knows."""
    wanted = slots[:WANTED] if random.randrange(3) else slots[WANTED:]
    slot = random.choice(wanted)
    if case.state is not State.BOOKED:
        return booking(case.case_id, slot)
    if random.random() < WITHDRAWS:
        return Act(case.case_id, c.Withdraw("منصرف شد"))
    return Act(case.case_id, c.MoveVisit(slot, "درخواست مالک"))


NOTED = """
CREATE TABLE written (seq bigserial, tx bigint DEFAULT txid_current(), stream text, pos integer);
CREATE FUNCTION note_written() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN INSERT INTO written (stream, pos) VALUES (NEW.stream, NEW.pos); RETURN NEW; END $$;
CREATE TRIGGER note_written AFTER INSERT ON fact FOR EACH ROW EXECUTE FUNCTION note_written();
"""
"""Who takes a place holds it until the end of a transaction, so that of two facts about one place
the earlier is written first."""
WRITTEN = """
SELECT written.tx, fact.canon FROM written JOIN fact USING (stream, pos) ORDER BY written.seq
"""


def written(centre: Centre) -> list[list[Fact]]:
    """The facts in the order in which they were written; what one transaction moved for the city
    is one, as the places of all are given back before any is taken."""
    found: list[list[Fact]] = []
    moved: dict[int, list[Fact]] = {}
    with centre.reader.connect() as connection:
        for tx, canon in connection.execute(text(WRITTEN)):
            fact = decode_fact(canon)
            if isinstance(fact.payload, f.SlotMoved) and fact.payload.by_city:
                if tx not in moved:
                    found.append(moved.setdefault(tx, []))
                moved[tx].append(fact)
            else:
                found.append([fact])
    return found


class Sold:
    """What is sold, told by nothing but the facts, one after the other."""

    def __init__(self, rota: Rota, names: Mapping[str, str]) -> None:
        self.rota = rota
        self.closed: set[date] = set()
        self.places: dict[str, Place] = {}
        self.done: Tally[str] = Tally()
        self._staff = {name: staff_id for staff_id, name in names.items()}

    def take(self, facts: list[Fact]) -> None:
        """What these facts change, all at once."""
        for fact in facts:
            if isinstance(fact.payload, _LEAVE):
                del self.places[fact.case_id]
        for fact in facts:
            self._take(fact)

    def _take(self, fact: Fact) -> None:
        self.done[fact.kind] += 1
        match fact.payload:
            case f.SlotBooked() | f.SlotMoved() as payload:
                place = Place(payload.slot.day, payload.slot.half, self._staff[payload.inspector])
                self.places[fact.case_id] = place
                going = {each.staff_id for each in self.rota.going(payload.slot)}
                assert place.staff_id in going, f"{place}: away"
                assert place.day not in self.closed, f"{place}: closed"
                if isinstance(payload, f.SlotMoved) and payload.by_city:
                    self.done["moved by the city"] += 1
                    self.done[fact.kind] -= 1
                sold = Tally(self.places.values())[place]
                assert sold <= MOST, f"{place}: sold {sold} times"
            case Published(topic=Topic.ABSENCE, text=away):
                self.rota = self.rota.with_away(published_value(Away, away))
            case Published(topic=Topic.HOLIDAYS, text=holidays):
                self.closed |= read_holidays(holidays).keys() - self.rota.calendar.holidays.keys()
            case CommandRefused(words=words):
                self.done["full"] += words.startswith("این نوبت پر شده است")
            case _:
                pass


_LEAVE = (f.SlotMoved, f.VisitMissed, f.Withdrawn)


@pytest.mark.timeout(size(1500, 7200))
@pytest.mark.parametrize(
    ("processes", "rounds", "plans", "takes"),
    [
        pytest.param(3, 1, 2, {"slot-booked": 10}, marks=pytest.mark.long, id="short"),
        # Ten acts a round, from seven offices: most must take effect, and many find it full.
        pytest.param(8, ROUNDS, size(8, 60), TAKES, marks=pytest.mark.long, id="many"),
    ],
)
def test_nobody_is_lost_and_no_inspector_has_more_than_he_makes(
    postgres_town: Town,
    postgres_place: str,
    processes: int,
    rounds: int,
    plans: int,
    takes: Mapping[str, int],
) -> None:
    town = postgres_town
    centre = town.house.centre
    staffed(town)
    record = town.properties[Scenario.CLEAN][0]
    with centre.reading() as session:
        sold = Sold(centre.reference.rota(session, today(town)), names(session))
    with centre.writer.begin() as connection:
        connection.execute(text(NOTED))
    together = _FORKS.Barrier(processes, timeout=600)
    shared = (postgres_place, centre.keys.secret, centre.clock())
    started = [_FORKS.Process(target=plan, args=(*shared, plans, together))]
    started += [
        _FORKS.Process(target=work, args=(*shared, number, rounds, record, together))
        for number in range(1, processes)
    ]
    for process in started:
        process.start()
    for process in started:
        process.join()
    assert [process.exitcode for process in started] == [0] * processes
    for facts in written(centre):
        sold.take(facts)
    assert all(sold.done[what] >= least for what, least in takes.items()), sold.done
    figures = counted(centre)
    assert (figures["held"], figures["gaps"]) == (0, 0)
    # Nothing was sold on a day that somebody was known to be away, and nothing was left behind.
    assert visits.to_move(town.crew.planner).total == 0
    with Session(centre.reader) as session:
        rows = list(session.scalars(select(VisitSlotRow).where(VisitSlotRow.taken > 0)))
        held = {row.case_id: row for row in session.scalars(select(BookingRow))}
        found = session.execute(select(CaseRow.case_id, CaseRow.state))
        states = {row.case_id: row.state for row in found}
    taken = {(row.day, row.half, row.staff_id): row.taken for row in rows}
    assert sold.places == {case: (row.day, row.half, row.staff_id) for case, row in held.items()}
    booked = Tally((row.day, row.half, row.staff_id) for row in held.values())
    assert taken == dict(booked)
    assert max(taken.values()) <= MOST
    # Each half-day against the calendar and the rounds: no Friday, no holiday, nobody away.
    with centre.reading() as session:
        rota = centre.reference.rota(session, today(town))
    closed = today(town) + timedelta(days=CLOSED)
    assert not rota.calendar.is_working(closed)
    away = today(town) + timedelta(days=SICK)
    assert all(x.is_away(away, 1) for x in rota.inspectors if x.staff_id == INSPECTORS[1])
    for day, half, staff_id in taken:
        going = rota.going(Slot(day, half, 2))
        assert staff_id in {inspector.staff_id for inspector in going}
    assert closed not in {day for day, _, _ in taken}
    assert set(held) == {case for case, state in states.items() if state == State.BOOKED.value}
    ways = {State.BOOKED.value, State.VISIT_DUE.value, State.WITHDRAWN.value}
    assert set(states.values()) <= ways
    assert len(states) == (processes - 1) * CASES


def staffed(town: Town) -> None:
    """Three inspectors of the second district, with few places each."""
    with town.house.centre.writing() as session:
        for staff_id, name in zip(INSPECTORS[1:], ("رضا باقری", "سارا نادری"), strict=True):
            person = Staff(staff_id, name, Role.INSPECTOR, MUNICIPALITY, "00" * 32)
            enrol_person(session, person, town.clock.now())
    rounds = {"districts": [2], "half_days": WEEK, "visits": MOST}
    town.house.put_in_force(
        publication(Topic.ROTA, each, today(town), json.dumps(rounds)) for each in INSPECTORS
    )
