"""The forms of an objection, as they stand at its unit."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from desktop.actions import board, intake, objections
from desktop.domain.case import Case
from desktop.domain.contest import Contested, Correction
from desktop.domain.facts import ObjectionAnswered
from desktop.ui.pages.acts.form import ActForm
from desktop.ui.pages.objection.forms import AnswerForm, SignForm
from tests.ui.pages.conftest import Office
from tests.ui.pages.test_objections import put_in

_GIVEN = ObjectionAnswered(
    upheld=True,
    by="saeed-nouri",
    entered={"upheld": "خطای ورود داده", "paper": "سند مالکیت"},
    corrections=(Correction(Contested.LAND, "120.00", "200.00"),),
    second=True,
)


def _objection(office: Office) -> Case:
    """One, however many forms of it come to stand."""
    if rows := objections.waiting(office.crew.expert).rows:
        return objections.look(office.crew.expert, rows[0].case_id).case
    return objections.look(office.crew.expert, put_in(office).case_id).case


def _answer(office: Office) -> ActForm:
    expert, case = office.crew.expert, _objection(office)
    told = objections.look(expert, case.case_id).told
    assert case.laid is not None
    service, ways = board.service_of(expert.desk, case), intake.figures(expert.desk).objections
    return AnswerForm(case, case.laid, told.record, service, ways, date(2026, 11, 24))


OBJECTION_FORMS: dict[type[ActForm], Callable[[Office], ActForm]] = {
    AnswerForm: _answer,
    SignForm: lambda office: SignForm(_objection(office), _GIVEN),
}
