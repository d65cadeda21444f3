"""A Jalali date on one line, with the keys of a counter and a month to choose from."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date, timedelta
from typing import Literal

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent

from desktop.domain.calendar import add_months, format_jalali, jalali, parse_jalali
from desktop.domain.errors import Refusal
from desktop.domain.persian import to_latin_digits, to_persian_digits
from desktop.ui.widgets.inputs.line import EndIcon, TextLine
from desktop.ui.widgets.inputs.month import MonthPopup

_PARTS = re.compile(r"[0-9]+")
_WRITTEN_OUT = re.compile(r"1[34][0-9]{2}(?:[0-9]{4}|/[0-9]{2}/[0-9]{2})")
_KEPT = re.compile(r"(?:19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}")
# No day of these centuries has wider digits.
_WIDEST = "۱۳۳۳/۰۳/۲۳"
# The key T also where the Persian layout makes it ف.
_TODAY = ("=", "t", "T", "ف")


# On which side of today the days of a field lie; empty where on both.
Lies = Literal["past", "future", ""]


def complete(written: str, today: date, lies: Lies = "") -> str:
    """What a person means by a date written short, as `1405/09/03`; unreadable text unchanged.

    Eight digits are year, month, day; six are day, month, year (`030905`), four and two numbers day
    and month of this year (`0309`, `3/9`), three numbers day, month, year, or the other way with a
    long year. What is no day so, is read the other way round: `620714`, `62/7/14`, `0825`, `8/25`.
    Without a year a day that `lies` in the past is the last one so called, in the future the next;
    one that misses today by a month at the most is of this year, to be refused where it can't be.
    """
    latin = to_latin_digits(written).strip()
    parts = _PARTS.findall(latin)
    if not parts or re.fullmatch(r"[0-9/\-. ]+", latin) is None:
        return written
    if len(parts) == 1:
        parts = _cut(parts[0])
    if len(parts) == 2:
        day_first = [parts[1], parts[0]]
        readings = [[_year_of(each, today, lies), *each] for each in (day_first, parts)]
    elif len(parts) != 3:
        return written
    elif len(parts[0]) < 3:
        readings = [parts[::-1], parts]
    else:
        readings = [parts]
    told = [_told(reading, today) for reading in readings]
    return next((each for each in told if _is_day(each)), told[0])


def _cut(digits: str) -> list[str]:
    """The parts of a date typed without marks between them; nothing where it can't be one."""
    if len(digits) == 8:
        return [digits[:4], digits[4:6], digits[6:]]
    if len(digits) in (4, 6):
        return [digits[at : at + 2] for at in range(0, len(digits), 2)]
    return []


def _year_of(month_day: list[str], today: date, lies: Lies) -> str:
    """This year, or the one beside it where the day would lie far on the wrong side of today.

    A day just past the edge is a slip or comes too early: a year less would hide it.
    """
    year = jalali(today)[0]
    month, day = (int(part) for part in month_day)
    if lies == "past" and [month, day] > _within(year, add_months(today, 1)):
        year -= 1
    elif lies == "future" and [month, day] < _within(year, add_months(today, -1)):
        year += 1
    return str(year)


def _within(year: int, edge: date) -> list[int]:
    """Month and day of the edge, or of the year's end that lies before it."""
    of, *month_day = jalali(edge)
    if of == year:
        return month_day
    return [13, 1] if of > year else [0, 0]


def _told(reading: list[str], today: date) -> str:
    year, month, day = (int(part) for part in reading)
    if year < 100:
        # Two digits are never a year far ahead: births are in the past, terms end soon.
        year += 1400 if year <= jalali(today)[0] % 100 + 10 else 1300
    return f"{year:04}/{month:02}/{day:02}"


def _is_day(told: str) -> bool:
    try:
        parse_jalali(told)
    except Refusal:
        return False
    return True


