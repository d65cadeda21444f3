"""Rows of a name and its value, for side panels and cards."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.ui.palette import Tone
from desktop.ui.theme import Weight
from desktop.ui.widgets.button import Link
from desktop.ui.widgets.label import Label, Role
from desktop.ui.widgets.layouts import Column, Row, clear, let_lines_ask

# A sum never parts from its unit: a long name beside it takes a second line.
_UNIT = "ریال"


class Pairs(QWidget):
    """Names at the right, small; values at the left edge; long values take a second line."""

    def __init__(self) -> None:
        super().__init__()
        self._column = Column(gap=2)
        self.setLayout(self._column)
        let_lines_ask(self)

    def clear(self) -> None:
        """Take all rows out."""
        clear(self._column)

    def add(
        self, name: str, value: str, *, weight: Weight = 400, role: Role | Tone = "text"
    ) -> Label:
        """A row; gives the label of the value, to change it later."""
        shown = Label(value, "body", role, weight, wrap=True, left=True)
        self._row(name, shown, stretch=1, gives_way=value.endswith(_UNIT))
        shown.setAccessibleName(f"{name}: {value}")
        return shown

    def add_link(self, name: str, words: str) -> Link:
        """A row whose value is pressed."""
        link = Link(words)
        link.setAccessibleName(f"{name}: {words}")
        self._row(name, link, stretch=0)
        return link

    def _row(self, name: str, value: QWidget, *, stretch: int, gives_way: bool = False) -> None:
        row = Row(gap=12)
        label = Label(name, "small", "text2", wrap=gives_way)
        # Beside what may take a second line it stands at the first.
        beside = Qt.AlignmentFlag.AlignTop if stretch else Qt.AlignmentFlag.AlignVCenter
        row.addWidget(label, 0, beside)
        if not stretch:
            row.addStretch(1)
        row.addWidget(value, stretch)
        line = QWidget()
        line.setLayout(row)
        self._column.addWidget(line)


def panel_heading(words: str) -> Label:
    """The heading of one part of a side panel."""
    return Label(words, "body", weight=700)
