"""Keeps the focus in the page that shows, and what is typed before the page has a place for it."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from desktop.ui.page import Page
from desktop.ui.soon import soon

# Keys older than this were meant for something that never came.
_KEPT_S = 5
_SHOWN_MS = 20
_KEPT_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab, Qt.Key.Key_Backspace)
_NONE = Qt.KeyboardModifier.NoModifier
_COMMANDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


@dataclass(frozen=True)
class _Key:
    """A key as it was pressed; Qt's own event lives only while it is heard."""

    at: float
    key: int
    held: Qt.KeyboardModifier
    words: str


class FocusKeeper(QObject):
    """Looks at one page at a time, from `watch` on.

    A page is shown before it has loaded. It has the focus itself until then, and the keys that
    reach it are given to the first widget in it that takes the focus, in the order of typing; to
    the page, where all that was asked for is here (`idle`) and nothing in it took the focus.
    When what has the focus is hidden or given up, Qt gives it to whatever is next, or to nobody:
    then the page has it.
    """

    def __init__(self, window: QWidget, idle: Callable[[], bool]) -> None:
        super().__init__(window)
        self._window, self._idle = window, idle
        self._page: Page | None = None
        self._opening = self._strayed = False
        self._typed: list[_Key] = []
        self._holder: QWidget | None = None
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._moved)

    def watch(self, page: Page) -> None:
        """This page shows now; it has the focus until something in it takes it."""
        self._page, self._opening = page, True
        page.installEventFilter(self)
        page.setFocus(Qt.FocusReason.OtherFocusReason)

    def keep(self, key: str) -> None:
        """A digit that was nobody's key: it was typed before its field was there."""
        if self._opening and self._page is not None and self._page.hasFocus():
            self._typed.append(_Key(time.monotonic(), ord(key), _NONE, key))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep what is typed on a page that is opening; see what hides with the focus in it."""
        kind = event.type()
        if kind == QEvent.Type.Hide and watched is self._holder:
            self._look_soon()
        elif kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            page = self._page
            if self._opening and page is not None and watched is page and page.hasFocus():
                return self._keep(event)
        return False

    def _keep(self, event: QKeyEvent) -> bool:
        typed = event.text().isprintable() and bool(event.text())
        if event.modifiers() & _COMMANDS or not (typed or event.key() in _KEPT_KEYS):
            return False
        self._typed.append(_Key(time.monotonic(), event.key(), event.modifiers(), event.text()))
        soon(self, self._settle, _SHOWN_MS)
        return True

    def _settle(self) -> None:
        """On a page with nothing to take them, the keys mean what they mean everywhere."""
        page = self._page
        if not self._opening or page is None or not isValid(page) or not page.hasFocus():
            return
        if self._idle():
            self._give()
        elif self._typed:
            soon(self, self._settle, _SHOWN_MS)

    def _moved(self, old: QWidget | None, new: QWidget | None) -> None:
        holder, self._holder = self._holder, new
        if holder is not None and isValid(holder) and holder is not self._page:
            holder.removeEventFilter(self)
        if new is not None and new is not self._page:
            new.installEventFilter(self)
        page = self._page
        if page is None or not isValid(page):
            return
        if new is None:
            self._look_soon()
        elif new is not page and page.isAncestorOf(new):
            self._give()
        elif old is not None and isValid(old) and not old.isVisible() and not self._inside(new):
            self._strayed = True
            self._look_soon()

    def _give(self) -> None:
        """The page has a place for what was typed."""
        self._opening = False
        typed, self._typed = self._typed, []
        if QApplication.mouseButtons() != Qt.MouseButton.NoButton:
            return
        since = time.monotonic() - _KEPT_S
        for each in typed:
            focus = QApplication.focusWidget()
            if each.at > since and focus is not None:
                pressed = QKeyEvent(QEvent.Type.KeyPress, each.key, each.held, each.words)
                QApplication.sendEvent(focus, pressed)

    def _look_soon(self) -> None:
        # What stands in the place of what was hidden, and is to have the focus, is shown meanwhile.
        soon(self, self._look, _SHOWN_MS)

    def _look(self) -> None:
        page, focus = self._page, QApplication.focusWidget()
        strayed, self._strayed = self._strayed, False
        if page is None or not isValid(page) or not page.isVisible():
            return
        if not self._window.isActiveWindow() or QApplication.activePopupWidget() is not None:
            return
        if focus is None or not focus.isVisible() or (strayed and not self._inside(focus)):
            page.take_focus()
            taken = QApplication.focusWidget()
            if taken is None or not taken.isVisible():
                # Where the page would go on does not show now.
                page.setFocus()

    def _inside(self, widget: QWidget) -> bool:
        page = self._page
        if page is None:
            return False
        parts = (page, page.side, page.bar)
        held = [part for part in parts if part is not None]
        return any(part is widget or part.isAncestorOf(widget) for part in held)
