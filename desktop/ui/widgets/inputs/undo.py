"""Ctrl+Z over a whole form: what was typed, chosen, ticked, one change after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeyEvent, QTextCursor, QUndoCommand, QUndoStack
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLineEdit, QPlainTextEdit, QWidget

_STEP = 1
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_CONTROL = Qt.KeyboardModifier.ControlModifier


class Undo(QObject):
    """The changes of a form, taken back and done again.

    `kept` gives what stands in the form, whatever can be compared; `put` lays such a state in and
    goes to the input that is named. All typing in one input is one change, each choice is one.
    """

    def __init__(
        self, form: QWidget, kept: Callable[[], Any], put: Callable[[Any, str], None]
    ) -> None:
        super().__init__(form)
        self._kept, self._put = kept, put
        self._stack = QUndoStack(self)
        self._now: Any = None
        self._putting = False

    def begin(self) -> None:
        """What stands there now is where the changes begin."""
        self._stack.clear()
        self._now = self._kept()

    def note(self, key: str) -> None:
        """Something was changed, in the input of that key."""
        if self._putting:
            return
        before, self._now = self._now, self._kept()
        if before is not None and before != self._now:
            self._stack.push(_Step(self, before, self._now, key, typed=_is_typing()))

    def step(self, *, redo: bool) -> None:
        """Take the last change back, or do the next one again."""
        if redo:
            self._stack.redo()
        else:
            self._stack.undo()

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


class _Step(QUndoCommand):
    """One change, with all that stood in the form before and after it."""

    def __init__(self, undo: Undo, before: Any, after: Any, key: str, *, typed: bool) -> None:
        super().__init__()
        self._undo, self._before, self._after = undo, before, after
        self._key, self._typed = key, typed
        self._done = True

    def id(self) -> int:
        """The stack asks only steps of one id whether they are one."""
        return _STEP

    def mergeWith(self, other: QUndoCommand) -> bool:
        """A further letter in the same input belongs to the change that began there."""
        if not isinstance(other, _Step) or not (self._typed and other._typed):
            return False
        if other._key != self._key:
            return False
        self._after = other._after
        self.setObsolete(self._after == self._before)
        return True

    def undo(self) -> None:
        """As it was before."""
        self._undo.put(self._before, self._key)

    def redo(self) -> None:
        """As it was after; pushed onto the stack it stands there already."""
        if self._done:
            self._done = False
            return
        self._undo.put(self._after, self._key)


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
