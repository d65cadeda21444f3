"""The visits of one half-day under the planner's week: whose they are, where, until when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.calendar import format_day_month, weekday
from desktop.domain.identifiers import phone_words
from desktop.domain.office import within_city
from desktop.domain.persian import to_persian_digits
from desktop.domain.service import Service
from desktop.ui.city_words import halves_on
from desktop.ui.standing.lines import NOTHING, left_words, short_number
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Column
from desktop.ui.widgets.lists.table import RowsModel, Table, TableColumn, TableFrame
from desktop.ui.widgets.lists.table_cells import CASE_NUMBER, Cell, deadline, named, quiet
from desktop.wire.payloads import QueueRow

_COLUMNS = (
    TableColumn("متقاضی", 130, stretch=2, sortable=False),
    TableColumn("نشانی", 200, stretch=5, sortable=False),
    TableColumn("خدمت", 112, stretch=1, drop=2, sortable=False),
    TableColumn("تلفن", 116, sortable=False),
    TableColumn("مهلت", 96, sortable=False),
    CASE_NUMBER,
)
_TWO_LINES = 44
_LOOKING = "بازدیدهای این نیم‌روز از مرکز پرسیده می‌شود…"
_NONE = "در این نیم‌روز بازدیدی نمانده است که جابه‌جا شود."


class HalfDayVisits(QWidget):
    """`opened` comes on Enter with the id of a case: there it is moved."""

    opened = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.heading = Label("", weight=700)
        self.nothing = Label(_LOOKING, role="text2", wrap=True)
        self.table = Table("بازدیدهای نیم‌روز", _COLUMNS, row_height=_TWO_LINES)
        self.rows = RowsModel(_COLUMNS, self.table)
        self.table.setModel(self.rows)
        self.table.opened.connect(lambda _: self.opened.emit(self.table.key()))
        self._frame = TableFrame(self.table)
        column = Column(self.heading, self.nothing, gap=8)
        column.addWidget(self._frame, 1)
        column.addStretch(0)
        self.setLayout(column)

    def begin(self, inspector: str, day: date, half: int) -> None:
        """Whose half-day it is; its visits are on their way."""
        when = f"{weekday(day)} {format_day_month(day)}، {halves_on(day)[half].short}"
        words = f"{inspector}، {when}"
        if words != self.heading.text():
            self.heading.setText(words)
            self.rows.set_rows([])
            self._tell(_LOOKING)

    def show_visits(
        self, visits: Sequence[QueueRow], services: Mapping[str, Service], today: date
    ) -> None:
        """The visits have come; the one that was chosen stays so."""
        self.table.show_rows([(row.case_id, _cells(row, services, today)) for row in visits])
        self._tell("" if visits else _NONE)

    def _tell(self, words: str) -> None:
        self.nothing.setText(words)
        self.nothing.setVisible(bool(words))
        self._frame.setVisible(not words)


def _cells(row: QueueRow, services: Mapping[str, Service], today: date) -> list[Cell]:
    service = services.get(row.service)
    return [
        named(to_persian_digits(row.attending or row.applicant)),
        Cell(to_persian_digits(within_city(row.address)) or NOTHING, wraps=True),
        Cell(service.short if service else row.service, wraps=True),
        Cell(phone_words(row.phone) if row.phone else NOTHING),
        deadline(left_words(row.due_on, today), over=row.due_on < today),
        quiet(short_number(row.tracking)),
    ]
