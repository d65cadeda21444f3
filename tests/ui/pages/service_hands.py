"""A service's file in the editor, as a person of the municipality has it in hand."""

from __future__ import annotations

import re
from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication

from desktop.actions import service_files
from desktop.demo.people import PASSWORD, STAFF
from desktop.domain.people import Role
from desktop.forms.catalogue import SERVICES, whole_text
from desktop.ui import places
from desktop.ui.page import Page
from desktop.ui.pages.services.editor import ServiceEditor
from desktop.ui.pages.services.frame import ServiceFrame
from desktop.ui.widgets.label import Label
from tests.houses import MORNING
from tests.ui.keyboard import type_text
from tests.ui.pages.conftest import Office

TODAY = MORNING.date()
SOON = TODAY + timedelta(days=18)
CTRL = Qt.KeyboardModifier.ControlModifier
WHY = "به دستور شهردار، نامهٔ ۱۲۳ مورخ امروز"


def file_of(code: str, *changes: tuple[str, str]) -> str:
    """A shipped file that is to hold soon, changed in these places."""
    text = whole_text(SERVICES / f"{code}.toml")
    text = re.sub(r"(?m)^effective = .*$", f"effective = {SOON.isoformat()}", text)
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return text


CHANGED = ('label = "ارتفاع', 'label = "بلندی')


def open_editor(office: Office, text: str = "", code: str = "walling") -> ServiceEditor:
    office.sit(Role.SUPERVISOR)
    draft = service_files.begin(office.window.seat, text or file_of(code), "before")
    page = office.go(places.ServiceDraft(draft))
    assert isinstance(page, ServiceEditor)
    return page


def settle(page: ServiceFrame) -> None:
    """What the page would do after a pause it does now."""
    page._clock.stop()
    page.look()
    QApplication.processEvents()


def replace(page: ServiceFrame, old: str, new: str) -> None:
    """Find the words in the text and type others over them."""
    page.text.moveCursor(QTextCursor.MoveOperation.Start)
    assert page.text.find_next(old)
    page.text.setFocus()
    type_text(page.text, new)
    settle(page)


def line_of(page: ServiceFrame, words: str) -> int:
    rows = page.text.text().split("\n")
    return next(n for n, row in enumerate(rows, 1) if words in row)


def labels(page: Page) -> str:
    QApplication.processEvents()
    return " ".join(each.words() for each in page.findChildren(Label) if each.isVisible())


def sign_first(page: ServiceEditor, password: str = PASSWORD) -> None:
    page.card.password.set_value(password)
    assert page.bar is not None
    page.bar.press_main()
    QApplication.processEvents()


def sit_as(office: Office, name: str) -> None:
    assert name in [each.name for each in STAFF]
    office.window.lock()
    office.window.sign_in.choose(name)
    office.window.sign_in.go()
    QApplication.processEvents()
