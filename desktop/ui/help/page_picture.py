"""The picture of a page in its help: the page itself made small, with numbers at its keys."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.domain.persian import to_persian_digits
from desktop.ui import theme
from desktop.ui.widgets.paint import strokes

_NUMBER = 18


@dataclass(frozen=True)
class Pictured:
    """A page as it stands, and the middle of each key's button on it, from the upper left in the
    picture's own pixels."""

    picture: QPixmap
    places: Mapping[str, QPoint]


def pictured(parts: Sequence[QWidget], buttons: Mapping[str, QWidget]) -> Pictured:
    """The parts one under the other, flush right, with the buttons that stand on them."""
    drawn = [part.grab() for part in parts]
    sizes = [each.deviceIndependentSize().toSize() for each in drawn]
    ratio = max(each.devicePixelRatio() for each in drawn)
    whole = QSize(max(s.width() for s in sizes), sum(s.height() for s in sizes))
    picture = QPixmap(whole * ratio)
    picture.setDevicePixelRatio(ratio)
    # Beside the page, over its bar, stands the help.
    picture.fill(theme.colour("sunk"))
    places: dict[str, QPoint] = {}
    painter = QPainter(picture)
    top = 0
    for part, each, size in zip(parts, drawn, sizes, strict=True):
        corner = QPoint(whole.width() - size.width(), top)
        painter.drawPixmap(corner, each)
        for keys, button in buttons.items():
            if part.isAncestorOf(button):
                places[keys] = corner + button.mapTo(part, button.rect().center())
        top += size.height()
    painter.end()
    return Pictured(picture, places)


class PagePicture(QWidget):
    """The picture, so wide; `numbers` are those of the keys in the list under it."""

    def __init__(self, shown: Pictured, numbers: Mapping[str, int], width: int) -> None:
        super().__init__()
        own = shown.picture.deviceIndependentSize()
        self._scale = min(1.0, width / own.width())
        self._size = (own * self._scale).toSize()
        self._picture = shown.picture.scaled(
            self._size * shown.picture.devicePixelRatio(),
            Qt.AspectRatioMode.IgnoreAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        self.marks = {
            number: shown.places[keys] * self._scale
            for keys, number in numbers.items()
            if keys in shown.places
        }
        self.setAccessibleName("تصویر این صفحه با جای کلیدهای آن")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Exactly the picture."""
        return self._size

    def minimumSizeHint(self) -> QSize:
        """As high as the picture."""
        return QSize(theme.px(40), self._size.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """The picture at the right, framed, with the numbers on it."""
        painter = strokes.open_painter(self)
        frame = QRect(QPoint(self.width() - self._size.width(), 0), self._size)
        painter.drawPixmap(frame.topLeft(), self._picture)
        strokes.box(painter, frame, 0, border=theme.colour("edge"))
        half = theme.px(_NUMBER) // 2
        inside = frame.adjusted(half, half, -half, -half)
        for number, place in self.marks.items():
            middle = frame.topLeft() + place
            middle.setX(min(max(middle.x(), inside.left()), inside.right()))
            middle.setY(min(max(middle.y(), inside.top()), inside.bottom()))
            _draw_number(painter, middle, number)


class NumberMark(QWidget):
    """The same number, beside the words of its key."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number
        self.setFixedSize(theme.px(_NUMBER), theme.px(_NUMBER))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The number in its circle."""
        _draw_number(strokes.open_painter(self), self.rect().center(), self.number)


def _draw_number(painter: QPainter, middle: QPoint, number: int) -> None:
    wide = theme.px(_NUMBER)
    rect = QRect(middle - QPoint(wide // 2, wide // 2), QSize(wide, wide))
    edge = theme.colour("on_accent")
    strokes.box(painter, rect, wide / 2, fill=theme.colour("accent"), border=edge)
    strokes.text(painter, rect, to_persian_digits(number), "cap", 700, edge, strokes.CENTRE)
