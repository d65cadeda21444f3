"""What the supervisor follows up: deadlines, doubles at two offices, questions without a case."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from desktop.actions import board as boarding
from desktop.actions import intake
from desktop.domain.calendar import format_jalali
from desktop.domain.errors import Refusal
from desktop.domain.persian import isolate, join_and, to_persian_digits
from desktop.domain.request import Shared
from desktop.domain.stamped_sheets import SheetRun
from desktop.domain.status import read_status
from desktop.ui import places
from desktop.ui.page import Heading, Kind, Page, Shell
from desktop.ui.places import Place
from desktop.ui.standing.chips import chip_of
from desktop.ui.standing.lines import short_number
from desktop.ui.times import ago
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.holders.card import Card
from desktop.ui.widgets.holders.scroller import Scroller
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Column, Row, clear
from desktop.ui.widgets.lists.rows import ListRow
from desktop.ui.widgets.told.banner import Banner
from desktop.ui.widgets.told.chip import ChipLook, overdue
from desktop.ui.work import Changed
from desktop.wire.watch import (
    AskerBody,
    DifferingBody,
    OddSheetsBody,
    PairBody,
    StockBody,
    UnclosedBody,
    WatchAnswer,
    WatchedCase,
)

_FEW = 50
"""Blank sheets: about two days of a busy office."""


class WatchPage(Page):
    """پیگیری: lists, the most pressing first; Enter opens a case, or an office.

    Those of paper stand there only where there is something to tell.
    """

    listens = frozenset({Kind.SYNC})
    rail = "watch"

    def __init__(self, shell: Shell, place: Place) -> None:
        super().__init__(shell, place)
        self._services: dict[str, str] = {}
        self._shown: WatchAnswer | None = None
        self.fault = Banner("", "neutral", icon="wifi-off", link="تلاش دوباره")
        self.fault.followed.connect(self._ask)
        self.fault.hide()
        self.deadlines = Card("مهلت‌ها", " ")
        self.pairs = Card("یک ملک یا یک نامه در دو دفتر", " ")
        self.askers = Card("پیش‌بررسی بی‌پرونده", "هفت روز گذشته، به تفکیک متصدی")
        self.unclosed = Card("روزهای بسته‌نشده", " ")
        self.differing = Card("کاغذی که با رمزینهٔ خود یکسان نبود", " ")
        self.odd = Card("نامه بر برگی که از آن دفتر یا سفید نبود", " ")
        self.stocks = Card("برگه‌های سربرگ دفترها", "سفید، به شمارهٔ برگ")
        self._lists: dict[Card, Column] = {}
        scroller = Scroller(gap=12, margins=(12, 20, 12, 20))
        scroller.add(self.fault)
        for card in (
            self.differing,
            self.odd,
            self.deadlines,
            self.unclosed,
            self.pairs,
            self.askers,
            self.stocks,
        ):
            self._lists[card] = Column(gap=0)
            card.body.addLayout(self._lists[card])
            scroller.add(card)
        self.setLayout(Column(scroller, gap=0))
        self.set_heading(Heading("پیگیری"))
        if self.bar is not None:
            again = Button("تازه‌سازی", "quiet", icon="refresh", keys="F5", tall=True)
            again.clicked.connect(self._ask)
            main = Button("کارتابل ناظر", "main", icon="inbox", keys="Ctrl+Enter")
            main.clicked.connect(lambda: shell.go(places.MunicipalQueue()))
            announced = Button("اطلاعیه‌ها", "quiet", icon="mail", tall=True)
            announced.clicked.connect(lambda: shell.go(places.Announcing()))
            messages = Button("پیام به شهروندان", "quiet", icon="phone", tall=True)
            messages.clicked.connect(lambda: shell.go(places.CitizenMessages()))
            self.bar.arrange(main=main, quiets=[again, announced, messages])

    def enter(self) -> None:
        """Ask the centre; the names of services come from the desk."""
        desk = self.shell.seat.desk

        def named(services: dict[str, str]) -> None:
            self._services = services
            if self._shown is not None:
                self._draw(self._shown)

        def job() -> dict[str, str]:
            return {service.code: service.title for service in intake.services(desk).values()}

        self.setFocus()
        self.shell.work.run(self, job, named)
        self._ask()

    def refresh(self, changed: Changed) -> None:
        """Ask again."""
        self._ask()

    def _ask(self) -> None:
        seat = self.shell.seat
        job = partial(boarding.watched, seat)
        self.shell.work.run(self, job, self.show_answer, self._failed, line=True)

    def _failed(self, no: Refusal) -> None:
        self.fault.set_words(no.words)
        self.fault.show()

    def show_answer(self, told: WatchAnswer) -> None:
        """Show what the centre told; the same again leaves rows and keys where they are."""
        self.fault.hide()
        if told != self._shown:
            self._shown = told
            self._draw(told)

    def take_focus(self) -> None:
        """The most pressing case; with none the page itself."""
        rows = [row for card in self._lists for row in card.findChildren(ListRow)]
        (rows[0] if rows else self).setFocus()

    def _draw(self, told: WatchAnswer) -> None:
        words = f"{told.past} پرونده از مهلت گذشته، {told.near} پرونده نزدیک مهلت"
        self.deadlines.beside.setText(to_persian_digits(words) if told.deadlines else "")
        count = f"{len(told.pairs)} جفت" if told.pairs else ""
        self.pairs.beside.setText(to_persian_digits(count))
        rows = [self._deadline(case) for case in told.deadlines]
        self._fill(self.deadlines, rows, "مهلت هیچ پرونده‌ای نزدیک نیست.")
        offices = f"{told.unclosed_offices} دفتر" if told.unclosed else ""
        self.unclosed.beside.setText(to_persian_digits(offices))
        rows = [self._unclosed(each) for each in told.unclosed]
        self._fill(self.unclosed, rows, "هر دفتری روزهای پیش خود را بسته است.")
        rows = [self._pair(pair) for pair in told.pairs]
        self._fill(self.pairs, rows, "هیچ ملک یا نامهٔ استعلامی در دو دفتر پروندهٔ باز ندارد.")
        rows = [self._asker(asker) for asker in told.askers]
        self._fill(self.askers, rows, "در هفت روز گذشته پیش‌بررسی بی‌پرونده‌ای نبوده است.")
        for card, rows in (
            (self.differing, [self._differing(each) for each in told.differing]),
            (self.odd, [self._odd(each) for each in told.odd]),
            (self.stocks, [self._stock(each) for each in told.stocks]),
        ):
            self._fill(card, rows, "")
            card.setVisible(bool(rows))
        if self.hasFocus():
            self.take_focus()

    def _fill(self, card: Card, rows: list[QWidget], none: str) -> None:
        column = self._lists[card]
        clear(column)
        for row in rows or [Label(none, "small", "text2")]:
            column.addWidget(row)

    def _title(self, case: WatchedCase) -> str:
        service = self._services.get(case.service, case.service)
        return f"{service}، {to_persian_digits(case.applicant)}"

    def _deadline(self, case: WatchedCase) -> QWidget:
        due = isolate(format_jalali(case.due_on))
        row = ListRow(
            self._title(case),
            f"{case.office}، پروندهٔ {short_number(case.tracking)}، مهلت {due}",
            icon="clock-exclamation" if case.left < 0 else "clock",
            colour="refuse" if case.left < 0 else "pay",
            chip=overdue(-case.left) if case.left < 0 else _left(case.left),
        )
        row.clicked.connect(lambda: self._open(case))
        return row

    def _pair(self, pair: PairBody) -> QWidget:
        """Both cases side by side under the property's code."""
        whole = QWidget()
        code = isolate(to_persian_digits(pair.first.code))
        by_letter = pair.shared is Shared.LETTER
        what = "یک نامهٔ استعلام" if by_letter else f"ملک {code}"
        column = Column(Label(what, "small", "text2", 500), gap=2, margins=(6, 0, 6, 0))
        line = Row(gap=18)
        for case in (pair.first, pair.second):
            row = ListRow(
                self._title(case),
                f"{case.office}، پروندهٔ {short_number(case.tracking)}",
                icon="copy",
                chip=chip_of(read_status(case.status, case.state)),
            )
            row.clicked.connect(lambda _=False, case=case: self._open(case))
            line.addWidget(row, 1)
        column.addLayout(line)
        whole.setLayout(column)
        return whole

    def _unclosed(self, office: UnclosedBody) -> QWidget:
        words = "هنوز روزی نبسته است"
        if office.last is not None:
            words = f"آخرین روز بسته {isolate(format_jalali(office.last))}"
        days = ChipLook(to_persian_digits(f"{office.days} روز"), "clock-exclamation", "pay", "bare")
        row = ListRow(
            office.office,
            words,
            icon="clipboard-check",
            colour="pay" if office.days else "text2",
            chip=days if office.days else None,
        )
        row.clicked.connect(lambda: self.shell.go(places.Office(office.office_id)))
        return row

    def _differing(self, paper: DifferingBody) -> QWidget:
        named = join_and([f"«{name}»" for name in paper.names])
        when = ago(paper.at, self.shell.now())
        row = ListRow(
            f"نامهٔ {isolate(to_persian_digits(paper.number))}: {named}",
            f"{paper.office}، {paper.name}، {when}",
            icon="alert-triangle",
            colour="refuse",
        )
        row.clicked.connect(lambda: self.shell.go(places.MunicipalQueue(typed=paper.number)))
        return row

    def _odd(self, sheets: OddSheetsBody) -> QWidget:
        run = SheetRun(sheets.series, sheets.first, sheets.last)
        row = ListRow(
            f"برگ {run.words}",
            f"{sheets.office}، {ago(sheets.at, self.shell.now())}",
            icon="alert-triangle",
            colour="refuse",
            # Of no letter that the centre knows there is no case to look into.
            chevron=bool(sheets.case_id),
        )
        if sheets.case_id:
            row.clicked.connect(lambda: self.shell.go(places.MunicipalCase(sheets.case_id)))
        return row

    def _stock(self, stock: StockBody) -> QWidget:
        few = stock.blank <= _FEW
        count = to_persian_digits(f"{stock.blank} برگ")
        row = ListRow(
            stock.office,
            f"آخرین بسته {ago(stock.taken_at, self.shell.now())}",
            icon="notes",
            colour="pay" if few else "text2",
            chip=ChipLook(count, "notes", "pay" if few else "neutral", "bare"),
        )
        row.clicked.connect(lambda: self.shell.go(places.Office(stock.office_id)))
        return row

    def _asker(self, asker: AskerBody) -> QWidget:
        last = ago(asker.last_at, self.shell.now())
        return ListRow(
            asker.clerk,
            f"{asker.office}، آخرین پرسش {last}",
            icon="search",
            note=to_persian_digits(_followed(asker)),
            chevron=False,
        )

    def _open(self, case: WatchedCase) -> None:
        self.shell.go(places.MunicipalCase(case.case_id))


def _followed(asker: AskerBody) -> str:
    """In the words of the card, whatever the figures are."""
    return f"بی‌پرونده: {asker.without} از {asker.asked} ملک"


def _left(days: int) -> ChipLook:
    """«امروز» or «۳ روز مانده»."""
    words = to_persian_digits(f"{days} روز مانده") if days else "مهلت امروز است"
    return ChipLook(words, "clock", "pay", "bare")
