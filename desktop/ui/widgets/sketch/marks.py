"""The marks of places on a sketch: the shape says what a place is, as much as the colour does."""

from __future__ import annotations

from enum import IntEnum, auto

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.ui import theme
from desktop.ui.icons import paint_icon
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Grid, Row, clear
from desktop.ui.widgets.paint import strokes


class Mark(IntEnum):
    """What a place looks like; of several at one point the first of these is drawn."""

    DISC = auto()
    """A پیشخوان."""
    SQUARE = auto()
    """A کارگزاری: hollow."""
    DIAMOND = auto()
    """One that is being converted."""
    STRUCK = auto()
    """One that is stopped: a ring with a stroke through it."""
    RING = auto()
    """One that would do as well as the numbered ones, but farther."""
    DOT = auto()
    """One that would not do: grey."""
    PIN = auto()
    """Who looks for one."""


_RADIUS = 5.0
_MANY, _NUMBER, _PIN = 10, 11, 26


def reach() -> float:
    """How far a mark reaches from its middle, in pixels at the zoom in force."""
    return _RADIUS * theme.zoom() / 100


def many_reach() -> float:
    """How far the disc of several reaches."""
    return float(theme.px(_MANY))


def number_reach() -> float:
    """How far the ring round a number reaches."""
    return float(theme.px(_NUMBER))


def draw_mark(painter: QPainter, mark: Mark, at: QPointF) -> None:
    """Draw a mark with its middle there; a pin with its point there."""
    radius, pen = reach(), max(1.0, theme.zoom() / 100 * 1.8)
    match mark:
        case Mark.DISC:
            _fill(painter, theme.colour("ok"), theme.colour("surface"), 1)
            painter.drawEllipse(at, radius, radius)
        case Mark.SQUARE:
            _fill(painter, theme.colour("surface"), theme.colour("neutral"), pen)
            side = radius * 0.84
            painter.drawRect(QRectF(at.x() - side, at.y() - side, 2 * side, 2 * side))
        case Mark.DIAMOND:
            _fill(painter, theme.colour("visit"), theme.colour("surface"), 1)
            far = radius * 1.35
            tips = ((0, -far), (far, 0), (0, far), (-far, 0))
            painter.drawPolygon(QPolygonF([at + QPointF(*tip) for tip in tips]))
        case Mark.STRUCK:
            _fill(painter, theme.colour("surface"), theme.colour("refuse"), pen)
            painter.drawEllipse(at, radius, radius)
            slant = QPointF(radius, radius) * 0.7
            painter.drawLine(at - slant, at + slant)
        case Mark.RING:
            _fill(painter, theme.colour("surface"), theme.colour("accent"), pen)
            painter.drawEllipse(at, radius * 0.9, radius * 0.9)
        case Mark.DOT:
            _fill(painter, theme.colour("line"), theme.colour("edge"), 1)
            painter.drawEllipse(at, radius * 0.8, radius * 0.8)
        case Mark.PIN:
            size = theme.px(_PIN)
            # Its point stands a little above the lower edge of its drawing.
            top = at.y() - size * 0.92
            paint_icon(painter, "map-pin", at.x() - size / 2, top, size, theme.colour("visit"))


def draw_number(
    painter: QPainter, words: str, at: QPointF, *, chosen: bool, done: bool = False
) -> None:
    """Draw a ring with a number in it, filled where it is chosen; of what is done with a check."""
    radius = number_reach()
    ground = theme.colour("accent" if chosen else "surface")
    edge = theme.colour("ok" if done and not chosen else "accent")
    _fill(painter, ground, edge, max(1.0, theme.zoom() / 100 * 2))
    painter.drawEllipse(at, radius, radius)
    if done:
        size = theme.px(14)
        colour = theme.colour("on_accent" if chosen else "ok")
        paint_icon(painter, "check", at.x() - size / 2, at.y() - size / 2, size, colour)
        return
    colour = theme.colour("on_accent" if chosen else "text")
    strokes.text(painter, _round(at, radius), words, "small", 700, colour, strokes.CENTRE)


def draw_many(painter: QPainter, words: str, at: QPointF) -> float:
    """Draw the disc in whose place several marks would touch, with how many; how far it reaches."""
    radius = max(many_reach(), strokes.width_of(words, "cap", 500) / 2 + theme.px(3))
    _fill(painter, theme.colour("surface"), theme.colour("edge"), 1)
    painter.drawEllipse(at, radius, radius)
    colour = theme.colour("text")
    strokes.text(painter, _round(at, radius), words, "cap", 500, colour, strokes.CENTRE)
    return radius


def draw_ring(painter: QPainter, at: QPointF, radius: float) -> None:
    """Draw the ring round what is chosen."""
    _fill(painter, None, theme.colour("accent"), max(2, theme.px(2)))
    painter.drawEllipse(at, radius, radius)


def _fill(painter: QPainter, ground: QColor | None, edge: QColor, width: float) -> None:
    painter.setBrush(ground if ground is not None else Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(edge, width))


def _round(at: QPointF, radius: float) -> QRect:
    return QRectF(at.x() - radius, at.y() - radius, 2 * radius, 2 * radius).toAlignedRect()


class _Sign(QWidget):
    """One mark by itself."""

    def __init__(self, mark: Mark) -> None:
        super().__init__()
        self._mark = mark
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.follow_size(self)

    def sizeHint(self) -> QSize:
        """As wide as an icon in a row."""
        return QSize(theme.px(18), theme.px(18))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        painter = strokes.open_painter(self)
        if self._mark is Mark.PIN:
            # On the sketch it is taller than a row.
            paint_icon(painter, "map-pin", 0, 0, self.width(), theme.colour("visit"))
            return
        draw_mark(painter, self._mark, QRectF(self.rect()).center())


class Legend(QWidget):
    """What the marks of a sketch mean, two in a row."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = Grid(2, gap=8, row_gap=2)
        self.setLayout(self._grid)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)

    def set_entries(self, entries: list[tuple[Mark, str]]) -> None:
        """Show these marks with their words."""
        clear(self._grid)
        shown: list[tuple[QWidget, int]] = []
        for mark, words in entries:
            entry = QWidget()
            row = Row(_Sign(mark), gap=6)
            row.addWidget(Label(words, "small", elide=True), 1)
            entry.setLayout(row)
            shown.append((entry, 1))
        self._grid.put(shown)
