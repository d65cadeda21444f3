"""Tabs over the parts of one page: words, with an accent line under the current one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.ui import theme
from desktop.ui.widgets.paint import strokes
from desktop.ui.widgets.paint.spoken import SpokenParts


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
        theme.notifier().changed.connect(self.updateGeometry)

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

    def sizeHint(self) -> QSize:
        """All words, 38 high."""
        return QSize(sum(self._width(i) for i in range(len(self._words))), theme.px(38))

    def minimumSizeHint(self) -> QSize:
        """Words are never cut."""
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move."""
        moves = {Qt.Key.Key_Left: 1, Qt.Key.Key_Right: -1}
        key = Qt.Key(event.key())
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if key in moves and plain == Qt.KeyboardModifier.NoModifier:
            self.set_current(self._current + moves[key])
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

    def _width(self, index: int) -> int:
        return strokes.width_of(self._words[index], "body", 700) + 2 * theme.px(16)

    def _part(self, index: int) -> QRect:
        before = sum(self._width(i) for i in range(index))
        wide = self._width(index)
        return QRect(self.width() - before - wide, 0, wide, self.height())

    def _tell(self) -> None:
        self.setAccessibleName(f"{self._name}: {self._words[self._current]}")
        self.setAccessibleDescription("، ".join(self._words))
        self._parts.tell(self._words, self._current)
