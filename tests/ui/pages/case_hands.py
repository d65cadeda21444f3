"""Hands on the case page: open it, press its main button, read what stands there."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from desktop.demo.following import book, case_now
from desktop.domain.case import Case
from desktop.domain.people import Role
from desktop.ui import places
from desktop.ui.pages.case.page import CasePage
from desktop.ui.widgets.button import Button
from tests.ui.keyboard import press
from tests.ui.pages import cases
from tests.ui.pages.cases import to_visit
from tests.ui.pages.conftest import Office
from tests.ui.pages.seeing import wake

CONTROL = Qt.KeyboardModifier.ControlModifier


def opened(office: Office, case: Case, role: Role = Role.CLERK) -> CasePage:
    """The case's page as that person sees it."""
    office.sit(role)
    wake(office)
    page = office.go(places.Case(case.case_id))
    assert isinstance(page, CasePage)
    return page


def main(page: CasePage) -> Button:
    """The main button."""
    assert page.bar is not None
    assert page.bar.main is not None
    return page.bar.main


def act(page: CasePage) -> None:
    """Ctrl+Enter."""
    press(page, Qt.Key.Key_Return, CONTROL)
    QApplication.processEvents()


def words(page: CasePage) -> str:
    """Everything that is read on the page."""
    return "\n".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())


def booked(office: Office) -> Case:
    """A case with its half-day."""
    case = to_visit(office.crew)
    book(office.crew, case)
    return case_now(office.crew.clerk, case.case_id)


def unpaid(office: Office) -> Case:
    """A case whose office fee is not taken."""
    return cases.unpaid(office.crew)
