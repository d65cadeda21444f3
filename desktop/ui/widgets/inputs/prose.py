"""Words over several lines: a reason, a comment, a report."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMimeData, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QShowEvent, QTextCursor, QTextOption
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy

from desktop.domain.persian import ZWNJ, clean
from desktop.ui import theme
from desktop.ui.widgets.inputs import undo
from desktop.ui.widgets.inputs.line import (
    SKIPPED,
    State,
    as_shown,
    beside_caret,
    too_long,
)
from desktop.ui.widgets.keys import is_enter
from desktop.ui.widgets.paint.focus_ring import WrongRing


class Prose(QPlainTextEdit):
    """Several lines of words; Enter is a new line here, Tab goes on.

    The value is clean text, line by line. What does not fit in `max_length` is not taken, and
    `refused` says so.
    """

    edited = Signal()
    left = Signal()
    refused = Signal(str)
    types = True

    def __init__(self, *, max_length: int = 2000, lines: int = 3, placeholder: str = "") -> None:
        super().__init__()
        self.limit, self._lines = max_length, lines
        self._state: State = ""
        self._wrong = WrongRing(self)
        self.setPlaceholderText(beside_caret(placeholder))
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        option = QTextOption(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute)
        option.setTextDirection(Qt.LayoutDirection.RightToLeft)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.document().setDefaultTextOption(option)
        # What stands there as far as the program knows, and whether it is changing it itself.
        self._known, self._ours = "", False
        self.textChanged.connect(self._changed)
        theme.dress(self, "prose")
        theme.follow(self)
        self.restyle()

    def restyle(self) -> None:
        """Take sizes at the zoom in force."""
        self.setFont(theme.font("body"))
        margins = 2 * round(self.document().documentMargin()) + 2 * theme.px(4) + 4
        height = theme.metrics("body").lineSpacing() * self._lines + margins
        self.setFixedHeight(height)

    def value(self) -> str:
        """Clean text, one line a line, without empty lines at its ends."""
        lines = [clean(line) for line in self.toPlainText().split("\n")]
        return "\n".join(lines).strip("\n")

    def raw(self) -> str:
        """The same, for a draft."""
        return self.value()

    def set_value(self, value: str) -> None:
        """Fill the box; nothing is signalled."""
        self._ours = True
        self.setPlainText(as_shown(value, lines=True)[: self.limit])
        self._ours = False
        self._known = self.toPlainText()

    def state(self) -> State:
        """How it stands."""
        return self._state

    def set_state(self, state: State) -> None:
        """As for a line: error, read-only, from the records."""
        self._state = state
        self._wrong.set_wrong(state == "error")
        self.setReadOnly(state in SKIPPED)
        if self.property("state") != state:
            self.setProperty("state", state)
            self.style().unpolish(self)
            self.style().polish(self)

    def sizeHint(self) -> QSize:
        """Columns decide the width."""
        return QSize(theme.px(240), self.minimumHeight())

    def changeEvent(self, event: QEvent) -> None:
        """The font stays the box's own."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            theme.hold_font(self, "body")

    def showEvent(self, event: QShowEvent) -> None:
        """Polished by now."""
        super().showEvent(event)
        theme.hold_font(self, "body")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Typed letters and digits become Persian before they stand there."""
        if undo.take(self, event):
            return
        held = event.modifiers()
        command = held & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        if held == Qt.KeyboardModifier.ShiftModifier and event.key() == Qt.Key.Key_Space:
            self._put(ZWNJ)
        elif is_enter(event) and not command:
            self._put("\n")
        elif event.text().isprintable() and event.text() and not command:
            self._put(event.text())
        else:
            # Deleting and taking back are heard as the text changes.
            super().keyPressEvent(event)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste plain, normalised words."""
        self._put(source.text())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Left."""
        super().focusOutEvent(event)
        passing = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)
        if event.reason() not in passing:
            self.left.emit()

    def _put(self, words: str) -> None:
        if self.isReadOnly():
            return
        shown = as_shown(words, lines=True)
        cursor: QTextCursor = self.textCursor()
        free = self.limit - len(self.toPlainText()) + len(cursor.selectedText())
        if free > 0 and shown:
            cursor.insertText(shown[:free])
            self.setTextCursor(cursor)
            self.ensureCursorVisible()
        if len(shown) > free:
            # After the change has told of itself, which takes away what was said before.
            self.refused.emit(too_long(self.limit))

    def _changed(self) -> None:
        """By whatever means: keys, a menu, a screen reader."""
        words = self.toPlainText()
        if self._ours or words == self._known:
            return
        if self.isReadOnly():
            self.set_value(self._known)
            return
        if as_shown(words, lines=True)[: self.limit] != words:
            self.set_value(words)
        self._known = self.toPlainText()
        self.edited.emit()
