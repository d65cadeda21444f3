"""What holds an import back: its rows against the limits, and against the import in force."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from sqlalchemy import Connection, select

from desktop.centre.records.changes import EMPTIED
from desktop.centre.records.columns import SHEETS, RowKind
from desktop.centre.records.report import ChangeCount, ImportResult, SheetCount
from desktop.centre.records.tables import EXPORT
from desktop.domain.city import ImportLimits
from desktop.domain.contest import Corrected
from desktop.domain.import_causes import Cause, CauseKind
from desktop.domain.money import format_area, format_number, format_rial
from desktop.domain.persian import isolate, join_and, to_persian_digits

_TITLES = {sheet.kind: sheet.title for sheet in SHEETS}
_NEVER_LOST = (RowKind.DEBT, RowKind.FILE, RowKind.HOLD)
_SHOWN_WORDS = 3


def counts_in_force(connection: Connection, export_id: int) -> Mapping[str, int]:
    """Counts and sums of an import, as `ImportResult.totals` gave them."""
    totals = connection.execute(select(EXPORT.c.totals).where(EXPORT.c.id == export_id)).scalar()
    found = json.loads(totals) if totals else {}
    return {key: value for key, value in found.items() if isinstance(value, int)}


def causes_of(
    result: ImportResult, present: Mapping[str, int] | None, limits: ImportLimits
) -> tuple[Cause, ...]:
    """All that holds the import back; `present` are the counts in force, None for a first one."""
    return (
        *(_ends(result, present, limits) if present is not None else ()),
        *_orphans(result),
        *_refused(result, limits),
        *_controls(result),
        *_unknown(result, limits),
    )


def corrected_otherwise(wrong: Sequence[Corrected]) -> tuple[Cause, ...]:
    """What upheld objections put right and the import has otherwise."""
    if not wrong:
        return ()
    items = dict.fromkeys(each.correction.item.word for each in wrong)
    codes = [isolate(to_persian_digits(each.tracking)) for each in wrong[:_SHOWN_WORDS]]
    detail = f"{join_and([*items])}؛ اعتراض {join_and(codes)}"
    return (Cause(CauseKind.CORRECTED, count=len(wrong), detail=detail),)


def _ends(
    result: ImportResult, present: Mapping[str, int], limits: ImportLimits
) -> Iterator[Cause]:
    percent = limits.ended_percent
    debts = result.changes[RowKind.DEBT]
    for kind, ended, held in (
        (
            CauseKind.PROPERTIES_END,
            result.changes[RowKind.PROPERTY].cleared,
            present.get(RowKind.PROPERTY.value, 0),
        ),
        (CauseKind.DEBTS_END, debts.cleared, present.get(RowKind.DEBT.value, 0)),
        (CauseKind.DEBT_SUM_ENDS, debts.sum_ended, present.get("debt_rial", 0)),
    ):
        if ended and ended * 100 > percent * held:
            yield Cause(kind, count=ended, of=held, limit=percent)
    if ended := result.changes[RowKind.HOLD].cleared:
        held = present.get(RowKind.HOLD.value, 0)
        yield Cause(CauseKind.HOLDS_END, _TITLES[RowKind.HOLD], count=ended, of=held)
    yield from _files_end(result.changes[RowKind.FILE], present.get(RowKind.FILE.value, 0), percent)
    for row, headings in EMPTIED.items():
        held = present.get(row.value, 0)
        for heading in headings:
            emptied = result.changes[row].emptied[heading]
            if emptied and emptied * 100 > percent * held:
                yield Cause(CauseKind.REFUSED, _TITLES[row], heading, emptied, held, percent)


def _files_end(files: ChangeCount, held: int, percent: int) -> Iterator[Cause]:
    """Any file that ends; those that are closed, as paid fines are each day, above the limit."""
    many = files.closed * 100 > percent * held
    ended = files.cleared + (files.closed if many else 0)
    if ended:
        limit = percent if many else 0
        title = _TITLES[RowKind.FILE]
        yield Cause(CauseKind.FILES_END, title, count=ended, of=held, limit=limit)


def _orphans(result: ImportResult) -> Iterator[Cause]:
    for kind in _NEVER_LOST:
        count = result.sheets[kind]
        if count.orphans:
            amount = int(count.orphaned)
            yield Cause(
                CauseKind.ORPHANS, _TITLES[kind], count=count.orphans, of=count.read, amount=amount
            )


def _refused(result: ImportResult, limits: ImportLimits) -> Iterator[Cause]:
    percent = limits.refused_percent
    for kind, count in result.sheets.items():
        if count.refused >= limits.least and count.refused * 100 > percent * count.read:
            yield Cause(
                CauseKind.REFUSED, _TITLES[kind], count=count.refused, of=count.read, limit=percent
            )


def _controls(result: ImportResult) -> Iterator[Cause]:
    for control in result.controls:
        count = result.sheets[control.sheet.kind]
        said, read = [], []
        if control.rows is not None and control.rows not in _rows_of(count):
            said.append(f"{format_number(control.rows)} ردیف")
            read.append(f"{format_number(count.read)} ردیف")
        if control.total is not None and control.total not in (count.total, count.written):
            said.append(_sum(control.sheet.kind, control.total))
            read.append(_sum(control.sheet.kind, count.written))
        if said:
            detail = f"گفته شده {join_and(said)}؛ خوانده شد {join_and(read)}"
            yield Cause(CauseKind.CONTROL, control.sheet.title, detail=detail)


def _rows_of(count: SheetCount) -> tuple[int, ...]:
    """What an exporter can mean by the rows of a sheet: with those that stand twice, and those that
    tell nothing, or without."""
    told = count.read - count.silent
    return count.read, count.read - count.doubles, told, told - count.doubles


def _sum(kind: RowKind, total: Decimal) -> str:
    return f"جمع {format_area(total)}" if kind is RowKind.PROPERTY else format_rial(int(total))


def _unknown(result: ImportResult, limits: ImportLimits) -> Iterator[Cause]:
    percent = limits.unknown_percent
    for kind, count in result.sheets.items():
        by_heading: dict[str, Counter[str]] = {}
        for (heading, word), cells in count.unknown.items():
            by_heading.setdefault(heading, Counter())[word] += cells
        for heading, words in by_heading.items():
            cells = words.total()
            if cells < limits.least or cells * 100 <= percent * count.read:
                continue
            shown = join_and([f"«{word}»" for word, _ in words.most_common(_SHOWN_WORDS)])
            yield Cause(
                CauseKind.UNKNOWN_WORDS,
                _TITLES[kind],
                heading,
                count=cells,
                of=count.read,
                limit=percent,
                detail=shown,
            )
