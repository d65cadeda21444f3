"""Opens an export, a workbook or a folder of CSV files, and hands its rows on one by one."""

from __future__ import annotations

import csv
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Protocol, TypeAlias

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from desktop.centre.records.columns import SHEETS, Sheet
from desktop.domain.calendar import iso_jalali
from desktop.domain.errors import Refusal
from desktop.domain.persian import fold, join_and, to_persian_digits

RawRow: TypeAlias = tuple[int, list[str]]
"""The row's number in its sheet (the heading is 1) and its cells in the order of the columns."""


class Export(Protocol):
    """An export that is open for reading."""

    def weight(self, sheet: Sheet) -> int:
        """How large a part of the whole the sheet is, in any unit."""

    def open(self, sheet: Sheet) -> tuple[int, Iterator[RawRow]]:
        """About how many rows the sheet has, for showing progress, and those that are not blank.

        Raises Refusal, at once or while iterating, when the sheet cannot be read.
        """


@contextmanager
def open_export(source: Path) -> Iterator[Export]:
    """The export in the workbook or folder.

    Raises Refusal, naming what is wrong, when it is neither, is empty or cut, or lacks a sheet.
    """
    if source.is_dir():
        yield _Folder(source)
    elif source.is_file():
        with open_workbook(source) as workbook:
            yield _Workbook(workbook, source)
    else:
        raise Refusal(f"چنین پرونده یا پوشه‌ای نیست: «{source.name}»")


def open_workbook(source: Path) -> CalamineWorkbook:
    """The workbook. Raises Refusal when it is empty, cut, or no workbook."""
    if source.stat().st_size == 0:
        raise Refusal(f"پروندهٔ «{source.name}» خالی است.")
    try:
        return CalamineWorkbook.from_path(str(source))
    except (CalamineError, OSError) as fault:
        raise Refusal(
            f"«{source.name}» کارپوشهٔ اکسل نیست یا از میانه بریده شده است؛ "
            "خروجی را از سامانه دوباره بگیرید."
        ) from fault


class _Workbook:
    """A workbook: one sheet's cells are in memory at a time."""

    def __init__(self, workbook: CalamineWorkbook, source: Path) -> None:
        self._workbook = workbook
        self._source = source
        self._names = _find(list(workbook.sheet_names), source.name, "برگه")

    def weight(self, sheet: Sheet) -> int:
        names = list(self._workbook.sheet_names)
        if not zipfile.is_zipfile(self._source):
            return 1
        with zipfile.ZipFile(self._source) as parts:
            sizes = [
                part.file_size
                for part in parts.infolist()
                if part.filename.startswith("xl/worksheets/sheet")
            ]
        # The parts stand in the order of the sheets in every writer we know; else all weigh alike.
        return sizes[names.index(self._names[sheet])] if len(sizes) == len(names) else 1

    def open(self, sheet: Sheet) -> tuple[int, Iterator[RawRow]]:
        with _readable(sheet):
            cells = self._workbook.get_sheet_by_name(self._names[sheet])
        return cells.height, _rows(sheet, cells)


@contextmanager
def _readable(sheet: Sheet) -> Iterator[None]:
    try:
        yield
    except CalamineError as fault:
        raise Refusal(
            f"برگهٔ «{sheet.title}» خوانده نشد؛ پرونده آسیب دیده است. "
            "خروجی را از سامانه دوباره بگیرید."
        ) from fault


def _rows(sheet: Sheet, cells: CalamineSheet) -> Iterator[RawRow]:
    order: list[int] | None = None
    with _readable(sheet):
        for number, line in enumerate(cells.iter_rows(), 1):
            if order is None:
                order = _order(sheet, [cell_text(cell) for cell in line])
                continue
            row = [cell_text(line[i]) for i in order]
            if any(cell.strip() for cell in row):
                yield number, row
    if order is None:
        _order(sheet, [])


