"""A box that is ticked by other means than a key or the mouse is ticked by a person too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QAbstractButton

if TYPE_CHECKING:
    _Base = QAbstractButton
else:
    # A second base that is Qt's own would be a second button in C++.
    _Base = object


class Toggling(_Base):
    """Makes a click of what a screen reader does: Qt's reader toggles, and no click is told.

    Mixed in before Qt's own button; what the program sets by `setChecked` is no click.
    """

    _by_us = False

    def listen(self) -> None:
        """From now on; the button is made."""
        self.toggled.connect(self._toggled)

    def setChecked(self, checked: bool) -> None:
        """As Qt's, from within the program."""
        self._by_us = True
        super().setChecked(checked)
        self._by_us = False

    def nextCheckState(self) -> None:
        """Within a click, which tells itself."""
        self._by_us = True
        super().nextCheckState()
        self._by_us = False

    def _toggled(self, checked: bool) -> None:
        # One of several goes out as another is taken: the one that is taken tells it.
        if not self._by_us and (checked or not self.autoExclusive()):
            self.clicked.emit()
