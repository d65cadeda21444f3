"""The office's queue: what is ours first, every case one keystroke from its next step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from desktop.actions import board
from desktop.actions.board import Chips, Listing, Order, QueueCase, QueueFilter, Rank, View
from desktop.domain.service import Service
from desktop.domain.state import State
from desktop.ui import places
from desktop.ui.page import Heading, Kind, Shell
from desktop.ui.pages.queue.case_list import EVERY_SERVICE, CaseList, ListFilter
from desktop.ui.pages.queue.side import CaseSummary
from desktop.ui.places import Place
from desktop.ui.standing.lines import CaseLine, line_of
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.inputs.list_choice import ListChoice
from desktop.ui.widgets.lists.table import TableColumn
from desktop.ui.widgets.lists.table_cells import CASE_NUMBER
from desktop.ui.work import Changed

_S = State
_ALL, _OVERDUE, _WAITING, _TROUBLE = "all", "overdue", "waiting", "trouble"
_STAMP, _STEP_LATE = "issued", "step-late"
_FILTERS = (
    ListFilter(_ALL, "همه"),
    ListFilter(_OVERDUE, "دیرکرد", "clock-exclamation", "refuse"),
    ListFilter(_STEP_LATE, "گام دیرمانده", "clock-exclamation", "refuse"),
    ListFilter("released", "تحویل", "user-check", "ok"),
    ListFilter(_STAMP, "مهر", "rubber-stamp", "ok"),
    ListFilter("returned", "نقص مدارک", "paperclip", "pay"),
    ListFilter("payment", "پرداخت", "cash-banknote", "pay"),
    ListFilter("visit", "بازدید", "calendar-check", "visit"),
    ListFilter("review", "بررسی", "eye-check", "review"),
)
_GROUPS: Mapping[str, frozenset[State]] = {
    "released": frozenset({_S.RELEASED}),
    "returned": frozenset({_S.RETURNED}),
    "payment": frozenset({_S.FEE_DUE, _S.PAY_DUE}),
    "visit": frozenset({_S.VISIT_DUE, _S.BOOKED}),
    "review": frozenset({_S.IN_REVIEW, _S.RECOMMENDED, _S.COMMISSION, _S.CONSULTING, _S.REPLY_DUE}),
}
# Filters that other pages ask for and that have no chip of their own: words for the heading.
_EXTRAS: Mapping[str, str] = {
    _WAITING: "در صف ارسال",
    _TROUBLE: "آنچه مرکز نپذیرفت",
    "ours": "منتظر اقدام شما",
}
_DAYS = (("", "همهٔ روزها"), ("today", "امروز"), ("week", "۷ روز گذشته"), ("month", "۳۰ روز گذشته"))
_SPANS = {"today": 0, "week": 6, "month": 29}
_COLUMNS = (
    CASE_NUMBER,
    TableColumn("وضعیت", 140),
    TableColumn("متقاضی", 118, stretch=3),
    TableColumn("خدمت", 112, stretch=1, drop=1),
    TableColumn("گام بعد", 104, stretch=1),
    TableColumn("مهلت", 128),
    TableColumn("ثبت", 92, drop=2),
)
_NUMBER_OF_NEXT = 4
_ORDERS = {
    1: Order.STATE,
    2: Order.APPLICANT,
    3: Order.SERVICE,
    _NUMBER_OF_NEXT: Order.TURN,
    5: Order.DUE,
    6: Order.RECEIVED,
}


@dataclass(frozen=True)
class _Loaded:
    listing: Listing
    chips: Chips
    place: int
    services: dict[str, Service]
    releases: frozenset[str]


class QueuePage(CaseList):
    """کارتابل من."""

    place: places.Queue

    listens = frozenset({Kind.CASES, Kind.PUBLISHED, Kind.DAY})

    def __init__(self, shell: Shell, place: places.Queue) -> None:
        heading = Heading("کارتابل من", "نخست کارهایی که با شماست")
        super().__init__(shell, place, heading, _FILTERS, _COLUMNS)
        self.table.set_sorting(_NUMBER_OF_NEXT)
        self.table.sorted_by.connect(lambda *_: self.load())
        self.days = ListChoice(_DAYS)
        self.days.setAccessibleName("روز ثبت")
        self.days.set_value(place.days)
        self.days.edited.connect(self.look)
        self.beside_service.addWidget(self.days)
        self.summary = CaseSummary()
        self.side = self.summary
        self._listing: Listing | None = None
        self._rows: dict[int, QueueCase] = {}
        self._chosen_id = 0
        self._services: dict[str, Service] = {}
        self._releases: frozenset[str] = frozenset()
        self._today = shell.today()
        self._extra = ""
        self._begin(place.filter)
        self.show_chosen(None)

    def _begin(self, asked: str) -> None:
        """Hold the filter that another page asked for: a chip's, a state's, or one of few more.

        Where none is asked for it is the one that held last.
        """
        asked = asked or self.shell.remembered.filter_of(places.Queue)
        group = next((g for g, states in _GROUPS.items() if asked in states), asked)
        if asked in self.filters.chips:
            self.filters.select(asked)
        elif asked in _EXTRAS:
            self._extra = asked
            self.filters.select("")
            self.set_heading(Heading("کارتابل من", _EXTRAS[asked]))
        elif group in self.filters.chips:
            self.filters.select(group)
        if self.filters.chosen:
            self.shell.remembered.hold_filter(places.Queue, self.filters.chosen)

    def _wanted(self) -> QueueFilter:
        """Text, service and days; the chip is laid over it."""
        span = _SPANS.get(self.days.value())
        return QueueFilter(
            service=self.service.value(),
            text=self.typed.value(),
            received_from=self._today - timedelta(days=span) if span is not None else None,
        )

    def _shown(self, wanted: QueueFilter) -> QueueFilter:
        name = self.filters.chosen or self._extra
        if name == _OVERDUE:
            return board.late(wanted, self._today)
        if name == _STAMP:
            return replace(wanted, to_release=True)
        if name == _STEP_LATE:
            return replace(wanted, step_late=True)
        if name == _WAITING:
            return replace(wanted, waiting=True)
        if name == _TROUBLE:
            return replace(wanted, trouble=True)
        if name == "ours":
            return replace(wanted, ranks=frozenset({Rank.OURS}))
        return replace(wanted, states=_GROUPS.get(name, frozenset()))

    def load(self) -> None:
        """The ids in order and the chips' counts, off the window's thread."""
        self._today = self.shell.today()
        seat, wanted = self.shell.seat, self._wanted()
        shown, sorting = self._shown(wanted), self.table.sorting
        chosen = self._chosen_id

        def job() -> _Loaded:
            desk = seat.desk
            order = _ORDERS.get(sorting.column, Order.TURN)
            descending = not sorting.ascending
            found = board.listed(desk, wanted, shown, order, descending=descending, row_id=chosen)
            return _Loaded(*found, board.services_known(desk), board.releases(seat))

        self.shell.work.run(self, job, self._loaded)

    def _loaded(self, loaded: _Loaded) -> None:
        if loaded.services != self._services:
            titles = [(code, service.title) for code, service in loaded.services.items()]
            self.service.set_options([EVERY_SERVICE, *titles])
        self._services, self._releases = loaded.services, loaded.releases
        self._listing, self._rows, chips = loaded.listing, {}, loaded.chips
        counts = {
            name: sum(chips.states.get(state, 0) for state in group)
            for name, group in _GROUPS.items()
        }
        counts[_ALL] = sum(chips.states.values())
        counts[_STAMP], counts[_OVERDUE] = chips.to_release, chips.overdue
        counts[_STEP_LATE] = chips.step_late
        self.filters.set_counts(counts)
        late = bool(chips.step_late) or self.filters.chosen == _STEP_LATE
        self.filters.chips[_STEP_LATE].setVisible(late)
        self.show_count(loaded.listing.count, loaded.place)

    def ask(self, first: int, count: int) -> None:
        """The rows of a page of the list."""
        desk, listing = self.shell.seat.desk, self._listing
        if listing is None:
            return

        def taken(rows: list[QueueCase]) -> None:
            # A later load has other cases in these places; its own answer is on the way.
            if listing is not self._listing:
                return
            self._rows |= dict(enumerate(rows, first))
            lines = [line_of(r, self._services, self._releases, self._today) for r in rows]
            self.show_lines(first, lines)

        self.shell.work.run(self, lambda: board.rows(desk, listing, first, count), taken)

    def show_chosen(self, line: CaseLine | None) -> None:
        """The summary of the chosen case, and its next step as the main button."""
        self.arrange(line)
        if line is None:
            self.summary.clear()
            return
        self._chosen_id = self._rows[self.table.row()].row_id
        desk = self.shell.seat.desk

        def shown(view: View) -> None:
            if self.chosen is not None and self.chosen.case_id == view.case_id:
                self.summary.show_case(self.chosen, view, self._today)

        self.shell.work.run(self, lambda: board.look(desk, line.case_id), shown)

    def arrange(self, line: CaseLine | None) -> None:
        """Main: the next step; beside it the letter of a case that has one."""
        if self.bar is None:
            return
        if line is None:
            main = Button("درخواست جدید", "main", icon="file-plus", keys="Ctrl+Enter")
            main.clicked.connect(lambda: self.shell.go(places.Home(choosing=True)))
            self.bar.arrange(main=main)
            return
        main = Button(line.next.button, "main", icon=line.next.icon, keys="Ctrl+Enter")
        main.clicked.connect(lambda: self.act(line))
        seconds = []
        case = self._rows.get(self.table.row())
        if case is not None and case.letter_number and case.next_step not in _LETTER_STEPS:
            letter = Button("دیدن نامه", icon="file-text", tall=True)
            letter.clicked.connect(lambda: self.shell.go(places.Letter(line.case_id)))
            seconds.append(letter)
        self.bar.arrange(
            main=main, seconds=seconds, quiets=self.quiets(line), sentence=self.count_words()
        )

    def count_words(self) -> str:
        """«۱ از ۴۷»; where more match than are listed, how to find the others."""
        words = super().count_words()
        cut = self._listing is not None and self._listing.cut
        return f"{words} تازه‌ترین؛ برای قدیمی‌ترها بیشتر بنویسید" if words and cut else words

    def place_of(self, line: CaseLine) -> Place:
        """The case's own page."""
        return places.Case(line.case_id)

    def looked_at(self) -> places.Queue:
        """With the days of registering."""
        return places.Queue(self.asked, self.typed.value(), self.service.value(), self.days.value())

    def refresh(self, changed: Changed) -> None:
        """Cases moved, or the day's data: load again; the place in the list stays."""
        self.load()


_LETTER_STEPS = frozenset({"release-letter", "print-letter", "hand-over"})
