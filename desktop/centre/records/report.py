"""What an import has to say: told rows, counts, sums, what belongs to nobody, what changes."""

from __future__ import annotations

import csv
import os
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from desktop.centre.records.columns import SHEETS, ExportSheet, RowKind
from desktop.centre.records.reading import Control
from desktop.domain.calendar import format_jalali
from desktop.domain.errors import Refusal
from desktop.domain.import_causes import Cause, RowFate
from desktop.domain.money import format_area, format_number, format_rial
from desktop.domain.record_words import WordColumn
from desktop.forms.csv_text import csv_text

_HEADINGS = ("برگه", "ردیف", "ستون", "علت", "نتیجه", "نوشتهٔ خانه")
_BATCH = 2_000
UNKNOWN = "unknown"
"""Under which key of its totals an import keeps the words that are on no list."""
_MOST_WORDS = 200


class ToldRow(NamedTuple):
    """A told row: where it stands, why, what became of it, and what the cell says."""

    sheet: str
    number: int
    heading: str
    reason: str
    fate: RowFate
    about: str


@dataclass
class SheetCount:
    """What became of the rows of one sheet: rows read = kept + doubles + refused + silent."""

    read: int = 0
    kept: int = 0
    doubles: int = 0
    refused: int = 0
    silent: int = 0
    """Rows that tell nothing beyond their property's code."""
    told: int = 0
    """Reasons told of rows that are kept."""
    total: Decimal = Decimal(0)
    """Rial of debts and fines, m² of widening, dang of owners; 0 for other sheets."""
    written: Decimal = Decimal(0)
    """The same over all rows that were read, kept or not."""
    orphans: int = 0
    """Refused rows that belong to nobody: no usable code, or an unknown property."""
    orphaned: Decimal = Decimal(0)
    """The sum of these."""
    unknown: Counter[tuple[str, str]] = field(default_factory=Counter)
    """By heading and word, cells whose word is on no list of the municipality's."""


@dataclass
class ChangeCount:
    """How many rows of a kind are new, changed or ended against the export before."""

    new: int = 0
    changed: int = 0
    ended: int = 0
    cleared: int = 0
    """Those that ended, debts that are settled by a word, holds that end sooner or hold less."""
    sum_ended: int = 0
    """Rial of the debts that ended, or of what is not asked any more of them."""
    closed: int = 0
    """Article 100 files that a word closes, or whose fine shrank."""
    emptied: Counter[str] = field(default_factory=Counter)
    """By heading, those that stay and lose what stood there (`changes.EMPTIED`)."""


@dataclass
class ImportResult:
    """What an import did. The listing of its changes stands in the table `record_change`."""

    as_of: date
    sheets: dict[RowKind, SheetCount] = field(
        default_factory=lambda: {sheet.kind: SheetCount() for sheet in SHEETS}
    )
    changes: dict[RowKind, ChangeCount] = field(
        default_factory=lambda: {sheet.kind: ChangeCount() for sheet in SHEETS}
    )
    reasons: Counter[tuple[RowKind, str, str]] = field(default_factory=Counter)
    """(kind, column, reason) → rows."""
    unknown: Counter[tuple[WordColumn, str]] = field(default_factory=Counter)
    """(column, word) → cells, of words that are on no list."""
    controls: list[Control] = field(default_factory=list)
    causes: tuple[Cause, ...] = ()
    """What holds it back; empty when nothing does."""
    widened: int = 0
    doubted: int = 0
    first: bool = True
    """Whether there were no records before: then everything is new and nothing is listed."""
    export_id: int | None = None
    """The row of `record_export`; None when the import changed nothing."""

    @property
    def changed(self) -> bool:
        """Whether anything differs from the export before."""
        return any(c.new or c.changed or c.ended for c in self.changes.values())

    def totals(self) -> dict[str, Any]:
        """Counts and sums as JSON values, without floats."""
        counts: dict[str, Any] = {kind.value: count.kept for kind, count in self.sheets.items()}
        return counts | {
            "debt_rial": int(self.sheets[RowKind.DEBT].total),
            "fine_rial": int(self.sheets[RowKind.FILE].total),
            "widened": self.widened,
            "widening_m2": f"{self.sheets[RowKind.PROPERTY].total:.2f}",
            "doubted": self.doubted,
            "refused": sum(count.refused for count in self.sheets.values()),
            "told": sum(count.told for count in self.sheets.values()),
            UNKNOWN: [
                [column, word, cells]
                for (column, word), cells in self.unknown.most_common(_MOST_WORDS)
            ],
        }

    def lines(self) -> Iterator[str]:
        """The result in Persian, a line for each thing a person wants to know."""
        yield f"سوابق تا {format_jalali(self.as_of)}"
        for kind, count in self.sheets.items():
            more = ""
            if kind is RowKind.DEBT or kind is RowKind.FILE:
                more = f"، جمع {format_rial(int(count.total))}"
            if kind is RowKind.PROPERTY:
                more = (
                    f"، {format_number(self.widened)} ملک با تعریض،"
                    f" جمع {format_area(count.total)} مترمربع"
                )
            yield (
                f"{kind.words}: {format_number(count.kept)}{more}؛ تکراری"
                f" {format_number(count.doubles)}، پذیرفته‌نشده {format_number(count.refused)}،"
                f" گفتنی {format_number(count.told)}"
            )
        yield f"ملک‌های مشکوک: {format_number(self.doubted)}"
        yield from self._held_back()
        if self.first:
            return
        for kind, change in self.changes.items():
            yield (
                f"{kind.words}: تازه {format_number(change.new)}،"
                f" تغییریافته {format_number(change.changed)}، پایان‌یافته"
                f" {format_number(change.ended)}"
            )

    def _held_back(self) -> Iterator[str]:
        if not self.causes:
            return
        yield f"نگه داشته شد، {format_number(len(self.causes))} علت دارد؛ سوابق جاری تغییر نکرد:"
        for cause in self.causes:
            words = cause.words
            yield f"- {words.cause}؛ {words.limit}. اگر اعمال شود: {words.consequence}."


