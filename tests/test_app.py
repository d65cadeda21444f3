"""What the start does behind the first page."""

from __future__ import annotations

import gc
from datetime import UTC
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop import app
from desktop.demo.people import STAFF
from desktop.domain.errors import Refusal
from desktop.premises.clocks import SteppingClock
from desktop.premises.open import House
from desktop.trial.later import Later
from desktop.ui.pages.wizard.page import Wizard
from desktop.ui.window import Window
from desktop.ui.work import Work
from tests.houses import MORNING, PROPERTIES, copied_house
from tests.ui.keyboard import press


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


@pytest.mark.slow
def test_the_sample_office_is_a_key_away_from_the_wizard_and_back(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    houses: list[House] = []

    def open_house(folder: Path, *_: object, **__: object) -> House:
        clock = SteppingClock(MORNING.astimezone(UTC))
        kept = tmp_path / f"house{len(houses)}"
        houses.append(copied_house(kept, clock, PROPERTIES, None, Later()))
        return houses[-1]

    monkeypatch.setenv("PISHKHAN_HOME", str(tmp_path / "home"))
    monkeypatch.setattr("desktop.demo.house.open_house", open_house)
    work = Work()
    window = Window(work)
    window.show()
    window.activateWindow()
    start = app.DeskStart(window, work, tmp_path / "home")
    start.begin()
    for _ in range(2):
        wizard = window.door_part
        assert isinstance(wizard, Wizard)
        QApplication.processEvents()
        press(wizard, Qt.Key.Key_F9)
        qtbot.waitUntil(lambda: window.is_open, timeout=10_000)
        window.sign_in.choose(STAFF[0].name)
        window.sign_in.go()
        qtbot.waitUntil(lambda: window.page is not None, timeout=10_000)
        frame = window.frame
        assert frame is not None
        frame.looked_at.link.click()
        qtbot.waitUntil(lambda: isinstance(window.door_part, Wizard), timeout=10_000)
        assert not window.is_open
        assert window.frame is None
        # What is closed can be opened anew.
        houses[-1].close()
    assert len(houses) == 2
    window.close()
    start.close()


def test_what_a_start_took_over_is_given_back_to_the_tests_after_it() -> None:
    """Else nothing would be collected in their process: it grew by gigabytes."""
    assert gc.isenabled()
