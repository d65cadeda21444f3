"""Tells when nobody has touched keyboard or mouse for a while."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer, Signal

_TOUCHES = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
    }
)


class Idle(QObject):
    """`passed` comes once when `minutes` went by untouched, and again after the next touch."""

    passed = Signal()

    def __init__(self, minutes: float, parent: QObject) -> None:
        super().__init__(parent)
        self.clock = QTimer(self)
        self.clock.setSingleShot(True)
        self.clock.setInterval(round(minutes * 60_000))
        self.clock.timeout.connect(self.passed)
        app = QCoreApplication.instance()
        if app is not None:
            app.installEventFilter(self)
        self.clock.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Every touch begins the wait anew; nothing is taken."""
        if event.type() in _TOUCHES:
            self.clock.start()
        return False
