"""A person's hands at the window: keys typed and pressed, and waiting until the page stands.

No clock runs meanwhile: what a page does by itself after a pause it does when the hands rest or
time passes for them, never because the machine was slow.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QCoreApplication, QEvent, Qt, QThread, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from desktop.trial.blocks import Blocks
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
# What is over after this long is no pause but work of the program's own: its lock, its rounds.
_LONGEST_MS = 10_000
# A form of many parts is laid out in several goes, each with the events that the last one left.
_GOES = 8
_MOST_ROUNDS = 10
_MOST_TABS = 40


class Hands:
    """Everything goes where a keyboard's keys would go: to the focus, with shortcuts first.

    `blocks` hears how long the window's thread took for each. `presses` counts the keys that only
    lead on, `typed` those that say something: letters, ticks, choices.
    """

    def __init__(self, window: Window, blocks: Blocks | None = None) -> None:
        self.window = window
        self.presses = self.typed = 0
        self._blocks = blocks or Blocks()

    def count_anew(self) -> None:
        """From here on keys are counted from nothing."""
        self.presses = self.typed = 0

    def type(self, text: str) -> None:
        """Letter by letter; a half-space is Shift+Space."""
        self.typed += len(text)
        for char in text:
            if char in f" {ZWNJ}":
                self._send(
                    Key.Key_Space, Held.ShiftModifier if char == ZWNJ else Held.NoModifier, char
                )
            else:
                key = Key(ord(char.upper())) if char.isascii() else Key(0)
                self._send(key, Held.NoModifier, char)

    def say(self, keys: str) -> None:
        """A key that chooses an answer: an arrow, Enter in a list."""
        self._press(keys)
        self.typed += 1

    def press(self, keys: str) -> None:
        """A key by its cap, as `Enter`, `Ctrl+Enter`, `F8`, `Space`, `Left`."""
        self._press(keys)
        self.presses += 1

    def _press(self, keys: str) -> None:
        self._hear()
        *held, name = keys.split("+")
        key = getattr(Key, f"Key_{_CAPS.get(name, name)}")
        modifiers = Held.NoModifier
        for each in held:
            modifiers |= _HELD[each]
        target = self._target()
        self.hold(keys, lambda: QTest.keyClick(target, key, modifiers))
        self.settle()

    def enter(self) -> None:
        """Enter: on to the next field."""
        self.presses += 1
        self._hear()
        self._send(Key.Key_Return, Held.NoModifier, "\r")
        self._hear()

    def space(self) -> None:
        """Space: tick what has the focus."""
        self.typed += 1
        self._send(Key.Key_Space, Held.NoModifier, " ")

    def click(self, widget: QWidget) -> None:
        """The left button in the widget's middle."""
        self.hold("click", lambda: QTest.mouseClick(widget, Qt.MouseButton.LeftButton))
        self.settle()

    def go_to(self, widget: QWidget) -> None:
        """Put the focus into a field that shows."""
        widget.setFocus(Qt.FocusReason.MouseFocusReason)
        self._hear()

    def enter_to(self, widget: QWidget) -> None:
        """Enter until it has the keys. Raises LookupError where no Enter leads there."""
        for _ in range(_MOST_TABS):
            if QApplication.focusWidget() is widget:
                return
            self.enter()
        raise LookupError(f"no Enter leads to «{widget.accessibleName()}»")

    def reach(self, widget: QWidget) -> None:
        """Tab until it has the keys. Raises LookupError where no Tab leads there."""
        for _ in range(_MOST_TABS):
            if QApplication.focusWidget() is widget:
                return
            self.press("Tab")
        raise LookupError(f"no Tab leads to «{widget.accessibleName()}»")

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

    def choose_from(self, opener: str, words: str) -> None:
        """Press what opens a list, and one of the list. Raises LookupError."""
        self.choose(opener)
        menu = QApplication.activePopupWidget()
        for each in menu.actions() if menu is not None else ():
            if each.text().startswith(words):
                self.hold(words, each.trigger)
                break
        else:
            raise LookupError(f"«{opener}» has no «{words}»")
        if menu is not None:
            menu.close()
        self.settle()

    def settle(self, pause: int = _PAUSE_MS) -> None:
        """Let what was begun be drawn; what the page would do after a pause it does at once."""
        self._hear_all()
        for _ in range(_MOST_ROUNDS):
            pauses = self._pauses(pause)
            for timer in pauses:
                timer.stop()
                self.hold("pause", timer.timeout.emit)
            self._hear_all()
            if not pauses:
                break
        for _ in range(_GOES):
            self._hear()
        # No loop runs here that would delete what the window gave up.
        self.hold("delete", _delete)

    def rest(self) -> None:
        """The same of the draft, so that a picture of a form is always the same."""
        self.settle(_DRAFT_MS)

    def let_pass(self) -> None:
        """The same of all that a minute brings: a toast goes, what lies open was read."""
        self.settle(_LONGEST_MS)

    def _pauses(self, longest: int) -> list[QTimer]:
        """What waits in the window for so many milliseconds at the most."""
        return [
            timer
            for timer in self.window.findChildren(QTimer)
            if timer.isActive() and timer.isSingleShot() and timer.interval() <= longest
        ]

    def _send(self, key: Qt.Key, held: Qt.KeyboardModifier, text: str) -> None:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event, target = QKeyEvent(kind, int(key), held, text), self._target()
            self.hold(text or key.name, partial(QCoreApplication.sendEvent, target, event))

    def hold(self, did: str, act: Callable[[], object]) -> None:
        """Something that the window's thread does in one go."""
        self._blocks.hold(did, lambda: self.window.page, act)

    def _hear(self) -> None:
        # However long the last one took: no pause is over because of it.
        for timer in self._pauses(_LONGEST_MS):
            if timer.interval():
                timer.start()
        # Also before a key: a list that typing opened is there before one chooses in it.
        self.hold("events", QApplication.processEvents)

    def _hear_all(self) -> None:
        """What waits to be heard, and what other threads are doing for the window."""
        self._hear()
        while not self.window.is_idle:
            QThread.msleep(1)
            self._hear()

    def _target(self) -> QWidget:
        popup = QApplication.activePopupWidget()
        if popup is None and QApplication.activeWindow() is not self.window:
            # Without a window manager nobody gives the focus back when a list closes.
            self.window.activateWindow()
            self._hear()
        return popup or QApplication.focusWidget() or self.window


def _delete() -> None:
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
