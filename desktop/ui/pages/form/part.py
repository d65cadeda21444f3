"""What the parts of the case form share: fields by the key of their faults, folding, a summary."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop.ui.widgets.holders.card import Section


class Cell(Protocol):
    """A field, or a row of the documents: it has words and may have an error."""

    def words(self) -> str: ...
    def error(self) -> str | None: ...
    def set_error(self, words: str | None) -> None: ...
    def setFocus(self, reason: Qt.FocusReason) -> None: ...


class Part(Section):
    """A numbered part of the form.

    `edited` and `left` name the field; `arranged` comes when fields came or went.
    """

    edited = Signal(str)
    left = Signal(str)
    arranged = Signal()

    def cells(self) -> dict[str, Cell]:
        """What can be at fault, by the key of its fault, in order."""
        return {}

    def stops(self) -> list[QWidget]:
        """The widgets that the focus goes through, in order."""
        return [self]

    def summary(self) -> list[str]:
        """What sums the part up, piece by piece, shown while it is folded."""
        return []

    def summary_words(self) -> str:
        """All of it in one line."""
        return "، ".join(self.summary())

    def fold_up(self) -> None:
        """Show what sums it up alone."""
        self.fold(*self.summary())

    def is_warned(self) -> bool:
        """Whether, whole as it is, it will not lead to the answer that is hoped for."""
        return False

    def set_columns(self, columns: int) -> None:
        """So many columns of fields fit from now on."""
