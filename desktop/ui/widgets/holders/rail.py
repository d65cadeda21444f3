"""The side rail's parts: its items and the band of tiles above them."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from desktop.domain.persian import to_persian_digits
from desktop.ui import theme
from desktop.ui.icons import paint_icon, tile
from desktop.ui.widgets.paint import strokes
from desktop.ui.widgets.paint.focus_ring import FocusRing
from desktop.ui.widgets.told import keycap

# How wide an item is in a narrow rail of 60, and a line of its words at most.
_NARROW, _LINE = 56, 52
# The arrow of one that opens a list.
_OPENS = 16
# How high one is there without its words.
_BRIEF = 26
# In a narrow rail: an icon and the air before its key, also beside a wide key; what the bar of
# the current page takes at the right, and with its air.
_SIDE_BY_SIDE, _CLOSE, _BAR, _BESIDE_BAR = (18, 4), (16, 2), 4, 6


class TileBand(QWidget):
    """A strip of eight-pointed stars; nothing in high contrast."""

    def __init__(self, height: int = 12) -> None:
        super().__init__()
        self._height = height
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.notifier().changed.connect(self.restyle)
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

    `set_current` marks the page that shows; `set_narrow` puts the word under icon and key, and
    where there is no room for it `set_brief` into a tooltip. One that `opens` a list says so.
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
        self._current = self._narrow = self._brief = False
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.ring = FocusRing(self, 4)
        self._name()
        theme.notifier().changed.connect(self.updateGeometry)

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

    def set_narrow(self, narrow: bool) -> None:
        """The word under icon and key, or beside them."""
        self._narrow = narrow
        self.updateGeometry()
        self.update()

    def set_brief(self, brief: bool) -> None:
        """In a narrow rail: the icon and the key alone, the word told where the pointer rests."""
        if brief == self._brief:
            return
        self._brief = brief
        self.setToolTip(self.text() if brief else "")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """40 high; in a narrow rail a line of icon and key, then one or two of words."""
        if self._narrow and self._brief:
            return QSize(theme.px(_NARROW), theme.px(_BRIEF))
        if self._narrow:
            return QSize(theme.px(_NARROW), self.height_with_words())
        width = strokes.width_of(self.text(), "body", 700) + theme.px(20 + 12 + 20)
        width += theme.px(_OPENS) if self._opens else keycap.width(self._keys)
        width += theme.px(34) if self._count is not None else 0
        return QSize(width, theme.px(40))

    def height_with_words(self) -> int:
        """How high it is in a narrow rail that has room for its words."""
        return theme.px(22) + self._word_height() + theme.px(2)

    def minimumSizeHint(self) -> QSize:
        """Words are never cut."""
        return self.sizeHint()

    def _lines(self) -> list[str]:
        """Its words as they stand in a narrow rail, with how many wait."""
        words = f"{self.text()} {self._number()}".strip()
        fits = strokes.width_of(words, "cap", 500) <= theme.px(_LINE)
        return [words] if fits else words.split(" ", 1)

    def _word_height(self) -> int:
        return len(self._lines()) * (theme.metrics("cap").height() - theme.px(2))

    def _number(self) -> str:
        return to_persian_digits(self._count) if self._count else ""

    def _top(self) -> tuple[int, int, int]:
        """What stands over the word in a narrow rail: the icon's size, its air, the whole width."""
        key = keycap.width(self._keys) if self._keys else 0
        for icon, air in (_SIDE_BY_SIDE, _CLOSE):
            size, between = theme.px(icon), theme.px(air) if key else 0
            if size + between + key <= theme.px(_NARROW - 2 * _BAR):
                break
        return size, between, size + between + key

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
        here = self._current
        rect, middle = self.rect(), self.height() // 2
        if here or self.underMouse() or self.isDown():
            ground = theme.colour("surface" if here else "sunk")
            border = theme.colour("line") if theme.tokens().bordered else None
            strokes.box(painter, rect, theme.px(6), fill=ground, border=border)
        if here:
            wide = theme.px(_BAR)
            bar = QRect(rect.right() - wide + 1, theme.px(8), wide, 0)
            bar.setHeight(self.height() - 2 * theme.px(8))
            if self._narrow:
                # Beside the icon: words reach the edge.
                bar = QRect(bar.x(), theme.px(3), bar.width(), theme.px(16))
            strokes.box(painter, bar, theme.px(2), fill=theme.colour("accent"))
        colour = theme.colour("text")
        size = theme.px(20)
        icon_colour = theme.colour("link") if here else colour
        if self._narrow:
            self._paint_narrow(painter, icon_colour)
            return
        x = rect.right() - theme.px(10)
        paint_icon(painter, self._icon, x - size, middle - size // 2, size, icon_colour)
        x -= size + theme.px(10)
        weight: theme.Weight = 700 if here else 400
        words = QRect(0, 0, x, self.height())
        strokes.text(painter, words, self.text(), "body", weight)
        left = theme.px(10)
        if self._keys:
            right = left + keycap.width(self._keys)
            keycap.draw(painter, right, middle, self._keys, theme.colour("text2"))
            left = right + theme.px(22)
        elif self._opens:
            size = theme.px(_OPENS)
            paint_icon(painter, "chevron-left", left, middle - size // 2, size, icon_colour)
            left += size + theme.px(10)
        if self._count:
            at = QRect(left, 0, theme.px(40), self.height())
            strokes.text(
                painter, at, self._number(), "small", 400, theme.colour("text2"), strokes.LEFT
            )

    def _paint_narrow(self, painter: QPainter, icon_colour: QColor) -> None:
        line, muted = theme.metrics("cap").height(), theme.colour("text2")
        size, between, wide = self._top()
        middle = self.height() // 2 if self._brief else theme.px(11)
        # The bar of the current page never lies on its icon.
        right = min((self.width() + wide) // 2, self.width() - theme.px(_BESIDE_BAR))
        paint_icon(painter, self._icon, right - size, middle - size // 2, size, icon_colour)
        right -= size
        if self._brief and self._count:
            # How many wait is more than its key, which the tooltip tells.
            at = QRect(0, 0, right - theme.px(4), self.height())
            strokes.text(painter, at, self._number(), "cap", 500)
            return
        if self._keys:
            keycap.draw(painter, right - between, middle, self._keys, muted)
        if self._brief:
            return
        top = theme.px(22)
        for words in self._lines():
            place = QRect(0, top, self.width(), line)
            strokes.text(painter, place, words, "cap", 500, align=strokes.CENTRE, elide=True)
            top += line - theme.px(2)
