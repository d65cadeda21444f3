"""The list that an item of the rail opens: its pages, with how many things wait on each."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from desktop.domain.persian import to_persian_digits
from desktop.ui.roles import RailGroup


class RailMenu(QMenu):
    """`chosen` gives the place of the page; the one that shows is ticked."""

    chosen = Signal(object)

    def __init__(
        self, parent: QWidget, group: RailGroup, here: str, counts: Mapping[str, int]
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(group.words)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for page in group.pages:
            count = counts.get(page.name, 0)
            words = f"{page.words} ({to_persian_digits(count)})" if count else page.words
            action = QAction(words, self)
            action.setCheckable(True)
            action.setChecked(page.name == here)
            action.triggered.connect(partial(self.chosen.emit, page.place))
            self.addAction(action)
