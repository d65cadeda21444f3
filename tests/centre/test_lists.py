"""The municipality's lists: kept counts, and no question that grows with the city's cases."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import func, select

from desktop.actions import board, visits
from desktop.centre import queueing, tick
from desktop.centre.tables import CaseCountRow, CaseRow
from desktop.centre.visit_tables import BookedVisitRow, BookingRow
from desktop.demo.city import Scenario
from desktop.demo.following import book, case_now, follow, report
from desktop.domain.errors import Refusal
from desktop.domain.people import Role
from desktop.domain.persian import to_persian_digits
from desktop.domain.request import Slot
from desktop.domain.state import State
from desktop.domain.status import Status
from desktop.sql.asked import asked
from desktop.wire.payloads import QueueRow
from tests.plans import whole_reads
from tests.reports import reading
from tests.town import Town


@pytest.fixture
def lively(town: Town) -> Town:
    """Cases in several states, one of them at its end."""
    for scenario in (Scenario.CLEAN, Scenario.OLD_VISIT, Scenario.FINE):
        town.register(town.record(scenario), "no-violation")
    first = town.register(town.record(Scenario.CLEAN, 1), "no-violation")
    follow(town.crew, first, town.clock.moment)
    return town


@pytest.mark.slow
def test_the_kept_counts_are_those_of_the_rows(lively: Town) -> None:
    by = (CaseRow.stream, CaseRow.service, CaseRow.state)
    with lively.house.centre.reading() as session:
        counted = {tuple(row) for row in session.execute(select(*by, func.count()).group_by(*by))}
        kept = select(CaseCountRow).where(CaseCountRow.cases > 0)
        assert counted == {
            (row.stream, row.service, row.state, row.cases) for row in session.scalars(kept)
        }
        assert len({state for _, _, state, _ in counted}) > 2


@pytest.mark.long
def test_what_the_supervisor_reads_adds_up(lively: Town) -> None:
    everything = board.municipal_queue(lively.crew.supervisor)
    assert everything.total == len(everything.rows) == sum(everything.counts.values()) == 4
    due = [(row.due_on, row.case_id) for row in everything.rows]
    assert due == sorted(due)
    for state, count in everything.counts.items():
        chosen = board.municipal_queue(lively.crew.supervisor, state=state)
        assert (chosen.total, {row.state for row in chosen.rows}) == (count, {state})
    services = {row.service for row in everything.rows}
    for service in services:
        chosen = board.municipal_queue(lively.crew.supervisor, service=service)
        assert chosen.total == sum(row.service == service for row in everything.rows)
    later = board.municipal_queue(lively.crew.supervisor, offset=2)
    assert [row.case_id for row in later.rows] == [row.case_id for row in everything.rows[2:]]
    assert later.total == 4


@pytest.mark.long
def test_what_is_overdue_is_open_and_past_its_day(lively: Town) -> None:
    before = board.municipal_queue(lively.crew.supervisor, overdue=True)
    assert (before.total, before.rows, before.overdue) == (0, [], 0)
    lively.clock.moment += timedelta(days=90)
    late = board.municipal_queue(lively.crew.supervisor, overdue=True)
    assert late.rows
    assert State.HANDED_OVER.value not in {row.state for row in late.rows}
    assert late.total == late.overdue == len(late.rows)
    everything = board.municipal_queue(lively.crew.supervisor)
    assert everything.overdue == late.overdue
    assert everything.total == late.overdue + everything.counts[State.HANDED_OVER.value]


@pytest.mark.long
def test_the_supervisor_s_list_is_narrowed_by_day_and_by_clerk(lively: Town) -> None:
    supervisor, today = lively.crew.supervisor, lively.clock.moment.date()
    everything = board.municipal_queue(supervisor)
    lively.clock.moment += timedelta(days=1)
    later = lively.register(lively.record(Scenario.CLEAN, 2), "no-violation")
    on_next = board.municipal_queue(supervisor, received=(today + timedelta(days=1), None))
    assert [row.case_id for row in on_next.rows] == [later]
    before = board.municipal_queue(supervisor, received=(today, today))
    assert {row.case_id for row in before.rows} == {row.case_id for row in everything.rows}
    assert (on_next.total, before.total) == (1, everything.total)
    clerk = lively.crew.clerk.staff.name
    of_office = board.municipal_queue(supervisor, office="21")
    assert {clerk, lively.crew.manager.staff.name} <= {*of_office.clerks}
    theirs = board.municipal_queue(supervisor, office="21", clerk=clerk)
    assert theirs.total == len(theirs.rows) == everything.total + 1
    assert board.municipal_queue(supervisor, office="21", clerk="هیچ کس").total == 0
    # Without an office a name says nothing; the municipality's own people are no clerks.
    assert board.municipal_queue(supervisor, clerk="هیچ کس").total == everything.total + 1
    assert board.municipal_queue(supervisor).clerks == []


@pytest.mark.parametrize(
    "order",
    [
        pytest.param(
            each, marks=pytest.mark.slow if each in ("due", "office") else pytest.mark.long
        )
        for each in queueing.ORDERS
    ],
)
def test_a_list_is_sorted_as_asked_from_either_end(lively: Town, order: str) -> None:
    supervisor = lively.crew.supervisor
    lively.clock.moment += timedelta(days=1)
    lively.register(lively.record(Scenario.CLEAN, 2), "clearance")
    told = {"due": "due_on", "received": "received_at", "office": "stream"}.get(order, order)

    def key(row: QueueRow) -> object:
        at = getattr(row, told)
        return at.date() if order == "received" else at

    rows = board.municipal_queue(supervisor, order=order).rows
    assert [key(row) for row in rows] == sorted(key(row) for row in rows)  # type: ignore[type-var]
    assert len({str(key(row)) for row in rows}) > 1 or order == "office"
    back = board.municipal_queue(supervisor, order=order, descending=True).rows
    assert [row.case_id for row in back] == [row.case_id for row in rows][::-1]
    second = board.municipal_queue(supervisor, order=order, offset=2).rows
    assert [row.case_id for row in second] == [row.case_id for row in rows][2:]


@pytest.mark.slow
def test_an_inspector_sees_his_own_visits_or_all(town: Town) -> None:
    cases = [town.register(town.record(Scenario.OLD_VISIT, n), "no-violation") for n in range(2)]
    for case_id in cases:
        book(town.crew, case_now(town.crew.clerk, case_id))
    inspector = town.crew.inspector
    everybody = board.municipal_queue(inspector)
    assert {row.case_id for row in everybody.rows} == {*cases}
    with town.house.centre.writing() as session:
        row = session.get_one(BookingRow, cases[1])
        row.staff_id = "another-inspector"
    mine = board.municipal_queue(inspector, mine=True)
    assert [row.case_id for row in mine.rows] == [cases[0]]
    assert mine.total == sum(mine.counts.values()) == 1
    assert board.municipal_queue(inspector).total == 2
    # Who visits nobody has no visits of his own to ask for.
    assert board.municipal_queue(town.crew.supervisor, mine=True).total == 2


@pytest.mark.slow
def test_a_round_goes_from_block_to_block_on_screen_and_on_paper_alike(small_town: Town) -> None:
    town = small_town
    for number in range(4):
        case_id = town.register(town.record(Scenario.OLD_VISIT, number), "no-violation")
        book(town.crew, case_now(town.crew.clerk, case_id))
    rows = board.municipal_queue(town.crew.inspector).rows
    day = rows[0].slot_day
    assert day is not None
    shown = [row for row in rows if row.slot_day == day]
    assert len(shown) > 2
    assert [(row.slot_half, row.code) for row in shown] == sorted(
        (row.slot_half, row.code) for row in shown
    )
    paper = "".join(reading.text_of(visits.round_of(town.crew.inspector, day)))
    told = [paper.index(to_persian_digits(row.tracking)) for row in shown]
    assert told == sorted(told)


@pytest.mark.long
def test_an_inspector_s_list_asks_as_much_for_many_visits_as_for_one(quick_town: Town) -> None:
    town, asks = quick_town, []
    board.municipal_queue(town.crew.inspector)  # What is asked once is known now.
    for number in range(3):
        case_id = town.register(town.record(Scenario.OLD_VISIT, number), "no-violation")
        book(town.crew, case_now(town.crew.clerk, case_id))
        with asked(town.house.centre.reader) as statements:
            rows = board.municipal_queue(town.crew.inspector).rows
        asks.append((len(rows), len(statements)))
        assert not [each for each in statements if "FROM fact" in each.words]
    one = asks[0][1]
    assert asks == [(1, one), (2, one), (3, one)]
    assert all(row.address and row.phone for row in rows)


@pytest.mark.long
def test_where_a_visit_goes_is_kept_while_it_is_booked(quick_town: Town) -> None:
    town, crew = quick_town, quick_town.crew
    case_id = town.register(town.record(Scenario.OLD_VISIT), "no-violation")
    case, slot = case_now(crew.clerk, case_id), visits.free_slots(crew.clerk, 2, 1)[0]
    half = Slot(slot.day, slot.half, slot.district)
    visits.book(crew.clerk, case, half, "رضا کارگر", "09130000007", "bill", "000000000123")

    def listed() -> list[tuple[str, str, str]]:
        rows = board.municipal_queue(crew.inspector).rows
        return [(row.address, row.phone, row.attending) for row in rows]

    told, seen = listed(), board.municipal_look(crew.inspector, case_id)
    # Who is to be there is called, whoever asked for it.
    assert told == [(seen.address, "09130000007", "رضا کارگر")]
    assert all(told[0])
    # Moved, it is the same; booked under an earlier program, its facts tell it.
    later = visits.free_slots(crew.clerk, seen.case.district)[-1]
    moved = case_now(crew.clerk, case_id)
    visits.move(crew.clerk, moved, Slot(later.day, later.half, later.district), "به خواست متقاضی")
    assert listed() == told
    with town.house.centre.writing() as session:
        session.delete(session.get_one(BookedVisitRow, case_id))
    assert listed() == told
    report(crew, case_now(crew.clerk, case_id), town.clock.moment)
    with town.house.centre.reading() as session:
        assert session.get(BookedVisitRow, case_id) is None
    assert listed() == []


def _one(town: Town, state: State = State.ISSUED) -> str:
    return board.municipal_queue(town.crew.supervisor, state=state.value).rows[0].case_id


def _refused(town: Town) -> None:
    """Each ground on which an expert may read a case is looked at, and none holds."""
    with pytest.raises(Refusal, match="هیچ‌گاه در کارتابل شما نبوده"):
        board.municipal_case(town.crew.expert, _one(town))


def _supervisor(town: Town, state: str = "") -> object:
    return board.municipal_queue(town.crew.supervisor, state=state)


def _sorted_by(order: str, town: Town) -> object:
    return board.municipal_queue(town.crew.supervisor, order=order, descending=True)


def _by_role(role: Role, town: Town) -> object:
    seat = {
        Role.EXPERT: town.crew.expert,
        Role.INSPECTOR: town.crew.inspector,
        Role.FINANCE: town.crew.finance,
        Role.SIGNER: town.crew.signer,
        Role.PLANNER: town.crew.planner,
    }[role]
    return board.municipal_queue(seat)


def _day(town: Town) -> object:
    return board.city_day(town.crew.supervisor, town.clock.moment.date())


_QUESTIONS: dict[str, Callable[[Town], object]] = {
    "queue": _supervisor,
    "queue-ended": partial(_supervisor, state=State.HANDED_OVER.value),
    "queue-late": lambda town: board.municipal_queue(town.crew.supervisor, overdue=True),
    "queue-recalled": lambda town: board.municipal_queue(town.crew.supervisor, recall=True),
    "queue-office": lambda town: board.municipal_queue(town.crew.supervisor, office="21"),
    "queue-clerk": lambda town: board.municipal_queue(
        town.crew.supervisor, office="21", clerk=town.crew.clerk.staff.name
    ),
    "queue-letter": lambda town: board.municipal_queue(town.crew.supervisor, text="1405/21/1"),
    "queue-days": lambda town: board.municipal_queue(
        town.crew.supervisor, received=(town.clock.moment.date(), town.clock.moment.date())
    ),
    **{f"queue-by-{order}": partial(_sorted_by, order) for order in queueing.ORDERS},
    "inspector-own": lambda town: board.municipal_queue(town.crew.inspector, mine=True),
    "expert": partial(_by_role, Role.EXPERT),
    "inspector": partial(_by_role, Role.INSPECTOR),
    "finance": partial(_by_role, Role.FINANCE),
    "signer": partial(_by_role, Role.SIGNER),
    "planner": partial(_by_role, Role.PLANNER),
    "signer-plain": lambda town: board.municipal_queue(
        town.crew.signer, state=State.RECOMMENDED.value, status=Status.PLAIN.value
    ),
    "queue-late-answers": lambda town: board.municipal_queue(town.crew.supervisor, escalated=True),
    "week": lambda town: visits.week(town.crew.planner, town.clock.moment.date(), 7),
    "to-move": lambda town: visits.to_move(town.crew.planner),
    "day": _day,
    "watch": lambda town: board.watched(town.crew.supervisor),
    "case": lambda town: board.municipal_case(town.crew.supervisor, _one(town)),
    "case-refused": _refused,
    "slots": lambda town: visits.free_slots(town.crew.clerk, 2, 3),
    "tick": lambda town: tick.tick(town.house.centre),
    "push": lambda town: town.register(town.record(Scenario.CLEAN, 2), "no-violation"),
    "push-booked": lambda town: book(
        town.crew, case_now(town.crew.clerk, _one(town, State.VISIT_DUE))
    ),
}


@pytest.mark.long
def test_no_question_reads_a_table_that_grows(lively: Town) -> None:
    centre, faults = lively.house.centre, {}
    for name, ask in _QUESTIONS.items():
        with asked(centre.reader, centre.writer) as statements:
            ask(lively)
        assert statements, name
        if whole := whole_reads(centre.writer, statements):
            faults[name] = whole
    assert faults == {}
