"""A list of cases with its filters, whoever looks at it: the office or the municipality."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.domain.persian import to_persian_digits
from desktop.ui import places
from desktop.ui.page import Heading, Page, Shell
from desktop.ui.places import Place
from desktop.ui.standing.lines import CaseLine, from_words
from desktop.ui.standing.next_act import NEXT_CASE
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.inputs.list_choice import ListChoice
from desktop.ui.widgets.inputs.sought import SoughtLine
from desktop.ui.widgets.layouts import Column, Flow, Row
from desktop.ui.widgets.lists.led import LeadsRows, SearchedRows
from desktop.ui.widgets.lists.paged_rows import PagedRows
from desktop.ui.widgets.lists.table import Table, TableColumn, TableFrame
from desktop.ui.widgets.lists.table_cells import Cell, deadline, named, quiet, turn
from desktop.ui.widgets.told.chip import FilterChip
from desktop.ui.widgets.told.empty import EmptyState

_NONE = ("پرونده‌ای در انتظار نیست", "پروندهٔ تازه که برسد همین‌جا می‌آید.")
_NONE_CHOSEN = ("پرونده‌ای در این فهرست نیست", "پالایش یا متن دیگری برگزینید.")
EVERY_SERVICE = ("", "همهٔ خدمت‌ها")


@dataclass(frozen=True)
class ListFilter:
    """A filter chip: its name, words, icon and the colour of the icon."""

    name: str
    words: str
    icon: str = ""
    tone: str = "text"


class FilterBar(QWidget):
    """Filter chips of which one holds; `select` chooses one by name."""

    def __init__(self, filters: Sequence[ListFilter]) -> None:
        super().__init__()
        self.chips: dict[str, FilterChip] = {}
        flow = Flow(gap=6, row_gap=6)
        for each in filters:
            chip = FilterChip(each.words, icon=each.icon, tone=each.tone)
            self.chips[each.name] = chip
            flow.addWidget(chip)
        self.setLayout(flow)
        self.chosen = filters[0].name
        self.select(self.chosen)

    def select(self, name: str) -> None:
        """Let this one hold, the others not."""
        self.chosen = name
        for key, chip in self.chips.items():
            chip.setChecked(key == name)

    def set_counts(self, counts: Mapping[str, int]) -> None:
        """How many cases each would show."""
        for key, chip in self.chips.items():
            chip.set_count(counts.get(key, 0))


class CaseList(SearchedRows, LeadsRows, Page):
    """Filters, a line to type in, the table, the chosen case beside it.

    A subclass loads: `load` brings the number of rows (then it calls `show_count`), `ask` a page
    of lines (then `show_lines`); `show_chosen` tells the chosen case, `arrange` its acts.
    """

    place: places.Queue | places.MunicipalQueue

    rail = "queue"
    leads_with = Qt.KeyboardModifier.AltModifier

    def __init__(
        self,
        shell: Shell,
        place: places.Queue | places.MunicipalQueue,
        heading: Heading,
        filters: Sequence[ListFilter],
        columns: Sequence[TableColumn],
        *,
        tall: int = 0,
    ) -> None:
        super().__init__(shell, place)
        self.set_heading(heading)
        self.setAccessibleName(heading.title)
        self.lines: dict[int, CaseLine] = {}
        self.chosen: CaseLine | None = None
        # The filter that the page was opened with, until another is chosen here.
        self.asked = place.filter
        self._first, self._moved = True, False
        self.narrow = False
        self.filters = FilterBar(filters)
        for name, chip in self.filters.chips.items():
            chip.clicked.connect(lambda _=False, name=name: self._filtered(name))
        self.typed = SoughtLine("نام، شماره یا کد", "جست‌وجو در این فهرست")
        self.typed.set_value(place.typed)
        self.service = ListChoice([EVERY_SERVICE])
        self.service.setAccessibleName("خدمت")
        if place.service:
            # Its name comes with the first answer.
            self.service.set_options([EVERY_SERVICE, (place.service, "…")])
            self.service.set_value(place.service)
        self.renew = Button("تازه‌سازی", "quiet", icon="refresh", keys="F5")
        self.renew.clicked.connect(self.load)
        self.model = PagedRows(columns, self.ask, self)
        self.table = Table("پرونده‌ها", columns, tall=tall)
        self.table.setModel(self.model)
        self.table.chosen.connect(self._chose)
        self.table.opened.connect(self._open)
        self.frame = TableFrame(self.table)
        self.empty = EmptyState(*_NONE_CHOSEN)
        self.empty.hide()
        self.line = Row(gap=8)
        self.line.addWidget(self.typed, 3)
        self.line.addWidget(self.service, 2)
        self.beside_service = Row(gap=8)
        self.line.addLayout(self.beside_service, 2)
        self.line.addStretch(1)
        self.line.addWidget(self.renew)
        column = Column(self.filters, gap=10, margins=(12, 20, 12, 20))
        column.addLayout(self.line)
        # What a list has to choose by besides; empty it takes no room.
        self.below = Row(gap=8)
        column.addLayout(self.below)
        column.addWidget(self.frame, 1)
        column.addWidget(self.empty)
        column.addStretch(0)
        self.setLayout(column)
        self.typed.sought.connect(self.load)
        self.typed.edited.connect(self._note_looked)
        self.service.edited.connect(self.look)

    # What a subclass does.

    def load(self) -> None:
        """Find out how many rows there are, then `show_count`."""
        raise NotImplementedError

    def ask(self, first: int, count: int) -> None:
        """Find these rows, then `show_lines`."""
        raise NotImplementedError

    def show_chosen(self, line: CaseLine | None) -> None:
        """Tell the chosen case in the side panel and the action bar."""
        raise NotImplementedError

    def arrange(self, line: CaseLine | None) -> None:
        """The action bar for the chosen case."""
        raise NotImplementedError

    def place_of(self, line: CaseLine) -> Place:
        """Where a case is opened."""
        raise NotImplementedError

    def looked_at(self) -> Place:
        """This list with all that is looked for in it now."""
        raise NotImplementedError

    # What all of them do alike.

    def enter(self) -> None:
        """Load, and give the table the keys."""
        self.load()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_count(self, count: int, chosen_row: int) -> None:
        """So many rows; the row of the case that was chosen before, −1 when it is gone."""
        bar = self.table.verticalScrollBar()
        at, row = bar.value(), self.table.row()
        before = (row, self.model.rowCount())
        self.lines = {}
        self.model.set_count(count)
        self.frame.setVisible(count > 0)
        self.empty.setVisible(count == 0)
        if not count:
            self.empty.say(*(_NONE_CHOSEN if self._is_narrowed() else _NONE))
            self.chosen = None
            self.show_chosen(None)
            return
        wanted = chosen_row if chosen_row >= 0 else min(max(row, 0), count - 1)
        if wanted != self.table.row():
            self.table.choose(wanted)
        if not self._first:
            bar.setValue(at)
        self._first = False
        self._moved = (wanted, count) != before
        self.table.viewport().update()
        # The chosen row may stand where no one looks: ask for it all the same.
        self.model.data(self.model.index(wanted, 0))

    def _is_narrowed(self) -> bool:
        """Whether anything is chosen or typed that leaves cases out."""
        chosen = any(choice.value() for choice in self.findChildren(ListChoice))
        return (
            bool(self.typed.value())
            or chosen
            or self.filters.chosen != next(iter(self.filters.chips))
        )

    def show_lines(self, first: int, lines: Sequence[CaseLine]) -> None:
        """A page of rows has come."""
        for offset, line in enumerate(lines):
            self.lines[first + offset] = line
        self.model.put(first, [self.cells(line) for line in lines])
        row = self.table.row()
        if row not in self.lines:
            return
        if self.lines[row] != self.chosen:
            self._chose(row)
        elif self._moved:
            # The same case in another place of the list.
            self.arrange(self.chosen)
        self._moved = False

    def cells(self, line: CaseLine) -> list[Cell]:
        """The cells of a row, in the order of the columns."""
        return [
            quiet(line.number),
            Cell(chip=line.chip),
            named(line.applicant),
            service_cell(line),
            turn(line.next.words, ours=line.next.ours),
            deadline(line.deadline, over=line.over),
            quiet(line.received),
        ]

    def count_words(self) -> str:
        """«۱ از ۴۷»."""
        count = self.model.rowCount()
        row = self.table.row() + 1
        return to_persian_digits(f"{row} از {count}") if count else ""

    def set_narrow(self, narrow: bool) -> None:
        """«خلاصه» in the action bar while the side panel has no place."""
        self.narrow = narrow
        self.arrange(self.chosen)

    def quiets(self, line: CaseLine) -> list[Button]:
        """Opening the case unless the main act does; where the window is narrow its summary."""
        found = []
        if self._next_place(line) != self.place_of(line):
            words = "باز کردن پرونده"
            opener = Button(words, "quiet", icon="list-details", keys="Enter", tall=True)
            opener.clicked.connect(lambda: self.shell.go(self.place_of(line)))
            found.append(opener)
        if self.narrow:
            summary = Button("خلاصه", "quiet", keys="F7", tall=True)
            summary.clicked.connect(self.shell.show_summary)
            found.append(summary)
        return found

    def go_on(self) -> None:
        """The next case of the list, round to the first."""
        count = self.model.rowCount()
        if count:
            self.table.choose((self.table.row() + 1) % count)
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def act(self, line: CaseLine) -> None:
        """The main button: the chosen case's next step, or the next case."""
        place = self._next_place(line)
        if place is not None and line.next.button != NEXT_CASE:
            self.shell.go(place)
        else:
            self.go_on()

    def _next_place(self, line: CaseLine) -> Place | None:
        return line.next.page(line.case_id) if line.next.page is not None else None

    def led_rows(self) -> Table:
        """The list."""
        return self.table

    def press(self, key: str) -> bool:
        """F5 loads anew."""
        if key == "F5":
            self.load()
            return True
        return False

    def _filtered(self, name: str) -> None:
        self.filters.select(name)
        self.shell.remembered.choose_filter(type(self.place), name)
        # Who comes back finds the filter that was chosen last, not the one that was opened with.
        self.asked = ""
        self.look()

    def look(self) -> None:
        """What is looked for has changed: load, and keep it for who comes back."""
        self._note_looked()
        self.load()

    def _note_looked(self) -> None:
        self.returns_to = self.looked_at()

    def _chose(self, row: int) -> None:
        line = self.lines.get(row)
        if line is not None:
            self.chosen = line
            self.show_chosen(line)

    def _open(self, row: int) -> None:
        line = self.lines.get(row)
        if line is not None:
            self.shell.go(self.place_of(line))


def service_cell(line: CaseLine) -> Cell:
    """The service; of a case that another office had before also from where it came."""
    if not line.came_from:
        return Cell(line.service)
    # Where it goes on to a second line it does so before «از».
    came = from_words(line).replace(" ", "\u00a0", 1)
    return Cell(f"{line.service}، {came}", icon="arrows-exchange", wraps=True)
