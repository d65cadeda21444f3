"""The purses of the day beside terminal and bank, and the payments that are to be explained."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QGridLayout, QSizePolicy, QWidget

from desktop.actions.office_day import Day, Doubt
from desktop.domain.calendar import format_day_month
from desktop.domain.cash import Match
from desktop.domain.cash_words import PURSES, signed
from desktop.domain.day_register import COUNTED, Answer, PurseCount
from desktop.domain.day_register_words import (
    LATER,
    NOT_COUNTED,
    NOTHING,
    difference_words,
    payment_words,
    standing_words,
)
from desktop.domain.money import format_number, format_rial
from desktop.domain.persian import to_persian_digits
from desktop.domain.tool import Tool
from desktop.ui import theme
from desktop.ui.palette import Tone
from desktop.ui.widgets.button import Link
from desktop.ui.widgets.holders.card import Card
from desktop.ui.widgets.inputs.field import FormField
from desktop.ui.widgets.inputs.number import MoneyLine
from desktop.ui.widgets.inputs.tick import Radio, Tick
from desktop.ui.widgets.label import IconLabel, Label
from desktop.ui.widgets.layouts import Column, Flow, Hairline, Row, clear, let_lines_ask

MOST = 20
"""So many payments are offered to be explained; the rest is looked at in the till."""
_HEADS = ("صندوق", "در سامانه (ریال)", "در کارت‌خوان یا بانک (ریال)", "اختلاف (ریال)", "وضعیت")
_LABELS = {Tool.TERMINAL: "جمع کارت‌خوان", Tool.BANK: "جمع بانک"}
_OPEN, _BACK = "باز کردن پرداخت", "برداشتن پاسخ"
_SAY_MORE = "دربارهٔ آن در «توضیح مسئول دفتر» بنویسید."
_WHICH = "پرداختی را که آنجا نیست پیدا کنید و پاسخ دهید."


def lacking(day: Day, said: Mapping[str, Answer], tool: Tool) -> int:
    """Rial of this day's payments that the tool is said to lack."""
    return day.book.lacking(tool, {name for name, answer in said.items() if answer.lacking})


def unexplained(
    day: Day, counted: Mapping[Tool, int], said: Mapping[str, Answer], tool: Tool
) -> int:
    """Rial of the tool's difference that no payment explains; 0 while nobody has counted it."""
    if tool not in counted:
        return 0
    return day.book.total(tool) - counted[tool] - lacking(day, said, tool)


def offered(day: Day, counted: Mapping[Tool, int], said: Mapping[str, Answer]) -> list[Doubt]:
    """Payments that may explain what is not explained yet: of the very sum first."""
    found = []
    for tool in COUNTED:
        left = unexplained(day, counted, said, tool)
        if left > 0:
            open_ = [e for e in day.book.open(tool) if e.name not in said and not e.back]
            open_.sort(key=lambda entry: (entry.amount != left, entry.amount > left, entry.at))
            found += [day.doubt(entry) for entry in open_]
    return found


class PursesCard(Card):
    """A row a purse: in the program, the count to be typed, the difference, how it stands.

    `edited` comes when a count changes or the bank is put off.
    """

    edited = Signal()

    def __init__(self) -> None:
        super().__init__(margins=(8, 14, 10, 14))
        self.counts: dict[Tool, MoneyLine] = {}
        self.fields: dict[Tool, FormField] = {}
        self.later = Tick(LATER)
        self.later_field = FormField("", self.later, key="bank-later")
        self.later.edited.connect(self.edited)
        self._cells: dict[tuple[Tool, str], Label] = {}
        self._icons: dict[Tool, IconLabel] = {}
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        theme.notifier().changed.connect(self._restyle)
        for at, words in enumerate(_HEADS):
            self._grid.addWidget(Label(words, "small", "text2", wrap=True), 0, at)
        for row, tool in enumerate(Tool):
            self._add(tool, 2 * row + 1)
        holder = QWidget()
        holder.setLayout(self._grid)
        self.add(holder)
        self._restyle()

    def _restyle(self) -> None:
        self._grid.setHorizontalSpacing(theme.px(14))
        self._grid.setVerticalSpacing(theme.px(6))
        for at, (stretch, least) in enumerate(((3, 110), (2, 96), (3, 170), (2, 90), (4, 150))):
            self._grid.setColumnStretch(at, stretch)
            self._grid.setColumnMinimumWidth(at, theme.px(least))

    def _add(self, tool: Tool, row: int) -> None:
        grid, top = self._grid, Qt.AlignmentFlag.AlignTop
        grid.addWidget(Hairline(), row, 0, 1, len(_HEADS))
        booked, left, stands = Label(""), Label("", weight=500), Label("", wrap=True)
        counted = Label("")
        icon = IconLabel("clock", 18, "neutral")
        status = Row(gap=6)
        status.addWidget(icon, 0, top)
        status.addWidget(stands, 1)
        grid.addWidget(Label(PURSES[tool], weight=500, wrap=True), row + 1, 0, top)
        grid.addWidget(booked, row + 1, 1, top)
        grid.addWidget(left, row + 1, 3, top)
        grid.addLayout(status, row + 1, 4)
        names = (("booked", booked), ("left", left), ("stands", stands), ("counted", counted))
        self._cells |= {(tool, name): label for name, label in names}
        self._icons[tool] = icon
        middle = Column(gap=2)
        if tool in COUNTED:
            line = MoneyLine()
            line.setAccessibleName(_LABELS[tool])
            line.textChanged.connect(self.edited)
            self.counts[tool] = line
            self.fields[tool] = FormField("", line, key=tool.value)
            middle.addWidget(self.fields[tool])
        middle.addWidget(counted)
        if tool is Tool.BANK:
            middle.addWidget(self.later_field)
        grid.addLayout(middle, row + 1, 2)

    def counted(self) -> dict[Tool, int]:
        """What was typed, by tool; empty lines and a bank put off are left out."""
        values = {tool: line.value() for tool, line in self.counts.items()}
        known = {tool: value for tool, value in values.items() if value is not None}
        if self.later.value():
            known.pop(Tool.BANK, None)
        return known

    def show_purses(
        self, purses: Sequence[PurseCount], doubts: Mapping[Tool, int], *, counting: bool
    ) -> None:
        """The purses with what was counted so far; `doubts` are payments that are missing.

        Not `counting`, they are only read.
        """
        # Where the bank is counted there is nothing to put off.
        typed = self.counts[Tool.BANK].value() is not None
        self.later_field.setVisible(counting and (self.later.value() or not typed))
        for tool, field in self.fields.items():
            field.setVisible(counting and not (tool is Tool.BANK and self.later.value()))
        for purse in purses:
            tool = purse.tool
            self._cells[tool, "booked"].setText(signed(purse.booked))
            known = purse.counted is not None
            shown = format_number(purse.counted) if purse.counted is not None else NOTHING
            told = self._cells[tool, "counted"]
            told.setText(shown)
            told.setVisible(not (counting and tool in COUNTED))
            left = self._cells[tool, "left"]
            left.setText(signed(purse.difference) if known else NOTHING)
            left.set_role("pay" if purse.difference else "text")
            words = standing_words(purse, doubts.get(tool, 0))
            if counting and tool in COUNTED and not known and not self._put_off(tool):
                words = NOT_COUNTED[Tool.TERMINAL]
            tone, icon = _look(purse, doubts.get(tool, 0))
            self._cells[tool, "stands"].setText(words)
            self._cells[tool, "stands"].set_role(tone)
            self._icons[tool].set_icon(icon, tone)

    def _put_off(self, tool: Tool) -> bool:
        return tool is Tool.BANK and self.later.value()


