"""Chips: a state as icon, word and colour; filter chips."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from desktop.domain.persian import to_persian_digits
from desktop.ui import theme
from desktop.ui.icons import paint_icon
from desktop.ui.palette import Tone
from desktop.ui.widgets.inputs.toggling import Toggling
from desktop.ui.widgets.paint import strokes
from desktop.ui.widgets.paint.focus_ring import FocusRing

Shape = Literal["ground", "dashed", "line", "bare"]
_HEIGHT, _ICON, _GAP, _PADDING = 24, 14, 6, 9


@dataclass(frozen=True)
class ChipLook:
    """What a chip shows; `shape` is how it stands out: a ground, a dashed edge, a line, nothing."""

    words: str
    icon: str
    tone: Tone
    shape: Shape = "ground"


# The words of the state machine, by the names of DESIGN.md §5.


def overdue(days: int) -> ChipLook:
    """«۱ روز گذشته»: stands beside a state, never instead of it."""
    words = to_persian_digits(f"{days} روز گذشته")
    return ChipLook(words, "clock-exclamation", "refuse", "bare")


def chip_width(look: ChipLook) -> int:
    """Pixels that a chip takes."""
    words = strokes.width_of(look.words, "small", 500)
    padding = 0 if look.shape == "bare" else 2 * theme.px(_PADDING)
    return words + theme.px(_ICON) + theme.px(_GAP) + padding + 2


def draw_chip(painter: QPainter, right: int, middle: int, look: ChipLook) -> int:
    """Draw a chip leftwards from `right`, centred on `middle`; gives its left edge."""
    height, wide = theme.px(_HEIGHT), chip_width(look)
    rect = QRect(right - wide, middle - height // 2, wide, height)
    tone = theme.tone(look.tone)
    colour = theme.colour(look.tone)
    radius = height / 2
    if look.shape == "dashed":
        strokes.box(painter, rect, radius, border=theme.colour("edge"), dashed=True)
    elif look.shape == "line":
        strokes.box(painter, rect, radius, border=theme.colour("line"))
    elif look.shape == "ground":
        ground = theme.tokens().surface if theme.tokens().bordered else tone.ground
        border = colour if theme.tokens().bordered else None
        strokes.box(painter, rect, radius, fill=QColor(ground), border=border)
    x = right - (0 if look.shape == "bare" else theme.px(_PADDING)) - 1
    size = theme.px(_ICON)
    paint_icon(painter, look.icon, x - size, middle - size // 2, size, colour)
    x -= size + theme.px(_GAP)
    words = QRect(rect.left(), rect.top(), x - rect.left(), height)
    strokes.text(painter, words, look.words, "small", 500, colour)
    return rect.left()


class Chip(QWidget):
    """A chip by itself."""

    def __init__(self, look: ChipLook) -> None:
        super().__init__()
        self._look = look
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(look.words)
        theme.follow_size(self)

    def look(self) -> ChipLook:
        """What it shows."""
        return self._look

    def set_look(self, look: ChipLook) -> None:
        """Show another state."""
        self._look = look
        self.setAccessibleName(look.words)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Exactly the chip."""
        return QSize(chip_width(self._look), theme.px(_HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        painter = strokes.open_painter(self)
        draw_chip(painter, self.width(), self.height() // 2, self._look)


class FilterChip(Toggling, QPushButton):
    """A filter over a list with how many it would show; pressed in while it holds."""

    def __init__(self, words: str, count: int | None = None, *, icon: str = "", tone: str = "text"):
        super().__init__(words)
        self._icon, self._tone, self._count = icon, tone, count
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.ring = FocusRing(self, 15)
        self.listen()
        self._name()
        theme.follow_size(self)

    def set_count(self, count: int | None) -> None:
        """Show another number, or none."""
        self._count = count
        self._name()
        self.updateGeometry()
        self.update()

    def set_icon(self, icon: str) -> None:
        """Show another icon."""
        self._icon = icon
        self.update()

    def _number(self) -> str:
        return "" if self._count is None else to_persian_digits(self._count)

    def _name(self) -> None:
        self.setAccessibleName(f"{self.text()} {self._number()}".strip())

    def sizeHint(self) -> QSize:
        """Icon, word and number, 30 high."""
        width = strokes.width_of(self.text(), "small", 500) + 2 * theme.px(11) + 2
        if self._icon:
            width += theme.px(16) + theme.px(8)
        if self._count is not None:
            width += strokes.width_of(self._number(), "small", 700) + theme.px(8)
        return QSize(width, theme.px(30))

    def minimumSizeHint(self) -> QSize:
        """Never cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw ground, icon, word and number."""
        painter = strokes.open_painter(self)
        on = self.isChecked()
        ground = theme.colour("sel" if on else "sunk" if self.underMouse() else "surface")
        border = theme.colour("accent" if on else "edge")
        strokes.box(painter, self.rect(), self.height() / 2, fill=ground, border=border)
        x, middle = self.width() - theme.px(11) - 1, self.height() // 2
        if self._icon:
            size = theme.px(16)
            colour = theme.colour(self._tone)
            paint_icon(painter, self._icon, x - size, middle - size // 2, size, colour)
            x -= size + theme.px(8)
        wide = strokes.width_of(self.text(), "small", 500)
        rect = QRect(x - wide, 0, wide, self.height())
        strokes.text(painter, rect, self.text(), "small", 500)
        rest = QRect(0, 0, x - wide - theme.px(8), self.height())
        strokes.text(painter, rest, self._number(), "small", 700)
