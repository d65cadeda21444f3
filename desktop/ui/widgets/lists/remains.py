"""What remains before something can be done: one line each, F7 goes to the next."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.domain.persian import to_persian_digits
from desktop.ui.widgets.label import IconLabel, Label
from desktop.ui.widgets.layouts import Column, Row, clear
from desktop.ui.widgets.lists.rows import ListRow
from desktop.ui.widgets.lists.turn import Turn
from desktop.ui.widgets.told.keycap import KeyCaps

Missing = Literal["error", "field", "document", "fee"]
_LOOKS: dict[Missing, tuple[str, str]] = {
    "error": ("alert-circle", "refuse"),
    "field": ("pencil", "text2"),
    "document": ("alert-triangle", "pay"),
    "fee": ("coins", "pay"),
}


class Remains(QWidget):
    """The list; `jump` gives the key of a line. Empty it says «آمادهٔ ثبت».

    `heading` and `ready` are other words, where it is no request that is to be registered.
    """

    jump = Signal(str)

    def __init__(self, heading: str = "مانده تا ثبت", ready: str = "آمادهٔ ثبت") -> None:
        super().__init__()
        self._ready = ready
        self._turn = Turn()
        self._shown: list[tuple[str, str, Missing]] | None = None
        self._whole = 0
        self._hint = QWidget()
        head = Row(gap=8)
        head.addWidget(Label(heading, weight=700))
        head.addStretch(1)
        self._hint.setLayout(Row(Label("مورد بعدی", "small", "text2"), KeyCaps("F7"), gap=6))
        head.addWidget(self._hint)
        self._lines = Column(gap=0)
        column = Column(gap=4)
        column.addLayout(head)
        column.addLayout(self._lines)
        self.setLayout(column)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.set_lines(())

    def set_lines(self, lines: Sequence[tuple[str, str, Missing]], whole: int = 0) -> None:
        """Show (key, words, kind) of what is missing, in the order of the form.

        `whole` is how many there are where a line stands for several.
        """
        if list(lines) == self._shown:
            return
        self._shown, self._whole = list(lines), max(whole, len(lines))
        clear(self._lines)
        self._turn.set_keys([key for key, _, _ in lines])
        for key, words, kind in lines:
            icon, colour = _LOOKS[kind]
            row = ListRow(words, icon=icon, colour=colour, chevron=False, lined=False)
            row.clicked.connect(lambda _=False, key=key: self._go(key))
            self._lines.addWidget(row)
        self._hint.setVisible(bool(lines))
        if not lines:
            ready = QWidget()
            line = Row()
            line.addWidget(IconLabel("circle-check", 18, "ok"))
            line.addWidget(Label(self._ready, role="ok", weight=500))
            line.addStretch(1)
            ready.setLayout(line)
            self._lines.addWidget(ready)
        self.setAccessibleName(self.sentence())

    def keys(self) -> tuple[str, ...]:
        """The keys of the lines, from above."""
        return tuple(self._turn.keys)

    def count(self) -> int:
        """How many lines remain."""
        return len(self._turn.keys)

    def sentence(self) -> str:
        """«۳ مورد مانده», «۲ مورد و کارمزد مانده» or «آمادهٔ ثبت», for the action bar."""
        fee = any(kind == "fee" for _, _, kind in self._shown or ())
        others = self._whole - fee
        # The fee is apart: the list of what is to be mended counts without it.
        parts = [to_persian_digits(f"{others} مورد")] if others else []
        if fee:
            parts.append("کارمزد")
        return f"{' و '.join(parts)} مانده" if parts else self._ready

    def go_next(self) -> None:
        """Jump to the next line, round to the first."""
        if key := self._turn.next():
            self._go(key)

    def _go(self, key: str) -> None:
        self._turn.go(key)
        self.jump.emit(key)
