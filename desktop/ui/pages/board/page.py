"""وضعیت شهر: all offices over days, in numbers, charts and tables that open their cases."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.actions import board as boarding
from desktop.actions import city_report, intake
from desktop.actions.city_board import Narrowed
from desktop.actions.spreadsheet import WorkbookSheet
from desktop.domain.errors import Refusal
from desktop.domain.persian import isolate, to_persian_digits
from desktop.ui import choosing, places, theme
from desktop.ui.asked_once import AskedOnce
from desktop.ui.city_words import district_name
from desktop.ui.page import Heading, Kind, Page, Shell
from desktop.ui.pages.board import figures, tables
from desktop.ui.pages.board.figures import Number, Shown, Span
from desktop.ui.pages.board.sorted_table import SortedTable
from desktop.ui.pages.board.tables import Line, Told
from desktop.ui.pages.papers.cover import PaperCover
from desktop.ui.soon import soon
from desktop.ui.times import time_of
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.charts.bars import HorizontalBars
from desktop.ui.widgets.charts.day_numbers import DayNumber, DayNumbers
from desktop.ui.widgets.charts.hours import StackedBars
from desktop.ui.widgets.holders.card import Card
from desktop.ui.widgets.holders.scroller import Scroller
from desktop.ui.widgets.holders.tabs import Tabs
from desktop.ui.widgets.inputs.date_line import DateLine
from desktop.ui.widgets.inputs.list_choice import ListChoice
from desktop.ui.widgets.inputs.segments import Segments
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Column, Row
from desktop.ui.widgets.told.banner import Banner
from desktop.ui.work import NO_LINE, Changed, Job
from desktop.wire.board import BoardAnswer
from desktop.wire.board_cases import Figure

_PERIODS = (
    (figures.TODAY, "امروز"),
    (figures.WEEK, "هفته"),
    (figures.MONTH, "ماه"),
    (figures.RANGE, "بازه…"),
)
_ALL = "all"
_XLSX = "کارپوشهٔ اکسل (*.xlsx)"
_CHART, _TABLE = 192, 230
_DAY_WIDTH, _PERIOD_WIDTH = 128, 300
_REST = "دیرکرد پیش از این بازه"
_MOST_BANNERS = 2


class CityBoard(Page):
    """What the supervisor sees first; F5 asks the centre again, F8 prints, Shift+F8 exports."""

    listens = frozenset({Kind.SYNC})
    rail = "city-day"

    place: places.CityDay

    def __init__(self, shell: Shell, place: places.CityDay) -> None:
        super().__init__(shell, place)
        self._shown: Shown | None = None
        self._narrow = False
        self._centre = AskedOnce(self.flow, self._ask_centre)
        self._services: dict[str, str] = {}
        self._numbers: list[Number] = []
        self._drawn: tuple[list[DayNumber], int] = ([], 0)
        today = shell.today()
        self.period = Segments(_PERIODS)
        self.period.setAccessibleName("بازه")
        self.period.set_value(place.period or figures.TODAY)
        self.first, self.last = DateLine(today, "past"), DateLine(today, "past")
        begun = figures.month_before(today)
        self.first.set_value(place.first or begun.first)
        self.last.set_value(place.last or begun.last)
        for line, name in ((self.first, "از روز"), (self.last, "تا روز")):
            line.setAccessibleName(name)
            line.edited.connect(self._turn)
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
        self.alarm = Banner("", "pay", icon="database", link="سوابق شهر")
        self.alarm.followed.connect(lambda: self.shell.go(places.Records()))
        self.recalls = Banner("", "refuse", icon="file-off", link="دیدن")
        self.recalls.followed.connect(lambda: self.shell.go(places.MunicipalQueue("recall")))
        self.down = Banner("", "refuse", icon="wifi-off", link="دیدن")
        self.down.followed.connect(self._show_outages)
        self.wrong = Banner("", "pay", icon="calendar-event")
        # Narrow, the numbers stand in two rows.
        self.numbers, self.more = DayNumbers(), DayNumbers()
        self._banners = (self.fault, self.alarm, self.recalls, self.wrong, self.down)
        for hidden in (*self._banners, self.numbers, self.more):
            hidden.hide()
        self.numbers.opened.connect(self._open_number)
        self.more.opened.connect(lambda at: self._open_number(at + self._in_first()))
        self.hours = StackedBars("درخواست به تفکیک ساعت", figures.SERIES)
        self.hours.opened.connect(self._open_hour)
        self.outcomes = HorizontalBars("نتیجهٔ نخست")
        self.outcomes.opened.connect(self._open_outcome)
        self.offices = SortedTable(tables.OFFICES)
        self.tabs = Tabs([each.name for each in tables.BESIDE], "جدول‌های دیگر")
        self.tabs.changed.connect(self._turn_tab)
        self.offices.opened.connect(self._open_line)
        # Made when they are first looked at.
        self._tables: dict[int, SortedTable] = {}
        self.main = Button("کارتابل ناظر", "main", icon="inbox", keys="Ctrl+Enter")
        self.main.clicked.connect(self._begin_look)
        self.late = Button("دیدن دیرکردها", icon="clock-exclamation", tall=True)
        self.late.clicked.connect(self._open_late)
        self.late.hide()
        self.paper = Button("چاپ گزارش", "quiet", icon="printer", keys="F8", tall=True)
        self.paper.clicked.connect(self.show_paper)
        self.excel = Button("خروجی اکسل", "quiet", icon="table", keys="Shift+F8", tall=True)
        self.excel.clicked.connect(self.export)
        self.cover = PaperCover(shell.work, self)
        self._tops = (Row(gap=8), Row(gap=8))
        self._lines = (Row(gap=12), Row(gap=12))
        self._build()
        theme.notifier().changed.connect(self._restyle)
        self._restyle()
        self._head()

    # How it is built.

    def _build(self) -> None:
        self._until = Label("تا", "small", "text2")
        self.period.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.renew = Button("تازه‌سازی", "quiet", icon="refresh", keys="F5")
        self.renew.clicked.connect(self._ask)
        self._hours_card = Card("درخواست به تفکیک ساعت", "رنگ‌ها و نقش‌ها مانند نمودار نتیجه‌ها")
        self._hours_card.add(self.hours, 1)
        self._outcome_card = Card("نتیجهٔ نخست", " ")
        self._outcome_card.add(self.outcomes, 1)
        self._beside = QWidget()
        self._beside.setLayout(Column(self.tabs, gap=0))
        scroller = Scroller(gap=12, margins=(12, 20, 12, 20), full=True)
        for line in self._tops:
            scroller.content.addLayout(line)
        for part in (*self._banners, self.numbers, self.more):
            scroller.add(part)
        scroller.content.addLayout(self._lines[0])
        scroller.content.addLayout(self._lines[1], 1)
        self._narrow_lines = Column(gap=12)
        scroller.content.addLayout(self._narrow_lines)
        self.setLayout(Column(scroller, gap=0))
        self._arrange()
        self._bar()
        self._turn_tab(0)

    def beside(self, index: int) -> SortedTable:
        """The table of a tab."""
        table = self._tables.get(index)
        if table is None:
            table = self._tables[index] = SortedTable(tables.BESIDE[index])
            table.opened.connect(self._open_line)
            self._show_table(table)
            layout = self._beside.layout()
            assert isinstance(layout, Column)
            layout.addWidget(table, 1)
        return table

    def _arrange(self) -> None:
        """Wide: two charts over offices and tabs; narrow: one under the other."""
        self._arrange_asked()
        parts = (self._hours_card, self._outcome_card, self.offices, self._beside)
        for holder in (*self._lines, self._narrow_lines):
            for part in parts:
                holder.removeWidget(part)
        if self._narrow:
            for part in parts:
                self._narrow_lines.addWidget(part)
            return
        for line, left, right, shares in (
            (self._lines[0], self._hours_card, self._outcome_card, (28, 29)),
            (self._lines[1], self.offices, self._beside, (39, 24)),
        ):
            line.addWidget(left, shares[0])
            line.addWidget(right, shares[1])

    def _arrange_asked(self) -> None:
        """What is asked for in one line; narrow, the days and then the rest."""
        for line in self._tops:
            while line.takeAt(0) is not None:
                pass
        above, below = self._tops
        rest = below if self._narrow else above
        for widget in (self.period, self.first, self._until, self.last):
            above.addWidget(widget)
        if self._narrow:
            above.addStretch(1)
        rest.addWidget(self.district)
        rest.addWidget(self.service)
        rest.addStretch(1)
        rest.addWidget(self.freshness)
        rest.addWidget(self.renew)

    def _restyle(self) -> None:
        self.period.setFixedWidth(theme.px(_PERIOD_WIDTH))
        for line in (self.first, self.last):
            line.setFixedWidth(theme.px(_DAY_WIDTH))
        for chart in (self._hours_card, self._outcome_card):
            chart.setFixedHeight(theme.px(_CHART))
        for table in (self.offices, self._beside):
            table.setMinimumHeight(theme.px(_TABLE))

    def _bar(self) -> None:
        if self.bar is not None:
            self.bar.arrange(main=self.main, seconds=[self.late], quiets=[self.paper, self.excel])

    def set_narrow(self, narrow: bool) -> None:
        """Narrow: numbers in two rows, charts and tables under each other."""
        self._narrow = narrow
        self._arrange()
        self.freshness.setVisible(not narrow)
        for button, words, short in (
            (self.paper, "چاپ گزارش", "چاپ"),
            (self.excel, "خروجی اکسل", "اکسل"),
        ):
            button.set_words(short if narrow else words)
        self._show_numbers()
        if self._shown is not None:
            self._show_acts(self._shown.board)

    # What is asked.

    def enter(self) -> None:
        """Ask for the days; the services and districts come from the desk."""
        self.period.setFocus()
        self._choose_days()
        desk = self.shell.seat.desk

        def job() -> tuple[dict[str, str], tuple[int, ...]]:
            services = {s.code: s.title for s in intake.services(desk).values()}
            return services, intake.figures(desk).districts

        self.shell.work.run(self, job, self._offer)
        kept = self.shell.remembered.board.get(self._asked_for())
        if kept is not None:
            # The page stands before it is filled.
            soon(self, partial(self._show_kept, kept))
        self._ask()

    def _show_kept(self, kept: Shown) -> None:
        if self._shown is None:
            self._show(kept)

    def refresh(self, changed: Changed) -> None:
        """Ask again; what is chosen stays."""
        self._ask()

    def _offer(self, found: tuple[dict[str, str], tuple[int, ...]]) -> None:
        self._services, districts = found
        self.service.set_options([(_ALL, "همهٔ خدمت‌ها"), *self._services.items()])
        words = [(str(each), district_name(each)) for each in districts]
        self.district.set_options([(_ALL, "همهٔ منطقه‌ها"), *words])
        self._show_tables()

    def _choose_days(self) -> None:
        own = self.period.value() == figures.RANGE
        for widget in (self.first, self._until, self.last):
            widget.setVisible(own)

    def _turn(self) -> None:
        """Something else is asked, also of who comes back."""
        self._choose_days()
        self.returns_to = places.CityDay(
            self.period.value(),
            self.district.value(),
            self.service.value(),
            self.first.value(),
            self.last.value(),
        )
        self._ask()

    def span(self) -> Span | None:
        """The days that are chosen; None while a range of one's own is none."""
        period, today = self.period.value(), self.shell.today()
        if period != figures.RANGE:
            return figures.span_of(period, today)
        first, last = self.first.value(), self.last.value()
        if first is None or last is None or figures.fault_of(first, last, today):
            return None
        return Span(first, min(last, today))

    def _asked_for(self) -> tuple[Span | None, str, int]:
        service, district = self.service.value(), self.district.value()
        return (
            self.span(),
            "" if service == _ALL else service,
            int(district) if district.isdigit() else 0,
        )

    def _ask(self) -> None:
        """Ask for what is chosen; one question at a time."""
        wrong = ""
        if self.period.value() == figures.RANGE:
            wrong = figures.fault_of(self.first.value(), self.last.value(), self.shell.today())
        self.wrong.set_words(wrong)
        self.wrong.setVisible(bool(wrong))
        if wrong:
            return
        self._centre.ask()

    async def _ask_centre(self) -> None:
        seat, asked = self.shell.seat, self._asked_for()
        span, service, district = asked
        if span is None:
            return

        def job() -> BoardAnswer:
            return boarding.city_day(
                seat, span.last, days=span.days, service=service, district=district
            )

        self._head()
        try:
            board = await Job(job, line=True)
        except Refusal as no:
            self._failed(no)
            return
        shown = Shown(board, span, self.shell.now())
        self.shell.remembered.board[asked] = shown
        if asked == self._asked_for():
            self._show(shown)
            self.fault.hide()

    def _head(self) -> None:
        span = self.span()
        self.set_heading(Heading("وضعیت شهر", span.words if span is not None else ""))

    def _failed(self, no: Refusal) -> None:
        words = no.words
        if self._shown is not None and no.words == NO_LINE:
            words = f"آمار تا {time_of(self._shown.at)}؛ خط قطع است."
        elif self._shown is not None:
            words = f"{no.words} آنچه می‌بینید از پیش است."
        self.fault.set_words(words)
        self.fault.show()

    # What is shown.

    def _show(self, shown: Shown) -> None:
        self._shown, board = shown, shown.board
        self.freshness.setText(f"تازه‌شده {time_of(shown.at)}")
        self.alarm.set_words(board.alarm)
        self.alarm.setVisible(bool(board.alarm))
        self.shell.show_count("records", int(board.records_held))
        self.recalls.set_words(figures.recalls_words(board.recalls))
        self.recalls.setVisible(bool(board.recalls))
        self.shell.show_count("queue", board.recalls)
        # Two over the numbers are enough: the bar tells of lines that are down too.
        others = sum(not each.isHidden() for each in self._banners if each is not self.down)
        down = figures.down_words(board, self.shell.now())
        self.down.set_words(down)
        self.down.setVisible(bool(down) and others < _MOST_BANNERS)
        self._show_numbers()
        self._show_acts(board)
        # A city's charts and tables at once would hold the window longer than a key may wait.
        soon(self, self._show_charts)
        self._show_tables()

    def _show_charts(self) -> None:
        if self._shown is None:
            return
        board = self._shown.board
        self.hours.set_hours(figures.hours(board.hours))
        self.outcomes.set_bars(figures.outcome_bars(board))
        nothing = "در این بازه درخواستی نیست"
        of = f"از {board.received} درخواست؛ هر ردیف پرونده‌هایش را باز می‌کند"
        self._outcome_card.beside.setText(to_persian_digits(of) if board.received else nothing)

    def _in_first(self) -> int:
        """How many numbers stand in the first row."""
        return (len(self._numbers) + 1) // 2 if self._narrow else len(self._numbers)

    def _show_numbers(self) -> None:
        if self._shown is None:
            return
        self._numbers = figures.numbers(self._shown.board, narrow=False)
        shown, first = [each.shown for each in self._numbers], self._in_first()
        if (shown, first) == self._drawn:
            return
        self._drawn = (shown, first)
        self.numbers.set_numbers(shown[:first])
        self.more.set_numbers(shown[first:])
        self.numbers.show()
        self.more.setVisible(self._narrow)

    def _show_tables(self) -> None:
        """Each in a turn of its own."""
        for table in (self.offices, *self._tables.values()):
            soon(table, partial(self._show_table, table))

    def _show_table(self, table: SortedTable) -> None:
        if self._shown is not None:
            table.show_figures(self._shown.board, self._told())

    def _told(self) -> Told:
        return Told(self._services, self.shell.now())

    def _sheets(self, shown: Shown) -> list[WorkbookSheet]:
        """All tables, as they are sorted where they were looked at."""
        told = self._told()
        return [
            self.offices.sheet(),
            *(
                self._tables[at].sheet() if at in self._tables else kept.sheet(shown.board, told)
                for at, kept in enumerate(tables.BESIDE)
            ),
        ]

    def _show_acts(self, board: BoardAnswer) -> None:
        # With nothing to look at again, the queue is what is left to do.
        left = bool(board.looks)
        words = f"بازبینی، {board.looks_due} مانده" if left else "کارتابل ناظر"
        self.main.set_words(to_persian_digits(words), icon="eye-check" if left else "inbox")
        self.late.set_words(to_persian_digits(f"دیدن {board.late} دیرکرد"))
        self.late.setVisible(bool(board.late))
        said = []
        if rest := board.overdue - board.late:
            said.append(f"{rest} دیرکرد پیش‌تر" if self._narrow else f"{rest} {_REST}")
        if (down := len(figures.down_now(board))) and not self._narrow:
            said.append(f"{down} دفتر قطع است")
        if self.bar is not None:
            self.bar.say(to_persian_digits("؛ ".join(said)))

    def _turn_tab(self, index: int) -> None:
        shown = self.beside(index)
        for table in self._tables.values():
            table.setVisible(table is shown)

    def _show_outages(self) -> None:
        index = tables.BESIDE.index(tables.OUTAGES)
        self.tabs.set_current(index)
        table = self.beside(index).table
        table.choose(0)
        table.setFocus()

    # Where it leads.

    def _open(self, figure: Figure, title: str, **narrowed: Any) -> None:
        if self._shown is None:
            return
        span, service, district = self._asked_for()
        if span is None:
            return
        of = Narrowed(figure, span.first, span.last, service=service, district=district)
        second = [span.words]
        if district:
            second.append(district_name(district))
        if service:
            second.append(self._services.get(service, service))
        place = places.CityCases(
            replace(of, **narrowed), title, to_persian_digits("، ".join(second))
        )
        self.shell.go(place)

    def _open_number(self, index: int) -> None:
        number = self._numbers[index]
        if number.figure is not None:
            self._open(number.figure, number.title)

    def _open_hour(self, index: int) -> None:
        if self._shown is not None:
            hour = figures.hours_shown(self._shown.board.hours)[index]
            title = to_persian_digits(f"درخواست ساعت {hour} تا {hour + 1}")
            self._open(Figure.RECEIVED, title, hour=hour)

    def _open_outcome(self, index: int) -> None:
        if self._shown is not None:
            kind = figures.shown_kinds(self._shown.board)[index]
            self._open(Figure(kind.key), kind.words)

    def _open_line(self, line: Line) -> None:
        if line.place is not None:
            self.shell.go(line.place)
        elif line.opens is not None:
            self._open(line.opens, line.title, **line.narrowed)

    def _open_late(self) -> None:
        self._open(Figure.LATE, "دیرکرد")

    def _begin_look(self) -> None:
        if self._shown is not None and self._shown.board.looks:
            self.shell.go(places.SecondLook())
        else:
            self.shell.go(places.MunicipalQueue())

    # Paper and files.

    def press(self, key: str) -> bool:
        """Esc takes the paper away; F5 asks anew; Shift+F8 writes a workbook."""
        if key == "Esc":
            return self.cover.close_cover()
        acts = {"F5": self._ask, "F8": self._press_paper, "Shift+F8": self.export}
        act = acts.get(key)
        if act is not None:
            act()
        return act is not None

    def _press_paper(self) -> None:
        if self.cover.isVisible():
            self.cover.paper.print_now()
        else:
            self.show_paper()

    def _about(self, shown: Shown) -> str:
        _, service, district = self._asked_for()
        parts = [shown.span.words]
        parts.append(district_name(district) if district else "همهٔ منطقه‌ها")
        parts.append(self._services.get(service, service) if service else "همهٔ خدمت‌ها")
        return to_persian_digits("؛ ".join(parts))

    def show_paper(self) -> None:
        """F8: the numbers and all tables, as they are sorted, on paper."""
        if self._shown is None:
            return
        shown, seat = self._shown, self.shell.seat
        numbers = figures.on_paper(shown.board)
        sheets = self._sheets(shown)
        draw = partial(city_report.paper, seat, self._about(shown), numbers, sheets)
        self.cover.show_paper("گزارش وضعیت شهر", draw)

    def export(self) -> None:
        """Shift+F8: ask where, and write all tables as a workbook."""
        if self._shown is None:
            return
        chosen = choosing.save_file(self, "خروجی اکسل", Path("وضعیت شهر.xlsx"), _XLSX)
        if chosen is not None:
            self.write(chosen)

    def write(self, path: Path) -> None:
        """Write the tables there."""
        self.flow(self._writing(path))

    async def _writing(self, path: Path) -> None:
        if self._shown is None:
            return
        sheets = self._sheets(self._shown)
        try:
            await Job(partial(city_report.write, path, sheets), papers=True)
        except Refusal as no:
            self.shell.tell(no.words, "refuse")
            return
        self.shell.tell(f"{isolate(path.name)} نوشته شد.")
