"""The till's side panel: what terminal and bank counted, the close, what was flagged."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.actions.cash import COUNTED, Till
from desktop.domain.calendar import TEHRAN
from desktop.domain.cash_words import matched
from desktop.domain.money import format_rial
from desktop.domain.persian import isolate, join_and, to_persian_digits
from desktop.domain.tool import Tool
from desktop.ui.pages.acts.card_form import CardForm
from desktop.ui.pages.till.marks import Marks
from desktop.ui.pages.till.parts import close_words, difference_words
from desktop.ui.palette import Tone
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.inputs.field import FormField
from desktop.ui.widgets.inputs.number import MoneyLine
from desktop.ui.widgets.inputs.prose import Prose
from desktop.ui.widgets.label import Label, Role
from desktop.ui.widgets.layouts import Column, Hairline, clear
from desktop.ui.widgets.lists.pairs import Pairs, panel_heading

_LABELS = {Tool.TERMINAL: "جمع کارت‌خوان", Tool.BANK: "جمع بانک"}
_THEIRS = "صندوق روز را مسئول دفتر می‌بندد."
_HOW = "ردیفی را که در کارت‌خوان یا بانک نیست با کلید فاصله، یا دکمهٔ «نامنطبق»، نشان کنید."
_CLOSING, _CLOSED = "بستن صندوق روز", "صندوق روز"


class CashSide(QWidget):
    """`edited` comes when a count or the note changes, `opened` gives the case of a flagged sum.

    `form` is what is typed for the close of a day, `marks` what terminal or bank don't have.
    """

    edited = Signal()
    opened = Signal(str)

    def __init__(self, *, closes: bool) -> None:
        super().__init__()
        self._closes = closes
        self._till: Till | None = None
        self.counts: dict[Tool, MoneyLine] = {}
        self.fields: dict[Tool, FormField] = {}
        self.words: dict[Tool, Label] = {}
        self.note = Prose(max_length=300, lines=2)
        self.note_field = FormField("توضیح اختلاف", self.note, key="note")
        self.marks = Marks(self)
        column = Column(gap=10, margins=(14, 16, 12, 16))
        self.figures = Column(gap=12)
        self._heading = panel_heading(_CLOSING)
        column.addWidget(self._heading)
        earlier = Column(gap=0)
        column.addLayout(earlier)
        for tool in COUNTED:
            line = MoneyLine()
            line.textChanged.connect(self.edited)
            field = FormField(_LABELS[tool], line, key=tool.value)
            words = Label("", "small", "text2", wrap=True)
            self.counts[tool], self.fields[tool], self.words[tool] = line, field, words
            if not closes:
                # Never shown here: what has no parent yet would be a window of its own.
                field.hide()
            column.addWidget(field)
            column.addWidget(words)
        column.addWidget(self.note_field)
        self.note_field.hide()
        self.note_field.edited.connect(self.edited)
        self.form = CardForm(self, "close-till", _CLOSING, [*self.fields.values(), self.note_field])
        self.form.typed.know("missing", self.marks, "ردیف‌های نامنطبق")
        earlier.addWidget(self.form.earlier)
        self._how = Label("", "small", "text2", wrap=True)
        column.addWidget(self._how)
        column.addLayout(self.figures)
        self._flagged_line = Hairline()
        column.addWidget(self._flagged_line)
        self._flagged = Column(gap=6)
        column.addLayout(self._flagged)
        self._before = Column(gap=6)
        column.addLayout(self._before)
        self.sheet = Button("برگ صندوق", icon="printer", keys="F8", wide=True)
        self.sheet.hide()
        column.addWidget(self.sheet)
        column.addStretch(1)
        self.setLayout(column)

    def counted(self) -> dict[Tool, int]:
        """What was typed, by tool; empty lines are left out."""
        values = {tool: line.value() for tool, line in self.counts.items()}
        return {tool: value for tool, value in values.items() if value is not None}

    def show_till(self, till: Till) -> None:
        """Another book, or other marks."""
        missing: Collection[str] = self.marks.names
        self._till = till
        agree = True
        counting = not till.book.settled
        # With nothing to close it is the next step, and stands in the bar.
        self.sheet.setVisible(self._closes and counting and bool(till.book.entries))
        self._heading.setText(_CLOSING if counting else _CLOSED)
        self._how.setText(_THEIRS if not self._closes else _HOW if counting else matched(till.book))
        for tool, words in self.words.items():
            lacking = [entry for entry in till.book.open(tool) if entry.name in missing]
            # What is closed is told below; only what is open is counted against.
            theirs = self.counts[tool].value() if till.book.open(tool) else None
            sentence, equal = difference_words(tool, till.book.total(tool), theirs, lacking)
            asked = self._closes and counting
            self.fields[tool].setVisible(asked)
            if not asked:
                # No field above it says whose sum it is.
                sentence = f"ثبت‌شده در سامانه، {tool.word}: {format_rial(till.book.total(tool))}"
            words.setText(sentence)
            words.set_role("text2" if theirs is None else "ok" if equal else "refuse")
            agree = agree and equal
        self.note_field.setVisible(self._closes and (not agree or bool(missing)))
        self._show_flagged(till)
        self._show_closes(till)

    def _show_flagged(self, till: Till) -> None:
        clear(self._flagged)
        doubted = till.book.doubted
        self._flagged_line.setVisible(bool(doubted))
        if not doubted:
            return
        self._flagged.addWidget(panel_heading("نامه‌های متکی به پرداخت نامنطبق"))
        for entry in doubted:
            pairs = Pairs()
            letters = [isolate(to_persian_digits(number)) for number in entry.letters]
            link = pairs.add_link(
                to_persian_digits(entry.applicant), join_and(letters) or "نامه‌ای ندارد"
            )
            link.clicked.connect(lambda _=False, to=entry.case_id: self.opened.emit(to))
            words = Label(
                f"{format_rial(entry.amount)}: {entry.note}", "small", "refuse", wrap=True
            )
            self._flagged.addWidget(pairs)
            self._flagged.addWidget(words)

    def _show_closes(self, till: Till) -> None:
        clear(self._before)
        if not till.closed:
            return
        self._before.addWidget(panel_heading("بسته شد"))
        pairs = Pairs()
        for one in till.closed:
            time = to_persian_digits(f"{one.closed_at.astimezone(TEHRAN):%H:%M}")
            pairs.add(f"{Tool(one.tool).word}، {time}", format_rial(one.counted))
            if one.counted != one.booked:
                words, settled = close_words(Tool(one.tool), one.booked, one.counted, till.book)
                role: Role | Tone = "text2" if settled else "refuse"
                pairs.add("اختلاف هنگام بستن", words, role=role)
        self._before.addWidget(pairs)
        self._before.addWidget(Label(till.closed[-1].closed_by, "small", "text2"))
