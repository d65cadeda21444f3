"""The keys that work everywhere, bound once; what each does the window decides."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

from desktop.ui.persian_keys import sequences
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.holders.rail import RailItem
from desktop.ui.widgets.holders.scroller import follow_focus
from desktop.ui.widgets.inputs.line import TextLine
from desktop.ui.widgets.inputs.rows_model import TYPED_IN

_KEYS = (
    "F1", "Ctrl+F1", "Alt+Right",
    "F2", "F3", "F4", "F5", "F6", "F7", "F8", "Shift+F8", "F9", "F10", "F11", "F12", "Esc",
)  # fmt: skip
_CONFIRMS = ("Ctrl+Return", "Ctrl+Enter")
_TURNS = ("Ctrl+Tab", "Ctrl+Shift+Tab")
_ZOOM = {"Ctrl+=": 1, "Ctrl++": 1, "Ctrl+-": -1, "Ctrl+0": 0}


class WindowKeys(QObject):
    """`pressed` gives F-keys, Esc and the digits that nobody types; `zoomed` 1, −1, or 0 to reset.

    `stepped` takes the last change back, or with True does it again.

    A digit is a key only where it would not be typed. A list or menu that is open is shut by a key
    before that does its work, and what is half said is made whole; Esc only shuts the list, and
    nothing is confirmed over a choice that means nothing.
    """

    pressed = Signal(str)
    confirmed = Signal()
    searched = Signal()
    locked = Signal()
    listed = Signal()
    zoomed = Signal(int)
    stepped = Signal(bool)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        for key in _KEYS:
            self._bind(key, partial(self.pressed.emit, key))
        for sequence in _CONFIRMS:
            # However long it is held: by then the main button may be of the next row.
            self._bind(sequence, self.confirmed.emit).setAutoRepeat(False)
        for key in _TURNS:
            self._bind(key, partial(self.pressed.emit, key))
        # Where an editor of another program has its panes.
        self._bind("Ctrl+F6", partial(self.pressed.emit, "F6"))
        self._bind("Ctrl+Shift+Backtab", partial(self.pressed.emit, "Ctrl+Shift+Tab"))
        self._bind("Ctrl+Z", partial(self.stepped.emit, False))
        for key in ("Ctrl+Y", "Ctrl+Shift+Z"):
            self._bind(key, partial(self.stepped.emit, True))
        self._bind("Ctrl+K", self.searched.emit)
        self._bind("Ctrl+L", self.locked.emit)
        self._bind("Ctrl+/", self.listed.emit)
        for sequence, step in _ZOOM.items():
            self._bind(sequence, partial(self.zoomed.emit, step))
        self._digits = [self._bind(d, partial(self.pressed.emit, d)) for d in "0123456789"]
        self._last: QWidget | None = None
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_moved)

    def _bind(self, sequence: str, act: Callable[[], object]) -> QShortcut:
        shortcut = QShortcut(self._window)
        shortcut.setKeys(sequences(sequence))
        shortcut.activated.connect(partial(_settled, sequence, act))
        return shortcut

    def _focus_moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        # The same one again: the window was left for another and is there again.
        if new is not None and new is not self._last:
            self._last = new
            follow_focus(new)
        # A table that is typed has no cursor until the first letter; it says so by itself.
        table = new is not None and bool(new.property(TYPED_IN))
        typed = table or isinstance(new, QLineEdit | QPlainTextEdit)
        for shortcut in self._digits:
            shortcut.setEnabled(not typed)


def _settled(sequence: str, act: Callable[[], object]) -> None:
    """Act on what stands there, as if it had been left first."""
    popup, line = QApplication.activePopupWidget(), QApplication.focusWidget()
    if popup is not None and sequence == "Esc":
        popup.close()
        return
    settled = line.settle() if isinstance(line, TextLine) else True
    if popup is not None:
        popup.close()
    if isinstance(line, TextLine) and not settled and sequence in _CONFIRMS:
        line.ask_again()
    else:
        act()


def click_shown(root: QWidget, key: str) -> bool:
    """Click the visible button, else the rail's item, that answers the key; whether one did."""
    shown: list[Button | RailItem] = [*root.findChildren(Button), *root.findChildren(RailItem)]
    for each in shown:
        if each.answers(key) and each.isVisible():
            each.click()
            return True
    return False
