"""A row that folds what stands under it: words in columns that wrap, pressed as a whole."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from desktop.ui import theme
from desktop.ui.widgets.keys import down, held, is_enter
from desktop.ui.widgets.label import IconLabel
from desktop.ui.widgets.layouts import Row
from desktop.ui.widgets.paint import strokes
from desktop.ui.widgets.paint.focus_ring import FocusRing

_MARKS = {True: "chevron-down", False: "chevron-left"}


class FoldRow(QPushButton):
    """A chevron, then cells side by side; Space, Enter or a click opens and closes it.

    `turned` says whether it is open now, `moved` −1 or 1 on ↑ and ↓.
    """

    turned = Signal(bool)
    moved = Signal(int)

    def __init__(self, name: str, cells: list[tuple[QWidget, int]]) -> None:
        super().__init__()
        self._hover = False
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._mark = IconLabel(_MARKS[False], 14, "text2")
        row = Row(gap=8, margins=(4, 10, 5, 14))
        row.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignVCenter)
        for cell, share in cells:
            row.addWidget(cell, share)
        self.setLayout(row)
        for child in (self._mark, *(cell for cell, _ in cells)):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.ring = FocusRing(self, 2, stacked=True)
        self.toggled.connect(self._turn)
        theme.follow_size(self)

    def sizeHint(self) -> QSize:
        """What its cells ask for, 29 high at the least."""
        return self._inner().sizeHint().expandedTo(QSize(0, theme.px(29)))

    def minimumSizeHint(self) -> QSize:
        """Words wrap before they are cut."""
        return self._inner().minimumSize().expandedTo(QSize(0, theme.px(29)))

    def enterEvent(self, event: QEnterEvent) -> None:
        """The pointer came."""
        self._hover = True
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """The pointer went."""
        self._hover = False
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens like Space; arrows go to the neighbours."""
        if is_enter(event) and not held(event):
            self.click()
        elif step := down(event):
            self.moved.emit(step)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground and the hairline; the cells draw themselves."""
        painter = strokes.open_painter(self)
        if self.isChecked():
            painter.fillRect(self.rect(), theme.colour("sel"))
        elif self._hover or self.isDown():
            painter.fillRect(self.rect(), theme.colour("sunk"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, theme.colour("line"))

    def _inner(self) -> Row:
        layout = self.layout()
        assert isinstance(layout, Row)
        return layout

    def _turn(self, open_now: bool) -> None:
        self._mark.set_icon(_MARKS[open_now])
        self.turned.emit(open_now)