Sink = Callable[[list[ToldRow]], None]
"""Takes told rows, some at a time."""


class Report:
    """Counts told rows and hands them on; nothing more than a batch is kept in memory."""

    def __init__(self, result: ImportResult, sinks: tuple[Sink, ...]) -> None:
        self._result = result
        self._sinks = sinks
        self._waiting: list[ToldRow] = []
        self.first: ToldRow | None = None
        """The first told row of all."""

    def refused(
        self, sheet: ExportSheet, number: int, column: int, reason: str, about: str = ""
    ) -> None:
        """A row that is not kept."""
        self._result.sheets[sheet.kind].refused += 1
        self._tell(sheet, number, column, reason, RowFate.REFUSED, about)

    def told(
        self, sheet: ExportSheet, number: int, column: int, reason: str, about: str = ""
    ) -> None:
        """A row that is kept though something about it is odd."""
        self._result.sheets[sheet.kind].told += 1
        self._tell(sheet, number, column, reason, RowFate.KEPT, about)

    def unread(
        self, sheet: ExportSheet, number: int, column: int, reason: str, about: str = ""
    ) -> None:
        """A row that is kept though a cell can't be read, or its word is on no list."""
        self._result.sheets[sheet.kind].told += 1
        self._tell(sheet, number, column, reason, RowFate.UNKNOWN, about)

    def _tell(
        self, sheet: ExportSheet, number: int, column: int, reason: str, fate: RowFate, about: str
    ) -> None:
        heading = sheet.headings[column]
        self._result.reasons[sheet.kind, heading, reason] += 1
        row = ToldRow(sheet.title, number, heading, reason, fate, about)
        self.first = self.first or row
        self._waiting.append(row)
        if len(self._waiting) == _BATCH:
            self.flush()

    def flush(self) -> None:
        """Hand on what waits."""
        for sink in self._sinks:
            sink(self._waiting)
        self._waiting = []


def _plain(row: ToldRow) -> ToldRow:
    return row._replace(about=csv_text(row.about))


@contextmanager
def report_file(path: Path | None) -> Iterator[tuple[Sink, ...]]:
    """Where told rows are written on their way to a file, which appears when the import is done.

    CSV, UTF-8 with a BOM so that a spreadsheet shows Persian. Raises Refusal when it cannot be
    written.
    """
    if path is None:
        yield ()
        return
    partial = path.with_name(f"{path.name}.partial")
    try:
        file = partial.open("w", encoding="utf-8-sig", newline="")
    except OSError as fault:
        raise Refusal(f"گزارش را نمی‌توان در «{path.name}» نوشت.") from fault
    done = False
    try:
        with file:
            writer = csv.writer(file)
            writer.writerow(_HEADINGS)
            # What a cell of the export said may be a formula, and this file is for spreadsheets.
            yield (lambda rows: writer.writerows(map(_plain, rows)),)
        done = True
    finally:
        if not done:
            partial.unlink(missing_ok=True)
    os.replace(partial, path)
