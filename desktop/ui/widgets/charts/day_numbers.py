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
from desktop.ui.widgets.layouts import Column, Hairline, Margins, Row, clear

_AIR: Margins = (8, 0, 8, 0)
_DENSE_AIR: Margins = (3, 0, 3, 0)


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
        super().__init__(margins=(0, 16, 0, 16))
        self.body.set_margins(_AIR)
        self._numbers: tuple[DayNumber, ...] = ()
        self._dense = False
        self._row = Row(gap=14)
        self.body.addLayout(self._row)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.set_numbers(numbers)

    def set_numbers(self, numbers: Sequence[DayNumber]) -> None:
        """Show other numbers."""
        self._numbers = tuple(numbers)
        clear(self._row)
        for index, number in enumerate(numbers):
            if index:
                self._row.addWidget(Hairline(upright=True))
            self._row.addLayout(self._one(index, number), 1)
        self.setAccessibleName("، ".join(map(_told, numbers)))

    def set_dense(self, *, dense: bool) -> None:
        """Two lower lines, what stands below comes beside: where rows need the height."""
        if dense == self._dense:
            return
        self._dense = dense
        self.body.set_margins(_DENSE_AIR if dense else _AIR)
        self.set_numbers(self._numbers)

    def _one(self, index: int, number: DayNumber) -> Column:
        top = Row(gap=7)
        value = Label(number.value, "title" if self._dense else "headline", number.tone, 700)
        notes = (number.beside, number.below) if self._dense else (number.beside,)
        top.addWidget(value)
        top.addWidget(Label("، ".join(filter(None, notes)), "small", "text2", elide=True), 1)
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
        if number.below and not self._dense:
            column.addWidget(Label(number.below, "small", "text2", elide=True))
        column.addStretch(1)
        return column


def _told(number: DayNumber) -> str:
    value = f"{number.words}: {number.value} {number.beside}".strip()
    return f"{value}، {number.below}" if number.below else value
