"""Reads the cells of one row of an export, in whatever way each was written."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import TypeVar

from desktop.domain.calendar import parse_jalali
from desktop.domain.drawable import undrawable
from desktop.domain.errors import Refusal
from desktop.domain.identifiers import RenewalCode, bare_digits, renewal_code
from desktop.domain.money import LARGEST_AREA, area_beyond, format_number, read_area, read_rial
from desktop.domain.persian import ZWNJ, clean, to_latin_digits, ungrouped
from desktop.domain.property import ZERO_AREA
from desktop.domain.record_words import RecordWords, WordColumn

_Value = TypeVar("_Value")

_NOTHING = ("", "-", "–", "ندارد")
# What spreadsheets write in the place of a value that they could not work out, or had no room for:
# «#DIV/0!», «#REF», «Err:502», «####».
_ERROR = re.compile(r"#[a-z][a-z0-9/_]*[!?]?|err:? ?[0-9]+|##+", re.IGNORECASE)
_IN_ERROR = "این خانه خطا دارد یا حساب نشده است."
# What a name or a number says that says nothing: no letter and no digit, noughts, such words.
_UNSAID = re.compile(
    r"[\W_0]*(?:(?:مرجع |شماره )?(?:نا ?مشخص|نا ?معلوم|ثبت نشده|نا ?شناس|نا ?شناخته)(?: است)?"
    r"|(?:بدون|فاقد)(?: شماره| مرجع| نام)?|بی ?شماره|صادر نشده|خالی|سایر"
    r"|در دست (?:اقدام|بررسی|صدور)|null|none|nil|nan|n/?a)?[\W_0]*",
    re.IGNORECASE,
)
# 1 January 1900, 30 December 1899 and 1 January 1970 stand for no day in other programs, as does
# the first day of the years that are read here.
_NO_DAYS = frozenset({date(1921, 3, 21), date(1970, 1, 1)})
_YES = ("بله", "بلی", "دارد", "1")
_NO = ("خیر", "نه", "0", *_NOTHING)
_SHARE = re.compile(r"[0-9]{1,9}(\.[0-9]{1,30})?")
_THREE_PLACES = re.compile(r"[.٫/][0-9]{3}$")
_PLACES, _WRITTEN = 6, 12
_WHOLE = re.compile(r"[0-9]{1,9}")
_NOT_OF_NUMBERS = re.compile(r"([^0-9,٬،]+)")
# Names and words come back row after row; addresses and most numbers do not.
_REPEATING = 20_000
_SHOWN = 60
# No name and no address is so long: rows have run into one another.
_LONGEST = 1_000


_TWO = re.compile(r"[0-9][^0-9]+[0-9]")


# Longer than any permit, certificate, hold or date of payment lasts.
_LONGEST_TERM = timedelta(days=30 * 366)


class RowRefused(Exception):
    """A row that cannot be kept: the column at fault (its place in the sheet) and why."""

    def __init__(self, column: int, reason: str) -> None:
        super().__init__(reason)
        self.column = column
        self.reason = reason


_clean = lru_cache(_REPEATING)(clean)
_area = lru_cache(_REPEATING)(read_area)
_day = lru_cache(_REPEATING)(parse_jalali)


def _cleaned(raw: str) -> str:
    if raw.isascii() and raw.isalnum():
        return raw
    # What `clean` does to such text, at a tenth of the time: most cells are numbers and dates.
    plain = raw.isascii() and raw.isprintable()
    text = " ".join(raw.split()) if plain else _clean(raw)
    return "" if text in _NOTHING else text


def shown(text: str) -> str:
    """The text as a report quotes it: no longer than a line."""
    return text[:_SHOWN]


def is_code(cell: str) -> bool:
    """Whether a renewal code stands in the cell."""
    try:
        renewal_code(cell)
    except Refusal:
        return False
    return True


@dataclass(frozen=True)
class RowRules:
    """What rows are read by: the lists of words, and the day to which the export reaches."""

    words: RecordWords
    as_of: date


class Row:
    """The cells of a row by their place in the headings; `told` gathers what is kept but odd.

    With a `fault` only its first cell can be trusted, and is read. `unread` names the values that
    stay unknown since their cells could not be read, with column and reason; `unknown` the columns
    whose word is on no list, with that list. The methods raise RowRefused for what makes a row
    worthless: an impossible date, no amount.
    """

    def __init__(self, number: int, cells: list[str], rules: RowRules, fault: str = "") -> None:
        self.number = number
        self.rules = rules
        self.fault = fault
        self.told: list[tuple[int, str]] = []
        self.unread: dict[str, tuple[int, str]] = {}
        self.unknown: list[tuple[int, WordColumn]] = []
        self._cells = cells

    def tell(self, column: int, reason: str) -> None:
        """Notes something odd about a row that is kept."""
        self.told.append((column, reason))

    def or_unknown(
        self, name: str, column: int, read: Callable[[int], _Value], unknown: _Value
    ) -> _Value:
        """What `read` makes of an optional cell; `unknown` when it can't be read, which is told."""
        if self.fault:
            self.unread[name] = (0, self.fault)
            return unknown
        try:
            return read(column)
        except RowRefused as refusal:
            self.unread[name] = (refusal.column, refusal.reason)
            return unknown

    def demand_sound(self) -> None:
        """Raises RowRefused where the cells don't stand under their headings."""
        if self.fault:
            raise RowRefused(0, self.fault)

    def says_nothing(self) -> bool:
        """Whether nothing is told beyond the property's code, as where a join found no row."""
        return not self.fault and not any(map(_cleaned, self._cells[1:]))

    def raw(self, column: int) -> str:
        """What the cell says, cut where it is long."""
        return shown(clean(self._cells[column]))

    def text(self, column: int) -> str:
        """Clean text; empty for nothing (empty, -, ندارد)."""
        text = _cleaned(self._cells[column])
        if len(text) > _LONGEST:
            raise RowRefused(column, "نوشتهٔ این خانه بلندتر از آن است که خوانده شود.")
        if text[:1] in "#eE" and _ERROR.fullmatch(text):
            raise RowRefused(column, _IN_ERROR)
        if not text.isascii() and (character := undrawable(text)):
            told = (column, f"{character} چاپ نمی‌شود؛ نامه‌ای که آن را دارد به کارشناس می‌رسد.")
            self.told += [told] if told not in self.told else []
        return text

    def digits(self, column: int) -> str:
        """An identifier without spaces, hyphens and thousands marks."""
        text = self.text(column)
        return text if text.isdigit() else bare_digits(text)

    def plate_number(self, column: int) -> str:
        """The digits of a number of a plate, empty for nothing. Two in one cell are none."""
        text = ungrouped(self.text(column))
        if text and not (text.isascii() and text.isdigit()):
            two = _TWO.search(text)
            words = "دو عدد در یک خانهٔ پلاک نوشته شده است." if two else "پلاک ثبتی فقط رقم دارد."
            raise RowRefused(column, words)
        return text

    def paper_number(self, column: int) -> str:
        """A paper's number as written, without thousands marks: its slashes and hyphens count."""
        return "".join(ungrouped(part) for part in _NOT_OF_NUMBERS.split(self.said(column)))

    def said(self, column: int) -> str:
        """Clean text; empty also for words that say only that nobody knows."""
        text = self.text(column)
        return "" if _UNSAID.fullmatch(text.replace(ZWNJ, " ")) else text

    def spelled_code(self) -> str:
        """The cell of the renewal code, spelled as codes are stored; any text if it is no code.

        Where it equals a stored code it is that code, at a fifth of the time of reading it.
        """
        cell = self._cells[0]
        written = cell if cell.isascii() else to_latin_digits(cell)
        parts = written.replace("/", "-").split("-")
        parts += ["0"] * (7 - len(parts))
        return "-".join([part.strip() for part in parts])

    def code(self) -> RenewalCode:
        """The row's renewal code, which stands first in every sheet."""
        try:
            return renewal_code(self._cells[0])
        except Refusal as refusal:
            raise RowRefused(0, f"کد نوسازی خوانده نشد. {refusal.words}") from None

    def day(self, column: int) -> date | None:
        """A Jalali date; None for nothing."""
        text = self.text(column)
        if not text:
            return None
        try:
            day = _day(ungrouped(text))
        except Refusal as refusal:
            raise RowRefused(column, f"تاریخ ناممکن. {refusal.words}") from None
        if day in _NO_DAYS:
            raise RowRefused(column, "این تاریخ را برنامه‌ها به جای تاریخی که نیست می‌نویسند.")
        return day

    def past_day(self, column: int) -> date | None:
        """A day of something that has happened: none after that to which the export reaches."""
        day = self.day(column)
        if day is not None and day > self.rules.as_of:
            raise RowRefused(column, "تاریخ پس از روز سوابق است.")
        return day

    def coming_day(self, column: int, longest: timedelta = _LONGEST_TERM) -> date | None:
        """The end of a term: none so far ahead that no term reaches there."""
        day = self.day(column)
        if day is not None and day > self.rules.as_of + longest:
            raise RowRefused(column, "تاریخ دورتر از آن است که درست باشد.")
        return day

    def area(self, column: int) -> Decimal:
        """m² with two places; 0 for nothing."""
        text = self.text(column)
        if not text:
            return ZERO_AREA
        if _THREE_PLACES.search(text):
            # «۱٫۲۵۰» is a house to whoever groups thousands so.
            raise RowRefused(column, "سه رقم پس از ممیز دارد؛ هزارگان است یا اعشار؟")
        try:
            area = _area(text)
        except Refusal as refusal:
            raise RowRefused(column, refusal.words) from None
        if area >= LARGEST_AREA:
            raise RowRefused(column, area_beyond("مساحت"))
        return area

    def rial(self, column: int, *, required: bool = False) -> int:
        """Whole Rial; 0 for nothing, unless an amount is required."""
        text = self.text(column)
        if not text and not required:
            return 0
        try:
            return read_rial(text)
        except Refusal as refusal:
            raise RowRefused(column, refusal.words) from None

    def whole(self, column: int, most: int | None = None) -> int:
        """A whole number, 0 for nothing; where more than `most` can't be, none that is more."""
        text = ungrouped(self.text(column))
        if not text:
            return 0
        if not _WHOLE.fullmatch(text):
            # Two numbers in one cell, and a mark before one, are no number.
            raise RowRefused(column, "عدد درستی نیست.")
        if most is not None and int(text) > most:
            raise RowRefused(column, f"بیش از {format_number(most)} نمی‌شود.")
        return int(text)

    def share(self, column: int) -> Decimal:
        """Dang, exactly as written; 0 for nothing. No share has thousands: no comma is read."""
        text = self.text(column).replace("٫", ".").replace("/", ".")
        if not text:
            return Decimal(0)
        if not _SHARE.fullmatch(text):
            raise RowRefused(column, "دانگ باید عدد باشد.")
        # What a spreadsheet divided has more places than anybody wrote.
        return round(Decimal(text), _PLACES) if len(text) > _WRITTEN else Decimal(text)

    def flag(self, column: int) -> bool:
        """Yes or no."""
        text = self.text(column)
        if text in _NO:
            return False
        if text not in _YES:
            raise RowRefused(column, f"«{shown(text)}» نه بله است و نه خیر.")
        return True

    def word(self, column: int, listed: WordColumn) -> str:
        """The word as its list spells it, else the text, which is told."""
        text = self.text(column)
        if not text:
            return ""
        found = self.rules.words.spelled(listed, text)
        if found is None:
            self.unknown.append((column, listed))
            self.tell(column, f"«{shown(text)}» شناخته نیست.")
        return found or text
