"""The forms of the expert's page, as they stand over a case that waits for him."""

from __future__ import annotations

from collections.abc import Callable

from desktop.actions import board, reviewing
from desktop.ui.pages.acts.form import ActForm
from desktop.ui.pages.review.decision_form import DecisionForm
from desktop.ui.pages.review.pass_on_form import PassOnForm
from desktop.ui.pages.review.shown import looked_at
from tests.ui.pages import cases
from tests.ui.pages.conftest import Office


def _decision(office: Office) -> ActForm:
    expert = office.crew.expert
    loaded = looked_at(expert, cases.in_review(office.crew).case_id, 0)
    return DecisionForm(loaded, office.window.today(), tuple)


def _pass_on(office: Office) -> ActForm:
    expert = office.crew.expert
    case = board.municipal_case(expert, cases.in_review(office.crew).case_id)[0]
    experts = reviewing.file(expert, case.case_id).experts
    return PassOnForm(case, experts, expert.staff.staff_id)


REVIEW_FORMS: dict[type[ActForm], Callable[[Office], ActForm]] = {
    DecisionForm: _decision,
    PassOnForm: _pass_on,
}
