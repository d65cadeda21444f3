"""The cases of a figure of the city: from where one comes, each case, and its office told of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt

from desktop.actions import (
    announcements,
    board,
    city_board,
    city_report,
    offices,
    registers,
    reviewing,
)
from desktop.actions.spreadsheet import STOPPED
from desktop.actions.spreadsheet import Cell as Value
from desktop.domain.announcement import About, Announcement
from desktop.domain.case import Case
from desktop.domain.errors import Refusal
from desktop.domain.letter import Table as PaperTable
from desktop.domain.money import format_number
from desktop.domain.persian import isolate, to_persian_digits
from desktop.domain.service import Service
from desktop.domain.state import State
from desktop.ui import choosing, places
from desktop.ui.page import Heading, Kind, Shell
from desktop.ui.pages.acts.acting import Acting, act
from desktop.ui.pages.acts.drafts import ActDrafts
from desktop.ui.pages.board import case_rows
from desktop.ui.pages.papers.cover import PaperCover
from desktop.ui.pages.papers.exporting import ExportProgress
from desktop.ui.pages.review.pass_on_form import PassOnForm
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.layouts import Column
from desktop.ui.widgets.lists.led import LeadsRows
from desktop.ui.widgets.lists.paged_rows import PagedRows
from desktop.ui.widgets.lists.table import Table, TableFrame
from desktop.ui.widgets.told.banner import Banner
from desktop.ui.widgets.told.empty import EmptyState
from desktop.ui.work import Changed, Job
from desktop.wire.board_cases import BoardCase, BoardCasesAnswer, Figure
from desktop.wire.reviewing import ReviewFileAnswer

_XLSX, _CSV = "کارپوشهٔ اکسل (*.xlsx)", "فایل متنی (*.csv)"
_NOT_AT_EXPERTS = "پرونده‌ای واگذار می‌شود که نزد کارشناس است."
_AT_ONCE = 200
_ON_PAPER = 2_000
_TOO_MANY = f"بیش از {_ON_PAPER} پرونده روی کاغذ نمی‌آید؛ خروجی اکسل بگیرید یا فهرست را تنگ‌تر کنید."


class CityCasesPage(LeadsRows, Acting):
    """Enter opens the case, Space ticks it; F8 prints the list, Shift+F8 writes it for Excel."""

    listens = frozenset({Kind.SYNC})
    rail = "city-day"

    place: places.CityCases

    def __init__(self, shell: Shell, place: places.CityCases) -> None:
        super().__init__(shell, place)
        self._rows: dict[int, BoardCase] = {}
        self._services: dict[str, Service] = {}
        self._asking = 0
        self._narrow = False
        self.ticked: dict[str, BoardCase] = {}
        self.total = 0
        self.form: PassOnForm | None = None
        self._handed: list[BoardCase] = []
        self.drafts = ActDrafts(self, "city-cases")
        self.model = PagedRows(case_rows.COLUMNS, self._bring, self)
        self.table = Table("پرونده‌ها", case_rows.COLUMNS)
        self.table.setModel(self.model)
        self.table.opened.connect(self._open)
        self.frame = TableFrame(self.table)
        self.empty = EmptyState("پرونده‌ای در این شمار نیست.", "بازهٔ دیگری برگزینید.")
        self.empty.hide()
        self.fault = Banner("", "neutral", icon="wifi-off", link="تلاش دوباره")
        self.fault.followed.connect(self.load)
        self.fault.hide()
        self.progress = ExportProgress()
        self.cover = PaperCover(shell.work, self)
        self._above = Column(gap=0)
        column = Column(self.fault, gap=10, margins=(12, 20, 12, 20))
        column.addWidget(self.progress)
        column.addLayout(self._above)
        column.addWidget(self.frame, 1)
        column.addWidget(self.empty)
        column.addStretch(0)
        self.setLayout(column)
        self.set_heading(Heading(place.title, place.second))
        self._arrange()

    def enter(self) -> None:
        """The list as the centre has it now."""
        self.drafts.load()
        self.load()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        """What is typed is kept."""
        self.drafts.leave()

    def refresh(self, changed: Changed) -> None:
        """Ask again; the place in the list stays."""
        self.load()

    def set_narrow(self, narrow: bool) -> None:
        """Narrow: keys leave their icons."""
        self._narrow = narrow
        self._arrange()

    # Loading and showing.

    def load(self) -> None:
        """The first rows and how many there are."""
        self._asking += 1
        number, seat, desk = self._asking, self.shell.seat, self.shell.seat.desk

        def job() -> tuple[BoardCasesAnswer, dict[str, Service]]:
            return city_board.cases(seat, self.place.of, 0, _AT_ONCE), board.services_known(desk)

        def shown(found: tuple[BoardCasesAnswer, dict[str, Service]]) -> None:
            if number == self._asking:
                answer, self._services = found
                self._loaded(answer)

        self.shell.work.run(self, job, shown, self._refused, line=True)

    def _loaded(self, answer: BoardCasesAnswer) -> None:
        self.fault.hide()
        self._rows, self.total = dict(enumerate(answer.rows)), answer.total
        if len(answer.rows) == answer.total:
            # What has left the list since is nobody's to be reminded of.
            here = {row.case_id for row in answer.rows}
            self.ticked = {ident: each for ident, each in self.ticked.items() if ident in here}
        self.model.set_count(answer.total)
        self.frame.setVisible(bool(answer.total))
        self.empty.setVisible(not answer.total)
        title = f"{self.place.title}، {format_number(answer.total)} پرونده"
        self.set_heading(Heading(title, self.place.second))
        if answer.total and self.table.row() < 0:
            self.table.choose(0)
        self._arrange()

    def shown(self) -> list[tuple[int, BoardCase]]:
        """The rows that have come, each with its place."""
        return sorted(self._rows.items())

    def _refused(self, no: Refusal) -> None:
        self.fault.set_words(no.words)
        self.fault.show()

    def _bring(self, first: int, count: int) -> None:
        wanted = range(first, min(first + count, self.total))
        if all(at in self._rows for at in wanted):
            self._put(first, [self._rows[at] for at in wanted])
            return
        number, seat = self._asking, self.shell.seat

        def shown(answer: BoardCasesAnswer) -> None:
            if number == self._asking:
                self._rows |= {first + at: row for at, row in enumerate(answer.rows)}
                self._put(first, answer.rows[:count])

        def job() -> BoardCasesAnswer:
            return city_board.cases(seat, self.place.of, first, _AT_ONCE)

        self.shell.work.run(self, job, shown, self._refused, line=True)

    def _put(self, first: int, rows: Sequence[BoardCase]) -> None:
        today = self.shell.today()
        cells = [
            case_rows.cells(row, self._services, today, ticked=row.case_id in self.ticked)
            for row in rows
        ]
        self.model.put(first, cells)

    def _open(self, row: int) -> None:
        if row in self._rows:
            self.shell.go(places.MunicipalCase(self._rows[row].case_id))

    def press_space(self) -> bool:
        """It ticks the chosen row, and goes on to the next."""
        row = self.table.row()
        known = row in self._rows
        if known:
            self._tick(row)
        return known

    def _tick(self, row: int) -> None:
        case = self._rows[row]
        if self.ticked.pop(case.case_id, None) is None:
            self.ticked[case.case_id] = case
        page = row - row % case_rows.PAGE
        rows = [self._rows[at] for at in range(page, page + case_rows.PAGE) if at in self._rows]
        self._put(page, rows)
        self.table.choose(row + 1)
        self._arrange()

    # Acts.

    def _arrange(self) -> None:
        if self.bar is None:
            return
        if self.form is not None:
            main = Button(self.form.button, "main", icon=self.form.icon, keys="Ctrl+Enter")
            main.clicked.connect(self.run_form)
            leave = Button("انصراف", "quiet", icon="x", keys="Esc", tall=True)
            leave.clicked.connect(self._put_away)
            self.bar.arrange(main=main, quiets=[leave])
            return
        narrow = self._narrow
        main = Button("باز کردن پرونده", "main", icon="list-details", keys="Ctrl+Enter")
        main.clicked.connect(lambda: self._open(self.table.row()))
        tell = Button("پیام…" if narrow else "پیام به دفتر…", icon="send", tall=True)
        tell.clicked.connect(partial(self.write_to_offices, reminding=False))
        seconds = [tell]
        if self.place.of.figure is Figure.LATE:
            remind = Button("یادآوری…", icon="clock-exclamation", tall=True)
            remind.clicked.connect(partial(self.write_to_offices, reminding=True))
            hand = Button("واگذاری…" if narrow else "واگذاری به…", icon="users", tall=True)
            hand.clicked.connect(self.hand_over)
            seconds += [remind, hand]
        paper = Button("چاپ", "quiet", icon="printer", keys="F8", tall=True)
        paper.clicked.connect(self.show_paper)
        words = "اکسل" if narrow else "خروجی اکسل"
        excel = Button(words, "quiet", icon="table", keys="Shift+F8", tall=True)
        excel.clicked.connect(lambda: self.export(".xlsx"))
        plain = Button("متنی" if narrow else "خروجی متنی", "quiet", icon="download", tall=True)
        plain.clicked.connect(lambda: self.export(".csv"))
        quiets = [paper, excel, plain]
        for button in (main, *seconds, *quiets):
            button.setEnabled(bool(self.total))
        count = len(self.ticked)
        said = to_persian_digits(f"{count} برگزیده") if count else ""
        self.bar.arrange(main=main, seconds=seconds, quiets=quiets, sentence=said)

    def press(self, key: str) -> bool:
        """Esc takes the paper away or stops the export; F5 loads anew."""
        if key == "Esc":
            return self.cover.close_cover() or self._put_away() or self.progress.stop_export()
        if key == "F8" and self.cover.isVisible():
            self.cover.paper.print_now()
            return True
        acts: dict[str, Callable[[], None]] = {
            "F5": self.load,
            "F8": self.show_paper,
            "Shift+F8": partial(self.export, ".xlsx"),
        }
        act = acts.get(key)
        if act is not None:
            act()
        return act is not None

    def write_to_offices(self, _: bool = False, *, reminding: bool) -> None:
        """An announcement to the offices of the ticked cases, or of the chosen one, begun."""
        if chosen := self._chosen():
            self.flow(self._begin(chosen, reminding))

    def _chosen(self) -> list[BoardCase]:
        """The ticked cases, else the one on which the keys are."""
        if not self.ticked and self.table.row() in self._rows:
            return [self._rows[self.table.row()]]
        return list(self.ticked.values())

    async def _begin(self, chosen: list[BoardCase], reminding: bool) -> None:
        desk = self.shell.seat.desk
        cards = await Job(lambda: offices.offices(desk))
        codes = {case.office for case in chosen}
        begun = Announcement(
            announcements.new_announcement(),
            About.NOTE,
            case_rows.TITLES[reminding],
            case_rows.letter_words(chosen, reminding=reminding),
            self.shell.now(),
            "",
            offices=tuple(key for key, card in cards.items() if card.code in codes),
        )
        self.shell.go(places.Announcing(begun))

    def hand_over(self) -> None:
        """Of the chosen cases those that an expert has before him: to which one, and why."""
        if self.form is not None:
            return
        self._handed = [case for case in self._chosen() if case.state == State.IN_REVIEW.value]
        if self._handed:
            self.act(self._ask_whom(self._handed[0].case_id))
        else:
            self.shell.tell(_NOT_AT_EXPERTS, "pay")

    async def _ask_whom(self, case_id: str) -> None:
        seat = self.shell.seat

        def job() -> tuple[Case, ReviewFileAnswer]:
            return board.municipal_look(seat, case_id).case, reviewing.file(seat, case_id)

        try:
            case, told = await self.acting_on(job, line=True)
        except Refusal as no:
            self.shell.tell(no.words, "refuse")
            return
        form = self.form = PassOnForm(case, told.experts, seat.staff.staff_id)
        self._above.addWidget(form)
        self._arrange()
        first = form.first()
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)
        self.drafts.follow(form)

    @act
    async def run_form(self) -> None:
        """Hand the cases over, one by one; one that can't be is told, and stays ticked."""
        form, seat = self.form, self.shell.seat
        if form is None or not form.check():
            return
        to, reason = form.chosen()
        left: dict[str, BoardCase] = {}
        refused = ""
        for number, each in enumerate(self._handed, start=1):
            if self.bar is not None:
                self.bar.say(to_persian_digits(f"{number} از {len(self._handed)}"))

            def job(case_id: str = each.case_id) -> None:
                case = board.municipal_look(seat, case_id).case
                reviewing.assign(seat, case, to, reason)

            try:
                await self.acting_on(job, line=True)
            except Refusal as no:
                refused = refused or no.words
                left[each.case_id] = each
        done = len(self._handed) - len(left)
        words = f"{done} پرونده واگذار شد." if done else ""
        words += f" {len(left)} پرونده واگذار نشد: {refused}" if left else ""
        if done:
            self.drafts.done(form)
            self._put_away()
            self.ticked = left
            self.load()
        self.shell.tell(to_persian_digits(words.strip()), "pay" if left else "ok")

    def _put_away(self) -> bool:
        if self.stays():
            return True
        form, self.form = self.form, None
        if form is None:
            return False
        self.drafts.close(form)
        form.hide()
        form.deleteLater()
        self._arrange()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    # Paper and files.

    def show_paper(self) -> None:
        """F8: the list on paper, where it is not too long for one."""
        if self.total > _ON_PAPER:
            self.shell.tell(to_persian_digits(_TOO_MANY), "pay")
            return
        if self.total:
            self.cover.show_paper(self.place.title, self._drawn)

    def _drawn(self) -> bytes:
        seat = self.shell.seat
        rows = tuple(
            tuple(to_persian_digits(str(value)) for value in self._values(case))
            for page in city_board.all_cases(seat, self.place.of)
            for case in page
        )
        columns = tuple(heading.words for heading in case_rows.HEADINGS)
        table = PaperTable(columns, rows)
        return registers.sheet(seat, self.place.title, self.place.second, table)

    def _values(self, case: BoardCase) -> Sequence[Value]:
        return case_rows.values(case, self._services)

    def export(self, suffix: str) -> None:
        """Ask where, and write the whole list."""
        if not self.total or self.progress.is_running:
            return
        kind = _XLSX if suffix == ".xlsx" else _CSV
        chosen = choosing.save_file(self, "خروجی", Path(f"{self.place.title}{suffix}"), kind)
        if chosen is not None:
            self.write(chosen)

    def write(self, path: Path) -> None:
        """Write the list there; «لغو» and Esc stop it."""
        self.flow(self._writing(path))

    async def _writing(self, path: Path) -> None:
        job = partial(
            city_report.write_cases,
            self.shell.seat,
            self.place.of,
            path,
            case_rows.HEADINGS,
            self._values,
        )
        try:
            await self.progress.follow(job, self.total)
        except Refusal as no:
            self.shell.tell(no.words, "neutral" if no.words == STOPPED else "refuse")
            return
        self.shell.tell(f"{isolate(path.name)} نوشته شد.")
