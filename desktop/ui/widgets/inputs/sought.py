"""The line over a list in which one types whom or what one looks for there."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal

from desktop.ui.widgets.inputs.line import TextLine

_PAUSE_MS = 200


class SoughtLine(TextLine):
    """`sought` comes once typing pauses, `edited` with each key."""

    sought = Signal()

    def __init__(self, placeholder: str, name: str) -> None:
        super().__init__(placeholder=placeholder, icon="search")
        self.setAccessibleName(name)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.sought)
        self.edited.connect(self._pause.start)

    def settle(self) -> bool:
        """Look now; until then the list shows what was looked for before, and nothing is done
        with it."""
        if not self._pause.isActive():
            return True
        self._pause.stop()
        self.sought.emit()
        return False
