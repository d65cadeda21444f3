"""برگه‌های سربرگ: the office's bundles, what became of each sheet, what is next in the printer."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from desktop.actions import act_drafts, stamped_sheets
from desktop.actions.stamped_sheets import Bundle, SheetsNow
from desktop.domain.errors import Refusal
from desktop.domain.persian import to_persian_digits
from desktop.domain.stamped_sheets import SheetRun
from desktop.ui import places
from desktop.ui.page import Heading, Kind, Shell
from desktop.ui.pages.acts.acting import act
from desktop.ui.pages.acts.table_page import WritingPage
from desktop.ui.pages.sheets.forms import DropSheetsForm, NextSheetForm, TakeSheetsForm
from desktop.ui.pages.sheets.side import SheetsSide
from desktop.ui.standing.chips import UNSETTLED
from desktop.ui.times import moment
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.keys import held
from desktop.ui.widgets.lists.table import TableColumn
from desktop.ui.widgets.lists.table_cells import Cell, named, quiet, timed
from desktop.ui.widgets.told.empty import EmptyState
from desktop.ui.work import Changed

_COLUMNS = (
    TableColumn("شماره‌ها", 170, stretch=2, sortable=False),
    TableColumn("سفید", 130, sortable=False),
    TableColumn("نامه بر آن", 84, sortable=False),
    TableColumn("خراب", 64, sortable=False),
    TableColumn("کنار گذاشته", 96, drop=1, sortable=False),
    TableColumn("تحویل گرفت", 136, stretch=1, drop=2, sortable=False),
    TableColumn("زمان", 96, sortable=False),
)
_NONE = "شمارهٔ برگه‌های سربرگ ثبت نمی‌شود"
_HOW = (
    "اگر شهرداری برگه‌های شماره‌دار می‌دهد، بسته را همین‌جا تحویل بگیرید؛ از آن پس هر نامه شمارهٔ "
    "برگ خود را دارد."
)


class SheetsPage(WritingPage):
    """F2 takes a bundle, F6 says which sheet is in the printer, Delete puts sheets aside."""

    place: places.StampedSheets
    form: TakeSheetsForm | DropSheetsForm | NextSheetForm | None

    listens = frozenset({Kind.SYNC, Kind.CASES})
    rail = "day-close"
    side_width = 320

    def __init__(self, shell: Shell, place: places.StampedSheets) -> None:
        empty = EmptyState(_NONE, _HOW, icon="notes")
        super().__init__(shell, place, "بسته‌های برگ", _COLUMNS, empty, act_drafts.SHEETS)
        self.set_heading(Heading("برگه‌های سربرگ", "هر برگ با شمارهٔ خود"))
        self.sheets: SheetsNow | None = None
        self.table.chosen.connect(lambda _: self.arrange_bar())
        self.put((self.form_place, 1), (self.frame, 1), (self.empty, 0))
        self.panel = SheetsSide()
        self.panel.asked.connect(self.put_aside)
        self.side = self.panel
        self.arrange_bar()

    def enter(self) -> None:
        """Load, and give the list the keys."""
        self.drafts.load()
        self._load()
        self.take_focus()

    def refresh(self, changed: Changed) -> None:
        """A letter may have been printed, or another desk took a bundle."""
        self._load()

    def _load(self) -> None:
        self.shell.work.run(self, partial(stamped_sheets.look, self.shell.seat), self._show)

    def _show(self, sheets: SheetsNow) -> None:
        self.sheets = sheets
        self.drafts.of = "برگه‌های سربرگ"
        self.draw()

    def draw(self) -> None:
        """The bundles, or the form in their place."""
        sheets = self.sheets
        if sheets is None:
            return
        stood = self.table.hasFocus() or self.hasFocus()
        self.draw_rows([(_key(each), self._cells(each)) for each in sheets.bundles])
        self.show_parts(any_rows=bool(sheets.bundles))
        self.let_side_stand(bool(sheets.bundles) and self.form is None)
        self.panel.show_sheets(sheets)
        self.arrange_bar()
        if stood:
            self.take_focus()

    def _cells(self, bundle: Bundle) -> list[Cell]:
        counts = (bundle.blank, bundle.written, bundle.spoiled, bundle.dropped)
        share = bundle.blank / bundle.run.count
        cells = [Cell(to_persian_digits(each)) if each else quiet("—") for each in counts]
        cells[0] = Cell(to_persian_digits(bundle.blank), share=share)
        taken = Cell(chip=UNSETTLED) if bundle.waiting else named(bundle.by)
        return [
            named(bundle.run.words),
            *cells,
            taken,
            timed(moment(bundle.taken_at, self.shell.now())),
        ]

    # The forms.

    def press(self, key: str) -> bool:
        """F2 and F6 open their forms; Esc leaves one."""
        opens = {"F2": self.take, "F6": self.say_next}.get(key)
        if opens is None or self.form is not None:
            return super().press(key)
        opens()
        return True

    def take(self) -> None:
        """A bundle of the municipality."""
        if self._may():
            self.open_form(TakeSheetsForm())

    def put_aside(self, run: SheetRun | None = None) -> None:
        """Blank sheets that nobody will use; which they are is read off them, unless they are
        named."""
        sheets = self.sheets
        if sheets is None or not sheets.bundles or not self._may():
            return
        form = DropSheetsForm()
        if run is not None:
            form.named.lay(run)
        self.open_form(form)

    def say_next(self) -> None:
        """Which sheet is in this desk's printer."""
        sheets = self.sheets
        if sheets is None or not sheets.bundles:
            return
        form = NextSheetForm()
        if sheets.next is not None:
            form.lay(*sheets.next)
        self.open_form(form)
        # What is thought to be there is typed over.
        form.go_to("number")

    def _may(self) -> bool:
        return self.sheets is not None and self.sheets.may and self.form is None

    @act
    async def finish(self) -> None:
        """Do what the open form asks; a refusal stands beside its cause."""
        form = self.form
        if form is None or not form.check():
            return
        try:
            await self.acting_on(self.drafts.ending(form, form.job(self.shell.seat)))
        except Refusal as no:
            form.refused(no)
            return
        self.drafts.done(form)
        self.close_form()
        self.shell.tell(form.done)
        self._load()

    def arrange_bar(self) -> None:
        """A bundle taken where the person may, else what is in the printer."""
        if self.bar is None or self.arrange_form(self.finish):
            return
        sheets = self.sheets
        seconds = []
        printer = Button("برگ داخل چاپگر…", icon="printer", keys="F6", tall=True)
        printer.clicked.connect(self.say_next)
        if sheets is not None and sheets.may:
            main = Button(
                "تحویل گرفتن بسته…", "main", icon="file-plus", keys="Ctrl+Enter", also="F2"
            )
            main.clicked.connect(self.take)
            if sheets.bundles:
                aside = Button("کنار گذاشتن برگ…", icon="file-off", keys="Delete", tall=True)
                aside.clicked.connect(lambda: self.put_aside())
                seconds = [printer, aside]
        else:
            main = Button("برگ داخل چاپگر…", "main", icon="printer", keys="Ctrl+Enter", also="F6")
            main.clicked.connect(self.say_next)
            main.setEnabled(sheets is not None and bool(sheets.bundles))
        self.bar.arrange(main=main, seconds=seconds, quiets=self.quiets())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete puts sheets aside."""
        if event.key() == Qt.Key.Key_Delete and not held(event) and self.form is None:
            self.put_aside()
        else:
            super().keyPressEvent(event)


def _key(bundle: Bundle) -> str:
    return f"{bundle.run.series}/{bundle.run.first}"
