"""The till: a day's book by clerk and kind, matched against terminal and bank, and closed."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop.actions import act_drafts, cash, till_sheet
from desktop.actions.cash import Till
from desktop.domain.calendar import format_long
from desktop.domain.cash import Entry, Match
from desktop.domain.cash_words import MATCHES, NOT_COUNTED, sums
from desktop.domain.errors import Refusal
from desktop.domain.people import Role
from desktop.domain.persian import to_persian_digits
from desktop.ui import places, theme
from desktop.ui.page import Heading, Kind, Shell
from desktop.ui.pages.acts.acting import Acting, act
from desktop.ui.pages.acts.drafts import ActDrafts
from desktop.ui.pages.papers.cover import PaperCover
from desktop.ui.pages.till import parts
from desktop.ui.pages.till.side import CashSide
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.charts.day_numbers import DayNumbers
from desktop.ui.widgets.holders.card import Card
from desktop.ui.widgets.inputs.date_line import DateLine
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Column, Row, clear
from desktop.ui.widgets.lists.led import LeadsRows
from desktop.ui.widgets.lists.table import Table, TableFrame
from desktop.ui.widgets.lists.table_cells import RowsModel
from desktop.ui.widgets.told.empty import EmptyState
from desktop.ui.work import Changed

_NOT_VOIDED = {
    True: "ثبت این پرداخت پیش از این ابطال شده است.",
    False: "وجهی که واریز یا بازگردانده شده است ابطال نمی‌شود؛ هزینه را در صفحهٔ پرونده بازگردانید.",
}


def _voidable(entry: Entry) -> bool:
    return not entry.back and entry.match not in (Match.MATCHED, Match.VOIDED)


class SumsCard(Card):
    """The sums by clerk and kind, the totals under a line.

    Over the rows it is folded until somebody asks for it: they have the height.
    """

    def __init__(self) -> None:
        super().__init__("به تفکیک ثبت‌کننده و نوع", "ریال")
        self._holder = QWidget()
        self.add(self._holder)
        self.rows: list[tuple[str, ...]] = []
        self._open, self._foldable = False, True
        self.link = self.add_link("")
        self.link.clicked.connect(self._turn)
        self._fold()

    def set_foldable(self, foldable: bool) -> None:
        """Where it has a place of its own it is always open."""
        self._foldable = foldable
        self._fold()

    def _turn(self) -> None:
        self._open = not self._open
        self._fold()

    def _fold(self) -> None:
        words = "بستن" if self._open else "دیدن"
        self.link.setText(words)
        self.link.setAccessibleName(f"{words}، {self.heading.text()}")
        self.link.updateGeometry()
        self.link.setVisible(self._foldable)
        self._holder.setVisible(self._open or not self._foldable)

    def show_rows(self, rows: list[tuple[str, ...]]) -> None:
        """A heading, the clerks, the totals."""
        if rows == self.rows:
            return
        self.rows = rows
        fresh = QWidget()
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.px(18))
        grid.setVerticalSpacing(theme.px(4))
        last = len(rows) - 1
        for number, cells in enumerate(rows):
            for at, words in enumerate(cells):
                head, strong = not number, number == last or at == len(cells) - 1
                label = Label(words, "small" if head else "body", "text2" if head else "text")
                label.set_weight(700 if strong and not head else 400)
                grid.addWidget(label, number, at)
        # Figures stand near whose they are; what is left of the width stays empty.
        grid.setColumnMinimumWidth(0, theme.px(_NAMES))
        grid.setColumnStretch(len(rows[0]), 1)
        fresh.setLayout(grid)
        clear(self.body)
        self._holder = fresh
        self.add(fresh)
        self._fold()


_NAMES = 160
_MARGINS, _NARROW_MARGINS = (12, 20, 12, 20), (6, 20, 6, 20)


class CashPage(LeadsRows, Acting):
    """صندوق: F5 reads again, Space marks what the other side lacks, Delete voids."""

    listens = frozenset({Kind.CASES, Kind.DAY})
    rail = "cash"
    side_width = 300

    place: places.Till

    def __init__(self, shell: Shell, place: places.Till) -> None:
        super().__init__(shell, place)
        self.till: Till | None = None
        self.closes = shell.seat.staff.role is Role.MANAGER
        self._narrow = False
        self._void: Button | None = None
        self._day = place.day or shell.today()
        self.day = DateLine(shell.today(), "past")
        self.day.set_value(self._day)
        self.day.setAccessibleName("روز")
        self.day.edited.connect(self._turn)
        self.day.left.connect(self._say_day)
        before = Button("روز پیش", "quiet", icon="chevron-right")
        before.clicked.connect(lambda: self._go(-1))
        after = Button("روز بعد", "quiet", icon="chevron-left")
        after.clicked.connect(lambda: self._go(1))
        again = Button("تازه‌سازی", "quiet", icon="refresh", keys="F5")
        again.clicked.connect(self.load)
        self.numbers = DayNumbers()
        self.sums = SumsCard()
        self._model = RowsModel(parts.COLUMNS, self)
        self.table = Table("ردیف‌های صندوق", parts.COLUMNS)
        self.table.setModel(self._model)
        self.table.opened.connect(self._open)
        self.table.chosen.connect(self._offer_void)
        self.frame = TableFrame(self.table)
        self.empty = EmptyState(
            "در این روز دریافتی ثبت نشده است", "روز دیگری برگزینید.", icon="cash-banknote"
        )
        top = Row(gap=8)
        theme.notifier().changed.connect(self._restyle)
        self._restyle()
        for widget in (before, self.day, after):
            top.addWidget(widget)
        top.addStretch(1)
        top.addWidget(again)
        column = self._content = Column(gap=12, margins=_MARGINS)
        column.addLayout(top)
        self._figures = Column(gap=12)
        column.addWidget(self.numbers)
        column.addLayout(self._figures)
        column.addWidget(self.frame, 1)
        column.addWidget(self.empty)
        column.addStretch(0)
        self.setLayout(column)
        self.panel = CashSide(closes=self.closes)
        self.panel.edited.connect(self._tell)
        self.panel.sheet.clicked.connect(self.show_sheet)
        self.panel.opened.connect(lambda case_id: shell.go(places.Case(case_id)))
        self.side = self.panel
        self.drafts = ActDrafts(self, act_drafts.TILL)
        self.panel.form.typed.laid.connect(self._show_again)
        self.cover = PaperCover(shell.work, self)
        self.set_narrow(narrow=False)
        self._head()

    def _restyle(self) -> None:
        """The line of the day as wide as the zoom in force wants."""
        self.day.setFixedWidth(theme.px(150))

    def enter(self) -> None:
        """The book of the day."""
        if self.closes:
            self.drafts.load()
        self.load()
        self.table.setFocus()

    def leave(self) -> None:
        """What was counted and written is kept, by its day."""
        self.drafts.leave()

    def refresh(self, changed: Changed) -> None:
        """Money may have come, or a close was settled."""
        self.load()

    def set_narrow(self, narrow: bool) -> None:
        """Narrow: sums and close stand behind «شمارش»; the table has the sums' room."""
        self._narrow = narrow
        self.numbers.set_dense(dense=narrow)
        place = self.panel.figures if narrow else self._figures
        place.addWidget(self.sums)
        self.sums.set_foldable(not narrow)
        self._content.set_margins(_NARROW_MARGINS if narrow else _MARGINS)
        self._arrange()

    def load(self) -> None:
        """Read the day's book."""
        desk, day = self.shell.seat.desk, self.shown_day()
        self.shell.work.run(self, lambda: cash.till(desk, day), self._show, self._refused)

    def shown_day(self) -> date:
        """The day that was last chosen, also while another is being typed."""
        return self._day

    def _show(self, till: Till) -> None:
        if till.book.day != self.shown_day():
            return
        self.till = till
        names = {entry.name for entry in till.book.entries if entry.match is Match.OPEN}
        self.panel.marks.keep_among(names)
        marked = self.panel.marks.names
        self.numbers.set_numbers(parts.numbers(till.book, marked))
        self.sums.show_rows(sums(till.book))
        entries = till.book.entries
        self.table.show_rows([(e.name, parts.row(e, marked)) for e in entries])
        for widget in (self.sums, self.frame):
            widget.setVisible(bool(entries))
        self.empty.setVisible(not entries)
        self._head()
        self._tell()
        self._keep_typed(till)

    def _show_again(self) -> None:
        """Marks were laid in, or taken back."""
        if self.till is not None:
            self._show(self.till)

    def _keep_typed(self, till: Till) -> None:
        """What is typed for a day that is not closed is kept for that day."""
        form, day = self.panel.form, till.book.day
        if not self.closes or till.book.settled:
            self.drafts.close(form)
            return
        form.subject, form.heading = day.isoformat(), f"بستن صندوق {format_long(day)}"
        self.drafts.of = "صندوق"
        self.drafts.follow(form)

    def _head(self) -> None:
        day, till = self.shown_day(), self.till
        words = format_long(day)
        if till is not None and till.book.day == day and till.book.settled and till.closed:
            words = f"{words}، بسته شد"
        self.set_heading(Heading("صندوق", words))

    def _tell(self) -> None:
        if self.till is not None:
            self.panel.show_till(self.till)
        self.panel.note_field.set_error(None)
        self._arrange()

    def _arrange(self) -> None:
        if self.bar is None:
            return
        main, seconds = None, []
        self._void = None
        book = self.till.book if self.till is not None else None
        told = book is not None and bool(book.entries)
        closing = self.closes and not (book is not None and book.settled)
        if closing:
            main = Button("بستن صندوق", "main", icon="lock", keys="Ctrl+Enter")
            main.clicked.connect(self.close_day)
            absent = Button(MATCHES[Match.DOUBTED], icon="x", keys="فاصله", tall=True)
            absent.clicked.connect(self.mark)
            seconds.append(absent)
        elif told:
            main = Button("برگ صندوق", "main", icon="printer", keys="Ctrl+Enter", also="F8")
            main.clicked.connect(self.show_sheet)
        if self.closes:
            words, keys = ("ابطال…", "") if self._narrow else ("ابطال ثبت…", "Delete")
            void = Button(words, icon="file-off", keys=keys, tall=True)
            void.clicked.connect(self.void)
            seconds.append(void)
            self._void = void
        back = Button("بازگشت", "quiet", icon="arrow-right", keys="Esc", tall=True)
        back.clicked.connect(self.shell.back)
        quiets = [back]
        if self._narrow:
            words = "شمارش" if self.closes else "جمع‌ها"
            more = Button(words, "quiet", keys="F7", tall=True)
            more.clicked.connect(self.shell.show_summary)
            quiets.append(more)
            if told and closing:
                sheet = Button("چاپ", "quiet", keys="F8", tall=True)
                sheet.setAccessibleName("برگ صندوق")
                sheet.clicked.connect(self.show_sheet)
                quiets.append(sheet)
        self.bar.arrange(main=main, seconds=seconds, quiets=quiets)
        self._offer_void()

    def _offer_void(self, _: int = -1) -> None:
        """Of an entry that nothing can strike no void is offered; its key says why."""
        if self._void is not None:
            entry = self.entry()
            self._void.setVisible(entry is not None and _voidable(entry))

    def _turn(self) -> None:
        day = self.day.value()
        if day is not None:
            self._day = day
            # What was counted is of its day.
            self.drafts.close(self.panel.form)
            self.panel.form.typed.restart()
            self.returns_to = places.Till(day)
            self._head()
            self.load()

    def _say_day(self) -> None:
        """What is no day is not left standing over the rows of one."""
        if self.day.value() is None:
            self.day.set_value(self._day)

    def _go(self, days: int) -> None:
        self.day.set_value(self.shown_day() + timedelta(days=days))
        self._turn()

    def show_sheet(self) -> None:
        """The day's book as a paper, to be printed and signed; the panel goes from over it."""
        self.shell.show_summary(shown=False)
        seat, day = self.shell.seat, self.shown_day()
        self.cover.show_paper("برگ صندوق", lambda: till_sheet.paper(seat, day))

    def press(self, key: str) -> bool:
        """Esc takes the paper away; F8 brings it, also where its button has no place."""
        if key == "F8" and self.till is not None and self.till.book.entries:
            if not self.cover.isVisible():
                self.show_sheet()
                return True
            return False
        return key == "Esc" and self.cover.close_cover()

    def entry(self) -> Entry | None:
        """The chosen entry."""
        entries = self.till.book.entries if self.till is not None else ()
        return next((each for each in entries if each.name == self.table.key()), None)

    def _open(self, _: int) -> None:
        entry = self.entry()
        if entry is not None:
            self.shell.go(places.Case(entry.case_id))

    def press_space(self) -> bool:
        """Terminal or bank don't have the chosen entry, or have it after all."""
        self.mark()
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete voids the chosen entry."""
        if event.key() == Qt.Key.Key_Delete:
            self.void()
        else:
            super().keyPressEvent(event)

    def mark(self) -> None:
        """The other side does not have the chosen entry; or it has."""
        entry = self.entry()
        if entry is None or self.till is None or not self.closes:
            return
        if entry.match is not Match.OPEN:
            return
        self.panel.marks.turn(entry.name)
        self._show(self.till)

    def void(self) -> None:
        """The chosen entry is struck on its case's page, with the reason."""
        entry = self.entry()
        if entry is None or not self.closes:
            return
        if not _voidable(entry):
            self.shell.tell(_NOT_VOIDED[entry.match is Match.VOIDED], "refuse")
            return
        self.shell.go(places.Case(entry.case_id, entry.mark))

    @act
    async def close_day(self) -> None:
        """Match and close; what is missing is told beside its field."""
        counted, till = self.panel.counted(), self.till
        if till is None or self.bar is None:
            return
        lacking = [tool for tool in cash.COUNTED if tool not in counted]
        for tool, field in self.panel.fields.items():
            field.set_error(NOT_COUNTED if tool in lacking else None)
        if lacking:
            # Where the bar has no room for it, the panel comes forward and says it at its fields.
            if not self._narrow:
                self.bar.say(to_persian_digits(f"{len(lacking)} جمع مانده"))
            if not self.panel.isVisible():
                self.shell.show_summary()
            self.panel.counts[lacking[0]].setFocus()
            return
        seat, day, note = self.shell.seat, till.book.day, self.panel.note.value()
        missing = self.panel.marks.names
        close = partial(cash.close_day, seat, day, counted, missing, note)
        try:
            closed = await self.acting_on(self.drafts.ending(self.panel.form, close))
        except Refusal as no:
            self._refused(no)
            return
        self.drafts.done(self.panel.form)
        self.panel.form.typed.restart()
        self._show(closed)
        self.table.setFocus()
        doubted = len(closed.book.doubted)
        if doubted:
            words = f"صندوق بسته شد؛ {doubted} پرداخت نامنطبق است و نامه‌های آن نشان‌دار شدند."
            self.shell.tell(to_persian_digits(words), "pay")
        else:
            self.shell.tell("صندوق بسته شد؛ همه منطبق است.")

    def _refused(self, no: Refusal) -> None:
        if no.field == "note":
            self.panel.note_field.show()
            self.panel.note_field.set_error(no.words)
            self.panel.note.setFocus()
        else:
            self.shell.tell(no.words, "refuse")
