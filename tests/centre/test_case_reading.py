"""Who may read a case: by role and by what happened to it; others are told so plainly."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest

from desktop.actions import board, commissions, consultations, documents, publishing
from desktop.actions.desk import Seat
from desktop.centre.case_reading import CAME_BY, GROUNDS, Ground
from desktop.demo import following
from desktop.demo.city import Scenario
from desktop.demo.following import book, case_now
from desktop.domain.commands import ClearFine
from desktop.domain.errors import Refusal
from desktop.domain.people import Role
from desktop.domain.request import DocumentFile
from desktop.domain.state import State
from desktop.domain.transitions import MOVES
from tests.houses import MORNING
from tests.publish import WHY, refused_words, renamed
from tests.town import Town

NOT_YOURS = "این پرونده هیچ‌گاه در کارتابل شما نبوده است؛ ناظر آن را می‌بیند."


def test_every_role_has_its_row_and_what_comes_to_one_moves_a_case() -> None:
    assert set(GROUNDS) == set(Role)
    came = {role for role, grounds in GROUNDS.items() if Ground.CAME in grounds}
    assert set(CAME_BY) == came
    assert all(kinds <= set(MOVES) for kinds in CAME_BY.values())


def may_read(town: Town, case_id: str) -> set[Role]:
    """The municipal roles that are shown the case; the others are told why not."""
    crew, found = town.crew, set()
    seats = (crew.expert, crew.inspector, crew.planner, crew.finance, crew.supervisor)
    for seat in seats:
        if _reads(seat, case_id):
            found.add(seat.staff.role)
    return found


def _reads(seat: Seat, case_id: str) -> bool:
    try:
        return bool(board.municipal_case(seat, case_id)[1])
    except Refusal as no:
        if no.words != NOT_YOURS:
            raise
        return False


@pytest.mark.slow
def test_a_case_is_read_by_those_to_whom_it_came_and_the_supervisor(small_town: Town) -> None:
    town, crew = small_town, small_town.crew
    answered = town.register(town.record(Scenario.CLEAN))
    assert may_read(town, answered) == {Role.SUPERVISOR}
    reviewed = town.register(town.record(Scenario.DEED), "no-violation")
    assert may_read(town, reviewed) == {Role.SUPERVISOR, Role.EXPERT}
    shown, _ = board.municipal_case(crew.expert, reviewed)
    assert shown.decision is not None
    failing = {x.gate: "دیده شد" for x in shown.decision.failing if x.effect != "note"}
    following.decide(crew, shown, failing)
    # Whose it was reads on how it went.
    assert may_read(town, reviewed) == {Role.SUPERVISOR, Role.EXPERT}


@pytest.mark.slow
def test_a_visit_is_read_by_the_inspector_from_its_booking_on(small_town: Town) -> None:
    town, crew = small_town, small_town.crew
    case_id = town.register(None, "no-violation", code="2-900-1-2-1-0-0")
    assert may_read(town, case_id) == {Role.SUPERVISOR}
    book(crew, case_now(crew.clerk, case_id))
    assert may_read(town, case_id) == {Role.SUPERVISOR, Role.INSPECTOR, Role.PLANNER}


@pytest.mark.slow
def test_a_fine_that_is_looked_for_is_read_by_finance_and_read_on_when_it_is_found(
    small_town: Town,
) -> None:
    """Whatever stands in a queue opens there: nobody else may say that the fine was paid."""
    town, crew = small_town, small_town.crew
    made = (town.register(record, "minor-repairs") for record in town.properties[Scenario.FINE])
    case_id = next(each for each in made if case_now(crew.clerk, each).fine_asked)
    assert [row.case_id for row in board.municipal_queue(crew.finance).rows] == [case_id]
    assert may_read(town, case_id) == {Role.SUPERVISOR, Role.EXPERT, Role.FINANCE}
    shown, _ = board.municipal_case(crew.finance, case_id)
    found = ClearFine(True, "در حساب دیده شد", "818204", MORNING.date())
    commissions.clear_fine(crew.finance, shown, found)
    assert not board.municipal_case(crew.finance, case_id)[0].fine_asked
    assert may_read(town, case_id) == {Role.SUPERVISOR, Role.EXPERT, Role.FINANCE}


@pytest.mark.long
def test_whatever_a_list_offers_opens(small_town: Town) -> None:
    """Every row of every municipal list, by whichever way the case came there."""
    town, crew = small_town, small_town.crew
    made = [
        case_now(crew.clerk, town.register(town.record(scenario), service))
        for scenario in Scenario
        for service in ("no-violation", "minor-repairs")
    ]
    reviewed = [case for case in made if case.state is State.IN_REVIEW and not case.fine_asked]
    commissions.send(crew.expert, reviewed[0], "100", "دیده شد")
    whom = consultations.names(crew.expert.desk)[0]
    consultations.consult(crew.expert, reviewed[1], whom, "آیا ساخت در دو طبقه بی‌مانع است؟")
    for case in made:
        if case.state is State.VISIT_DUE:
            book(crew, case)
    offered: dict[Role, set[str]] = {}
    for seat in (crew.expert, crew.inspector, crew.planner, crew.finance, crew.supervisor):
        rows = [row.case_id for row in board.municipal_queue(seat).rows]
        if seat.staff.role is Role.EXPERT:
            rows += [row.case_id for row in consultations.listed(seat).rows]
            rows += [row.case_id for row in commissions.listed(seat).rows]
        offered[seat.staff.role] = set(rows)
        for case_id in offered[seat.staff.role]:
            assert _reads(seat, case_id), (seat.staff.role, case_id)
    assert all(offered.values()), offered


@pytest.mark.long
def test_who_is_to_sign_a_file_reads_the_past_requests_on_which_it_is_tried(
    small_town: Town,
) -> None:
    town, crew = small_town, small_town.crew
    case_id = town.register(town.record(Scenario.CLEAN), "clearance")
    tomorrow = MORNING.date() + timedelta(days=1)
    waits = publishing.prepare(crew.supervisor, renamed("clearance", tomorrow))
    assert may_read(town, case_id) == {Role.SUPERVISOR, Role.EXPERT}
    publishing.decline(crew.supervisor, waits, WHY)
    assert may_read(town, case_id) == {Role.SUPERVISOR}


@pytest.mark.slow
def test_papers_are_shown_to_who_reads_the_case_alone(small_town: Town) -> None:
    case_id = small_town.register(small_town.record(Scenario.CLEAN))
    for seat in (small_town.crew.expert, small_town.crew.inspector):
        read = partial(documents.content, seat, case_id, DocumentFile("0" * 64, 1, 1))
        assert refused_words(read) == NOT_YOURS
