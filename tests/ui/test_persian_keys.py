"""Every key with Ctrl or Alt, and every digit, works where the Persian layout is the only one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.persian_keys import sequences
from desktop.ui.window_keys import WindowKeys

_CHILD = Path(__file__).with_name("persian_layout_child.py")
_ROOT = Path(__file__).resolve().parents[2]
_SERVER = ":77"


@pytest.mark.parametrize(("letter", "signal"), [("ن", "searched"), ("م", "locked")])
def test_a_key_is_known_by_the_letter_that_stands_on_it(
    qtbot: QtBot, letter: str, signal: str
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    keys = WindowKeys(window)
    window.show()
    window.activateWindow()
    click, control = QTest.KeyAction.Click, Qt.KeyboardModifier.ControlModifier
    with qtbot.waitSignal(getattr(keys, signal)):
        QTest.sendKeyEvent(click, window.windowHandle(), Qt.Key(ord(letter)), letter, control, -1)


@pytest.mark.parametrize("digit", ["2", "۲"])
def test_a_place_is_chosen_by_the_digit_of_either_layout(qtbot: QtBot, digit: str) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    keys = WindowKeys(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    click, plain = QTest.KeyAction.Click, Qt.KeyboardModifier.NoModifier
    with qtbot.waitSignal(keys.pressed) as pressed:
        QTest.sendKeyEvent(click, window.windowHandle(), Qt.Key(ord(digit)), digit, plain, -1)
    assert pressed.args == ["2"]


@pytest.mark.parametrize("digit", ["1", "6", "۱", "۶"])
def test_a_tab_is_opened_by_the_digit_of_either_layout(qtbot: QtBot, digit: str) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    opened: list[int] = []
    for number in (1, 6):
        shortcut = QShortcut(window)
        shortcut.setKeys(sequences(f"Alt+{number}"))
        shortcut.activated.connect(partial(opened.append, number))
    window.show()
    window.activateWindow()
    click, alt = QTest.KeyAction.Click, Qt.KeyboardModifier.AltModifier
    QTest.sendKeyEvent(click, window.windowHandle(), Qt.Key(ord(digit)), digit, alt, -1)
    assert opened == [int(digit)]


@pytest.mark.parametrize(
    ("keys", "ways"),
    [
        ("Ctrl+K", 2), ("Ctrl+0", 2), ("Alt+3", 2), ("Ctrl+/", 1), ("Alt+Right", 1), ("F7", 1),
        ("1", 2), ("Alt+K", 1), ("Esc", 1),
    ],
)  # fmt: skip
def test_only_digits_and_letters_with_ctrl_have_a_persian_one(keys: str, ways: int) -> None:
    assert len(sequences(keys)) == ways


@pytest.fixture
def persian_server() -> Iterator[str]:
    """An X server of its own, with the Persian layout alone."""
    with subprocess.Popen(
        ["Xvfb", _SERVER, "-noreset", "-screen", "0", "800x600x24"], stderr=subprocess.DEVNULL
    ) as server:
        try:
            for _ in range(50):
                done = subprocess.run(
                    ["setxkbmap", "-display", _SERVER, "ir"], check=False, capture_output=True
                )
                if not done.returncode:
                    break
                time.sleep(0.1)
            yield _SERVER
        finally:
            server.terminate()


@pytest.mark.slow
def test_with_a_real_keyboard(persian_server: str) -> None:
    done = subprocess.run(
        [sys.executable, str(_CHILD)],
        env={
            **os.environ,
            "DISPLAY": persian_server,
            "QT_QPA_PLATFORM": "xcb",
            "PYTHONPATH": str(_ROOT),
        },
        check=True,
        capture_output=True,
        text=True,
        timeout=60,
    )
    pressed, pasted, left = json.loads(done.stdout)
    assert pressed == ["K", "L", "/", "0"]
    assert (pasted, left) == ("سلام", "")
