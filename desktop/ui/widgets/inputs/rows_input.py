"""A small table that is typed cell by cell: the parts of a subdivision."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QApplication,
    QFrame,
    QHeaderView,
    QSizePolicy,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from desktop.domain.known import rows_of
from desktop.domain.persian import clean, join_and, to_persian_digits
from desktop.ui import theme
from desktop.ui.widgets.button import Link
from desktop.ui.widgets.handing_on import HandsKeysOn
from desktop.ui.widgets.inputs.line import State, TextLine
from desktop.ui.widgets.inputs.list_choice import ListChoice
from desktop.ui.widgets.inputs.number import MoneyLine, NumberLine
from desktop.ui.widgets.inputs.rows_model import (
    TYPED_IN,
    Index,
    Overhang,
    TypedColumn,
    TypedRows,
    Typing,
    WorkOut,
    nothing,
)
from desktop.ui.widgets.keys import held, is_enter
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Column, Row
from desktop.ui.widgets.paint import strokes

_NEXT = QAbstractItemView.CursorAction.MoveNext
_STEPS = {_NEXT: 1, QAbstractItemView.CursorAction.MovePrevious: -1}
_SELECT = QItemSelectionModel.SelectionFlag.ClearAndSelect
_ROW, _HEAD, _LINE, _PAD, _SHOWN = 34, 30, 17, 6, 6
_HOW = "سطر به سطر بنویسید، یا از اکسل کپی کنید و اینجا بچسبانید"


class _Editors(QStyledItemDelegate):
    """The kit's own lines as editors; Enter goes to the next cell."""

    def __init__(self, grid: Grid) -> None:
        super().__init__(grid)
        self._grid = grid

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """A line for the column's kind."""
        model = index.model()
        column = model.columns[index.column()] if isinstance(model, TypedRows) else None
        editor: TextLine
        if column is not None and column.kind == "choice":
            editor = ListChoice(column.options)
        elif column is not None and column.kind == "number":
            editor = NumberLine()
        elif column is not None and column.kind == "money":
            editor = MoneyLine()
        else:
            editor = TextLine(max_length=column.longest if column else 200)
        editor.setParent(parent)
        editor.setAccessibleName(column.title if column else "")
        self._grid.type_in(editor, index)
        return editor

    def destroyEditor(self, editor: QWidget, index: Index) -> None:
        """The cell is left, kept or not."""
        self._grid.typed(editor)
        super().destroyEditor(editor, index)

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """What stands in the cell."""
        if isinstance(editor, TextLine):
            editor.set_value(str(index.data(Qt.ItemDataRole.EditRole)))
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QObject, index: Index) -> None:
        """What was typed."""
        if isinstance(editor, TextLine) and isinstance(model, TypedRows):
            editor.settle()
            model.setData(index, editor.raw())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter keeps the cell and goes on to the next; in an empty last row, out of the table."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        if event.key() == Qt.Key.Key_Escape:
            # While the keys are in the cell: what is taken back is no change of its own.
            self._grid.take_back()
        if not is_enter(event) or held(event) or not isinstance(watched, QWidget):
            return super().eventFilter(watched, event)
        hints = QAbstractItemDelegate.EndEditHint
        self.commitData.emit(watched)
        out = self._grid.at_empty_row()
        self.closeEditor.emit(watched, hints.NoHint if out else hints.EditNextItem)
        if out:
            QCoreApplication.sendEvent(self._grid, QKeyEvent(event))
        return True


