"""A page at every zoom and in both themes, looked over for cut and overlapping words."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from desktop.ui import theme
from desktop.ui.palette import Theme
from desktop.ui.window import Window
from tests.ui.layout_check import LOOKS, find_problems
from tests.ui.pages.conftest import Office

WIDE = 1366


class Seen(Protocol):
    """What has the program's window."""

    @property
    def window(self) -> Window: ...


def faults(seen: Seen) -> list[str]:
    """Everything wrong with the window as it stands, in every look."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    found = []
    QApplication.processEvents()
    # No loop runs here that would delete the pages before: each look would be put on them too.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    for look, zoom in LOOKS:
        theme.apply(app, look, zoom, motion=False)
        for _ in range(3):
            QApplication.processEvents()
        # What came from a thread just now is laid out before it is looked at.
        for _ in range(3):
            QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
        found += [f"{look} {zoom}: {fault}" for fault in find_problems(seen.window)]
        if seen.window.minimumSizeHint().width() > WIDE:
            found.append(f"{look} {zoom}: the window is pushed wider than {WIDE}")
    theme.apply(app, Theme.LIGHT, 100, motion=False)
    QApplication.processEvents()
    return found


def wake(office: Office) -> None:
    """Give the window the keys, as it has them on a desk."""
    office.window.activateWindow()
    QApplication.processEvents()
