"""The strip over a letter: what it is, whose number, and its four facts, always whole."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from desktop.domain.case import Case
from desktop.domain.case_letters import CaseLetter
from desktop.domain.persian import isolate, to_persian_digits
from desktop.domain.status import Status
from desktop.ui import theme
from desktop.ui.standing.chips import CHIPS
from desktop.ui.standing.letter_facts import LetterFact, facts_of, kind_chip
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Column, Flow, Hairline, Row, clear
from desktop.ui.widgets.told.chip import Chip

# A property's place is the longest of the four; a day stands on one line.
_SHARES = (5, 7, 5, 6)


class FactsStrip(QWidget):
    """Subject, kind and number over the four facts; in two rows where the window is narrow.

    `put_beside` gives a place at the left of the facts to what is typed with the letter in sight.
    """

    def __init__(self) -> None:
        super().__init__()
        self._facts: Sequence[LetterFact] = ()
        self._narrow = False
        self._subject = Label("", "section", weight=700, elide=True)
        self._chip = Row()
        self._number = Label("", "small", "text2")
        chip = QWidget()
        chip.setLayout(self._chip)
        head = Flow(self._subject, chip, self._number, gap=10, row_gap=2)
        self._rows = Column(gap=4)
        self._beside = Column(gap=0)
        column = Column(gap=4, margins=(8, 20, 8, 20))
        column.addLayout(head)
        self._told = Row(gap=16)
        self._told.addLayout(self._rows, 3)
        self._told.addLayout(self._beside)
        column.addLayout(self._told)
        ground = QWidget()
        theme.ground(ground, "sunk")
        ground.setLayout(column)
        self.setLayout(Column(ground, Hairline(), gap=0))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        theme.notifier().changed.connect(self._lay_out)

    def show_letter(self, case: Case, held: CaseLetter, registered_by: str, today: date) -> None:
        """The facts of this letter; `registered_by` is a name."""
        letter = held.letter
        facts = facts_of(case, held, today)
        number = f"نامهٔ {isolate(to_persian_digits(letter.number))}"
        self._number.setText(f"{number}، ثبت: {registered_by}" if registered_by else number)
        self._subject.setText(to_persian_digits(letter.text.subject))
        clear(self._chip)
        look = kind_chip(letter.kind, unrecorded=case.unrecorded)
        if held.voided:
            look = CHIPS[Status.VOIDED]
        elif case.recalls(held):
            look = CHIPS[Status.RECALLED]
        self._chip.addWidget(Chip(look))
        if facts != self._facts:
            self._facts = facts
            self._lay_out()

    def set_narrow(self, narrow: bool) -> None:
        """Two rows of two, or one of four."""
        if narrow != self._narrow:
            self._narrow = narrow
            self._lay_out()

    def put_beside(self, widget: QWidget) -> None:
        """What is typed while the letter is in sight."""
        self._beside.addWidget(widget)
        self._share_out()

    def _share_out(self) -> None:
        """The facts have the whole width where nothing stands beside them."""
        beside = self._narrow and self._beside.count() > 0
        self._told.setStretchFactor(self._beside, 1 if beside else 0)

    def _lay_out(self) -> None:
        clear(self._rows)
        self._share_out()
        if not self._facts:
            return
        if not self._narrow:
            self._rows.addWidget(_beside_each_other(self._facts))
            return
        for line in (self._facts[:2], self._facts[2:]):
            row = Row(gap=16)
            for fact, share in zip(line, _SHARES, strict=False):
                row.addWidget(_in_one_line(fact), share)
            self._rows.addLayout(row)


def _beside_each_other(facts: Sequence[LetterFact]) -> QWidget:
    """Names, values and second lines each in a row of their own, however long one of them is."""
    shown, grid = QWidget(), QGridLayout()
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(theme.px(16))
    grid.setVerticalSpacing(0)
    for place, fact in enumerate(facts):
        value = Label(fact.value, weight=700, wrap=True)
        value.setAccessibleName(f"{fact.name}: {fact.value}")
        grid.addWidget(Label(fact.name, "small", "text2"), 0, place)
        grid.addWidget(value, 1, place)
        if fact.detail:
            detail = Label(fact.detail, "small", "text2", wrap=True, paired=True)
            grid.addWidget(detail, 2, place)
        grid.setColumnStretch(place, _SHARES[place])
    shown.setLayout(grid)
    return shown


def _in_one_line(fact: LetterFact) -> QWidget:
    """The same where the letter needs the height."""
    shown = QWidget()
    said = f"{fact.value}، {fact.detail}" if fact.detail else fact.value
    row = Row(gap=8)
    row.addWidget(Label(fact.name, "small", "text2"), 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(Label(said, weight=500, wrap=True, paired=True), 1)
    shown.setLayout(row)
    shown.setAccessibleName(f"{fact.name}: {said}")
    return shown
