"""Tells when nobody has touched keyboard or mouse for a while."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QWindow

_TOUCHES = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
    }
)


class Idle(QObject):
    """`passed` comes once when `minutes` went by untouched, and again after the next touch.

    It looks at what the system hands the window: a filter on the whole application would see
    every event of every widget, and cost more than all of them.
    """

    passed = Signal()

    def __init__(self, minutes: float, parent: QObject) -> None:
        super().__init__(parent)
        self.clock = QTimer(self)
        self.clock.setSingleShot(True)
        self.clock.setInterval(round(minutes * 60_000))
        self.clock.timeout.connect(self.passed)
        self.clock.start()

    def watch(self, window: QWindow) -> None:
        """Look at this window of the system."""
        window.installEventFilter(self)

    def untouched(self) -> int:
        """For how many milliseconds nobody has touched keyboard or mouse."""
        return self.clock.interval() - max(self.clock.remainingTime(), 0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Every touch begins the wait anew; nothing is taken."""
        if event.type() in _TOUCHES:
            self.clock.start()
        return False
