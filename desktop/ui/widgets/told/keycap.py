"""Key caps: what stands on a key of the keyboard, one cap a key, in reading order."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.domain.persian import to_persian_digits
from desktop.ui import theme
from desktop.ui.icons import paint_icon
from desktop.ui.widgets.paint import strokes

_HEIGHT, _PADDING, _GAP = 20, 5, 6
# Our font has no arrows: as text they would be another font's, or none.
_ICONS = {
    "↓": "arrow-down",
    "→": "arrow-right",
    "Up": "arrow-up",
    "Down": "arrow-down",
    "Right": "arrow-right",
}
_ICON = 14


def split(keys: str) -> list[str]:
    """«Ctrl+Enter» as the caps Ctrl and Enter; a bare number key in Persian digits."""
    if keys == "+":
        return [keys]
    return [to_persian_digits(key) if key.isdigit() else key for key in keys.split("+") if key]


def _width(cap: str) -> int:
    if cap in _ICONS:
        return theme.px(_HEIGHT)
    return max(theme.px(_HEIGHT), strokes.width_of(cap, "cap", 500) + 2 * theme.px(_PADDING))


def width(keys: str) -> int:
    """Pixels that the caps of `keys` take."""
    caps = split(keys)
    return sum(_width(cap) for cap in caps) + theme.px(_GAP) * (len(caps) - 1) if caps else 0


def draw(painter: QPainter, right: int, middle: int, keys: str, colour: QColor) -> int:
    """Draw the caps leftwards from `right`, centred on `middle`; gives the new right edge."""
    height = theme.px(_HEIGHT)
    for cap in split(keys):
        wide = _width(cap)
        rect = QRect(QPoint(right - wide, middle - height // 2), QSize(wide, height))
        strokes.box(painter, rect, theme.px(4), border=colour)
        if cap in _ICONS:
            size = theme.px(_ICON)
            corner = rect.center() - QPoint(size // 2, size // 2)
            paint_icon(painter, _ICONS[cap], corner.x(), corner.y(), size, colour)
        else:
            strokes.text(painter, rect, cap, "cap", 500, colour, strokes.CENTRE)
        right -= wide + theme.px(_GAP)
    return right


class KeyCaps(QWidget):
    """Caps that stand by themselves beside words."""

    def __init__(self, keys: str, colour: str = "text2") -> None:
        super().__init__()
        self._keys, self._colour = keys, colour
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.follow_size(self)

    def keys(self) -> str:
        """The keys, as «Ctrl+K»."""
        return self._keys

    def sizeHint(self) -> QSize:
        """Exactly the caps."""
        return QSize(width(self._keys), theme.px(_HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the caps."""
        painter = strokes.open_painter(self)
        colour = theme.colour(self._colour)
        draw(painter, self.width(), self.height() // 2, self._keys, colour)
