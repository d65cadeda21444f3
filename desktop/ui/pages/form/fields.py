"""A form's fields in columns: they come and go with the answers and keep what was typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from desktop.ui.widgets.inputs.field import FormField
from desktop.ui.widgets.layouts import Grid

WHOLE_ROW = 99


@dataclass(frozen=True)
class Asked:
    """A field to be shown: `span` columns of the form, `make` gives its input."""

    key: str
    label: str
    make: Callable[[], QWidget] = field(compare=False)
    span: int = 1
    optional: bool = False
    hint: str = ""


class Fields(QWidget):
    """Fields by key in equal columns; `edited` and `left` name the field."""

    edited = Signal(str)
    left = Signal(str)

    def __init__(self, columns: int = 3) -> None:
        super().__init__()
        self.cells: dict[str, FormField] = {}
        self._columns = columns
        self._shown: tuple[Asked, ...] = ()
        self._kept: dict[str, str] = {}
        # What was typed where the records then spoke: it is there again when they fall silent.
        self._typed: dict[str, str] = {}
        self._grid = Grid(columns, row_gap=6)
        self.setLayout(self._grid)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)

    def sizeHint(self) -> QSize:
        """As high as its lines are at the width it has: no more room is given than is asked for."""
        hint = super().sizeHint()
        high = self._grid.heightForWidth(self.width()) if self._grid.hasHeightForWidth() else 0
        return QSize(hint.width(), max(hint.height(), high))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In another width its lines may be higher."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def ask(self, asked: Sequence[Asked]) -> bool:
        """Show these; a field that leaves keeps its text. Gives whether anything changed."""
        if tuple(asked) == self._shown:
            return False
        wanted = {each.key: each for each in asked}
        for each in self._shown:
            if wanted.get(each.key) != each:
                self._drop(each.key)
        for each in asked:
            if each.key not in self.cells:
                self.cells[each.key] = self._make(each)
        self._shown = tuple(asked)
        self.cells = {each.key: self.cells[each.key] for each in asked}
        self._place()
        return True

    def set_columns(self, columns: int) -> None:
        """So many columns from now on."""
        if columns != self._columns:
            self._columns = columns
            self._place()

    def texts(self) -> dict[str, str]:
        """Key → text as typed, of the fields that show."""
        return {key: cell.raw() for key, cell in self.cells.items()}

    def kept(self) -> dict[str, str]:
        """Key → text as typed, also of fields that don't show now; empty ones are left out."""
        return {key: text for key, text in {**self._kept, **self.texts()}.items() if text}

    def fill(self, texts: Mapping[str, str]) -> None:
        """Put texts in, also into fields that will show later."""
        self._kept.update(texts)
        for key, text in texts.items():
            if key not in self.cells or self.cells[key].raw() == text:
                continue
            control = self.cells[key].control
            self.cells[key].set_value(text)
            if isinstance(control, QLineEdit) and control.hasFocus():
                # Whoever stands here already types over what has come, not behind it.
                control.selectAll()

    def fill_from_records(self, values: Mapping[str, date | str], as_of: date) -> None:
        """Put in, on a tint, what the records say; fields they say nothing of are free again."""
        for key in [*self._typed]:
            if key not in values:
                self.free(key)
        for key, value in values.items():
            cell = self.cells.get(key)
            if cell is not None:
                self._typed.setdefault(key, cell.raw())
                cell.set_from_records(value, as_of)

    def free(self, key: str) -> None:
        """Let a field of the records be typed again, with what was typed there before."""
        typed = self._typed.pop(key, "")
        if key in self.cells:
            self.cells[key].set_read_only(False)
            self.cells[key].set_value(typed)

    def from_records(self) -> frozenset[str]:
        """The keys of the fields that the records fill."""
        return frozenset(self._typed)

    def _make(self, asked: Asked) -> FormField:
        cell = FormField(
            asked.label, asked.make(), key=asked.key, optional=asked.optional, hint=asked.hint
        )
        if self._kept.get(asked.key):
            cell.set_value(self._kept[asked.key])
        cell.edited.connect(lambda: self.edited.emit(asked.key))
        cell.left.connect(lambda: self.left.emit(asked.key))
        return cell

    def _drop(self, key: str) -> None:
        cell = self.cells.pop(key)
        self._kept[key] = self._typed.pop(key, cell.raw())
        self._grid.removeWidget(cell)
        cell.hide()
        cell.deleteLater()

    def _place(self) -> None:
        # Not by `takeAt`: then Qt would keep the sizes of the old places for ever.
        for cell in self.cells.values():
            self._grid.removeWidget(cell)
        for column in range(max(self._columns, self._grid.columns)):
            self._grid.setColumnStretch(column, 0)
            self._grid.setColumnMinimumWidth(column, 0)
        self._grid.columns = self._columns
        self._grid.restyle()
        self._grid.put([(self.cells[each.key], each.span) for each in self._shown])
        if self.isVisible():
            for cell in self.cells.values():
                cell.show()


def stops(widget: QWidget) -> list[QWidget]:
    """Where the focus stops inside a widget, in the order of its making."""
    return [
        each
        for each in (widget, *widget.findChildren(QWidget))
        if each.focusPolicy() & Qt.FocusPolicy.TabFocus and each.focusProxy() is None
    ]


def put_in_order(widgets: Sequence[QWidget]) -> None:
    """Let Tab and Enter go from each to the next, whenever they were made."""
    chain = [stop for widget in widgets for stop in stops(widget)]
    for before, after in zip(chain, chain[1:], strict=False):
        QWidget.setTabOrder(before, after)
