"""The rows of a table that is typed: texts by column, one empty row at the end to go on in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from desktop.domain.persian import to_persian_digits

# Property of a widget in which letters and digits are typed though it is no line.
TYPED_IN = "typedIn"
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class TypedColumn:
    """A column: `kind` is `text`, `number` or `choice`; `options` are a choice's (key, words)."""

    key: str
    title: str
    kind: str = "text"
    options: tuple[tuple[str, str], ...] = ()
    longest: int = 200


class TypedRows(QAbstractTableModel):
    """Rows by column key; `edited` comes when the person changed one."""

    edited = Signal()

    def __init__(
        self, columns: Sequence[TypedColumn], most: int, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._most = most
        self._rows: list[dict[str, str]] = [{}]
        self._before: list[list[dict[str, str]]] = []

    def rows(self) -> list[dict[str, str]]:
        """What was typed, empty rows left out."""
        return [dict(row) for row in self._rows if any(row.values())]

    def set_rows(self, rows: Sequence[Mapping[str, str]]) -> None:
        """Hold other rows; nothing is signalled."""
        self.beginResetModel()
        self._rows = [dict(row) for row in rows[: self._most]]
        self._before.clear()
        self._end_empty()
        self.endResetModel()

    def put(self, row: int, column: int, cells: Sequence[Sequence[str]]) -> None:
        """Put a block of cells in from that cell on, as a sheet's copy gives it."""
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
        self._end_empty()
        self.endResetModel()
        self.edited.emit()

    def remove(self, row: int) -> None:
        """Take a row out; `undo` brings it back."""
        if not 0 <= row < len(self._rows) or not any(self._rows[row].values()):
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
        """The words shown, or the text that is edited."""
        column = self.columns[index.column()]
        text = self._rows[index.row()].get(column.key, "")
        if role == Qt.ItemDataRole.EditRole:
            return text
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return to_persian_digits(dict(column.options).get(text, text.replace(".", "٫")))
        return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Take what was typed."""
        row, key = self._rows[index.row()], self.columns[index.column()].key
        if role != Qt.ItemDataRole.EditRole or row.get(key, "") == str(value):
            return False
        self._remember()
        self._rows[index.row()][key] = str(value)
        self.dataChanged.emit(index, index)
        if index.row() == len(self._rows) - 1 and len(self._rows) < self._most:
            at = len(self._rows)
            self.beginInsertRows(QModelIndex(), at, at)
            self._rows.append({})
            self.endInsertRows()
        self.edited.emit()
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Every cell is typed in."""
        return super().flags(index) | Qt.ItemFlag.ItemIsEditable

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        """The columns' titles."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        return None

    def _remember(self) -> None:
        self._before.append([dict(row) for row in self._rows])

    def _end_empty(self) -> None:
        full = len(self._rows) >= self._most
        if not full and (not self._rows or any(self._rows[-1].values())):
            self._rows.append({})


def _chosen(column: TypedColumn, text: str) -> str:
    """A pasted word as the key of its option; other text as it is."""
    return next((key for key, words in column.options if text in (key, words)), text)
