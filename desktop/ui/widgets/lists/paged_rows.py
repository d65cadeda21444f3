"""Rows of a long list: their number is known at once, their cells come page by page when seen."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt

from desktop.ui.widgets.lists.table_cells import CELL, Cell, Index, TableColumn

PAGE = 64
_KEPT = 48
_EMPTY = Cell()


class PagedRows(QAbstractTableModel):
    """A model of `count` rows of which at most 48 pages of 64 are held.

    `ask(first, count)` is called once for each page that is looked at and not held; its owner
    answers with `put(first, rows)`, at once or later. A page that is asked for and not there yet
    shows empty cells, so the scroll bar is true from the beginning.
    """

    def __init__(
        self,
        columns: Sequence[TableColumn],
        ask: Callable[[int, int], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._columns = tuple(columns)
        self._ask = ask
        self._count = 0
        self._pages: OrderedDict[int, Sequence[Sequence[Cell]]] = OrderedDict()
        self._asked: set[int] = set()
        self._stale: set[int] = set()

    def set_count(self, count: int) -> None:
        """A list of so many rows, all to be asked for anew; resets when the number differs.

        What was held stays in sight until the new page is there, so that nothing flickers.
        """
        self._asked.clear()
        self._stale = set(self._pages)
        if count == self._count:
            self._touch(0, count)
            return
        self.beginResetModel()
        self._count = count
        self.endResetModel()

    def put(self, first: int, rows: Sequence[Sequence[Cell]]) -> None:
        """The cells of the page that begins at `first`."""
        page = first // PAGE
        self._asked.discard(page)
        self._stale.discard(page)
        self._pages[page] = rows
        while len(self._pages) > _KEPT:
            self._pages.popitem(last=False)
        self._touch(first, len(rows))

    def _touch(self, first: int, count: int) -> None:
        if count:
            last = self.index(first + count - 1, len(self._columns) - 1)
            self.dataChanged.emit(self.index(first, 0), last)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """How many rows."""
        return 0 if parent.isValid() else self._count

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """How many columns."""
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The cell, or its words."""
        if not index.isValid():
            return None
        if role == CELL:
            return self._cell(index.row(), index.column())
        words = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
        if role in (*words, Qt.ItemDataRole.ToolTipRole):
            return self._cell(index.row(), index.column()).spoken()
        return None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        """The columns' titles."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._columns[section].title
        return None

    def want(self, row: int) -> None:
        """Have the page of the row asked for, whether it is in sight or not."""
        number = row // PAGE
        held = number in self._pages and number not in self._stale
        if not held and number not in self._asked:
            self._asked.add(number)
            first = number * PAGE
            self._ask(first, min(PAGE, self._count - first))

    def _cell(self, row: int, column: int) -> Cell:
        self.want(row)
        number = row // PAGE
        page = self._pages.get(number)
        if page is None or row % PAGE >= len(page):
            return _EMPTY
        self._pages.move_to_end(number)
        return page[row % PAGE][column]
