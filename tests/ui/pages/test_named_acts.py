"""Every act of every role: what is said against it leads to its own field, and to no other."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.actions import visit_day
from desktop.demo.sample_paper import sample_photos
from desktop.domain.calendar import TEHRAN
from desktop.trial.hands import Hands
from desktop.ui.pages.acts.form import ActForm
from desktop.ui.pages.conversion.forms import MinutesForm
from desktop.ui.pages.form.files import FormFiles
from desktop.ui.pages.inspection.report_form import Ground, ReportForm
from desktop.ui.pages.office.desk_forms import EnrolForm
from desktop.ui.pages.signing.opinion_form import OpinionForm
from desktop.ui.printing import Printer
from desktop.ui.widgets.inputs.field import FormField
from desktop.ui.widgets.inputs.list_choice import ListChoice
from desktop.ui.widgets.inputs.password import PasswordLine
from tests.ui.pages.case_hands import booked
from tests.ui.pages.conftest import Office
from tests.ui.pages.seeing import wake
from tests.ui.pages.signing.made import in_review, propose, two_sign
from tests.ui.pages.test_act_drafts import FORMS
from tests.ui.pages.typing_through import type_through


def _report(office: Office) -> ReportForm:
    """On its day: before that no report is taken, whatever one types."""
    case, files = booked(office), FormFiles(office.window, office.window)
    assert case.slot is not None
    now = datetime.combine(case.slot.day, time(18), TEHRAN)
    return ReportForm(
        case, lambda: now, files, Ground(visit_day.city_of(office.crew.inspector.desk))
    )


def _opinion(office: Office) -> OpinionForm:
    """With no paper that is to be opened first."""
    two_sign(office)
    case = propose(office, in_review(office))
    assert case.recommendation is not None
    return OpinionForm(case, case.recommendation, None, {})


def _enrol(office: Office) -> ActForm:
    """Where there is a printer."""
    form = FORMS[EnrolForm](office)
    assert isinstance(form, EnrolForm)
    form.offer([Printer("باجه-۲")])
    return form


_READY: dict[type[ActForm], Callable[[Office], ActForm]] = {
    ReportForm: _report,
    OpinionForm: _opinion,
    EnrolForm: _enrol,
}


@pytest.mark.long
@pytest.mark.parametrize(
    "kind",
    # The minutes' key leads to a step of the conversion, on another form.
    [kind for kind in FORMS if kind is not MinutesForm],
    ids=lambda kind: str(kind.name),
)
def test_each_fault_of_an_act_leads_to_its_field(
    forms_office: Office, qtbot: QtBot, tmp_path: Path, kind: type[ActForm]
) -> None:
    form = _READY.get(kind, FORMS[kind])(forms_office)
    qtbot.addWidget(form)
    form.setParent(forms_office.window)
    form.resize(1000, 600)
    form.show()
    wake(forms_office)
    form.typed.begin()
    (form.first() or form).setFocus()
    paper = tmp_path / "paper.pdf"
    paper.write_bytes(sample_photos()[1])

    def check() -> None:
        form.check()
        QApplication.processEvents()

    type_through(Hands(forms_office.window), form, paper, check)
    if not form.faults():
        assert [field.words() for field in form.fields.values() if _is_silent(field)] == []


def _is_silent(field: FormField) -> bool:
    """Whether it stays empty and does not say that it may.

    A password never tells what stands in it; hours of a day are told by the sentence over them, and
    «هیچ‌کس» and «همه» are answers.
    """
    if isinstance(field.control, PasswordLine | ListChoice) or field.key.startswith("hours"):
        return False
    empty = field.isVisible() and bool(field.label.text()) and not field.raw()
    return empty and not field.is_optional() and not field.hint.words()
