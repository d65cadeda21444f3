"""Hands at an office's card: the town behind the window, the page opened, what stands on it."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QLabel, QWidget

from desktop.domain.people import Role
from desktop.ui import places
from desktop.ui.page import Page
from desktop.ui.pages.acts.signed_form import SignedForm
from desktop.ui.pages.office.page import OfficePage
from desktop.ui.widgets.told.chip import Chip
from tests.delegated import announce
from tests.town import Town
from tests.ui.keyboard import type_text
from tests.ui.pages.conftest import Office
from tests.ui.pages.seeing import wake


def town_of(office: Office) -> Town:
    """The window's house as the helpers of the centre's tests know one, its act's scan there."""
    return announce(Town(office.house, office.clock, office.crew, {}))


def card_page(office: Office, role: Role, of: str = "21") -> OfficePage:
    """The card of an office, as a person of that role sees it."""
    office.sit(role)
    wake(office)
    page = office.go(places.Office(of))
    assert isinstance(page, OfficePage)
    return page


def told(page: Page) -> str:
    """All that can be read on the page and beside it."""
    roots: list[QWidget] = [page] + ([page.side] if page.side is not None else [])
    QApplication.processEvents()
    labels = [label for root in roots for label in root.findChildren(QLabel)]
    chips = [chip for root in roots for chip in root.findChildren(Chip)]
    seen = [label.text() for label in labels if label.isVisible()]
    return "\n".join(seen + [chip.look().words for chip in chips if chip.isVisible()])


def write(page: OfficePage, key: str, text: str) -> None:
    """Write over what stands in a field of the form that is open."""
    assert page.form is not None
    write_in(page, page.form, key, text)


def write_in(page: Page, form: SignedForm, key: str, text: str) -> None:
    """Write over what stands in a field of the form."""
    field = form.fields[key]
    field.setFocus()
    field.set_value("")
    type_text(page, text)
    QApplication.processEvents()


def focused() -> QWidget:
    """What has the keys."""
    found = QApplication.focusWidget()
    assert found is not None
    return found
