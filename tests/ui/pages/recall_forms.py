"""The forms of letters in doubt, each as it comes to stand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from desktop.domain.case import Case
from desktop.domain.case_letters import CaseLetter
from desktop.ui.pages.acts.form import ActForm
from desktop.ui.pages.recalls.forms import (
    CopyAnswerForm,
    DoubtForm,
    RecallEndForm,
    RecallForm,
    TellVoidForm,
)
from desktop.wire.recalls import ChangeBody, RecallBody
from tests.houses import MORNING
from tests.ui.pages import cases
from tests.ui.pages.conftest import Office


def _lettered(office: Office) -> tuple[Case, CaseLetter]:
    case = cases.answered(office.crew)
    assert case.answer is not None
    return case, case.answer


def doubt_about(case: Case, held: CaseLetter) -> RecallBody:
    """Something fails of the letter that did not."""
    change = ChangeBody(gate="hold", code="active", title="توقیف", told="توقیف شعبهٔ ۳ یزد")
    return RecallBody(
        case_id=case.case_id,
        letter_id=held.letter.letter_id,
        number=held.letter.number,
        tracking=case.request.tracking,
        service=case.request.service,
        applicant=case.request.party.name,
        place="یزد، صفائیه",
        issued_on=held.letter.issued_on,
        state="changed",
        handed=True,
        changes=[change],
        reason="",
        by="",
        since=MORNING,
        untold=0,
    )


def _doubt(office: Office) -> ActForm:
    case, held = _lettered(office)
    return DoubtForm(case, held, doubt_about(case, held))


def _tell(office: Office) -> ActForm:
    case, held = _lettered(office)
    void = replace(held, voided="توقیف", handed_to=case.request.party.name)
    return TellVoidForm(case, void, (case.request.party.name, "بانک ملی ایران"))


def _copies(office: Office) -> ActForm:
    case, held = _lettered(office)
    return CopyAnswerForm(case, replace(held, copies=3, asked="برای بانک مسکن"))


RECALL_FORMS: dict[type[ActForm], Callable[[Office], ActForm]] = {
    DoubtForm: _doubt,
    RecallEndForm: lambda office: RecallEndForm(*_lettered(office), None, "سعید نوری: توقیف"),
    RecallForm: lambda office: RecallForm(*_lettered(office), None),
    TellVoidForm: _tell,
    CopyAnswerForm: _copies,
}
