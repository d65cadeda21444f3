"""The tour of the expert's day: the queue, a case taken, its file, what is said of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from desktop.actions import board, intake, reviewing
from desktop.demo.city import Scenario, make_city
from desktop.demo.filling import Asker, fill
from desktop.demo.following import Crew
from desktop.demo.sample_paper import sample_paper
from desktop.domain.people import Applicant, Role
from desktop.domain.recommendation import OTHER, Verdict
from desktop.domain.state import State
from desktop.trial.stage import PROPERTIES, SEED, Stage
from desktop.ui import places
from desktop.ui.pages.review.decision_form import DecisionForm
from desktop.ui.pages.review.page import ReviewPage
from desktop.ui.widgets.inputs.list_choice import ListChoice

_PARTS = ("request", "record", "papers", "visit", "earlier", "events")
_SERVICE, _CASES, _ID = "no-violation", 4, 10
_WHY = "اصل مدرک در بایگانی دیده شد"
_LACKS = "تصویر صفحهٔ دوم سند"
_PASSED = "پرونده‌های این منطقه با اوست"


def play(stage: Stage, crew: Crew) -> Iterator[str]:
    """From the queue to the case after."""
    _register(stage, crew)
    stage.sit(Role.EXPERT)
    stage.go(places.MunicipalQueue())
    stage.shoot("queue-expert")
    yield "the expert's queue"
    stage.hands.click_button("برداشتن")
    stage.shoot("case-taken")
    waiting = _waiting(stage)
    for case_id in waiting[1:3]:
        reviewing.take(stage.window.seat, case_id)
    page = _open(stage, waiting[1])
    stage.shoot("file")
    for number, name in enumerate(_PARTS, start=1):
        stage.hands.press(f"Alt+{number}")
        stage.shoot(f"file-{name}")
        yield f"the file: {name}"
    stage.hands.press("Alt+3")
    yield from _said(stage, page)
    if len(waiting) > 2:
        page = _open(stage, waiting[2])
        stage.hands.click_button("واگذاری")
        stage.shoot("pass-on")
        form = page.form
        if form is None:
            raise RuntimeError("nobody is asked for")
        control = form.fields["expert"].control
        assert isinstance(control, ListChoice)
        control.set_value(control.options()[0][0])
        form.fields["reason"].set_value(_PASSED)
        stage.shoot("pass-on-typed")
        stage.hands.press("Ctrl+Enter")
        stage.shoot("passed-on")
        yield "a case passed on"


def _register(stage: Stage, crew: Crew) -> None:
    """Requests whose deed the records doubt, with their papers scanned."""
    desk, file = crew.clerk.desk, sample_paper()[0]
    service, figures = intake.services(desk)[_SERVICE], intake.figures(desk)
    made = make_city(PROPERTIES, SEED, stage.window.today())
    records = [each.record for each in made if each.scenario is Scenario.DEED]
    owned = [each for each in records if each.owners and len(each.owners[0].person_id) == _ID]
    for number, record in enumerate(owned[:_CASES]):
        asker = Asker(
            applicant=Applicant.OWNER,
            owner=record.owners[0],
            record=record,
            code=str(record.code),
            answers={},
            unchanged="yes",
            body=figures.bodies[0],
            letter_number="",
        )
        filled = fill(service, asker, figures, stage.window.today())
        scanned = [replace(each, file=file) for each in filled.documents]
        fee = intake.FeePayment("terminal", f"77{number:04}")
        intake.register(crew.clerk, service, replace(filled, documents=scanned), fee)
    for running in (stage.house.office, stage.house.municipality):
        while running.sync().more:
            pass


def _waiting(stage: Stage) -> list[str]:
    rows = board.municipal_queue(stage.window.seat, state=State.IN_REVIEW.value).rows
    if not rows:
        raise RuntimeError("no case waits for the expert")
    return [row.case_id for row in rows]


def _open(stage: Stage, case_id: str) -> ReviewPage:
    page = stage.go(places.ReviewFile(case_id))
    if not isinstance(page, ReviewPage):
        raise RuntimeError("the file does not show")
    return page


def _said(stage: Stage, page: ReviewPage) -> Iterator[str]:
    """Each condition is said something of, in turn of each kind."""
    form = page.main_form
    if not isinstance(form, DecisionForm):
        raise RuntimeError("no decision is asked")
    stage.hands.press("Ctrl+Enter")
    stage.shoot("decision-left")
    for condition in form.conditions:
        condition.verdict.set_value(Verdict.LACKS.value)
        condition.note.set_value(_LACKS)
    form.show_faults([])
    form.arrange_typed()
    stage.shoot("decision-lacks")
    for condition in form.conditions:
        condition.verdict.set_value(Verdict.CLEARED.value)
        condition.note.set_value("")
    form.arrange_typed()
    stage.hands.press("Ctrl+Enter")
    stage.shoot("decision-faults")
    for condition in form.conditions:
        listed = condition.reason.control
        assert isinstance(listed, ListChoice)
        condition.reason.set_value(listed.options()[0][0])
    form.arrange_typed()
    stage.shoot("decision-listed")
    for condition in form.conditions:
        condition.reason.set_value(OTHER)
        condition.note.set_value(_WHY)
    form.arrange_typed()
    form.show_faults([])
    stage.shoot("decision-typed")
    stage.hands.press("F9")
    stage.shoot_paper("decision-letter")
    stage.hands.press("Esc")
    yield "what is said of each condition"
    stage.hands.press("Ctrl+Enter")
    stage.shoot("decision-taken")
    yield "the proposal"
