"""Who takes a letter: the code of the card is the one that the form took."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.demo.people import PASSWORD
from desktop.ui.pages.letter.cards import HandCard
from tests.ui.pages import cases
from tests.ui.pages.conftest import Office
from tests.ui.pages.paper_hands import held, open_letter
from tests.ui.pages.test_letter import stamp_and_print
from tests.ui.spooler import Spooler


@pytest.mark.long
def test_a_foreigner_takes_his_letter_with_the_code_that_the_form_took(
    office: Office, qtbot: QtBot
) -> None:
    page = open_letter(office, cases.answered(office.crew))
    assert page.now is not None
    request = page.now.case.request
    for digits in ("10032561", "1003256178901", "1003256178901234"):
        party = replace(request.party, person_id=digits, foreign=True)
        case = replace(page.now.case, request=replace(request, party=party))
        hand = HandCard()
        qtbot.addWidget(hand)
        hand.show_letter(replace(page.now, case=case))
        QTest.keyClicks(hand.person_id, digits)
        assert "receiver_id" not in dict(hand.faults()), digits
        assert "کد فراگیر" in hand.fields[1].words()
        hand.person_id.set_value("10032562")
        assert dict(hand.faults())["receiver_id"].startswith("این کد فراگیر از متقاضی نیست")


@pytest.mark.slow
def test_nobody_hands_a_letter_over_to_himself(office: Office, spooler: Spooler) -> None:
    case = cases.answered(office.crew)
    page = open_letter(office, case)
    stamp_and_print(office)
    hand = page.panel.hand
    hand.receiver.set_value("زهرا فلاح")
    hand.person_id.set_value(office.window.seat.staff.national_id)
    hand.seen.set_value(("کارت ملی",))
    hand.password.set_value(PASSWORD)
    page.hand_over()
    QApplication.processEvents()
    assert hand.fields[1].error() == "این کد خود شماست؛ کد ملی کسی را بنویسید که نامه را می‌گیرد."
    assert held(office, case).handed_to == ""
