"""Segments: a choice of one among a few short options, side by side."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.domain.persian import fold
from desktop.ui import theme
from desktop.ui.icons import paint_icon
from desktop.ui.widgets.inputs.line import State, as_shown
from desktop.ui.widgets.keys import down, onward
from desktop.ui.widgets.paint import strokes
from desktop.ui.widgets.paint.focus_ring import WrongRing
from desktop.ui.widgets.paint.spoken import SpokenParts

Option = tuple[str, str]


class Segments(QWidget):
    """Up to four short options side by side; arrows and first letters choose.

    The value is the key of the chosen option, or "" while none is.
    """

    edited = Signal()
    left = Signal()

    def __init__(self, options: Sequence[Option]) -> None:
        super().__init__()
        self._options = tuple(options)
        self._chosen = -1
        self._state: State = ""
        self._wrong = WrongRing(self)
        self._name = ""
        self._parts = SpokenParts(self, self._part, self._choose)
        self.setAccessibleDescription("")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.follow_size(self)

    def setAccessibleName(self, name: str) -> None:
        """The label; the chosen option is told after it."""
        self._name = name
        self._tell()

    def setAccessibleDescription(self, words: str) -> None:
        """What is wrong or a hint; without either, what may be chosen."""
        super().setAccessibleDescription(words or "، ".join(each for _, each in self._options))

    def options(self) -> tuple[Option, ...]:
        """The (key, words) offered."""
        return self._options

    def set_words(self, words: Sequence[str]) -> None:
        """Call the options otherwise, in their order; what is chosen stays."""
        keys = (key for key, _ in self._options)
        self._options = tuple(zip(keys, words, strict=True))
        self.setAccessibleDescription("")
        self._tell_parts()
        self.updateGeometry()
        self.update()

    def value(self) -> str:
        """The chosen key, or ""."""
        return self._options[self._chosen][0] if self._chosen >= 0 else ""

    def raw(self) -> str:
        """The same, for a draft."""
        return self.value()

    def set_value(self, value: str) -> None:
        """Choose by key; a key that is not offered chooses none."""
        keys = [key for key, _ in self._options]
        self._chosen = keys.index(value) if value in keys else -1
        self._tell()
        self.update()

    def state(self) -> State:
        """How it stands."""
        return self._state

    def set_state(self, state: State) -> None:
        """As for a line: error, read-only, from the records."""
        self._state = state
        self._wrong.set_wrong(state == "error")
        self._tell()
        self.update()

    def isReadOnly(self) -> bool:
        """Whether nothing can be chosen."""
        return self._state in ("readonly", "records")

    def sizeHint(self) -> QSize:
        """All segments as wide as the widest."""
        widest = max(strokes.width_of(words, "body", 700) for _, words in self._options)
        return QSize((widest + 2 * theme.px(12)) * len(self._options) + 2, theme.px(34))

    def minimumSizeHint(self) -> QSize:
        """Words are never cut."""
        return QSize(sum(self._needs()) + 2, theme.px(34))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move, a first letter jumps, Space takes the first."""
        step = onward(event) + down(event)
        if self.isReadOnly() or event.modifiers() & Qt.KeyboardModifier.AltModifier:
            event.ignore()
        elif step:
            self._choose(min(max(self._chosen + step, 0), len(self._options) - 1))
        elif event.key() == Qt.Key.Key_Space:
            self._choose(max(self._chosen, 0))
        elif event.text().strip() and (typed := fold(as_shown(event.text()))):
            count = len(self._options)
            for step in range(1, count + 1):
                index = (self._chosen + step) % count
                if fold(self._options[index][1]).startswith(typed):
                    self._choose(index)
                    break
        else:
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click chooses."""
        if not self.isReadOnly():
            for index in range(len(self._options)):
                if self._part(index).contains(event.position().toPoint()):
                    self._choose(index)

    def showEvent(self, event: QShowEvent) -> None:
        """A reader finds its parts."""
        super().showEvent(event)
        self._tell_parts()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In their places."""
        super().resizeEvent(event)
        self._tell_parts()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Left."""
        super().focusOutEvent(event)
        self.left.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the segments, or one read-only line."""
        painter = strokes.open_painter(self)
        focused = self.hasFocus()
        radius = theme.px(6)
        if self.isReadOnly():
            self._paint_read_only()
            return
        strokes.box(painter, self.rect(), radius, fill=theme.colour("surface"))
        for index, (_, words) in enumerate(self._options):
            part = self._part(index)
            chosen = index == self._chosen
            if chosen:
                painter.save()
                painter.setClipRect(part)
                strokes.box(painter, self.rect(), radius, fill=theme.colour("sel"))
                painter.restore()
            if index:
                painter.fillRect(QRect(part.right(), 1, 1, self.height() - 2), theme.colour("line"))
            strokes.text(painter, part, words, "body", 700 if chosen else 400, align=strokes.CENTRE)
        border = "refuse" if self._state == "error" else "focus" if focused else "edge"
        width = 2 if self._state == "error" or focused else 1
        strokes.box(painter, self.rect(), radius, border=theme.colour(border), width=width)

    def _paint_read_only(self) -> None:
        painter = strokes.open_painter(self)
        records = self._state == "records"
        ground = theme.colour("tint" if records else "sunk")
        border = theme.colour("focus" if self.hasFocus() else "line")
        width = 2 if self.hasFocus() else 1
        strokes.box(painter, self.rect(), theme.px(6), fill=ground, border=border, width=width)
        words = self._options[self._chosen][1] if self._chosen >= 0 else ""
        side = theme.px(10)
        strokes.text(painter, self.rect().adjusted(side, 0, -side, 0), words)
        size = theme.px(16)
        name, colour = ("database", "link") if records else ("lock", "text2")
        y = (self.height() - size) // 2
        paint_icon(painter, name, theme.px(11), y, size, theme.colour(colour))

    def _needs(self) -> list[int]:
        return [strokes.width_of(w, "body", 700) + 2 * theme.px(7) for _, w in self._options]

    def _part(self, index: int) -> QRect:
        """Equal parts; where the widest word does not fit, parts as wide as their words."""
        count = len(self._options)
        needs = self._needs()
        if max(needs) * count <= self.width():
            ends = [self.width() * place // count for place in range(count + 1)]
        else:
            spare = max(0, self.width() - sum(needs))
            ends = [sum(needs[:place]) + spare * place // count for place in range(count + 1)]
        right, left = self.width() - ends[index], self.width() - ends[index + 1]
        return QRect(left, 0, right - left, self.height())

    def _choose(self, index: int) -> None:
        if index != self._chosen:
            self._chosen = index
            self._tell()
            self.update()
            self.edited.emit()

    def _tell(self) -> None:
        chosen = self._options[self._chosen][1] if self._chosen >= 0 else "انتخاب نشده"
        super().setAccessibleName(f"{self._name}: {chosen}" if self._name else "")
        self._tell_parts()

    def _tell_parts(self) -> None:
        words = [words for _, words in self._options]
        self._parts.tell(words, self._chosen, fixed=self.isReadOnly())
