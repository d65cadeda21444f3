"""The chosen case beside a list: who, what, how it stands, its codes and its newest events."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from desktop.actions.board import View
from desktop.domain.calendar import format_jalali
from desktop.domain.case import Case
from desktop.domain.identifiers import phone_words
from desktop.domain.persian import isolate, to_persian_digits
from desktop.ui.standing.case import headline_words
from desktop.ui.standing.happenings import log_of
from desktop.ui.standing.lines import CaseLine, from_words, whole_code
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Column, Flow, Hairline, clear
from desktop.ui.widgets.lists.pairs import Pairs, panel_heading
from desktop.ui.widgets.told.chip import Chip
from desktop.ui.widgets.told.toned_line import TonedLine

_NEWEST = 4


class _Who(Label):
    """Who asks: in one line where the panel has room for it, else in as many as it takes."""

    def __init__(self, words: str) -> None:
        super().__init__(words, weight=700, wrap=True)

    def sizeHint(self) -> QSize:
        """The whole text in one line."""
        measure = self.fontMetrics()
        return QSize(measure.horizontalAdvance(self.words()) + 2, measure.height())


class CaseSummary(QWidget):
    """The side panel of a list of cases."""

    def __init__(self) -> None:
        super().__init__()
        self._column = Column(gap=10)
        outer = Column(gap=0, margins=(14, 16, 14, 16))
        outer.addLayout(self._column)
        outer.addStretch(1)
        self.setLayout(outer)
        self.setAccessibleName("خلاصهٔ پرونده")
        self.clear()

    def clear(self) -> None:
        """No case is chosen."""
        clear(self._column)
        self._column.addWidget(Label("پرونده‌ای برگزیده نیست.", role="text2", wrap=True))

    def show_head(self, line: CaseLine, code: str) -> None:
        """Who asks for what, under which code."""
        clear(self._column)
        head = QWidget()
        head.setLayout(Flow(_Who(line.applicant), Chip(line.chip), gap=8))
        self._column.addWidget(head)
        self._column.addWidget(Label(f"{line.service}، {code}", role="text2", wrap=True))
        if line.came_from:
            came = Label(from_words(line), "small", "text2", wrap=True)
            self._column.addWidget(came)

    def show_line(self, line: CaseLine, code: str, values: Sequence[tuple[str, str]]) -> None:
        """A case of which only the list's own values are known, as name and value."""
        self.show_head(line, code)
        pairs = Pairs()
        for name, value in values:
            pairs.add(name, value)
        self._column.addWidget(pairs)

    def show_case(self, line: CaseLine, view: View, today: date) -> None:
        """A case of this office by its facts."""
        case = view.case
        if case is None:
            self.show_head(line, line.number)
            return
        self.show_head(line, whole_code(case.request.tracking))
        stands = headline_words(case, unsettled=bool(view.waiting))
        strip = TonedLine(stands.words, stands.sentence, stands.icon, stands.tone)
        self._column.addWidget(strip)
        self._column.addWidget(property_pairs(case))
        self._column.addWidget(Hairline())
        self._column.addWidget(panel_heading("تازه‌ترین رویدادها"))
        events = Pairs()
        for _, happening in log_of(view.confirmed, view.provisional, None, today)[:_NEWEST]:
            events.add(happening.time, happening.words)
        self._column.addWidget(events)


def property_pairs(case: Case) -> Pairs:
    """Letter, codes and phone of a case."""
    pairs = Pairs()
    held = case.answer or case.debt_letter
    if held is not None:
        pairs.add("نامه", isolate(to_persian_digits(held.letter.number)))
        if held.letter.valid_until is not None:
            pairs.add("اعتبار تا", isolate(format_jalali(held.letter.valid_until)))
    request = case.request
    if request.code:
        pairs.add("کد نوسازی", isolate(to_persian_digits(request.code)))
    if request.plate is not None:
        pairs.add("پلاک ثبتی", request.plate.words)
    if request.party.mobile:
        pairs.add("همراه", phone_words(request.party.mobile))
    return pairs
