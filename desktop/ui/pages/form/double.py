"""Another open case of the same property: held side by side, and the reason to go on."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.actions.board import QueueCase
from desktop.domain.calendar import format_jalali
from desktop.domain.identifiers import mask_id
from desktop.domain.persian import isolate
from desktop.ui.standing.lines import short_number
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.holders.card import Card
from desktop.ui.widgets.inputs.field import FormField
from desktop.ui.widgets.inputs.line import TextLine
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Column, Row
from desktop.ui.widgets.lists.pairs import Pairs

DUPLICATE = "duplicate"
MISSING = "برای این ملک پروندهٔ باز دیگری هست؛ دلیل درخواست دوباره را بنویسید."
Side = Sequence[tuple[str, str]]


class Double(QWidget):
    """Both sides and the reason, once a person opens them.

    `told` gives the sentence that there is such a case, for the page to tell where it never scrolls
    away, or none; `seen` the id of the case that the person wants to look at.
    """

    told = Signal(str)
    edited = Signal(str)
    left = Signal(str)
    seen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._case_id = ""
        self.reason = FormField("دلیل درخواست دوباره", TextLine(max_length=200), key=DUPLICATE)
        self.reason.edited.connect(lambda: self.edited.emit(DUPLICATE))
        self.reason.left.connect(lambda: self.left.emit(DUPLICATE))
        self._mine, self._other = Pairs(), Pairs()
        look = Button("دیدن پرونده", icon="folder-open")
        look.clicked.connect(lambda: self.seen.emit(self._case_id))
        self.card = Card()
        sides = Row(gap=28)
        for heading, pairs in (("این درخواست", self._mine), ("پروندهٔ باز", self._other)):
            sides.addLayout(Column(Label(heading, weight=700), pairs, gap=2), 1)
        both = QWidget()
        both.setLayout(sides)
        self.card.add(both)
        foot = Row(gap=14)
        foot.addWidget(self.reason, 1)
        under = Column(gap=0, margins=(22, 0, 0, 0))
        under.addWidget(look)
        foot.addLayout(under)
        line = QWidget()
        line.setLayout(foot)
        self.card.add(line)
        self.setLayout(Column(self.card, gap=0))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.hide()

    def is_due(self) -> bool:
        """Whether there is such a case, so that a reason is needed."""
        return bool(self._case_id)

    def show_case(self, other: QueueCase | None, service: str, state: str, mine: Side) -> None:
        """Tell of the case, or of none; `service` and `state` are its words."""
        self._case_id = other.case_id if other is not None else ""
        if other is None:
            self.hide()
            self.told.emit("")
            return
        received = isolate(format_jalali(other.received_on))
        number = short_number(other.tracking)
        self.told.emit(
            f"برای این ملک پروندهٔ باز دیگری هست: {service}، {other.applicant}، شمارهٔ {number}."
        )
        self._fill(self._mine, mine)
        theirs = [
            ("شماره", number),
            ("خدمت", service),
            ("متقاضی", other.applicant),
            ("کد ملی", isolate(mask_id(other.applicant_id))),
            ("دریافت", received),
            ("وضعیت", state),
        ]
        self._fill(self._other, theirs)

    def open(self) -> None:
        """Show both sides and the place for the reason."""
        self.show()
        self.reason.setFocus()

    @staticmethod
    def _fill(pairs: Pairs, side: Side) -> None:
        pairs.clear()
        for name, value in side:
            pairs.add(name, value or "–")
