"""A widget of several parts: whoever goes to it goes to one of them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


class HandsKeysOn(QWidget):
    """Has the keys by the part that `hand_keys_to` names.

    Not by Qt's focus proxy: for Tab such a whole is a stop where its part is one. Wherever it lies
    in the chain behind that part, Tab goes back to the part and round for ever.
    """

    def hand_keys_to(self, part: QWidget) -> None:
        """From now on that part has the keys."""
        self._part = part

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """Give the part the keys."""
        self._part.setFocus(reason)

    def hasFocus(self) -> bool:
        """Whether the part has them."""
        return self._part.hasFocus()
