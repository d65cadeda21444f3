"""کارنامهٔ ماهانه: a month that is over, as it is published: read here, saved as page or CSV."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt

from desktop.actions import bulletin
from desktop.domain.bulletin import Bulletin, BulletinTable
from desktop.domain.bulletin_words import NOTE, TOO_FEW, UNTOLD, said, saved
from desktop.domain.calendar import MONTHS, add_months, jalali
from desktop.domain.errors import Refusal
from desktop.domain.persian import isolate, to_persian_digits
from desktop.ui import choosing, places, theme
from desktop.ui.page import Heading, Kind, Page, Shell
from desktop.ui.pages.bulletin import tables
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.holders.scroller import Scroller
from desktop.ui.widgets.holders.tabs import Tabs
from desktop.ui.widgets.inputs.list_choice import ListChoice
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Column, Row, clear
from desktop.ui.widgets.lists.table import RowsModel, TableFrame
from desktop.ui.widgets.lists.table import Table as TableView
from desktop.ui.widgets.told.banner import Banner
from desktop.ui.widgets.told.empty import EmptyState
from desktop.ui.widgets.told.progress import Progress
from desktop.ui.work import NO_LINE, Changed, Job

_NAME = "کارنامهٔ ماهانه"
_MONTHS_BACK = 24
_DOWN = "به مرکز وصل نیستیم؛ کارنامه را مرکز می‌شمارد."
_OTHER = "ماه دیگری برگزینید."
_HTML, _CSV = "صفحهٔ وب (*.html)", "فایل متنی (*.csv)"
_TABLE = 250
_PARTS = ("به تفکیک دفتر", "به تفکیک خدمت")


class BulletinPage(Page):
    """Ctrl+Enter saves the page that is published, Shift+F8 the same for programs; F5 asks again.

    A month is counted once: what is told of it does not change, and nothing loads by itself.
    """

    listens = frozenset({Kind.DAY})
    rail = "bulletin"

    place: places.Bulletin

    def __init__(self, shell: Shell, place: places.Bulletin) -> None:
        super().__init__(shell, place)
        self.told: Bulletin | None = None
        self._turn = 0
        year, month, _ = jalali(add_months(shell.today(), -1))
        self._asked = (place.year or year, place.month or month)
        self.month = ListChoice(self._months())
        self.month.setAccessibleName("ماه")
        self.month.set_value(_value(*self._asked))
        self.month.edited.connect(self.load)
        self.fault = Banner("", "neutral", icon="wifi-off", link="تلاش دوباره")
        self.fault.followed.connect(self.load)
        self.fault.hide()
        self.progress = Progress()
        self.progress.stop.hide()
        self.progress.hide()
        self.saved = Label("", "section", "ok", weight=700)
        self.said = Label("", wrap=True)
        self.few = Label(TOO_FEW, role="text2", wrap=True)
        self.note = Label(NOTE, "small", "text2", wrap=True)
        self.tabs = Tabs(_PARTS, "جدول‌های کارنامه")
        self.tabs.changed.connect(lambda _: self._draw_table())
        self.table: TableView | None = None
        self._frame: TableFrame | None = None
        self._holder = Column(gap=0)
        self.empty = EmptyState("", "", icon="report-analytics")
        self._told_parts = (self.saved, self.said, self.few, self.tabs, self.note)
        self._build()
        theme.notifier().changed.connect(self._restyle)
        self._restyle()
        self._show_nothing()

    def _months(self) -> list[tuple[str, str]]:
        """This month, which is not over, and those before it, the newest first; that which is
        asked for, however old."""
        today = self.shell.today()
        days = (add_months(today, -back) for back in range(_MONTHS_BACK + 1))
        months = [(year, month) for year, month, _ in map(jalali, days)]
        return [(_value(*each), _words(*each)) for each in dict.fromkeys((*months, self._asked))]

    def _build(self) -> None:
        asked = Row(gap=8)
        asked.addWidget(self.month)
        asked.addWidget(self.saved)
        # The month keeps its place where nothing stands beside it.
        asked.addStretch(1)
        scroller = Scroller(gap=10, margins=(12, 20, 12, 20), full=True)
        scroller.add(self.fault)
        scroller.content.addLayout(asked)
        for part in (self.progress, self.said, self.few, self.tabs):
            scroller.add(part)
        scroller.content.addLayout(self._holder, 1)
        scroller.add(self.empty)
        scroller.add(self.note)
        scroller.content.addStretch(0)
        self.setLayout(Column(scroller, gap=0))

    def _restyle(self) -> None:
        self.month.setFixedWidth(theme.px(170))
        if self._frame is not None:
            self._frame.setMinimumHeight(theme.px(_TABLE))

    # Loading.

    def enter(self) -> None:
        """Count the month."""
        self.month.setFocus(Qt.FocusReason.OtherFocusReason)
        self.load()

    def refresh(self, changed: Changed) -> None:
        """A new day: another month may be over."""
        self.month.set_options(self._months())
        if self.told is None:
            self.load()

    def take_focus(self) -> None:
        """The table; without one the month."""
        (self.table or self.month).setFocus(Qt.FocusReason.OtherFocusReason)

    def load(self) -> None:
        """Ask the centre for the chosen month."""
        year, _, month = self.month.value().partition("/")
        if month:
            self._asked = (int(year), int(month))
        self.returns_to = places.Bulletin(*self._asked)
        self._turn += 1
        self.flow(self._asking(self._turn))

    async def _asking(self, turn: int) -> None:
        year, month = self._asked
        self._show_nothing()
        self.fault.hide()
        self.progress.start(f"کارنامهٔ {_words(year, month)} شمرده می‌شود")
        try:
            # Beside the other questions: a great city's month takes long.
            told = await Job(partial(bulletin.of_month, self.shell.seat, year, month), papers=True)
        except Refusal as no:
            if turn == self._turn:
                self._refused(no)
            return
        finally:
            if turn == self._turn:
                self.progress.finish()
        if turn == self._turn:
            self.show_bulletin(told)

    def _refused(self, no: Refusal) -> None:
        if no.field == "month":
            self.empty.say(no.words, _OTHER)
            self.empty.show()
        else:
            self.fault.set_words(_DOWN if no.words == NO_LINE else no.words)
            self.fault.show()

    # What is shown.

    def _show_nothing(self) -> None:
        self.told = None
        self.set_heading(Heading(_NAME, _words(*self._asked)))
        for part in (*self._told_parts, self.empty):
            part.hide()
        self._clear_table()
        self._arrange()

    def show_bulletin(self, told: Bulletin) -> None:
        """Show the month as it is published."""
        self.told = told
        self.saved.setText(saved(told))
        self.saved.setVisible(told.whole is not None and bool(told.saved))
        self.said.setText("\n".join(f"{each}." for each in said(told)))
        self.few.setVisible(told.whole is None)
        for part in (self.said, self.tabs, self.note):
            part.show()
        self._draw_table()
        self._arrange()

    def _part(self) -> BulletinTable | None:
        return self.told.tables[self.tabs.current()] if self.told is not None else None

    def _draw_table(self) -> None:
        part, told = self._part(), self.told
        if part is None or told is None:
            return
        self._clear_table()
        shown = tables.rows(told, part)
        if shown:
            columns = tables.columns(told)
            self.table = TableView(part.heading, columns)
            model = RowsModel(columns, self.table)
            self.table.setModel(model)
            model.set_rows(shown)
            self._frame = TableFrame(self.table)
            self._holder.addWidget(self._frame, 1)
            self._restyle()
            self.table.choose(0)
        self.empty.say(UNTOLD, "")
        self.empty.setVisible(not part.lines)

    def _clear_table(self) -> None:
        self.table = self._frame = None
        clear(self._holder)

    # The action bar.

    def _arrange(self) -> None:
        if self.bar is None:
            return
        if self.told is None:
            main = Button("دریافت دوباره", "main", icon="refresh", keys="Ctrl+Enter")
            main.clicked.connect(self.load)
            self.bar.arrange(main=main)
            return
        page = Button("ذخیرهٔ صفحهٔ وب…", "main", icon="download", keys="Ctrl+Enter")
        page.clicked.connect(lambda: self.save(".html"))
        cells = Button("خروجی متنی…", icon="table", keys="Shift+F8", tall=True)
        cells.clicked.connect(lambda: self.save(".csv"))
        again = Button("دریافت دوباره", "quiet", icon="refresh", keys="F5", tall=True)
        again.clicked.connect(self.load)
        self.bar.arrange(main=page, seconds=[cells], quiets=[again])

    def press(self, key: str) -> bool:
        """F5 asks again, Shift+F8 saves for programs, Ctrl+Tab turns the tables."""
        if key == "F5":
            self.load()
        elif key == "Shift+F8":
            self.save(".csv")
        elif key in ("Ctrl+Tab", "Ctrl+Shift+Tab"):
            self.tabs.set_current(1 - self.tabs.current())
        else:
            return False
        return True

    # Files.

    def save(self, suffix: str) -> None:
        """Ask where, and save what is shown, as a page or as CSV."""
        if self.told is None:
            return
        proposed = Path(f"{_NAME}، {self.told.month}{suffix}")
        kind = _CSV if suffix == ".csv" else _HTML
        chosen = choosing.save_file(self, "ذخیرهٔ کارنامه", proposed, kind)
        if chosen is not None:
            self.write(chosen)

    def write(self, path: Path) -> None:
        """Save what is shown there."""
        if self.told is not None:
            self.flow(self._writing(self.told, path))

    async def _writing(self, told: Bulletin, path: Path) -> None:
        try:
            await Job(partial(bulletin.save, told, path), papers=True)
        except Refusal as no:
            self.shell.tell(no.words, "refuse")
            return
        self.shell.tell(f"{isolate(path.name)} نوشته شد.")


def _value(year: int, month: int) -> str:
    return f"{year}/{month:02}"


def _words(year: int, month: int) -> str:
    return to_persian_digits(f"{MONTHS[month - 1]} {year}")
