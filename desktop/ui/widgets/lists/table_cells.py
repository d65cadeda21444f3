"""What stands in the cells of a table, and how each kind of cell is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from desktop.ui import theme
from desktop.ui.icons import paint_icon
from desktop.ui.theme import Kind, Weight
from desktop.ui.widgets.inputs.tick import BOX, draw_tick
from desktop.ui.widgets.paint import strokes
from desktop.ui.widgets.told.chip import ChipLook, draw_chip

CELL = Qt.ItemDataRole.UserRole + 10
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class TableColumn:
    """A column: `width` at 100 %, its share of what is left over, and when it gives way.

    `drop` 0 stays always; of the others the highest leaves first. A title that `wraps` may take two
    lines; `under` is one more under it, of what is to come.
    """

    title: str
    width: float
    stretch: int = 0
    drop: int = 0
    sortable: bool = True
    wraps: bool = False
    under: str = ""


CASE_NUMBER = TableColumn("شماره", 122, sortable=False)
"""Of a case: its day, counter and turn, which name it. No digit of them is ever left out."""


@dataclass(frozen=True)
class Cell:
    """One cell: words in a colour (a token or a tone), with an icon, a chip or a share bar.

    `detail` is a second, small line under the words, for taller rows; `wraps` takes words that
    don't fit on to a second line of their own, in smaller letters where the row is low; `tick` is a
    box, ticked or not; `said` what readers hear in place of what only the eye sees.
    """

    words: str = ""
    colour: str = "text"
    weight: Weight = 400
    kind: Kind = "body"
    icon: str = ""
    chip: ChipLook | None = None
    share: float | None = None
    detail: str = ""
    tick: bool | None = None
    said: str = ""
    wraps: bool = False

    def spoken(self) -> str:
        """The cell as words, for readers and copying."""
        parts = (self.said, self.chip.words if self.chip else "", self.words, self.detail)
        return " ".join(part for part in parts if part)


def named(words: str) -> Cell:
    """What a row is called by: a person, whose name is never cut."""
    return Cell(words, weight=500, wraps=True)


def quiet(words: str) -> Cell:
    """Numbers and times."""
    return Cell(words, "text2")


def timed(words: str) -> Cell:
    """A moment: of another day it may take two lines, which are never cut."""
    return Cell(words, "text2", wraps=True)


def turn(words: str, *, ours: bool) -> Cell:
    """What is done next: stronger when it is ours."""
    return Cell(words, weight=500) if ours else Cell(words, "text2")


def deadline(words: str, *, over: bool = False) -> Cell:
    """When an answer is due; past it, red with a clock, and the row stays as it is."""
    return Cell(words, "refuse", 500, icon="clock-exclamation") if over else Cell(words)


Rows = Sequence[tuple[str, Sequence[Cell]]]
"""The rows of a table, each by what it is kept apart by."""


class RowsModel(QAbstractTableModel):
    """Rows of cells held in memory, each with a key of its own."""

    def __init__(self, columns: Sequence[TableColumn], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._columns = tuple(columns)
        self._rows: list[tuple[str, Sequence[Cell]]] = []

    def set_rows(self, rows: Rows) -> None:
        """Hold other (key, cells)."""
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()

    def change(self, row: int, cells: Sequence[Cell]) -> None:
        """Other cells of one row; what is chosen stays. Raises IndexError past the end."""
        self._rows[row] = (self._rows[row][0], cells)
        self.dataChanged.emit(self.index(row, 0), self.index(row, len(self._columns) - 1))

    def key(self, row: int) -> str:
        """The key of a row. Raises IndexError past the end."""
        return self._rows[row][0]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """How many rows."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """How many columns."""
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The cell, or its words."""
        if not index.isValid():
            return None
        cell = self._rows[index.row()][1][index.column()]
        if role == CELL:
            return cell
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return cell.spoken()
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


_ICON = 16 + 7


