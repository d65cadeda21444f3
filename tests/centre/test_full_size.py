"""At full size, from eight processes: opposed bookings, and letters that two offices share."""

from __future__ import annotations

import multiprocessing
from collections import Counter as Tally
from datetime import datetime
from multiprocessing.synchronize import Barrier
from random import Random

import pytest
from sqlalchemy import select

from desktop.centre.context import Centre
from desktop.centre.counting import counted
from desktop.centre.signing import CentreKeys
from desktop.centre.tables import InquiryLetterRow
from desktop.centre.visit_tables import BookingRow, VisitSlotRow
from desktop.demo.city import Scenario
from desktop.domain import commands as c
from desktop.domain.people import Applicant
from desktop.domain.property import PropertyRecord
from desktop.sql.engine import reader, writer
from desktop.trial.counters import Act, new_counter
from tests.bouncer import WAYS, reached
from tests.servers import address, name_in
from tests.sizes import size
from tests.town import Town

PROCESSES, ROUNDS, VISITS = 8, size(40, 125), 2
_FORKS = multiprocessing.get_context("forkserver")


def work(
    url: str,
    secret: bytes,
    moment: datetime,
    number: int,
    records: list[PropertyRecord],
    together: Barrier,
) -> None:
    """An office that moves two visits to two half-days at once, and registers a shared letter."""
    keys = CentreKeys.from_secret(secret, demo=True)
    centre = Centre(writer(url), reader(url), keys, lambda: moment)
    counter, random = new_counter(centre, f"{40 + number}"), Random(number)
    slots = counter.free_slots(2, 30)
    cases = [counter.visited(records[number], n, slots[number]) for n in range(1, VISITS + 1)]
    chosen = [slots[number]]
    for letter in range(ROUNDS):
        together.wait()
        # Both ways round: a half-day that one takes first the other takes last.
        # What is booked already is no other place.
        chosen = random.sample([slot for slot in slots if slot not in chosen], VISITS)
        moves = zip(cases, chosen, strict=True)
        counter.push(*(Act(case, c.MoveVisit(slot, "درخواست مالک")) for case, slot in moves))
        counter.push(
            *counter.register(
                records[letter % len(records)],
                "inquiry",
                Applicant.BANK,
                letter_number=f"1405/{letter}/{number // 2}",
            )
        )
    centre.close()


@pytest.mark.long
@pytest.mark.timeout(900)
@pytest.mark.parametrize("way", [WAYS[0], pytest.param(WAYS[1], marks=pytest.mark.full)])
def test_bookings_and_shared_letters_from_eight_processes(
    postgres_town: Town, postgres_server: str, postgres_place: str, way: str
) -> None:
    with reached(way, postgres_server) as door:
        demand_all_booked(postgres_town, address(door, name_in(postgres_place)))


def demand_all_booked(town: Town, place: str) -> None:
    """Eight processes at that database at once: nothing held, double or lost."""
    centre = town.house.centre
    records = town.properties[Scenario.CLEAN][:20]
    together = _FORKS.Barrier(PROCESSES, timeout=120)
    started = [
        _FORKS.Process(
            target=work,
            args=(place, centre.keys.secret, centre.clock(), number, records, together),
        )
        for number in range(PROCESSES)
    ]
    for process in started:
        process.start()
    for process in started:
        process.join()
    assert [process.exitcode for process in started] == [0] * PROCESSES
    figures = counted(centre)
    assert (figures["held"], figures["gaps"]) == (0, 0)
    # Refused ones would show nothing; a half-day that is full for a moment comes by chance.
    assert figures["refused"] <= PROCESSES * ROUNDS * VISITS // 100
    assert figures["cases"] == PROCESSES * (VISITS + ROUNDS)
    with centre.reading() as session:
        rows = list(session.scalars(select(VisitSlotRow).where(VisitSlotRow.taken > 0)))
        taken = {(row.day, row.half, row.staff_id): row.taken for row in rows}
        booked = Tally((r.day, r.half, r.staff_id) for r in session.scalars(select(BookingRow)))
        letters = Tally(session.scalars(select(InquiryLetterRow.number)))
    assert booked.total() == PROCESSES * VISITS
    assert taken == dict(booked)
    assert max(taken.values()) <= 6
    assert (len(letters), set(letters.values())) == (ROUNDS * PROCESSES // 2, {1})
