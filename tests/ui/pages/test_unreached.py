"""A message that did not reach the citizen stands on its case, and is mended there by keyboard."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop.centre.messaging import Failure, carry
from desktop.demo.following import case_now
from desktop.domain.case import Case
from desktop.domain.people import Role
from desktop.ui import places
from desktop.ui.pages.case.messages import ResendForm
from desktop.ui.pages.case.page import CasePage
from desktop.ui.pages.case.work_item_card import WorkItemCard
from desktop.ui.pages.outbox.page import WaitingPage
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.inputs.number import PhoneLine
from tests.centre.test_messages import Telephone
from tests.ui.keyboard import press, type_text
from tests.ui.pages.cases import registered
from tests.ui.pages.conftest import Office
from tests.ui.pages.seeing import faults, wake

pytestmark = pytest.mark.slow
_CONTROL = Qt.KeyboardModifier.ControlModifier
_CAUSE = "شماره در شبکه نیست"


def unreached(office: Office) -> Case:
    """A case of which the gateway says that its first message did not arrive."""
    case = next(registered(office.crew))
    office.house.office.sync()
    telephone = Telephone()
    carry(office.house.centre, telephone)
    mobile = case.request.party.mobile
    told = next(one for one in telephone.all if one.mobile == mobile)
    telephone.failed.append(Failure(told.message_id, _CAUSE))
    assert carry(office.house.centre, telephone).failed == 1
    office.house.office.sync()
    return case_now(office.crew.clerk, case.case_id)


def cards(office: Office) -> list[WorkItemCard]:
    return [card for card in office.page.findChildren(WorkItemCard) if card.isVisible()]


@pytest.mark.long
def test_the_number_is_mended_on_the_case_and_the_message_goes_again(office: Office) -> None:
    case = unreached(office)
    office.sit(Role.CLERK)
    page = office.go(places.Case(case.case_id))
    assert isinstance(page, CasePage)
    wake(office)
    (card,) = cards(office)
    assert _CAUSE in card.accessibleName()
    assert faults(office) == []
    mend = next(b for b in card.findChildren(Button) if b.text() == "اصلاح شماره…")
    mend.click()
    QApplication.processEvents()
    form = page.form
    assert isinstance(form, ResendForm)
    assert faults(office) == []
    line = form.mobile.control
    assert isinstance(line, PhoneLine)
    line.setFocus()
    line.selectAll()
    type_text(line, "0935")
    press(office.window, Qt.Key.Key_Return, _CONTROL)
    QApplication.processEvents()
    assert page.form is form
    assert form.mobile.error()
    type_text(line, "1112233")
    press(office.window, Qt.Key.Key_Return, _CONTROL)
    QApplication.processEvents()
    office.house.office.sync()
    page._load()
    assert page.form is None
    assert cards(office) == []
    assert case_now(office.crew.clerk, case.case_id).request.party.mobile == "09351112233"


@pytest.mark.long
def test_it_waits_in_the_list_of_what_a_person_must_look_at(office: Office) -> None:
    case = unreached(office)
    office.sit(Role.CLERK)
    page = office.go(places.Outbox())
    assert isinstance(page, WaitingPage)
    wake(office)
    words = [str(page.rows.index(0, column).data()) for column in range(5)]
    assert "پیام به متقاضی نرسید" in words[1]
    assert page.row is not None
    assert page.row.case_id == case.case_id
    assert faults(office) == []
