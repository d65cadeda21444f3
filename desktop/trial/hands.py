"""A person's hands at the window: keys typed and pressed, and waiting until the page stands."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from desktop.ui.widgets.button import Button
from desktop.ui.window import Window

ZWNJ = "\u200c"
Key = Qt.Key
Held = Qt.KeyboardModifier
_CAPS = {"Enter": "Return", "Esc": "Escape"}
_HELD = {"Ctrl": Held.ControlModifier, "Alt": Held.AltModifier, "Shift": Held.ShiftModifier}
# A page waits so long at the most after the last key before it looks, asks and draws by itself.
_PAUSE_MS = 700
_DRAFT_MS = 900
_MOST_ROUNDS = 10


class Hands:
    """Everything goes where a keyboard's keys would go: to the focus, with shortcuts first."""

    def __init__(self, window: Window) -> None:
        self.window = window

    def type(self, text: str) -> None:
        """Letter by letter; a half-space is Shift+Space."""
        for char in text:
            if char in f" {ZWNJ}":
                self._send(
                    Key.Key_Space, Held.ShiftModifier if char == ZWNJ else Held.NoModifier, char
                )
            else:
                key = Key(ord(char.upper())) if char.isascii() else Key(0)
                self._send(key, Held.NoModifier, char)

    def press(self, keys: str) -> None:
        """A key by its cap, as `Enter`, `Ctrl+Enter`, `F8`, `Space`, `Left`."""
        *held, name = keys.split("+")
        key = getattr(Key, f"Key_{_CAPS.get(name, name)}")
        modifiers = Held.NoModifier
        for each in held:
            modifiers |= _HELD[each]
        QTest.keyClick(self._target(), key, modifiers)
        self.settle()

    def enter(self) -> None:
        """Enter: on to the next field."""
        self._send(Key.Key_Return, Held.NoModifier, "\r")
        QApplication.processEvents()

    def space(self) -> None:
        """Space: tick what has the focus."""
        self._send(Key.Key_Space, Held.NoModifier, " ")

    def click(self, widget: QWidget) -> None:
        """The left button in the widget's middle."""
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton)
        self.settle()

    def go_to(self, widget: QWidget) -> None:
        """Put the focus into a field that shows."""
        widget.setFocus(Qt.FocusReason.MouseFocusReason)
        QApplication.processEvents()

    def button(self, words: str) -> Button:
        """The visible button whose caption begins so. Raises LookupError."""
        for each in self.window.findChildren(Button):
            if each.isVisible() and each.isEnabled() and each.accessibleName().startswith(words):
                return each
        raise LookupError(f"no button «{words}»")

    def has_button(self, words: str) -> bool:
        """Whether such a button shows."""
        try:
            self.button(words)
        except LookupError:
            return False
        return True

    def click_button(self, words: str) -> None:
        """Press a button by its caption. Raises LookupError."""
        self.click(self.button(words))

    def choose(self, words: str) -> None:
        """Press anything that can be pressed by its name: a row, a tab, a tick."""
        for each in self.window.findChildren(QAbstractButton):
            if each.isVisible() and (each.accessibleName() or each.text()).startswith(words):
                self.click(each)
                return
        raise LookupError(f"nothing to press «{words}»")

    def settle(self, pause: int = _PAUSE_MS) -> None:
        """Let what was begun be drawn; what the page would do after a pause it does at once."""
        QApplication.processEvents()
        for _ in range(_MOST_ROUNDS):
            pauses = [
                timer
                for timer in self.window.findChildren(QTimer)
                if timer.isActive() and timer.isSingleShot() and timer.interval() <= pause
            ]
            for timer in pauses:
                timer.stop()
                timer.timeout.emit()
            QApplication.processEvents()
            if not pauses:
                break
        # No loop runs here that would delete what the window gave up.
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

    def rest(self) -> None:
        """The same of the draft, so that a picture of a form is always the same."""
        self.settle(_DRAFT_MS)

    def _send(self, key: Qt.Key, held: Qt.KeyboardModifier, text: str) -> None:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, int(key), held, text)
            QCoreApplication.sendEvent(self._target(), event)

    def _target(self) -> QWidget:
        popup = QApplication.activePopupWidget()
        if popup is None and QApplication.activeWindow() is not self.window:
            # Without a window manager nobody gives the focus back when a list closes.
            self.window.activateWindow()
            QApplication.processEvents()
        return popup or QApplication.focusWidget() or self.window
