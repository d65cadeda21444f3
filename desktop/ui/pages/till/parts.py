"""What the till's page says of a book: its numbers, and a row for each entry."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Literal

from desktop.domain.calendar import TEHRAN
from desktop.domain.cash import Book, Entry, Match, Tool
from desktop.domain.cash_words import MATCHES, PURSES, signed, times
from desktop.domain.money import format_rial
from desktop.domain.persian import isolate, to_persian_digits
from desktop.ui.widgets.charts.day_numbers import DayNumber
from desktop.ui.widgets.lists.table_cells import Cell, TableColumn, named, quiet
from desktop.ui.widgets.told.chip import ChipLook

COLUMNS = (
    TableColumn("ساعت", 58, sortable=False),
    TableColumn("متقاضی", 130, stretch=5, sortable=False),
    TableColumn("بابت", 112, stretch=1, sortable=False),
    TableColumn("مبلغ (ریال)", 104, sortable=False),
    TableColumn("شیوه", 84, drop=2, sortable=False),
    TableColumn("شمارهٔ پیگیری", 108, drop=1, sortable=False),
    TableColumn("ثبت‌کننده", 92, drop=3, sortable=False),
    TableColumn("وضعیت", 118, sortable=False),
)
_LOOKS: Mapping[Match, ChipLook] = {
    Match.OPEN: ChipLook(MATCHES[Match.OPEN], "clock", "neutral", "line"),
    Match.MATCHED: ChipLook(MATCHES[Match.MATCHED], "circle-check", "ok"),
    Match.DOUBTED: ChipLook(MATCHES[Match.DOUBTED], "alert-triangle", "refuse"),
    Match.VOIDED: ChipLook(MATCHES[Match.VOIDED], "x", "neutral"),
}
_WAITING = ChipLook("در صف ارسال", "cloud-upload", "neutral", "dashed")
_MISSING = ChipLook("یافت نشد", "x", "refuse", "line")
METHODS = {"terminal": "کارت‌خوان", "bill": "قبض", "deposit": "صندوق ثبت", "finance": "امور مالی"}


def numbers(book: Book, missing: Collection[str]) -> list[DayNumber]:
    """The sums on top: each purse, what came on paper, what nobody else has or is said to have.

    `missing` as of `row`.
    """
    doubted, marked = len(book.doubted), sum(_is_missing(e, missing) for e in book.entries)
    not_there = _MISSING.words if marked and not doubted else MATCHES[Match.DOUBTED]
    below = f"{marked} {_MISSING.words}" if marked and doubted else ""
    told = []
    for tool, words in PURSES.items():
        taken, back = times(book, tool)
        told.append(DayNumber(signed(book.total(tool)), f"{words}، {taken}", below=back))
    amiss = doubted + marked
    tone: Literal["refuse", "text"] = "refuse" if amiss else "text"
    last = to_persian_digits(below)
    return [*told, DayNumber(to_persian_digits(amiss), not_there, tone=tone, below=last)]


def _is_missing(entry: Entry, missing: Collection[str]) -> bool:
    return entry.name in missing and entry.match is Match.OPEN


def row(entry: Entry, missing: Collection[str]) -> tuple[Cell, ...]:
    """An entry as the table shows it; `missing` are those told not to be with terminal or bank."""
    look = _WAITING if entry.waiting else _LOOKS[entry.match]
    if _is_missing(entry, missing):
        look = _MISSING
    time = to_persian_digits(f"{entry.at.astimezone(TEHRAN):%H:%M}")
    return (
        quiet(time),
        named(to_persian_digits(entry.applicant)),
        Cell(entry.title),
        Cell(signed(entry.amount), _colour(entry), 500),
        Cell(METHODS.get(entry.method, entry.method)),
        quiet(isolate(to_persian_digits(entry.reference))),
        quiet(entry.clerk_name),
        Cell(chip=look),
    )


def _colour(entry: Entry) -> str:
    if entry.match is Match.VOIDED:
        return "text2"
    return "refuse" if entry.back else "text"


def difference_words(tool: Tool, ours: int, theirs: int | None, lacking: int) -> tuple[str, bool]:
    """What the two sides say of each other, and whether they agree."""
    if theirs is None:
        return f"ثبت‌شده در سامانه: {format_rial(ours)}", True
    left = ours - theirs - lacking
    if not left:
        return (f"{tool.word} با سامانه برابر است." if not lacking else "اختلاف روشن شد."), True
    more, less = ("سامانه", tool.word) if left > 0 else (tool.word, "سامانه")
    return f"{format_rial(abs(left))} در {more} هست و در {less} نیست.", False
