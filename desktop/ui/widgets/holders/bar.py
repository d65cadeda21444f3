"""The bar of what scrolls: as thin as the margin in which it stands."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QAbstractScrollArea, QScrollBar

from desktop.ui import theme
from desktop.ui.widgets.layouts import BAR


class Bar(QScrollBar):
    """Drawn by a sheet of its own, so that nothing which scrolls by it is.

    Most places never have anything to scroll: it is dressed when it first shows.
    """

    def sizeHint(self) -> QSize:
        """As thin as it will be."""
        hint, thin = super().sizeHint(), theme.px(BAR)
        upright = self.orientation() == Qt.Orientation.Vertical
        return QSize(thin, hint.height()) if upright else QSize(hint.width(), thin)

    def showEvent(self, event: QShowEvent) -> None:
        """There is something to scroll."""
        if not self.styleSheet():
            theme.dress(self, "bar")
        super().showEvent(event)


def scroll_by_bars(area: QAbstractScrollArea) -> None:
    """Give it bars of ours, across only where it ever has one."""
    area.setVerticalScrollBar(Bar(Qt.Orientation.Vertical))
    if area.horizontalScrollBarPolicy() != Qt.ScrollBarPolicy.ScrollBarAlwaysOff:
        area.setHorizontalScrollBar(Bar(Qt.Orientation.Horizontal))
