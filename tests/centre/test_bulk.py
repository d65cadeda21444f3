"""A city of years for the bench: all that its lists ask for has grown, and nothing waits more."""

from __future__ import annotations

from itertools import repeat

import pytest
from sqlalchemy import func, select

from desktop.actions import (
    board,
    commissions,
    consultations,
    counter_acts,
    messages,
    objections,
    second_looks,
    visits,
)
from desktop.centre.bulk import multiply
from desktop.centre.consultation_tables import ConsultationRow
from desktop.centre.look_tables import SecondLookRow
from desktop.centre.message_tables import CitizenMessageRow
from desktop.centre.objection_tables import ObjectionRow
from desktop.centre.reading_tables import ReadingLineRow
from desktop.centre.tables import CaseRow, LetterRow, QuestionRow
from desktop.centre.visit_tables import BookingRow
from desktop.demo.city import Scenario
from desktop.premises.founding import OFFICE
from desktop.wire.consultations import Part
from tests.houses import MORNING
from tests.town import Town

MANY, DAY = 1_000, 120
OF_EACH = (CaseRow, LetterRow, CitizenMessageRow, ReadingLineRow, QuestionRow)
OF_SOME = (BookingRow, ObjectionRow, ConsultationRow, SecondLookRow)


def counted(town: Town) -> list[int]:
    with town.house.centre.reading() as session:
        rows = (*OF_EACH, *OF_SOME)
        found = [session.scalar(select(func.count()).select_from(row)) for row in rows]
        return [each or 0 for each in found]


def waits(town: Town) -> list[object]:
    """What people of the municipality find to be done, but for the queues themselves."""
    crew = town.crew
    due = second_looks.waiting(crew.supervisor)
    open_and_late = [consultations.listed(crew.supervisor, part).total for part in list(Part)[:2]]
    return [
        (due.case_id, due.due_drawn, due.due_weighed, due.patterns),
        open_and_late,
        objections.waiting(crew.expert).total,
        messages.of_the_city(crew.supervisor).waiting,
        messages.of_the_city(crew.supervisor).failed,
        commissions.listed(crew.expert, "5").total,
        visits.week(crew.planner, MORNING.date(), 7).to_move,
    ]  # fmt: skip


@pytest.mark.long
def test_what_grows_with_cases_grows_with_them(town: Town) -> None:
    case_id = town.register(town.record(Scenario.CLEAN), pay=False)
    counter_acts.withdraw(town.crew.clerk, case_id, "انصراف")
    before, waited = counted(town), waits(town)
    queue = board.municipal_queue(town.crew.inspector).total
    house = town.house
    place = house.opening.database or house.stores[OFFICE].with_name("centre.db")
    multiply(place, repeat(("مریم", "کریمی")), MANY)
    older = MANY - DAY
    grown = [after - was for after, was in zip(counted(town), before, strict=True)]
    some = older // 20
    assert grown == [MANY, older, older, older, older, older // 5, some, some, some]
    assert waits(town) == waited
    assert board.municipal_queue(town.crew.inspector).total == queue
