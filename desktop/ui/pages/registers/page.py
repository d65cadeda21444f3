"""ثبت‌ها: the office's registers of letters and requests, a month's fees, its closed days."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt

from desktop.actions import board, day_close, registers
from desktop.actions.binding import ToBind, bind_letters
from desktop.actions.desk import Seat
from desktop.actions.spreadsheet import Export
from desktop.domain.calendar import MONTHS, format_jalali, jalali
from desktop.domain.errors import Refusal
from desktop.domain.letter import Table as PaperTable
from desktop.domain.persian import fold, isolate, strip_isolates, to_persian_digits
from desktop.ui import choosing, places, theme
from desktop.ui.page import Heading, Kind, Page, Shell
from desktop.ui.pages.papers.cover import PaperCover
from desktop.ui.pages.papers.exporting import ExportProgress
from desktop.ui.pages.registers import tables
from desktop.ui.pages.registers.tables import Line, Listed, shown
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.inputs.date_line import DateLine
from desktop.ui.widgets.inputs.list_choice import ListChoice
from desktop.ui.widgets.inputs.search import SearchBox
from desktop.ui.widgets.inputs.segments import Segments
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Column, Row, clear
from desktop.ui.widgets.lists.paged_rows import PagedRows
from desktop.ui.widgets.lists.table import Table, TableFrame
from desktop.ui.widgets.told.banner import Banner
from desktop.ui.widgets.told.empty import EmptyState
from desktop.ui.work import Changed, Job

LETTERS, REQUESTS, FEES, DAYS = "letters", "requests", "fees", "days"
_KINDS = ((LETTERS, "نامه‌ها"), (REQUESTS, "درخواست‌ها"), (FEES, "کارمزد ماه"), (DAYS, "روزهای بسته"))
_YEARS_BACK = 5
_ROUND = Changed(sync=True)
_BOUND = "گردآوری نامه‌ها"
_OWN_ALONE = "تنها همین دفتر؛ نامه‌های دفترهای دیگر را شهرداری گرد می‌آورد"
_XLSX, _CSV = "کارپوشهٔ اکسل (*.xlsx)", "فایل متنی (*.csv)"
_NOTHING_FOUND = "چیزی با این نوشته نیست"


class RegistersPage(Page):
    """F8 prints, Shift+F8 writes for Excel; Enter opens the row's case, or day."""

    listens = frozenset({Kind.CASES, Kind.DAY, Kind.SYNC})
    rail = "registers"

    place: places.Registers

    def __init__(self, shell: Shell, place: places.Registers) -> None:
        super().__init__(shell, place)
        self.listed: Listed | None = None
        self.lines: list[Line] = []
        self._fees: registers.Fees | None = None
        self.kind = Segments(_KINDS)
        self.kind.setAccessibleName("ثبت")
        self.kind.set_value(place.kind)
        self.kind.edited.connect(self._turn)
        today = shell.today()
        year, month, dom = jalali(today)
        self.first, self.last = DateLine(today, "past"), DateLine(today, "past")
        # What is looked at, also while another day is typed.
        self._days = (place.first or today - timedelta(days=dom - 1), place.last or today)
        self.first.set_value(self._days[0])
        # Of what is listed, in words.
        self._of = ""
        if place.last:
            self.last.set_value(place.last)
        else:
            self.last.offer()
        months = [(str(at), name) for at, name in enumerate(MONTHS, start=1)]
        self.month = ListChoice(months, must=True)
        self.month.set_value(place.month or str(month))
        years = range(year, year - _YEARS_BACK, -1)
        self.year = ListChoice([(str(each), to_persian_digits(each)) for each in years], must=True)
        self.year.set_value(place.year or str(year))
        named = ((self.first, "از روز"), (self.last, "تا روز"), (self.month, "ماه"))
        for control, name in (*named, (self.year, "سال")):
            control.setAccessibleName(name)
            control.edited.connect(self._load)
        for line in (self.first, self.last):
            line.left.connect(self._say_days)
        self.search = SearchBox("شماره، نام، کد…", width="fill", name="جست‌وجو در این ثبت")
        self.search.set_value(place.typed)
        self.search.edited.connect(self._filter)
        self.fault = Banner("", "pay")
        self.fault.hide()
        self.count = Label("", "small", "text2")
        self._words = (Label("از", "small", "text2"), Label("تا", "small", "text2"))
        self._holder = Column(gap=0)
        self.empty = EmptyState("", "مدت دیگری برگزینید.", icon="list-details")
        self.empty.hide()
        self._rows: PagedRows | None = None
        self._table: Table | None = None
        self._frame: TableFrame | None = None
        self.cover = PaperCover(shell.work, self)
        self.progress = ExportProgress()
        self._build()
        theme.notifier().changed.connect(self._restyle)
        self._restyle()
        self._head()

    def _build(self) -> None:
        top = Row(gap=8)
        top.addWidget(self.kind)
        top.addWidget(self.search, 1)
        asked = Row(gap=8)
        for widget in (
            self._words[0],
            self.first,
            self._words[1],
            self.last,
            self.month,
            self.year,
        ):
            asked.addWidget(widget)
        asked.addStretch(1)
        asked.addWidget(self.count)
        column = Column(gap=10, margins=(12, 20, 12, 20))
        column.addLayout(top)
        column.addLayout(asked)
        column.addWidget(self.fault)
        column.addWidget(self.progress)
        column.addLayout(self._holder, 1)
        column.addWidget(self.empty)
        column.addStretch(0)
        self.setLayout(column)

    def _say_days(self) -> None:
        """What is no day is not left standing over the rows of others."""
        for line, day in zip((self.first, self.last), self._days, strict=True):
            if line.value() is None:
                line.set_value(day)

    def _restyle(self) -> None:
        self.kind.setFixedWidth(theme.px(430))
        for line in (self.first, self.last):
            line.setFixedWidth(theme.px(140))
        self.month.setFixedWidth(theme.px(130))
        self.year.setFixedWidth(theme.px(100))

    def enter(self) -> None:
        """The register as the office has it now."""
        self._load()
        self.take_focus()

    def take_focus(self) -> None:
        """The list has the keys; without one what it is looked for by."""
        if self._table is not None and self._frame is not None and self._frame.isVisible():
            self._table.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.kind.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self, changed: Changed) -> None:
        """Letters or requests came, or a closed day reached the centre."""
        if changed != _ROUND or self.kind.value() == DAYS:
            self._load()

    def _turn(self) -> None:
        self.search.set_value("")
        self._load()

    def _keep_asked(self) -> None:
        """Whoever comes back finds what he looked for."""
        self.returns_to = places.Registers(
            self.kind.value(),
            self.search.value(),
            self.first.value(),
            self.last.value(),
            self.year.value(),
            self.month.value(),
        )

    def _head(self) -> None:
        title = self.listed.title if self.listed is not None else "ثبت‌ها"
        fees = self.kind.value() == FEES and self.listed is not None
        self.set_heading(Heading(title, "" if fees else self.period()))

    def period(self) -> str:
        """What is asked for, in words."""
        kind = self.kind.value()
        if kind == DAYS:
            return ""
        if kind == FEES:
            return registers.month_words(int(self.year.value()), int(self.month.value()))
        first, last = self._asked()
        ends = (isolate(format_jalali(first)), isolate(format_jalali(last)))
        return ends[0] if first == last else f"{ends[0]} تا {ends[1]}"

    def _asked(self) -> tuple[date, date]:
        """The days from and to; those of before while another is typed."""
        self._days = (self.first.value() or self._days[0], self.last.value() or self._days[1])
        return self._days

    # Loading and showing.

    def _load(self) -> None:
        kind = self.kind.value()
        dated = kind in (LETTERS, REQUESTS)
        for widget in (*self._words, self.first, self.last):
            widget.setVisible(dated)
        for control in (self.month, self.year):
            control.setVisible(kind == FEES)
        self._keep_asked()
        asked = (kind, self.period())

        def came(found: tuple[Listed, registers.Fees | None]) -> None:
            if asked == (self.kind.value(), self.period()):
                self._of = asked[1]
                self._show(*found)

        # A year of letters, a month of fees: the store's own thread is for what others wait for.
        self.shell.work.run(self, self._job(kind), came, self._refused, papers=True)

    def _job(self, kind: str) -> Callable[[], tuple[Listed, registers.Fees | None]]:
        desk = self.shell.seat.desk
        first, last = self._asked()
        year, month = int(self.year.value()), int(self.month.value())

        def read() -> tuple[Listed, registers.Fees | None]:
            if kind == LETTERS:
                return tables.letters(registers.letters(desk, first, last)), None
            if kind == REQUESTS:
                lines, names = registers.requests(desk, first, last)
                return tables.requests(lines, names, board.services_known(desk)), None
            if kind == FEES:
                told = registers.fees(desk, year, month)
                return tables.fees(told), told
            return tables.days(day_close.earlier(desk, limit=None)), None

        return read

    def _refused(self, no: Refusal) -> None:
        self.listed, self.lines = None, []
        self.fault.set_words(no.words)
        self.fault.show()
        self.count.setText("")
        self.empty.hide()
        if self._frame is not None:
            self._frame.hide()
        self._head()
        self._arrange()

    def _show(self, listed: Listed, fees: registers.Fees | None) -> None:
        same = self.listed is not None and self.listed.columns == listed.columns
        self.listed, self._fees = listed, fees
        words = ""
        if fees is not None and not fees.whole:
            day = isolate(format_jalali(fees.until))
            words = f"{fees.words} هنوز تمام نشده است؛ جمع تا {day} است."
        self.fault.set_words(words)
        self.fault.setVisible(bool(words))
        if not same or self._table is None:
            self._make_table(listed)
        self._head()
        self._filter()

    def _make_table(self, listed: Listed) -> None:
        had = self._table is not None and self._table.hasFocus()
        clear(self._holder)
        self._rows = PagedRows(listed.columns, self._put, self)
        self._table = Table(listed.title, listed.columns)
        self._table.setModel(self._rows)
        self._table.opened.connect(self._open)
        self._frame = TableFrame(self._table)
        self._holder.addWidget(self._frame)
        if had:
            self._table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _filter(self) -> None:
        if self.listed is None or self._rows is None or self._frame is None:
            return
        self._keep_asked()
        wanted = fold(self.search.value())
        self.lines = [line for line in self.listed.lines if wanted in line.folded]
        self._rows.set_count(len(self.lines))
        self.count.setText(to_persian_digits(f"{sum(not line.total for line in self.lines)} ردیف"))
        self._frame.setVisible(bool(self.lines))
        self.empty.setVisible(not self.lines)
        found = self.listed.empty if not self.listed.lines else _NOTHING_FOUND
        self.empty.say(found, "مدت دیگری برگزینید." if not self.listed.lines else "")
        if self._table is not None and self.lines and self._table.row() < 0:
            self._table.choose(0)
        self._arrange()

    def _put(self, first: int, count: int) -> None:
        if self._rows is not None:
            self._rows.put(first, [line.cells() for line in self.lines[first : first + count]])

    def _open(self, row: int) -> None:
        if not 0 <= row < len(self.lines) or not self.lines[row].key:
            return
        key = self.lines[row].key
        if self.kind.value() == DAYS:
            self.shell.go(places.DayClose(date.fromisoformat(key)))
        else:
            self.shell.go(places.Case(key))

    # Paper and files.

    def _arrange(self) -> None:
        if self.bar is None:
            return
        main = Button("چاپ", "main", icon="printer", keys="Ctrl+Enter", also="F8")
        main.clicked.connect(self.show_paper)
        excel = Button("خروجی اکسل", icon="table", keys="Shift+F8", tall=True)
        excel.clicked.connect(lambda: self.export(".xlsx"))
        plain = Button("خروجی متنی", icon="download", tall=True)
        plain.clicked.connect(lambda: self.export(".csv"))
        back = Button("بازگشت", "quiet", icon="arrow-right", keys="Esc", tall=True)
        back.clicked.connect(self.shell.back)
        seconds = [plain, excel]
        if self.kind.value() == LETTERS and self.lines:
            bind = Button("گردآوری نامه‌ها…", icon="folder-open", tall=True)
            bind.clicked.connect(self.bind)
            seconds.insert(0, bind)
        self.bar.arrange(main=main, seconds=seconds, quiets=[back])

    def press(self, key: str) -> bool:
        """Esc takes the paper away; Shift+F8 writes for Excel."""
        if key == "Esc":
            return self.cover.close_cover() or self.progress.stop_export()
        if key == "F5":
            self._load()
            return True
        if key == "Shift+F8":
            self.export(".xlsx")
            return True
        return False

    def show_paper(self) -> None:
        """The register, or the month's statement, as a paper."""
        listed, seat = self.listed, self.shell.seat
        if listed is None:
            return
        if self._fees is not None:
            self.cover.show_paper(
                "صورت کارمزد دفتر", partial(registers.fees_paper, seat, self._fees)
            )
            return
        self.cover.show_paper(listed.title, partial(_paper, seat, listed, self.lines, self._of))

    def bind(self) -> None:
        """Ask where, and write the listed letters themselves: of a month, or of one property."""
        if self.listed is None or self.progress.is_running:
            return
        proposed = Path(f"{_BOUND}.pdf")
        chosen = choosing.save_file(self, _BOUND, proposed, choosing.PDF)
        if chosen is not None:
            self.bind_to(chosen)

    def bind_to(self, path: Path) -> None:
        """Write them there."""
        self.flow(self._binding(path))

    async def _binding(self, path: Path) -> None:
        listed, lines, seat = self.listed, self.lines, self.shell.seat
        if listed is None:
            return
        period, wanted = self._of, [ToBind(each.key, str(each.values[0])) for each in lines]
        title = f"{_BOUND}، {strip_isolates(period)}"

        def write(export: Export) -> None:
            index = _paper(seat, listed, lines, period, _OWN_ALONE)
            bind_letters(seat, path, title, index, wanted, export)

        try:
            await self.progress.follow(write, len(wanted))
        except Refusal as no:
            self.shell.tell(no.words, "refuse")
            return
        self.shell.tell(f"{isolate(path.name)} نوشته شد.")

    def export(self, suffix: str) -> None:
        """Ask where, and write what is listed."""
        if self.listed is None:
            return
        kind = _XLSX if suffix == ".xlsx" else _CSV
        proposed = Path(f"{self.listed.title}{suffix}")
        chosen = choosing.save_file(self, "خروجی", proposed, kind)
        if chosen is not None:
            self.write(chosen)

    def write(self, path: Path) -> None:
        """Write what is listed there."""
        self.flow(self._writing(path))

    async def _writing(self, path: Path) -> None:
        listed = self.listed
        if listed is None:
            return
        rows = [line.values for line in self.lines]
        write = partial(registers.write, self.shell.seat, path, listed.title)
        try:
            await Job(partial(write, listed.headings, rows))
        except Refusal as no:
            self.shell.tell(no.words, "refuse")
            return
        self.shell.tell(f"{isolate(path.name)} نوشته شد.")


def _paper(seat: Seat, listed: Listed, lines: list[Line], period: str, offices: str = "") -> bytes:
    columns = tuple(heading.words for heading in listed.headings)
    rows = tuple(tuple(shown(value) for value in line.values) for line in lines)
    table = PaperTable(columns, rows, numeric=listed.numeric)
    period = period or "همهٔ روزهای بسته"
    return registers.sheet(seat, listed.title, period, table, offices=offices)
