"""The expert's own cases beside the one that is looked at: who, which service, until when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.actions.board import QueueRow
from desktop.domain.persian import to_persian_digits
from desktop.domain.service import Service
from desktop.domain.state import State
from desktop.ui.standing.lines import deadline, last_days, soonest
from desktop.ui.widgets.layouts import Column
from desktop.ui.widgets.lists.paged_rows import PagedRows
from desktop.ui.widgets.lists.table import Table, TableFrame
from desktop.ui.widgets.lists.table_cells import Cell, TableColumn

_TITLE = "کارتابل من"
_COLUMNS = (TableColumn(_TITLE, 150, stretch=1, sortable=False),)
_TWO_LINES = 56


class OwnQueue(QWidget):
    """The list; `opened` gives the id of the case that is asked for."""

    opened = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._ids: list[str] = []
        self._cells: list[list[Cell]] = []
        self.table = Table(_TITLE, _COLUMNS, tall=_TWO_LINES)
        self.model = PagedRows(_COLUMNS, self._ask, self)
        self.table.setModel(self.model)
        self.table.opened.connect(self._open)
        self.setLayout(Column(TableFrame(self.table), gap=0, margins=(12, 20, 12, 12)))

    @property
    def count(self) -> int:
        """How many cases are listed."""
        return len(self._ids)

    def place(self, case_id: str) -> int:
        """Where in the list the case stands, −1 when it does not."""
        return self._ids.index(case_id) if case_id in self._ids else -1

    def beside(self, case_id: str, step: int) -> str:
        """The case so many places on, round to the first; empty when there is no other."""
        others = [each for each in self._ids if each != case_id]
        if not others:
            return ""
        at = self.place(case_id)
        return self._ids[(at + step) % len(self._ids)] if at >= 0 else others[0]

    def show_rows(
        self,
        rows: Sequence[QueueRow],
        total: int,
        services: Mapping[str, Service],
        today: date,
        case_id: str,
    ) -> None:
        """The first of so many cases, the one that is looked at chosen among them."""
        self._ids = [row.case_id for row in rows]
        self._cells = [[_cell(row, services, today)] for row in rows]
        self.table.set_title(0, to_persian_digits(f"{_TITLE} {total}"))
        self.model.set_count(len(rows))
        at = self.place(case_id)
        if at >= 0:
            self.table.choose(at)

    def _ask(self, first: int, count: int) -> None:
        self.model.put(first, self._cells[first : first + count])

    def _open(self, row: int) -> None:
        if 0 <= row < len(self._ids):
            self.opened.emit(self._ids[row])


def _cell(row: QueueRow, services: Mapping[str, Service], today: date) -> Cell:
    service = services.get(row.service)
    whole = deadline(State(row.state), row.due_on, today, last_days(service))
    words, _ = soonest(whole, row.due_on, row.step_by, today)
    title = service.short if service else row.service
    detail = "، ".join(part for part in (title, words) if part)
    return Cell(to_persian_digits(row.applicant), weight=500, detail=detail)
