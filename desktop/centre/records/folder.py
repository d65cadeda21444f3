"""An export as a folder of CSV files, one a sheet."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import chain, islice
from pathlib import Path

from desktop.centre.records.cells import is_code
from desktop.centre.records.columns import ExportSheet
from desktop.centre.records.headings import SOUGHT, heading_row, in_order, places_of, width_of
from desktop.centre.records.naming import CONTROL, control_of, place_sheets, refuse_alike
from desktop.centre.records.reading import LONG, Control, RawRow
from desktop.centre.records.text_file import TextFile, open_text, opened
from desktop.domain.errors import Refusal, unreadable
from desktop.domain.persian import fold, to_latin_digits

_THREE_OR_LESS, _THREE = re.compile(r"[1-9][0-9]{0,2}"), re.compile(r"[0-9]{3}")
_BOOKS = (".xlsx", ".xls")
_BROKEN = "این ردیف از میانه شکسته است؛ دنبالهٔ آن در ردیف بعد است."
_PARTED = "مبلغ با نشان هزارگان در دو خانه افتاده است؛ خانه‌های این ردیف جابه‌جا شده است."
_CUT = "فایل در این ردیف بریده شده است؛ پایان ردیف نیامده است."


class Folder:
    """A folder with a CSV file for each sheet."""

    def __init__(self, source: Path) -> None:
        beside = _files_of(source)
        files = [path for path in beside if path.suffix.lower() == ".csv"]
        if not files:
            raise Refusal(f"در پوشهٔ «{source.name}» هیچ فایل CSV نیست.")
        names = place_sheets([path.stem for path in files], source.name, "فایل")
        by_name = {path.stem: path for path in files}
        _refuse_books(source, beside)
        _refuse_others(by_name, names.values())
        self._files = {sheet: _open(sheet, by_name[name]) for sheet, name in names.items()}
        self._control = next((path for path in files if fold(path.stem) == fold(CONTROL)), None)

    def weight(self, sheet: ExportSheet) -> int:
        """The file's bytes. Raises Refusal."""
        with opened(self._files[sheet].path) as file:
            return file.seek(0, 2)

    def controls(self) -> list[Control]:
        """What the file «جمع» says of the sheets."""
        if self._control is None:
            return []
        return list(control_of(list(read_any(self._control).rows())))

    def open(self, sheet: ExportSheet) -> tuple[int, Iterator[RawRow]]:
        """The rows below the headings that are not blank."""
        file = self._files[sheet]
        # Where no file's last row is ended it is how they were written.
        cut = not file.ends_a_line() and any(each.ends_a_line() for each in self._files.values())
        return file.lines(), _rows(sheet, file, cut=cut)


def _files_of(source: Path) -> list[Path]:
    try:
        return sorted(path for path in source.iterdir() if path.is_file())
    except OSError as fault:
        raise unreadable(source.name) from fault


def _refuse_books(source: Path, files: Iterable[Path]) -> None:
    """Raises Refusal where the folder holds another export, a workbook."""
    books = [path for path in files if path.suffix.lower() in _BOOKS]
    if books:
        raise Refusal(
            f"در «{source.name}» کنار فایل‌های CSV کارپوشهٔ «{books[0].name}» هم هست؛ تنها یکی از دو"
            " خروجی را بگذارید."
        )


def _refuse_others(files: Mapping[str, Path], placed: Collection[str]) -> None:
    """Raises Refusal where a file holds a sheet's rows by another name."""
    for name, path in files.items():
        if name in placed or fold(name) == fold(CONTROL):
            continue
        try:
            first = list(islice(read_any(path).rows(), SOUGHT))
        except Refusal:
            # What nobody can read is no part of the export.
            continue
        refuse_alike(name, "فایل", first)


def read_any(path: Path) -> TextFile:
    """A CSV file whatever its headings are."""
    return open_text(path, lambda rows: max((len(row) for row in rows), default=0))


def _open(sheet: ExportSheet, path: Path) -> TextFile:
    wanted = {fold(name) for name in sheet.columns}

    def matches(rows: list[list[str]]) -> int:
        return max((len(wanted & {fold(cell) for cell in row}) for row in rows), default=0)

    return open_text(path, matches)


def _is_parted(cells: Sequence[str], sums: Iterable[int]) -> bool:
    """Whether a sum is of at most three digits and just three follow in the next cell: no sum in
    Rial is so small, and «150,000» without quotes becomes those two cells."""
    said = [to_latin_digits(cell.strip()) for cell in cells]
    return any(
        _THREE_OR_LESS.fullmatch(said[at]) and _THREE.fullmatch(said[at + 1])
        for at in sums
        if at + 1 < len(said)
    )


def _rows(sheet: ExportSheet, file: TextFile, *, cut: bool) -> Iterator[RawRow]:
    rows = enumerate(file.rows(), 1)
    first = list(islice(rows, SOUGHT))
    start = heading_row(sheet, [cells for _, cells in first])
    headings = first[start][1]
    order, width = places_of(sheet, headings), width_of(headings)
    sums = [order[sheet.headings.index(name)] for name in sheet.sums]
    # Asked once, of a row that has blank cells beyond the headings: where others have none, those
    # of this one have moved.
    may_be_longer = cache(lambda: not file.has_rows_of(len(headings), start + 1))
    length = width
    waiting: RawRow | None = None
    last, short = 0, False
    for number, cells in chain(first[start + 1 :], rows):
        file.demand_apart(number, cells)
        length, last = len(cells), number
        said_beyond = any(cell.strip() for cell in cells[width:])
        fault = ""
        if said_beyond or (length > len(headings) and not may_be_longer()):
            fault = LONG
        elif length != len(headings) and _is_parted(cells, sums):
            fault = _PARTED
        if length < width:
            # Some writers leave out empty cells at the end of a row.
            cells = cells + [""] * (width - length)
        row = in_order(cells, order)
        if not any(cell.strip() for cell in row):
            continue
        # A row may be broken in the middle of a cell, a full one in its last: the next one tells.
        broken = length < width and (length == 1 or short) and not is_code(row[0])
        if waiting is not None:
            yield (*waiting[:2], _BROKEN) if broken else waiting
        waiting, short = (number, row, fault), length < width
    if waiting is not None:
        yield (*waiting[:2], waiting[2] or _CUT) if cut and waiting[0] == last else waiting
    file.demand_end(short=length < width)
