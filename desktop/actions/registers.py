"""The office's registers of letters and requests, and its statement of a month's fees."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

from desktop.actions import cash, looking, spreadsheet
from desktop.actions.desk import Desk, Seat
from desktop.actions.spreadsheet import Cell, Heading
from desktop.domain.calendar import (
    MONTHS,
    TEHRAN,
    format_day_month,
    format_jalali,
    from_jalali,
    month_length,
)
from desktop.domain.cash import Match
from desktop.domain.cash_words import signed
from desktop.domain.errors import Refusal
from desktop.domain.letter import Table
from desktop.domain.papers import FeeStatement, RegisterSheet
from desktop.domain.persian import isolate, sort_key, to_persian_digits
from desktop.domain.reading import Way, What
from desktop.domain.tool import Tool
from desktop.reports import fee_statement, register_sheet
from desktop.store import meta, people, registers
from desktop.store.registers import LetterLine, RequestLine

__all__ = [
    "FEE_HEADINGS", "Fees", "Heading", "LetterLine", "RequestLine", "fees", "fees_paper", "letters",
    "requests", "sheet", "write",
]  # fmt: skip


def demand_period(first: date, last: date, today: date) -> None:
    """Raise Refusal for a time that is none, or is all to come."""
    if last < first:
        raise Refusal("«تا روز» پیش از «از روز» است.", field="last")
    if first > today:
        raise Refusal(f"روز {format_day_month(first)} هنوز نیامده است.", field="first")


def letters(desk: Desk, first: date, last: date) -> list[LetterLine]:
    """The letters issued on these days, by number. Raises Refusal."""
    with desk.store.reading() as session:
        demand_period(first, last, desk.today(session))
        return registers.letters(session, _begin(first), _begin(last + timedelta(days=1)))


def requests(desk: Desk, first: date, last: date) -> tuple[list[RequestLine], dict[str, str]]:
    """The requests received on these days, and the names of who registered them, by their ids.

    Raises Refusal.
    """
    with desk.store.reading() as session:
        demand_period(first, last, desk.today(session))
        names = {person.staff_id: person.name for person in people.everybody(session)}
        return registers.requests(session, first, last), names


def _begin(day: date) -> datetime:
    return datetime.combine(day, time(), TEHRAN)


def write(
    seat: Seat, path: Path, title: str, headings: Sequence[Heading], rows: Sequence[Sequence[Cell]]
) -> None:
    """Write a register for other programs, as `spreadsheet.write`. Raises Refusal."""
    looking.note(seat, What.LIST, Way.FILE)
    spreadsheet.write(path, title, headings, rows)


def sheet(seat: Seat, title: str, period: str, table: Table, *, offices: str = "") -> bytes:
    """A register as PDF; `offices` says whose it is, where that is to be told. Raises Refusal on an
    unprintable character."""
    desk = seat.desk
    with desk.store.reading() as session:
        today = desk.today(session)
        card = desk.reference.office(session, meta.get(session).identity.office, today)
    told = RegisterSheet(card.head, title, period, table, today, card.sample, offices)
    return register_sheet.draw(told)


@dataclass(frozen=True)
class FeeLine:
    """A service's or a day's fees, Rial: taken so many times, given back, and what is left."""

    of: str
    payments: int
    taken: int
    back: int

    @property
    def left(self) -> int:
        """What stays with the office; less than nothing where more was given back."""
        return self.taken - self.back

    @property
    def numbers(self) -> tuple[int, int, int, int]:
        """As of `FEE_HEADINGS`."""
        return self.payments, self.taken, self.back, self.left


FEE_HEADINGS = (
    Heading("شمار دریافت", 12),
    Heading("دریافتی (ریال)", 18),
    Heading("بازگشتی (ریال)", 18),
    Heading("مانده (ریال)", 18),
)


@dataclass(frozen=True)
class Fees:
    """A Jalali month of the office's own fees, by service and by day.

    `until` is the last day counted, before the month's last while it is not over; `doubted` is what
    the terminal is said not to have, Rial, and is among the taken.
    """

    year: int
    month: int
    until: date
    whole: bool
    services: tuple[FeeLine, ...]
    days: tuple[FeeLine, ...]
    total: FeeLine
    doubted: int

    @property
    def words(self) -> str:
        """«آذر ۱۴۰۵»."""
        return month_words(self.year, self.month)


def month_words(year: int, month: int) -> str:
    """«آذر ۱۴۰۵»."""
    return to_persian_digits(f"{MONTHS[month - 1]} {year}")


def fees(desk: Desk, year: int, month: int) -> Fees:
    """The office's fees of the month. Raises Refusal for a month that has not been."""
    first = from_jalali(year, month, 1)
    last = from_jalali(year, month, month_length(year, month))
    with desk.store.reading() as session:
        today = desk.today(session)
        if first > today:
            raise Refusal(f"{month_words(year, month)} هنوز نیامده است.", field="month")
        services = desk.reference.services(session, today)
        entries = [
            entry
            for entry in cash.entries(desk, session, _begin(first), _begin(last + timedelta(1)))
            if entry.tool is Tool.TERMINAL and entry.match is not Match.VOIDED
        ]

    def line(of: str, taken: list[int]) -> FeeLine:
        sums = [amount for amount in taken if amount >= 0]
        return FeeLine(of, len(sums), sum(sums), -sum(amount for amount in taken if amount < 0))

    by_service: dict[str, list[int]] = {}
    by_day: dict[date, list[int]] = {}
    for entry in entries:
        known = services.get(entry.service)
        by_service.setdefault(known.title if known else entry.service, []).append(entry.amount)
        by_day.setdefault(entry.at.astimezone(TEHRAN).date(), []).append(entry.amount)
    return Fees(
        year=year,
        month=month,
        until=min(last, today),
        whole=last < today,
        services=tuple(
            line(title, by_service[title]) for title in sorted(by_service, key=sort_key)
        ),
        days=tuple(line(format_jalali(day), sums) for day, sums in sorted(by_day.items())),
        total=line("جمع", [entry.amount for entry in entries]),
        # Of what was taken: a refund that the terminal lacks takes nothing off that.
        doubted=sum(
            entry.amount for entry in entries if entry.match is Match.DOUBTED and entry.amount > 0
        ),
    )


def fees_paper(seat: Seat, told: Fees) -> bytes:
    """The month's statement as PDF. Raises Refusal on an unprintable character."""
    desk = seat.desk
    with desk.store.reading() as session:
        today = desk.today(session)
        card = desk.reference.office(session, meta.get(session).identity.office, today)
    until = f"تا {isolate(format_jalali(told.until))}؛ ماه هنوز تمام نشده است"
    statement = FeeStatement(
        head=card.head,
        month=told.words,
        standing="" if told.whole else until,
        holder=card.holder,
        licence=card.licence,
        services=_table("خدمت", (*told.services, told.total)),
        days=_table("روز", (*told.days, told.total)),
        total=told.total.left,
        doubted=told.doubted,
        told_on=today,
        sample=card.sample,
    )
    return fee_statement.draw(statement)


def _table(of: str, lines: Sequence[FeeLine]) -> Table:
    headings = (of, *(heading.words for heading in FEE_HEADINGS))
    rows = tuple((line.of, *map(signed, line.numbers)) for line in lines)
    return Table(headings, rows, numeric=(1, 2, 3, 4))
