"""How many keys a request takes, at the keyboard alone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop.actions import intake
from desktop.domain.people import Role
from desktop.trial.form_filling import FormFilling
from desktop.trial.hands import Hands
from desktop.ui import places
from desktop.ui.pages.form.page import CaseForm
from tests.ui.pages.conftest import Office
from tests.ui.pages.form_hands import a_form
from tests.ui.pages.seeing import wake

_REFERENCE = "718204"


@pytest.mark.slow
def test_a_known_citizen_s_request_takes_ninety_keys_at_the_most(office: Office) -> None:
    desk = office.house.office.desk
    earlier = a_form(office, "clearance")
    intake.register(office.crew.clerk, intake.services(desk)["clearance"], earlier)
    office.sit(Role.CLERK)
    wake(office)
    office.go(places.Home())
    hands = Hands(office.window)
    hands.press("F2")
    hands.press("1")
    page = office.page
    assert isinstance(page, CaseForm)
    QApplication.processEvents()
    FormFilling(hands, page, a_form(office), _REFERENCE).fill(hands.settle)
    hands.press("Ctrl+Enter")
    assert isinstance(office.page.place, places.Outcome), Qt.Key.Key_Return
    assert hands.presses <= 25
    assert hands.presses + hands.typed <= 90
