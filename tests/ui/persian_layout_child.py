"""Presses keys of a real X server whose only layout is Persian; prints what the window did."""

from __future__ import annotations

import ctypes
import json
import sys

from PySide6.QtCore import QCoreApplication, QDeadlineTimer
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from desktop.ui.persian_keys import PersianKeys
from desktop.ui.window_keys import WindowKeys

# Key codes of X: Control at the left, and the letters by their place on the board.
_CONTROL = 37
_CODES = {"K": 45, "L": 46, "A": 38, "C": 54, "V": 55, "X": 53, "0": 19, "/": 61}


class _Keyboard:
    def __init__(self) -> None:
        x11, self._xtst = ctypes.CDLL("libX11.so.6"), ctypes.CDLL("libXtst.so.6")
        x11.XOpenDisplay.restype = ctypes.c_void_p
        self._display = ctypes.c_void_p(x11.XOpenDisplay(None))
        self._flush = x11.XFlush

    def control(self, name: str) -> None:
        code = _CODES[name]
        for key, down in ((_CONTROL, 1), (code, 1), (code, 0), (_CONTROL, 0)):
            self._xtst.XTestFakeKeyEvent(self._display, key, down, 0)
        self._flush(self._display)


def _hear(milliseconds: int) -> None:
    until = QDeadlineTimer(milliseconds)
    while not until.hasExpired():
        QCoreApplication.processEvents()


def main() -> int:
    """0 when all was pressed."""
    app = QApplication(sys.argv)
    window = QWidget()
    line = QLineEdit("سلام", window)
    other = QLineEdit(window)
    layout = QVBoxLayout(window)
    layout.addWidget(line)
    layout.addWidget(other)
    told: list[str] = []
    keys = WindowKeys(window)
    keys.searched.connect(lambda: told.append("K"))
    keys.locked.connect(lambda: told.append("L"))
    keys.listed.connect(lambda: told.append("/"))
    keys.zoomed.connect(lambda step: told.append(str(step)))
    persian = PersianKeys(window)
    window.show()
    persian.watch(window.windowHandle())
    window.activateWindow()
    line.setFocus()
    _hear(500)
    board = _Keyboard()
    for name in ("K", "L", "/", "0"):
        board.control(name)
        _hear(100)
    for name in ("A", "C"):
        board.control(name)
        _hear(100)
    other.setFocus()
    board.control("V")
    _hear(100)
    line.selectAll()
    line.setFocus()
    board.control("X")
    _hear(100)
    sys.stdout.write(json.dumps([told, other.text(), line.text()]))
    app.quit()
    return 0


if __name__ == "__main__":
    sys.exit(main())
