"""The panel of «گزارش مشاهده‌ها»: who it was, this look, thirty days, what was asked."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from PySide6.QtWidgets import QWidget

from desktop.domain.persian import isolate, to_persian_digits
from desktop.domain.reading import Way
from desktop.domain.reading_words import place_words, seen_words
from desktop.ui.pages.readings.forms import LineForm
from desktop.ui.pages.readings.rows import when
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Column, Hairline, clear
from desktop.ui.widgets.lists.pairs import Pairs, panel_heading
from desktop.ui.widgets.told.banner import Banner
from desktop.wire.readings import ReaderAnswer, ReadingBody

_LOOSE = "این سابقه را دیده است، بی آنکه دفترش برای این ملک درخواستی داشته باشد."
_OFF = "در این ساعت دفتر بسته بوده است."


class ReaderSide(QWidget):
    """What is known of the chosen line; the form of it stands at the foot."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("سطر برگزیده")
        self._told = Column(gap=8)
        self._month = Column(gap=4)
        self._asked = Column(gap=8)
        column = Column(gap=10, margins=(14, 16, 14, 16))
        for part in (self._told, self._month, self._asked):
            column.addLayout(part)
        column.addStretch(1)
        self.setLayout(column)

    def show_line(self, line: ReadingBody | None, codes: Mapping[str, str], now: datetime) -> None:
        """The line; nothing of another one stays."""
        for part in (self._told, self._month):
            clear(part)
        add = self._told.addWidget
        if line is None:
            add(Label("سطری برگزیده نیست.", role="text2", wrap=True))
            return
        add(Label(line.name or line.actor, "section", weight=700, wrap=True))
        where = place_words(line.role, codes.get(line.office, ""), line.desk)
        add(Label(where, "small", "text2", wrap=True))
        if line.no_case:
            add(Banner(_LOOSE, "review", icon="eye-check"))
        if line.off_hours:
            add(Banner(_OFF, "pay", icon="clock-exclamation"))
        add(Hairline())
        pairs = Pairs()
        pairs.add("زمان", _times(line, now))
        pairs.add("دید", seen_words(line.what, line.about))
        if line.code:
            pairs.add("کد نوسازی", isolate(to_persian_digits(line.code)))
        if line.way:
            pairs.add("شیوه", Way(line.way).word)
        add(pairs)

    def show_month(self, told: ReaderAnswer | None) -> None:
        """Thirty days of who it was, against the city."""
        clear(self._month)
        if told is None:
            return
        pairs = Pairs()
        pairs.add("همهٔ مشاهده‌ها", to_persian_digits(told.looks))
        middle = f"{told.no_case}، میانهٔ همکاران شهر {told.middle}"
        above = told.no_case > told.middle
        pairs.add("بی‌پرونده", to_persian_digits(middle), role="review" if above else "text")
        pairs.add("بیرون از ساعت", to_persian_digits(told.off_hours))
        for part in (Hairline(), panel_heading("۳۰ روز این کارمند"), pairs):
            self._month.addWidget(part)

    def show_asked(self, line: ReadingBody | None, form: LineForm | None, now: datetime) -> None:
        """The question and the answer that stand, and the form of what may be written."""
        clear(self._asked)
        if line is None:
            return
        if line.question:
            self._asked.addWidget(Hairline())
            asked = when(line.asked_at, now) if line.asked_at else ""
            self._say(f"پرسش {line.asked_by}، {asked}", line.question)
            replied = when(line.replied_at, now) if line.replied_at else ""
            if line.reply:
                self._say(f"پاسخ، {replied}", line.reply)
            elif form is None:
                self._say("پاسخ", "هنوز پاسخ نداده است.")
        if form is not None:
            self._asked.addWidget(form)

    def _say(self, head: str, words: str) -> None:
        self._asked.addWidget(Label(head, "small", "text2", wrap=True))
        self._asked.addWidget(Label(to_persian_digits(words), wrap=True))


def _times(line: ReadingBody, now: datetime) -> str:
    if line.times == 1:
        return when(line.at, now)
    return f"{when(line.at, now)}، {to_persian_digits(line.times)} بار"
