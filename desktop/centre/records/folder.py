"""An export as a folder of CSV files, one a sheet."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, islice
from pathlib import Path

from desktop.centre.records.cells import is_code
from desktop.centre.records.columns import ExportSheet
from desktop.centre.records.headings import SOUGHT, heading_row, in_order, places_of, width_of
from desktop.centre.records.naming import CONTROL, control_of, place_sheets
from desktop.centre.records.reading import LONG, Control, RawRow
from desktop.centre.records.text_file import TextFile, open_text
from desktop.domain.errors import Refusal
from desktop.domain.persian import fold

_BROKEN = "این ردیف از میانه شکسته است؛ دنبالهٔ آن در ردیف بعد است."


class Folder:
    """A folder with a CSV file for each sheet."""

    def __init__(self, source: Path) -> None:
        files = sorted(path for path in source.iterdir() if path.suffix.lower() == ".csv")
        if not files:
            raise Refusal(f"در پوشهٔ «{source.name}» هیچ فایل CSV نیست.")
        names = place_sheets([path.stem for path in files], source.name, "فایل")
        by_name = {path.stem: path for path in files}
        self._files = {sheet: _open(sheet, by_name[name]) for sheet, name in names.items()}
        self._control = next((path for path in files if fold(path.stem) == fold(CONTROL)), None)

    def weight(self, sheet: ExportSheet) -> int:
        """The file's bytes."""
        return self._files[sheet].path.stat().st_size

    def controls(self) -> list[Control]:
        """What the file «جمع» says of the sheets."""
        if self._control is None:
            return []
        return list(control_of(list(read_any(self._control).rows())))

    def open(self, sheet: ExportSheet) -> tuple[int, Iterator[RawRow]]:
        """The rows below the headings that are not blank."""
        file = self._files[sheet]
        return file.lines(), _rows(sheet, file)


def read_any(path: Path) -> TextFile:
    """A CSV file whatever its headings are."""
    return open_text(path, lambda rows: max((len(row) for row in rows), default=0))


def _open(sheet: ExportSheet, path: Path) -> TextFile:
    wanted = {fold(name) for name in sheet.columns}

    def matches(rows: list[list[str]]) -> int:
        return max((len(wanted & {fold(cell) for cell in row}) for row in rows), default=0)

    return open_text(path, matches)


def _rows(sheet: ExportSheet, file: TextFile) -> Iterator[RawRow]:
    rows = enumerate(file.rows(), 1)
    first = list(islice(rows, SOUGHT))
    start = heading_row(sheet, [cells for _, cells in first])
    headings = first[start][1]
    order, width = places_of(sheet, headings), width_of(headings)
    length = width
    waiting: RawRow | None = None
    for number, cells in chain(first[start + 1 :], rows):
        length = len(cells)
        fault = LONG if any(cell.strip() for cell in cells[width:]) else ""
        if length < width:
            # Some writers leave out empty cells at the end of a row.
            cells = cells + [""] * (width - length)
        row = in_order(cells, order)
        if not any(cell.strip() for cell in row):
            continue
        if waiting is not None:
            broken = length < width and not is_code(row[0])
            yield (*waiting[:2], _BROKEN) if broken else waiting
        # A short row may be one that was broken in the middle of a cell: the next one tells.
        waiting = (number, row, fault) if length < width else None
        if waiting is None:
            yield number, row, fault
    if waiting is not None:
        yield waiting
    file.demand_end(short=length < width)
