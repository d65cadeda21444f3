"""What a key says, whether it was pressed among the letters or on the number pad."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

_DOWN: Mapping[int, int] = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
_ONWARD: Mapping[int, int] = {Qt.Key.Key_Left: 1, Qt.Key.Key_Right: -1}
_ENTERS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def held(event: QKeyEvent) -> Qt.KeyboardModifier:
    """What is held with it. Qt adds a modifier of its own on the number pad: nobody holds that."""
    return event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier


def is_enter(event: QKeyEvent) -> bool:
    """Whether it is Enter, either of the two."""
    return event.key() in _ENTERS


def down(event: QKeyEvent) -> int:
    """One row down or up (−1); 0 for another key."""
    return _DOWN.get(event.key(), 0)


def onward(event: QKeyEvent) -> int:
    """One column on, to the left as one reads, or back (−1); 0 for another key."""
    return _ONWARD.get(event.key(), 0)
