"""Ticks and radios: a box or ring of 18, pressed by its whole label."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QRadioButton, QSizePolicy

from desktop.ui import theme
from desktop.ui.icons import paint_icon
from desktop.ui.theme import Kind
from desktop.ui.widgets.inputs.line import State
from desktop.ui.widgets.inputs.toggling import Toggling
from desktop.ui.widgets.paint import strokes
from desktop.ui.widgets.paint.focus_ring import FocusRing

BOX, _GAP = 18, 9


def draw_radio(painter: QPainter, x: int, y: int, on: bool) -> None:
    """A ring of 18 at (x, y), filled in the middle when on."""
    size = theme.px(BOX)
    rect = QRect(x, y, size, size)
    border = theme.colour("accent" if on else "edge")
    width = 2 if on else 1
    strokes.box(painter, rect, size / 2, fill=theme.colour("surface"), border=border, width=width)
    if on:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("accent"))
        middle = QPointF(x + size / 2, y + size / 2)
        painter.drawEllipse(middle, size * 0.27, size * 0.27)


def draw_tick(
    painter: QPainter, rect: QRect, *, on: bool, enabled: bool = True, wrong: bool = False
) -> None:
    """A box of that size, its check in it when on."""
    if not on:
        border = theme.colour("refuse" if wrong else "edge" if enabled else "disabled")
        ground, width = theme.colour("surface"), 2 if wrong else 1
        strokes.box(painter, rect, theme.px(4), fill=ground, border=border, width=width)
        return
    strokes.box(painter, rect, theme.px(4), fill=theme.colour("accent" if enabled else "disabled"))
    icon = theme.px(14)
    shift = (rect.width() - icon) // 2
    colour = theme.colour("on_accent" if enabled else "surface")
    paint_icon(painter, "check", rect.x() + shift, rect.y() + shift, icon, colour)


class Tick(Toggling, QCheckBox):
    """Yes or no; the value is a bool."""

    edited = Signal()
    left = Signal()

    def __init__(self, words: str, *, kind: Kind = "body", colour: str = "text") -> None:
        super().__init__(words)
        self._kind: Kind = kind
        self._colour = colour
        self._state: State = ""
        self.setAccessibleName(words)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.ring = FocusRing(self, 4, bare=True)
        self.clicked.connect(self.edited)
        self.listen()
        theme.follow_size(self)

    def value(self) -> bool:
        """Whether it is ticked."""
        return self.isChecked()

    def raw(self) -> str:
        """`yes` or "", for a draft."""
        return "yes" if self.isChecked() else ""

    def set_value(self, value: bool | str) -> None:
        """Tick it or not; nothing is signalled."""
        self.setChecked(bool(value))

    def state(self) -> State:
        """How it stands."""
        return self._state

    def set_state(self, state: State) -> None:
        """Error colours the box; read-only holds it."""
        self._state = state
        self.setEnabled(state not in ("readonly", "records"))
        self.update()

    def sizeHint(self) -> QSize:
        """Box and words, 28 high to be pressed."""
        words = strokes.width_of(self.text(), self._kind)
        gap = theme.px(_GAP) if self.text() else 0
        return QSize(theme.px(BOX) + gap + words + 4, theme.px(28))

    def minimumSizeHint(self) -> QSize:
        """Words are never cut."""
        return self.sizeHint()

    def hitButton(self, pos: QPoint) -> bool:
        """The whole label presses."""
        return self.rect().contains(pos)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Left."""
        super().focusOutEvent(event)
        self.left.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw box and words."""
        painter = strokes.open_painter(self)
        size = theme.px(BOX)
        rect = QRect(self.width() - size, (self.height() - size) // 2, size, size)
        wrong = self._state == "error"
        draw_tick(painter, rect, on=self.isChecked(), enabled=self.isEnabled(), wrong=wrong)
        words = QRect(0, 0, rect.left() - theme.px(_GAP), self.height())
        colour = theme.colour(self._colour)
        strokes.text(painter, words, self.text(), self._kind, colour=colour)


class Radio(Toggling, QRadioButton):
    """One of several that exclude each other."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.setAccessibleName(words)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.ring = FocusRing(self, 9, bare=True)
        self.listen()
        theme.follow_size(self)

    def sizeHint(self) -> QSize:
        """Ring and words."""
        words = strokes.width_of(self.text())
        return QSize(theme.px(BOX) + theme.px(_GAP) + words + 4, theme.px(28))

    def minimumSizeHint(self) -> QSize:
        """Words are never cut."""
        return self.sizeHint()

    def hitButton(self, pos: QPoint) -> bool:
        """The whole label presses."""
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw ring and words."""
        painter = strokes.open_painter(self)
        size = theme.px(BOX)
        draw_radio(painter, self.width() - size, (self.height() - size) // 2, self.isChecked())
        words = QRect(0, 0, self.width() - size - theme.px(_GAP), self.height())
        strokes.text(painter, words, self.text())