class Heads(QHeaderView):
    """The columns' titles, in two lines where one has no room for them."""

    def __init__(self, grid: Grid) -> None:
        super().__init__(Qt.Orientation.Horizontal, grid)
        self._columns = grid.rows.columns

    def lines_of(self, column: int) -> tuple[str, str]:
        """A title in the lines in which it stands; the second is empty where one is enough."""
        return strokes.two_lines(
            self._columns[column].title, self.sectionSize(column) - 2 * _PAD, "small", 500
        )

    def lines(self) -> int:
        """In how many lines the longest of them stands now."""
        return 2 if any(self.lines_of(i)[1] for i in range(len(self._columns))) else 1

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        """The title; what even two lines have no room for ends in «…»."""
        lines = [line for line in self.lines_of(logicalIndex) if line]
        place, high = rect.adjusted(_PAD, 0, -_PAD, 0), theme.px(_LINE)
        place.setTop(rect.center().y() + 1 - len(lines) * high // 2)
        place.setHeight(high)
        for line in lines:
            strokes.text(painter, place, line, "small", 500, theme.colour("text"), elide=True)
            place.translate(0, high)


class Grid(QTableView):
    """The cells; `went` comes when the focus goes elsewhere.

    `typing` comes with each letter in a cell that is open; `overhung` gives what of a pasted block
    had no place.
    """

    went = Signal()
    typing = Signal()
    overhung = Signal(object)

    def __init__(self, rows: TypedRows) -> None:
        super().__init__()
        self.rows = rows
        self.wrong = False
        self._open: tuple[TextLine, QPersistentModelIndex] | None = None
        self.setModel(rows)
        self.setProperty(TYPED_IN, True)
        theme.dress(self, "table")
        self.setItemDelegate(_Editors(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.SelectedClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        heads = self._heads = Heads(self)
        self.setHorizontalHeader(heads)
        heads.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        heads.setHighlightSections(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.rowsInserted.connect(self._fit)
        rows.modelReset.connect(self._fit)
        theme.follow(self)
        self.restyle()

    def restyle(self) -> None:
        """Sizes at the zoom in force."""
        self.setFont(theme.font("body"))
        self._heads.setFont(theme.font("small", 500))
        self.verticalHeader().setMinimumSectionSize(theme.px(_ROW))
        self.verticalHeader().setDefaultSectionSize(theme.px(_ROW))
        self._fit()

    def sizeHint(self) -> QSize:
        """As many rows as are typed, at most six; then it scrolls."""
        count = min(self.rows.rowCount(), _SHOWN)
        return QSize(theme.px(400), self._head_height() + count * theme.px(_ROW) + 2)

    def _head_height(self) -> int:
        return theme.px(_HEAD + (self._heads.lines() - 1) * _LINE)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Titles may need another line, or none."""
        super().resizeEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """The same height; columns share the width."""
        return QSize(theme.px(200), self.sizeHint().height())

    def type_in(self, editor: TextLine, index: Index) -> None:
        """The editor stands in that cell."""
        self._open = editor, QPersistentModelIndex(index)
        editor.edited.connect(self.typing)

    def typed(self, editor: QWidget) -> None:
        """The editor goes."""
        if self._open is not None and self._open[0] is editor:
            self._open = None

    def take_back(self) -> None:
        """What was typed into the open cell is as if it had not been."""
        if self._open is not None and self._open[1].isValid():
            editor, index = self._open
            editor.set_value(str(index.data(Qt.ItemDataRole.EditRole)))
            self.typing.emit()

    def open_cell(self) -> Typing | None:
        """What stands in the cell that is open now."""
        if self._open is None or not self._open[1].isValid():
            return None
        editor, index = self._open
        return Typing(index.row(), index.column(), editor.raw())

    def at_empty_row(self) -> bool:
        """Whether nothing is typed in the row of the cursor."""
        row = self.currentIndex().row()
        cells = [self.rows.index(row, column) for column in range(len(self.rows.columns))]
        return not any(cell.data() for cell in cells if cell.isValid())

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """The next cell, and the one before, are those that are typed in."""
        found = super().moveCursor(action, modifiers)
        step = _STEPS.get(action, 0)
        while step and found.isValid() and not self._is_typed_in(found):
            found = self._beside(found, step)
        return found

    def _beside(self, index: QModelIndex, step: int) -> QModelIndex:
        wide = len(self.rows.columns)
        place = (index.row() * wide + index.column() + step) % (self.rows.rowCount() * wide)
        return self.rows.index(place // wide, place % wide)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Paste and undo; Enter in an empty last row leaves the table."""
        if event.matches(QKeySequence.StandardKey.Paste):
            self._paste()
        elif event.matches(QKeySequence.StandardKey.Undo):
            self.rows.undo()
        elif is_enter(event):
            self._enter(event)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Begin in the first row that is empty."""
        super().focusInEvent(event)
        index = self.currentIndex()
        begin = self.rows.index(self.rows.rowCount() - 1, 0)
        self.setCurrentIndex(index if index.isValid() else begin)
        self.selectionModel().select(self.currentIndex(), _SELECT)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Checks come when a person leaves, not while a cell is typed."""
        super().focusOutEvent(event)
        inside = QApplication.focusWidget()
        if inside is None or not self.isAncestorOf(inside):
            # A cell is marked only where the next key would go.
            self.clearSelection()
            self.went.emit()
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The cells, and round them the border of an input."""
        super().paintEvent(event)
        painter = strokes.open_painter(self.viewport())
        colour = "refuse" if self.wrong else "focus" if self.hasFocus() else "edge"
        wide = 2 if self.wrong or self.hasFocus() else 1
        rect = self.viewport().rect()
        strokes.box(painter, rect, theme.px(4), border=theme.colour(colour), width=wide)
        if self.wrong and self.hasFocus():
            inner = rect.adjusted(4, 4, -4, -4)
            strokes.box(painter, inner, theme.px(4), border=theme.colour("focus"), width=2)

    def _enter(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        if self.at_empty_row() or held(event):
            # Nothing more to type here: the form goes on.
            event.ignore()
        elif self._is_typed_in(index):
            self.edit(index)
        else:
            self.setCurrentIndex(self.moveCursor(_NEXT, event.modifiers()))

    def _is_typed_in(self, index: Index) -> bool:
        return bool(self.rows.flags(index) & Qt.ItemFlag.ItemIsEditable)

    def _paste(self) -> None:
        cells = _cells_of(QApplication.clipboard().text())
        index = self.currentIndex()
        if cells:
            row, column = (index.row(), index.column()) if index.isValid() else (0, 0)
            cleaned = [[clean(cell).replace("٫", ".") for cell in line] for line in cells]
            self.overhung.emit(self.rows.put(row, column, cleaned))

    def _fit(self) -> None:
        self._heads.setFixedHeight(self._head_height())
        self.updateGeometry()


_QUOTED = re.compile(r'(?:^|(?<=\t))"((?:[^"]|"")*+)"(?=\t|\r?$)', re.MULTILINE)


def _cells_of(words: str) -> list[list[str]]:
    """The cells of a sheet's copy; one that holds a line's end or a tab stands in quotes there."""
    lines = _QUOTED.sub(_in_one_line, words).splitlines()
    return [line.split("\t") for line in lines if line.strip()]


def _in_one_line(cell: re.Match[str]) -> str:
    inside = cell[1].replace('""', '"')
    # Whoever writes quotes into a cell has them copied as they stand.
    as_it_stands = inside == cell[1] and not any(mark in inside for mark in "\n\t")
    return cell[0] if as_it_stands else " ".join(inside.split())


class RowsInput(HandsKeysOn):
    """Rows typed cell by cell; a copy from a sheet is pasted whole; a row is taken out and undone.

    `work_out` gives the cells of the columns that are worked out, as a row is typed.
    The value is JSON text, a list of column key → text, empty when nothing is typed.
    """

    edited = Signal()
    left = Signal()

    def __init__(
        self, columns: Sequence[TypedColumn], most: int, work_out: WorkOut = nothing
    ) -> None:
        super().__init__()
        self._state: State = ""
        self.rows = TypedRows(columns, most, self, work_out)
        self.grid = Grid(self.rows)
        self._count = Label("", "small", "hint", elide=True)
        self.remove = Link("حذف سطر", weight=400)
        self.undo = Link("بازگردانی", weight=400)
        self.remove.clicked.connect(lambda: self.rows.remove(self.grid.currentIndex().row()))
        self.undo.clicked.connect(self.rows.undo)
        under = Row(gap=8)
        under.addWidget(self._count, 1)
        under.addWidget(self.undo)
        under.addWidget(self.remove)
        column = Column(self.grid, gap=4)
        column.addLayout(under)
        self.setLayout(column)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.hand_keys_to(self.grid)
        self.rows.edited.connect(self._changed)
        self.grid.typing.connect(self._changed)
        self.grid.overhung.connect(self._tell_overhang)
        self.grid.went.connect(self.left)
        self._tell()

    def setAccessibleName(self, name: str) -> None:
        """The cells have the label's words too."""
        super().setAccessibleName(name)
        self.grid.setAccessibleName(name)

    def value(self) -> str:
        """The rows as JSON text, with the cell that is open as it stands."""
        typed = self.rows.rows(self.grid.open_cell())
        rows = [{key: clean(text) for key, text in row.items() if text} for row in typed]
        return json.dumps(rows, ensure_ascii=False) if rows else ""

    def raw(self) -> str:
        """The same, for a draft."""
        return self.value()

    def set_value(self, value: str) -> None:
        """Fill it from JSON text; text that is no rows empties it."""
        try:
            self.rows.set_rows(rows_of(value))
        except ValueError:
            self.rows.set_rows([])
        self._tell()

    def state(self) -> State:
        """How it stands."""
        return self._state

    def set_state(self, state: State) -> None:
        """Normal or with an error."""
        self._state = state
        self.grid.wrong = state == "error"
        self.grid.viewport().update()

    def _changed(self) -> None:
        self._tell()
        self.edited.emit()

    def _tell_overhang(self, over: Overhang) -> None:
        """What was copied and has no place is said, for the eye misses it among what has."""
        lost = [f"{over.rows} سطر آخر"] if over.rows else []
        lost += [f"{over.columns} ستون آخر"] if over.columns else []
        if lost:
            words = f"{join_and(lost)} از آنچه چسباندید در جدول جا نداشت و وارد نشد"
            self._count.set_role("refuse")
            self._count.setText(to_persian_digits(words))

    def _tell(self) -> None:
        count = len(self.rows.rows(self.grid.open_cell()))
        self._count.set_role("hint")
        words = f"{count} سطر" if count else _HOW
        self._count.setText(to_persian_digits(words))
        self.undo.setVisible(self.rows.can_undo)
        self.remove.setVisible(bool(count))
