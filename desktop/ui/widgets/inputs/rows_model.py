"""The rows of a table that is typed: texts by column, one empty row at the end to go on in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from desktop.domain.money import format_number
from desktop.domain.persian import to_persian_digits
from desktop.ui import theme

# Property of a widget in which letters and digits are typed though it is no line.
TYPED_IN = "typedIn"
Index = QModelIndex | QPersistentModelIndex
Row = Mapping[str, str]
WorkOut = Callable[[Row], Row]
"""What a row gives of its columns that are worked out, by column key."""


@dataclass(frozen=True)
class TypedColumn:
    """A column: `kind` is `text`, `number`, `money` or `choice`; nobody types in a `computed` one.

    `options` are a choice's (key, words).
    """

    key: str
    title: str
    kind: str = "text"
    options: tuple[tuple[str, str], ...] = ()
    longest: int = 200
    computed: bool = False


@dataclass(frozen=True)
class Typing:
    """What stands in a cell that is open, and is kept only when that is left."""

    row: int
    column: int
    text: str


@dataclass(frozen=True)
class Overhang:
    """How many rows and columns of a block reached over the table's end, and were not put in."""

    rows: int
    columns: int


def nothing(_: Row) -> Row:
    """Of a table in which every column is typed."""
    return {}


class TypedRows(QAbstractTableModel):
    """Rows by column key; `edited` comes when the person changed one."""

    edited = Signal()

    def __init__(
        self,
        columns: Sequence[TypedColumn],
        most: int,
        parent: QObject | None = None,
        work_out: WorkOut = nothing,
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._typed = tuple(column.key for column in columns if not column.computed)
        self._most = most
        self._work_out = work_out
        self._rows: list[dict[str, str]] = [{}]
        self._before: list[list[dict[str, str]]] = []

    def rows(self, typing: Typing | None = None) -> list[dict[str, str]]:
        """What was typed and what it gives, empty rows left out; `typing` stands in its cell."""
        rows = list(self._rows)
        if typing is not None:
            row = rows[typing.row]
            rows[typing.row] = self._worked_out(
                {**row, self.columns[typing.column].key: typing.text}
            )
        return [dict(row) for row in rows if self._is_typed(row)]

    def set_rows(self, rows: Sequence[Mapping[str, str]]) -> None:
        """Hold other rows; nothing is signalled."""
        self.beginResetModel()
        self._rows = [self._worked_out(row) for row in rows[: self._most]]
        self._before.clear()
        self._end_empty()
        self.endResetModel()

    def put(self, row: int, column: int, cells: Sequence[Sequence[str]]) -> Overhang:
        """Put a block of cells in from that cell on, as a sheet's copy gives it.

        Gives what of it had no place.
        """
        self._remember()
        self.beginResetModel()
        for down, line in enumerate(cells):
            at = row + down
            if at >= self._most:
                break
            while at >= len(self._rows):
                self._rows.append({})
            for along, text in enumerate(line):
                if column + along < len(self.columns):
                    given = self.columns[column + along]
                    self._rows[at][given.key] = _chosen(given, text.strip())
            self._rows[at] = self._worked_out(self._rows[at])
        self._end_empty()
        self.endResetModel()
        self.edited.emit()
        wide = max((_filled(line) for line in cells), default=0)
        return Overhang(
            max(0, row + len(cells) - self._most), max(0, column + wide - len(self.columns))
        )

    def remove(self, row: int) -> None:
        """Take a row out; `undo` brings it back."""
        if not 0 <= row < len(self._rows) or not self._is_typed(self._rows[row]):
            return
        self._remember()
        self.beginResetModel()
        del self._rows[row]
        self._end_empty()
        self.endResetModel()
        self.edited.emit()

    @property
    def can_undo(self) -> bool:
        """Whether a change can be taken back."""
        return bool(self._before)

    def undo(self) -> None:
        """As it was before the last change."""
        if self._before:
            self.beginResetModel()
            self._rows = self._before.pop()
            self.endResetModel()
            self.edited.emit()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Typed rows and the empty one."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """The columns asked."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The words shown, or the text that is edited; what nobody types stands back."""
        column = self.columns[index.column()]
        text = self._rows[index.row()].get(column.key, "")
        if role == Qt.ItemDataRole.EditRole:
            return text
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return _shown(column, text)
        if role == Qt.ItemDataRole.ForegroundRole and column.computed:
            return theme.colour("text2")
        return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Take what was typed."""
        row, key = self._rows[index.row()], self.columns[index.column()].key
        if role != Qt.ItemDataRole.EditRole or row.get(key, "") == str(value):
            return False
        self._remember()
        row[key] = str(value)
        self._rows[index.row()] = self._worked_out(row)
        last = self.index(index.row(), len(self.columns) - 1)
        self.dataChanged.emit(self.index(index.row(), 0), last)
        if index.row() == len(self._rows) - 1 and len(self._rows) < self._most:
            at = len(self._rows)
            self.beginInsertRows(QModelIndex(), at, at)
            self._rows.append({})
            self.endInsertRows()
        self.edited.emit()
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Every cell is typed in but what is worked out."""
        flags = super().flags(index)
        computed = self.columns[index.column()].computed
        return flags if computed else flags | Qt.ItemFlag.ItemIsEditable

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        """The columns' titles."""
        # In the tooltip too: in a narrow window the head may end in «…».
        roles = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole)
        if orientation == Qt.Orientation.Horizontal and role in roles:
            return self.columns[section].title
        return None

    def _remember(self) -> None:
        self._before.append([dict(row) for row in self._rows])

    def _end_empty(self) -> None:
        full = len(self._rows) >= self._most
        if not full and (not self._rows or self._is_typed(self._rows[-1])):
            self._rows.append({})

    def _is_typed(self, row: Row) -> bool:
        return any(row.get(key) for key in self._typed)

    def _worked_out(self, row: Row) -> dict[str, str]:
        """The row with what it gives now; of an empty one nothing is worked out."""
        typed = {key: text for key, text in row.items() if key in self._typed}
        return {**typed, **(self._work_out(typed) if self._is_typed(typed) else {})}


def _shown(column: TypedColumn, text: str) -> str:
    if column.kind == "money" and text.isdecimal():
        return format_number(int(text))
    return to_persian_digits(dict(column.options).get(text, text.replace(".", "٫")))


def _filled(line: Sequence[str]) -> int:
    """How many cells of a line there are up to the last that is not empty."""
    return max((at for at, text in enumerate(line, start=1) if text.strip()), default=0)


def _chosen(column: TypedColumn, text: str) -> str:
    """A pasted word as the key of its option; other text as it is."""
    return next((key for key, words in column.options if text in (key, words)), text)
