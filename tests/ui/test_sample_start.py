"""The centre that the program carries is opened behind its desks, and again where that failed."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import pytest
from pytestqt.qtbot import QtBot

from desktop import app
from desktop.app import SampleStart
from desktop.domain.errors import Refusal
from desktop.premises.open import House
from desktop.ui.window import Window
from desktop.ui.work import Work


class _Failing:
    """A house whose centre does not open the first time."""

    def __init__(self, fault: Exception) -> None:
        self.fault, self.tried = fault, 0

    def begin(self) -> None:
        self.tried += 1
        if self.tried == 1:
            raise self.fault


@pytest.mark.parametrize(
    "fault", [Refusal("پایگاه داده باز نشد."), LookupError("a bad publication")]
)
def test_a_centre_that_did_not_open_is_tried_again(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    monkeypatch.setattr(app, "_AGAIN_MS", 10)
    work = Work(serial=True)
    window = Window(work)
    qtbot.addWidget(window)
    start, house = SampleStart(window, work, tmp_path), _Failing(fault)
    connected: list[House] = []
    monkeypatch.setattr(start, "_connect", connected.append)
    told: list[str] = []
    work.refused.connect(told.append)
    work.bug.connect(told.append)
    start._begin(cast(House, house))
    qtbot.waitUntil(lambda: bool(connected))
    assert house.tried == 2
    assert len(told) == 1
    work.close()
