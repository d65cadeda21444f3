"""Rows whose keys work from wherever on their page the focus is: Qt gives it what nothing took."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from desktop.ui.widgets.inputs.line import TextLine
from desktop.ui.widgets.keys import down, held
from desktop.ui.widgets.lists.table import Table

if TYPE_CHECKING:
    _Base = QWidget
else:
    # A second base that is Qt's own would be a second widget in C++.
    _Base = object

_PLAIN = Qt.KeyboardModifier.NoModifier
_COMMANDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


class LeadsRows(_Base):
    """↑ and ↓ lead the rows of a page, Space does with the chosen one what the page says.

    Mixed in before the page's own base. Whoever has the focus takes what it has use for first: a
    row of its own, a letter.
    """

    leads_with = _PLAIN
    """What is held with the arrows: Alt where they are of use to what stands beside the rows."""

    def led_rows(self) -> Table | None:
        """The rows that are led; None while something else has their place."""
        return None

    def lead(self, step: int) -> bool:
        """To the next row, or the one before (−1); whether there are rows to lead."""
        rows = self.led_rows()
        if rows is not None:
            rows.choose(rows.row() + step)
        return rows is not None

    def press_space(self) -> bool:
        """What Space does with the chosen row; whether it does something."""
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What leads and ticks; all else as ever."""
        step, with_ = down(event), held(event)
        space = event.key() == Qt.Key.Key_Space and with_ == _PLAIN
        led = step and with_ == self.leads_with and self.lead(step)
        if not led and not (space and self.press_space()):
            super().keyPressEvent(event)


class SearchedRows(_Base):
    """Over its rows stands a line in which one looks for them: arrows go from there to the rows."""

    typed: TextLine
    table: Table

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """From the line to the rows; all else as ever."""
        if down(event) and held(event) == _PLAIN and self.typed.hasFocus():
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().keyPressEvent(event)


class SearchedByTyping(SearchedRows):
    """And back: a letter on the rows begins another search."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """From the rows to the line; all else as ever."""
        words = event.text()
        letter = bool(words.strip()) and words.isprintable() and not held(event) & _COMMANDS
        if letter and self.table.hasFocus():
            self.begin_search(words)
        else:
            super().keyPressEvent(event)

    def begin_search(self, words: str) -> None:
        """Search for what is typed now; what was looked for before is typed over."""
        self.typed.setFocus(Qt.FocusReason.ShortcutFocusReason)
        letter = QKeyEvent(QEvent.Type.KeyPress, 0, _PLAIN, words)
        QApplication.sendEvent(self.typed, letter)
