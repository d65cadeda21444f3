"""Acts that were left half typed: a line for each, to go on, to read, or to throw it away."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop.actions.act_drafts import ActDraft
from desktop.domain.persian import to_persian_digits
from desktop.ui.times import moment
from desktop.ui.widgets.button import Button, Link
from desktop.ui.widgets.holders.card import Card
from desktop.ui.widgets.label import IconLabel, Label
from desktop.ui.widgets.layouts import Column, Row, clear
from desktop.ui.widgets.lists.pairs import Pairs

_GONE_ON = "پرونده پیش رفته است و این کار اکنون خواسته نمی‌شود"


class UnfinishedActs(QWidget):
    """«نوشتهٔ ناتمام: پاسخ منفی، ۱۰:۴۲»; `resumed` and `dropped` give the act.

    `now` tells the desk's moment. What can no longer be done is shown in words, so that nothing
    typed is out of sight.
    """

    resumed = Signal(str)
    dropped = Signal(str)

    def __init__(self, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._now = now
        self._column = Column(gap=6, margins=(0, 20, 4, 20))
        self.setLayout(self._column)
        self._shown: tuple[object, ...] = ()
        self.hide()

    def show_drafts(self, drafts: Sequence[ActDraft], can: Callable[[str], bool]) -> None:
        """Show these; `can` tells of an act whether it can be done now."""
        rows = [(draft, can(draft.act)) for draft in drafts]
        if tuple(rows) == self._shown:
            return
        self._shown = tuple(rows)
        clear(self._column)
        for draft, possible in rows:
            self._column.addWidget(self._row(draft, possible=possible))
        self.setVisible(bool(rows))

    def _row(self, draft: ActDraft, *, possible: bool) -> QWidget:
        words = f"نوشتهٔ ناتمام: {draft.heading}، {moment(draft.updated_at, self._now())}"
        if not possible:
            words = f"{words}؛ {_GONE_ON}"
        card = Card(margins=(4, 12, 4, 10))
        row = Row(gap=10)
        row.addWidget(IconLabel("pencil", 18, "neutral"))
        row.addWidget(Label(words, weight=500, wrap=True, middle=True), 1)
        away = Link("حذف", weight=400)
        away.setAccessibleName(f"حذف نوشتهٔ {draft.heading}")
        away.clicked.connect(lambda: self.dropped.emit(draft.act))
        on = Button("ادامه" if possible else "دیدن نوشته")
        on.setAccessibleName(f"{on.text()}: {draft.heading}")
        row.addWidget(away)
        row.addWidget(on)
        card.body.addLayout(row)
        if possible:
            on.clicked.connect(lambda: self.resumed.emit(draft.act))
        else:
            read = _read(draft)
            read.hide()
            card.add(read)
            on.clicked.connect(lambda: read.setVisible(read.isHidden()))
        card.setAccessibleName(words)
        return card


def _read(draft: ActDraft) -> Pairs:
    """Everything that was typed, to be read and copied."""
    pairs = Pairs()
    for key, text in draft.typed.items():
        words = to_persian_digits(draft.shown.get(key, text))
        told = pairs.add(draft.words.get(key, ""), words)
        told.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
    return pairs
