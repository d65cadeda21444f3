"""Bars standing: one an hour, stacked by outcome, time running from right to left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter

from desktop.domain.persian import to_persian_digits
from desktop.ui import theme
from desktop.ui.palette import Tone
from desktop.ui.widgets.charts.chart import Chart, Pattern, chart_box
from desktop.ui.widgets.keys import onward
from desktop.ui.widgets.paint import strokes


@dataclass(frozen=True)
class Series:
    """One kind within each bar, the first at the bottom; its pattern tells it without colour."""

    words: str
    tone: Tone
    outlined: bool = False
    pattern: Pattern = ""


@dataclass(frozen=True)
class Hour:
    """One bar: its name under it, and a value a series."""

    words: str
    values: tuple[int, ...]

    @property
    def total(self) -> int:
        """What stands above the bar."""
        return sum(self.values)


class StackedBars(Chart):
    """Bars side by side; ← and → move, Enter or a click tells `opened` with the index."""

    def __init__(self, name: str, series: Sequence[Series], hours: Sequence[Hour] = ()) -> None:
        super().__init__(name, onward)
        self._series, self._hours = tuple(series), tuple(hours)
        self.set_hours(hours)

    def set_hours(self, hours: Sequence[Hour]) -> None:
        """Draw others, first hour first."""
        self._hours = tuple(hours)
        lines = []
        for hour in self._hours:
            parts = zip(self._series, hour.values, strict=True)
            told = "، ".join(f"{s.words} {to_persian_digits(v)}" for s, v in parts if v)
            lines.append(f"{hour.words}: {to_persian_digits(hour.total)} ({told})")
        self.setAccessibleDescription("؛ ".join(lines))
        self.renew()

    def count(self) -> int:
        """How many hours there are."""
        return len(self._hours)

    def sizeHint(self) -> QSize:
        """Wide enough for the names of the hours."""
        return QSize(theme.px(72) * max(1, len(self._hours)), theme.px(180))

    def minimumSizeHint(self) -> QSize:
        """Names must not run together."""
        widest = max((strokes.width_of(h.words, "small") for h in self._hours), default=0)
        return QSize((widest + theme.px(6)) * max(1, len(self._hours)), theme.px(120))

    def draw(self, painter: QPainter, index: int, place: QRect) -> None:
        """The pieces on one base, the total above, the name below."""
        hour, column = self._hours[index], place
        largest = max(other.total for other in self._hours)
        line = theme.px(20)
        foot = QRect(column.left(), column.bottom() - line, column.width(), line)
        strokes.text(
            painter, foot, hour.words, "small", colour=theme.colour("text2"), align=strokes.CENTRE
        )
        room = max(0, column.height() - 2 * line - theme.px(8))
        wide = min(theme.px(60), round(column.width() * 0.58))
        left = column.center().x() - wide // 2
        base = y = foot.top() - theme.px(2)
        scale = room / largest if largest else 0
        seen = 0
        for series, value in zip(self._series, hour.values, strict=True):
            if not value:
                continue
            seen += value
            top = base - max(round(seen * scale), 1)
            # A pixel of ground parts the pieces; the thinnest keeps one pixel of its own.
            rect = QRect(left, top, wide, max(1, y - top - 1))
            chart_box(
                painter,
                rect,
                series.tone,
                theme.px(2),
                outlined=series.outlined,
                pattern=series.pattern,
            )
            y = top
        head = QRect(column.left(), y - line - theme.px(2), column.width(), line)
        total = to_persian_digits(hour.total)
        strokes.text(painter, head, total, "small", 700, align=strokes.CENTRE)

    def place(self, index: int) -> QRect:
        """A column an hour."""
        count = max(1, len(self._hours))
        right = self.width() - self.width() * index // count
        left = self.width() - self.width() * (index + 1) // count
        return QRect(left, 0, right - left, self.height())
