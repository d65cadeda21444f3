"""The side rail's parts: its items and the band of tiles above them."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from desktop.domain.persian import to_persian_digits
from desktop.ui import theme
from desktop.ui.icons import paint_icon, tile
from desktop.ui.widgets.paint import strokes
from desktop.ui.widgets.paint.focus_ring import FocusRing
from desktop.ui.widgets.told import keycap

# How wide an item is in the narrowest rail, and a line of its words there at most; in a slim one.
_NARROW, _LINE, _LINE_SLIM = 56, 52, 78
# The arrow of one that opens a list.
_OPENS = 16
# How high one is in a line; without its words; icon and key over the words, and in a slim rail.
_HIGH, _BRIEF, _OVER, _OVER_SLIM = 40, 26, 22, 19
# The icon with the air at its right and its left.
_ICON = (20, 10, 10)
_LEFT = 10
# In the narrowest: an icon and the air before its key, also beside a wide key; what the bar of
# the current page takes at the right, and with its air.
_SIDE_BY_SIDE, _CLOSE, _BAR, _BESIDE_BAR = (18, 4), (16, 2), 4, 6


class Shape(Enum):
    """How the rail's items stand in the room that the window has for them."""

    WIDE = "icon, words and key in a line"
    TALL = "words under icon and key"
    SLIM = "words under icon and key in one line, closer"
    ICONS = "icon and key alone, the words where the pointer rests"


class TileBand(QWidget):
    """A strip of eight-pointed stars; nothing in high contrast."""

    def __init__(self, height: int = 12) -> None:
        super().__init__()
        self._height = height
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.follow(self)
        self.restyle()

    def restyle(self) -> None:
        """Its height at the zoom in force."""
        self.setFixedHeight(0 if theme.tokens().bordered else theme.px(self._height))

    def paintEvent(self, event: QPaintEvent) -> None:
        """One tile, repeated."""
        painter = strokes.open_painter(self)
        drawing = tile(self.height(), self.devicePixelRatioF())
        painter.drawTiledPixmap(self.rect(), drawing)


