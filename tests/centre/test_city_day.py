"""The city's day: what the database counts is what counting its cases one by one gives."""

from __future__ import annotations

from collections import Counter as Tally
from datetime import timedelta
from statistics import median

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.actions import board
from desktop.centre.tables import CaseRow, LetterRow
from desktop.demo.city import Scenario
from desktop.demo.following import case_now, step
from desktop.domain.calendar import TEHRAN
from desktop.sql.asked import asked
from desktop.trial.counters import Counter, new_counter
from desktop.wire.payloads import BoardAnswer
from tests.town import Town


@pytest.fixture
def busy(town: Town) -> Town:
    """Two offices, two hours, several ends, one case of yesterday, one letter void."""
    town.clock.moment -= timedelta(days=1)
    town.register(town.record(Scenario.CLEAN, 9), "no-violation")
    town.clock.moment += timedelta(days=1)
    kinds = (Scenario.CLEAN, Scenario.OLD_VISIT, Scenario.FINE, Scenario.DEED)
    ids = [town.register(town.record(kind), "no-violation") for kind in kinds]
    for _ in range(2):
        step(town.crew, case_now(town.crew.clerk, ids[0]), town.clock.moment)
    town.clock.moment += timedelta(hours=1)
    other: Counter = new_counter(town.house.centre, "31")
    for number in range(3):
        acts = other.register(
            town.record(Scenario.CLEAN, number), "inquiry" if number else "clearance"
        )
        other.push(*(acts if number < 2 else acts[:1]))
    return town


def one_by_one(town: Town, days: int, service: str, district: int) -> dict[str, object]:
    last = town.clock.moment.astimezone(TEHRAN).date()
    with Session(town.house.centre.reader) as session:
        cases = [
            row
            for row in session.scalars(select(CaseRow))
            if last - timedelta(days=days) < row.received_on <= last
            and service in ("", row.service)
            and district in (0, row.district)
        ]
        ids = {row.case_id for row in cases}
        letters = [x for x in session.scalars(select(LetterRow)) if x.case_id in ids]
    times = sorted(row.answer_ms for row in cases if row.first_outcome)
    hours: dict[str, dict[str, int]] = {}
    for row in cases:
        counts = hours.setdefault(str(row.registered_at.astimezone(TEHRAN).hour), {})
        counts[row.first_outcome or "waiting"] = counts.get(row.first_outcome or "waiting", 0) + 1
    return {
        "received": len(cases),
        "instant": sum(row.first_outcome == "answer" for row in cases),
        "letters": len(letters),
        "voided": sum(letter.state == "voided" for letter in letters),
        "copies": max(0, sum(letter.copies for letter in letters) - len(letters)),
        "median_ms": round(median(times)) if times else 0,
        "p95_ms": times[int(len(times) * 0.95)] if times else 0,
        "outcomes": dict(Tally(row.first_outcome or "waiting" for row in cases)),
        "hours": hours,
        "offices": {name: count for name, count in Tally(row.stream for row in cases).items()},
    }


def told(answer: BoardAnswer) -> dict[str, object]:
    counted = {f"office:{row.office}": row.received for row in answer.offices}
    told = answer.model_dump()
    told["offices"] = {name: count for name, count in counted.items() if count}
    return told


@pytest.mark.parametrize(
    ("days", "service", "district"),
    [(1, "", 0), (2, "", 0), (1, "no-violation", 0), (2, "", 2), (1, "none-such", 0)],
)
@pytest.mark.slow
def test_the_day_is_that_of_its_cases(busy: Town, days: int, service: str, district: int) -> None:
    last = busy.clock.moment.astimezone(TEHRAN).date()
    answer = board.city_day(
        busy.crew.supervisor, last, days=days, service=service, district=district
    )
    expected = one_by_one(busy, days, service, district)
    found = told(answer)
    assert {name: found[name] for name in expected} == expected


@pytest.mark.slow
def test_the_day_s_cases_and_letters_are_gone_through_twice_each(busy: Town) -> None:
    """Counted and sorted; the letters counted by their case's day and by their own."""
    centre, last = busy.house.centre, busy.clock.moment.astimezone(TEHRAN).date()
    with asked(centre.reader) as statements:
        board.city_day(busy.crew.supervisor, last)
    words = [each.words for each in statements]
    for table in ('"case".received_on >=', "letter.received_on >=|letter.issued_on >="):
        assert sum(any(part in each for part in table.split("|")) for each in words) == 2
    assert len(words) <= 30
