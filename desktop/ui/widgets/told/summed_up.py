"""What stands in a folded part, in two lines at the most."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent, QTextLayout, QTextOption

from desktop.domain.persian import bind, to_persian_digits
from desktop.ui.widgets.label import Label

_LINES = 2


class SummedUp(Label):
    """As many pieces as two lines hold, and how many more there are; all are said to a reader."""

    def __init__(self) -> None:
        super().__init__("", wrap=True, middle=True)
        self._pieces: tuple[str, ...] = ()

    def set_pieces(self, pieces: Sequence[str]) -> None:
        """Sum these up."""
        self._pieces = tuple(pieces)
        self.setAccessibleName("، ".join(pieces))
        self.setText(self._fitting(self.width()))
        self.updateGeometry()

    def heightForWidth(self, width: int) -> int:
        """What fits into so much, in its one or two lines."""
        return self._lines(self._fitting(width), width) * self._line()

    def sizeHint(self) -> QSize:
        """One line of all that there is: it takes what it is given."""
        whole = self.fontMetrics().horizontalAdvance("، ".join(self._pieces))
        return QSize(whole + 2, self._line())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More or fewer pieces fit."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.setText(self._fitting(event.size().width()))

    def _line(self) -> int:
        return self.fontMetrics().lineSpacing()

    def _fitting(self, width: int) -> str:
        for count in range(len(self._pieces), 0, -1):
            rest = len(self._pieces) - count
            more = f" و {rest} مورد دیگر" if rest else ""
            words = "، ".join(self._pieces[:count]) + to_persian_digits(more)
            if self._lines(words, width) <= _LINES:
                return words
        # A single answer longer than both lines: its beginning in one of them.
        first = next(iter(self._pieces), "")
        return self.fontMetrics().elidedText(first, Qt.TextElideMode.ElideRight, width)

    def _lines(self, words: str, width: int) -> int:
        option = QTextOption(Qt.AlignmentFlag.AlignRight)
        option.setTextDirection(Qt.LayoutDirection.RightToLeft)
        option.setWrapMode(QTextOption.WrapMode.WordWrap)
        lines = QTextLayout(bind(words), self.font())
        lines.setTextOption(option)
        lines.beginLayout()
        count = 0
        while (line := lines.createLine()).isValid():
            line.setLineWidth(max(1, width))
            count += 1
        lines.endLayout()
        return max(1, count)