class DateLine(TextLine):
    """One Jalali day, of a field whose days may lie on one side of today.

    + and −, of a day that is written out, move a day, Page Up and Page Down a month, = or T is
    today; Alt+↓ opens the month. The value is a date, or None when the line is empty or no day;
    `raw` is what stands there. `moved` comes when the day that was offered went along with the
    clock.
    """

    moved = Signal()

    def __init__(self, today: date, lies: Lies = "") -> None:
        self._today, self._lies = today, lies
        self._offered: int | None = None
        super().__init__(max_length=24)
        self.edited.connect(self._take_over)
        self._icon = EndIcon("calendar-event", press=self.open_month)
        self._month: MonthPopup | None = None
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.restyle()

    def minimumSizeHint(self) -> QSize:
        """No narrower than a day that is written out."""
        least, margins = super().minimumSizeHint(), self.textMargins()
        # Qt keeps two pixels at both sides for itself.
        around = margins.left() + margins.right() + 5
        wide = self.fontMetrics().horizontalAdvance(_WIDEST) + around
        return QSize(max(least.width(), wide), least.height())

    def value(self) -> date | None:  # type: ignore[override]
        """The day, or None."""
        try:
            return parse_jalali(self._completed())
        except Refusal:
            return None

    def _completed(self) -> str:
        return complete(self.text(), self._today, self._lies)

    def is_whole(self) -> bool:
        """Whether year, month and day are written out and are a day."""
        return _WRITTEN_OUT.fullmatch(self.raw()) is not None and self.value() is not None

    def raw(self) -> str:
        """What stands in the line, with Latin digits; never as days are kept, which are no Jalali
        ones."""
        return to_latin_digits(self.text()).replace("-", "/")

    def fault(self) -> str | None:
        """Why the line is no day, in words for a person; None when it is one, or empty."""
        if not self.text():
            return None
        try:
            parse_jalali(self._completed())
        except Refusal as refusal:
            return refusal.words
        return None

    def set_value(self, value: date | str | None) -> None:
        """Fill the line with a day, also as days are kept, or with what was once typed."""
        if isinstance(value, str) and _KEPT.fullmatch(value):
            with suppress(ValueError):
                value = date.fromisoformat(value)
        if isinstance(value, date):
            self.setText(format_jalali(value))
        else:
            self.setText(to_persian_digits(value or ""))

    @property
    def today(self) -> date:
        """The day from which its short dates are read."""
        return self._today

    def offer(self, days: int = 0) -> None:
        """Fill the line with the day so many days after today, which goes along with the clock
        until a person types there."""
        self._offered = days
        self.set_value(self._today + timedelta(days=days))

    def set_today(self, today: date) -> None:
        """The day has changed."""
        offered, before = self._offered, self._today
        self._today = today
        if offered is not None and self.value() == before + timedelta(days=offered):
            self.offer(offered)
            self.moved.emit()

    def _take_over(self) -> None:
        self._offered = None

    def open_month(self) -> None:
        """Show the month to choose from, under the line."""
        if self.isReadOnly():
            return
        if self._month is None:
            self._month = MonthPopup(self)
            self._month.chosen.connect(self._choose)
        self._month.open_at(self, self.value() or self._today, self._today)

    def month(self) -> MonthPopup | None:
        """The month that was opened, if one was."""
        return self._month

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys for dates; everything else is typed."""
        if self.isReadOnly():
            super().keyPressEvent(event)
            return
        key, words = event.key(), event.text()
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        day = self.value() or self._today
        if key == Qt.Key.Key_Down and alt:
            self.open_month()
        elif words == "+":
            self._choose(day + timedelta(days=1) if self.value() else day)
        elif words in ("-", "−") and self.is_whole():
            # In a date that is not written out it parts the numbers: `1405-09-03`.
            self._choose(day - timedelta(days=1))
        elif key == Qt.Key.Key_PageUp:
            self._choose(add_months(day, 1))
        elif key == Qt.Key.Key_PageDown:
            self._choose(add_months(day, -1))
        elif words in _TODAY:
            self._choose(self._today)
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """A date written short is written out when the person goes on."""
        written = self._completed()
        if self.text() and self.value() is not None and not self.isReadOnly():
            self.setText(to_persian_digits(written))
        super().focusOutEvent(event)

    def _choose(self, day: date) -> None:
        self.setText(format_jalali(day))
        self.selectAll()
        self.edited.emit()
