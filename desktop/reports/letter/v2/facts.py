"""The key facts of a letter: labels and values in two columns between two rules, on one page where
one is enough."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reportlab.lib.units import mm

from desktop.domain.letter import Facts
from desktop.reports.letter.v2.outlines import Weight
from desktop.reports.letter.v2.page import FINE, INK, QUIET, Pen, Sheet, Side
from desktop.reports.letter.v2.wrap import Line, natural, wrap

_SIZE, _LEADING = 10.0, 17.5
_PAD = 2.0 * mm
_GAP = 5 * mm
# Between a label and its value.
_BESIDE = 3 * mm


@dataclass(frozen=True)
class _Cell:
    """A fact as it will stand: its lines, and whether half the width is enough for it."""

    label: list[Line]
    value: list[Line]
    half: bool

    @property
    def lines(self) -> int:
        return max(len(self.label), len(self.value))


_Row = list[_Cell]


def put(sheet: Sheet, facts: Facts) -> None:
    """The block over the whole column of the sheet, from its cursor on: whole on one page, or on as
    many as it fills."""
    step = (sheet.paper.column + _GAP) / 2
    longest = max(natural(label, _SIZE)[0] for label, _ in facts.rows)
    label = min(longest + 0.5, step / 2) + _BESIDE
    cells = [_cell(fact, label, step - _GAP, sheet.paper.column) for fact in facts.rows]
    most = int((sheet.whole - 2 * _PAD) / _LEADING)
    for rows in _pages(_rows(cells), most):
        _put(sheet, rows, step, label)


def _put(sheet: Sheet, rows: Sequence[_Row], step: float, label: float) -> None:
    height = sum(_lines(row) for row in rows) * _LEADING + 2 * _PAD
    sheet.fit(height)
    top, right = sheet.y, sheet.paper.start

    def mark(pen: Pen) -> None:
        for y in (top, top - height):
            pen.rule(right - sheet.paper.column, y, right, y, FINE)
        y = top - _PAD
        for row in rows:
            _draw(pen, row, [right - i * step for i in range(len(row))], y, label)
            y -= _lines(row) * _LEADING

    sheet.put(mark)
    sheet.y -= height


def _cell(fact: tuple[str, str], label: float, half: float, whole: float) -> _Cell:
    named, told = fact
    fits = natural(told, _SIZE, Weight.MEDIUM)[0] <= half - label
    value = wrap(told, (half if fits else whole) - label, _SIZE, Weight.MEDIUM)
    return _Cell(wrap(named, label - _BESIDE, _SIZE), value, fits)


def _rows(cells: Sequence[_Cell]) -> list[_Row]:
    """The facts in their order, two side by side where half the width is enough for each."""
    rows: list[_Row] = []
    for cell in cells:
        if cell.half and rows and len(rows[-1]) == 1 and rows[-1][0].half:
            rows[-1].append(cell)
        else:
            rows.append([cell])
    return rows


def _pages(rows: Sequence[_Row], most: int) -> Iterator[list[_Row]]:
    """The rows by the pages that they stand on, each of at most so many lines."""
    page: list[_Row] = []
    for row in (part for whole in rows for part in _cut(whole, most)):
        if page and sum(map(_lines, page)) + _lines(row) > most:
            yield page
            page = []
        page.append(row)
    yield page


def _cut(row: _Row, most: int) -> Iterator[_Row]:
    """The row in parts of at most so many lines; its labels stand with the first."""
    for begin in range(0, _lines(row), most):
        end = begin + most
        yield [_Cell(cell.label[begin:end], cell.value[begin:end], cell.half) for cell in row]


def _lines(row: _Row) -> int:
    return max(cell.lines for cell in row)


def _draw(pen: Pen, row: _Row, starts: list[float], top: float, label: float) -> None:
    """A row whose facts begin at those places, from right to left."""
    first = top - (_LEADING + _SIZE * 0.5) / 2
    end = 0.0
    for cell, start in zip(row, starts, strict=True):
        for lines, x, colour in ((cell.label, start, QUIET), (cell.value, start - label, INK)):
            if end:
                pen.bridge(x, end, first, _SIZE)
            for at, line in enumerate(lines):
                pen.line(line, x, first - at * _LEADING, Side.RIGHT, colour=colour)
            end = x - (lines[0].width if lines else 0.0)
