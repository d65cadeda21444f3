"""The table of offices by services: one cell has the frame, services move past under their heads.

Code, name and number of people stand; of the services as many show as there is room for.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QStyleOptionViewItem

from desktop.ui import theme
from desktop.ui.icons import paint_icon
from desktop.ui.widgets.keys import onward
from desktop.ui.widgets.lists.table import Table
from desktop.ui.widgets.lists.table_cells import Cell, Cells, Index, RowsModel, TableColumn
from desktop.ui.widgets.paint import strokes
from desktop.ui.widgets.told.chip import ChipLook

STANDING = (
    TableColumn("کد", 50, sortable=False),
    TableColumn("دفتر", 150, stretch=1, sortable=False),
    TableColumn("نفر", 46, sortable=False),
)
"""The columns that stay; the services' follow."""
SERVICE_WIDTH = 80
_MARK, _RADIUS, _ICON = 26, 5, 14


class _Marks(Cells):
    """Cells whose mark fills them, and a frame round the one that is chosen."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The cell, framed where it is the chosen one."""
        super().paint(painter, option, index)
        if index != self._table.currentIndex() or index.column() < len(STANDING):
            return
        rect: QRect = option.rect
        frame = rect.adjusted(1, 2, -1, -3)
        colour = theme.colour("focus" if self._table.hasFocus() else "edge")
        strokes.box(painter, frame, theme.px(_RADIUS), border=colour, width=2)

    def _content(self, painter: QPainter, rect: QRect, cell: Cell) -> None:
        if cell.chip is None:
            super()._content(painter, rect, cell)
            return
        _draw_mark(painter, rect, cell.chip)


def _draw_mark(painter: QPainter, rect: QRect, look: ChipLook) -> None:
    size, gap, pad = theme.px(_ICON), theme.px(4), theme.px(5)
    wide = strokes.width_of(look.words, "small", 500) + size + gap + 2 * pad
    high = theme.px(_MARK)
    box = QRect(rect.right() + theme.px(4) - wide, rect.center().y() - high // 2 + 1, wide, high)
    tone, colour = theme.tone(look.tone), theme.colour(look.tone)
    ground = QColor(theme.tokens().surface if theme.tokens().bordered else tone.ground)
    outlined = look.shape == "line" or theme.tokens().bordered
    fill = None if look.shape == "line" else ground
    border = colour if outlined else None
    strokes.box(painter, box, theme.px(_RADIUS), fill=fill, border=border)
    x = box.right() - pad + 1
    paint_icon(painter, look.icon, x - size, box.center().y() - size // 2 + 1, size, colour)
    words = QRect(box.left(), box.top(), x - size - gap - box.left(), high)
    strokes.text(painter, words, look.words, "small", 500, colour)


class MatrixTable(Table):
    """Arrows go from cell to cell; at the edge the services move on.

    `cell_chosen` gives row and place of the service (−1: none of them), `moved` comes when other
    services show.
    """

    cell_chosen = Signal(int, int)
    moved = Signal()

    def __init__(self, name: str) -> None:
        self._first, self._room_for = 0, 1
        super().__init__(name, STANDING)
        self._cells = _Marks(self)
        self.setItemDelegate(self._cells)

    def show_services(
        self, services: Sequence[TableColumn], rows: Sequence[tuple[str, Sequence[Cell]]]
    ) -> None:
        """Show these services and rows, from the first service on."""
        row, at = self.row(), self.service()
        self.columns = (*STANDING, *services)
        self._first = min(self._first, max(0, len(services) - 1))
        model = RowsModel(self.columns, self)
        model.set_rows(rows)
        old = self.model()
        self.setModel(model)
        if old is not None:
            old.deleteLater()
        self.restyle()
        if rows:
            self.choose_cell(min(max(row, 0), len(rows) - 1), max(at, 0))

    def service(self) -> int:
        """The place of the chosen cell's service; −1 where none is chosen."""
        index = self.currentIndex()
        return index.column() - len(STANDING) if index.isValid() else -1

    def shown(self) -> range:
        """The places of the services that show."""
        count = len(self.columns) - len(STANDING)
        return range(self._first, min(count, self._first + self._room_for))

    def choose(self, row: int) -> None:
        """Another row, the service chosen before."""
        self.choose_cell(row, max(self.service(), 0))

    def choose_cell(self, row: int, service: int) -> None:
        """Choose a cell, its service brought into sight."""
        model = self.model()
        if model is None or not 0 <= row < model.rowCount():
            return
        self._bring(service)
        column = min(len(STANDING) + service, len(self.columns) - 1)
        self.setCurrentIndex(model.index(row, column))

    def turn(self, by: int) -> None:
        """The next services (1), or those before (−1), as many as there is room for."""
        count = len(self.columns) - len(STANDING)
        last = max(0, count - self._room_for)
        first = min(last, max(0, self._first + by * self._room_for))
        if first != self._first:
            self._first = first
            self._share_out()
            self.choose_cell(max(self.row(), 0), first)
            self.moved.emit()

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell which cell it is now."""
        super().currentChanged(current, previous)
        self.viewport().update()
        if QPersistentModelIndex(current) != QPersistentModelIndex(previous):
            self.cell_chosen.emit(current.row(), current.column() - len(STANDING))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows between cells; Alt with them turns to other services."""
        turn = onward(event)
        if turn and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.turn(turn)
        elif turn and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            count = len(self.columns) - len(STANDING)
            at = min(count - 1, max(0, self.service() + turn))
            self.choose_cell(max(self.row(), 0), at)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """With another room the chosen cell stays in sight."""
        super().resizeEvent(event)
        self._bring(max(self.service(), 0))
        self.moved.emit()

    def _bring(self, service: int) -> None:
        first = min(service, max(self._first, service - self._room_for + 1))
        if first != self._first:
            self._first = first
            self._share_out()
            self.moved.emit()

    def _share_out(self) -> None:
        if self.model() is None:
            return
        room = self.viewport().width()
        standing = sum(theme.px(column.width) for column in STANDING)
        count = len(self.columns) - len(STANDING)
        one = theme.px(SERVICE_WIDTH)
        self._room_for = max(1, min(count, (room - standing) // one))
        self._first = min(self._first, max(0, count - self._room_for))
        shown = self.shown()
        spare = max(0, room - standing - len(shown) * one)
        # What is left over is the name's for the most part: marks stay under their heads.
        share = min(theme.px(14), spare // (2 * max(1, len(shown))))
        for place in range(count):
            self.setColumnHidden(len(STANDING) + place, place not in shown)
            if place in shown:
                self.setColumnWidth(len(STANDING) + place, one + share)
        for at, column in enumerate(STANDING):
            rest = (spare - share * len(shown)) if column.stretch else 0
            self.setColumnWidth(at, theme.px(column.width) + rest)
