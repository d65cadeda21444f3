"""Outcome and letter on a small screen, or at a large zoom: what is asked for is in sight."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from desktop.actions import cash
from desktop.demo.following import case_now, deliver
from desktop.demo.people import PASSWORD
from desktop.domain.people import Role
from desktop.ui import theme
from desktop.ui.look import Look
from desktop.ui.pages.outcome.page import OutcomePage
from desktop.ui.palette import Theme
from desktop.ui.widgets.button import Button
from tests.ui.keyboard import type_text
from tests.ui.pages import cases
from tests.ui.pages.conftest import Office
from tests.ui.pages.paper_hands import key, open_letter, open_outcome, settle
from tests.ui.pages.seeing import faults, wake
from tests.ui.pages.test_typed_everywhere import printed
from tests.ui.spooler import Spooler

pytestmark = pytest.mark.slow
# A page that scrolls to what is asked for goes on while what stands above still changes.
_SETTLED_MS = 250
_AIR = 12


def at_150(office: Office) -> None:
    office.window.set_look(Look(Theme.LIGHT, 150, motion=False))
    QApplication.processEvents()


def in_sight(page: OutcomePage, widget: QWidget) -> bool:
    view = page._scroller.viewport()
    return view.rect().contains(QRect(widget.mapTo(view, QPoint(0, 0)), widget.size()))


def below(page: OutcomePage, widget: QWidget) -> int:
    """Pixels between the widget and the end of what shows."""
    view = page._scroller.viewport()
    return view.height() - widget.mapTo(view, QPoint(0, widget.height())).y()


@pytest.mark.long
def test_the_answer_is_in_sight_first_and_the_fee_once_it_is_asked_for(office: Office) -> None:
    case = cases.to_visit(office.crew)
    at_150(office)
    page = open_outcome(office, case)
    settle()
    assert page.visit is not None
    assert page.visit.fee is not None
    assert page.headline is not None
    assert in_sight(page, page.headline)
    assert page.bar is not None
    assert page.bar.main is not None
    # Nobody takes a sum unseen: its reference is asked for where the sum stands.
    page.bar.main.click()
    settle()
    assert in_sight(page, page.visit.fee.payment)
    assert faults(office) == []


@pytest.mark.long
def test_a_fee_that_is_asked_again_beside_its_letter_has_room(office: Office) -> None:
    """Its payment was voided: letter, receipt, the next request and the fee, each with its key."""
    case = next(each for each in cases.registered(office.crew) if each.takings and each.answer)
    manager = office.crew.manager
    cash.void_payment(manager, case.case_id, list(case.takings)[-1], "رسید کارت‌خوان ناموفق بود.")
    office.house.office.sync()
    office.window.set_look(Look(Theme.LIGHT, 160, motion=False))
    page = open_outcome(office, case)
    settle()
    assert page.bar is not None
    assert {"نامه", "رسید ثبت", "دریافت کارمزد"} <= {
        each.text() for each in page.bar.findChildren(Button)
    }
    assert office.window.minimumSizeHint().width() <= 1366
    assert faults(office) == []


def test_the_receipt_stays_a_key_away(office: Office) -> None:
    case = cases.in_review(office.crew)
    at_150(office)
    page = open_outcome(office, case)
    key(office, Qt.Key.Key_F8)
    settle()
    assert page.on_paper()
    assert page.paper.frame.pdf().startswith(b"%PDF")


@pytest.mark.long
def test_where_several_sums_are_owed_the_fields_of_the_payment_are_in_sight(
    office: Office,
) -> None:
    case = cases.owing(office.crew, 2)
    at_150(office)
    page = open_outcome(office, case)
    QTest.qWait(_SETTLED_MS)
    assert page.owed is not None
    assert page.headline is not None
    assert page.owed.payment.reference.hasFocus()
    assert in_sight(page, page.owed.payment)
    assert below(page, page.owed.payment.reference) >= theme.px(_AIR), "clear of the bar"
    for number in range(2):
        page.owed.payment.reference.set_value(f"72440{number}")
        page.claim_payment()
        QTest.qWait(_SETTLED_MS)
    assert in_sight(page, page.headline), "nothing more is asked for: what came of it is read"
    assert faults(office) == []


@pytest.mark.long
def test_whoever_comes_to_hand_a_letter_over_meets_what_is_asked(office: Office) -> None:
    case = printed(office)
    at_150(office)
    page = open_letter(office, case, Role.CLERK)
    settle()
    hand = page.panel.hand
    assert hand.person_id.hasFocus()
    assert hand.person_id.visibleRegion().boundingRect() == hand.person_id.rect()
    assert hand.receiver.visibleRegion().boundingRect() == hand.receiver.rect()
    # The letter is a key away.
    key(office, Qt.Key.Key_F7)
    assert page.frame.isVisible()
    assert not page.panel.isVisible()
    key(office, Qt.Key.Key_F7)
    assert hand.isVisible()
    assert faults(office) == []


@pytest.mark.long
def test_after_a_further_copy_the_keys_are_where_one_sees_them(
    office: Office, spooler: Spooler
) -> None:
    case = printed(office)
    deliver(office.crew, case_now(office.crew.clerk, case.case_id))
    at_150(office)
    page = open_letter(office, case)
    wake(office)
    key(office, Qt.Key.Key_F8)
    assert page.panel.print_card.reason.hasFocus()
    type_text(office.window, "نسخهٔ نخست خیس شد")
    # Where Enter led nowhere the password was typed into the reason, which is kept.
    key(office, Qt.Key.Key_Return)
    assert page.panel.print_card.password.hasFocus()
    type_text(office.window, PASSWORD)
    key(office, Qt.Key.Key_F8)
    assert len(spooler.jobs()) == 1
    focus = QApplication.focusWidget()
    assert focus is not None
    assert focus.isVisible()
    assert page.frame.isVisible()


@pytest.mark.long
def test_who_may_not_sign_a_copy_is_asked_for_no_password(office: Office) -> None:
    page = open_letter(office, printed(office), Role.CLERK)
    assert page.bar is not None
    key(office, Qt.Key.Key_F8)
    assert not page.panel.print_card.asked_again()
    assert not page.panel.print_card.password.isVisible()
    assert page.bar._sentence.words() == "نسخهٔ دیگر را محمد زارع چاپ می‌کند"


@pytest.mark.long
def test_a_letter_to_be_stamped_begins_at_whom_it_is_to(office: Office) -> None:
    """City, day and number stand over it, beside the password."""
    at_150(office)
    page = open_letter(office, cases.answered(office.crew))
    settle()
    frame = page.frame
    assert page.panel.release.password.hasFocus()
    head = 0.1 * frame._places()[0][1].height()
    assert frame.verticalScrollBar().value() > head
