"""The tour of the planner's day: the week, a sick inspector, whom to call, all booked visits."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from desktop.actions import board, visits
from desktop.actions.waiting import Reason
from desktop.demo.people import PASSWORD
from desktop.domain.people import Role
from desktop.trial.stage import Stage
from desktop.ui import places
from desktop.ui.pages.outbox.page import WaitingPage
from desktop.ui.pages.visits.form import AbsenceForm
from desktop.ui.pages.visits.page import VisitPlanPage
from desktop.ui.pages.visits.rounds_form import RoundsForm
from desktop.ui.widgets.inputs.rows_input import RowsInput

_DAYS = 14


def play(stage: Stage) -> Iterator[str]:
    """From the week to the last call."""
    stage.sit(Role.PLANNER)
    page = stage.go(places.VisitPlan())
    if not isinstance(page, VisitPlanPage):
        raise RuntimeError("the week does not show")
    stage.shoot("visit-week")
    yield "the week of the inspectors"
    staff, day, half = _busiest(stage)
    page.grid.choose(staff, day, half)
    page.grid.setFocus()
    stage.hands.press("Enter")
    stage.shoot("visit-half")
    stage.hands.press("Enter")
    stage.shoot("visit-half-move")
    stage.hands.press("Esc")
    stage.shoot("visit-half-again")
    stage.hands.press("Esc")
    yield "the visits of a half-day, and where one may go instead"
    again = stage.window.page
    if not isinstance(again, VisitPlanPage):
        raise RuntimeError("the week does not show again")
    page = again
    stage.hands.press("F2")
    stage.hands.press("Ctrl+Enter")
    stage.shoot("absence-faults")
    form = page.form
    if not isinstance(form, AbsenceForm):
        raise RuntimeError("no absence is asked for")
    form.begin_with(staff, day)
    stage.shoot("absence-typed")
    yield "what an absence moves"
    stage.hands.go_to(form.password.control)
    stage.hands.type(PASSWORD)
    stage.hands.press("Ctrl+Enter")
    stage.shoot("visits-moved")
    stage.hands.press("Space")
    stage.shoot("visit-called")
    yield "whom to call"
    stage.hands.click_button("برگ‌های نوبت تازه")
    stage.shoot_paper("visit-slips")
    stage.hands.press("Esc")
    page.print_plan()
    stage.hands.settle()
    stage.shoot_paper("visit-plan")
    stage.hands.press("Esc")
    yield "new slips, and the next day's plan"
    page.begin_end(staff, day)
    stage.shoot("absence-end")
    stage.hands.press("Esc")
    yield "how an absence ends"
    page.begin_rounds()
    stage.shoot("rounds-typed")
    rounds = page.form
    sheet = rounds.rounds.control if isinstance(rounds, RoundsForm) else None
    if not isinstance(sheet, RowsInput):
        raise RuntimeError("no rounds are asked for")
    sheet.rows.put(0, 1, [["۱، ۲", "۸ تا ۱۱"]])
    stage.hands.press("Ctrl+Enter")
    stage.shoot("rounds-weighed")
    stage.hands.press("Esc")
    yield "who goes where from a day on"
    stage.go(places.MunicipalQueue())
    stage.shoot("queue-planner")
    yield "all booked visits"
    _tell_the_counter(stage)
    yield "what an office is to see to of its visits"


def _tell_the_counter(stage: Stage) -> None:
    """One of the moved visits is called off as well: the office hears of all of them."""
    planner = stage.window.seat
    last = visits.moved(planner)[-1]
    case = board.municipal_look(planner, last.shift.case_id).case
    visits.miss(planner, case, "cancelled", "مأمور دیگری برای این منطقه نیست")
    for desk in (stage.house.municipality, stage.house.office):
        desk.sync()
    stage.sit(Role.CLERK)
    page = stage.go(places.Outbox())
    if not isinstance(page, WaitingPage):
        raise RuntimeError("what waits does not show")
    listed = page.table
    for row in range(listed.model().rowCount()):
        listed.choose(row)
        if page.row is not None and page.row.reason is Reason.CALLED_OFF:
            break
    if page.side is not None:
        stage.reveal(page.side)
    stage.shoot("outbox-called-off")


def _busiest(stage: Stage) -> tuple[str, date, int]:
    """Who has the most visits on a half-day to come, and which one that is."""
    week = visits.week(stage.window.seat, stage.window.today(), _DAYS)
    halves = [(half, each) for each in week.inspectors for half in each.halves]
    half, whose = max(halves, key=lambda pair: pair[0].booked)
    return whose.staff_id, half.day, half.half
