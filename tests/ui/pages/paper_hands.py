"""What the tests of the outcome and the letter do with their hands and read from the window."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication

from desktop.demo.following import case_now
from desktop.domain.case import Case
from desktop.domain.case_letters import CaseLetter
from desktop.domain.people import Role
from desktop.ui import places
from desktop.ui.page import Page
from desktop.ui.pages.letter.page import LetterPage
from desktop.ui.pages.outcome.page import OutcomePage
from desktop.ui.widgets.told.banner import Banner
from tests.ui.keyboard import press
from tests.ui.pages import cases
from tests.ui.pages.cases import Line
from tests.ui.pages.conftest import Office


def open_outcome(office: Office, case: Case) -> OutcomePage:
    """The clerk looks at what came out."""
    office.sit(Role.CLERK)
    page = office.go(places.Outcome(case.case_id))
    assert isinstance(page, OutcomePage)
    return page


def open_letter(office: Office, case: Case, role: Role = Role.MANAGER) -> LetterPage:
    """Somebody, mostly the manager, looks at the answer's letter."""
    office.sit(role)
    page = office.go(places.Letter(case.case_id))
    assert isinstance(page, LetterPage)
    return page


def key(office: Office, which: Qt.Key) -> None:
    """Press a key, wherever the focus is."""
    press(office.window, which)
    QApplication.processEvents()


def confirm(office: Office) -> None:
    """Ctrl+Enter."""
    press(office.window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    QApplication.processEvents()


def banners(office: Office) -> list[str]:
    """What stands on top of the content."""
    return [b.words.words() for b in office.window.findChildren(Banner) if b.isVisible()]


def main_words(page: Page) -> str:
    """What the main button says."""
    assert page.bar is not None
    assert page.bar.main is not None
    return page.bar.main.text()


def held(office: Office, case: Case) -> CaseLetter:
    """The answer's letter as the office sees it now."""
    answer = case_now(office.crew.clerk, case.case_id).answer
    assert answer is not None
    return answer


def settle() -> None:
    """Let layouts that follow from each other find their sizes."""
    # No loop runs here that would delete the page before; all of them would be restyled.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    for _ in range(4):
        QApplication.processEvents()


def book_without_a_line(office: Office, line: Line) -> tuple[Case, OutcomePage]:
    """A visit's fee and half-day were taken while the line is cut; the case and its page."""
    case = cases.to_visit(office.crew)
    page = open_outcome(office, case)
    line.cut = True
    assert page.visit is not None
    assert page.visit.fee is not None
    page.visit.fee.payment.reference.set_value("551")
    key(office, Qt.Key.Key_F8)
    return case, page
