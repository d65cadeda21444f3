"""One Jalali month to choose a day from: Saturday first, Friday red, today ringed."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QFrame, QWidget

from desktop.domain.calendar import (
    FIRST_YEAR,
    LAST_YEAR,
    MONTHS,
    WEEKDAYS,
    add_months,
    format_long,
    from_jalali,
    jalali,
    month_length,
)
from desktop.domain.persian import to_persian_digits
from desktop.ui import theme
from desktop.ui.icons import paint_icon
from desktop.ui.widgets.keys import down, is_enter, onward
from desktop.ui.widgets.paint import strokes

_CELL, _PADDING, _HEAD = 34, 10, 36


class MonthPopup(QFrame):
    """Opens under a date line; arrows move a day or a week, Page Up and Page Down a month.

    `chosen` gives the day on Enter or a click; Esc closes and changes nothing.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self._day = self._today = date(2026, 1, 1)
        self.setAccessibleName("تقویم")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)

    def day(self) -> date:
        """The day the cursor is on."""
        return self._day

    def open_at(self, anchor: QWidget, day: date, today: date) -> None:
        """Show the month of `day` under the anchor, inside the screen."""
        self._today = today
        self._move_to(day)
        self.setFixedSize(self.sizeHint())
        at = anchor.mapToGlobal(QPoint(0, anchor.height() + 2))
        room = anchor.screen().availableGeometry()
        x = min(max(at.x(), room.left()), room.right() - self.width())
        below = at.y() + self.height() <= room.bottom()
        y = at.y() if below else at.y() - anchor.height() - self.height() - 4
        self.move(x, max(room.top(), y))
        self.show()
        self.setFocus(Qt.FocusReason.PopupFocusReason)

    def sizeHint(self) -> QSize:
        """A head, the names of the days, six weeks."""
        width = 7 * theme.px(_CELL) + 2 * theme.px(_PADDING)
        return QSize(width, theme.px(_HEAD) + 7 * theme.px(_CELL) + 2 * theme.px(_PADDING))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move, choose, or leave."""
        days = onward(event) + 7 * down(event)
        months = {Qt.Key.Key_PageUp: 1, Qt.Key.Key_PageDown: -1}
        key = Qt.Key(event.key())
        if days:
            self._move_to(self._day + timedelta(days))
        elif key in months:
            self._move_to(add_months(self._day, months[key]))
        elif key == Qt.Key.Key_Home:
            self._move_to(self._today)
        elif is_enter(event) or key == Qt.Key.Key_Space:
            self._choose()
        elif key == Qt.Key.Key_Escape:
            self.close()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on a day chooses it; on an arrow, turns the month."""
        point = event.position().toPoint()
        if not self.rect().contains(point):
            self.close()
            return
        if point.y() < theme.px(_PADDING) + theme.px(_HEAD):
            if point.x() < self.width() // 4:
                self._move_to(add_months(self._day, 1))
            elif point.x() > self.width() * 3 // 4:
                self._move_to(add_months(self._day, -1))
            return
        year, month, _ = jalali(self._day)
        for dom in range(1, month_length(year, month) + 1):
            if self._cell(dom).contains(point):
                self._move_to(from_jalali(year, month, dom))
                self._choose()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the month."""
        painter = strokes.open_painter(self)
        painter.fillRect(self.rect(), theme.colour("surface"))
        painter.setRenderHint(painter.RenderHint.Antialiasing, False)
        painter.setPen(theme.colour("edge"))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.setRenderHint(painter.RenderHint.Antialiasing)
        year, month, chosen = jalali(self._day)
        top, pad, cell = theme.px(_PADDING), theme.px(_PADDING), theme.px(_CELL)
        head = QRect(pad, top, self.width() - 2 * pad, theme.px(_HEAD))
        title = f"{MONTHS[month - 1]} {to_persian_digits(year)}"
        strokes.text(painter, head, title, "section", 700, align=strokes.CENTRE)
        size = theme.px(18)
        y = head.center().y() - size // 2
        colour = theme.colour("link")
        paint_icon(painter, "chevron-left", head.left() + theme.px(8), y, size, colour)
        paint_icon(painter, "chevron-right", head.right() - theme.px(8) - size, y, size, colour)
        for column, name in enumerate(WEEKDAYS):
            x = self.width() - pad - (column + 1) * cell
            rect = QRect(x, head.bottom() + 1, cell, cell)
            quiet = theme.colour("text2")
            strokes.text(painter, rect, name[0], "small", 500, quiet, strokes.CENTRE)
        for dom in range(1, month_length(year, month) + 1):
            rect = self._cell(dom)
            day = from_jalali(year, month, dom)
            inner = rect.adjusted(2, 2, -2, -2)
            if dom == chosen:
                strokes.box(painter, inner, theme.px(6), fill=theme.colour("sel"))
            if day == self._today:
                strokes.box(painter, inner, theme.px(6), border=theme.colour("accent"), width=2)
            friday = theme.colour("refuse") if day.weekday() == 4 else theme.colour("text")
            weight: theme.Weight = 700 if dom == chosen else 400
            words = to_persian_digits(dom)
            strokes.text(painter, rect, words, "body", weight, friday, strokes.CENTRE)

    def _cell(self, dom: int) -> QRect:
        year, month, _ = jalali(self._day)
        first = (from_jalali(year, month, 1).weekday() + 2) % 7
        row, column = divmod(first + dom - 1, 7)
        cell, pad = theme.px(_CELL), theme.px(_PADDING)
        top = pad + theme.px(_HEAD) + cell
        return QRect(self.width() - pad - (column + 1) * cell, top + row * cell, cell, cell)

    def _move_to(self, day: date) -> None:
        first, last = from_jalali(FIRST_YEAR, 1, 1), from_jalali(LAST_YEAR, 12, 30)
        self._day = min(max(day, first), last)
        self.setAccessibleDescription(format_long(self._day))
        self.update()

    def _choose(self) -> None:
        self.close()
        self.chosen.emit(self._day)
