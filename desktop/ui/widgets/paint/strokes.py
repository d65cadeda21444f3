"""Strokes that several widgets share: crisp rounded boxes and right-to-left text."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QWidget

from desktop.domain.persian import bind
from desktop.ui import theme
from desktop.ui.theme import Kind, Weight

RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
CENTRE = Qt.AlignmentFlag.AlignCenter


def open_painter(widget: QWidget) -> QPainter:
    """A painter on the widget with smooth edges and right-to-left text."""
    painter = QPainter(widget)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    return painter


def box(
    painter: QPainter,
    rect: QRect | QRectF,
    radius: float,
    *,
    fill: QColor | None = None,
    border: QColor | None = None,
    width: float = 1,
    dashed: bool = False,
) -> None:
    """A rounded box whose border lies inside `rect`."""
    inset = width / 2 if border is not None else 0
    inner = QRectF(rect).adjusted(inset, inset, -inset, -inset)
    painter.setBrush(fill if fill is not None else Qt.BrushStyle.NoBrush)
    if border is None:
        painter.setPen(Qt.PenStyle.NoPen)
    else:
        pen = QPen(border, width)
        if dashed:
            pen.setDashPattern([3, 2])
        painter.setPen(pen)
    painter.drawRoundedRect(inner, max(0.0, radius - inset), max(0.0, radius - inset))


def track(painter: QPainter, rect: QRect) -> None:
    """What a bar fills as far as it has come; where lines are as bright as words only its edge, so
    that an empty one does not look full."""
    line = theme.colour("line")
    if line == theme.colour("text"):
        box(painter, rect, rect.height() / 2, border=line)
    else:
        box(painter, rect, rect.height() / 2, fill=line)


def right_bar(painter: QPainter, rect: QRect, width: int, radius: int, colour: QColor) -> None:
    """A bar along the right side of a rounded box, inside its round corners."""
    path = QPainterPath()
    path.addRoundedRect(QRectF(rect), radius, radius)
    painter.save()
    painter.setClipPath(path)
    painter.fillRect(QRect(rect.right() - width + 1, rect.top(), width, rect.height()), colour)
    painter.restore()


def text(
    painter: QPainter,
    rect: QRect,
    words: str,
    kind: Kind = "body",
    weight: Weight = 400,
    colour: QColor | None = None,
    align: Qt.AlignmentFlag = RIGHT,
    *,
    elide: bool = False,
) -> None:
    """One line of words; `elide` cuts what does not fit at its end (the left)."""
    painter.setFont(theme.font(kind, weight))
    painter.setPen(colour if colour is not None else theme.colour("text"))
    if elide:
        words = QFontMetrics(painter.font()).elidedText(
            words, Qt.TextElideMode.ElideRight, rect.width()
        )
    flags = align | Qt.AlignmentFlag.AlignAbsolute
    painter.drawText(rect, int(flags) | int(Qt.TextFlag.TextSingleLine), words)


def two_lines(words: str, width: int, kind: Kind = "body", weight: Weight = 400) -> tuple[str, str]:
    """Words broken behind the last one that fits into `width`; the second is empty if all fit."""
    metrics = theme.metrics(kind, weight)
    # Rounded down: what is as wide as its place would be cut by less than a pixel.
    if metrics.horizontalAdvance(words) < width:
        return words, ""
    first, rest = "", bind(words).split(" ")
    while rest and metrics.horizontalAdvance(f"{first} {rest[0]}".strip()) < width:
        first = f"{first} {rest.pop(0)}".strip()
    return (first, " ".join(rest)) if first else (words, "")


def lines_in(
    words: str, width: int, height: int, kind: Kind = "body", weight: Weight = 400
) -> tuple[Kind, tuple[str, str]]:
    """The words as they fit into so many pixels: in one line, else in two, smaller if they must be.

    The second line is empty where one is enough, or where there is no room for two.
    """
    lines = two_lines(words, width, kind, weight)
    if not lines[1] or 2 * theme.metrics(kind, weight).lineSpacing() <= height:
        return kind, _even(lines, width, kind, weight)
    # Letters of two lines may come nearer than those of a paragraph, but not touch.
    if height < 1.7 * theme.metrics("cap", weight).lineSpacing():
        return kind, (words, "")
    return "cap", _even(two_lines(words, width, "cap", weight), width, "cap", weight)


def _even(lines: tuple[str, str], width: int, kind: Kind, weight: Weight) -> tuple[str, str]:
    """Two lines as even as they can be: no word of a name is left alone under the others."""
    first, second = lines
    while second and " " in first:
        head, _, last = first.rpartition(" ")
        longer = f"{last} {second}"
        if width_of(longer, kind, weight) > min(width, width_of(head, kind, weight)):
            break
        first, second = head, longer
    return first, second


def whole(
    painter: QPainter,
    rect: QRect,
    words: str,
    kind: Kind = "body",
    weight: Weight = 400,
    colour: QColor | None = None,
) -> None:
    """Words that must not be cut, in a row's one line or in two; what is longer ends in dots."""
    size, (first, second) = lines_in(words, rect.width(), rect.height(), kind, weight)
    if not second:
        text(painter, rect, first, size, weight, colour, elide=True)
        return
    # Marks stand higher over their line than letters reach below it.
    half = rect.height() // 2
    upper = QRect(rect.left(), rect.top() + theme.px(2), rect.width(), half)
    lower = QRect(rect.left(), rect.top() + half, rect.width(), rect.height() - half)
    text(painter, upper, first, size, weight, colour, elide=True)
    text(painter, lower, second, size, weight, colour, elide=True)


def width_of(words: str, kind: Kind = "body", weight: Weight = 400) -> int:
    """Pixels that one line of words takes."""
    return _width(words, kind, weight, theme.zoom())


# A rail asks for the same few words hundreds of times while a page is laid out.
@lru_cache(maxsize=2_000)
def _width(words: str, kind: Kind, weight: Weight, zoom: int) -> int:
    return theme.metrics(kind, weight).horizontalAdvance(words)
