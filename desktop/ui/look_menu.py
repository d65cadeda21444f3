"""The small menu «نما»: theme, zoom, motion, and the list of all keys."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from desktop.ui import look, theme
from desktop.ui.look import Look
from desktop.ui.palette import Theme

THEMES = {Theme.LIGHT: "روشن", Theme.DARK: "تیره", Theme.HIGH_CONTRAST: "پرکنتراست"}
"""The themes as they are called."""


class LookMenu(QMenu):
    """`chosen` gives the look; `listed` asks for the keys."""

    chosen = Signal(object)
    listed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName("نما")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        now = look.current()
        self._choices(
            [
                (words, kind is now.theme, Look(kind, now.zoom, now.motion))
                for kind, words in THEMES.items()
            ]
        )
        self.addSeparator()
        sizes = range(theme.ZOOM_MIN, theme.ZOOM_MAX + 1, theme.ZOOM_STEP)
        self._choices(
            [
                (
                    look.zoom_words(zoom),
                    zoom == now.zoom,
                    Look(now.theme, zoom, now.motion),
                )
                for zoom in sizes
            ]
        )
        self.addSeparator()
        still = self._add("کاهش حرکت", not now.motion)
        still.triggered.connect(lambda: self.chosen.emit(Look(now.theme, now.zoom, not now.motion)))
        keys = QAction("همهٔ میانبرها", self)
        keys.triggered.connect(self.listed)
        self.addAction(keys)

    def _choices(self, made: list[tuple[str, bool, Look]]) -> None:
        group = QActionGroup(self)
        for words, here, chosen in made:
            action = self._add(words, here)
            group.addAction(action)
            action.triggered.connect(partial(self.chosen.emit, chosen))

    def _add(self, words: str, checked: bool) -> QAction:
        action = QAction(words, self)
        action.setCheckable(True)
        action.setChecked(checked)
        self.addAction(action)
        return action


def look_menu(parent: QWidget) -> LookMenu:
    """The menu as things stand now."""
    return LookMenu(parent)
