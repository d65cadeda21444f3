"""The window fits the screen that it opens on, and opens as it was left."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.ui import window_size


def test_a_small_screen_has_no_room_for_it_with_its_frame() -> None:
    assert not window_size.fits(QRect(0, 0, 1366, 728))
    assert not window_size.fits(QRect(0, 0, 1366, 768))
    assert window_size.fits(QRect(0, 0, 1920, 1040))


def test_a_small_screen_is_filled(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(window_size, "_is_seen", lambda: True)
    window = QWidget()
    qtbot.addWidget(window)
    window_size.open_window(window)
    assert window.isMaximized()


def test_it_opens_as_it_was_left(qtbot: QtBot) -> None:
    first, second = QWidget(), QWidget()
    for window in (first, second):
        qtbot.addWidget(window)
    window_size.open_window(first)
    assert (first.width(), first.height()) == (1366, 768)
    first.resize(700, 600)
    window_size.keep(first)
    window_size.open_window(second)
    assert (second.width(), second.height()) == (700, 600)
