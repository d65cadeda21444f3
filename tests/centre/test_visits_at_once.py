"""From eight processes: offices book, move and withdraw, while inspectors fall ill at random."""

from __future__ import annotations

import json
import multiprocessing
from collections import Counter as Tally
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from multiprocessing.synchronize import Barrier
from random import Random
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.actions import visits
from desktop.centre.context import CENTRE_ACTOR, Centre
from desktop.centre.counting import counted
from desktop.centre.people import enrol_device, enrol_person, tell
from desktop.centre.reference import publication
from desktop.centre.signing import CentreKeys
from desktop.centre.tables import CaseRow
from desktop.centre.visit_tables import BookingRow, VisitSlotRow
from desktop.chance import new_id
from desktop.demo.city import Scenario
from desktop.domain import commands as c
from desktop.domain.calendar import TEHRAN, iso_jalali
from desktop.domain.office import MUNICIPALITY
from desktop.domain.people import Role, Staff
from desktop.domain.property import PropertyRecord
from desktop.domain.request import Slot
from desktop.domain.rota import Away
from desktop.domain.state import State
from desktop.domain.stream import Topic
from desktop.forms.catalogue import HOLIDAYS_KEY
from desktop.forms.shipped import holidays_text
from desktop.keys import new_key
from desktop.sql.engine import reader, writer
from desktop.trial.counters import Act, Counter, booking, new_counter
from desktop.wire import calls, link
from desktop.wire.assent import Purpose, assent
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
            lambda text: self.key.sign(text).hex(),
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
    text = f"{holidays_text().rstrip()}\n{row}\n"
    today = centre.clock().astimezone(TEHRAN).date()
    fact = publication(Topic.HOLIDAYS, HOLIDAYS_KEY, today, text)
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
    """An office that books visits, moves them and has people withdraw, without looking first."""
    centre = opened(url, secret, moment)
    counter, random = new_counter(centre, f"{40 + number}"), Random(number)
    slots = counter.free_slots(2, 12)
    # Registered and paid for before it begins.
    cases = []
    for each in range(rounds // 5 + 4):
        acts = counter.register(record, code=f"2-9{40 + number}-{each + 1}-1-1-0-0")
        counter.push(*acts)
        counter.push(counter.pay_visit(acts[0].case_id))
        cases.append(acts[0].case_id)
    together.wait()
    for _ in range(rounds):
        # Those of one push lock their places in one order, whichever they name first.
        counter.push(*(chosen(random, cases, slots) for _ in range(TOGETHER)))
    centre.close()


def chosen(random: Random, cases: list[str], slots: list[Slot]) -> Act:
    """Something that an office may ask of one of its cases, lawful or not by then."""
    case_id, slot = random.choice(cases), random.choice(slots)
    acts = (
        booking(case_id, slot),
        Act(case_id, c.MoveVisit(slot, "درخواست مالک")),
        Act(case_id, c.Withdraw("منصرف شد")),
    )
    return random.choices(acts, (12, 12, 1))[0]


@pytest.mark.timeout(size(1500, 7200))
@pytest.mark.parametrize(
    ("processes", "rounds", "plans"),
    [
        pytest.param(3, 1, 2, marks=pytest.mark.long, id="short"),
        # Ten acts a round, from seven offices.
        pytest.param(8, size(22, 143), size(15, 60), marks=pytest.mark.long, id="many"),
    ],
)
def test_nobody_is_lost_and_no_inspector_has_more_than_he_makes(
    postgres_town: Town, postgres_place: str, processes: int, rounds: int, plans: int
) -> None:
    town = postgres_town
    centre = town.house.centre
    staffed(town)
    record = town.properties[Scenario.CLEAN][0]
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
    assert len(states) == (processes - 1) * (rounds // 5 + 4)


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
