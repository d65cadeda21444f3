"""Typing as a person does: Qt's own test typing stops the interpreter on Persian letters."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

Modifier = Qt.KeyboardModifier


def type_text(widget: QWidget, text: str) -> None:
    """Type the text into whatever has the focus, `widget` if nothing has; U+200C is Shift+Space."""
    for char in text:
        key = Qt.Key.Key_Space if char in " \u200c" else Qt.Key(0)
        if char not in " \u200c" and ord(char) < 128:
            key = Qt.Key(ord(char.upper()))
        held = Modifier.ShiftModifier if char == "\u200c" else Modifier.NoModifier
        _send(widget, int(key), held, char)


def press(widget: QWidget, key: Qt.Key, held: Qt.KeyboardModifier = Modifier.NoModifier) -> None:
    """Press a key that is no letter: Enter, an arrow, a function key."""
    words = {Qt.Key.Key_Return: "\r", Qt.Key.Key_Backspace: "\b", Qt.Key.Key_Space: " "}
    _send(widget, int(key), held, words.get(key, ""))


def paste(widget: QWidget, text: str) -> None:
    """Paste the text through the clipboard."""
    QApplication.clipboard().setText(text)
    target = QApplication.focusWidget() or widget
    _send(target, int(Qt.Key.Key_V), Modifier.ControlModifier, "\x16")


def click(widget: QWidget, at: QPoint | None = None) -> None:
    """Click with the left button in the middle of the widget, or at a point of it."""
    where = widget.rect().center() if at is None else at
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton, Modifier.NoModifier, where)


def _send(widget: QWidget, key: int, held: Qt.KeyboardModifier, text: str) -> None:
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        target = QApplication.activePopupWidget() or QApplication.focusWidget() or widget
        QCoreApplication.sendEvent(target, QKeyEvent(kind, key, held, text))
