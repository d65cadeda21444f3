"""What the till's page says of a book: its numbers, and a row for each entry."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Literal

from desktop.domain.calendar import TEHRAN
from desktop.domain.cash import Book, Entry, Match
from desktop.domain.cash_words import MATCHES, PURSES, signed, times
from desktop.domain.counter import METHODS
from desktop.domain.money import format_number, format_rial
from desktop.domain.persian import isolate, to_persian_digits
from desktop.domain.tool import Tool
from desktop.ui.standing.chips import UNSETTLED
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
_MISSING = ChipLook(MATCHES[Match.DOUBTED], "x", "refuse", "dashed")
_WITH_CLOSE = "با بستن صندوق ثبت می‌شود"


def numbers(book: Book, missing: Collection[str]) -> list[DayNumber]:
    """The sums on top: each purse, what came on paper, what nobody else has or is said to have.

    `missing` as of `row`.
    """
    doubted, marked = len(book.doubted), sum(_is_missing(e, missing) for e in book.entries)
    told = []
    for tool, words in PURSES.items():
        taken, back = times(book, tool)
        told.append(DayNumber(signed(book.total(tool)), f"{words}، {taken}", below=back))
    amiss = doubted + marked
    tone: Literal["refuse", "text"] = "refuse" if amiss else "text"
    below = _WITH_CLOSE if marked else ""
    last = DayNumber(to_persian_digits(amiss), MATCHES[Match.DOUBTED], tone=tone, below=below)
    return [*told, last]


def _is_missing(entry: Entry, missing: Collection[str]) -> bool:
    return entry.name in missing and entry.match is Match.OPEN


def row(entry: Entry, missing: Collection[str]) -> tuple[Cell, ...]:
    """An entry as the table shows it; `missing` are those told not to be with terminal or bank."""
    look = UNSETTLED if entry.waiting else _LOOKS[entry.match]
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


def difference_words(
    tool: Tool, ours: int, theirs: int | None, lacking: Sequence[Entry]
) -> tuple[str, bool]:
    """What the two sides say of each other, and whether they agree but for what is `lacking`."""
    if theirs is None:
        return f"ثبت‌شده در سامانه: {format_rial(ours)}", True
    explained = sum(entry.amount for entry in lacking)
    left = ours - theirs - explained
    if not left and not lacking:
        return f"{tool.word} با سامانه برابر است.", True
    if not left:
        rows = to_persian_digits(f"{len(lacking)} ردیف {MATCHES[Match.DOUBTED]}")
        both = f"سامانه {format_number(ours)}، {tool.word} {format_number(theirs)}"
        return f"{both}: اختلاف {format_rial(explained)} همان {rows} است.", True
    more, less = ("سامانه", tool.word) if left > 0 else (tool.word, "سامانه")
    return f"{format_rial(abs(left))} در {more} هست و در {less} نیست.", False


def close_words(tool: Tool, booked: int, counted: int, book: Book) -> tuple[str, bool]:
    """How a close, Rial, differed from the book it had, and whether voids made them equal since."""
    lacking = booked - counted
    struck = sum(e.amount for e in book.entries if e.match is Match.VOIDED and e.tool is tool)
    settled = book.total(tool) == counted and struck == lacking
    words = format_rial(lacking)
    return (f"{words}، با ابطال ثبت رفع شد" if settled else words), settled
