"""When a window of the system is first seen, all of it painted."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QWindow

from desktop.ui.soon import soon


class FirstSight(QObject):
    """`came` once, as the system says: a window that is covered whole is not painted itself."""

    came = Signal()

    def watch(self, window: QWindow) -> None:
        """Look at this window of the system."""
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """It comes to be seen: what it shows is painted before the next turn; takes nothing."""
        exposed = event.type() == QEvent.Type.Expose
        if exposed and isinstance(watched, QWindow) and watched.isExposed():
            watched.removeEventFilter(self)
            soon(self, self.came.emit)
        return False