def _look(purse: PurseCount, doubts: int) -> tuple[Tone, str]:
    if purse.tool is Tool.PAPER:
        return "neutral", "file-text"
    if purse.counted is None:
        return "pay", "clock"
    if purse.difference or doubts:
        return "pay", "alert-triangle"
    return "ok", "circle-check"


class _DoubtRow(QWidget):
    """A payment: its sum and what it was, the answers to choose from, a way to its case."""

    said = Signal(str, str)
    opened = Signal(str)

    def __init__(self, doubt: Doubt, answer: Answer | None, *, chosen: bool) -> None:
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
        if chosen and not doubt.carried and entry.match is Match.OPEN:
            back = Link(_BACK, weight=400)
            back.setAccessibleName(f"{_BACK}: {words}")
            back.clicked.connect(lambda: self.said.emit(doubt.name, ""))
            links.addWidget(back)
        links.addWidget(open_)
        head = Row(gap=12)
        head.addWidget(sentence, 1)
        head.addLayout(links)
        column = Column(gap=2)
        column.addLayout(head)
        column.addWidget(box)
        self.setLayout(column)
        let_lines_ask(self)

    def _say(self, answer: Answer) -> None:
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
    """What terminal or bank lack and who says what of it; `said` gives a payment and an answer."""

    said = Signal(str, str)
    opened = Signal(str)
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
        answers: Mapping[str, Answer],
    ) -> None:
        """What must be explained, what may explain the rest, and what is left."""
        chosen = day.doubts(answers)
        more = offered(day, counted, answers)
        sums = [unexplained(day, counted, answers, tool) for tool in COUNTED]
        shown = (
            [(each.name, answers.get(each.name)) for each in chosen],
            [each.name for each in more[:MOST]],
            sums,
            len(more),
        )
        self.setVisible(bool(chosen) or any(sums))
        if shown == self._shown:
            return
        self._shown = shown
        focus = self._focused()
        clear(self.body)
        self.rows = []
        for tool, left in zip(COUNTED, sums, strict=True):
            if words := difference_words(tool, left):
                self._tell(f"{words} {_WHICH if left > 0 else _SAY_MORE}")
        for number, doubt in enumerate((*chosen, *more[:MOST])):
            row = _DoubtRow(doubt, answers.get(doubt.name), chosen=number < len(chosen))
            row.said.connect(self.said)
            row.opened.connect(self.opened)
            self.rows.append(row)
            self.add(row)
        if len(more) > MOST:
            rest = Link(to_persian_digits(f"{len(more) - MOST} پرداخت دیگر"))
            rest.clicked.connect(self.till)
            self.body.addWidget(rest, 0, Qt.AlignmentFlag.AlignRight)
        self._give_back(focus)

    def _tell(self, words: str) -> None:
        line = Row(gap=8)
        line.addWidget(IconLabel("alert-triangle", 18, "pay"), 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(Label(words, weight=700, wrap=True), 1)
        self.body.addLayout(line)

    def _focused(self) -> tuple[str, Answer] | None:
        focus = QApplication.focusWidget()
        for row in self.rows:
            for answer, radio in row.radios.items():
                if radio is focus:
                    return row.doubt.name, answer
        return None

    def _give_back(self, focus: tuple[str, Answer] | None) -> None:
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
