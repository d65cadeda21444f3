"""What is done a little later is done once, and never for who is gone; then nothing holds it."""

from __future__ import annotations

import gc
import weakref

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.ui.soon import soon


class _Asking(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.done = 0

    def act(self) -> None:
        self.done += 1


def test_it_is_done_once(qapp: QApplication, qtbot: QtBot) -> None:
    asking = _Asking()
    soon(asking, asking.act)
    soon(asking, asking.act, 5)
    assert asking.done == 0
    qtbot.waitUntil(lambda: asking.done == 2)


@pytest.mark.long
def test_of_who_goes_first_nothing_is_left(qapp: QApplication) -> None:
    asking = _Asking()
    kept = weakref.ref(asking)
    soon(asking, asking.act)
    soon(asking, lambda one=asking: one.act())  # type: ignore[misc]
    asking.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    QApplication.processEvents()
    assert asking.done == 0
    del asking
    gc.collect()
    assert kept() is None
