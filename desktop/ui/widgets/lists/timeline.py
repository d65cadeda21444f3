"""The log of a case as a time line: time, disc in the tone, what happened, who did it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.ui import theme
from desktop.ui.icons import paint_icon
from desktop.ui.palette import Tone
from desktop.ui.widgets.button import Link
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Column, Flow, Row, clear
from desktop.ui.widgets.paint import strokes


@dataclass(frozen=True)
class Happening:
    """One entry. `links` are (key, words); `settled` is false for what still waits for the line."""

    time: str
    words: str
    who: str
    detail: str = ""
    icon: str = "check"
    tone: Tone = "neutral"
    links: tuple[tuple[str, str], ...] = ()
    settled: bool = True


class _Mark(QWidget):
    """The disc, and the line down to the next."""

    def __init__(self, happening: Happening, *, last: bool) -> None:
        super().__init__()
        self._happening, self._last = happening, last
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        theme.follow(self)
        self.restyle()

    def restyle(self) -> None:
        """Its width at the zoom in force."""
        self.setFixedWidth(theme.px(32))
        self.setMinimumHeight(theme.px(32))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        painter = strokes.open_painter(self)
        size = theme.px(32)
        if not self._last:
            middle = self.width() // 2
            line = QRect(middle - 1, size, 2, self.height() - size)
            painter.fillRect(line, theme.colour("line"))
        disc = QRect(0, 0, size, size)
        tone = self._happening.tone
        colour = theme.colour(tone)
        if not self._happening.settled:
            strokes.box(painter, disc, size / 2, border=theme.colour("edge"), dashed=True)
        else:
            border = colour if theme.tokens().bordered else None
            ground = QColor(theme.tone(tone).ground)
            strokes.box(painter, disc, size / 2, fill=ground, border=border)
        icon = theme.px(17)
        at = (size - icon) // 2
        paint_icon(painter, self._happening.icon, at, at, icon, colour)


class Timeline(QWidget):
    """Entries, newest first; `followed` gives (index, key) of a link."""

    followed = Signal(int, str)

    def __init__(self, happenings: Sequence[Happening] = ()) -> None:
        super().__init__()
        self._column = Column(gap=0)
        self.setLayout(self._column)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setAccessibleName("رویدادها")
        self.set_happenings(happenings)

    def set_happenings(self, happenings: Sequence[Happening]) -> None:
        """Show another log."""
        clear(self._column)
        times = [each.time for each in happenings]
        for index, happening in enumerate(happenings):
            last = index == len(happenings) - 1
            self._column.addWidget(self._entry(index, happening, times, last=last))
        # Entries keep to the top; a bound on the whole would cut those whose words take two lines.
        self._column.addStretch(1)

    def _entry(
        self, index: int, happening: Happening, times: Sequence[str], *, last: bool
    ) -> QWidget:
        entry = QWidget()
        time = _Time(happening.time, times)
        who = happening.who if happening.settled else f"{happening.who}، در صف"
        done_by = _Words(happening.words, weight=500, wrap=True), Label(who, "small", "text2")
        words = Column(gap=0, margins=(4, 0, 10, 0))
        words.addLayout(Flow(*done_by, gap=6, row_gap=0))
        if happening.detail:
            words.addWidget(Label(happening.detail, role="text2", wrap=True))
        if happening.links:
            links = Row(gap=14)
            for key, text in happening.links:
                link = Link(text)
                link.clicked.connect(lambda _=False, key=key: self.followed.emit(index, key))
                links.addWidget(link)
            links.addStretch(1)
            words.addLayout(links)
        row = Row(gap=12)
        row.addWidget(time, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(_Mark(happening, last=last))
        row.addLayout(words, 1)
        entry.setLayout(row)
        entry.setAccessibleName(f"{happening.time}، {happening.words}، {happening.who}")
        return entry


class _Words(Label):
    """What happened: in one line where there is room, in two rather than cut."""

    def sizeHint(self) -> QSize:
        """All in one line."""
        measure = self.fontMetrics()
        return QSize(measure.horizontalAdvance(self.words()) + 2, measure.height())


class _Time(Label):
    """A time beside the line, as wide as the widest of `times` so that the discs stand in a row."""

    def __init__(self, words: str, times: Sequence[str]) -> None:
        self._times = times
        super().__init__(words, "small", "text2")

    def restyle(self) -> None:
        """Its width at the zoom in force."""
        super().restyle()
        widest = max(strokes.width_of(each, "small") for each in self._times)
        self.setFixedSize(widest + 2, theme.px(32))
