"""Tables on paper: the first column at the right, rows that break over pages, the head repeated."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from desktop.domain.letter import Table
from desktop.reports.letter.v2.outlines import Weight
from desktop.reports.letter.v2.page import FINE, GROUND, Pen, Sheet, Side
from desktop.reports.letter.v2.wrap import Line, natural, wrap

_PAD = 4.0
_SIZES = (9.5, 9.0, 8.5, 8.0, 7.5)
_LARGER = (13.0, 12.0, 11.0, 10.0)
# Down to this size cells are kept on one line; below, long ones rather wrap.
_ONE_LINE = 8.5
_LEADING = 1.5
# So many rows stand with what comes after them.
_TOGETHER = 2


@dataclass(frozen=True)
class _Plan:
    """Column widths in points, the first column's first, and the size that they were made for."""

    widths: tuple[float, ...]
    size: float


def _plan(table: Table, total: float, sizes: Sequence[float]) -> _Plan:
    """Widths by content, at the largest size at which each cell stands on one line.

    Where none does, the largest at which no word and no number is broken; where none does, the
    smallest.
    """
    measured = [(size, *_measured(table, size, total / 3)) for size in sizes]
    for size, wants, _ in measured:
        if size >= _ONE_LINE and sum(wants) <= total:
            spare = (total - sum(wants)) / len(wants)
            return _Plan(tuple(want + spare for want in wants), size)
    for size, wants, needs in measured[-len(_SIZES) :]:
        if sum(needs) <= total:
            # Here wants are more than there is: what is over the needs is shared in proportion.
            share = min(1.0, (total - sum(needs)) / max(1.0, sum(wants) - sum(needs)))
            pairs = zip(needs, wants, strict=True)
            return _Plan(tuple(need + (want - need) * share for need, want in pairs), size)
    size, _, needs = measured[-1]
    return _Plan(tuple(need * total / sum(needs) for need in needs), size)


def _measured(table: Table, size: float, longest: float) -> tuple[list[float], list[float]]:
    """For each column the width of its longest cell and the least that breaks nothing."""
    wants, needs = [], []
    for i, head in enumerate(table.columns):
        cells = [natural(row[i], size) for row in table.rows]
        cells.append(natural(head, size, Weight.BOLD))
        # A number stands on one line whatever else must give way, if it is a number by its length.
        whole = i in table.numeric and max(line for line, _ in cells) <= longest
        need = max((line if whole else word) for line, word in cells)
        needs.append(need + 2 * _PAD + 0.5)
        wants.append(max(line for line, _ in cells) + 2 * _PAD + 0.5)
    return wants, needs


def put(
    sheet: Sheet,
    table: Table,
    *,
    larger: bool = False,
    keep: float = 0,
    over: Callable[[float], None] = lambda least: None,
) -> None:
    """The table over the whole column of the sheet, from its cursor on.

    What hangs on a wall is `larger` than usual where each cell stands on one line all the same.
    `over` sets what stands over it, with the height that must follow on the same page, in points;
    `keep` is that of what must stand on the page of its last two rows.
    Raises ValueError when a row has more or fewer cells than there are columns.
    """
    if any(len(row) != len(table.columns) for row in table.rows):
        raise ValueError("a row of the table has another number of cells than columns")
    plan = _plan(table, sheet.paper.column, (*_LARGER, *_SIZES) if larger else _SIZES)
    leading = plan.size * _LEADING
    head = _cells(table.columns, plan, Weight.BOLD)
    rows = [_cells(row, plan, Weight.REGULAR) for row in table.rows]
    head_height = _height(head, leading)
    first = _height(rows[0], leading) if rows else 0.0
    # The head never stands alone; a row longer than this may begin here and go on.
    least = head_height + min(first, 4 * leading)
    over(least)
    sheet.fit(least)
    _row(sheet, head, plan, leading, shaded=True)
    for number, row in enumerate(rows):
        height = _height(row, leading)
        if keep and number >= len(rows) - _TOGETHER:
            height = sum(_height(each, leading) for each in rows[number:]) + keep
        if height > sheet.room and height <= sheet.whole - head_height:
            sheet.turn()
            _row(sheet, head, plan, leading, shaded=True)
        while row:
            lines = max(1, int((sheet.room - 2 * _PAD) / leading))
            now = [cell[:lines] for cell in row]
            row = [cell[lines:] for cell in row]
            _row(sheet, now, plan, leading, shaded=False)
            if not any(row):
                break
            sheet.turn()
            _row(sheet, head, plan, leading, shaded=True)


def _cells(texts: tuple[str, ...], plan: _Plan, weight: Weight) -> list[list[Line]]:
    return [
        wrap(text, width - 2 * _PAD, plan.size, weight)
        for text, width in zip(texts, plan.widths, strict=True)
    ]


def _height(row: list[list[Line]], leading: float) -> float:
    return max(len(cell) for cell in row) * leading + 2 * _PAD * 0.6


def _row(sheet: Sheet, row: list[list[Line]], plan: _Plan, leading: float, *, shaded: bool) -> None:
    top, height = sheet.y, _height(row, leading)
    right, total = sheet.paper.start, sum(plan.widths)

    def mark(pen: Pen) -> None:
        if shaded:
            pen.box(right - total, top - height, total, height, GROUND)
        x, end = right, 0.0
        first = top - _PAD * 0.6 - (leading + plan.size * 0.5) / 2
        whole = all(len(cell) <= 1 for cell in row)
        for cell, width in zip(row, plan.widths, strict=True):
            if cell and cell[0].text:
                if end and whole:
                    pen.bridge(x - _PAD, end, first, plan.size)
                end = x - _PAD - cell[0].width
            for i, line in enumerate(cell):
                pen.line(line, x - _PAD, first - i * leading, Side.RIGHT)
            x -= width
        pen.rule(right - total, top - height, right, top - height, FINE)
        if shaded:
            pen.rule(right - total, top, right, top, FINE)

    sheet.put(mark)
    sheet.y -= height
