"""A list of cases in our look: chips, deadlines, the next step; one row a case."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QAbstractItemModel, QEvent, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QTableView,
    QWidget,
)

from desktop.ui import theme
from desktop.ui.icons import paint_icon
from desktop.ui.widgets.keys import held, is_enter, onward
from desktop.ui.widgets.layouts import Column as ColumnLayout
from desktop.ui.widgets.lists.table_cells import (
    CELL,
    Cell,
    Cells,
    Index,
    Rows,
    RowsModel,
    TableColumn,
    room_for_words,
    shown_columns,
)
from desktop.ui.widgets.paint import strokes

__all__ = ["ROW", "RowsModel", "Table", "TableColumn", "TableFrame"]

ROW = 35
"""The height of a dense row at 100 %, in pixels."""
# The heads' height, and what each further line of words adds.
_HEAD, _LINE = 32, 14
# What is free at both sides of a head's words.
_SIDES = 12
_ENDS = (Qt.Key.Key_Home, Qt.Key.Key_End)


@dataclass
class _Sort:
    column: int = -1
    ascending: bool = True


class _Heads(QHeaderView):
    """The names of the columns, right-aligned, with a small arrow at the sorted one."""

    def __init__(self, table: Table) -> None:
        super().__init__(Qt.Orientation.Horizontal, table)
        self._table = table
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumSectionSize(10)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Their ground, where no frame has drawn it, and one hairline under all of them, also where
        no column is."""
        painter = QPainter(self.viewport())
        if not isinstance(self._table.parentWidget(), TableFrame):
            painter.fillRect(self.rect(), theme.colour("sunk"))
        painter.end()
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        y = self.height() - 1
        painter.fillRect(0, y, self.width(), 1, theme.colour("line"))

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        """Name and arrow."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        column = self._table.columns[logicalIndex]
        sort = self._table.sorting
        here = sort.column == logicalIndex
        pad = theme.px(14) if self.visualIndex(logicalIndex) == 0 else theme.px(8)
        inner = rect.adjusted(theme.px(4), 0, -pad, 0)
        colour = theme.colour("text" if here else "text2")
        if column.under or column.wraps:
            self._paint_lines(painter, inner, column)
            painter.restore()
            return
        strokes.text(painter, inner, column.title, "small", 700 if here else 500, colour)
        if here:
            size = theme.px(14)
            wide = strokes.width_of(column.title, "small", 700)
            x = inner.right() - wide - theme.px(4) - size
            name = "chevron-up" if sort.ascending else "chevron-down"
            paint_icon(painter, name, x, (rect.height() - size) // 2, size, colour)
        painter.restore()

    def _paint_lines(self, painter: QPainter, inner: QRect, column: TableColumn) -> None:
        """A title of up to two lines, and what is to come under it."""
        line, ahead = theme.metrics("small").height() - theme.px(3), bool(column.under)
        first, second = strokes.two_lines(column.title, inner.width(), "small", 500)
        lines = [each for each in (first, second) if each]
        colour = theme.colour("text" if ahead else "text2")
        y = inner.center().y() - (len(lines) + ahead) * line // 2
        for words in lines:
            place = QRect(inner.left(), y, inner.width(), line)
            strokes.text(painter, place, words, "small", 500, colour, elide=True)
            y += line
        if ahead:
            place = QRect(inner.left(), y, inner.width(), line)
            strokes.text(painter, place, column.under, "small", 500, theme.colour("visit"))


class Table(QTableView):
    """A table of `columns`; give it a model whose `CELL` role gives `Cell`s.

    `chosen` follows the selected row (−1: none), `opened` comes on Enter or a double click,
    `sorted_by` (column, ascending) on a click on a head: the model's owner sorts. Where the
    window is narrow, columns with `drop` leave, the highest first. With `tall` a row whose words
    go on to a second line is as high as that, and no other.
    """

    chosen = Signal(int)
    opened = Signal(int)
    sorted_by = Signal(int, bool)

    def __init__(
        self,
        name: str,
        columns: Sequence[TableColumn],
        *,
        row_height: int = ROW,
        tall: int = 0,
    ) -> None:
        super().__init__()
        self.columns = tuple(columns)
        self.sorting = _Sort()
        self._row_height, self._tall = row_height, tall
        # The rows whose cells have come: of the others nobody knows how high they are.
        self._come: set[int] = set()
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        theme.dress(self, "table")
        self._cells = Cells(self)
        self.setItemDelegate(self._cells)
        self._heads = _Heads(self)
        self.setHorizontalHeader(self._heads)
        self._heads.sectionClicked.connect(self._sort)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.doubleClicked.connect(lambda index: self.opened.emit(index.row()))
        theme.follow(self)
        self.restyle()

    def restyle(self) -> None:
        """Take sizes at the zoom in force."""
        self.verticalHeader().setMinimumSectionSize(theme.px(self._row_height))
        self.verticalHeader().setDefaultSectionSize(theme.px(self._row_height))
        self._heads.setFixedHeight(self.head_height())
        self._share_out()

    def head_height(self) -> int:
        """Of the columns' names, pixels."""
        lines = max((_lines_of(column) for column in self.columns), default=1)
        return theme.px(_HEAD + _LINE * (lines - 1))

    def setModel(self, model: QAbstractItemModel | None) -> None:
        """Show a model; widths are the columns' own, whatever it holds."""
        super().setModel(model)
        self._come.clear()
        if model is not None and self._tall:
            model.modelReset.connect(self._come.clear)
        self._share_out()

    def set_sorting(self, column: int, ascending: bool = True) -> None:
        """Show by which column the model is sorted."""
        self.sorting = _Sort(column, ascending)
        self._heads.viewport().update()

    def set_title(self, column: int, title: str) -> None:
        """Name a column otherwise."""
        columns = list(self.columns)
        columns[column] = replace(columns[column], title=title)
        self.columns = tuple(columns)
        self._heads.viewport().update()

    def row(self) -> int:
        """The selected row, or −1."""
        index = self.currentIndex()
        return index.row() if index.isValid() else -1

    def key(self) -> str:
        """The key of the selected row, in what shows now; empty without one."""
        model, row = self.model(), self.row()
        return model.key(row) if isinstance(model, RowsModel) and row >= 0 else ""

    def show_rows(self, rows: Rows) -> None:
        """Other rows of its `RowsModel`: the selected one stays so wherever it is now.

        Where it is gone it is the one in its place, or the last; at first the first.
        """
        model = self.model()
        assert isinstance(model, RowsModel)
        key, at = self.key(), max(self.row(), 0)
        model.set_rows(rows)
        keys = [each for each, _ in rows]
        self.choose(keys.index(key) if key in keys else min(at, len(keys) - 1))

    def choose(self, row: int) -> None:
        """Select a row and bring it into sight."""
        model = self.model()
        if model is not None and 0 <= row < model.rowCount():
            # Qt's selectRow looks for the first column past the edge of a right-to-left view.
            self.setCurrentIndex(model.index(row, 0))

    def dataChanged(self, topLeft: Index, bottomRight: Index, roles: Sequence[int] = ()) -> None:
        """Cells came: what they say may need a second line."""
        super().dataChanged(topLeft, bottomRight, list(roles))
        if self._tall:
            rows = range(topLeft.row(), bottomRight.row() + 1)
            self._come.update(rows)
            self._fit_rows(rows)

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell which row it is now."""
        super().currentChanged(current, previous)
        if current.row() != previous.row():
            self.chosen.emit(current.row())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, Ctrl+← and → sort, Home and End go to the first and last row; letters, Space
        and Alt are the page's."""
        turn = onward(event)
        if turn and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._turn_sorting(turn)
            return
        enter = is_enter(event)
        if enter and not held(event):
            if self.row() >= 0:
                self.opened.emit(self.row())
            return
        if event.key() in _ENDS and not held(event):
            # Qt's own go to the ends of a row, which is chosen whole.
            model = self.model()
            rows = model.rowCount() if model is not None else 0
            self.choose(0 if event.key() == Qt.Key.Key_Home else rows - 1)
            return
        if enter or event.text().strip() or event.key() == Qt.Key.Key_Space:
            event.ignore()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The cells; without a chosen row to frame, the whole is framed where the keys are here."""
        super().paintEvent(event)
        # Qt has a current row as soon as the keys come, marked only where rows are chosen at all.
        chosen = self.selectionModel()
        if self.hasFocus() and (chosen is None or not chosen.hasSelection()):
            painter = strokes.open_painter(self.viewport())
            frame = self.viewport().rect().adjusted(1, 1, -1, -1)
            strokes.box(painter, frame, theme.px(6), border=theme.colour("focus"), width=2)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The row under the pointer sinks."""
        super().mouseMoveEvent(event)
        self._hover(self.rowAt(event.position().toPoint().y()))

    def leaveEvent(self, event: QEvent) -> None:
        """The pointer went."""
        super().leaveEvent(event)
        self._hover(-1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Columns share the width anew; the row that was in sight stays so."""
        row = self.visualRect(self.currentIndex())
        seen = row.isValid() and row.top() >= 0 and row.bottom() < event.oldSize().height()
        super().resizeEvent(event)
        self._share_out()
        if seen:
            self.scrollTo(self.currentIndex())

    def _hover(self, row: int) -> None:
        if row != self._cells.hovered:
            self._cells.hovered = row
            self.viewport().update()

    def _sort(self, column: int) -> None:
        if self.columns[column].sortable:
            ascending = not self.sorting.ascending if self.sorting.column == column else True
            self.set_sorting(column, ascending)
            self.sorted_by.emit(column, ascending)

    def _turn_sorting(self, by: int) -> None:
        """Each column that sorts, from its beginning and then from its end, round and round."""
        ways = [
            _Sort(column, ascending)
            for column, each in enumerate(self.columns)
            if each.sortable and not self.isColumnHidden(column)
            for ascending in (True, False)
        ]
        if not ways:
            return
        here = ways.index(self.sorting) if self.sorting in ways else -1
        now = ways[(here + by) % len(ways)]
        self.set_sorting(now.column, now.ascending)
        self.sorted_by.emit(now.column, now.ascending)

    def _share_out(self) -> None:
        model = self.model()
        if model is None:
            return
        room = self.viewport().width()
        kept = list(range(len(self.columns)))
        by_drop = sorted(
            (i for i in kept if self.columns[i].drop), key=lambda i: self.columns[i].drop
        )
        while by_drop and sum(theme.px(self.columns[i].width) for i in kept) > room:
            kept.remove(by_drop.pop())
        spare = max(0, room - sum(theme.px(self.columns[i].width) for i in kept))
        shares = sum(self.columns[i].stretch for i in kept) or 1
        for index, column in enumerate(self.columns):
            self.setColumnHidden(index, index not in kept)
            if index in kept:
                extra = spare * column.stretch // shares
                self.setColumnWidth(index, theme.px(column.width) + extra)
        if kept:
            # What the division left over: no strip without a ground at the left edge.
            rest = max(0, room - sum(self.columnWidth(index) for index in kept))
            self.setColumnWidth(kept[-1], self.columnWidth(kept[-1]) + rest)
        self._fit_rows(self._come)

    def _fit_rows(self, rows: Iterable[int]) -> None:
        shown = shown_columns(self)
        for row in rows:
            high = self._tall if any(self._is_long(row, c, shown[0]) for c in shown) else 0
            self.verticalHeader().resizeSection(row, theme.px(high or self._row_height))

    def _is_long(self, row: int, column: int, first: int) -> bool:
        cell = self.model().index(row, column).data(CELL)
        if not isinstance(cell, Cell) or not cell.wraps or cell.detail:
            return False
        room = room_for_words(self.columnWidth(column), cell, first=column == first)
        return strokes.width_of(cell.words, cell.kind, cell.weight) >= room


def _lines_of(column: TableColumn) -> int:
    """How many lines of words its head has."""
    room = theme.px(column.width) - theme.px(_SIDES)
    wraps = column.wraps and bool(strokes.two_lines(column.title, room, "small", 500)[1])
    return 1 + wraps + bool(column.under)


class TableFrame(QWidget):
    """The card round a table: round corners, the heads' ground in the upper ones."""

    def __init__(self, table: Table) -> None:
        super().__init__()
        self.table = table
        column = ColumnLayout(gap=0)
        column.addWidget(table)
        self.setLayout(column)
        column.setContentsMargins(1, 1, 1, 1)
        theme.notifier().changed.connect(self._restyle)

    def _restyle(self) -> None:
        layout = self.layout()
        if layout is not None:
            layout.setContentsMargins(1, 1, 1, 1)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw surface, head and border."""
        painter = strokes.open_painter(self)
        radius = theme.px(8)
        strokes.box(painter, self.rect(), radius, fill=theme.colour("surface"))
        painter.save()
        painter.setClipRect(QRect(0, 0, self.width(), self.table.head_height() + 1))
        strokes.box(painter, self.rect(), radius, fill=theme.colour("sunk"))
        painter.restore()
        strokes.box(painter, self.rect(), radius, border=theme.colour("line"))
