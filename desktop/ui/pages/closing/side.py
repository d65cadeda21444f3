"""Beside the day: what is left to do before it is closed, the password, its register."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.actions.office_day import Day
from desktop.domain.calendar import format_day_month, format_time
from desktop.domain.day_register import Closing, code_words
from desktop.domain.persian import to_persian_digits
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.inputs.enter import EnterMoves
from desktop.ui.widgets.inputs.field import FormField
from desktop.ui.widgets.inputs.password import PasswordLine
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Column, Hairline, Row
from desktop.ui.widgets.lists.pairs import Pairs, panel_heading
from desktop.ui.widgets.lists.steps import Step, StepList

_LATER = (
    "درخواستی که پس از بستن ثبت شود روز دریافت خود را دارد و وجه آن در دفتر روز بعد می‌آید. "
    "روز بسته دوباره باز نمی‌شود."
)
_FIRST, _AFTER = "نخستین دفتر روز", "پس از امضا"


class DaySide(QWidget):
    """`finished` comes on Enter in the password, `asked` when the register is to be looked at."""

    finished = Signal()
    asked = Signal()
    moved = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._heading = panel_heading("تا بستن روز")
        self.next = Button("مورد بعدی", "quiet", keys="F7")
        self.next.clicked.connect(self.moved)
        self.steps = StepList()
        self.password = PasswordLine()
        self.field = FormField("گذرواژه", self.password, key="password")
        self.field.edited.connect(self._forget)
        self.look = Button("پیش‌نمایش", "quiet", icon="eye", keys="F9")
        self.look.clicked.connect(self.asked)
        self._register = Pairs()
        self._words = Label(_LATER, "small", "text2", wrap=True)
        head = Row(gap=8)
        head.addWidget(self._heading, 1)
        head.addWidget(self.next)
        second = Row(gap=8)
        second.addWidget(panel_heading("دفتر روز"), 1)
        second.addWidget(self.look)
        column = Column(gap=10, margins=(14, 16, 12, 16))
        column.addLayout(head)
        column.addWidget(self.steps)
        column.addWidget(self.field)
        self._line = Hairline()
        column.addWidget(self._line)
        column.addLayout(second)
        column.addWidget(self._register)
        column.addWidget(self._words)
        column.addStretch(1)
        self.setLayout(column)
        EnterMoves(self.field).finished.connect(self.finished)

    def show_steps(self, steps: Sequence[Step]) -> None:
        """What is done and what is not."""
        self.steps.set_steps(steps)

    def show_day(self, day: Day) -> None:
        """The day's register: closed, or as it will be."""
        closed, pairs = day.closed, self._register
        for widget in (self._heading, self.next, self.steps, self._line, self._words):
            widget.setVisible(closed is None)
        self.field.setVisible(closed is None and day.may)
        self.look.setVisible(closed is not None or day.may)
        self.look.set_words("پیش‌نمایش" if closed is None else "دیدن دفتر روز")
        pairs.clear()
        if closed is None:
            last = day.last
            pairs.add("روز پیش", _closed(last) if last is not None else _FIRST)
            if last is not None:
                pairs.add("کد دفتر روز پیش", code_words(last.register.digest))
            pairs.add("کد دفتر روز", _AFTER)
            return
        register = closed.register
        pairs.add("بست", f"{closed.by}، {format_time(register.closed_at)}")
        if register.stands_in_for:
            pairs.add("به جانشینی", register.stands_in_for)
        pairs.add("کد دفتر روز پیش", code_words(register.before) if register.before else _FIRST)
        pairs.add("کد دفتر روز", code_words(register.digest))
        pairs.add("کد زنجیرهٔ رویدادها", code_words(register.chain))
        if register.note:
            pairs.add("توضیح", to_persian_digits(register.note))

    def refuse(self, words: str) -> None:
        """What is wrong with the password."""
        self.field.set_error(words)
        self.password.setFocus()

    def _forget(self) -> None:
        if self.field.error():
            self.field.set_error(None)


def _closed(closing: Closing) -> str:
    register = closing.register
    at = format_time(register.closed_at)
    return f"{format_day_month(register.day)}، بسته {at}"
