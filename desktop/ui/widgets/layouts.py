"""Layouts whose margins and gaps follow the zoom."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QMargins, QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import (
    QBoxLayout,
    QGridLayout,
    QHBoxLayout,
    QLayout,
    QLayoutItem,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop.ui import theme
from desktop.ui.soon import soon

Margins = tuple[float, float, float, float]
# As wide as a scroll bar is, at 100 %.
BAR = 12


def _scaled(margins: Margins) -> QMargins:
    """Qt's margins from ours (top, right, bottom, left) at 100 %; neither mirrors."""
    top, right, bottom, left = (theme.px(side) for side in margins)
    return QMargins(left, top, right, bottom)


class Row(QHBoxLayout):
    """Widgets side by side, the first at the right."""

    def __init__(self, *widgets: QWidget, gap: float = 8, margins: Margins = (0, 0, 0, 0)) -> None:
        super().__init__()
        self._gap, self._margins = gap, margins
        fill(self, widgets)
        theme.follow(self)
        self.restyle()

    def restyle(self) -> None:
        """Take gap and margins at the zoom in force."""
        self.setSpacing(theme.px(self._gap))
        self.setContentsMargins(_scaled(self._margins))

    def set_margins(self, margins: Margins) -> None:
        """Take other margins, given at 100 %."""
        self._margins = margins
        self.restyle()

    def set_gap(self, gap: float) -> None:
        """Take another gap, given at 100 %."""
        self._gap = gap
        self.restyle()


class Column(QVBoxLayout):
    """Widgets one under the other."""

    def __init__(self, *widgets: QWidget, gap: float = 8, margins: Margins = (0, 0, 0, 0)) -> None:
        super().__init__()
        self._gap, self._margins, self._taken = gap, margins, 0.0
        fill(self, widgets)
        theme.follow(self)
        self.restyle()

    def restyle(self) -> None:
        """Take gap and margins at the zoom in force."""
        top, right, bottom, left = self._margins
        self.setSpacing(theme.px(self._gap))
        self.setContentsMargins(_scaled((top, right, bottom, max(0, left - self._taken))))

    def set_margins(self, margins: Margins) -> None:
        """Take other margins, given at 100 %."""
        self._margins = margins
        self.restyle()

    def make_room(self, *, for_bar: bool) -> None:
        """A scroll bar stands in the left margin, so that nothing moves when it comes."""
        self._taken = BAR if for_bar else 0
        self.restyle()


class Grid(QGridLayout):
    """Columns of equal width, filled from the right: fields of a form."""

    def __init__(
        self, columns: int, *, gap: float = 14, row_gap: float = 8, minimum: float = 0
    ) -> None:
        super().__init__()
        self.columns = columns
        self._gap, self._row_gap, self._minimum = gap, row_gap, minimum
        theme.follow(self)
        self.restyle()

    def restyle(self) -> None:
        """Take gaps at the zoom in force; all columns stay equal whatever they hold."""
        self.setHorizontalSpacing(theme.px(self._gap))
        self.setVerticalSpacing(theme.px(self._row_gap))
        self.setContentsMargins(0, 0, 0, 0)
        for column in range(self.columns):
            self.setColumnStretch(column, 1)
            self.setColumnMinimumWidth(column, theme.px(self._minimum))

    def put(self, widgets: list[tuple[QWidget, int]]) -> None:
        """Place widgets in order, each over its number of columns, in as many rows as it takes."""
        row = column = 0
        for widget, span in widgets:
            span = min(span, self.columns)
            if column + span > self.columns:
                row, column = row + 1, 0
            self.addWidget(widget, row, column, 1, span, Qt.AlignmentFlag.AlignTop)
            column += span


