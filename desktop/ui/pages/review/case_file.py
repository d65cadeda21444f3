"""The file in the middle of the expert's page: request, record, papers, visit, earlier, events."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.actions.desk import Seat
from desktop.domain.persian import to_persian_digits
from desktop.ui.pages.review.file_parts import EarlierPart, RecordPart, RequestPart, VisitPart
from desktop.ui.pages.review.papers import Papers
from desktop.ui.pages.review.shown import ShownFile
from desktop.ui.standing.happenings import log_of
from desktop.ui.standing.telling import FORM, LETTER, WHY
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
        self.tabs.changed.connect(self.stack.setCurrentIndex)
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
        """Fill all parts."""
        case = loaded.case
        self.request.show_case(case, loaded.service, loaded.seen.address)
        self.record.show_case(case, loaded.service, loaded.file)
        self.papers.show_case(seat, case)
        self.visit.show_case(case)
        self.earlier.show_case(case, loaded.file, loaded.services)
        log = log_of(loaded.seen.facts, (), loaded.service, today)
        self.timeline.set_happenings([happening for _, happening in log])
        self._counts = {
            PAPERS: len(case.request.documents),
            VISIT: int(case.report is not None),
            EARLIER: loaded.file.earlier_total,
        }
        self._tell_counts()

    def set_narrow(self, narrow: bool) -> None:
        """The tabs tell how much is in them only where there is room."""
        self._narrow = narrow
        self._tell_counts()

    def _tell_counts(self) -> None:
        for part, count in self._counts.items():
            told = "" if self._narrow or not count else count
            self.tabs.set_words(part, to_persian_digits(f"{TITLES[part]} {told}".strip()))
