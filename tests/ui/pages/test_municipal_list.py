"""The municipality's list: the inspector's own visits, the supervisor's days, clerks and orders."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from sqlalchemy import select

from desktop.actions import board
from desktop.centre.reference import publication
from desktop.centre.tables import PersonRow
from desktop.centre.visit_tables import BookingRow
from desktop.demo.following import book, case_now, report
from desktop.domain.calendar import from_jalali, iso_jalali
from desktop.domain.people import Role
from desktop.domain.step import Step
from desktop.domain.stream import Topic
from desktop.forms.dated import DatedPromise
from desktop.ui import places
from desktop.ui.pages.municipality.looking import DAYS, EVERYBODY, span_of
from desktop.ui.pages.municipality.queue import MunicipalQueuePage
from desktop.ui.widgets.inputs.list_choice import ListChoice
from desktop.ui.widgets.told.headline import Headline
from tests.ui.keyboard import press
from tests.ui.pages import cases
from tests.ui.pages.conftest import Office
from tests.ui.pages.seeing import faults, wake

pytestmark = pytest.mark.slow
CONTROL = Qt.KeyboardModifier.ControlModifier


def opened(office: Office, role: Role) -> MunicipalQueuePage:
    """The list as that person sees it."""
    office.sit(role)
    wake(office)
    return page_of(office, places.MunicipalQueue())


def page_of(office: Office, place: places.MunicipalQueue | None = None) -> MunicipalQueuePage:
    page = office.go(place) if place is not None else office.page
    assert isinstance(page, MunicipalQueuePage)
    return page


def choose(choice: ListChoice, value: str) -> None:
    choice.set_value(value)
    choice.edited.emit()
    QApplication.processEvents()


def listed(page: MunicipalQueuePage) -> list[str]:
    return [page.lines[at].case_id for at in range(page.model.rowCount())]


def deadline_of(page: MunicipalQueuePage, case_id: str) -> str:
    """What its row tells in the column of deadlines."""
    return page.lines[listed(page).index(case_id)].deadline


@pytest.mark.parametrize(
    ("days", "first", "last"),
    [
        ("", None, None),
        ("today", (1405, 9, 3), (1405, 9, 3)),
        ("yesterday", (1405, 9, 2), (1405, 9, 2)),
        ("week", (1405, 8, 27), (1405, 9, 3)),
        ("month", (1405, 9, 1), (1405, 9, 3)),
        ("month-before", (1405, 8, 1), (1405, 8, 30)),
    ],
)
def test_the_days_of_a_choice(
    days: str, first: tuple[int, int, int] | None, last: tuple[int, int, int] | None
) -> None:
    assert days in dict(DAYS)
    wanted: list[date | None] = [from_jalali(*day) if day else None for day in (first, last)]
    assert [*span_of(days, from_jalali(1405, 9, 3))] == wanted


@pytest.mark.long
def test_an_inspector_begins_with_his_own_visits_and_can_see_all(office: Office) -> None:
    mine, other = cases.to_visit(office.crew), cases.to_visit(office.crew)
    for case in (mine, other):
        book(office.crew, case)
    with office.house.centre.writing() as session:
        session.get_one(BookingRow, other.case_id).staff_id = "another-inspector"
    page = opened(office, Role.INSPECTOR)
    assert listed(page) == [mine.case_id]
    choose(page.whose, EVERYBODY)
    assert {*listed(page)} == {mine.case_id, other.case_id}
    # Who comes back finds the list as it was left.
    office.go(places.MunicipalCase(other.case_id))
    office.window.back()
    QApplication.processEvents()
    assert {*listed(page_of(office))} == {mine.case_id, other.case_id}
    assert page_of(office, places.MunicipalQueue()).model.rowCount() == 1


@pytest.mark.long
def test_the_supervisor_narrows_by_day_and_clerk_and_sorts_by_the_keys(office: Office) -> None:
    old = cases.answered(office.crew)
    office.clock.moment += timedelta(days=1)
    new = cases.owing(office.crew)
    page = opened(office, Role.SUPERVISOR)
    everything = {*listed(page)}
    assert {old.case_id, new.case_id} <= everything
    choose(page.days, "today")
    assert new.case_id in listed(page)
    assert old.case_id not in listed(page)
    choose(page.days, "")
    # A clerk is one of an office: asked once that is chosen.
    assert not page.clerk.isVisible()
    choose(page.office, "21")
    assert page.clerk.isVisible()
    names = [words for _, words in page.clerk.options()]
    assert office.crew.clerk.staff.name in names
    choose(page.clerk, office.crew.manager.staff.name)
    assert listed(page) == []
    choose(page.clerk, office.crew.clerk.staff.name)
    assert {*listed(page)} == everything
    page.table.setFocus()
    press(page.table, Qt.Key.Key_Left, CONTROL)
    QApplication.processEvents()
    assert (page.table.sorting.column, page.table.sorting.ascending) == (6, False)
    due = [page._rows[at].due_on for at in range(page.model.rowCount())]
    assert due == sorted(due, reverse=True)
    assert due[0] != due[-1]
    press(page.table, Qt.Key.Key_Right, CONTROL)
    QApplication.processEvents()
    assert [page._rows[at].due_on for at in range(page.model.rowCount())] == sorted(due)
    assert faults(office) == []
    office.go(places.MunicipalCase(old.case_id))
    office.window.back()
    QApplication.processEvents()
    again = page_of(office)
    assert (again.office.value(), again.clerk.value()) == ("21", office.crew.clerk.staff.name)


@pytest.mark.long
def test_another_office_is_not_asked_for_the_clerk_of_the_one_before(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = cases.answered(office.crew)
    other = office.crew.manager.staff.name
    two = {"21": "دفتر ۲۱", "22": "دفتر ۲۲"}
    monkeypatch.setattr(board, "offices_known", lambda desk: two)
    with office.house.centre.writing() as session:
        named = select(PersonRow).where(PersonRow.name == other)
        session.scalars(named).one().office = "22"
    page = opened(office, Role.SUPERVISOR)
    choose(page.office, "22")
    choose(page.clerk, other)
    assert listed(page) == []
    choose(page.office, "21")
    assert page.clerk.value() == ""
    assert case.case_id in listed(page)
    # Who comes back asks for nobody of the office before either.
    assert page.looked_at().clerk == ""
    assert page.returns_to == page.looked_at()


@pytest.mark.long
def test_what_was_not_answered_in_time_after_its_visit_stands_for_itself(office: Office) -> None:
    crew, clock = office.crew, office.clock
    case = cases.to_visit(crew)
    book(crew, case)
    report(crew, case_now(crew.clerk, case.case_id), clock.moment)
    office.house.office.sync()
    last = case_now(crew.clerk, case.case_id).answer_by
    assert last is not None
    clock.moment += timedelta(days=(last - clock.moment.date()).days + 1)
    assert office.house.tick() >= 1
    for role in (Role.EXPERT, Role.SUPERVISOR):
        page = opened(office, role)
        late = places.MunicipalQueue("escalated")
        assert page.filters.chips["escalated"].isVisible()
        assert listed(page_of(office, late)) == [case.case_id]
        office.window.lock()


@pytest.mark.long
def test_a_review_that_lasts_too_long_is_told_in_row_and_head_and_comes_to_who_is_named(
    office: Office,
) -> None:
    crew, clock = office.crew, office.clock
    begun = clock.moment.date()
    said = DatedPromise(
        step=Step.REVIEW, days=2, warn_days=1, to=Role.SIGNER, since=iso_jalali(begun)
    )
    fact = publication(Topic.PROMISE, said.about, begun, said.model_dump_json())
    office.house.put_in_force([fact])
    case = cases.in_review(crew)
    clock.moment += timedelta(days=1)
    assert office.house.tick() >= 1
    page = opened(office, Role.EXPERT)
    assert deadline_of(page, case.case_id) == "تا فردا"
    office.window.lock()
    clock.moment += timedelta(days=3)
    assert office.house.tick() >= 1
    # The head of the department finds it though nothing of it waits for a signature.
    opened(office, Role.SIGNER)
    page = page_of(office, places.MunicipalQueue("escalated"))
    assert page.filters.chips["escalated"].isVisible()
    assert listed(page) == [case.case_id]
    assert deadline_of(page, case.case_id) == "۲ روز گذشته"
    head = office.go(places.MunicipalCase(case.case_id)).findChild(Headline)
    assert isinstance(head, Headline)
    assert head.code.text() == "۲ روز از مهلت گذشته"
    office.window.lock()
    # At the counter the case tells who looks after it.
    office.house.office.sync()
    office.sit(Role.CLERK)
    told = office.go(places.Case(case.case_id)).findChild(Headline)
    assert isinstance(told, Headline)
    assert told.code_label.text() == "مهلت بررسی کارشناس"