class Flow(QLayout):
    """Widgets in lines from the right, a new line where one is full: chips, filters."""

    def __init__(self, *widgets: QWidget, gap: float = 8, row_gap: float = 8) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self._gap, self._row_gap = gap, row_gap
        # By the width, how high all lines are: Qt asks it over and over while it lays out.
        self._high: dict[int, int] = {}
        self.setContentsMargins(0, 0, 0, 0)
        for widget in widgets:
            self.addWidget(widget)
        theme.notifier().changed.connect(self.invalidate)

    def addItem(self, item: QLayoutItem) -> None:
        """Qt hands over an item."""
        self._items.append(item)

    def count(self) -> int:
        """How many items there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """The item, or None past the end, as Qt asks."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Give an item back to Qt."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """It does not ask for more than it needs."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """Fewer pixels across are more lines."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Height of all lines at a width."""
        if width not in self._high:
            self._high[width] = self._place(QRect(0, 0, width, 0), move=False)
        return self._high[width]

    def invalidate(self) -> None:
        """Something in it wants another size."""
        self._high.clear()
        super().invalidate()

    def setGeometry(self, rect: QRect) -> None:
        """Place the items."""
        super().setGeometry(rect)
        self._place(rect, move=True)

    def sizeHint(self) -> QSize:
        """All in one line."""
        visible = [item for item in self._items if not item.isEmpty()]
        gap = theme.px(self._gap)
        width = sum(item.sizeHint().width() + gap for item in visible) - gap if visible else 0
        height = max((item.sizeHint().height() for item in visible), default=0)
        return QSize(width, height)

    def minimumSize(self) -> QSize:
        """As wide as the widest item."""
        size = QSize(0, 0)
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size

    def _place(self, rect: QRect, *, move: bool) -> int:
        gap, y = theme.px(self._gap), rect.top()
        for number, line in enumerate(self._lines(rect.width())):
            y += theme.px(self._row_gap) if number else 0
            high = max(self._size(item, rect.width()).height() for item in line)
            x = rect.right() + 1
            for item in line if move else ():
                hint = self._size(item, rect.width())
                # Lower ones stand in the middle of their line, as words beside a chip do.
                at = QPoint(x - hint.width(), y + (high - hint.height()) // 2)
                item.setGeometry(QRect(at, hint))
                x -= hint.width() + gap
            y += high
        return y - rect.top()

    @staticmethod
    def _size(item: QLayoutItem, width: int) -> QSize:
        """What is wider than all the room takes all of it, words in as many lines as they need."""
        hint = item.sizeHint()
        if hint.width() <= width:
            return hint
        high = item.heightForWidth(width) if item.hasHeightForWidth() else hint.height()
        return QSize(width, high)

    def _lines(self, width: int) -> list[list[QLayoutItem]]:
        gap, room = theme.px(self._gap), 0
        lines: list[list[QLayoutItem]] = []
        for item in self._items:
            if item.isEmpty():
                continue
            wide = item.sizeHint().width()
            if not lines or wide > room:
                lines.append([])
                room = width
            lines[-1].append(item)
            room -= wide + gap
        return lines


def let_lines_ask(widget: QWidget) -> None:
    """As wide as there is room; as high as its lines need at that width.

    Qt holds what may not grow to the height of its hint, which knows nothing of the width: a
    sentence that takes more lines there would be cut. A stretch beside it takes the room left over.
    """
    widget.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)


def fill(layout: QBoxLayout, widgets: tuple[QWidget, ...]) -> None:
    """Add widgets to a box layout in order."""
    for widget in widgets:
        layout.addWidget(widget)


def clear(layout: QLayout) -> None:
    """Take everything out of a layout and delete its widgets."""
    while (item := layout.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.setParent(None)
            # Held until the event loop: while Qt walks over all widgets with a new palette,
            # none of them may die, and one without a parent dies with its last holder.
            soon(widget, partial(_leave, widget))
        elif inner is not None:
            clear(inner)
            inner.deleteLater()


def _leave(widget: QWidget) -> None:
    widget.deleteLater()


class Hairline(QWidget):
    """A hairline between things."""

    def __init__(self, *, upright: bool = False) -> None:
        super().__init__()
        self._upright = upright
        theme.ground(self, "line")
        if upright:
            self.setFixedWidth(1)
        else:
            self.setFixedHeight(1)
