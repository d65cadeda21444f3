"""The bar of what scrolls: as thin as the margin in which it stands."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractScrollArea, QScrollBar

from desktop.ui import theme


class Bar(QScrollBar):
    """Drawn by a sheet of its own, so that nothing which scrolls by it is."""

    def __init__(self, orientation: Qt.Orientation) -> None:
        super().__init__(orientation)
        theme.dress(self, "bar")


def scroll_by_bars(area: QAbstractScrollArea) -> None:
    """Give it bars of ours, across only where it ever has one."""
    area.setVerticalScrollBar(Bar(Qt.Orientation.Vertical))
    if area.horizontalScrollBarPolicy() != Qt.ScrollBarPolicy.ScrollBarAlwaysOff:
        area.setHorizontalScrollBar(Bar(Qt.Orientation.Horizontal))
