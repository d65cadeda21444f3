"""The visits of a day under each other, each whole: when, where, whom to call, what to look at."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from desktop.ui import theme
from desktop.ui.icons import paint_icon
from desktop.ui.standing.visit_day import VisitLine
from desktop.ui.widgets.holders.bar import scroll_by_bars
from desktop.ui.widgets.keys import down, held, is_enter
from desktop.ui.widgets.paint import strokes
from desktop.ui.widgets.told.chip import chip_width, draw_chip

Index = QModelIndex | QPersistentModelIndex
_LINE_ROLE = Qt.ItemDataRole.UserRole + 12
_LINE, _PAD, _DISC = 23, 9, 28
_WHEN, _ASKS, _SIDES, _GAP = 128, 252, 14, 12


class VisitRows(QAbstractListModel):
    """The visits in the order in which they are made."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lines: list[VisitLine] = []

    def show_lines(self, lines: Sequence[VisitLine]) -> None:
        """Hold these."""
        self.beginResetModel()
        self.lines = list(lines)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """How many there are."""
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The line, or its words."""
        if not index.isValid():
            return None
        line = self.lines[index.row()]
        if role == _LINE_ROLE:
            return line
        spoken = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
        return line.said if role in spoken else None


class _Drawn(QStyledItemDelegate):
    """Draws a visit in three columns; where it is narrow what to look at stands under the rest."""

    def __init__(self, view: VisitList) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As high as the longest of its columns."""
        line: VisitLine = index.data(_LINE_ROLE)
        # Address, person, telephone.
        where = 3 + bool(self._second_line(line))
        asks = len(line.asks) + bool(line.more)
        lines = where + asks if self._view.narrow else max(where, 1 + asks)
        return QSize(theme.px(300), theme.px(lines * _LINE + 2 * _PAD))

    def _second_line(self, line: VisitLine) -> str:
        return strokes.two_lines(line.address, self._room(), "body", 500)[1]

    def _room(self) -> int:
        """Pixels for the address: between when it is and what to look at, or its chip."""
        taken = _SIDES + _DISC + _GAP + _WHEN + _GAP + _ASKS + _SIDES
        return self._view.viewport().width() - theme.px(taken)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground, number, columns."""
        line: VisitLine = index.data(_LINE_ROLE)
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        painter.fillRect(rect, theme.colour("sel" if selected else "surface"))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, theme.colour("line"))
        if selected:
            wide = theme.px(4)
            bar = QRect(rect.right() - wide + 1, rect.top(), wide, rect.height())
            painter.fillRect(bar, theme.colour("accent"))
        right = rect.right() - theme.px(_SIDES)
        top = rect.top() + theme.px(_PAD)
        self._number(painter, right, top, line, selected=selected)
        right -= theme.px(_DISC + _GAP)
        self._when(painter, right, top, line)
        right -= theme.px(_WHEN + _GAP)
        left = rect.left() + theme.px(_SIDES)
        below = self._where(painter, right, top, line)
        self._look(painter, rect, (left, right, top if not self._view.narrow else below), line)
        if selected and self._view.hasFocus():
            frame = rect.adjusted(1, 1, -1, -2)
            strokes.box(painter, frame, theme.px(4), border=theme.colour("focus"), width=2)
        painter.restore()

    def _number(
        self, painter: QPainter, right: int, top: int, line: VisitLine, *, selected: bool
    ) -> None:
        size = theme.px(_DISC)
        disc = QRect(right - size, top, size, size)
        if line.done:
            ground, edge = QColor(theme.tone("ok").ground), theme.colour("ok")
            strokes.box(painter, disc, size / 2, fill=ground, border=edge)
            icon = theme.px(18)
            shift = (size - icon) // 2
            paint_icon(painter, "check", disc.x() + shift, disc.y() + shift, icon, edge)
            return
        ground = theme.colour("accent" if selected else "surface")
        edge = theme.colour("accent" if selected else "edge")
        strokes.box(painter, disc, size / 2, fill=ground, border=edge)
        colour = theme.colour("on_accent" if selected else "text")
        strokes.text(painter, disc, line.number, "body", 700, colour, strokes.CENTRE)

    def _when(self, painter: QPainter, right: int, top: int, line: VisitLine) -> None:
        wide, high = theme.px(_WHEN), theme.px(_LINE)
        quiet = theme.colour("text2")
        self._line(painter, right, top, wide, line.window, "body", 700)
        icon = theme.px(16)
        name = "map-pin" if line.number == "۱" else "walk"
        paint_icon(painter, name, right - icon, top + high + (high - icon) // 2, icon, quiet)
        shift = icon + theme.px(6)
        self._line(painter, right - shift, top + high, wide - shift, line.way, "small", 400, quiet)
        self._line(painter, right, top + 2 * high, wide, line.service, "small", 400, quiet)

    def _where(self, painter: QPainter, right: int, top: int, line: VisitLine) -> int:
        """Address, person, telephone; gives where they end."""
        wide, high, y = self._room(), theme.px(_LINE), top
        for words in strokes.two_lines(line.address, wide, "body", 500):
            if words:
                self._line(painter, right, y, wide, words, "body", 500)
                y += high
        self._line(painter, right, y, wide, line.person, "body", 400)
        y += high
        icon = theme.px(16)
        quiet = theme.colour("text2")
        paint_icon(painter, "phone", right - icon, y + (high - icon) // 2, icon, quiet)
        shift = icon + theme.px(6)
        self._line(painter, right - shift, y, wide - shift, line.phone, "body", 400)
        return max(y + high, top + 3 * high)

    def _look(
        self, painter: QPainter, rect: QRect, at: tuple[int, int, int], line: VisitLine
    ) -> None:
        left, right, top = at
        high = theme.px(_LINE)
        asks_right = right if self._view.narrow else left + theme.px(_ASKS)
        y = top
        chip_y = rect.top() + theme.px(_PAD) + high // 2
        draw_chip(painter, left + chip_width(line.chip), chip_y, line.chip)
        if not self._view.narrow:
            y += high + theme.px(4)
        tone = theme.colour("ok") if line.done else theme.colour("text")
        icon = theme.px(14)
        for words in (*line.asks, line.more):
            if not words:
                continue
            name = "circle-check" if line.done else "circle"
            if words is not line.more:
                paint_icon(painter, name, asks_right - icon, y + (high - icon) // 2, icon, tone)
            shift = icon + theme.px(6)
            wide = asks_right - shift - left
            self._line(painter, asks_right - shift, y, wide, words, "small", 400, tone)
            y += high

    def _line(
        self,
        painter: QPainter,
        right: int,
        top: int,
        wide: int,
        words: str,
        kind: theme.Kind,
        weight: theme.Weight,
        colour: QColor | None = None,
    ) -> None:
        place = QRect(right - wide, top, wide, theme.px(_LINE))
        strokes.text(painter, place, words, kind, weight, colour, elide=True)


class VisitList(QListView):
    """The list; `chosen` follows the row (−1: none), `opened` comes on Enter or a double click,
    `shifted` (−1, 1) on Alt+↑ and ↓."""

    chosen = Signal(int)
    opened = Signal(int)
    shifted = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.narrow = False
        self.rows = VisitRows(self)
        self.setModel(self.rows)
        self.setItemDelegate(_Drawn(self))
        self.setAccessibleName("بازدیدهای روز، به ترتیب مسیر")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setUniformItemSizes(False)
        scroll_by_bars(self)
        self.doubleClicked.connect(lambda index: self.opened.emit(index.row()))
        theme.notifier().changed.connect(self.scheduleDelayedItemsLayout)

    def show_lines(self, lines: Sequence[VisitLine], row: int) -> None:
        """These visits, that row chosen."""
        self.rows.show_lines(lines)
        self.choose(row)

    def row(self) -> int:
        """The chosen row, or −1."""
        index = self.currentIndex()
        return index.row() if index.isValid() else -1

    def choose(self, row: int) -> None:
        """Choose a row and bring it into sight."""
        if 0 <= row < self.rows.rowCount():
            self.setCurrentIndex(self.rows.index(row))

    def set_narrow(self, narrow: bool) -> None:
        """What to look at folds under the rest."""
        self.narrow = narrow
        self.scheduleDelayedItemsLayout()

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell which row it is now."""
        super().currentChanged(current, previous)
        self.chosen.emit(current.row() if current.isValid() else -1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens; Alt+↑ and ↓ change the order; letters are the page's."""
        step, enter = down(event), is_enter(event)
        if step and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.shifted.emit(step)
        elif enter and not held(event):
            if self.row() >= 0:
                self.opened.emit(self.row())
        elif enter or event.text().strip() or event.key() == Qt.Key.Key_Space:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """An address may need another line."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()
