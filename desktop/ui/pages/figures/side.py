"""Beside the list: what was said of the chosen figure, by whom, and for which day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.actions.municipal_data import SaidFigure
from desktop.domain.calendar import format_jalali
from desktop.domain.persian import isolate, to_persian_digits
from desktop.ui.pages.figures.special import SpecialLine
from desktop.ui.widgets.button import Button, Link
from desktop.ui.widgets.holders.scroller import Scroller
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Column, Flow, Row, clear, let_lines_ask
from desktop.ui.widgets.lists.pairs import panel_heading
from desktop.ui.widgets.told.chip import Chip, ChipLook

_COMING = ChipLook("خواهد آمد", "calendar-event", "visit")
_HOLDS = ChipLook("برقرار", "circle-check", "ok")
_FORMER = ChipLook("پیشین", "history", "neutral", "line")
_NOTHING = "این ردیف با برنامه آمده است و پس از آن چیزی درباره‌اش منتشر نشده است."


class DataSide(QWidget):
    """The history of a figure; former days show once they are asked for.

    `taken_back` comes for one that is still to come, `followed` (a place) for offices that have
    hours of their own on a day.
    """

    taken_back = Signal()
    followed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.title = Label("", "section", weight=700, wrap=True)
        self.now = Label("", wrap=True)
        self._hours = Column(gap=4)
        self._entries = Column(gap=10)
        self._said: list[SaidFigure] = []
        self._today, self._whole = date.min, False
        self.former = Button("", "quiet", icon="history")
        self.former.clicked.connect(lambda: self._list(whole=True))
        self.back = Button("پس گرفتن…", "dangerous", icon="file-off")
        self.back.clicked.connect(self.taken_back)
        self.back.hide()
        self.scroller = Scroller(gap=10, margins=(14, 16, 14, 16))
        self.scroller.add(self.title)
        self.scroller.add(self.now)
        self.scroller.content.addLayout(self._hours)
        self.scroller.add(self.back)
        self.scroller.add(panel_heading("پیشینه"))
        self.scroller.content.addLayout(self._entries)
        self.scroller.add(self.former)
        self.scroller.content.addStretch(1)
        self.setLayout(Column(self.scroller, gap=0))
        self.setAccessibleName("پیشینهٔ ردیف برگزیده")

    def show_figure(self, title: str, words: str, *, takes_back: bool) -> None:
        """The chosen figure; its history comes by `show_said`."""
        self.title.setText(title)
        self.now.setText(words)
        self.back.setVisible(takes_back)
        self.show_hours(())

    def show_hours(self, told: Sequence[SpecialLine], *, leads: bool = False) -> None:
        """Which offices have hours of their own on the day; each line `leads` to them."""
        clear(self._hours)
        if told:
            self._hours.addWidget(panel_heading("ساعت ویژهٔ دفترها"))
        for each in told:
            row = Row(gap=8)
            if leads:
                link = Link(each.who)
                link.setAccessibleName(f"{each.who}، {each.hours}")
                link.clicked.connect(lambda _=False, place=each.place: self.followed.emit(place))
                row.addWidget(link)
            else:
                row.addWidget(Label(each.who, weight=500))
            row.addWidget(Label(each.hours, wrap=True, middle=True), 1)
            line = QWidget()
            line.setLayout(row)
            self._hours.addWidget(line)

    def show_said(self, said: Sequence[SaidFigure], today: date, *, whole: bool = False) -> None:
        """What was said of it; `whole` also on former days."""
        self._said, self._today = [*said], today
        self._list(whole=whole)

    @property
    def shows_former(self) -> bool:
        """Whether former days were asked for."""
        return self._whole

    def _list(self, *, whole: bool) -> None:
        self._whole = whole
        clear(self._entries)
        holds = next((each for each in self._said if each.day <= self._today), None)
        former = [each for each in self._said if each.day <= self._today and each is not holds]
        for each in self._said:
            look = _COMING if each.day > self._today else _HOLDS if each is holds else _FORMER
            if look is not _FORMER or whole:
                self._entries.addWidget(_entry(each, look))
        if not self._said:
            self._entries.addWidget(Label(_NOTHING, "small", "text2", wrap=True))
        self.former.setVisible(bool(former) and not whole)
        self.former.setText("آنچه پیش از این بود")


def _entry(said: SaidFigure, look: ChipLook) -> QWidget:
    head = QWidget()
    head.setLayout(Flow(Label(f"از {isolate(format_jalali(said.day))}", weight=500), Chip(look)))
    entry = QWidget()
    column = Column(head, gap=2)
    if said.words:
        column.addWidget(Label(said.words, wrap=True))
    if said.reason:
        column.addWidget(Label(f"دلیل: {to_persian_digits(said.reason)}", "small", wrap=True))
    by = f"امضای دوم {said.by}" if said.prepared and said.by else said.by
    people = [f"آماده‌سازی {said.prepared}"] if said.prepared else []
    people += [by] if by else []
    told = "، ".join([*people, isolate(format_jalali(said.on))])
    column.addWidget(Label(told, "small", "text2", wrap=True))
    entry.setLayout(column)
    let_lines_ask(entry)
    return entry