class _Folder:
    """A folder with a CSV file for each sheet, UTF-8 with or without a BOM."""

    def __init__(self, source: Path) -> None:
        files = sorted(path for path in source.iterdir() if path.suffix.lower() == ".csv")
        if not files:
            raise Refusal(f"در پوشهٔ «{source.name}» هیچ پروندهٔ CSV نیست.")
        names = _find([path.stem for path in files], source.name, "پرونده")
        self._paths = {
            sheet: next(path for path in files if path.stem == name)
            for sheet, name in names.items()
        }

    def weight(self, sheet: Sheet) -> int:
        return self._paths[sheet].stat().st_size

    def open(self, sheet: Sheet) -> tuple[int, Iterator[RawRow]]:
        path = self._paths[sheet]
        with path.open("rb") as file:
            length = sum(part.count(b"\n") for part in iter(partial(file.read, 1 << 20), b""))
        return length, self._rows(sheet, path)

    def _rows(self, sheet: Sheet, path: Path) -> Iterator[RawRow]:
        order: list[int] | None = None
        width = short = 0
        try:
            with path.open(encoding="utf-8-sig", newline="") as file:
                # Strict: an unclosed quote would otherwise swallow the rest of the file unseen.
                for number, line in enumerate(csv.reader(file, strict=True), 1):
                    if order is None:
                        order, width = _order(sheet, line), len(line)
                        continue
                    short = len(line)
                    if short < width:
                        # Some writers leave out empty cells at the end of a row.
                        line += [""] * (width - short)
                    row = [line[i] for i in order]
                    if any(cell.strip() for cell in row):
                        yield number, row
        except UnicodeDecodeError as fault:
            raise Refusal(
                f"پروندهٔ «{path.name}» به رمز UTF-8 نیست یا از میانه بریده شده است."
            ) from fault
        except csv.Error as fault:
            raise Refusal(
                f"پروندهٔ «{path.name}» بریده یا ناخواناست (ردیف {_after(number)})."
            ) from fault
        if order is None:
            _order(sheet, [])
        if short < width and not _ends_with_line(path):
            raise Refusal(
                f"پروندهٔ «{path.name}» از میانه بریده شده است؛ خروجی را از سامانه دوباره بگیرید."
            )


def _ends_with_line(path: Path) -> bool:
    with path.open("rb") as file:
        file.seek(-1, 2)
        return file.read(1) in b"\r\n"


def _after(number: int) -> str:
    return to_persian_digits(number + 1)


def _find(names: list[str], source: str, word: str) -> dict[Sheet, str]:
    present = {fold(name): name for name in names}
    lacking = [f"«{sheet.title}»" for sheet in SHEETS if fold(sheet.title) not in present]
    if lacking:
        raise Refusal(f"در «{source}» این {word} نیست: {join_and(lacking)}")
    return {sheet: present[fold(sheet.title)] for sheet in SHEETS}


def _order(sheet: Sheet, headings: list[str]) -> list[int]:
    if not any(headings):
        raise Refusal(f"«{sheet.title}» خالی است؛ سرستون هم ندارد.")
    places = {fold(heading): i for i, heading in reversed(list(enumerate(headings)))}
    lacking = [f"«{name}»" for name in sheet.columns if fold(name) not in places]
    if lacking:
        raise Refusal(f"در «{sheet.title}» این ستون نیست: {join_and(lacking)}")
    return [places[fold(name)] for name in sheet.columns]


def cell_text(cell: object) -> str:
    """A cell as somebody would have typed it; a day in Jalali."""
    match cell:
        case str():
            return cell
        case bool():
            return "1" if cell else "0"
        case float():
            # Whole numbers come as floats; others without an exponent.
            return str(int(cell)) if cell.is_integer() else f"{Decimal(repr(cell)):f}"
        case datetime():
            return iso_jalali(cell.date())
        case date():
            return iso_jalali(cell)
        case _:
            return str(cell)
