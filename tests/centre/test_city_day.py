"""The supervisor's figures: what the database keeps is what counting the facts one by one gives."""

from __future__ import annotations

import json
from collections import Counter as Tally
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from statistics import median
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from desktop.actions import board, city_board, reviewing
from desktop.actions.city_board import Narrowed
from desktop.centre import board_counting
from desktop.centre.audit.whole import audit
from desktop.centre.offices import all_offices
from desktop.centre.tables import FactRow, PersonRow
from desktop.demo import following
from desktop.demo.city import Scenario
from desktop.demo.following import case_now, step
from desktop.domain.calendar import TEHRAN, OfficeCalendar
from desktop.domain.discrepancy import Wrong
from desktop.domain.stream import office_stream
from desktop.sql import memo
from desktop.sql.asked import asked
from desktop.trial.counters import Counter, new_counter
from desktop.wire.board import BoardAnswer, ClerkRow, ServedRow
from desktop.wire.board_cases import Figure
from tests.plans import whole_reads
from tests.town import Town


@pytest.fixture
def busy(town: Town) -> Town:
    """Two offices, two hours, several ends; a case of yesterday, one sent back, a void letter."""
    crew, clock = town.crew, town.clock
    clock.moment -= timedelta(days=1)
    town.register(town.record(Scenario.CLEAN, 9), "no-violation")
    clock.moment += timedelta(days=1)
    kinds = (Scenario.CLEAN, Scenario.OLD_VISIT, Scenario.FINE, Scenario.DEED)
    ids = [town.register(town.record(kind), "no-violation") for kind in kinds]
    for _ in range(2):
        step(crew, case_now(crew.clerk, ids[0]), clock.moment)
    letter = case_now(crew.clerk, ids[0]).letters[0].letter.letter_id
    following.void(crew.manager, ids[0], letter, "نشانی اشتباه است")
    permit = town.register(town.record(Scenario.DEED, 1), "building-permit")
    reviewed, _ = board.municipal_case(crew.expert, permit)
    reviewing.send_back(crew.expert, reviewed, "سند خوانا نیست")
    clock.moment += timedelta(hours=1)
    other: Counter = new_counter(town.house.centre, "31")
    for number in range(3):
        acts = other.register(
            town.record(Scenario.CLEAN, number), "inquiry" if number else "clearance"
        )
        other.push(*(acts if number < 2 else acts[:1]))
    return town


Told = dict[str, Any]


def facts_of(town: Town) -> Iterator[tuple[str, list[Told]]]:
    """Each case's facts as their texts have them: of nothing that the program computes."""
    cases: defaultdict[str, list[Told]] = defaultdict(list)
    with Session(town.house.centre.reader) as session:
        rows = select(FactRow.canon).where(FactRow.rev > 0, FactRow.case_id != "")
        for canon in session.scalars(rows.order_by(FactRow.case_id, FactRow.rev)):
            fact = json.loads(canon)
            cases[fact["case_id"]].append(fact)
    yield from cases.items()


def day_of(fact: Told) -> date:
    return datetime.fromisoformat(fact["at"]).astimezone(TEHRAN).date()


def first_outcome(facts: list[Told]) -> str:
    """What the records answered first; `waiting` where they did not."""
    decided = next(
        (fact["payload"]["decision"] for fact in facts if fact["kind"] == "decided"), None
    )
    if decided is None:
        return "waiting"
    gates = {x["gate"] for x in decided["findings"] if x.get("effect")}
    no_record = decided["outcome"] == "visit" and "record" in gates
    return "visit-no-record" if no_record else str(decided["outcome"])


