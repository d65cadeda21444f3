"""Tables for others to open: a workbook that reads right to left, or a CSV file."""

from __future__ import annotations

import csv
import os
from collections.abc import Sequence
from pathlib import Path

import xlsxwriter
from xlsxwriter.exceptions import XlsxWriterException

from desktop.domain.errors import Refusal
from desktop.forms.sheet_rows import SheetColumn

# What a spreadsheet takes for a formula; as text it begins with a mark that is not shown.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_table(
    path: Path, title: str, columns: Sequence[SheetColumn], rows: Sequence[Sequence[str]]
) -> None:
    """Write the table, whole or not at all; `.csv` gives a CSV file, anything else a workbook.

    Raises Refusal where it can't be written.
    """
    partial = path.with_name(f".{path.name}.partial")
    write = _write_csv if path.suffix.lower() == ".csv" else _write_book
    try:
        write(partial, title, columns, rows)
        os.replace(partial, path)
    except (OSError, XlsxWriterException) as fault:
        raise Refusal(f"{path.name}: در این پوشه نمی‌توان نوشت.") from fault
    finally:
        partial.unlink(missing_ok=True)


def _write_csv(
    path: Path, title: str, columns: Sequence[SheetColumn], rows: Sequence[Sequence[str]]
) -> None:
    # With its mark, by which Excel knows UTF-8.
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([column.heading for column in columns])
        for row in rows:
            writer.writerow([f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in row])


def _write_book(
    path: Path, title: str, columns: Sequence[SheetColumn], rows: Sequence[Sequence[str]]
) -> None:
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        sheet = book.add_worksheet(title)
        sheet.right_to_left()
        sheet.freeze_panes(1, 0)
        head = book.add_format({"bold": True, "bottom": 1, "bg_color": "#EDE7DC"})
        text = book.add_format({"num_format": "@"})
        for i, column in enumerate(columns):
            sheet.set_column(i, i, column.width, text)
            sheet.write_string(0, i, column.heading, head)
        for number, row in enumerate(rows, 1):
            for i, cell in enumerate(row):
                sheet.write_string(number, i, cell, text)
