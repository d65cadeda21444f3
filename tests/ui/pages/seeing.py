"""A page at every zoom and in both themes, looked over for cut and overlapping words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

import pytest
from _pytest.mark.structures import ParameterSet
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from desktop.domain.people import Role
from desktop.ui.look import Look
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
    found = []
    QApplication.processEvents()
    # No loop runs here that would delete the pages before: each look would be put on them too.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    for look, zoom in LOOKS:
        seen.window.set_look(Look(look, zoom, motion=False))
        for _ in range(12):
            QApplication.processEvents()
        found += [f"{look} {zoom}: {fault}" for fault in find_problems(seen.window)]
        if seen.window.minimumSizeHint().width() > WIDE:
            found.append(f"{look} {zoom}: the window is pushed wider than {WIDE}")
    seen.window.set_look(Look(Theme.LIGHT, 100, motion=False))
    QApplication.processEvents()
    return found


def walkers(walks: Iterable[Role]) -> list[Role | ParameterSet]:
    """Who has most pages; the long check has all."""
    return [
        role if role is Role.CLERK else pytest.param(role, marks=pytest.mark.long) for role in walks
    ]


def wake(office: Office) -> None:
    """Give the window the keys, as it has them on a desk."""
    office.window.activateWindow()
    QApplication.processEvents()
