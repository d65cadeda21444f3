"""A chart of parts of which one has the keys: moving from one to the next, opening it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.ui import theme
from desktop.ui.palette import Tone
from desktop.ui.widgets.keys import is_enter
from desktop.ui.widgets.paint import strokes


class Chart(QWidget):
    """Parts in a row; by `step` a key goes to the next or the one before, Enter or a click opens.

    `opened` gives the index. A subclass says how many parts there are, where each is, and draws it.
    """

    opened = Signal(int)

    def __init__(self, name: str, step: Callable[[QKeyEvent], int]) -> None:
        super().__init__()
        self._step = step
        self._current = 0
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme.follow_size(self)

    def count(self) -> int:
        """How many parts there are."""
        raise NotImplementedError

    def place(self, index: int) -> QRect:
        """Where the part is."""
        raise NotImplementedError

    def draw(self, painter: QPainter, index: int, place: QRect) -> None:
        """Draw the part in its place."""
        raise NotImplementedError

    def renew(self) -> None:
        """Other parts: the one with the keys is one of them."""
        self._current = min(self._current, max(0, self.count() - 1))
        self.updateGeometry()
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move, or open."""
        step = self._step(event)
        if step and self.count():
            self._current = min(max(self._current + step, 0), self.count() - 1)
            self.update()
        elif (is_enter(event) or event.key() == Qt.Key.Key_Space) and self.count():
            self.opened.emit(self._current)
        else:
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click opens."""
        for index in range(self.count()):
            if self.place(index).contains(event.position().toPoint()):
                self._current = index
                self.opened.emit(index)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw all parts, and a ring around the one with the keys."""
        painter = strokes.open_painter(self)
        for index in range(self.count()):
            place = self.place(index)
            if self.hasFocus() and index == self._current:
                strokes.box(painter, place, theme.px(6), border=theme.colour("focus"), width=2)
            self.draw(painter, index, place)


Pattern = Literal["", "rising", "falling", "upright", "level", "dots", "crossed"]
_BRUSHES: Mapping[Pattern, Qt.BrushStyle] = {
    "rising": Qt.BrushStyle.BDiagPattern,
    "falling": Qt.BrushStyle.FDiagPattern,
    "upright": Qt.BrushStyle.VerPattern,
    "level": Qt.BrushStyle.HorPattern,
    "dots": Qt.BrushStyle.Dense6Pattern,
    "crossed": Qt.BrushStyle.DiagCrossPattern,
}
_FAINT = 150


def chart_box(
    painter: QPainter,
    rect: QRect,
    tone: Tone,
    radius: float,
    *,
    outlined: bool,
    pattern: Pattern = "",
) -> None:
    """A piece of a chart in the tone's chart colour, or outlined on the tone's ground.

    The pattern tells it apart where colours can't.
    """
    colours = theme.tone(tone)
    lines = QColor(colours.chart) if outlined else QColor(theme.colour("surface"))
    if outlined:
        border, ground = QColor(colours.chart), QColor(colours.ground)
        strokes.box(painter, rect, radius, fill=ground, border=border)
    else:
        strokes.box(painter, rect, radius, fill=QColor(colours.chart))
    if pattern:
        lines.setAlpha(_FAINT)
        painter.fillRect(rect.adjusted(1, 1, -1, -1), QBrush(lines, _BRUSHES[pattern]))
