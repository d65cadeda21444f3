"""Rows of a name and its value, for side panels and cards."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QWidget

from desktop.ui import theme
from desktop.ui.palette import Tone
from desktop.ui.theme import Weight
from desktop.ui.widgets.button import Link
from desktop.ui.widgets.label import Label, Role
from desktop.ui.widgets.layouts import Column, Row, clear, let_lines_ask

# A sum never parts from its unit: a long name beside it takes a second line.
_UNIT = "ریال"


class _Name(Label):
    """A name that is as wide as the column of names, at any zoom."""

    def __init__(self, words: str, width: int) -> None:
        self._width = width
        super().__init__(words, "small", "text2")

    def sizeHint(self) -> QSize:
        """As wide as the column; a longer one takes its own width."""
        return super().sizeHint().expandedTo(QSize(theme.px(self._width), 0))


class Pairs(QWidget):
    """Names at the right, small; values at the left edge; long values take a second line.

    In a card that is wide the eye would lose the line: with `names`, the width of their column in
    pixels at 100 %, each value begins beside its name.
    """

    def __init__(self, *, names: int = 0) -> None:
        super().__init__()
        self._names = names
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
        shown = Label(value, "body", role, weight, wrap=True, left=not self._names)
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
        if self._names:
            label: Label = _Name(name, self._names)
        else:
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
