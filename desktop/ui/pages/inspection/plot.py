"""کروکی: the plot drawn from its four sides, north above, its lane under it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.domain.measured import SIDES, corners
from desktop.domain.persian import to_persian_digits
from desktop.ui import theme
from desktop.ui.icons import paint_icon
from desktop.ui.widgets.paint import strokes

_HEIGHT, _MARGIN, _WORDS = 176, 34, 20
_NOTHING = "کروکی از چهار ضلع کشیده می‌شود"


class PlotSketch(QWidget):
    """Drawn to one scale both ways; it takes no keys: readers hear the measures."""

    def __init__(self) -> None:
        super().__init__()
        self._lengths: tuple[str, ...] = ()
        self._lane = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(_NOTHING)
        theme.follow_size(self)

    def show_plot(self, lengths: Sequence[str], lane: str) -> None:
        """Of these sides (m, decimal text), which must close; of none a word in its place."""
        self._lengths, self._lane = tuple(lengths), lane
        told = [f"{side} {_shown(each)}" for side, each in zip(SIDES, lengths, strict=False)]
        self.setAccessibleName(f"کروکی: {'، '.join(told)}" if told else _NOTHING)
        self.update()

    def sizeHint(self) -> QSize:
        """As high as the fields beside it."""
        return QSize(theme.px(220), theme.px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """Room for the words of its sides."""
        return QSize(theme.px(180), theme.px(_HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The plot, a word at each side, the lane, north."""
        painter = strokes.open_painter(self)
        strokes.box(painter, self.rect(), theme.px(8), border=theme.colour("line"))
        if not self._lengths:
            quiet = theme.colour("text2")
            strokes.text(painter, self.rect(), _NOTHING, "small", 400, quiet, strokes.CENTRE)
            return
        ring = self._ring()
        painter.setPen(QPen(theme.colour("text"), max(1.0, theme.zoom() / 100 * 1.6)))
        painter.setBrush(theme.colour("tint"))
        painter.drawPolygon(QPolygonF(ring))
        self._draw_words(painter, ring)
        self._draw_north(painter)

    def _ring(self) -> list[QPointF]:
        """The corners in pixels, from the south-western one on."""
        found = corners([Decimal(each) for each in self._lengths])
        xs, ys = [x for x, _ in found], [y for _, y in found]
        margin = theme.px(_MARGIN)
        wide, high = self.width() - 2 * margin, self.height() - 2 * margin
        scale = min(wide / (max(xs) - min(xs)), high / (max(ys) - min(ys)))
        left = (self.width() - (max(xs) - min(xs)) * scale) / 2
        top = (self.height() - (max(ys) - min(ys)) * scale) / 2
        return [
            QPointF(left + (x - min(xs)) * scale, top + (max(ys) - y) * scale) for x, y in found
        ]

    def _draw_words(self, painter: QPainter, ring: list[QPointF]) -> None:
        south_west, south_east, north_east, north_west = ring
        north, east, south, west = (_shown(each) for each in self._lengths)
        high, gap = theme.px(_WORDS), theme.px(4)
        lane = f"گذر {_shown(self._lane)} متر" if self._lane else ""
        top = min(north_west.y(), north_east.y())
        bottom = max(south_west.y(), south_east.y())
        middle_x, middle_y = self.width() / 2, (top + bottom) / 2
        left, right = min(p.x() for p in ring), max(p.x() for p in ring)
        self._word(painter, middle_x, top - high / 2 - 1, north)
        under = f"{south}، {lane}" if lane else south
        self._word(painter, middle_x, bottom + high / 2 + 1, under)
        # East is at the right, as on every plan.
        self._word(painter, right + gap + strokes.width_of(east, "small") / 2, middle_y, east)
        self._word(painter, left - gap - strokes.width_of(west, "small") / 2, middle_y, west)

    def _word(self, painter: QPainter, x: float, y: float, words: str) -> None:
        wide, high = strokes.width_of(words, "small") + theme.px(4), theme.px(_WORDS)
        place = QRect(round(x - wide / 2), round(y - high / 2), wide, high)
        strokes.text(painter, place, words, "small", 500, align=strokes.CENTRE)

    def _draw_north(self, painter: QPainter) -> None:
        size, colour = theme.px(16), theme.colour("text2")
        words = "شمال"
        wide = max(strokes.width_of(words, "small"), size)
        x, y = theme.px(8), theme.px(6)
        paint_icon(painter, "arrow-up", x + (wide - size) / 2, y, size, colour)
        place = QRect(x, y + size, wide, theme.px(_WORDS))
        strokes.text(painter, place, words, "small", 400, colour, Qt.AlignmentFlag.AlignCenter)


def _shown(metres: str) -> str:
    return to_persian_digits(metres.replace(".", "٫"))
