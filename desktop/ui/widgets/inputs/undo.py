"""Ctrl+Z over a whole form: what was typed, chosen, ticked, one change after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLineEdit, QPlainTextEdit, QWidget

_SHIFT = Qt.KeyboardModifier.ShiftModifier
_CONTROL = Qt.KeyboardModifier.ControlModifier


class Undo(QObject):
    """The changes of a form, taken back and done again.

    `kept` gives what stands in the form, whatever can be compared; `put` lays such a state in and
    goes to the input that is named. All typing in one input is one change, each choice is one.
    `QUndoStack` is none for it: of two commands that it merges Python holds one, and by it the
    form, for good (PySide 6.11).
    """

    def __init__(
        self, form: QWidget, kept: Callable[[], Any], put: Callable[[Any, str], None]
    ) -> None:
        super().__init__(form)
        self._kept, self._put = kept, put
        self._done: list[_Step] = []
        self._undone: list[_Step] = []
        self._now: Any = None
        self._putting = False

    def begin(self) -> None:
        """What stands there now is where the changes begin."""
        self._done, self._undone = [], []
        self._now = self._kept()

    def note(self, key: str) -> None:
        """Something was changed, in the input of that key."""
        if self._putting:
            return
        before, self._now = self._now, self._kept()
        if before is not None and before != self._now:
            self._push(_Step(before, self._now, key, typed=_is_typing()))

    def _push(self, step: _Step) -> None:
        """A further letter in the same input belongs to the change that began there."""
        self._undone = []
        last = self._done[-1] if self._done else None
        if last is None or not (last.typed and step.typed and last.key == step.key):
            self._done.append(step)
            return
        last.after = step.after
        if last.after == last.before:
            self._done.pop()

    def step(self, *, redo: bool) -> None:
        """Take the last change back, or do the next one again."""
        taken, given = (self._undone, self._done) if redo else (self._done, self._undone)
        if taken:
            step = taken.pop()
            given.append(step)
            self.put(step.after if redo else step.before, step.key)

    def put(self, state: Any, key: str) -> None:
        """Lay a state in; that is no change of its own."""
        self._putting = True
        try:
            self._put(state, key)
        finally:
            self._putting = False
        self._now = state
        to_the_end(QApplication.focusWidget())

    @contextmanager
    def together(self, key: str = "") -> Iterator[None]:
        """Whatever is changed meanwhile is one change."""
        before, self._putting = self._putting, True
        try:
            yield
        finally:
            self._putting = before
            self.note(key)


@dataclass
class _Step:
    """One change in the input of a key, with all that stood in the form before and after it."""

    before: Any
    after: Any
    key: str
    typed: bool


def to_the_end(box: QWidget | None) -> None:
    """The next letter goes behind what stands in the box, and not in its place."""
    if isinstance(box, QLineEdit):
        box.end(False)
    elif isinstance(box, QPlainTextEdit):
        box.moveCursor(QTextCursor.MoveOperation.End)


def asked(event: QKeyEvent) -> bool | None:
    """Whether Ctrl+Y or Ctrl+Shift+Z is pressed, which does again; False for Ctrl+Z; else None."""
    held = event.modifiers()
    if event.key() == Qt.Key.Key_Z and held in (_CONTROL, _CONTROL | _SHIFT):
        return bool(held & _SHIFT)
    return True if event.key() == Qt.Key.Key_Y and held == _CONTROL else None


def take(widget: QWidget, event: QKeyEvent) -> bool:
    """Whether the key belongs to the form round the input, which has stepped then.

    A cell of a table that is being typed is no part of its form until it is left.
    """
    redo = asked(event)
    if redo is None:
        return False
    over: QWidget | None = widget
    while over is not None and not isinstance(over, QAbstractItemView):
        found = over.findChild(Undo, options=Qt.FindChildOption.FindDirectChildrenOnly)
        if found is not None:
            found.step(redo=redo)
            return True
        over = over.parentWidget()
    return False


def step_on(page: QWidget, *, redo: bool) -> bool:
    """Step in the form that shows on a page, also where the keys are beside it; whether one does.

    The one round what has the keys goes first.
    """
    focus = QApplication.focusWidget()
    shown = [
        each
        for each in page.findChildren(Undo)
        if isinstance(form := each.parent(), QWidget) and form.isVisible()
    ]
    inside = [each for each in shown if _is_over(each.parent(), focus)]
    found = next(iter([*inside, *shown]), None)
    if found is not None:
        found.step(redo=redo)
    return found is not None


def _is_over(form: QObject | None, focus: QWidget | None) -> bool:
    return focus is not None and isinstance(form, QWidget) and form.isAncestorOf(focus)


def _is_typing() -> bool:
    """Whether the keys are where words are typed letter by letter."""
    return bool(getattr(QApplication.focusWidget(), "types", False))