def room_for_words(width: int, cell: Cell, *, first: bool) -> int:
    """How much of a column's width a cell of words has for them, pixels."""
    sides = theme.px(4) + theme.px(14 if first else 8)
    return width - sides - (theme.px(_ICON) if cell.icon else 0)


def shown_columns(table: QTableView) -> list[int]:
    """Columns that have room."""
    return [i for i in range(table.model().columnCount()) if not table.isColumnHidden(i)]


class Cells(QStyledItemDelegate):
    """Draws cells, hairlines, the row `hovered` (−1: none) and the selected one."""

    def __init__(self, table: QTableView) -> None:
        super().__init__(table)
        self._table = table
        self.hovered = -1

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Columns decide the width."""
        return QSize(theme.px(40), self._table.verticalHeader().defaultSectionSize())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one cell."""
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shown = shown_columns(self._table)
        first, last = index.column() == shown[0], index.column() == shown[-1]
        self._ground(painter, rect, selected, index.row(), first=first, last=last)
        cell = index.data(CELL)
        if isinstance(cell, Cell):
            pad = theme.px(14) if first else theme.px(8)
            self._content(painter, rect.adjusted(theme.px(4), 0, -pad, -1), cell)
        painter.restore()

    def _ground(
        self, painter: QPainter, rect: QRect, selected: bool, row: int, *, first: bool, last: bool
    ) -> None:
        if selected:
            painter.fillRect(rect, theme.colour("sel"))
        elif row == self.hovered:
            painter.fillRect(rect, theme.colour("sunk"))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.colour("line"))
        if not selected:
            return
        accent = theme.colour("accent")
        if first:
            bar = theme.px(4)
            painter.fillRect(QRect(rect.right() - bar + 1, rect.top(), bar, rect.height()), accent)
        focused = self._table.hasFocus()
        if theme.tokens().bordered or focused:
            frame = theme.colour("focus") if focused else accent
            painter.fillRect(QRect(rect.left(), rect.top(), rect.width(), 2), frame)
            painter.fillRect(QRect(rect.left(), rect.bottom() - 1, rect.width(), 2), frame)
            if last:
                painter.fillRect(QRect(rect.left(), rect.top(), 2, rect.height()), frame)

    def _content(self, painter: QPainter, rect: QRect, cell: Cell) -> None:
        x, middle = rect.right() + 1, rect.center().y() + 1
        colour = theme.colour(cell.colour)
        if cell.tick is not None:
            size = theme.px(BOX)
            draw_tick(painter, QRect(x - size, middle - size // 2 - 1, size, size), on=cell.tick)
            x -= size + theme.px(7)
        if cell.chip is not None:
            x = draw_chip(painter, x, middle, cell.chip) - theme.px(6)
        if cell.share is not None:
            x = self._share(painter, x, middle, cell.share) - theme.px(8)
        if cell.icon:
            size = theme.px(16)
            paint_icon(painter, cell.icon, x - size, middle - size // 2, size, colour)
            x -= size + theme.px(7)
        words = QRect(rect.left(), rect.top(), x - rect.left(), rect.height())
        if cell.detail:
            half = rect.height() // 2
            words.setBottom(rect.top() + half + theme.px(1))
            under = QRect(rect.left(), rect.top() + half - theme.px(1), x - rect.left(), half)
            strokes.text(
                painter, under, cell.detail, "small", colour=theme.colour("text2"), elide=True
            )
        if cell.wraps and not cell.detail:
            strokes.whole(painter, words, cell.words, cell.kind, cell.weight, colour)
            return
        strokes.text(painter, words, cell.words, cell.kind, cell.weight, colour, elide=True)

    def _share(self, painter: QPainter, right: int, middle: int, share: float) -> int:
        wide, high = theme.px(68), theme.px(6)
        whole = QRect(right - wide, middle - high // 2, wide, high)
        strokes.track(painter, whole)
        done = round(wide * min(1.0, max(0.0, share)))
        if done:
            filled = QRect(right - done, whole.top(), done, high)
            strokes.box(painter, filled, high / 2, fill=QColor(theme.tone("ok").chart))
        return right - wide
