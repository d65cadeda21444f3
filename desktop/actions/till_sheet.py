"""The till's sheet: a day's book in sums, its close, and every entry, as a paper."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from desktop.actions import cash
from desktop.actions.desk import Seat
from desktop.domain.calendar import format_time
from desktop.domain.cash import Book, Entry
from desktop.domain.cash_words import MATCHES, PURSES, matched, signed, sums
from desktop.domain.letter import Table
from desktop.domain.money import format_number
from desktop.domain.papers import TillSheet
from desktop.domain.people import Role
from desktop.domain.persian import isolate, join_and, to_persian_digits
from desktop.domain.tool import Tool
from desktop.reports import till as till_paper
from desktop.store import meta, people
from desktop.store.cash import Closed

_NOTHING = "—"


def paper(seat: Seat, day: date) -> bytes:
    """The sheet of the day as PDF. Raises Refusal on an unprintable character."""
    desk = seat.desk
    till = cash.till(desk, day)
    with desk.store.reading() as session:
        today = desk.today(session)
        card = desk.reference.office(session, meta.get(session).identity.office, today)
        managers = [p.name for p in people.everybody(session) if p.role is Role.MANAGER]
    rows = sums(till.book)
    return till_paper.draw(
        TillSheet(
            head=card.head,
            day=day,
            standing=_standing(till.book, till.closed),
            sums=Table(rows[0], tuple(rows[1:]), numeric=tuple(range(1, len(rows[0])))),
            counts=_counts(till.book, till.closed),
            entries=_entries(till.book.entries),
            notes=tuple(dict.fromkeys(c.note for c in till.closed if c.note)),
            manager=join_and(managers),
            told_on=today,
            sample=card.sample,
        )
    )


def _standing(book: Book, closed: Sequence[Closed]) -> str:
    if not closed:
        return "بسته نشده است"
    last = max(closed, key=lambda each: each.closed_at)
    words = f"بسته شد: {last.closed_by}، ساعت {format_time(last.closed_at)}"
    if not book.settled:
        return f"{words}؛ پس از آن دریافت دیگری ثبت شده است"
    return f"{words}؛ {matched(book).rstrip('.')}" if book.doubted else words


def _counts(book: Book, closed: Sequence[Closed]) -> Table:
    """Beside the book what terminal and bank had at the last close of the day."""
    last = {each.tool: each for each in closed}
    rows = []
    for tool in Tool:
        ours, said = book.total(tool), last.get(tool.value)
        theirs = said.counted if said is not None else None
        rows.append(
            (
                PURSES[tool],
                signed(ours),
                _NOTHING if theirs is None else format_number(theirs),
                _NOTHING if theirs is None else _difference(ours - theirs),
            )
        )
    return Table(("طرف", "ثبت‌شده در سامانه", "شمرده‌شده", "تفاوت"), tuple(rows), numeric=(1, 2))


def _difference(left: int) -> str:
    if not left:
        return "برابر"
    return f"{format_number(abs(left))} {'بیشتر در سامانه' if left > 0 else 'کمتر در سامانه'}"


def _entries(entries: Sequence[Entry]) -> Table:
    rows = tuple(
        (
            format_time(entry.at),
            to_persian_digits(entry.applicant),
            entry.title,
            signed(entry.amount),
            isolate(to_persian_digits(entry.reference)),
            "در صف ارسال" if entry.waiting else MATCHES[entry.match],
        )
        for entry in entries
    )
    columns = ("ساعت", "متقاضی", "بابت", "مبلغ", "شمارهٔ پیگیری", "وضعیت")
    return Table(columns, rows, numeric=(3,))
