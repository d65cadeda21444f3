"""Payments that terminal or bank does not have: found among the open ones, and answered."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget

from desktop.actions.office_day import Day, Doubt
from desktop.domain.calendar import format_day_month
from desktop.domain.cash import Match
from desktop.domain.day_register import COUNTED, Explanation, left_over, refused_sum
from desktop.domain.day_register_words import difference_words, payment_words
from desktop.domain.money import format_rial
from desktop.domain.persian import to_persian_digits
from desktop.domain.tool import Tool
from desktop.ui.pages.closing.cards import refused_row
from desktop.ui.widgets.button import Link
from desktop.ui.widgets.holders.card import Card
from desktop.ui.widgets.inputs.tick import Radio
from desktop.ui.widgets.label import IconLabel, Label
from desktop.ui.widgets.layouts import Column, Flow, Row, clear, let_lines_ask

MOST = 20
"""So many payments are offered to be explained; the rest is looked at in the till."""
_OPEN, _BACK = "باز کردن پرداخت", "برداشتن پاسخ"
_SAY_MORE = "دربارهٔ آن در «توضیح مسئول دفتر» بنویسید."
_WHICH = "پرداختی را که در کارت‌خوان یا بانک یافت نشد پیدا کنید و پاسخ دهید."


def lacking(day: Day, said: Mapping[str, Explanation], tool: Tool) -> int:
    """Rial of this day's payments that the tool is said to lack."""
    return day.book.lacking(tool, {name for name, answer in said.items() if answer.lacking})


def unexplained(
    day: Day, counted: Mapping[Tool, int], said: Mapping[str, Explanation], tool: Tool
) -> int:
    """Rial of the tool's difference that no payment explains; 0 while nobody has counted it."""
    if tool not in counted:
        return 0
    left = day.book.total(tool) - counted[tool] - lacking(day, said, tool)
    return left_over(left, day.found(tool, said), refused_sum(day.refused, tool))


def offered(day: Day, counted: Mapping[Tool, int], said: Mapping[str, Explanation]) -> list[Doubt]:
    """Payments that may explain what is not explained yet: of the very sum first."""
    found = []
    for tool in COUNTED:
        left = unexplained(day, counted, said, tool)
        if left > 0:
            open_ = [e for e in day.book.open(tool) if e.name not in said and not e.back]
            open_.sort(key=lambda entry: (entry.amount != left, entry.amount > left, entry.at))
            found += [day.doubt(entry) for entry in open_]
    return found


class _DoubtRow(QWidget):
    """A payment: its sum and what it was, the answers to choose from, a way to its case."""

    said = Signal(str, str)
    said_of_all = Signal(str)
    opened = Signal(str)

    def __init__(
        self, doubt: Doubt, answer: Explanation | None, *, chosen: bool, others: int = 0
    ) -> None:
        super().__init__()
        self.doubt = doubt
        entry = doubt.entry
        day = f"، {format_day_month(doubt.day)}" if doubt.carried else ""
        words = f"{payment_words(entry)}{day}"
        sentence = Label(f"{format_rial(abs(entry.amount))}: {words}", weight=500, wrap=True)
        self.radios = {each: Radio(each.words(entry.tool)) for each in doubt.answers}
        flow = Flow(*self.radios.values(), gap=18, row_gap=0)
        for each, radio in self.radios.items():
            radio.setAccessibleName(f"{radio.text()}: {words}")
            radio.setChecked(each is answer)
            radio.clicked.connect(lambda _=False, each=each: self._say(each))
        box = QWidget()
        box.setLayout(flow)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        box.setSizePolicy(policy)
        links = Row(gap=14)
        open_ = Link(_OPEN)
        open_.setAccessibleName(f"{_OPEN}: {words}")
        open_.clicked.connect(lambda: self.opened.emit(entry.case_id))
        if answer is not None and others:
            all_ = Link(to_persian_digits(f"همین پاسخ برای {others} پرداخت دیگر"), weight=400)
            all_.clicked.connect(lambda: self.said_of_all.emit(answer.value))
            links.addWidget(all_)
        if chosen and not doubt.carried and entry.match is Match.OPEN:
            back = Link(_BACK, weight=400)
            back.setAccessibleName(f"{_BACK}: {words}")
            back.clicked.connect(lambda: self.said.emit(doubt.name, ""))
            links.addWidget(back)
        links.addWidget(open_)
        head = Row(gap=12)
        # Its first line stands on the links'.
        head.addLayout(Column(sentence, margins=(3, 0, 3, 0)), 1)
        head.addLayout(links)
        head.setAlignment(links, Qt.AlignmentFlag.AlignTop)
        column = Column(gap=2)
        column.addLayout(head)
        column.addWidget(box)
        self.setLayout(column)
        let_lines_ask(self)

    def _say(self, answer: Explanation) -> None:
        self.said.emit(self.doubt.name, answer.value)

    def is_answered(self) -> bool:
        """Whether an answer is chosen."""
        return any(radio.isChecked() for radio in self.radios.values())

    def choose(self, number: int) -> bool:
        """The answer of that number, from 1; whether there is one."""
        if not 1 <= number <= len(self.doubt.answers):
            return False
        self.radios[self.doubt.answers[number - 1]].click()
        return True


