"""Bars lying down: one a kind, growing to the left, each with its number and share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter

from desktop.domain.persian import to_persian_digits
from desktop.ui import theme
from desktop.ui.icons import paint_icon
from desktop.ui.palette import Tone
from desktop.ui.widgets.charts.chart import Chart, Pattern, chart_box
from desktop.ui.widgets.keys import down
from desktop.ui.widgets.paint import strokes

_LEAST = 20


@dataclass(frozen=True)
class Bar:
    """One bar; `share` stands beside the number («۵۷٫۸٪»); the second of one tone is outlined.

    The pattern is that of the same kind in another chart, which has no room for its words.
    """

    words: str
    value: int
    tone: Tone
    icon: str = ""
    share: str = ""
    outlined: bool = False
    pattern: Pattern = ""


class HorizontalBars(Chart):
    """Bars one under the other; ↑ and ↓ move, Enter or a click tells `opened` with the index.

    The numbers are told to readers as the widget's description.
    """

    def __init__(self, name: str, bars: Sequence[Bar] = (), *, squares: bool = True) -> None:
        super().__init__(name, down)
        self._bars: tuple[Bar, ...] = ()
        self._squares = squares
        self.set_bars(bars)

    def bars(self) -> tuple[Bar, ...]:
        """What is drawn."""
        return self._bars

    def set_bars(self, bars: Sequence[Bar]) -> None:
        """Draw others."""
        self._bars = tuple(bars)
        told = (f"{bar.words} {to_persian_digits(bar.value)} {bar.share}" for bar in self._bars)
        self.setAccessibleDescription("؛ ".join(line.strip() for line in told))
        self.renew()

    def count(self) -> int:
        """How many bars there are."""
        return len(self._bars)

    def sizeHint(self) -> QSize:
        """29 a bar."""
        return QSize(theme.px(480), theme.px(29) * max(1, len(self._bars)))

    def minimumSizeHint(self) -> QSize:
        """Enough for the words and a short bar, each in a line that letters don't touch."""
        wide = self._words_width() + self._numbers_width() + theme.px(60)
        return QSize(wide, theme.px(_LEAST) * max(1, len(self._bars)))

    def draw(self, painter: QPainter, index: int, place: QRect) -> None:
        """Square, icon, words, bar, number, share."""
        bar, line = self._bars[index], place
        largest = max(other.value for other in self._bars)
        middle = line.center().y()
        x = line.right() - theme.px(2)
        if self._squares:
            size = theme.px(12)
            square = QRect(x - size, middle - size // 2, size, size)
            chart_box(
                painter,
                square,
                bar.tone,
                theme.px(3),
                outlined=bar.outlined,
                pattern=bar.pattern,
            )
            x -= size + theme.px(10)
        if bar.icon:
            size = theme.px(16)
            paint_icon(
                painter, bar.icon, x - size, middle - size // 2, size, theme.colour(bar.tone)
            )
            x -= size + theme.px(8)
        right = line.right() - self._words_width()
        strokes.text(painter, QRect(right, line.top(), x - right, line.height()), bar.words)
        left = line.left() + self._numbers_width()
        room = max(0, right - theme.px(12) - left)
        long = round(room * bar.value / largest) if largest else 0
        if bar.value:
            high = theme.px(16)
            rect = QRect(
                right - theme.px(12) - max(long, 3), middle - high // 2, max(long, 3), high
            )
            chart_box(
                painter, rect, bar.tone, theme.px(3), outlined=bar.outlined, pattern=bar.pattern
            )
        number = self._number_width()
        at = QRect(left - theme.px(12) - number, line.top(), number, line.height())
        strokes.text(painter, at, to_persian_digits(bar.value), "body", 700)
        rest = QRect(line.left(), line.top(), at.left() - theme.px(14) - line.left(), line.height())
        strokes.text(painter, rest, bar.share, "small", 400, theme.colour("text2"))

    def place(self, index: int) -> QRect:
        """A line a bar."""
        count = max(1, len(self._bars))
        high = min(self.height() / count, theme.px(40))
        return QRect(0, round(index * high), self.width(), round(high) - 1)

    def _number_width(self) -> int:
        # Not that of the largest one: digits are of different widths.
        numbers = (to_persian_digits(bar.value) for bar in self._bars)
        return max((strokes.width_of(each, "body", 700) for each in numbers), default=0)

    def _words_width(self) -> int:
        widest = max((strokes.width_of(bar.words) for bar in self._bars), default=0)
        icons = theme.px(24) if any(bar.icon for bar in self._bars) else 0
        squares = theme.px(22) if self._squares else 0
        return widest + icons + squares + theme.px(8)

    def _numbers_width(self) -> int:
        number = self._number_width()
        share = max((strokes.width_of(bar.share, "small") for bar in self._bars), default=0)
        return number + theme.px(12) + (share + theme.px(14) if share else 0) + 2
