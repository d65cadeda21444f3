"""Rows and keys that are pressed as a whole: services, things that wait, people to choose."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy

from desktop.domain.persian import to_persian_digits
from desktop.ui import theme
from desktop.ui.icons import paint_icon
from desktop.ui.widgets.keys import down, is_enter, onward
from desktop.ui.widgets.paint import strokes
from desktop.ui.widgets.paint.focus_ring import FocusRing
from desktop.ui.widgets.told import keycap
from desktop.ui.widgets.told.chip import ChipLook, chip_width, draw_chip

# So much at its sides keeps a row's words from the ring.
_SIDES = 6
# Where the second column of a list of people begins, from the first one's right edge.
_SECOND = 165


class _Pressed(QPushButton):
    """A button that Enter presses too."""

    def __init__(
        self, name: str, radius: float | None, *, bare: bool = False, stacked: bool = False
    ) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        if radius is not None:
            self.ring = FocusRing(self, radius, bare=bare, stacked=stacked)
        theme.follow_size(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses it."""
        if is_enter(event):
            self.click()
        else:
            super().keyPressEvent(event)


class ServiceKey(_Pressed):
    """A service on the home page: its icon, name, who may ask, and the digit that opens it.

    Of `details`, each shorter than the one before, the first that fits is shown, whole or not at
    all. A name that would break gives way to its `short` one. A `slim` one is less high, for a row
    of its own under the others.
    """

    def __init__(
        self,
        words: str,
        details: Sequence[str],
        icon: str,
        digit: int,
        *,
        short: str = "",
        slim: bool = False,
    ) -> None:
        super().__init__("، ".join([words, *details[:1]]), None)
        self._words, self._details, self._icon, self._digit = words, details, icon, digit
        self._short = short or words
        self._height, self._square = (64, 40) if slim else (102, 48)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def digit(self) -> int:
        """The key that opens it."""
        return self._digit

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows are the page's, which knows the rows and columns of its keys."""
        if down(event) or onward(event):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        """Icon, two lines of name, one of detail."""
        return QSize(theme.px(254), theme.px(self._height))

    def minimumSizeHint(self) -> QSize:
        """A third of a narrow page."""
        return QSize(theme.px(210), theme.px(self._height))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the key."""
        painter = strokes.open_painter(self)
        # The border is the focus ring too: a second one round so large a key would be loud.
        focused = self.hasFocus()
        strong = self.underMouse() or self.isDown() or focused
        ground = theme.colour("sunk" if self.isDown() else "surface")
        border = theme.colour("focus" if focused else "accent" if strong else "edge")
        width = 2 if strong else 1
        strokes.box(painter, self.rect(), theme.px(8), fill=ground, border=border, width=width)
        size = theme.px(self._square)
        right = self.width() - theme.px(14)
        square = QRect(right - size, (self.height() - size) // 2, size, size)
        edge = theme.colour("link") if theme.tokens().bordered else None
        strokes.box(painter, square, theme.px(8), fill=theme.colour("tint"), border=edge)
        icon = theme.px(26)
        shift = (size - icon) // 2
        at = (square.x() + shift, square.y() + shift)
        paint_icon(painter, self._icon, *at, icon, theme.colour("link"))
        caps = str(self._digit)
        cap = theme.px(14) + keycap.width(caps)
        middle = min(theme.px(20), self.height() // 2)
        keycap.draw(painter, cap, middle, caps, theme.colour("text2"))
        room = QRect(cap + theme.px(8), 0, square.left() - cap - theme.px(22), self.height())
        self._draw_words(painter, room)

    def _draw_words(self, painter: QPainter, room: QRect) -> None:
        lines = name_lines(self._words, self._short, room.width())
        name = theme.metrics("section", 700).lineSpacing()
        detail = theme.metrics("small").lineSpacing()
        y = (self.height() - name * len(lines) - detail) // 2
        for line in lines:
            rect = QRect(room.left(), y, room.width(), name)
            strokes.text(painter, rect, line, "section", 700, elide=True)
            y += name
        # Under the key cap: its line goes on to the key's own margin.
        left = theme.px(14)
        under = QRect(left, y, room.right() - left + 1, detail)
        shown = first_fitting(self._details, under.width())
        strokes.text(painter, under, shown, "small", colour=theme.colour("text2"))


def first_fitting(details: Sequence[str], width: int) -> str:
    """The first of them that fits `width` pixels in small type; nothing where none does."""
    fits = (words for words in details if strokes.width_of(words, "small") < width)
    return next(fits, "")


def name_lines(words: str, short: str, width: int) -> list[str]:
    """A service's name in one line of `width` pixels, its short one where that alone fits, else in
    two lines as even as they can be; «و» goes with what follows."""
    for name in (words, short):
        # A line that fits to the last pixel is cut all the same.
        if strokes.width_of(name, "section", 700) < width:
            return [name]
    parts = words.split(" ")
    cuts = [count for count in range(1, len(parts)) if parts[count - 1] != "و"]
    if not cuts:
        return [words]

    def widest(cut: int) -> int:
        halves = (" ".join(parts[:cut]), " ".join(parts[cut:]))
        return max(strokes.width_of(half, "section", 700) for half in halves)

    cut = min(cuts, key=widest)
    return [" ".join(parts[:cut]), " ".join(parts[cut:])]


class ListRow(_Pressed):
    """A row that opens something: icon, words, a line under them, and at the left a note, a
    count, a chip or the chevron of «open».

    The cap of its key follows the words, however wide the row is. `second` begins in a column of
    its own, for short lists of people, whose caps stand under each other at the left.
    """

    def __init__(
        self,
        words: str,
        detail: str = "",
        *,
        icon: str = "",
        colour: str = "text2",
        note: str = "",
        count: int | None = None,
        keys: str = "",
        chip: ChipLook | None = None,
        second: str = "",
        inset: float = 2,
        chevron: bool = True,
        strong: bool = False,
        lined: bool = True,
    ) -> None:
        state = chip.words if chip else ""
        told = "، ".join(part for part in (words, second, detail, note, state) if part)
        name = told if count is None else f"{told}: {to_persian_digits(count)}"
        super().__init__(name, 4, bare=inset < _SIDES, stacked=lined)
        self._words, self._detail, self._icon, self._colour = words, detail, icon, colour
        self._note, self._count, self._keys = note, count, keys
        self._chevron, self._strong, self._lined = chevron, strong, lined
        self._chip, self._second, self._inset = chip, second, inset
        self._chosen = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_chosen(self, chosen: bool) -> None:
        """Mark it as the chosen one of its list."""
        self._chosen = chosen
        self.update()

    def sizeHint(self) -> QSize:
        """39 for one line, 46 for two, 28 for one without its hairline."""
        high = 46 if self._detail else 39 if self._lined else 28
        return QSize(theme.px(240), theme.px(high))

    def minimumSizeHint(self) -> QSize:
        """Words may be cut at their end, little else."""
        return QSize(theme.px(140), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the row."""
        painter = strokes.open_painter(self)
        if self._chosen:
            painter.fillRect(self.rect(), theme.colour("sel"))
            bar = theme.px(4)
            right_bar = QRect(self.width() - bar, 0, bar, self.height())
            painter.fillRect(right_bar, theme.colour("accent"))
        elif self.underMouse() or self.isDown():
            painter.fillRect(self.rect(), theme.colour("sunk"))
        if self._lined:
            painter.fillRect(0, self.height() - 1, self.width(), 1, theme.colour("line"))
        middle, colour = self.height() // 2, theme.colour(self._colour)
        x = self.width() - max(theme.px(self._inset), theme.px(8) if self._chosen else 0)
        if self._icon:
            size = theme.px(18)
            paint_icon(painter, self._icon, x - size, middle - size // 2, size, colour)
            x -= size + theme.px(max(10, self._inset))
        self._draw_words(painter, self._draw_left(painter, theme.px(self._inset), middle), x)

    def _draw_left(self, painter: QPainter, left: int, middle: int) -> int:
        """What stands at the left; gives where the words end."""
        muted = theme.colour("text2")
        if self._chevron:
            size = theme.px(16)
            paint_icon(painter, "chevron-left", left, middle - size // 2, size, muted)
            left += size + theme.px(10)
        if self._keys and self._second:
            left += theme.px(8) + keycap.width(self._keys)
            keycap.draw(painter, left, middle, self._keys, muted)
            left += theme.px(10)
        if self._count is not None:
            number = to_persian_digits(self._count)
            wide = strokes.width_of(number, "body", 700)
            at = QRect(left, 0, wide, self.height())
            strokes.text(painter, at, number, "body", 700, theme.colour(self._colour))
            left += wide + theme.px(12)
        if self._note:
            wide = strokes.width_of(self._note, "small")
            at = QRect(left, 0, wide, self.height())
            strokes.text(painter, at, self._note, "small", colour=muted)
            left += wide + theme.px(12)
        if self._chip is not None:
            wide = chip_width(self._chip)
            draw_chip(painter, left + wide, middle, self._chip)
            left += wide + theme.px(10)
        return left

    def _draw_words(self, painter: QPainter, left: int, right: int) -> None:
        weight: theme.Weight = 500 if self._strong or self._detail else 400
        muted = theme.colour("text2")
        if self._detail:
            half = self.height() // 2
            top = QRect(left, theme.px(2), right - left, half - theme.px(1))
            under = QRect(left, half, right - left, half - theme.px(2))
            strokes.text(painter, top, self._words, "body", weight, elide=True)
            strokes.text(painter, under, self._detail, "small", colour=muted, elide=True)
            return
        cap = keycap.width(self._keys) + theme.px(12) if self._keys and not self._second else 0
        rect = QRect(left + cap, 0, right - left - cap, self.height())
        strokes.whole(painter, rect, self._words, "body", weight)
        if cap:
            end = right - min(strokes.width_of(self._words, "body", weight), rect.width())
            keycap.draw(painter, end - theme.px(12), self.height() // 2, self._keys, muted)
        if self._second:
            column = rect.adjusted(0, 0, -theme.px(_SECOND), 0)
            strokes.text(painter, column, self._second, "body", 400, muted, elide=True)
