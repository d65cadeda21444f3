"""آموزش متصدیان: offices by services, who lacks what first; beside it the nearest day."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.actions import (
    announcements,
    delegations,
    office_list,
    readiness,
    registry,
    training_import,
    training_sheet,
)
from desktop.actions.desk import Desk, Seat
from desktop.domain.announcement import About, Announcement
from desktop.domain.calendar import format_jalali
from desktop.domain.errors import Refusal
from desktop.domain.persian import to_persian_digits
from desktop.domain.readiness import BeginningDay, Matrix, OfficeRow, reminder_title, reminder_words
from desktop.domain.service import Service
from desktop.domain.training import Training
from desktop.ui import places, theme
from desktop.ui.choosing import save_file
from desktop.ui.city_words import district_name
from desktop.ui.page import Heading, Kind, Shell
from desktop.ui.pages.acts.acting import Acting, act
from desktop.ui.pages.papers.cover import PaperCover
from desktop.ui.pages.trained.sheet_form import (
    SheetCover,
    TrainingSheetForm,
    pick_pattern,
    pick_sheet,
)
from desktop.ui.pages.trained.side import LISTED, MatrixSide
from desktop.ui.pages.trained.table import MatrixTable
from desktop.ui.pages.trained.words import (
    ALL,
    EVERY,
    LACKING,
    LEARNING,
    OFTEN,
    RENEWING,
    columns_of,
    line_of,
    name_of,
    rows_of,
    services_of,
)
from desktop.ui.widgets.button import Button, Link
from desktop.ui.widgets.inputs.list_choice import ListChoice
from desktop.ui.widgets.inputs.search import SearchBox
from desktop.ui.widgets.keys import onward
from desktop.ui.widgets.label import IconLabel, Label
from desktop.ui.widgets.layouts import Column, Flow, Row
from desktop.ui.widgets.lists.table import TableFrame
from desktop.ui.widgets.told.chip import FilterChip
from desktop.ui.widgets.told.empty import EmptyState
from desktop.ui.work import Changed

PAGE = 200
"""So many offices stand in the table at once; the chips count all."""
# What a choice over the table needs with the air beside it, and the page's margins.
_CHOICE, _SIDES = 146, 40
_LEADING = Qt.AlignmentFlag.AlignLeading
_BOOKS = "فایل اکسل (*.xlsx)"
_TITLE = "آموزش متصدیان"
_LEGEND = (
    ("user-check", "ok", "شمار متصدی آموزش‌دیده"),
    ("alert-triangle", "pay", "متصدی آموزش‌دیده ندارد"),
    ("school", "visit", "کسی در حال آموزش است"),
    ("clock", "pay", "خدمت تغییر کرده؛ مهلت درس تازه"),
    ("minus", "text2", "واگذار نشده است"),
)


@dataclass(frozen=True)
class _Loaded:
    matrix: Matrix
    records: Mapping[tuple[str, str], Training] = field(default_factory=dict)


class TrainedPage(Acting):
    """Arrows go from cell to cell, Enter opens the people of one, F8 prints; `pick_…` ask a person
    for paths."""

    place: places.Trained

    listens = frozenset({Kind.PUBLISHED, Kind.DAY})
    rail = "trained"
    side_width = 300

    def __init__(self, shell: Shell, place: places.Trained) -> None:
        super().__init__(shell, place)
        self.set_heading(Heading(_TITLE))
        self._loaded: _Loaded | None = None
        self._rows: list[OfficeRow] = []
        self._services: list[Service] = []
        self._names: dict[str, str] = {}
        self._asked: set[str] = set()
        self._from = 0
        self.chips = {
            ALL: FilterChip("همه"),
            LACKING: FilterChip("بی‌متصدی", icon="alert-triangle", tone="pay"),
            RENEWING: FilterChip("باید تازه شود", icon="clock", tone="pay"),
            LEARNING: FilterChip("در حال آموزش", icon="school", tone="visit"),
        }
        for name, chip in self.chips.items():
            chip.clicked.connect(partial(self._pick, name))
        self._chip = place.chip or ALL
        self.typed = SearchBox("نام یا کد دفتر", width="fill", name="دفتر")
        self.typed.set_value(place.typed)
        self.which = ListChoice([(OFTEN, "خدمت‌های پرکاربرد"), (EVERY, "همهٔ خدمت‌ها")])
        self.which.setAccessibleName("خدمت‌ها")
        self.which.set_value(place.which or OFTEN)
        self.district = ListChoice([("", "همهٔ منطقه‌ها")])
        self.district.setAccessibleName("منطقه")
        for choice in (self.typed, self.which, self.district):
            choice.edited.connect(self._turned)
        self.table = MatrixTable(_TITLE)
        self.table.cell_chosen.connect(lambda *_: self._cell_chosen())
        self.table.moved.connect(self._tell_shown)
        self.table.opened.connect(lambda _: self.open_cell())
        self.frame = TableFrame(self.table)
        self.empty = EmptyState("دفتری با این گزینش نیست", "گزینش را پاک کنید.", icon="school")
        self.empty.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.empty.hide()
        self._foot = Label("", "small", "text2", wrap=True)
        self.earlier = Link("خدمت‌های پیشین")
        self.earlier.clicked.connect(lambda: self.table.turn(-1))
        self.later = Link("خدمت‌های بعدی")
        self.later.clicked.connect(lambda: self.table.turn(1))
        self.more = Link("")
        self.more.clicked.connect(self._next_page)
        self._lay_out()
        self.panel = MatrixSide()
        self.panel.renewing.connect(partial(self._pick, RENEWING))
        self.side = self.panel
        self.paper = PaperCover(shell.work, self)
        self.sheet = SheetCover(self, self.put_forward)
        self.pick_sheet: Callable[[QWidget], Path | None] = pick_sheet
        self.pick_pattern: Callable[[QWidget], Path | None] = pick_pattern
        self._arrange()

    def _lay_out(self) -> None:
        self._top, self._under = Row(*self.chips.values(), gap=8), Row(gap=8)
        for choice in (self.typed, self.which, self.district):
            self._top.addWidget(choice, 1)
        marks = Flow(gap=18, row_gap=2)
        for icon, tone, words in _LEGEND:
            mark = Row(gap=6)
            mark.addWidget(IconLabel(icon, 16, tone))
            mark.addWidget(Label(words, "small", "text2"))
            holder = QWidget()
            holder.setLayout(mark)
            marks.addWidget(holder)
        foot = Row(gap=14)
        foot.addWidget(self._foot, 1)
        for link in (self.more, self.earlier, self.later):
            foot.addWidget(link)
        column = Column(gap=8, margins=(12, 20, 10, 20))
        column.addLayout(self._top)
        column.addLayout(self._under)
        column.addWidget(self.frame, 1)
        column.addWidget(self.empty)
        column.addLayout(foot)
        column.addLayout(marks)
        column.addStretch(0)
        self.setLayout(column)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is no room beside the chips, what is asked for stands under them."""
        super().resizeEvent(event)
        self._place_choices()

    def _place_choices(self) -> None:
        chips = sum(chip.sizeHint().width() + theme.px(8) for chip in self.chips.values())
        choices = (self.typed, self.which, self.district)
        crowded = chips + len(choices) * theme.px(_CHOICE) + theme.px(_SIDES) > self.width()
        if crowded != self._crowded:
            self._crowded = crowded
            old, new = (self._top, self._under) if crowded else (self._under, self._top)
            for choice in choices:
                old.removeWidget(choice)
                new.addWidget(choice, 1)
            self._top.setAlignment(_LEADING if crowded else Qt.AlignmentFlag(0))

    _crowded = False

    # Loading and showing.

    def enter(self) -> None:
        """Load, and give the table the keys."""
        self._load()
        self.take_focus()

    def take_focus(self) -> None:
        """The table has the keys; without a row the chips."""
        goal = self.table if not self.frame.isHidden() else self.chips[ALL]
        goal.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self, changed: Changed) -> None:
        """Somebody learnt, or something was handed over."""
        self._load()

    def press(self, key: str) -> bool:
        """Esc takes the paper or the sheet away; Shift+F8 writes the workbook."""
        if key == "Esc" and self.sheet.isVisible() and self.stays():
            return True
        if key == "Esc":
            return self.paper.close_cover() or self.sheet.close_cover()
        if key == "Shift+F8" and self._rows:
            self.write()
            return True
        return False

    def _load(self) -> None:
        # Of thousands of offices it is counted for seconds: what is typed elsewhere goes on.
        self.shell.work.run(self, partial(_look, self.shell.seat.desk), self._show, papers=True)

    def _show(self, loaded: _Loaded) -> None:
        self._show_loaded(loaded)
        # Who is at a lesson only the offices' desks know, and tell the centre.
        asking = partial(_learn, self.shell.seat, loaded)
        self.shell.work.run(
            self, asking, partial(self._show_learning, loaded), lambda _: None, line=True
        )

    def _show_learning(self, loaded: _Loaded, learnt: _Loaded) -> None:
        if self._loaded is loaded and learnt is not loaded:
            self._show_loaded(learnt)

    def _show_loaded(self, loaded: _Loaded) -> None:
        first = self._loaded is None
        self._loaded = loaded
        matrix = loaded.matrix
        words = f"{matrix.people} متصدی در {len(matrix.rows)} دفتر"
        self.set_heading(Heading(_TITLE, to_persian_digits(words)))
        counts = {
            ALL: matrix.rows,
            LACKING: matrix.lacking,
            RENEWING: matrix.renewing,
            LEARNING: matrix.learning,
        }
        for name, rows in counts.items():
            self.chips[name].set_count(len(rows))
        self._place_choices()
        if first and not self.place.chip and len(matrix.rows) > PAGE and matrix.lacking:
            self._chip = LACKING
        districts = sorted({row.card.district for row in matrix.rows})
        named = [(str(each), district_name(each)) for each in districts]
        self.district.set_options([("", "همهٔ منطقه‌ها"), *named])
        if first:
            self.district.set_value(self.place.district)
        self._draw(first=first)

    def _draw(self, *, first: bool = False) -> None:
        loaded = self._loaded
        if loaded is None:
            return
        matrix = loaded.matrix
        for name, chip in self.chips.items():
            chip.setChecked(name == self._chip)
        wanted = (self._chip, str(self.district.value()), str(self.typed.value()))
        self._rows = rows_of(matrix, *wanted)
        self._services = services_of(matrix, str(self.which.value()) or OFTEN)
        self._from = self._from if self._from < len(self._rows) else 0
        shown = self._rows[self._from : self._from + PAGE]
        lines = [(row.office_id, line_of(row, self._services)) for row in shown]
        self.table.show_services(columns_of(matrix, self._services), lines)
        self.frame.setVisible(bool(lines))
        self.empty.setVisible(not lines)
        if first and shown:
            self.table.choose_cell(0, self._lack_of(shown[0]))
        self._tell_shown()
        self._show_side()
        self._arrange()

    def _lack_of(self, row: OfficeRow) -> int:
        """The place of the first service that the office lacks somebody for."""
        lacking = (at for at, one in enumerate(self._services) if one.code in row.lacking)
        return next(lacking, 0)

    def _tell_shown(self) -> None:
        seen, count = self.table.shown(), len(self._services)
        whole, rows = len(seen) >= count, len(self._rows)
        last = min(self._from + PAGE, rows)
        told = [] if whole else [f"خدمت {seen.start + 1} تا {seen.stop} از {count}"]
        told += [f"دفتر {self._from + 1} تا {last} از {rows}"] if rows > PAGE else []
        self._foot.setText(to_persian_digits("؛ ".join(told)))
        self.earlier.setVisible(not whole and seen.start > 0)
        self.later.setVisible(not whole and seen.stop < count)
        words = f"{PAGE} دفتر بعدی" if last < rows else f"{PAGE} دفتر نخست"
        self.more.setText(to_persian_digits(words))
        self.more.setVisible(rows > PAGE)

    def _next_page(self) -> None:
        self._from = self._from + PAGE if self._from + PAGE < len(self._rows) else 0
        self._draw()
        self.take_focus()

    def _pick(self, name: str) -> None:
        self._chip, self._from = name, 0
        self._turned()

    def _turned(self) -> None:
        self.returns_to = places.Trained(
            self._chip,
            str(self.which.value()),
            str(self.district.value()),
            str(self.typed.value()),
        )
        self._from = 0
        self._draw()

    # The chosen cell.

    @property
    def chosen(self) -> tuple[OfficeRow, Service] | None:
        """The office and the service of the cell that has the frame."""
        row, at = self._from + self.table.row(), self.table.service()
        if self.table.row() < 0 or not (
            0 <= row < len(self._rows) and 0 <= at < len(self._services)
        ):
            return None
        return self._rows[row], self._services[at]

    def _cell_chosen(self) -> None:
        self._show_side()

    def _show_side(self) -> None:
        if self._loaded is None:
            return
        self.panel.show_matrix(self._loaded.matrix, self._names, self.chosen, self._loaded.records)
        self._ask_names()

    def _ask_names(self) -> None:
        """Names are known at the office's own desks and at the centre."""
        loaded, chosen, seat = self._loaded, self.chosen, self.shell.seat
        if loaded is None:
            return
        dues = loaded.matrix.dues
        wanted = [row.office_id for due in dues[:1] for row in due.lacking[:LISTED]]
        wanted += [chosen[0].office_id] if chosen is not None else []
        missing = [each for each in dict.fromkeys(wanted) if each not in self._asked]
        if not missing:
            return
        self._asked.update(missing)

        def named(found: dict[str, str]) -> None:
            self._names.update(found)
            self._show_side()

        def failed(_: Refusal) -> None:
            self._asked.difference_update(missing)

        self.shell.work.run(self, partial(_names, seat, missing), named, failed, line=True)

    def open_cell(self) -> None:
        """Enter: the people of the cell's office, and their records."""
        if self.chosen is not None:
            row, service = self.chosen
            self.shell.go(places.OfficeTraining(row.office_id, service.code))

    # Acts.

    @property
    def due(self) -> BeginningDay | None:
        """The nearest day on which services begin somewhere."""
        dues = self._loaded.matrix.dues if self._loaded is not None else ()
        return next((due for due in dues if due.lacking), None)

    def remind(self) -> None:
        """Begin an announcement to the offices that lack somebody for the nearest day."""
        due = self.due
        if due is None or self._loaded is None:
            return
        titles = {service.code: name_of(service) for service in self._loaded.matrix.services}
        lacking = {code for row in due.lacking for code in row.lacking}
        codes = tuple(code for code in due.services if code in lacking)
        named = [titles.get(code, code) for code in codes]
        begun = Announcement(
            announcements.new_announcement(),
            About.TRAINING,
            reminder_title(named, due.day),
            reminder_words(named, due.day),
            self.shell.now(),
            "",
            offices=tuple(row.office_id for row in due.lacking),
            services=codes,
            due=due.day,
        )
        self.shell.go(places.Announcing(begun))

    def print_table(self, *, wide: bool = False) -> None:
        """F8: what is shown, with all services, on several sheets or a large one."""
        loaded, rows, desk = self._loaded, self._rows, self.shell.seat.desk
        if loaded is not None and rows:
            draw = partial(training_sheet.paper, desk, loaded.matrix, rows, wide=wide)
            self.paper.show_paper(_TITLE, draw)

    @act
    async def write(self) -> None:
        """Shift+F8: what is shown, with all services, as a workbook."""
        loaded, rows = self._loaded, self._rows
        if loaded is None or not rows:
            return
        day = format_jalali(loaded.matrix.day).replace("/", "-")
        path = self.pick_target(f"{_TITLE} {day}.xlsx")
        if path is None:
            return
        try:
            writing = partial(training_sheet.write, loaded.matrix, rows, path)
            count = await self.acting_on(writing, papers=True)
        except Refusal as no:
            self.shell.tell(no.words, "refuse")
            return
        self.shell.tell(to_persian_digits(f"{count} دفتر در «{path.name}» نوشته شد."))

    # A sheet of former training.

    def choose_sheet(self) -> None:
        """«ورود از فایل…»: choose one, read it, show what it brings."""
        path = self.pick_sheet(self)
        if path is not None:
            self.act(self._read(path))

    async def _read(self, path: Path) -> None:
        try:
            job = partial(training_import.look, self.shell.seat, path)
            look = await self.acting_on(job, papers=True)
        except Refusal as no:
            self.shell.tell(no.words, "refuse")
            return
        self.sheet.show_form(TrainingSheetForm(self.shell, look))

    @act
    async def put_forward(self) -> None:
        """Send what the sheet brings for its second signature."""
        form = self.sheet.form
        if form is None or not form.check():
            return
        try:
            await self.acting_on(form.job(self.shell.seat), line=True)
        except Refusal as no:
            form.refused(no)
            return
        self.sheet.close_cover()
        waits = places.Publication(form.publication)
        self.shell.tell(form.done, "ok", "دیدن", lambda: self.shell.go(waits))

    @act
    async def write_pattern(self) -> None:
        """«نمونهٔ فایل…»: a workbook to fill in."""
        path = self.pick_pattern(self)
        if path is None:
            return
        try:
            job = partial(training_import.write_pattern, self.shell.seat, path)
            await self.acting_on(job, papers=True)
        except Refusal as no:
            self.shell.tell(no.words, "refuse")
            return
        self.shell.tell(f"«{path.name}» نوشته شد؛ آن را پر کنید و «ورود از فایل» را بزنید.")

    def pick_target(self, name: str) -> Path | None:
        """Ask where the workbook is to be written."""
        documents = QStandardPaths.writableLocation(
            QStandardPaths.StandardLocation.DocumentsLocation
        )
        return save_file(self, "خروجی اکسل", Path(documents) / name, _BOOKS)

    def _arrange(self) -> None:
        if self.bar is None:
            return
        opener = Button("باز کردن", "quiet", icon="folder-open", keys="Enter", tall=True)
        opener.clicked.connect(self.open_cell)
        printer = Button("چاپ جدول", "quiet", icon="printer", keys="F8", tall=True)
        printer.clicked.connect(lambda: self.print_table())
        large = Button("چاپ روی برگ بزرگ", "quiet", icon="table", tall=True)
        large.clicked.connect(lambda: self.print_table(wide=True))
        book = Button("خروجی اکسل", "quiet", icon="table", keys="Shift+F8", tall=True)
        book.clicked.connect(self.write)
        quiets = [opener, printer] if self._narrow else [opener, printer, large, book]
        if self._narrow:
            summary = Button("خلاصه", "quiet", keys="F7", tall=True)
            summary.clicked.connect(self.shell.show_summary)
            quiets.append(summary)
        due, prepares = self.due, self.shell.seat.staff.role.prepares
        if prepares and not self._narrow:
            sheet = Button("ورود از فایل…", "quiet", icon="download", tall=True)
            sheet.clicked.connect(self.choose_sheet)
            pattern = Button("نمونهٔ فایل…", "quiet", icon="table", tall=True)
            pattern.clicked.connect(self.write_pattern)
            quiets += [sheet, pattern]
        if due is not None and prepares:
            words = to_persian_digits(f"یادآوری به {len(due.lacking)} دفتر")
            main = Button(words, "main", icon="mail", keys="Ctrl+Enter")
            main.clicked.connect(self.remind)
        else:
            main = Button("باز کردن", "main", icon="folder-open", keys="Ctrl+Enter", also="Enter")
            main.clicked.connect(self.open_cell)
            quiets = quiets[1:]
        self.bar.arrange(main=main, quiets=quiets)

    _narrow = False

    def set_narrow(self, narrow: bool) -> None:
        """Narrow: the workbook has its key alone, the table is printed on smaller sheets."""
        self._narrow = narrow
        self._arrange()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Alt+← and → turn to other services, wherever on the page the keys are."""
        turn = onward(event)
        if turn and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.table.turn(turn)
        else:
            super().keyPressEvent(event)


def _look(desk: Desk) -> _Loaded:
    records = {(one.staff, one.service): one for one in delegations.trainings(desk)}
    return _Loaded(readiness.city_matrix(desk), records)


def _learn(seat: Seat, loaded: _Loaded) -> _Loaded:
    """With who takes lessons now, as the centre has heard; the same where nobody does."""
    learning = office_list.at_work(seat).learning
    return replace(loaded, matrix=loaded.matrix.with_learning(learning)) if learning else loaded


def _names(seat: Seat, offices: list[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for office in offices:
        for known in registry.at_work(seat, office).offices:
            found.update({person.staff_id: person.name for person in known.people})
    return found
