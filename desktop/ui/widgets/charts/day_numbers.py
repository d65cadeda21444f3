"""The day's numbers: one card, large values, a word under each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy

from desktop.ui.widgets.button import Link
from desktop.ui.widgets.holders.card import Card
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Column, Hairline, Row, clear


@dataclass(frozen=True)
class DayNumber:
    """One number. Colour only for what is instant (ok), late (pay), overdue or to be looked at.

    `beside` stands by the value, `below` under its words. One that `opens` leads to its cases.
    """

    value: str
    words: str
    beside: str = ""
    tone: Literal["text", "ok", "pay", "refuse", "review"] = "text"
    below: str = ""
    opens: bool = False


class DayNumbers(Card):
    """The numbers in a row with hairlines between; `opened` gives the place of the pressed one."""

    opened = Signal(int)

    def __init__(self, numbers: Sequence[DayNumber] = ()) -> None:
        super().__init__(margins=(8, 16, 8, 16))
        self._row = Row(gap=14)
        self.body.addLayout(self._row)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.set_numbers(numbers)

    def set_numbers(self, numbers: Sequence[DayNumber]) -> None:
        """Show other numbers."""
        clear(self._row)
        for index, number in enumerate(numbers):
            if index:
                self._row.addWidget(Hairline(upright=True))
            self._row.addLayout(self._one(index, number), 1)
        self.setAccessibleName("، ".join(map(_told, numbers)))

    def _one(self, index: int, number: DayNumber) -> Column:
        top = Row(gap=7)
        value = Label(number.value, "headline", number.tone, 700)
        top.addWidget(value)
        top.addWidget(Label(number.beside, "small", "text2", elide=True), 1)
        column = Column(gap=0)
        column.addLayout(top)
        if number.opens:
            link = Link(number.words)
            link.setAccessibleName(_told(number))
            link.clicked.connect(lambda: self.opened.emit(index))
            column.addWidget(link, 0, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute)
        else:
            # As high as a link, so that all stand on one line.
            told = Label(number.words, role="text2", elide=True)
            column.addLayout(Column(told, margins=(3, 0, 3, 0)))
        if number.below:
            column.addWidget(Label(number.below, "small", "text2", elide=True))
        column.addStretch(1)
        return column


def _told(number: DayNumber) -> str:
    value = f"{number.words}: {number.value} {number.beside}".strip()
    return f"{value}، {number.below}" if number.below else value
