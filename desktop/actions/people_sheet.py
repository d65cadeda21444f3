"""Many people at once from a sheet, and the staff as a table for the auditor."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from desktop.actions import spreadsheet
from desktop.actions.desk import Seat
from desktop.actions.people import Person, Staffing
from desktop.actions.people_changes import Newcomer
from desktop.actions.spreadsheet import Heading
from desktop.domain.calendar import format_day_month, format_jalali
from desktop.domain.errors import Refusal
from desktop.domain.people import Role
from desktop.domain.persian import to_persian_digits
from desktop.domain.staffing import authority_words
from desktop.forms.people_sheet import COLUMNS, TITLE, PersonRow, example, read_people
from desktop.forms.sheet_files import read_sheet, write_sheet


@dataclass(frozen=True)
class PeopleRead:
    """A sheet of people: whom it puts forward, each with its row, and what is wrong with others."""

    newcomers: tuple[Newcomer, ...]
    numbers: tuple[int, ...]
    faults: tuple[Refusal, ...]

    def placed(self, faults: Sequence[Refusal]) -> PeopleRead:
        """Without those whom the centre found a fault with: `field` is their place from 0."""
        wrong = {int(no.field): no for no in faults if no.field is not None}
        kept = [i for i in range(len(self.newcomers)) if i not in wrong]
        told = [
            Refusal(f"ردیف {to_persian_digits(self.numbers[i])}: {no.words}")
            for i, no in sorted(wrong.items())
        ]
        return PeopleRead(
            tuple(self.newcomers[i] for i in kept),
            tuple(self.numbers[i] for i in kept),
            (*self.faults, *told),
        )


def write_people(seat: Seat, path: Path) -> None:
    """Write a workbook to fill in, with one row that shows how. Raises Refusal."""
    with seat.desk.store.reading() as session:
        today = seat.desk.today(session)
        cards = seat.desk.reference.cards(session, today)
    own = cards.get(seat.staff.office) if seat.staff.role is Role.MANAGER else None
    shown = example(own.code if own is not None else "", today + timedelta(days=1))
    write_sheet(path, TITLE, COLUMNS, [shown])


def read_people_sheet(seat: Seat, path: Path) -> PeopleRead:
    """What a sheet of people says. Raises Refusal for a file that is no such sheet."""
    rows = read_sheet(path, COLUMNS)
    with seat.desk.store.reading() as session:
        today = seat.desk.today(session)
        cards = seat.desk.reference.cards(session, today)
    by_code = {card.code: office for office, card in cards.items()}
    own = seat.staff.office if seat.staff.role is Role.MANAGER else ""
    read = read_people(rows, by_code, own, today + timedelta(days=1))
    return PeopleRead(
        tuple(_newcomer(row) for row in read.rows),
        tuple(row.number for row in read.rows),
        read.faults,
    )


def _newcomer(row: PersonRow) -> Newcomer:
    return Newcomer(row.name, row.national_id, row.role, row.office, row.since, row.until)


_EXPORT = (
    Heading("دفتر", 10),
    Heading("نام دفتر", 26),
    Heading("نام", 24),
    Heading("کد ملی", 14),
    Heading("نقش", 18),
    Heading("از", 12),
    Heading("تا", 12),
    Heading("وضعیت", 18),
    Heading("تفویض اختیار", 60),
    Heading("جانشین", 24),
    Heading("مرخصی‌ها", 60),
    Heading("باجه‌ها", 12),
    Heading("خدمت آموزش‌دیده", 12),
    Heading("توقف", 50),
)


def write_staff(staffing: Staffing, path: Path) -> None:
    """Write these people for the auditor: a workbook, or a CSV file by the path's ending.

    Raises Refusal where it can't be written.
    """
    spreadsheet.write(path, TITLE, _EXPORT, [_row(staffing, person) for person in staffing.people])


def _row(staffing: Staffing, person: Person) -> tuple[str, ...]:
    card = staffing.offices.get(person.office)
    term, today = person.newest, staffing.today
    leaves = term.leaves if term is not None else ()
    titles = {code: service.title for code, service in staffing.services.items()}
    held = (authority_words(one, titles) for _, one in person.authorities if one.until >= today)
    told = [
        f"{format_day_month(leave.first)} تا {format_day_month(leave.last)}"
        + (f"، جانشین {staffing.named(leave.deputy)}" if leave.deputy else "")
        for leave in leaves
    ]
    return (
        to_persian_digits(card.code) if card is not None else "",
        to_persian_digits(card.name) if card is not None else "",
        person.name,
        person.masked_id,
        person.role.word,
        format_jalali(term.since) if term is not None else "",
        format_jalali(term.until) if term is not None and term.until else "",
        person.facts(today).words(today),
        "؛ ".join(held),
        staffing.named(term.deputy) if term is not None else "",
        "؛ ".join(told),
        to_persian_digits("، ".join(map(str, person.desks or ()))),
        "" if person.role.is_municipal else to_persian_digits(person.trained),
        person.stop.words if person.stop is not None else "",
    )