def one_by_one(town: Town, days: int, service: str, district: int) -> Told:
    """The figures, counted from the facts."""
    last = town.clock.moment.astimezone(TEHRAN).date()
    span = {last - timedelta(days=n) for n in range(days)}
    found: Told = {"received": 0, "letters": 0, "released": 0, "voided": 0, "sent_back": 0}
    tallies: dict[str, Tally[Any]] = {
        name: Tally()
        for name in ("outcomes", "offices", "clerks", "services", "taken", "hours", "apart")
    }
    waits: list[int] = []
    for _, facts in facts_of(town):
        begun = facts[0]["payload"]["request"]
        code = begun["code"].split("-")[0] if begun["code"] else "0"
        if service not in ("", begun["service"]) or district not in (0, int(code)):
            continue
        received = date.fromisoformat(begun["received_on"])
        office, kinds = facts[0]["stream"], Tally(fact["kind"] for fact in facts)
        # The same by office, by who registered it, by service and by district.
        apart = (office, (office, facts[0]["actor_name"]), begun["service"], code)
        if received in span:
            outcome = first_outcome(facts)
            found["received"] += 1
            found["sent_back"] += bool(kinds["returned"])
            hour = datetime.fromisoformat(facts[0]["at"]).astimezone(TEHRAN).hour
            tallies["outcomes"][outcome] += 1
            tallies["offices"][office] += 1
            tallies["clerks"][office, facts[0]["actor_name"]] += 1
            tallies["services"][begun["service"]] += 1
            tallies["hours"][str(hour), outcome] += 1
            for part in apart:
                tallies["apart"][part, "visits_no_record"] += outcome == "visit-no-record"
                tallies["apart"][part, "visits"] += outcome.startswith("visit")
                tallies["apart"][part, "sent_back"] += bool(kinds["returned"])
        ends = {
            (fact["payload"]["letter_id"], fact["kind"])
            for fact in facts
            if fact["kind"] in ("letter-released", "letter-voided")
        }
        for fact in facts:
            if fact["kind"] == "letter-issued" and day_of(fact) in span:
                letter = fact["payload"]["letter"]
                found["letters"] += 1
                found["released"] += (letter["letter_id"], "letter-released") in ends
                found["voided"] += (letter["letter_id"], "letter-voided") in ends
                for part in apart:
                    tallies["apart"][part, "issued"] += 1
                    for what in ("released", "voided"):
                        ended = (letter["letter_id"], f"letter-{what}") in ends
                        tallies["apart"][part, what] += ended
                # A citizen waits for the letter that stands.
                stands = (letter["letter_id"], "letter-voided") not in ends
                if letter["kind"] != "debt" and stands:
                    between = (
                        received + timedelta(days=n + 1)
                        for n in range((day_of(fact) - received).days)
                    )
                    waits.append(sum(day.weekday() != 4 for day in between))
                    for part in apart:
                        tallies["apart"][part, "answered"] += 1
            if fact["kind"] in ("fee-paid", "amount-paid"):
                paid = fact["payload"]["payment"]
                if date.fromisoformat(paid["paid_on"]) in span and paid["method"] in (
                    "terminal",
                    "bill",
                ):
                    what = fact["payload"].get("fee") or fact["payload"]["key"].split(":")[0]
                    tallies["taken"][what] += int(paid["amount"])
                    for part in apart:
                        tallies["apart"][part, "taken"] += int(paid["amount"])
    found |= {name: dict(+tally) for name, tally in tallies.items()}
    return found | {"answered": len(waits), "waited": round(median(waits)) if waits else 0}


_APART = (
    "answered", "visits_no_record", "visits", "sent_back", "issued", "released", "voided",
    "taken",
)  # fmt: skip


def told(answer: BoardAnswer) -> Told:
    """The board's answer in the same words."""
    found = answer.model_dump()
    offices = {row.office: f"office:{row.office}" for row in answer.offices}
    found["offices"] = {offices[row.office]: row.received for row in answer.offices if row.received}
    found["clerks"] = {
        (offices[row.office], row.clerk): row.received for row in answer.clerks if row.received
    }
    found["services"] = {row.part: row.received for row in answer.services if row.received}
    rows: dict[Any, ServedRow | ClerkRow] = {offices[row.office]: row for row in answer.offices}
    rows |= {(offices[row.office], row.clerk): row for row in answer.clerks}
    rows |= {row.part: row for row in (*answer.services, *answer.districts)}
    found["apart"] = {
        (part, name): count
        for part, row in rows.items()
        for name in _APART
        if (count := getattr(row, name))
    }
    found["hours"] = {
        (hour, name): count for hour, by in answer.hours.items() for name, count in by.items()
    }
    return found


ASKED = [
    (1, "", 0),
    (60, "", 0),
    (1, "no-violation", 0),
    *(
        pytest.param(*each, marks=pytest.mark.long)
        for each in ((2, "", 0), (2, "", 2), (1, "none", 0))
    ),
]


@pytest.mark.long
def test_no_day_at_all_is_asked_as_that_one(busy: Town) -> None:
    supervisor, today = busy.crew.supervisor, busy.clock.moment.astimezone(TEHRAN).date()
    assert board.city_day(supervisor, today, days=0) == board.city_day(supervisor, today, days=1)


@pytest.mark.parametrize(("days", "service", "district"), ASKED)
@pytest.mark.slow
def test_the_figures_are_those_of_the_facts(
    busy: Town, days: int, service: str, district: int
) -> None:
    last = busy.clock.moment.astimezone(TEHRAN).date()
    answer = board.city_day(
        busy.crew.supervisor, last, days=days, service=service, district=district
    )
    expected = one_by_one(busy, days, service, district)
    found = told(answer)
    assert {name: found[name] for name in expected} == expected


