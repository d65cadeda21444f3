"""The content of the page of the city's records: cards for a state of things, one form at most."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QWidget

from desktop.actions.record_sums import source_of, staged_of, sum_lines
from desktop.actions.record_words import is_among
from desktop.actions.records import ImportBody, RowsAnswer, StateAnswer, ToldGroup, UnknownBody
from desktop.domain.calendar import format_jalali
from desktop.domain.persian import isolate, to_persian_digits
from desktop.ui.pages.acts.form import ActForm
from desktop.ui.pages.records import parts
from desktop.ui.pages.records.cards import (
    KeptCard,
    LiftedCard,
    ProgressCard,
    SourceLine,
    SumsCard,
    ToldCard,
)
from desktop.ui.pages.records.carrier import Carrier, Known
from desktop.ui.pages.records.forms import ReadyForm
from desktop.ui.pages.records.held import HeldForm
from desktop.ui.pages.records.parts import Phase
from desktop.ui.pages.records.words import WordsCard
from desktop.ui.palette import Tone
from desktop.ui.times import time_of
from desktop.ui.widgets.holders.scroller import Scroller
from desktop.ui.widgets.layouts import Column, Row, clear
from desktop.ui.widgets.told.banner import Banner
from desktop.ui.widgets.told.empty import EmptyState

_EMPTY = (
    "خروجی سامانهٔ نوسازی (یک فایل اکسل، یا پوشه‌ای با هفت فایل) را برگزینید یا روی این صفحه"
    " رها کنید."
)
_UNTIL = "دفترها تا پایان کار با سوابق جاری پاسخ می‌گیرند."


class AskRows(Protocol):
    """Asks for rows of an import, then gives them."""

    def __call__(
        self,
        export: ImportBody,
        then: Callable[[RowsAnswer], None],
        *,
        cause: str = "",
        group: ToldGroup | None = None,
        offset: int = 0,
        limit: int = parts.SHOWN,
    ) -> None: ...


class RecordsBody(Scroller):
    """What is staged, else what is in force; `form` is the act that stands open.

    `lifted` gives the kept row that is to be ended; `mapped` comes when the `words` that mean
    nothing are to be given their meaning, `turned` when another form stands open. `made` and `gone`
    give a form that stands there now, and one that no longer does.
    """

    lifted = Signal(object)
    mapped = Signal()
    turned = Signal()
    made = Signal(object)
    gone = Signal(object)

    def __init__(self, ask: AskRows) -> None:
        super().__init__(gap=10, margins=(12, 20, 12, 20))
        self._ask = ask
        self.form: ActForm | None = None
        self.held: HeldForm | None = None
        self.told: ToldCard | None = None
        self.sums: SumsCard | None = None
        self.words: list[UnknownBody] = []
        self._ready: ReadyForm | None = None
        self.source = SourceLine()
        self.fault = Banner("", "neutral", icon="wifi-off", link="تلاش دوباره")
        self.fault.hide()
        self._alarm = Banner("", "pay", icon="clock-exclamation")
        self._alarm.hide()
        self.progress = ProgressCard()
        self.progress.hide()
        self._notice, self._banners = Row(), Column(gap=8)
        self._acts, self._beside, self._below = Column(gap=8), Row(gap=12), Column(gap=8)
        self.content.addLayout(self._notice)
        self.add(self.source)
        self.add(self.fault)
        self.add(self._alarm)
        self.content.addLayout(self._banners)
        self.add(self.progress)
        for layout in (self._acts, self._beside, self._below):
            self.content.addLayout(layout)

    def build(self, known: Known, today: date) -> None:
        """All cards anew for another state of things; what was typed belonged to the old one."""
        for form in {self.form, self.held} - {None}:
            self.gone.emit(form)
        for layout in (self._banners, self._acts, self._beside, self._below):
            clear(layout)
        self.form = self.held = self.told = self.sums = self._ready = None
        state = known.state
        staged, present = staged_of(state), state.in_force
        self._head(state, today)
        self._add_banners(state)
        if staged is not None and staged.causes:
            self.held = HeldForm(staged, known.seconds, partial(self._ask_cause, staged))
            self._acts.addWidget(self.held)
            self.made.emit(self.held)
        elif staged is not None:
            self.form = self._ready = ReadyForm(staged)
            self._acts.addWidget(self.form)
        elif present is None:
            self._acts.addWidget(EmptyState(parts.NO_RECORDS, _EMPTY, icon="database"))
        self._add_words(known)
        if staged is not None or present is not None:
            self._add_tables(state, staged or present)
        if known.kept:
            card = KeptCard(known.kept)
            card.chosen.connect(self.lifted)
            self._below.addWidget(card)
        if known.lifted:
            self._below.addWidget(LiftedCard(known.lifted, state.lifted))

    def _add_words(self, known: Known) -> None:
        words = parts.unknown_of(known.state)
        waits = [each for each in words if is_among(each, known.waits)]
        self.words = [each for each in words if each not in waits]
        if words:
            card = WordsCard(self.words, waits)
            card.chosen.connect(self.mapped)
            self._acts.addWidget(card)

    def _head(self, state: StateAnswer, today: date) -> None:
        staged, present, phase = state.staged, state.in_force, parts.phase_of(state)
        if staged is not None and phase in (Phase.READING, Phase.READY, Phase.HELD):
            _, name = source_of(staged)
            detail = "" if phase is Phase.READING else parts.staged_words(staged, today)
            self.source.tell(name, detail, icon="table")
        elif present is not None:
            forced = state.forced
            why = f"دلیل: {to_persian_digits(forced.reason)}" if forced and forced.reason else ""
            detail = parts.present_words(present, forced, today)
            left = "" if state.warned else parts.left_words(state.days_left)
            day = isolate(format_jalali(present.as_of))
            self.source.tell(f"سوابق {day}", "؛ ".join(filter(None, (detail, left))), why)
        else:
            self.source.tell("")

    def _add_banners(self, state: StateAnswer) -> None:
        said = parts.banner_of(state)
        if said is not None:
            self._banners.addWidget(Banner(*said))
        self._alarm.set_words(state.alarm)
        self._count_banners()

    def _add_tables(self, state: StateAnswer, shown: ImportBody | None) -> None:
        present = state.in_force
        beside = ""
        if present is not None:
            of = "سوابق" if shown is present else "در برابر سوابق"
            beside = f"{of} {isolate(format_jalali(present.as_of))}"
        self.sums = SumsCard(sum_lines(state), beside)
        self._beside.addWidget(self.sums, 1)
        if self.held is not None:
            self.sums.opened.connect(self.held.show_rows)
        if shown is None:
            return
        self.told = ToldCard(shown.told, lambda group, then: self._ask(shown, then, group=group))
        # With nothing to tell it is a line, not an empty place.
        high = Qt.AlignmentFlag(0) if shown.told else Qt.AlignmentFlag.AlignTop
        self._beside.addWidget(self.told, 1, high)

    def _ask_cause(
        self,
        staged: ImportBody,
        cause: str,
        then: Callable[[RowsAnswer], None],
        offset: int = 0,
        limit: int = parts.SHOWN,
    ) -> None:
        self._ask(staged, then, cause=cause, offset=offset, limit=limit)

    def set_narrow(self, narrow: bool) -> None:
        """Narrow: causes, sums and rows one below the other."""
        flow = QBoxLayout.Direction
        self._beside.setDirection(flow.TopToBottom if narrow else flow.LeftToRight)
        if self.held is not None:
            self.held.set_narrow(narrow)

    def show_progress(self, carrier: Carrier, reading: ImportBody | None) -> bool:
        """How far the sending is, else the reading; whether that came or went."""
        sent = carrier.source
        shown = sent is not None or reading is not None
        turned = shown == self.progress.isHidden()
        self.progress.setVisible(shown)
        if sent is not None:
            words = parts.sending_words(parts.name_of(sent), carrier.done, carrier.whole)
            share = carrier.done / carrier.whole if carrier.whole else None
            self.progress.tell(words, share, _UNTIL)
        elif reading is not None:
            since = f"{reading.reader}، از {time_of(reading.begun_at)}" if reading.reader else ""
            share = reading.done / 1000 if reading.done else None
            told = "؛ ".join(filter(None, (since, _UNTIL)))
            self.progress.tell(parts.reading_words(reading), share, told)
        return turned

    def say(self, words: str, tone: Tone = "ok") -> None:
        """What became of the last act."""
        self.hush()
        self._notice.addWidget(Banner(words, tone))
        self._count_banners()
        self.verticalScrollBar().setValue(0)

    def hush(self) -> None:
        """Another act has begun: what was said of the last one goes."""
        clear(self._notice)
        self._count_banners()

    def tell_fault(self, words: str) -> None:
        """Why the centre did not answer; empty when it did."""
        self.fault.set_words(words)
        self.fault.setVisible(bool(words))
        self._count_banners()

    def _count_banners(self) -> None:
        """At most two: the alarm, which stands on the home page too, gives way."""
        others = self._notice.count() + self._banners.count() + int(not self.fault.isHidden())
        self._alarm.setVisible(bool(self._alarm.words.words()) and others < 2)

    def open(self, form: ActForm) -> None:
        """Show a form over the tables, in place of another one."""
        self._put_away()
        self.form = form
        form.errors.jump.connect(lambda key: self._bring(form, key))
        if form is not self.held:
            self._acts.insertWidget(0, form)
            self.made.emit(form)
        if self._ready is not None:
            self._ready.hide()
        self.turned.emit()
        first = form.first()
        if first is not None:
            first.setFocus()
            self.bring(form)

    @property
    def is_opened(self) -> bool:
        """Whether a form stands open that a person has asked for."""
        return self.form is not None and self.form is not self._ready

    def close_form(self) -> None:
        """Put away what a person has opened."""
        self._put_away()
        if self._ready is not None:
            self._ready.show()
            self.form = self._ready
        self.turned.emit()

    def _put_away(self) -> None:
        form, opened = self.form, self.is_opened
        self.form = None
        if form is None or not opened:
            return
        if form is self.held:
            self.held.close_reason()
            return
        self.gone.emit(form)
        self._acts.removeWidget(form)
        form.hide()
        form.deleteLater()

    def _bring(self, form: ActForm, key: str) -> None:
        target: QWidget | None = form.fields.get(key)
        if target is not None:
            self.bring(target)
