"""The holidays as a calendar: one month of the Jalali year, holidays tinted, Enter changes one."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, timedelta

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.actions.municipal_data import KindLook
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
from desktop.forms.holidays import Holiday
from desktop.forms.sheet_cells import HOLIDAY_KINDS
from desktop.ui import theme
from desktop.ui.icons import paint_icon
from desktop.ui.pages.figures.kind_list import KindList
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.keys import down, held, is_enter, onward
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Column, Row
from desktop.ui.widgets.paint import strokes
from desktop.ui.widgets.paint.focus_ring import FocusRing

KINDS = {kind: word for word, kind in HOLIDAY_KINDS.items()}
"""What the kinds of holidays are called."""
_SPECIAL = "دفترهایی ساعت ویژه دارند"
_HEAD, _LEAST, _NUMBER, _CLOCK = 26, 24, 18, 14
_FRIDAY = 4


class MonthSheet(QWidget):
    """One month; arrows move a day or a week, Page Up and Page Down a month, Home to today.

    `chosen` comes with another day, `opened` on Enter or a second click.
    """

    chosen = Signal()
    opened = Signal()

    def __init__(self, today: date) -> None:
        super().__init__()
        self.day = self._today = today
        self._holidays: Mapping[date, Holiday] = {}
        self._special: Collection[date] = ()
        self._ring = FocusRing(self)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("تقویم تعطیلات رسمی")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme.follow_size(self)

    def show_look(self, look: KindLook) -> None:
        """Show the holidays, and on which days offices have hours of their own; the same day stays
        chosen."""
        self._holidays, self._special, self._today = look.holidays, look.special, look.today
        self.move_to(self.day)

    def move_to(self, day: date) -> None:
        """Choose a day, and show its month."""
        first, last = from_jalali(FIRST_YEAR, 1, 1), from_jalali(LAST_YEAR, 12, 29)
        self.day = min(max(day, first), last)
        holiday = self._holidays.get(self.day)
        told = f"{holiday.title}، {KINDS[holiday.kind]}" if holiday else "تعطیل رسمی نیست"
        hours = f"؛ {_SPECIAL}" if self.day in self._special else ""
        self.setAccessibleDescription(f"{format_long(self.day)}: {told}{hours}")
        self.update()
        self.chosen.emit()

    def sizeHint(self) -> QSize:
        """Six weeks under the names of the days."""
        return QSize(7 * theme.px(70), theme.px(_HEAD) + 6 * theme.px(2 * _NUMBER))

    def minimumSizeHint(self) -> QSize:
        """So much that a holiday's name stands beside the number of its day."""
        return QSize(7 * theme.px(56), theme.px(_HEAD) + 6 * theme.px(_LEAST))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move, or open the day."""
        key = Qt.Key(event.key())
        days = onward(event) + 7 * down(event)
        months = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
        if held(event):
            super().keyPressEvent(event)
        elif days:
            self.move_to(self.day + timedelta(days))
        elif key in months:
            self.move_to(add_months(self.day, months[key]))
        elif key == Qt.Key.Key_Home:
            self.move_to(self._today)
        elif is_enter(event) or key == Qt.Key.Key_Space:
            self.opened.emit()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click chooses the day, one more opens it."""
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        year, month, _ = jalali(self.day)
        for dom in range(1, month_length(year, month) + 1):
            if self.cell(dom).contains(event.position().toPoint()):
                day = from_jalali(year, month, dom)
                if day == self.day:
                    self.opened.emit()
                else:
                    self.move_to(day)
                return

    def cell(self, dom: int) -> QRect:
        """Where a day of the month is drawn."""
        year, month, _ = jalali(self.day)
        first = (from_jalali(year, month, 1).weekday() + 2) % 7
        row, column = divmod(first + dom - 1, 7)
        head = theme.px(_HEAD)
        right = self.width() - column * self.width() // 7
        left = self.width() - (column + 1) * self.width() // 7
        weeks = -(-(first + month_length(year, month)) // 7)
        height = (self.height() - head) // weeks
        return QRect(left, head + row * height, right - left, height)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the month."""
        painter = strokes.open_painter(self)
        year, month, _ = jalali(self.day)
        for column, name in enumerate(WEEKDAYS):
            right = self.width() - column * self.width() // 7
            rect = QRect(right - self.width() // 7, 0, self.width() // 7, theme.px(_HEAD))
            quiet = theme.colour("text2")
            strokes.text(painter, rect, name, "small", 500, quiet, strokes.CENTRE)
        for dom in range(1, month_length(year, month) + 1):
            self._draw_day(painter, self.cell(dom).adjusted(2, 2, -2, -2), dom)

    def _draw_day(self, painter: QPainter, rect: QRect, dom: int) -> None:
        year, month, _ = jalali(self.day)
        day = from_jalali(year, month, dom)
        holiday = self._holidays.get(day)
        ground = theme.colour("surface")
        if holiday is not None:
            tone = theme.tone("refuse" if holiday.kind == "official" else "pay")
            ground = QColor(tone.ground)
        chosen = day == self.day
        border = theme.colour("accent" if chosen or day == self._today else "line")
        strokes.box(
            painter, rect, theme.px(6), fill=ground, border=border, width=2 if chosen else 1
        )
        inside = rect.adjusted(theme.px(6), theme.px(3), -theme.px(6), -theme.px(2))
        off = holiday is not None or day.weekday() == _FRIDAY
        colour = theme.colour("refuse") if off else theme.colour("text")
        number = QRect(inside.left(), inside.top(), inside.width(), theme.px(_NUMBER))
        weight: theme.Weight = 700 if off or day == self._today else 400
        strokes.text(painter, number, to_persian_digits(dom), "body", weight, colour)
        if day in self._special:
            size = theme.px(_CLOCK)
            top = number.top() + (number.height() - size) // 2
            paint_icon(painter, "clock", number.left(), top, size, theme.colour("text2"))
        if holiday is not None:
            room = inside.adjusted(0, theme.px(_NUMBER), 0, 0)
            if room.height() < theme.metrics("cap").lineSpacing():
                room = number.adjusted(0, 0, -theme.px(_NUMBER), 0)
            _draw_lines(painter, room, to_persian_digits(holiday.title))


def _draw_lines(painter: QPainter, room: QRect, words: str) -> None:
    """As many lines as have room; the last one ends in dots where the words don't."""
    high = theme.metrics("cap").lineSpacing()
    for number in range(max(1, room.height() // high)):
        line = QRect(room.left(), room.top() + number * high, room.width(), high)
        last = line.bottom() + high > room.bottom()
        first, rest = (words, "") if last else strokes.two_lines(words, room.width(), "cap")
        strokes.text(painter, line, first, "cap", elide=True)
        words = rest
        if not words:
            break


class CalendarList(KindList):
    """The month with its name, ways to the ones beside it, and what the tints mean."""

    def __init__(self, today: date, day: date) -> None:
        super().__init__()
        self.sheet = MonthSheet(today)
        self.sheet.day = day
        self.sheet.chosen.connect(self._moved)
        self.sheet.opened.connect(self.opened)
        self._look: KindLook | None = None
        self.month = Label("", "section", weight=700)
        self.counted = Label("", "small", "text2", wrap=True)
        before = Button("ماه پیش", "quiet", icon="chevron-right", keys="PgUp")
        before.clicked.connect(lambda: self._turn(-1))
        after = Button("ماه بعد", "quiet", icon="chevron-left", keys="PgDn")
        after.clicked.connect(lambda: self._turn(1))
        head = Row(gap=10)
        head.addWidget(self.month)
        head.addWidget(self.counted, 1)
        head.addWidget(before)
        head.addWidget(after)
        column = Column(gap=8)
        column.addLayout(head)
        column.addWidget(self.sheet, 1)
        self.setLayout(column)

    def show_look(self, look: KindLook) -> None:
        """The holidays as they stand."""
        self._look = look
        self.sheet.show_look(look)

    def keys(self) -> QWidget:
        """The month."""
        return self.sheet

    def _turn(self, months: int) -> None:
        self.sheet.move_to(add_months(self.sheet.day, months))

    def _moved(self) -> None:
        year, month, _ = jalali(self.sheet.day)
        self.month.setText(f"{MONTHS[month - 1]} {to_persian_digits(year)}")
        if self._look is not None:
            of_year = [each for day, each in self._look.holidays.items() if jalali(day)[0] == year]
            estimated = sum(each.kind != "official" for each in of_year)
            known = f"در سال {year}: {len(of_year)} روز تعطیل، {estimated} روز برآوردی"
            none = "تعطیلات این سال هنوز منتشر نشده است"
            self.counted.setText(to_persian_digits(known if of_year else none))
        self.chosen.emit()
