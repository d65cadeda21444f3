"""Digits, and letters with Ctrl, by what stands on their keys where the layout is Persian."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QWindow

# As on the keyboard of the standard (ISIRI 9147) and on the older one of Windows alike.
_LETTERS = {
    "A": "ش",
    "C": "ز",
    "F": "ب",
    "K": "ن",
    "L": "م",
    "V": "ر",
    "X": "ط",
    "Y": "غ",
    "Z": "ظ",
}
# With Shift, on the two keyboards: an Arabic kaf, a ta marbuta.
_SHIFTED = {"Z": "\u0643\u0629"}
_DIGITS = {str(digit): chr(0x06F0 + digit) for digit in range(10)}
_PERSIAN: Mapping[str, str] = {**_LETTERS, **_DIGITS}
_LATIN = {ord(persian): Qt.Key(ord(latin)) for latin, persian in _PERSIAN.items()}


def sequences(keys: str) -> list[QKeySequence]:
    """The sequence, and the one that its key gives with the Persian layout, where that differs."""
    held, plus, name = keys.rpartition("+")
    found = [QKeySequence(keys)]
    told = _PERSIAN if "Ctrl" in held else _DIGITS
    if name in told:
        letters = told[name] + (_SHIFTED.get(name, "") if "Shift" in held else "")
        found += [QKeySequence(f"{held}{plus}{letter}") for letter in letters]
    return found


class PersianKeys(QObject):
    """Hands what is pressed with Ctrl on, as the Latin key: copying, pasting and their kin.

    A machine with a Latin layout beside the Persian one finds that key by itself, and so does
    Windows; with the Persian one alone the key is the letter. It looks at what the system hands
    the window, like `Idle`.
    """

    def watch(self, window: QWindow) -> None:
        """Look at this window of the system."""
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The same key in Latin in place of the Persian one."""
        if event.type() not in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            return False
        if not isinstance(event, QKeyEvent):
            return False
        latin = _LATIN.get(int(event.key()))
        if latin is None or not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return False
        same = QKeyEvent(event.type(), int(latin), event.modifiers(), "", event.isAutoRepeat())
        QCoreApplication.sendEvent(watched, same)
        return True
