"""The tour of a commission: agenda, ruling, its service at the counter, an objection, its end."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.actions import board
from desktop.demo.beginning import seat_crew
from desktop.domain.people import Role
from desktop.domain.state import State
from desktop.trial.answering import answer_all
from desktop.trial.stage import Stage
from desktop.ui import places
from desktop.ui.pages.case.page import CasePage
from desktop.ui.pages.commissions.forms import FinalForm, ResultForm
from desktop.ui.pages.commissions.page import CommissionsPage
from desktop.ui.pages.commissions.service_forms import ServeForm
from desktop.ui.pages.municipality.case import MunicipalCasePage
from desktop.ui.pages.review.page import ReviewPage

_REFERRAL = "اضافه‌بنای ۱۸٫۵۰ مترمربع بیرون از پروانه دیده شد."
_SESSION = {"session": "1405/31", "held_on": "1405/09/03"}
_RULING = {
    "verdict": "fine",
    "stage": "first",
    "fine": "48500000",
    "number": "1405/812",
    "decided_on": "1405/09/03",
    "result": "با حفظ پارکینگ",
}
_CASES, _DAYS = 3, 12


def play(stage: Stage) -> Iterator[str]:
    """From the referral to the final ruling."""
    crew = seat_crew(stage.house)
    rows = board.municipal_queue(crew.expert, state=State.IN_REVIEW.value).rows[:_CASES]
    stage.sit(Role.EXPERT)
    for row in rows:
        file = stage.go(places.ReviewFile(row.case_id))
        stage.hands.click_button("کمیسیون…")
        if not isinstance(file, ReviewPage) or file.form is None:
            raise RuntimeError("no referral is asked")
        answer_all(stage.hands, file.form.fields, {"article": "100", "note": _REFERRAL})
        stage.shoot("referral-typed", row.case_id)
        stage.hands.press("Ctrl+Enter")
        stage.house.municipality.sync()
        if board.municipal_case(crew.expert, row.case_id)[0].state is not State.COMMISSION:
            raise RuntimeError("the case was not referred")
    yield "sent to the commission"
    page_of = stage.go(places.Commissions())
    if not isinstance(page_of, CommissionsPage):
        raise RuntimeError("the commissions do not show")
    stage.shoot("commissions")
    for _ in rows:
        stage.hands.press("Space")
    stage.shoot("commissions-ticked")
    stage.hands.press("F2")
    stage.hands.press("Ctrl+Enter")
    stage.shoot("session-faults")
    if page_of.form is None:
        raise RuntimeError("no session is asked")
    answer_all(stage.hands, page_of.form.fields, _SESSION)
    stage.shoot("session-typed")
    stage.hands.press("Ctrl+Enter")
    stage.shoot("agenda")
    stage.hands.press("F8")
    stage.shoot_paper("agenda-paper")
    stage.hands.press("Esc")
    yield "the agenda"
    yield from _rule(stage, rows[0].case_id)


def _rule(stage: Stage, case_id: str) -> Iterator[str]:
    page = _case(stage, case_id)
    stage.shoot("ruling-empty", case_id)
    for form in page.work_tab.findChildren(ResultForm):
        answer_all(stage.hands, form.fields, _RULING)
    stage.shoot("ruling-typed", case_id)
    stage.hands.press("Ctrl+Enter")
    stage.house.office.sync()
    stage.shoot("ruling-taken", case_id)
    yield "the ruling"
    stage.sit(Role.CLERK)
    counter = stage.go(places.Case(case_id))
    if not isinstance(counter, CasePage):
        raise RuntimeError("the case does not show at the counter")
    stage.shoot("to-serve", case_id)
    stage.hands.press("F8")
    stage.shoot_paper("ruling-paper", case_id)
    stage.hands.press("Esc")
    stage.hands.press("Ctrl+Enter")
    stage.shoot("serve-empty", case_id)
    form_of = counter.form
    if not isinstance(form_of, ServeForm):
        raise RuntimeError("no service is asked")
    form_of.way.set_value("attorney")
    form_of.way.edited.emit()
    typed = {
        "receiver": "محمد زارع",
        "receiver_id": "0084575948",
        "paper": "1405/2210",
        "paper_date": "1405/09/01",
    }
    answer_all(stage.hands, form_of.fields, typed)
    stage.shoot("serve-typed", case_id)
    stage.hands.press("Ctrl+Enter")
    stage.house.office.sync()
    stage.shoot("served", case_id)
    yield "served at the counter"
    stage.sit(Role.EXPERT)
    page = _case(stage, case_id)
    stage.shoot("term-runs", case_id)
    stage.hands.press("Ctrl+Enter")
    stage.shoot("term-not-over", case_id)
    stage.go(places.Commissions())
    stage.shoot("commissions-terms")
    stage.pass_time(_DAYS * 24 * 60)
    page = _case(stage, case_id)
    if not page.work_tab.findChildren(FinalForm):
        raise RuntimeError("nothing becomes final")
    stage.hands.press("Ctrl+Enter")
    stage.shoot("ruling-final", case_id)
    yield "the ruling is final"


def _case(stage: Stage, case_id: str) -> MunicipalCasePage:
    page = stage.go(places.MunicipalCase(case_id))
    if not isinstance(page, MunicipalCasePage):
        raise RuntimeError("the case does not show")
    stage.hands.settle()
    return page
