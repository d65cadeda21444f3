"""An export as a workbook of seven sheets."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import chain, islice
from pathlib import Path

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from desktop.centre.records.columns import ExportSheet
from desktop.centre.records.folder import read_any
from desktop.centre.records.headings import SOUGHT, heading_row, in_order, places_of, width_of
from desktop.centre.records.naming import CONTROL, control_of, place_sheets, refuse_alike
from desktop.centre.records.reading import LONG, Control, RawRow
from desktop.domain.errors import Refusal
from desktop.domain.persian import fold
from desktop.forms.workbook import cell_text
from desktop.forms.workbook_parts import ERROR, errors_in, rows_with_errors

_AGAIN = "خروجی را از سامانه دوباره بگیرید."


class Workbook:
    """A workbook: one sheet's cells are in memory at a time."""

    def __init__(self, workbook: CalamineWorkbook, source: Path) -> None:
        self._workbook = workbook
        self._source = source
        self._names = place_sheets(list(workbook.sheet_names), source.name, "برگه")
        for name in workbook.sheet_names:
            if name not in self._names.values() and fold(name) != fold(CONTROL):
                refuse_alike(name, "برگهٔ", _first_rows(workbook, name))
        self._errors = errors_in(source)

    def weight(self, sheet: ExportSheet) -> int:
        """The sheet's bytes where they can be told."""
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

    def controls(self) -> list[Control]:
        """What the sheet «جمع» says, or the file of that name beside the workbook."""
        for name in self._workbook.sheet_names:
            if fold(name) == fold(CONTROL):
                rows = self._workbook.get_sheet_by_name(name).iter_rows()
                return list(control_of([[cell_text(cell) for cell in line] for line in rows]))
        beside = self._source.with_name(f"{CONTROL}.csv")
        return list(control_of(list(read_any(beside).rows()))) if beside.is_file() else []

    def open(self, sheet: ExportSheet) -> tuple[int, Iterator[RawRow]]:
        """The rows below the headings that are not blank."""
        with _readable(sheet):
            cells = self._workbook.get_sheet_by_name(self._names[sheet])
        return max(1, cells.height), _rows(sheet, cells, self._errors.get(self._names[sheet], {}))


def _first_rows(workbook: CalamineWorkbook, name: str) -> list[list[str]]:
    try:
        lines = islice(workbook.get_sheet_by_name(name).iter_rows(), SOUGHT)
        return [[cell_text(cell) for cell in line] for line in lines]
    except CalamineError:
        # A chart's sheet has no rows.
        return []


class _Spread(str):
    """What a cell says only because it is one of several that are merged."""


@contextmanager
def _readable(sheet: ExportSheet) -> Iterator[None]:
    try:
        yield
    except CalamineError as fault:
        raise Refusal(f"برگهٔ «{sheet.title}» خوانده نشد؛ فایل آسیب دیده است. {_AGAIN}") from fault


def _rows(
    sheet: ExportSheet, cells: CalamineSheet, errors: Mapping[int, frozenset[int]]
) -> Iterator[RawRow]:
    with _readable(sheet):
        lines = enumerate(_unmerged(cells, errors), 1)
        first = list(islice(lines, SOUGHT))
        start = heading_row(sheet, [line for _, line in first])
        headings = first[start][1]
        order, width = places_of(sheet, headings), width_of(headings)
        for number, line in chain(first[start + 1 :], lines):
            code, *others = in_order(line, order)
            # Of several cells only the property's code is meant: of a sum each would be the whole.
            row = [code, *(ERROR if isinstance(cell, _Spread) else cell for cell in others)]
            if any(cell.strip() for cell in row):
                yield number, row, LONG if any(cell.strip() for cell in line[width:]) else ""


def _unmerged(cells: CalamineSheet, errors: Mapping[int, frozenset[int]]) -> Iterator[list[str]]:
    """The rows as text; each cell of a merged range holds what its first one says: `_Spread`."""
    merged = sorted(cells.merged_cell_ranges or ())
    held: list[tuple[int, range, str]] = []
    waiting = 0
    for number, line in enumerate(rows_with_errors(cells, errors)):
        own: dict[int, str] = {}
        texts = [cell_text(cell) for cell in line]
        while waiting < len(merged) and merged[waiting][0][0] == number:
            (_, left), (last, right) = merged[waiting]
            if left < len(texts):
                columns = range(left, min(right + 1, len(texts)))
                held.append((last, columns, _Spread(texts[left])))
                # The range's own first cell says what it says.
                own[left] = texts[left]
            waiting += 1
        if held:
            for _, columns, text in held:
                for column in columns:
                    texts[column] = own.get(column, text)
            held = [range_ for range_ in held if range_[0] > number]
        yield texts
