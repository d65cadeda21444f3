"""The sheet of people who are to work at offices: a row is a person, every fault by its row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from desktop.domain.calendar import iso_jalali
from desktop.domain.errors import Refusal
from desktop.domain.identifiers import national_id
from desktop.domain.office import MUNICIPALITY
from desktop.domain.people import Role
from desktop.domain.persian import to_persian_digits
from desktop.forms.sheet_cells import one_of
from desktop.forms.sheet_rows import SheetColumn, SheetRow, sheet_day

NAME, NATIONAL_ID, ROLE = "نام و نام خانوادگی", "کد ملی", "نقش"
OFFICE, SINCE, UNTIL = "کد دفتر", "از روز", "تا روز"
TITLE = "کارکنان"
COLUMNS = (
    SheetColumn(NAME, 28),
    SheetColumn(NATIONAL_ID, 14),
    SheetColumn(ROLE),
    SheetColumn(OFFICE, 10),
    SheetColumn(SINCE, 14),
    SheetColumn(UNTIL, 14),
)
_ROLES = {role.word: role for role in Role if role is not Role.CENTRE}
_NAMELESS = "«نام و نام خانوادگی» را بنویسید."
LONGEST_NAME = 100
_LONG = to_persian_digits(f"«{NAME}» از {LONGEST_NAME} نویسه بلندتر است؛ کوتاه‌تر بنویسید.")
MOST = 2_000
"""So many people one sheet puts forward: their terms are one text that two sign."""
_TOO_MANY = to_persian_digits(
    f"یک فایل تا {MOST} نفر را پیشنهاد می‌کند؛ این ردیف را در فایل دیگری بگذارید."
)
_NO_OFFICE = "دفتری با کد {} نیست."
_OTHERS = "کد {} از آنِ دفتر شما نیست."
_WHICH = "«کد دفتر» را بنویسید."
_SEAT = "«{}» در دفتر {} نمی‌نشیند."
_ENDS = "«تا روز» پیش از «از روز» است."
_TWICE = "کد ملی {} دو بار آمده است (ردیف {})؛ یکی را پاک کنید."


@dataclass(frozen=True)
class PersonRow:
    """A row that is right: its number in the sheet, and whom it puts forward, to which office."""

    number: int
    name: str
    national_id: str
    role: Role
    office: str
    since: date
    until: date | None


@dataclass(frozen=True)
class ReadPeople:
    """A whole sheet: the rows that are right, and what is wrong with others, in their order."""

    rows: tuple[PersonRow, ...]
    faults: tuple[Refusal, ...]


def example(office: str, day: date) -> tuple[str, ...]:
    """A row that shows how the sheet is filled; its name says that it is none."""
    return ("نمونه: این ردیف را پاک کنید", "", Role.CLERK.word, office, iso_jalali(day), "")


def read_people(
    rows: Iterable[SheetRow], offices: Mapping[str, str], own: str, tomorrow: date
) -> ReadPeople:
    """The people of a sheet's rows; `offices` gives an office's id by its code of the day.

    `own` is the id of the one office that the sheet may speak of; empty for all. A row without a
    day begins `tomorrow`.
    """
    found: list[PersonRow] = []
    faults: list[Refusal] = []
    first: dict[tuple[str, str], int] = {}
    for row in rows:
        try:
            person = _person(row, offices, own, tomorrow)
        except Refusal as no:
            faults.append(row.fault(no.words))
            continue
        other = first.setdefault((person.office, person.national_id), row.number)
        if other != row.number:
            told = to_persian_digits(person.national_id), to_persian_digits(other)
            faults.append(row.fault(_TWICE.format(*told)))
        elif len(found) == MOST:
            faults.append(row.fault(_TOO_MANY))
        else:
            found.append(person)
    return ReadPeople(tuple(found), tuple(faults))


def _person(row: SheetRow, offices: Mapping[str, str], own: str, tomorrow: date) -> PersonRow:
    cells = row.cells
    if not cells[NAME]:
        raise Refusal(_NAMELESS)
    if len(cells[NAME]) > LONGEST_NAME:
        raise Refusal(_LONG)
    digits = national_id(cells[NATIONAL_ID])
    role = one_of(cells, ROLE, _ROLES)
    office = _office(cells[OFFICE], offices, own)
    if role.is_municipal != (office == MUNICIPALITY):
        raise Refusal(_SEAT.format(role.word, to_persian_digits(cells[OFFICE])))
    since = sheet_day(cells[SINCE]) if cells[SINCE] else tomorrow
    until = sheet_day(cells[UNTIL]) if cells[UNTIL] else None
    if until is not None and until < since:
        raise Refusal(_ENDS)
    return PersonRow(row.number, cells[NAME], digits, role, office, since, until)


def _office(code: str, offices: Mapping[str, str], own: str) -> str:
    if not code:
        if own:
            return own
        raise Refusal(_WHICH)
    office = offices.get(code)
    if office is None:
        raise Refusal(_NO_OFFICE.format(to_persian_digits(code)))
    if own and office != own:
        raise Refusal(_OTHERS.format(to_persian_digits(code)))
    return office
