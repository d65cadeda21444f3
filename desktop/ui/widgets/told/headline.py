"""The outcome in large: a disc, the answer, one sentence, the tracking code."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from desktop.ui import announcing, theme
from desktop.ui.icons import paint_icon
from desktop.ui.palette import Tone
from desktop.ui.theme import Kind
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Column, Row, let_lines_ask
from desktop.ui.widgets.paint import strokes
from desktop.ui.widgets.paint.focus_ring import say_of_page


class _Disc(QWidget):
    """The filled disc with the outcome's icon."""

    def __init__(self, icon: str, tone: Tone, size: int, *, dashed: bool) -> None:
        super().__init__()
        self._icon, self._tone, self._size, self._dashed = icon, tone, size, dashed
        theme.follow(self)
        self.restyle()

    def restyle(self) -> None:
        """Its size at the zoom in force."""
        self.setFixedSize(theme.px(self._size), theme.px(self._size))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        painter = strokes.open_painter(self)
        colour = theme.colour(self._tone)
        radius = self.width() / 2
        if self._dashed:
            strokes.box(painter, self.rect(), radius, border=colour, width=2, dashed=True)
        else:
            strokes.box(painter, self.rect(), radius, fill=colour)
        icon = theme.px(32 if self._size > 50 else 26)
        at = (self.width() - icon) // 2
        on = colour if self._dashed else theme.colour("surface")
        paint_icon(painter, self._icon, at, at, icon, on)


class Headline(QWidget):
    """The answer on its tone's ground.

    `code` with its `code_label` stands at the left (the tracking code, a deadline). `small` is
    for the case page; `dashed` for what is not settled yet. The sentence wraps.
    """

    def __init__(
        self,
        words: str,
        sentence: str,
        tone: Tone,
        icon: str,
        *,
        code: str = "",
        code_label: str = "",
        small: bool = False,
        dashed: bool = False,
    ) -> None:
        super().__init__()
        self._tone: Tone = tone
        self._dashed = dashed
        kind: Kind = "title" if small else "headline"
        self.words = Label(words, kind, tone, 700, wrap=True, paired=True)
        self.sentence = Label(sentence, wrap=True)
        self.code = Label(code, "section" if small else "title", weight=700, left=True)
        self.code_label = Label(code_label, "small", "text2", left=True)
        disc = _Disc(icon, tone, 44 if small else 56, dashed=dashed)
        middle = Column(self.words, self.sentence, gap=0)
        row = Row(gap=16, margins=(12, 18, 12, 18))
        row.addWidget(disc)
        row.addLayout(middle, 1)
        if code:
            side = Column(gap=0)
            side.addStretch(1)
            side.addWidget(self.code_label)
            side.addWidget(self.code)
            side.addStretch(1)
            row.addLayout(side)
        else:
            self.code.setParent(self)
            self.code_label.setParent(self)
            self.code.hide()
            self.code_label.hide()
        self.setLayout(row)
        self.setAccessibleName(f"{words}. {sentence}")
        let_lines_ask(self)
        say_of_page(self)
        theme.notifier().changed.connect(self.update)

    def showEvent(self, event: QShowEvent) -> None:
        """The answer is said as soon as it is seen."""
        super().showEvent(event)
        announcing.announce(self, self.accessibleName(), "headline")

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground."""
        painter = strokes.open_painter(self)
        ground = QColor(theme.tone(self._tone).ground)
        rect: QRect = self.rect()
        strokes.box(
            painter,
            rect,
            theme.px(8),
            fill=ground,
            border=theme.colour("edge" if self._dashed else self._tone),
            dashed=self._dashed,
        )
