"""Every test of the window begins in light at 100 %, with motion off."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from desktop.ui import printing, theme
from desktop.ui.look import place_settings
from desktop.ui.palette import GROUNDS, Theme
from desktop.ui.work import Work


@pytest.fixture(autouse=True)
def _settings(tmp_path: Path) -> None:
    """What a person chooses is kept with the test, never in this machine's own settings."""
    place_settings(tmp_path / "settings")


@pytest.fixture(autouse=True)
def _collected_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Beside workers nothing is collected, as in the program (`ui/collecting`): one of them would
    take apart on its own thread what tests before have left of their windows."""
    made = Work.__init__

    def making(work: Work, *, serial: bool = False) -> None:
        if not serial:
            gc.disable()
        made(work, serial=serial)

    monkeypatch.setattr(Work, "__init__", making)


@pytest.fixture(autouse=True)
def _printers() -> Iterator[None]:
    """What stands in for a printer goes with its test."""
    yield
    printing._stand_ins.clear()


@pytest.fixture(autouse=True)
def _look(qapp: QApplication) -> None:
    # Nothing deletes what was to be deleted later while no loop runs: without this every window of
    # every test before is restyled with this one's.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    plain_look(qapp)


def plain_look(qapp: QApplication) -> None:
    """Light, 100 %, no motion, unless that is how it looks."""
    theme.prepare(qapp)
    now = (theme.tokens().name, theme.zoom(), theme.motion_ms())
    applied = qapp.palette().color(GROUNDS["bg"]) == theme.colour("bg")
    if now != (Theme.LIGHT, 100, 0) or not applied:
        theme.apply(qapp, Theme.LIGHT, 100, motion=False)
