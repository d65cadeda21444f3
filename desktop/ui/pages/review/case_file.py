"""The file in the middle of the expert's page: request, record, papers, visit, earlier, events."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.actions.desk import Seat
from desktop.domain.persian import to_persian_digits
from desktop.ui.pages.review.file_parts import EarlierPart, RecordPart, RequestPart, VisitPart
from desktop.ui.pages.review.papers import Papers
from desktop.ui.pages.review.shown import ShownFile
from desktop.ui.standing.doubt import LETTER
from desktop.ui.standing.happenings import log_of
from desktop.ui.standing.telling import FORM, WHY
from desktop.ui.widgets.holders.scroller import Scroller
from desktop.ui.widgets.holders.tabs import Tabs
from desktop.ui.widgets.layouts import Column, Row
from desktop.ui.widgets.lists.timeline import Timeline
from desktop.ui.work import Work

TITLES = ("درخواست", "سوابق", "مدارک", "بازدید", "پیشین", "رویدادها")
REQUEST, RECORD, PAPERS, VISIT, EARLIER, EVENTS = range(6)
_LINKS = {WHY: RECORD, FORM: REQUEST, LETTER: EARLIER}


class CaseFile(QWidget):
    """Tabs over the six parts, the papers in front; `opened` gives the id of an earlier case."""

    opened = Signal(str)

    def __init__(self, work: Work) -> None:
        super().__init__()
        self._narrow = False
        self._counts: dict[int, int] = {}
        # What a part is filled with when it is first in front.
        self._unfilled: dict[int, Callable[[], object]] = {}
        self.papers = Papers(work)
        self.request, self.record = RequestPart(), RecordPart()
        self.visit, self.earlier = VisitPart(), EarlierPart()
        self.earlier.opened.connect(self.opened)
        events = Scroller(gap=10, margins=(12, 12, 14, 12))
        self.timeline = Timeline()
        self.timeline.followed.connect(lambda _, key: self.open(_LINKS[key]))
        events.add(self.timeline)
        self.tabs = Tabs(TITLES, "بخش‌های پرونده")
        self.stack = QStackedWidget()
        for part in (self.request, self.record, self.papers, self.visit, self.earlier, events):
            self.stack.addWidget(part)
        self.tabs.changed.connect(self._bring)
        self.open(PAPERS)
        head = Row(margins=(0, 12, 0, 12))
        head.addWidget(self.tabs)
        column = Column(gap=0)
        column.addLayout(head)
        column.addWidget(self.stack, 1)
        self.setLayout(column)

    def open(self, part: int) -> None:
        """Go to one of the six parts."""
        self.tabs.set_current(part)

    def show_case(self, loaded: ShownFile, seat: Seat, today: date) -> None:
        """Fill the part in front; the others as they come there."""
        case, service = loaded.case, loaded.service
        self._unfilled = {
            REQUEST: partial(self.request.show_case, case, service, loaded.seen.address),
            RECORD: partial(self.record.show_case, case, service, loaded.file),
            PAPERS: partial(self.papers.show_case, seat, case),
            VISIT: partial(self.visit.show_case, case),
            EARLIER: partial(self.earlier.show_case, case, loaded.file, loaded.services),
            EVENTS: partial(self._show_events, loaded, today),
        }
        self._bring(self.tabs.current())
        self._counts = {
            PAPERS: len(case.request.documents),
            VISIT: int(case.report is not None),
            EARLIER: loaded.file.earlier_total,
        }
        self._tell_counts()

    def _show_events(self, loaded: ShownFile, today: date) -> None:
        log = log_of(loaded.seen.facts, (), loaded.service, today)
        self.timeline.set_happenings([happening for _, happening in log])

    def _bring(self, part: int) -> None:
        if (fill := self._unfilled.pop(part, None)) is not None:
            fill()
        self.stack.setCurrentIndex(part)

    def set_narrow(self, narrow: bool) -> None:
        """The tabs tell how much is in them only where there is room."""
        self._narrow = narrow
        self._tell_counts()

    def _tell_counts(self) -> None:
        for part, count in self._counts.items():
            told = "" if self._narrow or not count else count
            self.tabs.set_words(part, to_persian_digits(f"{TITLES[part]} {told}".strip()))
