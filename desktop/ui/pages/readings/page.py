"""گزارش مشاهده‌ها: who looked at which case or property, when, where, for which work."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt

from desktop.actions import offices, readers, readings
from desktop.actions.desk import Desk
from desktop.actions.readings import Wanted
from desktop.actions.spreadsheet import STOPPED
from desktop.domain.calendar import format_jalali, format_time
from desktop.domain.errors import Refusal
from desktop.domain.money import format_number
from desktop.domain.people import Role
from desktop.domain.persian import isolate, to_persian_digits
from desktop.domain.reading import Mark
from desktop.ui import choosing, places, theme
from desktop.ui.page import Heading, Kind, Shell
from desktop.ui.pages.acts.acting import Acting, act
from desktop.ui.pages.acts.drafts import ActDrafts, name_of
from desktop.ui.pages.papers.cover import PaperCover
from desktop.ui.pages.papers.exporting import ExportProgress
from desktop.ui.pages.readings.forms import LineForm, OrderForm, form_of
from desktop.ui.pages.readings.rows import COLUMNS, cells, when
from desktop.ui.pages.readings.side import ReaderSide
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.inputs.date_line import DateLine
from desktop.ui.widgets.inputs.list_choice import ListChoice
from desktop.ui.widgets.inputs.search import SearchBox
from desktop.ui.widgets.label import IconLabel, Label
from desktop.ui.widgets.layouts import Column, Flow, Row, clear
from desktop.ui.widgets.lists.led import LeadsRows
from desktop.ui.widgets.lists.paged_rows import PAGE, PagedRows
from desktop.ui.widgets.lists.table import Table, TableFrame
from desktop.ui.widgets.told.banner import Banner
from desktop.ui.widgets.told.chip import FilterChip
from desktop.ui.widgets.told.empty import EmptyState
from desktop.ui.work import NO_LINE, Changed
from desktop.wire.readings import ReaderAnswer, ReadingBody, ReadingsAnswer

_SECOND = "چه کسی، چه وقت، کدام پرونده و ملک را دید"
_SHOWN_DAYS = 30
_EVERYBODY = ("", "همهٔ کارکنان")
_MARKS = {
    Mark.ALL: ("", "text"),
    Mark.NO_CASE: ("eye-check", "review"),
    Mark.OFF_HOURS: ("clock-exclamation", "refuse"),
    Mark.TAKEN: ("printer", "text"),
    Mark.SEARCHED: ("search", "text"),
}
_STRANGE = "کد نوسازی، شمارهٔ پرونده یا شمارهٔ نامه را کامل بنویسید."
_DOWN = "به مرکز وصل نیستیم؛ این‌ها مشاهده‌های همین میز است، بقیه پس از وصل شدن."
_DOWN_CITY = "به مرکز وصل نیستیم؛ مشاهده‌ها نزد مرکز است، پس از وصل شدن می‌آید."
_NAME = "گزارش مشاهده‌ها"
_XLSX = "کارپوشهٔ اکسل (*.xlsx)"


class ReadingLogPage(LeadsRows, Acting):
    """The newest first. Enter opens the case, F8 asks for a court's order and prints, Shift+F8
    writes for Excel; at the side who it was, and what he is asked.

    Nothing loads by itself: each look at this log is written too.
    """

    place: places.ReadingLog

    listens = frozenset({Kind.DAY})
    rail = "readings"
    side_width = 300

    def __init__(self, shell: Shell, place: places.ReadingLog) -> None:
        super().__init__(shell, place)
        self.set_heading(Heading(_NAME, _SECOND))
        self.rows: dict[int, ReadingBody] = {}
        self.form: LineForm | None = None
        self.order: OrderForm | None = None
        self.local = False
        self._codes: Mapping[str, str] = {}
        self._told: ReadingsAnswer | None = None
        self._turn = 0
        self._narrow = False
        self.mark = Mark(place.mark) if place.mark in set(Mark) else Mark.ALL
        self.drafts = ActDrafts(self, "readings")
        self._make_filters(place)
        self._make_table()
        self.panel = ReaderSide()
        self.side = self.panel
        self.cover = PaperCover(shell.work, self)
        self.progress = ExportProgress()
        self._build()
        theme.notifier().changed.connect(self._restyle)
        self._restyle()
        self.arrange_bar()

    def _make_filters(self, place: places.ReadingLog) -> None:
        today = self.shell.today()
        self.search = SearchBox(
            "کد نوسازی، شمارهٔ پرونده یا نامه", width="fill", name="جست‌وجو در مشاهده‌ها"
        )
        self.search.set_value(place.about)
        self.search.searched.connect(lambda _: self.load())
        self.first, self.last = DateLine(today, "past"), DateLine(today, "past")
        # What is looked at, also while another day is typed.
        self._days = (place.first or today - timedelta(days=_SHOWN_DAYS), place.last or today)
        self.first.set_value(self._days[0])
        if place.last:
            self.last.set_value(place.last)
        else:
            self.last.offer()
        self.staff = ListChoice([_EVERYBODY])
        self._asked_staff = place.staff
        for control, name in (
            (self.first, "از روز"),
            (self.last, "تا روز"),
            (self.staff, "کارمند"),
        ):
            control.setAccessibleName(name)
            control.edited.connect(self.load)
        for line in (self.first, self.last):
            line.left.connect(self._say_days)
        self.chips: dict[Mark, FilterChip] = {}
        for mark, (icon, tone) in _MARKS.items():
            chip = FilterChip(mark.word, icon=icon, tone=tone)
            chip.clicked.connect(lambda _=False, mark=mark: self.choose_mark(mark))
            self.chips[mark] = chip

    def _make_table(self) -> None:
        self.model = PagedRows(COLUMNS, self._ask_rows, self)
        self.table = Table(_NAME, COLUMNS)
        self.table.setModel(self.model)
        self.table.chosen.connect(lambda _: self._chose())
        self.table.opened.connect(lambda _: self.open_case())
        self.frame = TableFrame(self.table)
        self.frame.hide()
        self.empty = EmptyState("", "", icon="eye-off")
        self.empty.hide()
        self.fault = Banner("", "neutral", icon="wifi-off", link="تلاش دوباره")
        self.fault.followed.connect(self.load)
        self.fault.hide()
        self.broken = Banner("", "refuse", icon="alert-triangle")
        self.broken.hide()
        self._foot_icon = IconLabel("lock", 14, "text2")
        self.foot = Label("", "small", "text2", wrap=True)

    def _build(self) -> None:
        asked = Row(gap=8)
        asked.addWidget(self.search, 1)
        for widget in (
            Label("از", "small", "text2"),
            self.first,
            Label("تا", "small", "text2"),
            self.last,
            self.staff,
        ):
            asked.addWidget(widget)
        foot = Row(self._foot_icon, gap=6)
        foot.addWidget(self.foot, 1)
        self._order_place = Column(gap=0)
        column = Column(gap=10, margins=(12, 20, 12, 20))
        column.addLayout(asked)
        column.addLayout(Flow(*self.chips.values(), gap=6, row_gap=6))
        column.addWidget(self.fault)
        column.addWidget(self.broken)
        column.addWidget(self.progress)
        column.addLayout(self._order_place)
        column.addWidget(self.frame, 1)
        column.addWidget(self.empty)
        column.addLayout(foot)
        column.addStretch(0)
        self.setLayout(column)
        # As what is listed was looked for, whatever has been typed since.
        self._looked = self.wanted()

    def _say_days(self) -> None:
        """What is no day is not left standing over the rows of others."""
        for line, day in zip((self.first, self.last), self._days, strict=True):
            if line.value() is None:
                line.set_value(day)

    def _restyle(self) -> None:
        for line in (self.first, self.last):
            line.setFixedWidth(theme.px(122))
        self.staff.setFixedWidth(theme.px(160))

    # Loading.

    def enter(self) -> None:
        """The offices' codes from this desk, the lines from the centre."""
        self.drafts.load()
        self.shell.work.run(self, partial(_codes, self.shell.seat.desk), self._coded)
        self.load()
        self.setFocus()

    def leave(self) -> None:
        """What is typed is kept."""
        self.drafts.leave()

    def refresh(self, changed: Changed) -> None:
        """Another day."""
        self.load()

    def _coded(self, codes: Mapping[str, str]) -> None:
        self._codes = codes
        if self._told is not None:
            self.model.set_count(self._told.total)
            self._chose()

    def wanted(self) -> Wanted:
        """What is looked for."""
        # The days of before while another is typed.
        self._days = (self.first.value() or self._days[0], self.last.value() or self._days[1])
        return Wanted(
            first=self._days[0],
            last=self._days[1],
            about=self.search.value(),
            staff=self.staff.value(),
            mark=self.mark,
        )

    def choose_mark(self, mark: Mark) -> None:
        """Only the lines that stand out so."""
        self.mark = mark
        self.load()

    def load(self) -> None:
        """Ask the centre for the first of them."""
        self._turn += 1
        wanted, turn = self.wanted(), self._turn
        if self._asked_staff:
            wanted = replace(wanted, staff=self._asked_staff)
        self._looked = wanted
        self.returns_to = places.ReadingLog(
            wanted.about, wanted.staff, wanted.mark.value, wanted.first, wanted.last
        )
        for mark, chip in self.chips.items():
            chip.setChecked(mark is self.mark)
        self.shell.work.run(
            self,
            partial(readings.log, self.shell.seat, wanted, 0, PAGE),
            lambda told: self._came(turn, told),
            lambda no: self._failed(turn, no),
            line=True,
        )

    def _came(self, turn: int, told: ReadingsAnswer) -> None:
        if turn != self._turn:
            return
        self.local = False
        self.fault.hide()
        self._name_people(told)
        self.show_answer(told)

    def _failed(self, turn: int, no: Refusal) -> None:
        if turn != self._turn:
            return
        if no.words != NO_LINE:
            self._tell_fault(no.words)
            return
        self.local = True
        if self.shell.seat.staff.role.is_municipal:
            self._tell_fault(_DOWN_CITY)
            self.arrange_bar()
            return
        self._tell_fault(_DOWN)
        # The centre alone knows which of them stand out.
        own = replace(self.wanted(), about="", staff="", mark=Mark.ALL)
        job = partial(readings.of_desk, self.shell.seat, own)
        self.shell.work.run(self, job, self.show_answer)

    def _tell_fault(self, words: str) -> None:
        self.fault.set_words(words)
        self.fault.show()

    def _name_people(self, told: ReadingsAnswer) -> None:
        options = [_EVERYBODY, *((each.staff_id, each.name) for each in told.people)]
        if told.people and tuple(options) != self.staff.options():
            chosen = self._asked_staff or self.staff.value()
            self.staff.set_options(options)
            self.staff.set_value(chosen if chosen in dict(options) else "")
        self._asked_staff = ""
        self.staff.setVisible(len(told.people) > 1)

    def show_answer(self, told: ReadingsAnswer) -> None:
        """Show the lines that came, of as many as there are."""
        stood = self.table.hasFocus() or self.hasFocus()
        self._told = told
        self.rows = dict(enumerate(told.rows))
        self.model.set_count(told.total)
        for mark, chip in self.chips.items():
            chip.set_count(told.counts.get(mark.value, 0))
            chip.setVisible(mark in (Mark.ALL, self.mark) or bool(told.counts.get(mark.value)))
        self.frame.setVisible(bool(told.total))
        self.empty.setVisible(not told.total)
        if not told.understood:
            self.empty.say(_STRANGE, "")
        elif self.search.value():
            self.empty.say("کسی در این بازه این را ندیده است", "")
        else:
            self.empty.say("در این بازه مشاهده‌ای ثبت نشده است", "")
        self._tell_chain(told)
        if told.total:
            self.table.choose(max(0, min(self.table.row(), told.total - 1)))
        self._chose()
        if stood:
            self.take_focus()

    def _tell_chain(self, told: ReadingsAnswer) -> None:
        now = self.shell.now()
        if told.breaks:
            last = told.breaks[0]
            office = self._codes.get(last.office, "")
            desk = f"دفتر {office}، باجهٔ {last.desk}" if office else f"میز {last.desk}"
            moment = when(last.at, now)
            words = f"زنجیرهٔ {desk} در {moment} گسسته است؛ به مرکز گزارش شد."
            self.broken.set_words(to_persian_digits(words))
        self.broken.setVisible(bool(told.breaks))
        self._tell_foot()

    def _tell_foot(self) -> None:
        told, now = self._told, self.shell.now()
        if told is None:
            return
        shown = len(self.rows)
        right = all(row.right for row in self.rows.values()) and not told.breaks
        chain = f"؛ پیوستگی تا {when(told.time, now)} درست است" if right and not self.local else ""
        words = f"{shown} از {told.total} سطر؛ سطرها پیوسته ثبت می‌شود و پاک‌شدنی نیست{chain}."
        self.foot.setText(to_persian_digits(words))

    def _ask_rows(self, first: int, count: int) -> None:
        wanted = range(first, first + count)
        if self.local or all(at in self.rows for at in wanted):
            self._put_rows(first, [self.rows[at] for at in wanted if at in self.rows])
            return
        turn = self._turn
        job = partial(readings.log, self.shell.seat, self._looked, first, count)

        def came(told: ReadingsAnswer) -> None:
            if turn == self._turn:
                self.rows.update(enumerate(told.rows, start=first))
                self._put_rows(first, told.rows)
                self._tell_foot()

        self.shell.work.run(self, job, came, lambda no: self._failed(turn, no), line=True)

    def _put_rows(self, first: int, found: list[ReadingBody]) -> None:
        now = self.shell.now()
        self.model.put(first, [cells(row, self._codes, now) for row in found])

    # The chosen line.

    @property
    def line(self) -> ReadingBody | None:
        """The chosen line."""
        return self.rows.get(self.table.row())

    def _chose(self) -> None:
        line, now = self.line, self.shell.now()
        if self.form is not None:
            self.drafts.close(self.form)
        self.form = form_of(self.shell.seat, line) if line is not None and not self.local else None
        self.let_side_stand(line is not None)
        self.panel.show_line(line, self._codes, now)
        self.panel.show_asked(line, self.form, now)
        if self.form is not None:
            self.drafts.follow(self.form)
        self.arrange_bar()
        if line is not None and line.actor and not self.local:
            job = partial(readers.reader, self.shell.seat, line.actor)
            self.shell.work.run(self, job, self._show_month, lambda _: None, line=True)

    def _show_month(self, told: ReaderAnswer) -> None:
        if self.line is not None and self.line.actor == told.staff:
            self.panel.show_month(told)

    def open_case(self) -> None:
        """Enter: the case of the chosen line."""
        line = self.line
        if line is None or not line.case_id:
            return
        municipal = self.shell.seat.staff.role.is_municipal
        page = places.MunicipalCase if municipal else places.Case
        self.shell.go(page(line.case_id))

    @act
    async def send(self) -> None:
        """The main key: the question, or the answer, goes to its line."""
        form = self.form
        if form is None or not form.check():
            return
        job, name = self.drafts.ending(form, form.job(self.shell.seat)), name_of(form)
        try:
            await self.acting_on(job, line=True)
        except Refusal as no:
            if form is self.form:
                form.refused(no)
            else:
                # Another line is chosen meanwhile; what was typed is kept with its own.
                self.shell.tell(no.words, "refuse")
            return
        if form is self.form:
            self.drafts.done(form)
            self.form = None
        else:
            self.drafts.drop(name)
        self.load()

    # Paper and file.

    def ask_order(self) -> None:
        """F8: by whose order; before it nothing goes on paper."""
        if self.order is None and self._told is not None and not self.local:
            try:
                readings.demand_for_paper(self._told.total)
            except Refusal as no:
                self.shell.tell(no.words, "pay")
                return
            self.order = OrderForm()
            self._order_place.addWidget(self.order)
            self.drafts.follow(self.order)
        if self.order is not None:
            self.order.order.setFocus(Qt.FocusReason.OtherFocusReason)
        self.arrange_bar()

    def close_order(self) -> None:
        """Back to the list; what was typed is kept."""
        if self.order is not None:
            self.drafts.close(self.order)
            clear(self._order_place)
            self.order = None
            self.arrange_bar()
            self.take_focus()

    @act
    async def show_paper(self) -> None:
        """The lines as they are looked for, on paper for the court."""
        form, seat = self.order, self.shell.seat
        if form is None or not form.check():
            return
        number = form.number()
        wanted, period = self._looked, self._period()
        job = partial(readings.for_paper, seat, wanted, number)
        try:
            rows = await self.acting_on(self.drafts.ending(form, job), line=True)
        except Refusal as no:
            form.refused(no)
            return
        self.drafts.done(form)
        self.order = None
        clear(self._order_place)
        self.arrange_bar()
        draw = partial(readings.paper, seat, rows, period, number)
        self.cover.show_paper(f"{_NAME}، دستور {isolate(to_persian_digits(number))}", draw)

    def _period(self) -> str:
        wanted = self._looked
        ends = (isolate(format_jalali(wanted.first)), isolate(format_jalali(wanted.last)))
        return ends[0] if wanted.first == wanted.last else f"{ends[0]} تا {ends[1]}"

    def export(self) -> None:
        """Shift+F8: ask where, and write what is listed."""
        if self._told is None or self.local or self.progress.is_running:
            return
        chosen = choosing.save_file(self, "خروجی", Path(f"{_NAME}.xlsx"), _XLSX)
        if chosen is not None:
            self.write(chosen)

    def write(self, path: Path) -> None:
        """Write all that is listed there; «لغو» and Esc stop it."""
        self.flow(self._writing(path))

    async def _writing(self, path: Path) -> None:
        job = partial(readings.write, self.shell.seat, path, self._looked)
        total = self._told.total if self._told is not None else 0
        try:
            count = await self.progress.follow(job, total)
        except Refusal as no:
            self.shell.tell(no.words, "neutral" if no.words == STOPPED else "refuse")
            return
        self.shell.tell(f"{format_number(count)} سطر در {isolate(path.name)} نوشته شد.")

    # The bar and keys.

    def arrange_bar(self) -> None:
        """The question, the answer, the case, or the list anew: whatever the line allows."""
        if self.bar is None:
            return
        if self.order is not None:
            main = Button(self.order.button, "main", icon="printer", keys="Ctrl+Enter")
            main.clicked.connect(self.show_paper)
            leave = Button("انصراف", "second", keys="Esc", tall=True)
            leave.clicked.connect(self.close_order)
            self.bar.arrange(main=main, seconds=[leave])
            return
        back = Button("بازگشت", "quiet", icon="arrow-right", keys="Esc", tall=True)
        back.clicked.connect(self.shell.back)
        quiets = [back]
        if self._told is not None and self._told.total and not self.local:
            if self._for_court:
                paper = Button("چاپ برای دادگاه", "quiet", icon="printer", keys="F8", tall=True)
                paper.clicked.connect(self.ask_order)
                quiets.append(paper)
            book = Button("خروجی اکسل", "quiet", icon="table", keys="Shift+F8", tall=True)
            book.clicked.connect(self.export)
            quiets.append(book)
        if self._narrow and self.side_stands:
            summary = Button("خلاصهٔ سطر", "quiet", keys="F7", tall=True)
            summary.clicked.connect(self.shell.show_summary)
            quiets.append(summary)
        main = self._main()
        self.bar.arrange(main=main, quiets=quiets, sentence=self._sentence())

    @property
    def _for_court(self) -> bool:
        return self.shell.seat.staff.role in (Role.MANAGER, Role.SUPERVISOR)

    def _main(self) -> Button:
        if self.form is not None:
            main = Button(self.form.button, "main", icon=self.form.icon, keys="Ctrl+Enter")
            main.clicked.connect(self.send)
        elif self.line is not None and self.line.case_id:
            words = "باز کردن پرونده"
            main = Button(words, "main", icon="folder-open", keys="Ctrl+Enter", also="Enter")
            main.clicked.connect(self.open_case)
        else:
            main = Button("تازه‌سازی", "main", icon="refresh", keys="Ctrl+Enter", also="F5")
            main.clicked.connect(self.load)
        return main

    def _sentence(self) -> str:
        if self._told is None or self.local or self._narrow:
            return ""
        return f"همین نگاه شما هم ثبت شد، {isolate(format_time(self._told.time))}"

    def set_narrow(self, narrow: bool) -> None:
        """Narrow: the panel opens by F7 in place of the list."""
        self._narrow = narrow
        self.arrange_bar()

    def take_focus(self) -> None:
        """The list has the keys; without a line what it is looked for by."""
        first = self.search if self.frame.isHidden() else self.table
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def press(self, key: str) -> bool:
        """Esc leaves paper and order; F3 the search, F5 anew, F7 the panel where it is narrow."""
        if key == "Esc":
            if self.cover.close_cover() or self.progress.stop_export():
                return True
            if self.order is not None:
                self.close_order()
                return True
            return False
        if key == "F3":
            self.search.setFocus()
            self.search.selectAll()
        elif key == "F5":
            self.load()
        elif key == "F8" and self._for_court and not self.cover.isVisible():
            self.ask_order()
        elif key == "Shift+F8":
            self.export()
        elif key == "F7" and self._narrow:
            self.shell.show_summary()
        else:
            return False
        return True

    def led_rows(self) -> Table:
        """The list."""
        return self.table


def _codes(desk: Desk) -> dict[str, str]:
    """By id, the codes of the offices; the municipality's own has none."""
    return {of: card.code for of, card in offices.offices(desk).items()}
