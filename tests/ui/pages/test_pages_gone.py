"""A page that was left is gone whole: whatever was typed into it, nothing holds it any more."""

from __future__ import annotations

import gc
import weakref

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.domain.people import Role
from desktop.ui import places
from desktop.ui.page import Page
from tests.ui.keyboard import type_text
from tests.ui.pages.conftest import Office
from tests.ui.pages.figures import hands
from tests.ui.pages.seeing import wake

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]
_TURNS = 40


def is_gone(office: Office, page: weakref.ref[Page]) -> bool:
    """Whether nothing holds the page once another one shows; what it waits for ends with it."""
    office.go(places.Keys())
    for _ in range(_TURNS):
        for _ in range(3):
            QApplication.processEvents()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        gc.collect()
        if page() is None:
            return True
        QTest.qWait(50)
    return False


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param("", id="left at once", marks=pytest.mark.long),
        pytest.param("4420000009", id="typed into"),
    ],
)
def test_a_form_that_was_left_is_gone(office: Office, typed: str) -> None:
    office.sit(Role.CLERK)
    wake(office)
    page = weakref.ref(office.go(places.Form("no-violation")))
    type_text(office.window, typed)
    assert is_gone(office, page)


@pytest.mark.long
def test_a_page_that_was_passed_through_is_gone(office: Office) -> None:
    """While it is on its way out, a whole day that is typed goes through the focus chain."""
    office.sit(Role.SUPERVISOR)
    passed = weakref.ref(office.page)
    page = hands.opened(office)
    hands.press_main(page)
    hands.fill(page, since="1405/10/01")
    assert is_gone(office, passed)
