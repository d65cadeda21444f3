"""Hands at the registry: the city's forty offices, the page opened, what stands on it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop.demo.following import Crew
from desktop.demo.offices import made_up_offices, open_offices
from desktop.domain.people import Role
from desktop.premises.clocks import SteppingClock
from desktop.premises.open import House
from desktop.ui import places
from desktop.ui.pages.offices.page import OfficesPage
from desktop.ui.widgets.button import Button
from tests.houses import MORNING
from tests.ui.keyboard import press
from tests.ui.pages.conftest import Office
from tests.ui.pages.seeing import wake

CONVERTING, SILENT, STOPPED, UNLICENSED, PLACELESS = "17", "30", "39", "33", "44"
"""The codes of the demo's offices that need something."""


def forty_offices(house: House, crew: Crew, clock: SteppingClock) -> None:
    """The city's other offices, at work beside the house's own."""
    open_offices(house, crew, made_up_offices(MORNING.date()))
    house.municipality.sync()


def registry(
    office: Office, role: Role = Role.SUPERVISOR, place: places.Offices | None = None
) -> OfficesPage:
    """The registry as a person of that role sees it."""
    office.sit(role)
    wake(office)
    page = office.go(place or places.Offices())
    assert isinstance(page, OfficesPage)
    return page


def codes(page: OfficesPage) -> list[str]:
    """The offices of the list by their codes, in its order."""
    return [row.state.card.code for row in page.listed.rows]


def choose(page: OfficesPage, code: str) -> None:
    """Choose an office's row."""
    page.listed.table.choose(codes(page).index(code))
    QApplication.processEvents()


def cell(page: OfficesPage, code: str, column: int) -> str:
    """What a cell of an office says."""
    index = page.listed.model.index(codes(page).index(code), column)
    return str(page.listed.model.data(index, Qt.ItemDataRole.AccessibleTextRole))


def main(page: OfficesPage) -> Button:
    """The main key."""
    assert page.bar is not None
    assert page.bar.main is not None
    return page.bar.main


def press_main(page: OfficesPage) -> None:
    """Ctrl+Enter."""
    press(page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    QApplication.processEvents()


def button(page: OfficesPage, words: str) -> Button:
    """The key that begins with these words."""
    # What the clock brought in one turn lays the bar anew, and its keys show in the next.
    for _ in range(2):
        QApplication.processEvents()
    found = (each for each in page.window().findChildren(Button) if each.isVisible())
    return next(each for each in found if each.text().startswith(words))


def has_button(page: OfficesPage, words: str) -> bool:
    """Whether there is such a key."""
    QApplication.processEvents()
    found = page.window().findChildren(Button)
    return any(each.isVisible() and each.text().startswith(words) for each in found)
