"""A strip on a tone's ground in a side panel: an icon, what stands, a small line under it."""

from __future__ import annotations

from desktop.ui.palette import Tone
from desktop.ui.widgets.holders.card import Card
from desktop.ui.widgets.label import IconLabel, Label
from desktop.ui.widgets.layouts import Column, Row, let_lines_ask


class TonedLine(Card):
    """How a thing stands, in the colour of its tone and in words."""

    def __init__(self, words: str, detail: str, icon: str, tone: Tone) -> None:
        super().__init__(tone=tone, margins=(8, 12, 8, 12))
        row = Row(gap=12)
        row.addWidget(IconLabel(icon, 20, tone))
        names = Column(Label(words, weight=700, wrap=True), gap=0)
        if detail:
            names.addWidget(Label(detail, "small", "text2", wrap=True))
        row.addLayout(names, 1)
        self.body.addLayout(row)
        let_lines_ask(self)
        self.setAccessibleName(f"{words}. {detail}")
