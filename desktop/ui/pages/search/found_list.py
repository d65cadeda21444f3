"""A box and what is found under it: ↑ and ↓ choose a line wherever the focus is, Enter opens it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from desktop.ui.page import Heading, Shell
from desktop.ui.pages.acts.acting import Acting
from desktop.ui.places import Place
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.holders.scroller import Scroller
from desktop.ui.widgets.inputs.search import SearchBox
from desktop.ui.widgets.keys import down
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Column, Row, clear
from desktop.ui.widgets.lists.rows import ListRow
from desktop.ui.widgets.told.chip import ChipLook


@dataclass(frozen=True)
class Line:
    """One line found and where it leads; `ended` of a case that goes no further."""

    place: Place
    words: str
    detail: str = ""
    icon: str = ""
    keys: str = ""
    chip: ChipLook | None = None
    ended: bool = False


class FoundList(Scroller):
    """The groups found. The focus stays in the box where one types; the list only shows the choice.

    `opened` gives the place of a line that was clicked.
    """

    opened = Signal(Place)

    def __init__(self) -> None:
        super().__init__(gap=0, margins=(4, 20, 14, 20))
        self.lines: list[Line] = []
        self.rows: list[ListRow] = []
        self.at = -1
        self._column = Column(gap=6)
        self.content.addLayout(self._column)

    def chosen(self) -> Line | None:
        """The line that Enter would open."""
        return self.lines[self.at] if 0 <= self.at < len(self.lines) else None

    def empty(self) -> None:
        """Take everything away."""
        clear(self._column)
        self.lines, self.rows = [], []

    def group(self, heading: str, lines: list[Line], beside: str = "") -> None:
        """Lines under a heading, with small words beside it; nothing when there are none."""
        if not lines:
            return
        head = Row(gap=8, margins=(6, 0, 0, 0))
        head.addWidget(Label(heading, weight=700))
        head.addWidget(Label(beside, "small", "text2"))
        head.addStretch(1)
        self._column.addLayout(head)
        box = QWidget()
        column = Column(gap=0)
        for line in lines:
            row = ListRow(
                line.words,
                line.detail,
                icon=line.icon,
                keys=line.keys,
                chip=line.chip,
                chevron=False,
                inset=10,
            )
            row.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            row.clicked.connect(lambda _=False, to=line.place: self.opened.emit(to))
            column.addWidget(row)
            self.lines.append(line)
            self.rows.append(row)
        box.setLayout(column)
        self._column.addWidget(box)

    def tell(self, words: QWidget) -> None:
        """Show something else than lines, as an empty state."""
        self._column.addWidget(words)

    def choose_place(self, place: Place | None) -> str:
        """Choose the line that leads there, else the first; what a screen reader is told."""
        places = [line.place for line in self.lines]
        return self.choose(places.index(place) if place in places else 0)

    def choose(self, index: int) -> str:
        """Choose a line and bring it into sight; what a screen reader is told."""
        self.at = index if self.rows else -1
        for each, row in enumerate(self.rows):
            row.set_chosen(each == self.at)
        if not 0 <= self.at < len(self.rows):
            return ""
        self.bring(self.rows[self.at])
        return self.rows[self.at].accessibleName()

    def step(self, event: QKeyEvent) -> str | None:
        """Up or down to the next line; None for another key or an empty list."""
        by = down(event)
        if not by or not self.rows:
            return None
        return self.choose(min(max(self.at + by, 0), len(self.rows) - 1))


class FindingPage(Acting):
    """A page of one box and a list. Who inherits shows the lines, and says what is searched."""

    def __init__(self, shell: Shell, place: Place, heading: str, what: str) -> None:
        super().__init__(shell, place)
        self.box = SearchBox(what, short=what, width="fill")
        self.box.edited.connect(self.typed)
        self.box.searched.connect(lambda _: self.open_chosen())
        self.found = FoundList()
        self.found.opened.connect(self.open_place)
        top = Row(margins=(14, 20, 8, 20))
        top.addWidget(self.box)
        # What is found may be narrowed there.
        self.below = Row(margins=(0, 20, 8, 20))
        column = Column(gap=0)
        column.addLayout(top)
        column.addLayout(self.below)
        column.addWidget(self.found, 1)
        self.setLayout(column)
        self.opener = Button("باز کردن", "main", icon="arrow-left", keys="Ctrl+Enter")
        self.opener.clicked.connect(self.open_chosen)
        back = Button("بازگشت", "quiet", icon="arrow-right", keys="Esc", tall=True)
        back.clicked.connect(self.shell.back)
        assert self.bar is not None
        self.bar.arrange(main=self.opener, quiets=[back])
        self.set_heading(Heading(heading))

    def typed(self) -> None:
        """The text in the box changed."""
        raise NotImplementedError

    def open_place(self, place: Place) -> None:
        """Go where a line leads."""
        self.shell.go(place)

    def open_chosen(self) -> None:
        """Go where the chosen line leads; say so when nothing is there, and go to the box."""
        chosen = self.found.chosen()
        if chosen is not None:
            self.open_place(chosen.place)
        elif self.bar is not None:
            self.bar.tell("چیزی یافت نشد؛ عبارت دیگری بنویسید.")
            self._to_box()

    def _to_box(self) -> None:
        self.box.setFocus()
        self.box.selectAll()

    def press(self, key: str) -> bool:
        """F3 comes back to the box; Esc empties it first."""
        if key == "F3":
            self._to_box()
            return True
        if key == "Esc" and self.box.text():
            self.box.clear()
            self.typed()
            return True
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down go through what was found, wherever the focus is."""
        told = self.found.step(event)
        if told is None:
            event.ignore()
        else:
            self.box.setAccessibleDescription(told)
