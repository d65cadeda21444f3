"""Several out of a long list: a row each with its tick, a word at the end, all by keyboard."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from time import monotonic

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QSizePolicy

from desktop.domain.persian import to_latin_digits, to_persian_digits
from desktop.ui import theme
from desktop.ui.widgets.handing_on import HandsKeysOn
from desktop.ui.widgets.inputs.line import State
from desktop.ui.widgets.inputs.rows_model import TYPED_IN
from desktop.ui.widgets.keys import held, is_enter
from desktop.ui.widgets.layouts import Column
from desktop.ui.widgets.lists.table import Table
from desktop.ui.widgets.lists.table_cells import Cell, RowsModel, TableColumn

_TICK, _NUMBER = 0, 1
# So many rows it asks for; more where there is room.
_ROW, _LEAST = 32, 4
# Digits typed one after the other within so many seconds are one code.
_TYPING_S = 1.2


@dataclass(frozen=True)
class Pick:
    """A row: its key, its words, the code it is called by (in Latin digits), what is told of it."""

    key: str
    words: str
    number: str = ""
    note: Cell = Cell()


class PickTable(Table):
    """Space ticks the chosen row, Ctrl+A all, digits go to the row of that code.

    `ticked` gives a row, `all_ticked` comes for all; Enter is the form's.
    """

    ticked = Signal(int)
    all_ticked = Signal()
    left = Signal()

    def __init__(self, name: str, columns: Sequence[TableColumn]) -> None:
        super().__init__(name, columns, row_height=_ROW)
        self.numbers: Sequence[str] = ()
        self._typed, self._typed_at = "", 0.0
        self.horizontalHeader().hide()
        # Digits are a code here, and no key of the window.
        self.setProperty(TYPED_IN, True)

    def sizeHint(self) -> QSize:
        """No more than a few rows: it takes what its place gives."""
        return QSize(super().sizeHint().width(), theme.px(_LEAST * _ROW))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What chooses; all else as in any table, but Enter, which moves on."""
        if event.matches(QKeySequence.StandardKey.SelectAll):
            self.all_ticked.emit()
        elif event.key() == Qt.Key.Key_Space and not held(event):
            if self.row() >= 0:
                self.ticked.emit(self.row())
        elif is_enter(event):
            event.ignore()
        elif not held(event) and to_latin_digits(event.text()).isdecimal():
            self._jump(to_latin_digits(event.text()))
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on a row ticks it."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and event.button() == Qt.MouseButton.LeftButton:
            self.ticked.emit(index.row())

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Who comes by keyboard stands on a row."""
        super().focusInEvent(event)
        # Qt has a current row by now, marked only where one is chosen.
        if not self.selectionModel().hasSelection():
            self.choose(max(0, self.row()))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Left."""
        super().focusOutEvent(event)
        self.left.emit()

    def _jump(self, digit: str) -> None:
        now = monotonic()
        typed = self._typed + digit if now - self._typed_at < _TYPING_S else digit
        self._typed_at = now
        for wanted in (typed, digit):
            rows = [row for row, number in enumerate(self.numbers) if number.startswith(wanted)]
            if rows:
                self._typed = wanted
                exact = [row for row in rows if self.numbers[row] == wanted]
                self.choose((exact or rows)[0])
                return
        self._typed = ""


class PickList(HandsKeysOn):
    """The rows and their ticks; `edited` comes as a person changes them.

    What was chosen and is not among the rows now (another search) stays chosen.
    """

    edited = Signal()
    left = Signal()

    def __init__(self, name: str, *, numbered: bool = False, note: float = 120) -> None:
        super().__init__()
        self._columns = (
            TableColumn("", 44, sortable=False),
            *((TableColumn("", 52, sortable=False),) if numbered else ()),
            TableColumn("", 110, stretch=1, sortable=False),
            TableColumn("", note, sortable=False),
        )
        self._numbered = numbered
        self._state: State = ""
        self._picks: tuple[Pick, ...] = ()
        self._chosen: frozenset[str] = frozenset()
        self._model = RowsModel(self._columns, self)
        self.table = PickTable(name, self._columns)
        self.table.setModel(self._model)
        self.table.ticked.connect(self._tick)
        self.table.all_ticked.connect(self._tick_all)
        self.table.left.connect(self.left)
        self.setLayout(Column(self.table, gap=0))
        self.hand_keys_to(self.table)
        theme.notifier().changed.connect(self._restyle)
        self._restyle()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def _restyle(self) -> None:
        self.setMinimumHeight(theme.px(_LEAST * _ROW))

    def setAccessibleName(self, name: str) -> None:
        """The table's too."""
        super().setAccessibleName(name)
        self.table.setAccessibleName(name)

    def picks(self) -> tuple[Pick, ...]:
        """The rows."""
        return self._picks

    def set_picks(self, picks: Iterable[Pick]) -> None:
        """Show these rows; ticks and the row one stands on stay."""
        now = tuple(picks)
        if now == self._picks:
            return
        row = self.table.row()
        on = self._picks[row].key if 0 <= row < len(self._picks) else ""
        self._picks = now
        self.table.numbers = [pick.number for pick in now]
        self._model.set_rows([(pick.key, self._cells(pick)) for pick in now])
        again = next((at for at, pick in enumerate(now) if pick.key == on), -1)
        if again >= 0:
            self.table.choose(again)

    def chosen(self) -> frozenset[str]:
        """The keys that are ticked, shown or not."""
        return self._chosen

    def value(self) -> tuple[str, ...]:
        """The ticked keys, in order."""
        return tuple(sorted(self._chosen))

    def raw(self) -> str:
        """The ticked keys, apart by commas."""
        return ",".join(self.value())

    def read(self) -> str:
        """How many, for a person."""
        return f"{len(self._chosen)} مورد"

    def set_value(self, value: str | Iterable[str]) -> None:
        """Tick these keys; nothing is signalled."""
        keys = value.split(",") if isinstance(value, str) else value
        self._chosen = frozenset(key for key in keys if key)
        self._show_ticks()

    def state(self) -> State:
        """How it stands."""
        return self._state

    def set_state(self, state: State) -> None:
        """Whether something is wrong with it."""
        self._state = state

    def _cells(self, pick: Pick) -> list[Cell]:
        on = pick.key in self._chosen
        tick = Cell(tick=on, said="برگزیده" if on else "برگزیده نشده")
        number = [Cell(to_persian_digits(pick.number), "text2")] if self._numbered else []
        return [tick, *number, Cell(pick.words), pick.note]

    def _tick(self, row: int) -> None:
        self._chosen = self._chosen ^ {self._picks[row].key}
        self._model.change(row, self._cells(self._picks[row]))
        self.edited.emit()

    def _tick_all(self) -> None:
        shown = {pick.key for pick in self._picks}
        self._chosen = self._chosen - shown if shown <= self._chosen else self._chosen | shown
        self._show_ticks()
        self.edited.emit()

    def _show_ticks(self) -> None:
        for row, pick in enumerate(self._picks):
            self._model.change(row, self._cells(pick))
