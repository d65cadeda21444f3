"""Offices with letters that wait for the manager's stamp, and hands on his two pages."""

from __future__ import annotations

from itertools import islice

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop.actions import stamping
from desktop.actions.stamping import Chosen, Pile
from desktop.demo.following import Crew, case_now
from desktop.demo.people import PASSWORD
from desktop.domain.case_letters import CaseLetter
from desktop.domain.people import Role
from desktop.premises.clocks import SteppingClock
from desktop.premises.open import House
from desktop.ui import places
from desktop.ui.pages.stamping.batch import BatchPage
from desktop.ui.pages.stamping.home import ManagerHome
from tests.ui.keyboard import press, type_text
from tests.ui.pages.cases import registered
from tests.ui.pages.conftest import Office
from tests.ui.pages.paper_hands import confirm, key
from tests.ui.pages.seeing import wake

_FEW, _MANY = 14, 95


def letters_waiting(house: House, crew: Crew, clock: SteppingClock) -> None:
    """A morning's requests of which most have a letter by now, none of them stamped."""
    list(islice(registered(crew), _FEW))


def sixty_letters(house: House, crew: Crew, clock: SteppingClock) -> None:
    """More than sixty letters that wait for the stamp."""
    list(islice(registered(crew), _MANY))


def at_home(office: Office) -> ManagerHome:
    """The manager signs in and sees his letters."""
    office.sit(Role.MANAGER)
    wake(office)
    return home_of(office)


def home_of(office: Office) -> ManagerHome:
    """The page that shows, which is the manager's home."""
    page = office.page
    assert isinstance(page, ManagerHome), page
    return page


def batch_of(office: Office) -> BatchPage:
    """The page that shows, which is a batch."""
    page = office.page
    assert isinstance(page, BatchPage), page
    return page


def read(office: Office) -> int:
    """Scroll the letter to its end and look long enough; how many keys that took."""
    page, pressed = home_of(office), 0
    while not page.letter.frame.end_in_view():
        key(office, Qt.Key.Key_PageDown)
        pressed += 1
    page.letter.reading.stop()
    page.letter.reading.timeout.emit()
    QApplication.processEvents()
    return pressed


def waiting(office: Office) -> list[Chosen]:
    """All that wait for the stamp and may be chosen, as they are listed."""
    manager = office.crew.manager
    piled = stamping.piled(manager, Pile.ALL, 0)
    rows = stamping.rows(manager, piled.listing, 0, piled.listing.count)
    return [row.chosen for row in rows if not row.lock]


def open_batch(office: Office, count: int, *, seen: bool = True) -> BatchPage:
    """The password's page for the first so many letters."""
    office.sit(Role.MANAGER)
    wake(office)
    chosen = waiting(office)[:count]
    assert len(chosen) == count
    batch = tuple(Chosen(c.case_id, c.letter_id, unseen=not seen) for c in chosen)
    page = office.go(places.StampBatch(batch))
    assert isinstance(page, BatchPage)
    return page


def give_password(office: Office, password: str = PASSWORD) -> None:
    """Type it where it is asked, and Ctrl+Enter."""
    type_text(office.window, password)
    confirm(office)


def go_down(office: Office) -> None:
    """↓."""
    press(office.window, Qt.Key.Key_Down)
    QApplication.processEvents()


def fates(page: BatchPage) -> list[str]:
    """How its letters stand, in order."""
    return [each.fate.value for each in page.in_order]


def held(office: Office, chosen: Chosen) -> CaseLetter:
    """The letter as the office sees it now."""
    return case_now(office.crew.clerk, chosen.case_id).letter(chosen.letter_id)
