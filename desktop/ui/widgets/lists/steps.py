"""The steps of a letter or a request: a disc with its number, what it is, who does it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.ui.widgets.holders.card import Card, Disc, SectionState
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Column, Row, clear, let_lines_ask


@dataclass(frozen=True)
class Step:
    """One step: done, current, later, or gone wrong (error)."""

    words: str
    detail: str
    state: SectionState = "later"


class _Line(Row):
    """The disc, and beside it what the step is and who does it; of a done one in a single line."""

    def __init__(self, number: int, step: Step) -> None:
        super().__init__(gap=10)
        self.disc = Disc(number)
        self.detail = Label(step.detail, "small", "text2", wrap=True, middle=True)
        self._words = Row(Label(step.words, weight=500), gap=10)
        self._words.addWidget(self.detail, 1)
        self.addWidget(self.disc, 0, Qt.AlignmentFlag.AlignTop)
        self.addLayout(self._words, 1)
        self.set_state(step.state)

    def set_state(self, state: SectionState) -> None:
        """Later, current, done, or gone wrong."""
        ways = Row.Direction
        self.disc.set_state(state)
        self._words.setDirection(ways.LeftToRight if state == "done" else ways.TopToBottom)
        self._words.set_gap(10 if state == "done" else 0)


class StepList(QWidget):
    """Steps one under the other, in a side panel."""

    def __init__(self, steps: Sequence[Step] = ()) -> None:
        super().__init__()
        self._column = Column(gap=4)
        self.setLayout(self._column)
        let_lines_ask(self)
        self.set_steps(steps)

    def set_steps(self, steps: Sequence[Step]) -> None:
        """Show other steps."""
        clear(self._column)
        for number, step in enumerate(steps, start=1):
            line = QWidget()
            line.setLayout(_Line(number, step))
            self._column.addWidget(line)
        self.setAccessibleName("گام‌ها: " + "، ".join(step.words for step in steps))


class StepCard(Card):
    """A step as a card; the current one has the accent border and holds what it needs."""

    def __init__(self, number: int, step: Step) -> None:
        super().__init__(margins=(9, 14, 11, 14), gap=0)
        self._line = _Line(number, step)
        self.disc, self.detail = self._line.disc, self._line.detail
        self.body.addLayout(self._line)
        self._inside = Column(gap=6, margins=(2, 34, 0, 0))
        self.body.addLayout(self._inside)
        let_lines_ask(self)
        self._words = step.words
        self.set_state(step.state)

    def set_state(self, state: SectionState) -> None:
        """Later, current, done, or gone wrong."""
        self._line.set_state(state)
        self._done = state == "done"
        self._tell()
        self.set_edge("accent" if state == "current" else "line")

    def set_detail(self, words: str) -> None:
        """Say something else under its name."""
        self.detail.setText(words)
        self._tell()

    def _tell(self) -> None:
        """A disc and a border are no words: the name says what they show."""
        name = f"{self._words}، انجام شد" if self._done else self._words
        detail = self.detail.words()
        self.setAccessibleName(f"{name}: {detail}" if detail else name)

    def put(self, widget: QWidget) -> None:
        """What the step needs: the password, the printer."""
        self._inside.addWidget(widget)
