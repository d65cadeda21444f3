"""The till: the book of a day, its close against terminal and bank, a fee given back."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from desktop.actions.desk import Desk, Seat
from desktop.domain.calendar import TEHRAN
from desktop.domain.cash import Book, Entry, close, difference, entries_of
from desktop.domain.commands import MatchPayment, RefundFee, VoidPayment
from desktop.domain.errors import Refusal
from desktop.domain.people import Role
from desktop.domain.tool import Tool
from desktop.store import cash, meta
from desktop.store.cash import Closed
from desktop.store.open import Session
from desktop.store.view import of_case

COUNTED = (Tool.TERMINAL, Tool.BANK)


@dataclass(frozen=True)
class Till:
    """A day's book and how it was closed so far."""

    book: Book
    closed: tuple[Closed, ...]


def till(desk: Desk, day: date) -> Till:
    """The day's book as this desk knows it: by the day on which sums were put in here."""
    with desk.store.reading() as session:
        return Till(_book(desk, session, day), tuple(cash.closes(session, day)))


def _book(desk: Desk, session: Session, day: date) -> Book:
    since = datetime.combine(day, time(), TEHRAN)
    return Book(day, entries(desk, session, since, since + timedelta(days=1)))


def entries(desk: Desk, session: Session, since: datetime, before: datetime) -> tuple[Entry, ...]:
    """What was put in here in that time, in the order of moments."""
    found = []
    home = meta.get(session).identity.home
    for case_id in cash.cases_between(session, since, before):
        view = of_case(session, case_id, desk.reference.setting_for)
        lines = (*view.confirmed, *view.provisional)
        found += [e for e in entries_of(lines, home) if since <= e.at < before]
    return tuple(sorted(found, key=lambda entry: (entry.at, entry.mark)))


def close_day(
    seat: Seat, day: date, counted: Mapping[Tool, int], missing: Collection[str], note: str
) -> Till:
    """Match the day against what terminal and bank counted; the till after it.

    `missing` are names of entries that the other side does not have.
    Raises Refusal for who may not close, and for a difference that nobody says anything about.
    """
    if seat.staff.role is not Role.MANAGER:
        raise Refusal("صندوق روز را مسئول دفتر می‌بندد.")

    def work(session: Session) -> None:
        book = _book(seat.desk, session, day)
        # What an earlier close of the day found missing is missing still.
        absent = {*missing, *(entry.name for entry in book.doubted)}
        for tool in counted:
            lacking = book.lacking(tool, absent)
            if difference(book, counted, tool) != lacking and not note.strip():
                words = f"{tool.word} با سامانه برابر نیست؛ توضیح این اختلاف را بنویسید."
                raise Refusal(words, field="note")
        for said in close(book, counted, absent, note.strip()):
            payload = MatchPayment(said.entry.mark, said.right, said.note)
            seat.do(session, said.entry.case_id, payload)
        now = seat.desk.moment(session)
        cash.keep_close(
            session,
            [
                Closed(day, t.value, counted[t], book.total(t), note.strip(), seat.staff.name, now)
                for t in counted
            ],
        )

    seat.desk.store.write(work)
    seat.desk.nudge()
    return till(seat.desk, day)


def refund(seat: Seat, case_id: str, mark: str, reason: str, reference: str) -> None:
    """Give a fee back from the purse it came into. Raises Refusal."""
    seat.do_one(case_id, RefundFee(mark, reason, reference))


def void_payment(seat: Seat, case_id: str, mark: str, reason: str) -> None:
    """Strike an entry whose money never came. Raises Refusal."""
    seat.do_one(case_id, VoidPayment(mark, reason))
