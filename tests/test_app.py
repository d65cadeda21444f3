"""What the start does behind the first page."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest
from pytestqt.qtbot import QtBot

from desktop import app
from desktop.domain.errors import Refusal
from desktop.ui.window import Window
from desktop.ui.work import Work


def test_a_centre_that_could_not_be_opened_is_told_once_and_tried_again(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app, "_AGAIN_MS", 5)
    work = Work()
    window = Window(work)
    start = app.SampleStart(window, work, tmp_path)
    tried: list[int] = []
    connected: list[object] = []
    told: list[str] = []

    def begin() -> None:
        tried.append(len(tried))
        if len(tried) < 3:
            raise Refusal("پایگاه دادهٔ مرکز قفل است.")

    house = SimpleNamespace(begin=begin)
    monkeypatch.setattr(start, "_connect", connected.append)
    work.refused.connect(told.append)
    start._begin(house)  # type: ignore[arg-type]
    qtbot.waitUntil(lambda: connected == [house], timeout=5_000)
    assert (len(tried), len(told)) == (3, 1)
    work.close()
    window.close()
