"""A sheet that a person fills in: its columns, its rows, and every fault placed by row."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from desktop.domain.calendar import format_jalali, from_jalali, parse_jalali
from desktop.domain.errors import Refusal, Refusals
from desktop.domain.office import FAR_DAY
from desktop.domain.persian import to_persian_digits

_LAST_DAY = from_jalali(1498, 12, 30)
"""What a sheet says of a later day is a slip in its year."""


@dataclass(frozen=True)
class SheetColumn:
    """A column: its heading, and its width in characters when it is written.

    A sheet may lack one that is not `asked`: one that was written before there was that column.
    """

    heading: str
    width: int = 16
    asked: bool = True


@dataclass(frozen=True)
class SheetRow:
    """A row: its number in the sheet (the heading is 1) and its cells by heading, cleaned."""

    number: int
    cells: Mapping[str, str]

    def fault(self, words: str) -> Refusal:
        """The words, with the row before them."""
        return Refusal(f"ردیف {to_persian_digits(self.number)}: {words}")


def gregorian(day: date) -> str:
    """What is wrong with a Gregorian day in a sheet, with the Jalali day meant."""
    year, month, dom = day.year, day.month, day.day
    told = f"{year}/{month:02}/{dom:02}"
    return f"{told} تاریخ میلادی است؛ روز را شمسی و به صورت متن بنویسید: {format_jalali(day)}."


def sheet_day(text: str) -> date:
    """The Jalali day of a cell.

    Raises Refusal for one far beyond today, and with the day meant for a Gregorian one.
    """
    try:
        day = parse_jalali(text)
    except Refusal:
        try:
            meant = date.fromisoformat(text.replace("/", "-"))
        except ValueError:
            pass
        else:
            raise Refusal(gregorian(meant)) from None
        raise
    if day > _LAST_DAY:
        raise Refusal(FAR_DAY)
    return day


def each_row(rows: Iterable[SheetRow], read: Callable[[SheetRow], None]) -> None:
    """Read every row; what is wrong with rows is told of all at once, each with its number."""
    faults: list[Refusal] = []
    for row in rows:
        try:
            read(row)
        except Refusal as refusal:
            faults.append(row.fault(refusal.words))
    if faults:
        raise Refusals(faults)
