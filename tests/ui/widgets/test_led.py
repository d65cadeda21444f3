"""Rows that are led from anywhere on their page: by arrows, by Space, by what is typed."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.widgets.inputs.line import TextLine
from desktop.ui.widgets.layouts import Column
from desktop.ui.widgets.lists.led import LeadsRows, SearchedByTyping, SearchedRows
from desktop.ui.widgets.lists.table import Table
from desktop.ui.widgets.lists.table_cells import RowsModel, TableColumn, named
from tests.ui.keyboard import Modifier, press, type_text

COLUMNS = (TableColumn("نام", 140),)
Key = Qt.Key


class People(QWidget):
    """A line to look for people, and the people."""

    def __init__(self) -> None:
        super().__init__()
        self.typed = TextLine()
        self.table = Table("کارکنان", COLUMNS)
        model = RowsModel(COLUMNS, self.table)
        model.set_rows([(name, [named(name)]) for name in ("مریم", "حسین", "زهرا")])
        self.table.setModel(model)
        self.setLayout(Column(self.typed, self.table))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.resize(400, 300)
        self.table.choose(0)


class Stamping(LeadsRows, People):
    """Space ticks."""

    def __init__(self) -> None:
        super().__init__()
        self.ticked: list[str] = []
        self.writes = False

    def led_rows(self) -> Table | None:
        return None if self.writes else self.table

    def press_space(self) -> bool:
        self.ticked.append(self.table.key())
        return not self.writes


class Beside(LeadsRows, People):
    """Arrows alone scroll what stands beside the rows."""

    leads_with = Modifier.AltModifier

    def led_rows(self) -> Table:
        return self.table


class Searched(SearchedRows, Beside):
    """Looked for."""


class Typed(SearchedByTyping, People):
    """Looked for by typing."""


def open_(qtbot: QtBot, page: People) -> None:
    qtbot.addWidget(page)
    with qtbot.waitActive(page):
        page.show()


def keypad(key: Qt.Key, held: Qt.KeyboardModifier = Modifier.NoModifier, text: str = "") -> None:
    """Press a key of the number pad."""
    target = QApplication.focusWidget()
    assert target is not None
    held |= Modifier.KeypadModifier
    QCoreApplication.sendEvent(target, QKeyEvent(QEvent.Type.KeyPress, key, held, text))


def test_arrows_lead_the_rows_from_wherever_the_keys_are(qtbot: QtBot) -> None:
    page = Stamping()
    open_(qtbot, page)
    for place in (page, page.typed, page.table):
        place.setFocus()
        press(page, Key.Key_Down)
        assert page.table.key() == "حسین", place
        press(page, Key.Key_Up)
        assert page.table.key() == "مریم", place
    # At an end it stays; what is held makes another key of it.
    page.setFocus()
    press(page, Key.Key_Up)
    for held in (Modifier.ControlModifier, Modifier.ShiftModifier, Modifier.AltModifier):
        press(page, Key.Key_Down, held)
    assert page.table.key() == "مریم"


def test_the_number_pads_arrows_are_arrows(qtbot: QtBot) -> None:
    page = Stamping()
    open_(qtbot, page)
    page.setFocus()
    keypad(Key.Key_Down)
    assert page.table.key() == "حسین"


def test_space_does_with_the_row_what_the_page_says(qtbot: QtBot) -> None:
    page = Stamping()
    open_(qtbot, page)
    page.table.setFocus()
    press(page, Key.Key_Down)
    press(page, Key.Key_Space)
    # With Shift it is a half-space, and where one types it is a space.
    press(page, Key.Key_Space, Modifier.ShiftModifier)
    page.typed.setFocus()
    type_text(page, "م ح")
    assert page.ticked == ["حسین"]
    assert page.typed.value() == "م ح"


def test_while_something_else_has_the_rows_place_nothing_leads_them(qtbot: QtBot) -> None:
    page = Stamping()
    open_(qtbot, page)
    page.writes = True
    page.setFocus()
    press(page, Key.Key_Down)
    assert page.table.key() == "مریم"


def test_beside_what_is_scrolled_alt_leads(qtbot: QtBot) -> None:
    page = Beside()
    open_(qtbot, page)
    page.setFocus()
    press(page, Key.Key_Down)
    assert page.table.key() == "مریم"
    press(page, Key.Key_Down, Modifier.AltModifier)
    assert page.table.key() == "حسین"


def test_from_the_line_of_the_search_an_arrow_goes_to_the_rows(qtbot: QtBot) -> None:
    page = Searched()
    open_(qtbot, page)
    page.typed.setFocus()
    press(page, Key.Key_Down, Modifier.AltModifier)
    assert (page.typed.hasFocus(), page.table.key()) == (True, "حسین")
    press(page, Key.Key_Down)
    assert (page.table.hasFocus(), page.table.key()) == (True, "حسین")
    # There letters are the page's.
    type_text(page, "ز")
    assert (page.table.hasFocus(), page.typed.value()) == (True, "")


def test_a_letter_on_the_rows_begins_another_search(qtbot: QtBot) -> None:
    page = Typed()
    open_(qtbot, page)
    page.typed.set_value("حسین")
    page.table.setFocus()
    press(page, Key.Key_Space)
    assert page.table.hasFocus()
    type_text(page, "زه")
    assert (page.typed.hasFocus(), page.typed.value()) == (True, "زه")
    press(page, Key.Key_Up)
    assert page.table.hasFocus()
