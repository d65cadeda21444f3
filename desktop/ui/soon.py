"""What is done a little later, as long as who wants it lives."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer, Signal

_QUEUED = Qt.ConnectionType.QueuedConnection


class _Soon(QObject):
    came = Signal()


def soon(owner: QObject, act: Callable[[], object], after_ms: int = 0) -> None:
    """Do it once what waits has been heard, or so many milliseconds later; never after its owner.

    `QTimer.singleShot` with an owner that goes first holds the act, and all that it knows, for good
    (PySide 6.11): a page that was left at once would never give its memory back. As there, without
    a time it stands in the queue of what is heard next: a timer would come after it.
    """
    if after_ms:
        timer = QTimer(owner)
        timer.setSingleShot(True)
        timer.timeout.connect(act)
        timer.timeout.connect(timer.deleteLater)
        timer.start(after_ms)
        return
    waits = _Soon(owner)
    waits.came.connect(act, _QUEUED)
    waits.came.connect(waits.deleteLater, _QUEUED)
    waits.came.emit()
