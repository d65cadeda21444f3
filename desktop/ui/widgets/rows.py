"""Rows and keys that are pressed as a whole: services, things that wait, people to choose."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy

from desktop.domain.persian import to_persian_digits
from desktop.ui import theme
from desktop.ui.icons import paint_icon
from desktop.ui.widgets import keycap, paint
from desktop.ui.widgets.focus_ring import FocusRing


class _Pressed(QPushButton):
    """A button that Enter presses too."""

    def __init__(self, name: str, radius: float) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.ring = FocusRing(self, radius)
        theme.notifier().changed.connect(self.updateGeometry)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses it."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)


class ServiceKey(_Pressed):
    """A service on the home page: its icon, name, who may ask, and the digit that opens it."""

    def __init__(self, words: str, detail: str, icon: str, digit: int) -> None:
        super().__init__(f"{words}، {detail}", 8)
        self._words, self._detail, self._icon, self._digit = words, detail, icon, digit
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def digit(self) -> int:
        """The key that opens it."""
        return self._digit

    def sizeHint(self) -> QSize:
        """Icon, two lines of name, one of detail."""
        return QSize(theme.px(254), theme.px(102))

    def minimumSizeHint(self) -> QSize:
        """A third of a narrow page."""
        return QSize(theme.px(210), theme.px(102))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the key."""
        painter = paint.open_painter(self)
        strong = self.underMouse() or self.isDown() or self.hasFocus()
        ground = theme.colour("sunk" if self.isDown() else "surface")
        border = theme.colour("accent" if strong else "line")
        width = 2 if strong else 1
        paint.box(painter, self.rect(), theme.px(8), fill=ground, border=border, width=width)
        size = theme.px(48)
        right = self.width() - theme.px(14)
        square = QRect(right - size, (self.height() - size) // 2, size, size)
        edge = theme.colour("link") if theme.tokens().bordered else None
        paint.box(painter, square, theme.px(8), fill=theme.colour("tint"), border=edge)
        icon = theme.px(26)
        shift = (size - icon) // 2
        at = (square.x() + shift, square.y() + shift)
        paint_icon(painter, self._icon, *at, icon, theme.colour("link"))
        caps = str(self._digit)
        cap = theme.px(14) + keycap.width(caps)
        keycap.draw(painter, cap, theme.px(20), caps, theme.colour("text2"))
        room = QRect(cap + theme.px(8), 0, square.left() - cap - theme.px(22), self.height())
        self._draw_words(painter, room)

    def _draw_words(self, painter: QPainter, room: QRect) -> None:
        measure = theme.metrics("section", 700)
        flags = int(Qt.TextFlag.TextWordWrap) | int(
            Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignTop
        )
        name_room = QRect(room.left(), 0, room.width(), 2 * measure.lineSpacing())
        needed = measure.boundingRect(name_room, flags, self._words).height()
        name = min(needed, 2 * measure.lineSpacing())
        detail = theme.metrics("small").lineSpacing()
        top = (self.height() - name - detail) // 2
        painter.setFont(theme.font("section", 700))
        painter.setPen(theme.colour("text"))
        painter.drawText(QRect(room.left(), top, room.width(), name), flags, self._words)
        under = QRect(room.left(), top + name, room.width(), detail)
        colour = theme.colour("text2")
        paint.text(painter, under, self._detail, "small", colour=colour, elide=True)


class ListRow(_Pressed):
    """A row that opens something: icon, words, a line under them, and at the left a note, a
    count, caps or the chevron of «open»."""

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
        chevron: bool = True,
        strong: bool = False,
        lined: bool = True,
    ) -> None:
        told = "، ".join(part for part in (words, detail, note) if part)
        super().__init__(told if count is None else f"{told}: {to_persian_digits(count)}", 4)
        self._words, self._detail, self._icon, self._colour = words, detail, icon, colour
        self._note, self._count, self._keys = note, count, keys
        self._chevron, self._strong, self._lined = chevron, strong, lined
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
        painter = paint.open_painter(self)
        if self._chosen:
            painter.fillRect(self.rect(), theme.colour("sel"))
            bar = theme.px(4)
            right_bar = QRect(self.width() - bar, 0, bar, self.height())
            painter.fillRect(right_bar, theme.colour("accent"))
        elif self.underMouse() or self.isDown():
            painter.fillRect(self.rect(), theme.colour("sunk"))
        if self._lined:
            painter.fillRect(0, self.height() - 1, self.width(), 1, theme.colour("line"))
        middle = self.height() // 2
        x, colour = (
            self.width() - theme.px(2 if not self._chosen else 8),
            theme.colour(self._colour),
        )
        if self._icon:
            size = theme.px(18)
            paint_icon(painter, self._icon, x - size, middle - size // 2, size, colour)
            x -= size + theme.px(10)
        left = theme.px(2)
        if self._chevron:
            size = theme.px(16)
            muted = theme.colour("text2")
            paint_icon(painter, "chevron-left", left, middle - size // 2, size, muted)
            left += size + theme.px(10)
        if self._keys:
            left += theme.px(8) + keycap.width(self._keys)
            keycap.draw(painter, left, middle, self._keys, theme.colour("text2"))
            left += theme.px(10)
        if self._count is not None:
            number = to_persian_digits(self._count)
            wide = paint.width_of(number, "body", 700)
            at = QRect(left, 0, wide, self.height())
            paint.text(painter, at, number, "body", 700, colour)
            left += wide + theme.px(12)
        if self._note:
            wide = paint.width_of(self._note, "small")
            at = QRect(left, 0, wide, self.height())
            paint.text(painter, at, self._note, "small", colour=theme.colour("text2"))
            left += wide + theme.px(12)
        weight: theme.Weight = 500 if self._strong or self._detail else 400
        if self._detail:
            half = self.height() // 2
            top = QRect(left, theme.px(2), x - left, half - theme.px(1))
            under = QRect(left, half, x - left, half - theme.px(2))
            paint.text(painter, top, self._words, "body", weight, elide=True)
            muted = theme.colour("text2")
            paint.text(painter, under, self._detail, "small", colour=muted, elide=True)
        else:
            rect = QRect(left, 0, x - left, self.height())
            paint.text(painter, rect, self._words, "body", weight, elide=True)
