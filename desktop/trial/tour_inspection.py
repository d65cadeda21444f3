"""The tour of an inspector's day: his way, its papers, a report, a visit that was none, no line."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from desktop.actions import board, visits
from desktop.actions.documents import PaperSource
from desktop.demo.beginning import seat_crew
from desktop.demo.following import Crew, book, case_now
from desktop.demo.sample_paper import sample_photos
from desktop.domain.calendar import TEHRAN
from desktop.domain.case import Case
from desktop.domain.known import text_of_rows
from desktop.domain.people import Role
from desktop.domain.state import State
from desktop.trial.stage import Stage
from desktop.ui import places
from desktop.ui.pages.inspection.page import VisitDayPage
from desktop.ui.pages.inspection.report_form import ReportForm
from desktop.ui.pages.municipality.case import MunicipalCasePage

_MOST = 5
# Of a property without a record nobody knows the place.
_PLACE = ("31.8974", "54.3569")
_DAYS = 14
_MEASURED = {
    "time": "9:20", "present": "مالک",
    "deed.north": "12", "deed.east": "16.35", "deed.south": "12", "deed.west": "16.35",
    "length.north": "12.1", "length.east": "16.2", "length.south": "12", "length.west": "16",
    "bound.north": "پلاک ۱۰، دیوار مشترک", "bound.east": "پلاک ۶، دیواری",
    "bound.south": "کوچه، در و دیوار", "bound.west": "زمین بایر", "lane_width": "8",
    "condition": "underway", "stage": "rough", "floors": "2", "units": "1", "use": "مسکونی",
    "result": "سرویس و انبار در حیاط ساخته شده است.", "opinion": "unfit",
}  # fmt: skip
_VIOLATION = {
    "kind": "اضافه‌بنا", "floor": "همکف", "area": "18.5", "words": "سرویس و انبار", "photo": "2",
}  # fmt: skip


def play(stage: Stage) -> Iterator[str]:
    """From the first look at the day to the last report, sent when the line is back."""
    crew = seat_crew(stage.house)
    _book(stage, crew)
    stage.sit(Role.INSPECTOR)
    page = _day(stage)
    stage.shoot("inspector-day")
    yield "the day in the order of the way"
    stage.hands.press("F8")
    stage.shoot("inspector-pack-shown")
    stage.hands.press("Ctrl+Enter")
    if stage.printed:
        stage.album.paper(stage.take_print(), "inspector-pack", stage.about(""))
    stage.hands.press("Esc")
    yield "the pack on paper"
    page = _day(stage)
    page.listed.choose(1)
    page.begin_miss()
    stage.hands.press("Ctrl+Enter")
    stage.shoot("inspector-missed-faults")
    stage.hands.press("Esc")
    yield "a visit that did not take place"
    page = _day(stage)
    stage.line.cut = True
    stage.hands.press("F5")
    stage.shoot("inspector-day-offline")
    case_id = page.visit.case.case_id if page.visit is not None else ""
    stage.hands.press("Ctrl+Enter")
    stage.hands.press("Ctrl+Enter")
    stage.shoot("inspector-report-faults")
    yield "a report without a line"
    report = stage.page
    if not isinstance(report, MunicipalCasePage) or not isinstance(report._main_form, ReportForm):
        raise RuntimeError("no report is asked")
    _fill(stage, report._main_form)
    stage.shoot("inspector-report-typed")
    stage.hands.press("Ctrl+Enter")
    stage.shoot("inspector-report-waiting")
    yield "the report waits"
    _day(stage)
    stage.shoot("inspector-day-sent")
    stage.line.cut = False
    stage.house.municipality.sync()
    stage.house.office.sync()
    stage.go(places.MunicipalCase(case_id))
    stage.shoot("inspector-report-went", case_id)
    yield "what came of it"


def _day(stage: Stage) -> VisitDayPage:
    page = stage.go(places.VisitDay())
    if not isinstance(page, VisitDayPage):
        raise RuntimeError("the day does not show")
    return page


def _book(stage: Stage, crew: Crew) -> None:
    """So many visits on one day, and that day is here."""
    due = visits.week(crew.planner, stage.window.today(), _DAYS)
    if not due.inspectors:
        raise RuntimeError("nobody goes anywhere")
    booked: list[Case] = []
    for row in _waiting(crew):
        case = case_now(crew.clerk, row)
        if case.state is State.VISIT_DUE and len(booked) < _MOST:
            book(crew, case)
            booked.append(case_now(crew.clerk, row))
    days = [half.day for each in due.inspectors for half in each.halves if half.booked]
    days += [case.slot.day for case in booked if case.slot is not None]
    day = max(set(days), key=days.count)
    stage.clock.moment += day - stage.clock.moment.astimezone(TEHRAN).date()
    stage.window.tick()


def _waiting(crew: Crew) -> list[str]:
    rows = board.municipal_queue(crew.supervisor, state=State.VISIT_DUE.value).rows
    return [row.case_id for row in rows]


def _fill(stage: Stage, form: ReportForm) -> None:
    _, content = sample_photos()
    form.files.add(form.photos, [PaperSource("محل.pdf", partial(bytes, content))])
    stage.hands.settle()
    for key, text in _MEASURED.items():
        if text:
            form.fields[key].set_value(text)
    for key, text in zip(("latitude", "longitude"), form._ground.point or _PLACE, strict=False):
        form.fields[key].set_value(text)
    form.fields["violations"].set_value(text_of_rows([_VIOLATION]))
    for row in form.gates.rows:
        row.tick.click()
        row.reason.set_value("در محل دیده شد")
    form._arrange()
    stage.hands.settle()
