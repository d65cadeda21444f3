"""How many keys a request and its letter take, at the keyboard alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from desktop.actions import intake
from desktop.actions.counter_acts import withdraw
from desktop.demo.following import case_now
from desktop.demo.people import PASSWORD
from desktop.domain.people import Role
from desktop.trial.form_filling import FormFilling
from desktop.trial.hands import Hands
from desktop.ui import places
from desktop.ui.pages.form.page import CaseForm
from tests.ui.pages import cases
from tests.ui.pages.conftest import Office
from tests.ui.pages.form_hands import a_form
from tests.ui.pages.seeing import wake
from tests.ui.spooler import Spooler

_REFERENCE = "718204"
_MOST = 40
_STAMP_KEYS = 4


@pytest.mark.long
def test_a_known_citizen_s_request_takes_ninety_keys_at_the_most(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """To the receipt; what the manager adds until the letter is printed is counted apart."""
    spooler = Spooler(tmp_path, monkeypatch)
    desk = office.house.office.desk
    earlier = a_form(office, "clearance")
    done = intake.register(office.crew.clerk, intake.services(desk)["clearance"], earlier)
    withdraw(office.crew.clerk, case_now(office.crew.clerk, done.case_id).case_id, "آزمون")
    office.sit(Role.CLERK)
    wake(office)
    office.go(places.Home())
    hands = Hands(office.window)
    hands.press("F2")
    hands.press("1")
    page = office.page
    assert isinstance(page, CaseForm)
    QApplication.processEvents()
    filling, body = FormFilling(hands, page, a_form(office), _REFERENCE), page.body
    assert body is not None
    for _ in range(_MOST):
        # What is known of person and property comes by itself; F7 leads to what is lacking.
        hands.settle()
        focus = QApplication.focusWidget()
        assert focus is not None
        filling.give(body.focused_key(), focus)
        hands.settle()
        if not page.panel.remains.keys():
            break
        hands.press("F7")
    hands.press("Ctrl+Enter")
    assert isinstance(office.page.place, places.Outcome)
    assert hands.presses + hands.typed <= 90
    case, receipts = cases.answered(office.crew), len(spooler.jobs())
    office.sit(Role.MANAGER)
    wake(office)
    hands.count_anew()
    hands.press("F3")
    hands.type(case.request.tracking)
    hands.press("Enter")
    hands.press("Ctrl+Enter")
    hands.type(PASSWORD)
    hands.press("F8")
    held = case_now(office.crew.clerk, case.case_id).answer
    assert held is not None
    assert held.copies == 1
    assert len(spooler.jobs()) == receipts + 1
    assert hands.presses <= _STAMP_KEYS
