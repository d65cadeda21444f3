"""Exports of the made-up city, and the supervisor's hands on the page of the city's records."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from desktop.actions import records
from desktop.actions.records import StateAnswer
from desktop.demo.city import make_city
from desktop.demo.newer_export import write_dirty, write_newer
from desktop.demo.people import PASSWORD, STAFF
from desktop.domain.people import Role
from desktop.domain.persian import strip_isolates
from desktop.ui.pages.records.cards import RowsBelow
from desktop.ui.pages.records.held import HeldForm
from desktop.ui.pages.records.page import RecordsPage
from desktop.ui.pages.records.parts import Phase
from desktop.ui.rail_menu import RailMenu
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.inputs.list_choice import ListChoice
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.told.banner import Banner
from tests.houses import MORNING, PROPERTIES
from tests.ui.keyboard import Modifier, press, type_text
from tests.ui.pages.conftest import Office
from tests.ui.pages.seeing import wake

SEED = 1405
TODAY = MORNING.date()
YESTERDAY = TODAY - timedelta(days=1)
REASON = "خروجی با امور مالی سنجیده شد و کاستی‌ها درست است."
SECOND = next(person.name for person in STAFF if person.role is Role.EXPERT)


@dataclass(frozen=True)
class Exports:
    """Folders as a person would have them: a newer city, and a bad export of it."""

    newer: Path
    dirty: Path


def write_exports(folder: Path, today: date) -> Exports:
    """Both, of the house's own city."""
    found = Exports(folder / "خروجی نوسازی ۳ آذر", folder / "خروجی نوسازی عصر")
    city = make_city(PROPERTIES, SEED, today)
    write_newer(city, found.newer, SEED)
    write_dirty(city, found.dirty, SEED)
    return found


@dataclass
class Desk:
    """The supervisor at the page; everything by keyboard."""

    office: Office

    @property
    def page(self) -> RecordsPage:
        """The page that shows."""
        page = self.office.page
        assert isinstance(page, RecordsPage)
        return page

    @property
    def held(self) -> HeldForm:
        """The causes."""
        held = self.page.body.held
        assert held is not None
        return held

    def open(self) -> RecordsPage:
        """Sign in and open the page from the rail, with Space."""
        wake(self.office)
        self.office.sit(Role.SUPERVISOR)
        frame = self.office.window._frame
        assert frame is not None
        frame.rail.items["city-data"].setFocus()
        self.key(Qt.Key.Key_Space)
        menu = self.office.window.findChild(RailMenu)
        assert menu is not None
        menu.actions()[0].trigger()
        menu.close()
        QApplication.processEvents()
        return self.page

    def key(self, key: Qt.Key, held: Qt.KeyboardModifier = Modifier.NoModifier) -> None:
        """Press a key and let the page settle."""
        press(self.office.window, key, held)
        for _ in range(3):
            QApplication.processEvents()

    def main(self) -> None:
        """Ctrl+Enter."""
        self.key(Qt.Key.Key_Return, Modifier.ControlModifier)

    def second(self, words: str) -> None:
        """Space on the second key of the bar that says so."""
        bar = self.page.bar
        assert bar is not None
        next(b for b in bar.findChildren(Button) if b.text() == words).setFocus()
        self.key(Qt.Key.Key_Space)

    def type(self, words: str) -> None:
        """Type into what has the keys."""
        type_text(self.office.window, words)
        QApplication.processEvents()

    def main_words(self) -> str:
        """What the main key says."""
        bar = self.page.bar
        assert bar is not None
        assert bar.main is not None
        return bar.main.text()

    def send(self, source: Path, day: str = "") -> None:
        """F2, the file, its day, and off it goes."""
        self.page.pick_file = lambda _: source
        self.key(Qt.Key.Key_F2)
        if day:
            self.key(Qt.Key.Key_A, Modifier.ControlModifier)
            self.type(day)
        self.main()

    def sign(self, password: str = PASSWORD) -> None:
        """The password where the page asks for it, and the main key."""
        self.type(password)
        self.main()

    def look(self) -> None:
        """What the page does every half second while an export is read."""
        self.page.look()
        for _ in range(3):
            QApplication.processEvents()

    def phase(self) -> Phase:
        """How far the next import is, as the page knows it."""
        return self.page.phase

    def state(self) -> StateAnswer:
        """What the centre says."""
        return records.look(self.office.crew.supervisor)

    def banners(self) -> list[str]:
        """Every sentence on top."""
        found = self.page.findChildren(Banner)
        return [strip_isolates(b.words.words()) for b in found if b.isVisible()]

    def until(self, reached: Callable[[], bool]) -> None:
        """Tab on until it is so."""
        for _ in range(60):
            if reached():
                return
            self.key(Qt.Key.Key_Tab)
        raise AssertionError("the keys never come there")

    def answer_for(self, *, second: bool = True, password: str = PASSWORD) -> None:
        """Open the reason, tick every cause, say why and sign, by Tab, Space and letters."""
        held = self.held
        bar = self.page.bar
        assert bar is not None
        over = next(b for b in bar.findChildren(Button) if "ذکر دلیل" in b.text())
        over.setFocus()
        self.key(Qt.Key.Key_Space)
        for row in held.rows:
            self.until(row.tick.control.hasFocus)
            self.key(Qt.Key.Key_Space)
        self.until(held.reason.control.hasFocus)
        self.type(REASON)
        self.until(held.password.control.hasFocus)
        self.type(PASSWORD)
        if second:
            self.until(held.second.control.hasFocus)
            self.type(SECOND)
            self.key(Qt.Key.Key_Return)
            popup = held.second.control
            assert isinstance(popup, ListChoice)
            self.until(held.second_password.control.hasFocus)
            self.type(password)
        self.main()


def shown_rows(under: QWidget) -> list[str]:
    """The rows of causes and groups that stand open there."""
    belows = [under] if isinstance(under, RowsBelow) else under.findChildren(RowsBelow)
    labels = [label for below in belows for label in below.findChildren(Label)]
    return [line for label in labels for line in label.words().split("\n")]
