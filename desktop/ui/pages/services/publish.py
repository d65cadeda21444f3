"""The card «انتشار»: what is checked, whose signature is next, and what it needs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.domain.calendar import format_day_month, weekday
from desktop.domain.persian import to_persian_digits
from desktop.ui.pages.acts.card_form import CardForm
from desktop.ui.pages.acts.signed_form import OWN_PASSWORD
from desktop.ui.widgets.holders.card import Card, Disc, SectionState
from desktop.ui.widgets.inputs.enter import EnterMoves
from desktop.ui.widgets.inputs.field import FormField
from desktop.ui.widgets.inputs.password import PasswordLine
from desktop.ui.widgets.inputs.prose import Prose
from desktop.ui.widgets.inputs.tick import Tick
from desktop.ui.widgets.label import IconLabel, Label
from desktop.ui.widgets.layouts import Column, Hairline, Row, clear

CHECK, FIRST, SECOND = range(3)
"""The steps, by their places."""
_NAMES = ("بررسی", "امضای شما", "امضای دوم")
_MOST_TOLD = 3


@dataclass(frozen=True)
class PublishSteps:
    """Where a publication stands: each step's state and words, and what the current one asks.

    `cautions` are read before one signs; `warnings` and `question` want a reason and a yes;
    `hinders` are told in red. `signs` names the step whose password is asked, None while nobody
    signs here.
    """

    beside: str = ""
    states: tuple[SectionState, SectionState, SectionState] = ("current", "later", "later")
    words: tuple[str, str, str] = ("", "", "")
    names: tuple[str, str, str] = _NAMES
    errors: int = 0
    cautions: Sequence[str] = ()
    hinders: Sequence[str] = ()
    warnings: Sequence[str] = ()
    question: str = ""
    signs: int | None = None
    reason: str = ""
    foot: str = field(default="")


def _first_of(cautions: Sequence[str]) -> list[str]:
    """So many as a card has room for; the rest is counted, and stands beside the text."""
    told, more = list(cautions[:_MOST_TOLD]), len(cautions) - _MOST_TOLD
    if more > 0:
        told.append(to_persian_digits(f"{more} هشدار دیگر در کنار متن است"))
    return told


def from_day(day: date) -> str:
    """«شنبه ۲۱ آذر»."""
    return f"{weekday(day)} {format_day_month(day)}"


class PublishCard(Card):
    """Three steps; the current one holds what it needs: a reason, a yes, the password.

    `form` is what is typed here and kept.
    """

    def __init__(self) -> None:
        super().__init__("انتشار", " ")
        self._steps: PublishSteps | None = None
        self._discs = [Disc(number) for number in range(1, 4)]
        self._labels = [Label("", weight=500) for _ in range(3)]
        self._details = [Row(gap=8) for _ in range(3)]
        self._insides = [Column(gap=6, margins=(2, 34, 0, 0)) for _ in range(3)]
        self._sentences = Column(gap=4)
        self._cautions = Column(gap=2)
        self.password = FormField(OWN_PASSWORD, PasswordLine(), key="password")
        self._question = Label("", wrap=True)
        self.replaces = FormField("", Tick("بله، جای آن را می‌گیرد"), key="replaces")
        self.reason = FormField("دلیل", Prose(lines=2, max_length=400), key="reason")
        # Not the yes: it is one to what the centre asks at this moment.
        self.form = CardForm(self, "publish", "انتشار", [self.reason])
        for number in range(3):
            row = Row(gap=10)
            row.addWidget(self._discs[number], 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(self._labels[number], 0, Qt.AlignmentFlag.AlignTop)
            row.addLayout(self._details[number], 1)
            self.body.addLayout(row)
            self.body.addLayout(self._insides[number])
        self._insides[CHECK].addLayout(self._cautions)
        self._asked = QWidget()
        self._asked.setLayout(
            Column(
                self._question,
                self.replaces,
                self.form.earlier,
                self.reason,
                self.password,
                gap=6,
            )
        )
        self.moves = EnterMoves(self._asked)
        self._line = Hairline()
        self._foot = Label("", "small", "text2", wrap=True)
        self.body.addLayout(self._sentences)
        self.add(self._line)
        self.add(self._foot)
        self.setAccessibleName("انتشار")
        self.show_steps(PublishSteps())

    def show_steps(self, steps: PublishSteps) -> None:
        """Show how far it is; what is typed stays."""
        before = self._steps
        if steps == before:
            return
        self._steps = steps
        if before is not None and steps.question != before.question:
            # A yes to one title is none to another.
            self.replaces.set_value(False)
        self.beside.setText(steps.beside)
        for number in range(3):
            self._discs[number].set_state(steps.states[number])
            self._labels[number].setText(steps.names[number])
            clear(self._details[number])
            if number == CHECK and (steps.errors or steps.cautions):
                self._count(steps)
            else:
                self._details[number].addWidget(
                    Label(steps.words[number], "small", "text2", wrap=True, middle=True), 1
                )
        self._insides[steps.signs or 0].removeWidget(self._asked)
        asks = steps.signs is not None
        if asks:
            self._insides[steps.signs or 0].addWidget(self._asked)
        else:
            self._asked.setParent(None)
        self._asked.setVisible(asks)
        self.replaces.setVisible(bool(steps.question))
        self._question.setVisible(bool(steps.question))
        self._question.setText(steps.question)
        self.reason.setVisible(bool(steps.warnings or steps.reason))
        self._tell(steps)
        self._line.setVisible(bool(steps.foot))
        self._foot.setVisible(bool(steps.foot))
        self._foot.setText(steps.foot)

    def _count(self, steps: PublishSteps) -> None:
        for count, words, tone, icon in (
            (steps.errors, "ایراد مانده", "refuse", "alert-circle"),
            (len(steps.cautions), "هشدار", "pay", "alert-triangle"),
        ):
            if count:
                self._details[CHECK].addWidget(IconLabel(icon, 16, tone))
                label = Label(to_persian_digits(f"{count} {words}"), "small")
                label.set_role(tone)  # type: ignore[arg-type]
                self._details[CHECK].addWidget(label)
        self._details[CHECK].addStretch(1)

    def _tell(self, steps: PublishSteps) -> None:
        clear(self._cautions)
        for words in _first_of(steps.cautions):
            self._cautions.addWidget(Label(words, "small", "text2", wrap=True))
        clear(self._sentences)
        for sentences, tone, icon in (
            (steps.hinders, "refuse", "alert-circle"),
            (steps.warnings, "pay", "alert-triangle"),
        ):
            for words in sentences:
                line = QWidget()
                row = Row(gap=6)
                row.addWidget(IconLabel(icon, 16, tone), 0, Qt.AlignmentFlag.AlignTop)
                label = Label(words, "small", wrap=True)
                label.set_role(tone)  # type: ignore[arg-type]
                row.addWidget(label, 1)
                line.setLayout(row)
                self._sentences.addWidget(line)
