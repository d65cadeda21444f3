"""The supervisor's day: all offices in counts and charts, and the second looks that wait."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.actions import board as boarding
from desktop.actions import intake
from desktop.domain.calendar import format_day_month, format_long
from desktop.domain.errors import Refusal
from desktop.domain.persian import to_persian_digits
from desktop.ui import places, theme
from desktop.ui.page import Heading, Kind, Page, Shell
from desktop.ui.pages.municipality import day_parts as parts
from desktop.ui.times import time_of
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.charts.bars import HorizontalBars
from desktop.ui.widgets.charts.day_numbers import DayNumbers
from desktop.ui.widgets.charts.hours import StackedBars
from desktop.ui.widgets.holders.card import Card
from desktop.ui.widgets.holders.scroller import Scroller
from desktop.ui.widgets.inputs.list_choice import ListChoice
from desktop.ui.widgets.inputs.segments import Segments
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Column, Row, clear
from desktop.ui.widgets.lists.rows import ListRow
from desktop.ui.widgets.lists.table import RowsModel, Table, TableFrame
from desktop.ui.widgets.told.banner import Banner
from desktop.ui.work import Changed, Job
from desktop.wire.payloads import BoardAnswer, LookRow

_PERIODS = (("today", "امروز"), ("yesterday", "دیروز"), ("week", "هفته"))
_ALL = "all"
_OVERDUE_COLUMN = 5
_LOOKS = 6
_WHY_LOOKED = {
    "draw": "به قید قرعه",
    "boundary": "نزدیک مرز",
    "received": "روز دریافت",
    "own": "مهر ثبت‌کننده",
}
_TABLE = 150


@dataclass(frozen=True)
class Shown:
    """The counts on screen and when they were told."""

    board: BoardAnswer
    at: datetime


class SupervisorDay(Page):
    """What the supervisor sees first; F5 asks the centre again."""

    listens = frozenset({Kind.SYNC})
    rail = "city-day"

    place: places.CityDay

    def __init__(self, shell: Shell, place: places.CityDay) -> None:
        super().__init__(shell, place)
        self._shown: Shown | None = None
        self._asking = self._again = False
        self._services: dict[str, str] = {}
        self.period = Segments(_PERIODS)
        self.period.setAccessibleName("دوره")
        self.period.set_value(place.period or "today")
        self.district = ListChoice([(_ALL, "همهٔ منطقه‌ها")])
        self.district.setAccessibleName("منطقه")
        self.service = ListChoice([(_ALL, "همهٔ خدمت‌ها")])
        self.service.setAccessibleName("خدمت")
        for choice, asked in ((self.district, place.district), (self.service, place.service)):
            if asked:
                # Its name comes with the first answer.
                choice.set_options([*choice.options(), (asked, "…")])
            choice.set_value(asked or _ALL)
        for control in (self.period, self.district, self.service):
            control.edited.connect(self._turn)
        self.freshness = Label("", "small", "text2")
        self.fault = Banner("", "neutral", icon="wifi-off", link="تلاش دوباره")
        self.fault.followed.connect(self._ask)
        self.fault.hide()
        self.alarm = Banner("", "pay", icon="database", link="سوابق شهر")
        self.alarm.followed.connect(lambda: self.shell.go(places.Records()))
        self.alarm.hide()
        self.recalls = Banner("", "refuse", icon="file-off", link="دیدن")
        self.recalls.followed.connect(lambda: self.shell.go(places.MunicipalQueue("recall")))
        self.recalls.hide()
        self.numbers = DayNumbers()
        self.hours = StackedBars("ورود به تفکیک ساعت", parts.SERIES)
        self.outcomes = HorizontalBars("نتیجه‌ها")
        self.outcomes.opened.connect(self._open_outcome)
        self.waiting = HorizontalBars("قدیمی‌ترین پرونده‌ها", squares=False)
        self.waiting.opened.connect(self._open_waiting)
        self.offices = Table("دفترها", parts.OFFICE_COLUMNS)
        self.offices.opened.connect(self._open_office)
        self.offices.sorted_by.connect(lambda *_: self._show_offices())
        self.offices.set_sorting(_OVERDUE_COLUMN, False)
        self._rows = RowsModel(parts.OFFICE_COLUMNS, self)
        self.offices.setModel(self._rows)
        self._looks = Column(gap=0)
        self._look_card = Card("بازبینی", " ")
        self._outcome_card = Card("نتیجهٔ نخست", " ")
        self._lines = (Row(gap=12), Row(gap=12), Row(gap=12))
        self.main = Button("آغاز بازبینی", "main", icon="eye-check", keys="Ctrl+Enter")
        self.main.clicked.connect(self._begin_look)
        self.late = Button("دیدن دیرکردها", icon="clock-exclamation", tall=True)
        self.late.clicked.connect(self._open_late)
        self._build()
        self._head()

    def _build(self) -> None:
        top = Row(gap=8)
        self.period.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        top.addWidget(self.period)
        top.addWidget(self.district)
        top.addWidget(self.service)
        top.addStretch(1)
        top.addWidget(self.freshness)
        again = Button("تازه‌سازی", "quiet", icon="refresh", keys="F5")
        again.clicked.connect(self._ask)
        top.addWidget(again)
        self._hours_card = Card("ورود به تفکیک ساعت", "رنگ و نقش همان نتیجه‌هاست")
        self._hours_card.add(self.hours, 1)
        self._outcome_card.add(self.outcomes, 1)
        self._waiting_card = Card("قدیمی‌ترین پرونده‌ها", "روز، از آخرین رویداد")
        self._none_waits = Label("پرونده‌ای در انتظار نیست.", "small", "text2")
        self._waiting_card.add(self._none_waits)
        self._waiting_card.add(self.waiting, 1)
        self._look_card.body.addLayout(self._looks)
        self._look_card.body.addStretch(1)
        self._frame = TableFrame(self.offices)
        scroller = Scroller(gap=12, margins=(12, 20, 12, 20), full=True)
        scroller.content.addLayout(top)
        scroller.add(self.fault)
        scroller.add(self.alarm)
        scroller.add(self.recalls)
        scroller.add(self.numbers)
        for line in self._lines[:2]:
            scroller.content.addLayout(line, 1)
        scroller.content.addLayout(self._lines[2])
        self.setLayout(Column(scroller, gap=0))
        self._arrange(narrow=False)
        assert self.bar is not None
        self.bar.arrange(main=self.main, seconds=[self.late])

    def _arrange(self, *, narrow: bool) -> None:
        """Wide: three charts over offices and looks; narrow: two cards a row, then the offices."""
        hours, outcomes, waiting = self._hours_card, self._outcome_card, self._waiting_card
        table, looks = self._frame, self._look_card
        rows: list[list[tuple[QWidget, int]]] = [
            [(hours, 20), (outcomes, 23), (waiting, 17)],
            [(table, 38), (looks, 22)],
            [],
        ]
        if narrow:
            rows = [[(hours, 1), (outcomes, 1)], [(waiting, 1), (looks, 1)], [(table, 1)]]
        for line, placed in zip(self._lines, rows, strict=True):
            for each in (hours, outcomes, waiting, table, looks):
                line.removeWidget(each)
            for card, share in placed:
                line.addWidget(card, share)
        table.setMinimumHeight(theme.px(_TABLE))

    def enter(self) -> None:
        """Ask for today; the services and districts come from the desk."""
        self.period.setFocus()
        desk = self.shell.seat.desk

        def job() -> tuple[dict[str, str], tuple[int, ...]]:
            services = {s.code: s.title for s in intake.services(desk).values()}
            return services, intake.figures(desk).districts

        self.shell.work.run(self, job, self._offer)
        self._ask()

    def refresh(self, changed: Changed) -> None:
        """Ask again; what is chosen stays."""
        self._ask()

    def set_narrow(self, narrow: bool) -> None:
        """Narrow: cards two in a row, numbers without their second words."""
        self._narrow = narrow
        self._arrange(narrow=narrow)
        self.freshness.setVisible(not narrow)
        if self._shown is not None:
            self.numbers.set_numbers(parts.numbers(self._shown.board, narrow=narrow))

    _narrow = False

    def _offer(self, found: tuple[dict[str, str], tuple[int, ...]]) -> None:
        self._services, districts = found
        self.service.set_options([(_ALL, "همهٔ خدمت‌ها"), *self._services.items()])
        words = [(str(d), to_persian_digits(f"منطقهٔ {d}")) for d in districts]
        self.district.set_options([(_ALL, "همهٔ منطقه‌ها"), *words])
        if self._shown is not None:
            self._show_looks(self._shown.board)

    def _turn(self) -> None:
        """Something else is asked, also of who comes back."""
        asked = (self.period.value(), self.district.value(), self.service.value())
        self.returns_to = places.CityDay(*asked)
        self._ask()

    def _ask(self) -> None:
        """Ask for what is chosen; one question at a time."""
        if self._asking:
            self._again = True
        else:
            self.flow(self._ask_centre())

    async def _ask_centre(self) -> None:
        seat, period = self.shell.seat, self.period.value()
        today = self.shell.today()
        day = today - timedelta(days=1) if period == "yesterday" else today
        days = 7 if period == "week" else 1
        service, district = self.service.value(), self.district.value()

        def job() -> BoardAnswer:
            return boarding.city_day(
                seat,
                day,
                days=days,
                service="" if service == _ALL else service,
                district=int(district) if district.isdigit() else 0,
            )

        self._head()
        self._asking, self._again = True, False
        try:
            board = await Job(job, line=True)
        except Refusal as no:
            self._failed(no)
            return
        finally:
            self._asking = False
        self._show(board)
        if self._again:
            self._ask()

    def _head(self) -> None:
        today, period = self.shell.today(), self.period.value()
        title, words = "امروز شهر", format_long(today)
        if period == "yesterday":
            title, words = "دیروز شهر", format_long(today - timedelta(days=1))
        elif period == "week":
            title = "هفتهٔ شهر"
            words = f"{format_day_month(today - timedelta(days=6))} تا {format_long(today)}"
        self.set_heading(Heading(title, words))

    def _failed(self, no: Refusal) -> None:
        stale = "آنچه می‌بینید از پیش است." if self._shown else ""
        self.fault.set_words(f"{no.words} {stale}".strip())
        self.fault.show()

    def _show(self, board: BoardAnswer) -> None:
        self.fault.hide()
        self._shown = Shown(board, self.shell.now())
        self.freshness.setText(f"تازه‌شده {time_of(self._shown.at)}")
        self.alarm.set_words(board.alarm)
        self.alarm.setVisible(bool(board.alarm))
        self.shell.show_count("records", int(board.records_held))
        self.recalls.set_words(parts.recalls_words(board.recalls))
        self.recalls.setVisible(bool(board.recalls))
        self.shell.show_count("queue", board.recalls)
        self.numbers.set_numbers(parts.numbers(board, narrow=self._narrow))
        self.hours.set_hours(parts.hours(board.hours))
        self.outcomes.set_bars(parts.outcome_bars(board))
        of = {"today": "امروز", "yesterday": "دیروز", "week": "این هفته"}[self.period.value()]
        self._outcome_card.beside.setText(to_persian_digits(f"از {board.received} درخواست {of}"))
        waiting = [bar for _, bar in parts.waiting_bars(board)]
        self.waiting.set_bars(waiting)
        self._none_waits.setVisible(not waiting)
        self._show_offices()
        self._show_looks(board)
        late = to_persian_digits(f"{board.overdue} پرونده از مهلت گذشته است")
        if self.bar is not None:
            self.bar.say(late if board.overdue else "پرونده‌ای از مهلت نگذشته است")
            self.late.setVisible(bool(board.overdue))

    def _show_offices(self) -> None:
        if self._shown is None:
            return
        key = self.offices.row()
        held = self._rows.key(key) if key >= 0 else ""
        sort = self.offices.sorting
        ordered = sorted(
            self._shown.board.offices,
            key=lambda row: parts.office_order(row, sort.column),
            reverse=not sort.ascending,
        )
        now = self.shell.now()
        self._rows.set_rows([(row.office, parts.office_cells(row, now)) for row in ordered])
        codes = [row.office for row in ordered]
        if held in codes:
            self.offices.choose(codes.index(held))

    def _show_looks(self, board: BoardAnswer) -> None:
        whole = board.looks_due + board.looks_done
        self._look_card.beside.setText(
            to_persian_digits(f"{board.looks_due} مانده از {whole}") if whole else ""
        )
        focused = any(w.hasFocus() for w in self._look_card.findChildren(QWidget))
        clear(self._looks)
        for look in board.looks[:_LOOKS]:
            row = ListRow(
                f"{self._services.get(look.service, look.service)}، دفتر "
                + to_persian_digits(look.office),
                f"ثبت {time_of(look.received_at)}، {look.clerk}",
                icon="eye-check",
                colour="review",
                note=_WHY_LOOKED.get(look.why, "بازبینی"),
                chevron=False,
            )
            row.clicked.connect(lambda _=False, at=look: self._open_look(at))
            self._looks.addWidget(row)
        if not board.looks:
            self._looks.addWidget(Label("بازبینی‌ای نمانده است.", "small", "text2"))
        # With nothing to look at again, the queue is what is left to do.
        left = bool(board.looks)
        self.main.set_words(
            "آغاز بازبینی" if left else "کارتابل ناظر", icon="eye-check" if left else "inbox"
        )
        if focused:
            self.main.setFocus()

    def _open_look(self, look: LookRow) -> None:
        self.shell.go(places.MunicipalCase(look.case_id))

    def _begin_look(self) -> None:
        if self._shown is not None and self._shown.board.looks:
            self._open_look(self._shown.board.looks[0])
        else:
            self.shell.go(places.MunicipalQueue())

    def _open_late(self) -> None:
        self.shell.go(places.MunicipalQueue("overdue"))

    def _open_office(self, row: int) -> None:
        self.shell.go(places.MunicipalQueue(office=self._rows.key(row)))

    def _open_outcome(self, index: int) -> None:
        if self._shown is not None:
            state = parts.shown_kinds(self._shown.board)[index].state
            if state:
                self.shell.go(places.MunicipalQueue(state))

    def _open_waiting(self, index: int) -> None:
        if self._shown is not None:
            state, _ = parts.waiting_bars(self._shown.board)[index]
            self.shell.go(places.MunicipalQueue(state))
