"""The tour of an objection: put in from its case, answered by its unit, signed, the letter."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.actions import intake, objections
from desktop.actions.desk import Seat
from desktop.demo.city import Scenario, make_city
from desktop.demo.filling import Asker, fill
from desktop.demo.following import case_now
from desktop.domain.case import Case
from desktop.domain.contest import Contested
from desktop.domain.people import Applicant, Role
from desktop.domain.property import PropertyRecord
from desktop.trial.stage import MORNING, PROPERTIES, SEED, Stage
from desktop.ui import places
from desktop.ui.pages.objection.forms import REJECTED, VISIT, AnswerForm
from desktop.ui.pages.objection.page import ObjectionPage

_GROUNDS = "سند تک‌برگ و نقشهٔ برداشت، مساحت عرصه را کمتر نشان می‌دهد."
_LESS = 16


def play(stage: Stage) -> Iterator[str]:
    """From the counter to the letter of the reply."""
    record = _owing(stage)
    stage.sit(Role.CLERK)
    clerk = stage.window.seat
    first = _first(stage, clerk, record)
    stage.go(places.Case(first.case_id))
    stage.shoot("case-that-is-objected-to")
    objection = _put_in(stage, clerk, record, first)
    stage.go(places.Case(first.case_id))
    stage.shoot("first-case-told")
    stage.go(places.Case(objection.case_id))
    stage.shoot("objection-at-the-counter")
    yield "an objection is put in"
    stage.sit(Role.EXPERT)
    stage.go(places.Objections())
    stage.shoot("objections")
    page = _opened(stage, objection)
    stage.shoot("objection")
    stage.hands.press("F6")
    stage.hands.settle()
    stage.hands.press("Ctrl+Enter")
    stage.shoot("objection-faults")
    _answer(stage, page, record)
    page.scroller.bring(page.reply)
    stage.shoot("objection-answered")
    stage.hands.press("Ctrl+Enter")
    stage.hands.settle()
    _spoken(stage)
    stage.shoot("objection-waits-for-a-second")
    yield "its unit answers"
    stage.sit(Role.SUPERVISOR)
    _opened(stage, objection)
    stage.shoot("objection-to-sign")
    stage.hands.press("F6")
    stage.hands.settle()
    stage.hands.press("Ctrl+Enter")
    stage.hands.settle()
    _spoken(stage)
    yield "a second person signs"
    stage.sit(Role.MANAGER)
    stage.go(places.Letter(objection.case_id))
    stage.shoot_paper("objection-letter")
    stage.go(places.Case(first.case_id))
    stage.shoot("first-case-anew")
    yield "the letter of the reply, and the first case anew"
    stage.sit(Role.FINANCE)
    stage.go(places.Objections())
    stage.shoot("objections-none")
    yield "a unit without objections"


def _owing(stage: Stage) -> PropertyRecord:
    """A property with a debt that is a person's."""
    return next(
        item.record
        for item in make_city(PROPERTIES, SEED, MORNING.date())
        if item.scenario is Scenario.DEBT
        and item.record.owners
        and len(item.record.owners[0].person_id) == 10
    )


def _asker(record: PropertyRecord, **answers: str) -> Asker:
    return Asker(
        Applicant.OWNER, record.owners[0], record, str(record.code), answers=answers, unchanged=""
    )


def _first(stage: Stage, clerk: Seat, record: PropertyRecord) -> Case:
    """A clearance that waits for the debt."""
    service, figures = intake.services(clerk.desk)["clearance"], intake.figures(clerk.desk)
    filled = fill(service, _asker(record), figures, MORNING.date())
    taken = intake.FeePayment("terminal", "551902")
    case_id = intake.register(clerk, service, filled, taken).case_id
    stage.house.office.sync()
    return case_now(clerk, case_id)


def _put_in(stage: Stage, clerk: Seat, record: PropertyRecord, first: Case) -> Case:
    service = objections.service_of(clerk.desk)
    if service is None:
        raise RuntimeError("nobody can object")
    given = {
        "contested": Contested.LAND.value,
        "claimed_area": f"{record.land - _LESS:.2f}",
        "grounds": _GROUNDS,
    }
    filled = fill(service, _asker(record, **given), intake.figures(clerk.desk), MORNING.date())
    done = intake.register(clerk, service, filled, linked_to=first.case_id)
    _spoken(stage)
    return case_now(clerk, done.case_id)


def _spoken(stage: Stage) -> None:
    """Both desks have told the centre what they did, and heard what came of it."""
    for _ in range(2):
        stage.house.municipality.sync()
        stage.house.office.sync()


def _opened(stage: Stage, objection: Case) -> ObjectionPage:
    page = stage.go(places.Objection(objection.case_id))
    if not isinstance(page, ObjectionPage):
        raise RuntimeError("the objection does not show")
    stage.hands.settle()
    return page


def _answer(stage: Stage, page: ObjectionPage, record: PropertyRecord) -> None:
    form = page.form
    if not isinstance(form, AnswerForm):
        raise RuntimeError("no answer is asked for")
    form.fields["verdict"].set_value(REJECTED)
    form.fields["verdict"].edited.emit()
    stage.shoot("objection-rejected")
    form.fields["verdict"].set_value(VISIT)
    form.fields["verdict"].edited.emit()
    stage.shoot("objection-visit")
    values = {
        "verdict": "upheld",
        "value": f"{record.land - _LESS:.2f}",
        "upheld": "خطای ورود داده",
        "paper": "سند مالکیت",
        "since": MORNING.date(),
    }
    for key, value in values.items():
        form.fields[key].set_value(value)
        form.fields[key].edited.emit()
    stage.hands.settle()
