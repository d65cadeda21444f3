"""A table of the office written for other programs: a workbook from right to left, or CSV."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import TypeVar

import xlsxwriter
from xlsxwriter.exceptions import XlsxWriterException

from desktop.domain.errors import Refusal
from desktop.domain.persian import strip_isolates
from desktop.forms.csv_text import csv_text
from desktop.reports.whole_file import whole_file

Cell = str | int
# What the name of a sheet must not have, and how long it may be.
_NO_TITLE = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))
_TITLE = 31
# What a sheet takes beside its headings: whatever is written beyond it is not there.
_ROWS = 1_048_575
_TOO_LONG = "یک برگهٔ اکسل بیش از ۱٬۰۴۸٬۵۷۵ سطر نمی‌گیرد؛ بازه را تنگ‌تر کنید."
STOPPED = "خروجی متوقف شد؛ فایلی نوشته نشد."
_Row = TypeVar("_Row")


@dataclass(frozen=True)
class Heading:
    """A column's heading, its width in characters, and whether paper has room for it too."""

    words: str
    width: int
    printed: bool = True


@dataclass
class Export:
    """A table that is being written: how many rows are, and whether it is to stop.

    Read by the window while another thread writes.
    """

    done: int = 0

    def __post_init__(self) -> None:
        self._stop = Event()

    def stop(self) -> None:
        """Write no more; what was begun is thrown away."""
        self._stop.set()

    def count(self) -> None:
        """One more is written. Raises Refusal once it is to stop."""
        self.done += 1
        if self._stop.is_set():
            raise Refusal(STOPPED)

    def rows(
        self, pages: Iterable[Sequence[_Row]], values: Callable[[_Row], Sequence[Cell]]
    ) -> Iterator[Sequence[Cell]]:
        """The rows, counted as they go. Raises Refusal once it is to stop."""
        for page in pages:
            for each in page:
                yield values(each)
            self.done += len(page)
            if self._stop.is_set():
                raise Refusal(STOPPED)


@dataclass(frozen=True)
class WorkbookSheet:
    """A table of a workbook: its name, its columns, its rows."""

    title: str
    headings: Sequence[Heading]
    rows: Iterable[Sequence[Cell]]


def write(
    path: Path, title: str, headings: Sequence[Heading], rows: Iterable[Sequence[Cell]]
) -> None:
    """Write the table as its name ends: `.xlsx` or `.csv`. A file that is there is replaced, once
    all of the new one is written. Raises Refusal, and what `rows` raises."""
    write_sheets(path, [WorkbookSheet(title, headings, rows)])


def write_sheets(path: Path, sheets: Sequence[WorkbookSheet]) -> None:
    """Write the tables, as `write`: in one workbook, or the first one as CSV."""
    first = sheets[0]
    writers: dict[str, Callable[[Path], None]] = {
        ".xlsx": lambda to: _workbook(to, sheets),
        ".csv": lambda to: _csv(to, first.headings, first.rows),
    }
    writer = writers.get(path.suffix.lower())
    if writer is None:
        raise Refusal(f"{path.name}: نام فایل به ‎.xlsx‎ یا ‎.csv‎ پایان می‌یابد.")
    with whole_file(path, XlsxWriterException) as partial:
        writer(partial)


def _workbook(path: Path, sheets: Sequence[WorkbookSheet]) -> None:
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        right = {"reading_order": 2, "align": "right"}
        head = book.add_format({**right, "bold": True, "bottom": 1, "bg_color": "#EDE7DC"})
        # As text: no number of a letter becomes a day, no code loses its zeros.
        text = book.add_format({**right, "num_format": "@"})
        money = book.add_format({**right, "num_format": "#,##0"})
        for each in sheets:
            sheet = book.add_worksheet(each.title.translate(_NO_TITLE)[:_TITLE].strip())
            sheet.right_to_left()
            sheet.freeze_panes(1, 0)
            for at, heading in enumerate(each.headings):
                sheet.set_column(at, at, heading.width)
                sheet.write_string(0, at, heading.words, head)
            last = 0
            for last, row in enumerate(each.rows, start=1):
                if last > _ROWS:
                    raise Refusal(_TOO_LONG)
                for at, cell in enumerate(row):
                    if isinstance(cell, int):
                        sheet.write_number(last, at, cell, money)
                    else:
                        sheet.write_string(last, at, strip_isolates(cell), text)
            sheet.autofilter(0, 0, last, len(each.headings) - 1)


def _csv(path: Path, headings: Sequence[Heading], rows: Iterable[Sequence[Cell]]) -> None:
    # By its mark at the beginning Excel knows UTF-8.
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([heading.words for heading in headings])
        for row in rows:
            writer.writerow([_plain(cell) for cell in row])


def _plain(cell: Cell) -> Cell:
    return cell if isinstance(cell, int) else csv_text(cell)
