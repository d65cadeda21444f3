"""A table of the board: its lines in the order of the column that was pressed."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.actions.spreadsheet import WorkbookSheet
from desktop.ui.pages.board.tables import Kept, Line, Told, ordered
from desktop.ui.widgets.layouts import Column
from desktop.ui.widgets.lists.table import RowsModel, Table, TableFrame
from desktop.ui.widgets.lists.table_cells import Cell
from desktop.ui.widgets.told.empty import EmptyState
from desktop.wire.board import BoardAnswer


class SortedTable(QWidget):
    """`opened` gives the line whose cases are wanted; the chosen one stays chosen.

    A line with parts opens to them, and closes.
    """

    opened = Signal(object)

    def __init__(self, kept: Kept) -> None:
        super().__init__()
        self._kept = kept
        self.lines: list[Line] = []
        self._shown: list[Line] = []
        self._unfolded: set[str] = set()
        self.table = Table(kept.name, kept.columns)
        self.rows = RowsModel(kept.columns, self)
        self.table.setModel(self.rows)
        self.table.set_sorting(kept.sorted_by, False)
        self.table.sorted_by.connect(lambda *_: self._draw())
        self.table.opened.connect(self._open)
        self.frame = TableFrame(self.table)
        self.empty = EmptyState(kept.empty, "", icon="list-details")
        self.empty.hide()
        column = Column(self.frame, gap=0)
        column.addWidget(self.empty)
        self.setLayout(column)

    def show_figures(self, board: BoardAnswer, told: Told) -> None:
        """Other lines in the same order."""
        self.lines = self._kept.lines(board, told)
        self._draw()

    def _open(self, row: int) -> None:
        line = self._shown[row]
        if not line.parts:
            self.opened.emit(line)
            return
        self._unfolded ^= {line.key}
        self._draw()

    def _cells(self, line: Line) -> tuple[Cell, ...]:
        if not line.parts:
            return line.cells
        unfolded = line.key in self._unfolded
        icon, said = ("chevron-down", "باز") if unfolded else ("chevron-left", "بسته")
        return (replace(line.cells[0], icon=icon, said=said), *line.cells[1:])

    def _draw(self) -> None:
        row, sort = self.table.row(), self.table.sorting
        held = self.rows.key(row) if row >= 0 else ""
        self.lines = ordered(self.lines, sort.column, ascending=sort.ascending)
        self._shown = [
            each
            for line in self.lines
            for each in (line, *(line.parts if line.key in self._unfolded else ()))
        ]
        self.rows.set_rows([(line.key, self._cells(line)) for line in self._shown])
        self.frame.setVisible(bool(self.lines))
        self.empty.setVisible(not self.lines)
        keys = [line.key for line in self._shown]
        if held in keys:
            self.table.choose(keys.index(held))

    def sheet(self) -> WorkbookSheet:
        """As it stands on screen, for other programs and for paper."""
        return self._kept.sheet_of(self.lines)