@pytest.mark.long
def test_a_figure_opens_as_many_cases_as_it_counts(busy: Town) -> None:
    supervisor = busy.crew.supervisor
    last = busy.clock.moment.astimezone(TEHRAN).date()
    first = last - timedelta(days=1)
    told = board.city_day(supervisor, last, days=2)

    def opened(figure: Figure, **narrowed: Any) -> int:
        of = Narrowed(figure, first, last, **narrowed)
        page = city_board.cases(supervisor, of, 0, 200)
        assert page.total == len(page.rows) == sum(map(len, city_board.all_cases(supervisor, of)))
        return page.total

    assert opened(Figure.RECEIVED) == told.received == 9
    for outcome in told.outcomes:
        assert opened(Figure(outcome)) == told.outcomes[outcome]
    for row in told.offices:
        assert opened(Figure.RECEIVED, office=row.office) == row.received
    for part in told.services:
        assert opened(Figure.OPEN, service=part.part) == part.open
    for hour, counts in told.hours.items():
        assert opened(Figure.RECEIVED, hour=int(hour)) == sum(counts.values())
    for clerk in told.clerks:
        assert clerk.clerk
        assert opened(Figure.SENT_BACK, office=clerk.office, clerk=clerk.clerk) == clerk.sent_back
    for state, count in told.open.items():
        assert opened(Figure.OPEN, state=state) == count
        for rows in (told.offices, told.clerks, told.services, told.districts):
            assert sum(row.states.get(state, 0) for row in rows) == count
    assert opened(Figure.VOIDED) == told.voided == 1
    assert opened(Figure.SENT_BACK) == told.sent_back == 1


@pytest.mark.long
def test_what_is_late_is_told_of_the_days_and_of_all(busy: Town) -> None:
    supervisor = busy.crew.supervisor
    busy.clock.moment += timedelta(days=90)
    last = busy.clock.moment.astimezone(TEHRAN).date()
    today = board.city_day(supervisor, last)
    assert (today.late, today.received) == (0, 0)
    assert today.overdue > 0
    whole = board.city_day(supervisor, last, days=120)
    assert whole.late == whole.overdue == sum(row.late for row in whole.offices)
    assert whole.late == sum(row.late for row in whole.clerks)
    assert (
        whole.late
        == city_board.cases(
            supervisor, Narrowed(Figure.LATE, last - timedelta(days=119), last), 0, 200
        ).total
    )


@pytest.mark.long
def test_no_figure_is_counted_case_by_case(busy: Town) -> None:
    """But for the machine's times of some days, which nobody keeps."""
    centre, last = busy.house.centre, busy.clock.moment.astimezone(TEHRAN).date()
    supervisor = busy.crew.supervisor
    with asked(centre.reader) as statements:
        board.city_day(supervisor, last, days=30)
        city_board.cases(supervisor, Narrowed(Figure.ISSUED, last, last, office="21"), 0, 200)
        city_board.cases(supervisor, Narrowed(Figure.SENT_BACK, last, last), 0, 200)
    assert whole_reads(centre.writer, statements) == {}
    words = [each.words for each in statements]
    assert not any('"case".received_on >=' in each for each in words)
    assert len(words) <= 47


@pytest.mark.slow
def test_two_people_of_one_name_are_two_rows(town: Town) -> None:
    supervisor, centre = town.crew.supervisor, town.house.centre
    last = town.clock.moment.astimezone(TEHRAN).date()
    one, other = (new_counter(centre, "31", desk) for desk in (1, 2))
    for number, counter in enumerate((one, other, other)):
        counter.push(*counter.register(town.record(Scenario.CLEAN, number), "clearance"))
    told = {row.clerk: row.received for row in board.city_day(supervisor, last).clerks}
    second = f"متصدی نمونه (شناسهٔ {other.clerk[-6:]})"
    assert told == {"متصدی نمونه": 1, second: 2}
    # A figure of each opens its own cases.
    for name, count in told.items():
        of = Narrowed(Figure.RECEIVED, last, last, office="31", clerk=name)
        assert city_board.cases(supervisor, of, 0, 200).total == count
    # Heads are signed at night; nothing else is amiss.
    assert {each.kind for each in audit(centre)} <= {Wrong.SIGNED_HEAD}
    # By the facts too, and two accounts of one person are one.
    calendar = OfficeCalendar()
    with centre.writing() as session:
        codes = {office_stream(of): each.on(last).code for of, each in all_offices(session).items()}
        at = town.clock.moment
        facts = board_counting.counted(session, last, last, calendar, codes, {}, at)
        assert facts[f"clerk 31/{second}: received"] == 2
        session.execute(update(PersonRow).values(national_id="0000000019"))
        memo.forget(session, ("staff", "31"))
        facts = board_counting.counted(session, last, last, calendar, codes, {}, at)
        assert facts["clerk 31/متصدی نمونه: received"] == 3
