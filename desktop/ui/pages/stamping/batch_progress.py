"""How far a batch has come: one piece a letter, many letters as one bar."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.actions.batch import LetterFate
from desktop.domain.persian import to_persian_digits
from desktop.ui import theme
from desktop.ui.pages.stamping.batch_words import Counts
from desktop.ui.widgets.holders.card import Card
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Row
from desktop.ui.widgets.paint import strokes

# More pieces than these are too thin to be told apart.
_MOST_PIECES = 30
_DONE, _WRONG = "accent", "refuse"
_COLOURS = {
    LetterFate.PRINTED: _DONE,
    LetterFate.FAILED: _WRONG,
    LetterFate.REFUSED: _WRONG,
    LetterFate.DOUBTED: "pay",
}


class Pieces(QWidget):
    """A bar of 6 in pieces, the first letter at the right."""

    def __init__(self) -> None:
        super().__init__()
        self._fates: tuple[LetterFate, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.notifier().changed.connect(self.restyle)
        self.restyle()

    def restyle(self) -> None:
        """6 at the zoom in force."""
        self.setFixedHeight(theme.px(6))

    def show_fates(self, fates: Sequence[LetterFate]) -> None:
        """One piece for each; of many those that are alike stand together."""
        whole = tuple(fates)
        if len(whole) > _MOST_PIECES:
            whole = tuple(sorted(whole, key=_order))
        if whole != self._fates:
            self._fates = whole
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it; a letter that is still to come is a piece of the ground."""
        painter = strokes.open_painter(self)
        count = len(self._fates)
        if not count:
            return
        gap = theme.px(4) if count <= _MOST_PIECES else 0
        wide = (self.width() - gap * (count - 1)) / count
        radius = self.height() / 2 if gap else 0
        for place, fate in enumerate(self._fates):
            right = self.width() - round(place * (wide + gap))
            left = right - max(1, round(wide))
            rect = QRect(left, 0, right - left, self.height())
            colour = theme.colour(_COLOURS.get(fate, "line"))
            strokes.box(painter, rect, radius, fill=colour)


def _order(fate: LetterFate) -> int:
    return {_DONE: 0, _WRONG: 1, "pay": 2}.get(_COLOURS.get(fate, ""), 3)


class BatchProgress(Card):
    """«چاپ: ۷ از ۱۲ نامه», how it goes on, and the bar."""

    def __init__(self) -> None:
        super().__init__(margins=(9, 14, 12, 14), gap=8)
        self._words = Label("", weight=700)
        self._how = Label("", "small", "text2", elide=True)
        self.pieces = Pieces()
        row = Row(gap=10)
        row.addWidget(self._words)
        row.addWidget(self._how, 1)
        self.body.addLayout(row)
        self.body.addWidget(self.pieces)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)

    def show_batch(self, fates: Sequence[LetterFate], counts: Counts, how: str) -> None:
        """Where the letters stand, and in words how it goes on."""
        words = to_persian_digits(f"چاپ: {counts.printed} از {counts.all} نامه")
        self._words.setText(words)
        self._how.setText(how)
        self.pieces.show_fates(fates)
        self.setAccessibleName(f"{words}. {how}")
