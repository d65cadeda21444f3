"""What is typed without end into an act is bounded, and said so beside it."""

from __future__ import annotations

import json

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop.actions import act_drafts
from desktop.domain.people import Role
from desktop.ui.pages.acts.form import ActForm
from desktop.ui.pages.case.counter_acts import LackForm
from desktop.ui.widgets.inputs.date_line import DateLine
from desktop.ui.widgets.inputs.line import TextLine
from desktop.ui.widgets.inputs.list_choice import ListChoice
from desktop.ui.widgets.inputs.number import DigitsLine, MoneyLine, NumberLine, PhoneLine
from desktop.ui.widgets.inputs.password import PasswordLine
from desktop.ui.widgets.inputs.prose import Prose
from tests.ui.keyboard import paste
from tests.ui.pages.act_hands import opened
from tests.ui.pages.case_hands import unpaid
from tests.ui.pages.conftest import Office
from tests.ui.pages.test_act_drafts import FORMS

NO_WORDS = (ListChoice, DateLine, DigitsLine, MoneyLine, NumberLine, PhoneLine, PasswordLine)
"""Lines in which no remark is written."""


def told_full(line: TextLine | Prose) -> bool:
    """Whether it is said beside the input that not all of it was taken."""
    over = line.parentWidget()
    while over is not None:
        told = [each.text() for each in over.findChildren(QLabel) if each.isVisible()]
        if any("جا نمی‌شود" in words for words in told):
            return True
        over = over.parentWidget()
    return False


@pytest.mark.long
@pytest.mark.parametrize("kind", FORMS, ids=lambda kind: str(kind.name))
def test_ten_thousand_letters_are_bounded_in_every_remark_of_every_act(
    forms_office: Office, qtbot: QtBot, kind: type[ActForm]
) -> None:
    form = FORMS[kind](forms_office)
    qtbot.addWidget(form)
    with qtbot.waitActive(form):
        form.show()
    form.typed.begin()
    for control in [*form.typed._inputs.values()]:
        if not isinstance(control, TextLine | Prose) or isinstance(control, NO_WORDS):
            continue
        if not control.isVisible() or control.isReadOnly():
            continue
        control.setFocus()
        paste(control, "ب" * 10_000)
        assert len(control.value()) == control.limit < 10_000, control.accessibleName()
        assert told_full(control), control.accessibleName()
    # And it is kept as it stands, and read again.
    again = json.loads(json.dumps(form.typed.typed()))
    assert again == form.typed.typed()


@pytest.mark.slow
def test_a_remark_of_ten_thousand_letters_is_bounded_with_a_word_beside_it(office: Office) -> None:
    case = unpaid(office)
    page = opened(office, case, Role.CLERK)
    page.begin("lack")
    form = page.form
    assert isinstance(form, LackForm)
    form.comment.setFocus()
    paste(page, "ب" * 10_000)
    assert len(form.comment.value()) == 2_000
    assert form.comment.fault.words.text() == "بیش از ۲۰۰۰ نویسه جا نمی‌شود؛ بقیه وارد نشد."
    form.rows[0].tick.click()
    remedy = form.rows[0].remedy
    remedy.setFocus()
    paste(page, "ب" * 10_000)
    assert remedy.fault.isVisible()
    # And it is kept as it stands.
    page.drafts.leave()
    (kept,) = act_drafts.mine(office.window.seat)
    assert len(kept.typed["comment"]) == 2_000
