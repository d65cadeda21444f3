"""What a widget paints in several parts, as a screen reader meets it: a radio button each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QAccessible, QPaintEvent
from PySide6.QtWidgets import QRadioButton, QWidget


class _Part(QRadioButton):
    """Seen by readers alone: it paints nothing and takes neither keys nor mouse."""

    def __init__(self, owner: QWidget) -> None:
        super().__init__(owner)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        # The owner alone says which of them is chosen.
        self.setAutoExclusive(False)
        self.setProperty("overlay", True)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The owner has painted it."""


class SpokenParts:
    """Keeps a part for each word of the owner, in its place; `choose` is what a reader presses.

    Qt lets Python say no role and no act of a painted part, so that real buttons stand for them;
    they are made where a reader runs, and nobody else pays for them.
    """

    def __init__(
        self, owner: QWidget, place: Callable[[int], QRect], choose: Callable[[int], None]
    ) -> None:
        self._owner, self._place, self._choose = owner, place, choose
        self._parts: list[_Part] = []

    def tell(self, words: Sequence[str], chosen: int, *, fixed: bool = False) -> None:
        """The parts as they stand: their words, which one is chosen, whether that may change."""
        if not QAccessible.isActive():
            return
        while len(self._parts) < len(words):
            part = _Part(self._owner)
            part.toggled.connect(partial(self._toggled, len(self._parts)))
            self._parts.append(part)
        for at, part in enumerate(self._parts):
            part.blockSignals(True)
            part.setChecked(at == chosen)
            part.blockSignals(False)
            part.setEnabled(not fixed)
            part.setVisible(at < len(words))
            if at < len(words):
                part.setAccessibleName(words[at])
                part.setGeometry(self._place(at))

    def _toggled(self, at: int, on: bool) -> None:
        if on:
            self._choose(at)
        else:
            # One of them is always the chosen one.
            self._parts[at].setChecked(True)
