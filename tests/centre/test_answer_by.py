"""A request without a record is answered within so many working days of its visit, or escalates."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.actions import board
from desktop.centre import ceiling_counting
from desktop.centre.ceiling_counting import Ceiling
from desktop.centre.tables import CaseRow
from desktop.demo.city import Scenario
from desktop.demo.following import book, case_now, clear, report
from desktop.domain.calendar import iso_jalali
from desktop.domain.case import Case
from desktop.domain.facts import VisitReported
from desktop.domain.state import State
from desktop.wire.canon import canon
from desktop.wire.codec import adapter, plain
from tests.centre.test_letters import REPORT
from tests.centre.test_places import today
from tests.town import Town, every_link


def visited(town: Town, code: str = "2-900-1-1-1-0-0") -> Case:
    """A request without a record whose visit is reported today; an expert has it."""
    case_id = town.register(None, "no-violation", code=code)
    book(town.crew, case_now(town.crew.clerk, case_id))
    report(town.crew, case_now(town.crew.clerk, case_id), town.clock.moment)
    town.house.office.sync()
    case = case_now(town.crew.clerk, case_id)
    assert case.state is State.IN_REVIEW
    return case


def row_of(town: Town, case: Case) -> CaseRow:
    with Session(town.house.centre.reader) as session:
        return session.scalars(select(CaseRow).where(CaseRow.case_id == case.case_id)).one()


def on(town: Town, day: date) -> None:
    town.clock.moment += timedelta(days=(day - today(town)).days)


def came(town: Town) -> dict[Ceiling, int]:
    """What came of the visits for want of a record, as of today's end, by the facts alone."""
    centre, day = town.house.centre, today(town)
    with centre.reading() as session:
        city = centre.reference.city(session, day)
        return ceiling_counting.counted(session, city.calendar, city.answer_days, day)


@pytest.mark.slow
@every_link
def test_the_eighth_working_day_escalates_once(town: Town) -> None:
    case = visited(town)
    # Tuesday 1405/09/03; a Friday lies between.
    assert case.answer_by is not None
    assert iso_jalali(case.answer_by) == "1405/09/11"
    on(town, case.answer_by)
    assert town.house.tick() == 0
    assert came(town) == {Ceiling.OPEN: 1}
    on(town, case.answer_by + timedelta(days=1))
    # Had nobody been told by its end, the count by other means would say so.
    assert came(town) == {Ceiling.MISSED: 1}
    assert town.house.tick() == 1
    assert came(town) == {Ceiling.ESCALATED: 1}
    assert town.house.tick() == 0
    town.house.office.sync()
    now = case_now(town.crew.clerk, case.case_id)
    assert (now.escalated, now.state) == (True, State.IN_REVIEW)
    listed = board.municipal_queue(town.crew.supervisor, escalated=True)
    assert [each.case_id for each in listed.rows] == [case.case_id]
    assert (listed.total, listed.escalated) == (1, 1)
    # Once answered it is nobody's to look after any more.
    clear(town.crew, now)
    assert board.municipal_queue(town.crew.supervisor, escalated=True).total == 0
    assert not row_of(town, case).escalated


@pytest.mark.slow
def test_who_is_answered_in_time_is_never_late(small_town: Town) -> None:
    town = small_town
    case = visited(town)
    clear(town.crew, case)
    assert row_of(town, case).answer_by is None
    on(town, today(town) + timedelta(days=40))
    town.house.tick()
    assert not case_now(town.crew.clerk, case.case_id).escalated
    assert came(town) == {Ceiling.KEPT: 1}


@pytest.mark.slow
def test_a_property_with_a_record_has_no_such_day(small_town: Town) -> None:
    town = small_town
    case_id = town.register(town.record(Scenario.OLD_VISIT), "no-violation")
    book(town.crew, case_now(town.crew.clerk, case_id))
    report(town.crew, case_now(town.crew.clerk, case_id), town.clock.moment)
    town.house.office.sync()
    assert case_now(town.crew.clerk, case_id).answer_by is None
    assert came(town) == {}


def test_a_report_of_before_has_no_such_day() -> None:
    old = plain(VisitReported(REPORT))
    del old["answer_by"]
    assert adapter(VisitReported).validate_json(canon(old)) == VisitReported(REPORT)
