"""Reads a whole export once and puts its good rows aside, by property."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from desktop.centre.records.cells import Row, RowRefused, RowRules, shown
from desktop.centre.records.codec import child_text, own_text
from desktop.centre.records.columns import OWNERS, PROPERTIES, SHEETS, ExportSheet, RowKind
from desktop.centre.records.reading import Export, RawRow
from desktop.centre.records.report import ImportResult, Report, ToldRow
from desktop.centre.records.rows import (
    CHILDREN,
    amount_of,
    amount_written,
    names_alone,
    read_property,
)
from desktop.domain.errors import Refusal
from desktop.domain.money import format_rial
from desktop.domain.persian import ZWNJ, to_persian_digits
from desktop.sql.spool import Spool

STAGED = 700
"""Progress, in thousandths, when all rows are read."""
_STEP = 500
_OTHER = "کد این ملک پیش‌تر با محتوای دیگری آمده است؛ همان ردیف نخست ماند."
_TWICE = {
    RowKind.DEBT: (7, "همین قبض این ملک پیش‌تر با محتوای دیگری آمده است؛ همان ردیف نخست ماند."),
    RowKind.FILE: (1, "همین پروندهٔ این ملک پیش‌تر با محتوای دیگری آمده است؛ همان ردیف نخست ماند."),
}
"""By kind the column at fault, and why a second row of what is one is none."""
_UNKNOWN = "ملکی با این کد در برگهٔ املاک نیست."


class Cancelled(Refusal):
    """The person stopped the work; nothing was changed."""

    def __init__(self) -> None:
        super().__init__("کار به درخواست شما متوقف شد؛ چیزی تغییر نکرد.")


@dataclass(frozen=True)
class At:
    """How far the work is: in thousandths, and the row of the sheet at work, of about so many."""

    done: int
    title: str = ""
    number: int = 0
    of: int = 0


@dataclass
class StagingWatch:
    """Shows how far the work is, in thousandths, and stops it when the person asks."""

    progress: Callable[[int, int], None]
    cancelled: Callable[[], bool]
    seen: Callable[[At], None] = lambda at: None

    def step(self, done: int, title: str = "", number: int = 0, of: int = 0) -> None:
        """Raises Cancelled when the person has asked for it."""
        if self.cancelled():
            raise Cancelled
        self.progress(done, 1000)
        self.seen(At(done, title, number, of))


@dataclass
class Staged:
    """The properties of an export in the order of their groups in the spool, and the doubted."""

    groups: dict[str, int] = field(default_factory=dict)
    """Group by the code as it is stored."""
    doubted: set[str] = field(default_factory=set)
    refused: dict[str, set[str]] = field(default_factory=dict)
    """By code, the kinds of its rows that were not kept."""


def stage(
    export: Export,
    spool: Spool,
    result: ImportResult,
    report: Report,
    watch: StagingWatch,
    rules: RowRules,
) -> Staged:
    """Reads every sheet, tells what is odd, refuses what is worthless and spools the rest.

    A spool's group is a property, its kind that of the row, its place the row's number. Raises
    Refusal when a sheet cannot be read or there is no property, Cancelled when stopped.
    """
    staged = Staged()
    result.controls = export.controls()
    whole = sum(export.weight(sheet) for sheet in SHEETS) or 1
    before = 0
    for sheet in SHEETS:
        length, rows = export.open(sheet)
        start, share = before / whole, export.weight(sheet) / whole
        before += export.weight(sheet)

        def watched(
            rows: Iterator[RawRow] = rows,
            sheet: ExportSheet = sheet,
            start: float = start,
            share: float = share,
            length: int = length,
        ) -> Iterator[Row]:
            for number, cells, fault in rows:
                if number % _STEP == 0:
                    done = int(STAGED * (start + share * min(1.0, number / length)))
                    watch.step(done, sheet.title, number, max(number, length))
                yield Row(number, cells, rules, fault)

        if sheet is PROPERTIES:
            _stage_properties(watched(), staged, spool, result, report)
            if not staged.groups:
                raise Refusal(_no_property(report.first))
        else:
            _stage_children(sheet, watched(), staged, spool, result, report)
    result.doubted = sum(code in staged.groups for code in staged.doubted)
    watch.step(STAGED)
    return staged


def _no_property(first: ToldRow | None) -> str:
    """That none can be read, and why the first row is none."""
    words = "در این خروجی هیچ ملکی نیست که خوانده شود؛ سوابق عوض نشد."
    if first is None:
        return words
    number = to_persian_digits(first.number)
    return f"{words} ردیف {number}، «{first.heading}»: «{first.about}». {first.reason}"


def _stage_properties(
    rows: Iterator[Row], staged: Staged, spool: Spool, result: ImportResult, report: Report
) -> None:
    count = result.sheets[PROPERTIES.kind]
    digests: list[bytes] = []
    for row in rows:
        count.read += 1
        try:
            read = row.code()
        except RowRefused as refusal:
            report.refused(PROPERTIES, row.number, 0, refusal.reason, row.raw(0))
            continue
        code = str(read)
        record = read_property(row, read)
        count.written += record.widening
        if row.unread:
            staged.doubted.add(code)
        text = own_text(record)
        digest = _digest(text)
        first = staged.groups.get(code)
        if first is not None:
            if digests[first] == digest:
                count.doubles += 1
            else:
                report.refused(PROPERTIES, row.number, 0, _OTHER, row.raw(0))
                staged.doubted.add(code)
            continue
        staged.groups[code] = len(digests)
        digests.append(digest)
        spool.add(len(digests) - 1, PROPERTIES.kind, row.number, text)
        count.kept += 1
        count.total += record.widening
        result.widened += record.widening > 0
        _tell(PROPERTIES, row, result, report)


def _stage_children(
    sheet: ExportSheet,
    rows: Iterator[Row],
    staged: Staged,
    spool: Spool,
    result: ImportResult,
    report: Report,
) -> None:
    count = result.sheets[sheet.kind]
    read = CHILDREN[sheet.kind]
    seen: set[bytes] = set()
    alone: dict[tuple[int, tuple[str, str]], bytes] = {}
    for row in rows:
        count.read += 1
        group: int | None = None
        try:
            group = staged.groups.get(row.spelled_code())
            if group is None:
                group = staged.groups.get(str(row.code()))
            if group is None:
                raise RowRefused(0, _UNKNOWN)
            if row.says_nothing():
                count.silent += 1
                continue
            row.demand_sound()
            child = read(row)
            text = child_text(sheet.kind, child)
            digest = _digest(f"{group}:{text}")
            named = names_alone(child)
            if named is not None and alone.setdefault((group, named), digest) != digest:
                raise RowRefused(*_TWICE[sheet.kind])
        except RowRefused as refusal:
            amount = amount_written(sheet.kind, row)
            count.written += amount
            about = row.raw(refusal.column)
            if amount and sheet is not OWNERS:
                about = f"{about or 'خالی'}؛ مبلغ {format_rial(int(amount))}"
            report.refused(sheet, row.number, refusal.column, refusal.reason, about)
            if group is None:
                count.orphans += 1
                count.orphaned += amount
            else:
                code = str(row.code())
                staged.doubted.add(code)
                staged.refused.setdefault(code, set()).add(sheet.kind.value)
            continue
        amount = amount_of(child)
        count.written += amount
        if row.unread:
            staged.doubted.add(str(row.code()))
        if digest in seen:
            count.doubles += 1
            continue
        seen.add(digest)
        spool.add(group, sheet.kind, row.number, text)
        count.kept += 1
        count.total += amount
        _tell(sheet, row, result, report)


def _tell(sheet: ExportSheet, row: Row, result: ImportResult, report: Report) -> None:
    unknown = {column for column, _ in row.unknown}
    for column, reason in row.told:
        tell = report.unread if column in unknown else report.told
        tell(sheet, row.number, column, reason, row.raw(column))
    # A fault of the whole row is said once, whatever it leaves unread.
    for column, reason in dict.fromkeys(row.unread.values()):
        report.unread(sheet, row.number, column, reason, row.raw(column))
    for column, listed in row.unknown:
        word = shown(row.text(column))
        result.sheets[sheet.kind].unknown[sheet.headings[column], word] += 1
        result.unknown[listed, word] += 1


def tell_shares(number: int, dang: str, report: Report) -> None:
    """Tells, beside the property's first owner, that its recorded shares don't sum to six."""
    report.told(OWNERS, number, 4, f"جمع دانگ مالکان این ملک {dang} است، نه ۶.")


def _digest(text: str) -> bytes:
    # Two rows are the same when only a space or half-space inside a word differs.
    bare = text.replace(" ", "").replace(ZWNJ, "")
    return hashlib.blake2b(bare.encode(), digest_size=16).digest()
