"""Beside and under the lines of a file's text: their numbers and marks, room for sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QTextBlock
from PySide6.QtWidgets import QPlainTextDocumentLayout, QPlainTextEdit, QWidget

from desktop.domain.persian import to_persian_digits
from desktop.ui import theme
from desktop.ui.icons import paint_icon
from desktop.ui.palette import Tone
from desktop.ui.widgets.code.marks import Mark
from desktop.ui.widgets.paint import strokes

_ICONS: Mapping[Tone, str] = {"refuse": "alert-circle", "pay": "alert-triangle"}
_GAP, _ICON, _BESIDE = 10, 16, 6
Shown = tuple[int, QRect, QTextBlock]
"""A line that shows: its number, its place, its text."""


class Room(QPlainTextDocumentLayout):
    """Lines are as high as their text, and those with a sentence under them by its height more.

    `under` gives a line's room, in pixels.
    """

    def __init__(self, edit: QPlainTextEdit, under: Callable[[int], float]) -> None:
        super().__init__(edit.document())
        self._under = under

    def blockBoundingRect(self, block: QTextBlock) -> QRectF:
        """The line's place, with the room under it."""
        rect = super().blockBoundingRect(block)
        under = self._under(block.blockNumber() + 1)
        if under and rect.height():
            rect.setHeight(rect.height() + under)
        return rect


class Gutter(QWidget):
    """The numbers of the lines and the marks beside them; painted for what shows.

    `shown` gives the lines in a rectangle with their places, `mark_at` what stands at a line.
    """

    def __init__(
        self,
        edit: QPlainTextEdit,
        shown: Callable[[QRect], Iterable[Shown]],
        mark_at: Callable[[int], Mark | None],
    ) -> None:
        super().__init__(edit)
        self._edit, self._shown, self._mark_at = edit, shown, mark_at

    def wide(self) -> int:
        """How wide it must be for the numbers there are, pixels."""
        digits = max(3, len(str(self._edit.blockCount())))
        wide = strokes.width_of("۸" * digits, "small") + theme.px(_ICON) + 2 * theme.px(_BESIDE)
        return wide + theme.px(_GAP)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The numbers of the lines that show, and their marks."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), theme.colour("surface"))
        painter.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        high = self._edit.fontMetrics().lineSpacing()
        icon = theme.px(_ICON)
        numbers = self.width() - icon - 2 * theme.px(_BESIDE)
        for line, rect, _ in self._shown(event.rect()):
            mark = self._mark_at(line)
            colour = theme.colour("text2")
            if mark is not None and mark.tone is not None:
                ground = QRect(0, rect.top(), self.width(), rect.height())
                painter.fillRect(ground, QColor(theme.tone(mark.tone).ground))
                colour = theme.colour(mark.tone)
                top = rect.top() + (high - icon) // 2
                at = self.width() - icon - theme.px(_BESIDE)
                paint_icon(painter, _ICONS[mark.tone], at, top, icon, colour)
            at_number = QRect(0, rect.top(), numbers, high)
            strokes.text(painter, at_number, to_persian_digits(line), "small", colour=colour)
