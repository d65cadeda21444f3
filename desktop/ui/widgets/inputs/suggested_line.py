"""A line of words with a list of those that are known; what stands in no list may be typed too."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from desktop.domain.persian import clean
from desktop.ui.widgets.inputs.line import as_shown
from desktop.ui.widgets.inputs.list_choice import ListChoice


class SuggestedLine(ListChoice):
    """As a list choice, but what was typed stays; the value is the words themselves.

    Where it `keeps` them, nothing of the list is chosen before ↓: Tab and Enter would else put the
    first that is like them in their place.
    """

    types = True

    def __init__(
        self, words: Sequence[str] = (), *, placeholder: str = "", keeps: bool = False
    ) -> None:
        self._keeps = keeps
        super().__init__([], placeholder=placeholder)
        # Before the list's own, which would keep Tab to itself.
        self.popup().installEventFilter(self)
        self.set_words(words)

    def set_words(self, words: Sequence[str]) -> None:
        """Suggest these."""
        typed = self.text()
        self.set_options([(each, as_shown(each)) for each in words])
        self.setText(typed)

    def value(self) -> str:
        """What stands there, clean."""
        return clean(self.text())

    def raw(self) -> str:
        """The same."""
        return self.value()

    def set_value(self, value: str) -> None:
        """Fill the line; nothing is signalled."""
        self._chosen = value if value in dict(self.options()) else ""
        self.setText(as_shown(value))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tab goes on from what was typed, though a list of what is like it stands open."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            none = not self.popup().currentIndex().isValid()
            if none and event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
                self.popup().hide()
                QApplication.sendEvent(self, event)
                return True
        return super().eventFilter(watched, event)

    def _show(self, typed: str) -> None:
        super()._show(typed)
        if typed and self._keeps:
            self.popup().setCurrentIndex(QModelIndex())

    def settle(self) -> bool:
        """What was typed stays as it is: whoever reads the value tells what is wrong with it."""
        return True
