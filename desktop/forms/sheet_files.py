"""Workbooks and CSV files of the municipality's data: written to fill in, and read."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

import xlsxwriter
from python_calamine import CalamineError
from xlsxwriter.exceptions import XlsxWriterException

from desktop.domain.errors import Refusal, Refusals
from desktop.domain.persian import clean, fold, join_and, to_persian_digits
from desktop.forms.sheet_rows import SheetColumn, SheetRow, gregorian
from desktop.forms.workbook import cell_text, open_workbook
from desktop.forms.workbook_parts import errors_in, rows_with_errors

_LONGEST = 5_000


def read_sheet(path: Path, columns: Sequence[SheetColumn]) -> list[SheetRow]:
    """The rows of a workbook's first sheet, or of a CSV file, that are not blank.

    Raises Refusal for a file that is no sheet or lacks a column, and for a Gregorian day.
    """
    rows = _csv_rows(path) if path.suffix.lower() == ".csv" else _workbook_rows(path)
    order: dict[str, int] | None = None
    found: list[SheetRow] = []
    faults: list[Refusal] = []
    for number, cells in enumerate(rows, 1):
        # Beside the headings.
        if number > _LONGEST + 1:
            raise Refusal(f"{path.name}: بیش از {to_persian_digits(_LONGEST)} ردیف دارد.")
        if order is None:
            order = _order(path, columns, [cell_text(cell) for cell in cells])
            continue
        texts = {h: clean(cell_text(cells[i])) for h, i in order.items() if i < len(cells)}
        row = SheetRow(number, {**dict.fromkeys(order, ""), **texts})
        days = [cells[i] for i in order.values() if i < len(cells)]
        faults += [row.fault(gregorian(day)) for day in days if isinstance(day, date)]
        if any(row.cells.values()):
            found.append(row)
    if order is None:
        raise Refusal(f"{path.name}: برگه خالی است؛ سرستون هم ندارد.")
    if faults:
        raise Refusals(faults)
    return found


def write_sheet(
    path: Path, title: str, columns: Sequence[SheetColumn], rows: Iterable[Sequence[str]]
) -> None:
    """Write a workbook to fill in. Raises Refusal for a file that is there, or can't be written."""
    if path.suffix.lower() != ".xlsx":
        raise Refusal(f"{path.name}: نام کارپوشه به ‎.xlsx‎ پایان می‌یابد.")
    if path.exists():
        raise Refusal(f"{path.name}: این پرونده هست و دست نخورد؛ نام دیگری بدهید.")
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet(title)
    sheet.right_to_left()
    sheet.freeze_panes(1, 0)
    head = book.add_format({"bold": True, "bottom": 1, "bg_color": "#EDE7DC"})
    # As text, so that a day typed as 1405/10/01 stays what was typed.
    text = book.add_format({"num_format": "@"})
    for i, column in enumerate(columns):
        sheet.set_column(i, i, column.width, text)
        sheet.write_string(0, i, column.heading, head)
    for number, row in enumerate(rows, 1):
        for i, cell in enumerate(row):
            sheet.write_string(number, i, cell, text)
    try:
        book.close()
    except (OSError, XlsxWriterException) as fault:
        raise Refusal(f"{path.name}: در این پوشه نمی‌توان نوشت.") from fault


def _order(path: Path, columns: Sequence[SheetColumn], headings: list[str]) -> dict[str, int]:
    places = {fold(heading): i for i, heading in reversed(list(enumerate(headings)))}
    absent = [c for c in columns if fold(c.heading) not in places]
    lacking = [f"«{c.heading}»" for c in absent if c.asked]
    if lacking:
        raise Refusal(f"در «{path.name}» این ستون نیست: {join_and(lacking)}.")
    return {c.heading: places[fold(c.heading)] for c in columns if c not in absent}


def _workbook_rows(path: Path) -> Iterator[list[object]]:
    if not path.is_file():
        raise Refusal(f"چنین پرونده‌ای نیست: «{path.name}».")
    found = errors_in(path)
    with open_workbook(path) as book:
        errors = found.get(book.sheet_names[0], {}) if book.sheet_names else {}
        try:
            yield from rows_with_errors(book.get_sheet_by_index(0), errors)
        except CalamineError as fault:
            raise Refusal(f"«{path.name}» خوانده نشد؛ فایل آسیب دیده است.") from fault


def _csv_rows(path: Path) -> Iterator[list[object]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.reader(file, strict=True):
                yield list(row)
    except (OSError, UnicodeDecodeError, csv.Error) as fault:
        words = "خوانده نشد؛ پرونده باید CSV و به رمز UTF-8 باشد."
        raise Refusal(f"«{path.name}» {words}") from fault
