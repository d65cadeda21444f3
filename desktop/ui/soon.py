"""What is done a little later, as long as who wants it lives."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer


def soon(owner: QObject, act: Callable[[], object], after_ms: int = 0) -> None:
    """Do it once what waits has been heard, or so many milliseconds later; never after its owner.

    `QTimer.singleShot` with an owner that goes first holds the act, and all that it knows, for good
    (PySide 6.11): a page that was left at once would never give its memory back.
    """
    timer = QTimer(owner)
    timer.setSingleShot(True)
    timer.timeout.connect(act)
    timer.timeout.connect(timer.deleteLater)
    timer.start(after_ms)
