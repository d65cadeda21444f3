"""Tabs over the parts of one page: words, with an accent line under the current one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.ui import theme
from desktop.ui.widgets.keys import held, onward
from desktop.ui.widgets.paint import strokes
from desktop.ui.widgets.paint.spoken import SpokenParts

_AIR, _LEAST_AIR = 16, 7


class Tabs(QWidget):
    """Words in a row; ← and → move, a click chooses; `changed` gives the index."""

    changed = Signal(int)

    def __init__(self, words: Sequence[str], name: str = "بخش‌ها") -> None:
        super().__init__()
        self._words, self._current, self._name = list(words), 0, name
        self._parts = SpokenParts(self, self._part, self.set_current)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._tell()
        theme.follow_size(self)

    def current(self) -> int:
        """The index of the part that shows."""
        return self._current

    def set_current(self, index: int) -> None:
        """Go to a part; signals a change."""
        if 0 <= index < len(self._words) and index != self._current:
            self._current = index
            self._tell()
            self.update()
            self.changed.emit(index)

    def set_words(self, index: int, words: str) -> None:
        """Rename a part, as its count changes."""
        self._words[index] = words
        self._tell()
        self.update()

    def insert(self, index: int, words: str) -> None:
        """One more part before the one at the index, and go to it."""
        self._words.insert(index, words)
        self._current = index
        self._changed()

    def remove(self, index: int) -> None:
        """A part goes; the first one shows where it did."""
        del self._words[index]
        if self._current == index:
            self._current = 0
        elif self._current > index:
            self._current -= 1
        self._changed()

    def turn(self, step: int) -> None:
        """So many parts on; after the last one the first."""
        self.set_current((self._current + step) % len(self._words))

    def sizeHint(self) -> QSize:
        """All words, 38 high."""
        return self._size(_AIR)

    def minimumSizeHint(self) -> QSize:
        """Words are never cut, but may stand closer."""
        return self._size(_LEAST_AIR)

    def _size(self, air: int) -> QSize:
        wide = sum(self._width(i, theme.px(air)) for i in range(len(self._words)))
        return QSize(wide, theme.px(38))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move."""
        turn = onward(event)
        if turn and not held(event):
            self.set_current(self._current + turn)
        else:
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose."""
        for index in range(len(self._words)):
            if self._part(index).contains(event.position().toPoint()):
                self.set_current(index)

    def showEvent(self, event: QShowEvent) -> None:
        """A reader finds its parts."""
        super().showEvent(event)
        self._parts.tell(self._words, self._current)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In their places."""
        super().resizeEvent(event)
        self._parts.tell(self._words, self._current)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw words, hairline and the accent line."""
        painter = strokes.open_painter(self)
        painter.fillRect(QRect(0, self.height() - 1, self.width(), 1), theme.colour("line"))
        for index, words in enumerate(self._words):
            part = self._part(index)
            here = index == self._current
            if here:
                thick = theme.px(3)
                line = QRect(part.left(), self.height() - thick, part.width(), thick)
                painter.fillRect(line, theme.colour("accent"))
                if self.hasFocus():
                    inner = part.adjusted(2, 2, -2, -theme.px(5))
                    ring = theme.colour("focus")
                    strokes.box(painter, inner, theme.px(4), border=ring, width=2)
            colour = theme.colour("text" if here else "text2")
            strokes.text(painter, part, words, "body", 700 if here else 400, colour, strokes.CENTRE)

    def _changed(self) -> None:
        self._tell()
        self.updateGeometry()
        self.update()
        self.changed.emit(self._current)

    def _width(self, index: int, air: int | None = None) -> int:
        air = self._air() if air is None else air
        return strokes.width_of(self._words[index], "body", 700) + 2 * air

    def _air(self) -> int:
        """At each side of the words: less where they would not fit."""
        words = sum(strokes.width_of(each, "body", 700) for each in self._words)
        spare = max(0, self.width() - words) // (2 * len(self._words))
        return max(theme.px(_LEAST_AIR), min(theme.px(_AIR), spare))

    def _part(self, index: int) -> QRect:
        before = sum(self._width(i) for i in range(index))
        wide = self._width(index)
        return QRect(self.width() - before - wide, 0, wide, self.height())

    def _tell(self) -> None:
        self.setAccessibleName(f"{self._name}: {self._words[self._current]}")
        self.setAccessibleDescription("، ".join(self._words))
        self._parts.tell(self._words, self._current)