class DoubtsCard(Card):
    """What terminal or bank lack and who says what of it; `said` gives a payment and an answer,
    `said_of_all` an answer for all that must be answered and are not."""

    said = Signal(str, str)
    said_of_all = Signal(str)
    opened = Signal(str)
    settled = Signal(str)
    till = Signal()

    def __init__(self) -> None:
        super().__init__(tone="pay", margins=(8, 14, 8, 14), gap=8)
        self.rows: list[_DoubtRow] = []
        self._shown: object = None
        let_lines_ask(self)

    def show_doubts(
        self,
        day: Day,
        counted: Mapping[Tool, int],
        answers: Mapping[str, Explanation],
    ) -> None:
        """What must be explained, what may explain the rest, and what is left."""
        chosen = [*day.doubts(answers)]
        if len(chosen) > MOST:
            # Of many first what must be answered; of few none leaves its place.
            chosen.sort(key=lambda each: each.name in answers)
        others = sum(each.name not in answers for each in chosen)
        hidden = max(len(chosen) - MOST, 0)
        more = offered(day, counted, answers)
        sums = [unexplained(day, counted, answers, tool) for tool in COUNTED]
        shown = (
            [(each.name, answers.get(each.name)) for each in chosen],
            others,
            [each.name for each in more[:MOST]],
            sums,
            len(more),
            day.refused,
        )
        self.setVisible(bool(chosen) or any(sums) or bool(day.refused))
        if shown == self._shown:
            return
        self._shown = shown
        focus = self._focused()
        clear(self.body)
        self.rows = []
        for tool, left in zip(COUNTED, sums, strict=True):
            if words := difference_words(tool, left):
                self._tell(f"{words} {_WHICH if left > 0 else _SAY_MORE}")
        for refused in day.refused[:MOST]:
            self.body.addLayout(refused_row(refused, self.settled.emit))
        shown_of = chosen[:MOST] if others else chosen[-MOST:]
        if hidden and others and len(chosen) > others:
            # What was answered last stands beside what is not: its answer may hold for all.
            shown_of = [*chosen[: MOST - 1], chosen[-1]]
        for number, doubt in enumerate((*shown_of, *more[:MOST])):
            must = number < len(shown_of)
            row = _DoubtRow(doubt, answers.get(doubt.name), chosen=must, others=must and others)
            row.said.connect(self.said)
            row.said_of_all.connect(self.said_of_all)
            row.opened.connect(self.opened)
            self.rows.append(row)
            self.add(row)
        if rest_of := hidden + max(len(more) - MOST, 0):
            rest = Link(to_persian_digits(f"{rest_of} پرداخت دیگر"))
            rest.clicked.connect(self.till)
            self.body.addWidget(rest, 0, Qt.AlignmentFlag.AlignRight)
        self._give_back(focus)

    def _tell(self, words: str) -> None:
        line = Row(gap=8)
        line.addWidget(IconLabel("alert-triangle", 18, "pay"), 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(Label(words, weight=700, wrap=True), 1)
        self.body.addLayout(line)

    def _focused(self) -> tuple[str, Explanation] | None:
        focus = QApplication.focusWidget()
        for row in self.rows:
            for answer, radio in row.radios.items():
                if radio is focus:
                    return row.doubt.name, answer
        return None

    def _give_back(self, focus: tuple[str, Explanation] | None) -> None:
        for row in self.rows:
            if focus is not None and row.doubt.name == focus[0] and focus[1] in row.radios:
                row.radios[focus[1]].setFocus(Qt.FocusReason.OtherFocusReason)

    def next_open(self) -> QWidget | None:
        """The first answer of the first payment that has none."""
        for row in self.rows:
            if not row.is_answered():
                return next(iter(row.radios.values()))
        return None

    def press(self, digit: int) -> bool:
        """A digit answers the payment that has the keys, else the first that has no answer."""
        at = QApplication.focusWidget()
        held = next((row for row in self.rows if at and row.isAncestorOf(at)), None)
        held = held or next((row for row in self.rows if not row.is_answered()), None)
        return held is not None and held.choose(digit)
