"""Failing conditions of a decision, each to be cleared by a tick and a reason."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.case import Case
from desktop.domain.gates import AWAITED
from desktop.domain.service import Effect
from desktop.domain.words import FindingWords, tell
from desktop.ui.pages.case.why_card import EFFECT_LOOKS
from desktop.ui.widgets.inputs.field import FormField
from desktop.ui.widgets.inputs.line import TextLine
from desktop.ui.widgets.inputs.tick import Tick
from desktop.ui.widgets.label import IconLabel, Label
from desktop.ui.widgets.layouts import Column, Hairline, Row

CLEARED = "مانع برطرف است"


def failing(case: Case, *effects: Effect) -> list[FindingWords]:
    """The failing conditions of the case's decision that have one of these effects, in words."""
    decision = case.decision
    if decision is None:
        return []
    # What waits for a value that the expert enters is nothing that he could clear.
    own = (f for f in decision.failing if f.effect in effects and f.code != AWAITED)
    return [tell(f, decision.as_of) for f in own]


class GateRow(QWidget):
    """A condition, what was seen, the tick; the reason is asked once it is ticked."""

    edited = Signal()

    def __init__(self, told: FindingWords) -> None:
        super().__init__()
        self.gate = told.gate
        self.words = told.condition
        icon, tone = EFFECT_LOOKS.get(told.effect, ("alert-circle", "refuse"))
        self.tick = Tick(CLEARED)
        self.tick.setAccessibleName(f"{told.condition}: {CLEARED}")
        line = TextLine(max_length=300)
        self.reason = FormField("دلیل", line, key=told.gate, topic="gate")
        line.setAccessibleName(f"{told.condition}: دلیل")
        self.reason.hide()
        head = Row(gap=10)
        head.addWidget(IconLabel(icon, 18, tone))
        head.addWidget(Label(told.condition, weight=500, wrap=True, middle=True), 2)
        article = "" if told.article == "—" else f" ({told.article})"
        seen = Label(f"{told.seen}{article}", role="text2", wrap=True, middle=True)
        head.addWidget(seen, 3)
        head.addWidget(self.tick)
        column = Column(gap=4, margins=(2, 0, 2, 0))
        column.addLayout(head)
        column.addWidget(self.reason)
        self.setLayout(column)
        self.tick.edited.connect(self._ticked)
        self.reason.edited.connect(self.edited)

    def arrange(self) -> None:
        """The reason stands there while it is asked."""
        self.reason.setVisible(self.tick.value())

    def _ticked(self) -> None:
        self.arrange()
        if self.tick.value():
            self.reason.setFocus()
        self.edited.emit()

    def fault(self) -> str:
        """What is missing, or empty."""
        if self.tick.value() and not self.reason.value():
            return f"دلیل رفع «{self.words}» را بنویسید."
        return ""


class GateRows(QWidget):
    """All failing conditions one under the other."""

    edited = Signal()

    def __init__(self, gates: Sequence[FindingWords]) -> None:
        super().__init__()
        self.rows = [GateRow(told) for told in gates]
        column = Column(gap=6)
        for index, row in enumerate(self.rows):
            if index:
                column.addWidget(Hairline())
            column.addWidget(row)
            row.edited.connect(self.edited)
        self.setLayout(column)

    def arrange(self) -> None:
        """What each asks for as it is ticked now."""
        for row in self.rows:
            row.arrange()

    def fields(self) -> list[FormField]:
        """The reasons, by the names of the gates."""
        return [row.reason for row in self.rows]

    def cleared(self) -> dict[str, str]:
        """Gate → reason of what is ticked."""
        return {row.gate: row.reason.value() for row in self.rows if row.tick.value()}

    def faults(self) -> list[tuple[str, str]]:
        """Ticked ones without a reason."""
        return [(row.gate, words) for row in self.rows if (words := row.fault())]

    def open_ones(self) -> list[GateRow]:
        """What is not ticked."""
        return [row for row in self.rows if not row.tick.value()]
