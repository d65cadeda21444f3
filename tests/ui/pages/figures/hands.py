"""Hands at the municipality's data: the page opened, a row chosen, typed into, signed."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from desktop.actions import publishing
from desktop.demo.people import PASSWORD
from desktop.domain.people import Role
from desktop.domain.persian import strip_isolates
from desktop.ui import places
from desktop.ui.page import Page
from desktop.ui.pages.figures.listing import FigureList
from desktop.ui.pages.figures.page import MunicipalDataPage
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.inputs.date_line import DateLine
from tests.ui.keyboard import press, type_text
from tests.ui.pages.conftest import Office
from tests.ui.pages.seeing import wake


def opened(
    office: Office, kind: str = "tariffs", role: Role = Role.SUPERVISOR
) -> MunicipalDataPage:
    """The page as a person of that role sees it."""
    office.sit(role)
    wake(office)
    page = office.go(places.MunicipalData(kind))
    assert isinstance(page, MunicipalDataPage)
    return page


def figures(page: MunicipalDataPage) -> FigureList:
    """The table of the kind that shows."""
    listed = page.listed
    assert isinstance(listed, FigureList)
    return listed


def choose(page: MunicipalDataPage, *words: str) -> None:
    """Choose the first row in which these words stand."""
    found = (n for n, row in enumerate(figures(page).shown) if all(w in row.cells for w in words))
    figures(page).table.choose(next(found))
    QApplication.processEvents()


def rows(page: MunicipalDataPage) -> list[str]:
    """The rows of the list as readers hear them."""
    model, role = figures(page).model, Qt.ItemDataRole.AccessibleTextRole
    return [
        strip_isolates(
            " | ".join(str(model.data(model.index(n, c), role)) for c in range(model.columnCount()))
        )
        for n in range(model.rowCount())
    ]


def press_main(page: MunicipalDataPage) -> None:
    """Ctrl+Enter."""
    press(page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    QApplication.processEvents()


def fill(page: MunicipalDataPage, **texts: str) -> None:
    """Type into the fields of the open form, in place of what stands there."""
    assert page.form is not None
    for key, text in texts.items():
        field = page.form.fields[key]
        field.set_value(None if isinstance(field.control, DateLine) else "")
        page.form.go_to(key)
        type_text(page, text)
        QApplication.processEvents()


def sign_first(page: MunicipalDataPage) -> None:
    """Look at what changes, give the password, sign."""
    press_main(page)
    fill(page, password=PASSWORD)
    press_main(page)


def sign_second(office: Office) -> None:
    """The other supervisor signs what waits, and both desks hear of it."""
    (waits,) = publishing.waiting(office.crew.second)
    publishing.sign(office.crew.second, waits)
    office.house.municipality.sync()
    office.house.office.sync()
    QApplication.processEvents()


def told(page: Page) -> str:
    """Everything that can be read in the window."""
    QApplication.processEvents()
    found = page.window().findChildren(QLabel)
    return strip_isolates("\n".join(each.text() for each in found if each.isVisible()))


def button(page: MunicipalDataPage, words: str) -> Button:
    """The key that begins with these words."""
    QApplication.processEvents()
    found = (each for each in page.window().findChildren(Button) if each.isVisible())
    return next(each for each in found if each.text().startswith(words))


def has_button(page: MunicipalDataPage, words: str) -> bool:
    """Whether there is such a key."""
    QApplication.processEvents()
    found = page.window().findChildren(Button)
    return any(each.isVisible() and each.text().startswith(words) for each in found)
