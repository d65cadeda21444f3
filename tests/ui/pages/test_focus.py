"""The focus is never nowhere: after any way, act or cover it is in the page, and keys are kept."""

from __future__ import annotations

import time

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.domain.people import Role
from desktop.ui import places
from desktop.ui.pages.form.body import FormBody
from desktop.ui.pages.form.page import CaseForm
from desktop.ui.pages.inspection.page import VisitDayPage
from desktop.ui.pages.outcome.page import OutcomePage
from desktop.ui.widgets.inputs.line import TextLine
from tests.ui.keyboard import press, type_text
from tests.ui.pages import cases
from tests.ui.pages.conftest import Office

_PATIENCE = 25  # times 40 ms


def lost(office: Office) -> str:
    """Where the focus is instead of in the page that shows; empty where it is there.

    It comes back in 20 ms; on a busy machine, which wakes us late, it is given longer.
    """
    if not office.window.isActiveWindow():
        office.window.activateWindow()
    for _ in range(_PATIENCE):
        QTest.qWait(40)
        if not _elsewhere(office):
            break
    return _elsewhere(office)


def _elsewhere(office: Office) -> str:
    page, focus = office.page, QApplication.focusWidget()
    if focus is None:
        return "nowhere"
    within = [page, *(part for part in (page.side, page.bar) if part is not None)]
    if not any(part is focus or part.isAncestorOf(focus) for part in within):
        return f"in {focus.accessibleName() or type(focus).__name__}"
    return "" if focus.isVisible() else f"hidden in {type(focus).__name__}"


def _key(office: Office, key: Qt.Key) -> None:
    """As the system gives it: shortcuts first. Nothing else is heard meanwhile."""
    QTest.keyClick(office.window.windowHandle(), key)


def _type(office: Office, text: str) -> None:
    for char in text:
        focus = QApplication.focusWidget()
        assert focus is not None, "typed into nothing"
        if char.isascii():
            _key(office, Qt.Key(ord(char)))
        else:
            type_text(focus, char)


def _form(office: Office, qtbot: QtBot) -> FormBody:
    def begun() -> bool:
        page = office.page
        return isinstance(page, CaseForm) and page.body is not None and page.body.isVisible()

    qtbot.waitUntil(begun)
    body = office.page.body  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: body.focused_key() != "")
    assert isinstance(body, FormBody)
    return body


@pytest.mark.long
def test_f2_a_digit_and_the_id_typed_without_waiting(threads: Office, qtbot: QtBot) -> None:
    """No turn of the loop between the keys: neither home nor the form has loaded."""
    qtbot.waitUntil(lambda: threads.window.is_idle)
    threads.go(places.Queue())
    _key(threads, Qt.Key.Key_F2)
    _key(threads, Qt.Key.Key_1)
    _type(threads, "4420000009")
    body = _form(threads, qtbot)
    assert body.filled().party["person_id"] == "4420000009"


@pytest.mark.long
def test_what_is_typed_while_a_form_opens_goes_on_through_its_fields(
    threads: Office, qtbot: QtBot
) -> None:
    """Letters, Enter, letters: each where it would have gone a moment later."""
    qtbot.waitUntil(lambda: threads.window.is_idle)
    threads.window.go(places.Form("no-violation"))
    _type(threads, "4420000009")
    # Between the id and the names: nationality, and how the person is addressed.
    for name in ("", "", "فاطمه", "دهقان"):
        press(threads.page, Qt.Key.Key_Return)
        _type(threads, name)
    body = _form(threads, qtbot)
    party = body.filled().party
    told = (party["person_id"], party["first_name"], party["last_name"])
    assert told == ("4420000009", "فاطمه", "دهقان")


@pytest.mark.slow
def test_keys_of_long_ago_are_typed_nowhere(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.sit(Role.CLERK)
    office.window.activateWindow()
    keeper = office.window._keeper
    page = office.go(places.Queue())
    keeper.watch(page)
    _type(office, "سلام")
    assert len(keeper._typed) == 4
    late = time.monotonic() + 60
    monkeypatch.setattr(time, "monotonic", lambda: late)
    line = TextLine()
    line.setParent(page)
    line.show()
    line.setFocus()
    assert line.text() == ""


@pytest.mark.slow
def test_back_from_the_receipt_what_is_typed_goes_on(office: Office) -> None:
    case = next(cases.registered(office.crew, fee=False))
    office.sit(Role.CLERK)
    office.window.activateWindow()
    page = office.go(places.Outcome(case.case_id))
    assert isinstance(page, OutcomePage)
    assert page.fee is not None
    line = page.fee.payment.reference
    _type(office, "71")
    _key(office, Qt.Key.Key_F8)
    QApplication.processEvents()
    assert page.on_paper()
    _key(office, Qt.Key.Key_Escape)
    QApplication.processEvents()
    _type(office, "82")
    assert page.fee.payment.reference.value() == "7182"
    assert line.hasFocus()
    # By mouse the link had the keys, and it is no place to type.
    page.show_receipt()
    page.panel.receipt.setFocus()
    page.leave_paper()
    assert line.hasFocus()


@pytest.mark.slow
def test_f12_takes_money_from_the_case_too(office: Office) -> None:
    case = next(cases.registered(office.crew, fee=False))
    office.sit(Role.CLERK)
    office.window.activateWindow()
    office.go(places.Case(case.case_id))
    _key(office, Qt.Key.Key_F12)
    QApplication.processEvents()
    assert office.page.place == places.Outcome(case.case_id)


@pytest.mark.slow
def test_a_page_gives_the_keys_to_nothing_that_does_not_show(office: Office) -> None:
    """Else Ctrl+K, pressed next, would close again while one types."""
    office.sit(Role.INSPECTOR)
    office.window.activateWindow()
    page = office.go(places.VisitDay())
    assert isinstance(page, VisitDayPage)
    page.listed.hide()
    page.take_focus()
    assert lost(office) == ""


@pytest.mark.slow
def test_what_is_hidden_gives_the_keys_to_its_page(office: Office) -> None:
    office.sit(Role.CLERK)
    office.window.activateWindow()
    page = office.go(places.Queue())
    line = TextLine()
    line.setParent(page)
    line.show()
    line.setFocus()
    line.hide()
    assert lost(office) == ""
    line.show()
    line.setFocus()
    line.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert lost(office) == ""
