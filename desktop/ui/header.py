"""The header over every page: its title, who or what it is about, its state, and the search."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from desktop.ui import theme
from desktop.ui.page import Heading
from desktop.ui.widgets.inputs.search import SearchBox, SearchWidth
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Row, clear
from desktop.ui.widgets.told.chip import Chip

_HEIGHT, _GAP, _SIDE = 54, 12, 20
# A title of ordinary length stands whole; of a longer one and a second text that have no room
# beside each other the second keeps so much of it.
_ORDINARY, _SECOND = 280, 0.7
_SEARCH = "جست‌وجوی فرمان، پرونده، کد نوسازی…"


class Header(QWidget):
    """Of a title longer than most the end is cut before a name or a tracking code is."""

    def __init__(self) -> None:
        super().__init__()
        self._title = Label("", "title", weight=700, elide=True)
        self.second = Label("", role="text2", elide=True)
        self._chip = Row()
        # Only where the box of commands grows from: nothing is typed into it.
        self.search = SearchBox(_SEARCH, keys="Ctrl+K")
        self.search.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        row = Row(gap=_GAP, margins=(0, _SIDE, 0, _SIDE))
        row.addWidget(self._title)
        row.addWidget(self.second)
        row.addLayout(self._chip)
        row.addStretch(1)
        row.addWidget(self.search)
        self.setLayout(row)

    def titles(self) -> list[QWidget]:
        """What it says of the page."""
        return [self._title, self.second, *self._chips()]

    def show_heading(self, heading: Heading) -> None:
        """Another page, or other words of the same."""
        self._title.setText(heading.title)
        self.second.setText(heading.second)
        self.second.setVisible(bool(heading.second))
        clear(self._chip)
        if heading.chip is not None:
            self._chip.addWidget(Chip(heading.chip))
        self._share()

    def restyle(self) -> None:
        """Sizes at the zoom in force."""
        self.setFixedHeight(theme.px(_HEIGHT))
        self._share()

    def set_search_width(self, width: SearchWidth) -> None:
        """How much of it the search takes."""
        self.search.set_width(width)
        self._share()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width."""
        super().resizeEvent(event)
        self._share()

    def _chips(self) -> list[QWidget]:
        items = (self._chip.itemAt(at) for at in range(self._chip.count()))
        widgets = (item.widget() for item in items if item is not None)
        return [widget for widget in widgets if widget is not None]

    def _share(self) -> None:
        """An ordinary title is whole, a longer one has what the second leaves."""
        taken = [self.search.minimumWidth(), *(c.sizeHint().width() for c in self._chips())]
        room = self.width() - sum(taken) - theme.px(2 * _SIDE + (len(taken) + 2) * _GAP)
        second = self.second.sizeHint().width() if self.second.text() else 0
        left = room - min(second, int(room * _SECOND))
        whole, least = self._title.sizeHint().width(), self._title.minimumSizeHint().width()
        ordinary = whole <= theme.px(_ORDINARY)
        self._title.setFixedWidth(whole if ordinary else min(whole, max(least, left)))