class RailItem(QPushButton):
    """A page in the rail: icon, word, how many wait, its key.

    `set_current` marks the page that shows, `set_shape` gives it the room there is. One that
    `opens` a list says so.
    """

    def __init__(
        self,
        words: str,
        icon: str,
        *,
        keys: str = "",
        count: int | None = None,
        opens: bool = False,
    ) -> None:
        super().__init__(words)
        self._icon, self._keys, self._count, self._opens = icon, keys, count, opens
        self._current, self._shape, self._air = False, Shape.WIDE, 0
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.ring = FocusRing(self, 4)
        self._name()
        theme.follow_size(self)

    def keys(self) -> str:
        """The key that opens its page."""
        return self._keys

    def answers(self, key: str) -> bool:
        """Whether this key opens its page."""
        return key == self._keys

    def icon_name(self) -> str:
        """The icon shown."""
        return self._icon

    def count(self) -> int | None:
        """How many wait there, if that is told."""
        return self._count

    def set_count(self, count: int | None) -> None:
        """How many wait there; None shows no number."""
        self._count = count
        self._name()
        self.updateGeometry()
        self.update()

    def set_current(self, current: bool) -> None:
        """Whether its page shows."""
        self._current = current
        self._name()
        self.update()

    def set_shape(self, shape: Shape, air: int = 0) -> None:
        """Stand as there is room, with so many pixels of air over the words in a slim rail; without
        its words the tooltip tells them."""
        self._shape, self._air = shape, air
        self.setToolTip(self.text() if shape is Shape.ICONS else "")
        self.updateGeometry()
        self.update()

    def height_in(self, shape: Shape) -> int:
        """How high it is in a rail of that shape."""
        if shape in (Shape.WIDE, Shape.ICONS):
            return theme.px(_HIGH if shape is Shape.WIDE else _BRIEF)
        if shape is Shape.SLIM:
            # The air over the letters lies beside what stands above them.
            return theme.px(_OVER_SLIM) + len(self._lines(shape)) * self._line(shape)
        return theme.px(_OVER) + len(self._lines(shape)) * self._line(shape) + theme.px(2)

    def _line(self, shape: Shape) -> int:
        return theme.metrics("cap").height() - theme.px(4 if shape is Shape.SLIM else 2)

    def sizeHint(self) -> QSize:
        """As its shape asks."""
        high = self.height_in(self._shape) + self._air
        if self._shape is Shape.SLIM:
            widest = max(strokes.width_of(line, "cap", 500) for line in self._lines(Shape.SLIM))
            return QSize(max(widest, self._top()[2]) + theme.px(2), high)
        if self._shape is not Shape.WIDE:
            return QSize(theme.px(_NARROW), high)
        width = strokes.width_of(self.text(), "body", 700) + theme.px(20 + 12 + 20)
        width += theme.px(_OPENS) if self._opens else keycap.width(self._keys)
        width += theme.px(34) if self._count is not None else 0
        return QSize(width, high)

    def minimumSizeHint(self) -> QSize:
        """Words are never cut."""
        return self.sizeHint()

    def _counted(self) -> str:
        """Its words with how many wait, where they stand together."""
        return f"{self.text()} {self._number()}".strip()

    def _lines(self, shape: Shape) -> list[str]:
        """Its words under the icon, one line or two; how many wait too, but in a slim rail."""
        slim = shape is Shape.SLIM
        words = self.text() if slim else self._counted()
        room = theme.px(_LINE_SLIM if slim else _LINE)
        fits = strokes.width_of(words, "cap", 500) < room
        return [words] if fits else words.split(" ", 1)

    def _number(self) -> str:
        return to_persian_digits(self._count) if self._count else ""

    def _top(self) -> tuple[int, int, int]:
        """What stands over the word in the narrowest: the icon's size, its air, the whole width."""
        key = self._key_width() if self._keys else 0
        for icon, air in (_SIDE_BY_SIDE, _CLOSE):
            size, between = theme.px(icon), theme.px(air) if key else 0
            if size + between + key <= theme.px(_NARROW - 2 * _BAR):
                break
        return size, between, size + between + key

    def _key_width(self) -> int:
        # Where words stand close under it a key has no frame.
        if self._shape is Shape.SLIM:
            return strokes.width_of(self._keys, "cap", 500)
        return keycap.width(self._keys)

    def _name(self) -> None:
        count = "" if self._count is None else f" {to_persian_digits(self._count)}"
        self.setAccessibleName(f"{self.text()}{count}")
        here = "همین صفحه" if self._current else ""
        opens = "فهرست صفحه‌ها" if self._opens else ""
        told = (self._keys, opens, here)
        self.setAccessibleDescription("، ".join(word for word in told if word))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        painter = strokes.open_painter(self)
        here, rect = self._current, self.rect()
        if here or self.underMouse() or self.isDown():
            ground = theme.colour("surface" if here else "sunk")
            border = theme.colour("line") if theme.tokens().bordered else None
            strokes.box(painter, rect, theme.px(6), fill=ground, border=border)
        if here:
            wide = theme.px(_BAR)
            bar = QRect(rect.right() - wide + 1, theme.px(8), wide, 0)
            bar.setHeight(self.height() - 2 * theme.px(8))
            if self._shape is not Shape.WIDE:
                # Beside the icon: words reach the edge.
                bar = QRect(bar.x(), theme.px(3), bar.width(), theme.px(16))
            strokes.box(painter, bar, theme.px(2), fill=theme.colour("accent"))
        icon_colour = theme.colour("link" if here else "text")
        if self._shape is Shape.WIDE:
            self._paint_line(painter, icon_colour)
        else:
            self._paint_narrow(painter, icon_colour)

    def _paint_line(self, painter: QPainter, icon_colour: QColor) -> None:
        size, before, behind = (theme.px(each) for each in _ICON)
        middle = self.height() // 2
        right = self.width() - before - size
        paint_icon(painter, self._icon, right, middle - size // 2, size, icon_colour)
        right -= behind
        left = self._paint_left(painter, theme.px(_LEFT), icon_colour)
        words = QRect(0, 0, right, self.height())
        strokes.text(painter, words, self.text(), "body", 700 if self._current else 400)
        if self._count:
            air = theme.px(22) if self._keys else theme.px(10) if self._opens else 0
            # Beside long words it keeps away from these, not from the arrow.
            begins = right - strokes.width_of(self.text(), "body", 700 if self._current else 400)
            wide = strokes.width_of(self._number(), "small", 400)
            left += max(theme.px(2), min(air, begins - theme.px(4) - wide - left))
            at = QRect(left, 0, theme.px(40), self.height())
            muted = theme.colour("text2")
            strokes.text(painter, at, self._number(), "small", 400, muted, strokes.LEFT)

    def _paint_left(self, painter: QPainter, left: int, icon_colour: QColor) -> int:
        """Its key, or the arrow of one that opens a list; gives where that ends."""
        middle = self.height() // 2
        if self._keys:
            right = left + keycap.width(self._keys)
            keycap.draw(painter, right, middle, self._keys, theme.colour("text2"))
            return right
        if self._opens:
            size = theme.px(_OPENS)
            paint_icon(painter, "chevron-left", left, middle - size // 2, size, icon_colour)
            return left + size
        return left

    def _paint_narrow(self, painter: QPainter, icon_colour: QColor) -> None:
        line, muted = theme.metrics("cap").height(), theme.colour("text2")
        brief = self._shape is Shape.ICONS
        size, between, wide = self._top()
        over = _OVER_SLIM if self._shape is Shape.SLIM else _OVER
        middle = self.height() // 2 if brief else theme.px(over) // 2
        # The bar of the current page never lies on its icon.
        right = min((self.width() + wide) // 2, self.width() - theme.px(_BESIDE_BAR))
        paint_icon(painter, self._icon, right - size, middle - size // 2, size, icon_colour)
        right -= size
        if brief and self._count:
            # How many wait is more than its key, which the tooltip tells.
            at = QRect(0, 0, right - theme.px(4), self.height())
            strokes.text(painter, at, self._number(), "cap", 500)
            return
        if self._shape is Shape.SLIM:
            above = QRect(0, 0, right - between, theme.px(over))
            strokes.text(painter, above, self._keys, "cap", 500, muted)
            above = QRect(theme.px(2), 0, theme.px(20), theme.px(over))
            strokes.text(painter, above, self._number(), "cap", 500, align=strokes.LEFT)
        elif self._keys:
            keycap.draw(painter, right - between, middle, self._keys, muted)
        if brief:
            return
        top = self.height() - line - (len(self._lines(self._shape)) - 1) * self._line(self._shape)
        if self._shape is Shape.TALL:
            top = theme.px(over)
        for words in self._lines(self._shape):
            place = QRect(0, top, self.width(), line)
            strokes.text(painter, place, words, "cap", 500, align=strokes.CENTRE, elide=True)
            top += self._line(self._shape)
