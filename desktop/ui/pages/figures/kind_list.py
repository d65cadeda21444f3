"""What the list of a kind gives the page, whether it is a table or a calendar."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.actions.municipal_data import KindLook


class KindList(QWidget):
    """`chosen` and `opened` tell of the row or day, `looked` that something else is looked for."""

    chosen = Signal()
    opened = Signal()
    looked = Signal()

    def show_look(self, look: KindLook) -> None:
        """Show the kind as it stands; what is chosen stays."""
        raise NotImplementedError

    def searched(self) -> str:
        """What is looked for."""
        return ""

    def keys(self) -> QWidget:
        """What takes the keys."""
        raise NotImplementedError
