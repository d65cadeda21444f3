"""The sheet of former training: a row is a person and a service, every fault by its row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from desktop.domain.calendar import iso_jalali
from desktop.domain.errors import Refusal
from desktop.domain.identifiers import national_id
from desktop.domain.persian import fold, to_persian_digits
from desktop.domain.service import Service
from desktop.forms.sheet_rows import SheetColumn, SheetRow, sheet_day

OFFICE, NAME, NATIONAL_ID = "کد دفتر", "نام و نام خانوادگی", "کد ملی"
SERVICE, ON, BY, SCORE = "خدمت", "روز آموزش", "مدرس یا برگزارکننده", "نمره"
TITLE = "آموزش پیشین"
COLUMNS = (
    SheetColumn(OFFICE, 10),
    SheetColumn(NAME, 28),
    SheetColumn(NATIONAL_ID, 14),
    SheetColumn(SERVICE, 30),
    SheetColumn(ON, 14),
    SheetColumn(BY, 28),
    SheetColumn(SCORE, 10, asked=False),
)
MOST = 2_000
"""So many records one sheet puts forward: they are one text that two sign."""
_LONGEST_BY, _LONGEST_SCORE = 120, 30
_NAMELESS = f"«{NAME}» را بنویسید."
_WHOSE = f"«{NATIONAL_ID}» یا «{OFFICE}» را هم بنویسید؛ نام تنها بس نیست."
_NO_OFFICE = "دفتری با کد {} نیست."
_NO_SERVICE = "خدمتی به نام «{}» نیست؛ نام یا کد آن را مانند فهرست خدمت‌ها بنویسید."
_LATER = "روز آموزش پس از امروز است."
_NO_BY = f"«{BY}» را بنویسید."
_LONG = "«{}» از {} نویسه بلندتر است؛ کوتاه‌تر بنویسید."


@dataclass(frozen=True)
class TrainingRow:
    """A row that is right by itself: its number, whose it is (of an office by its id, where one is
    written), which service, when, with whom."""

    number: int
    office: str
    name: str
    national_id: str
    service: str
    on: date
    by: str
    score: str


def example(office: str, service: str, day: date) -> tuple[str, ...]:
    """A row that shows how the sheet is filled; its name says that it is none."""
    return office, "نمونه: این ردیف را پاک کنید", "", service, iso_jalali(day), "مریم شایق", ""


def read_trainings(
    rows: Iterable[SheetRow],
    offices: Mapping[str, str],
    services: Mapping[str, Service],
    today: date,
) -> tuple[list[TrainingRow], list[Refusal]]:
    """The rows that are right by themselves, and what is wrong with others, in their order.

    `offices` gives an office's id by its code of the day; a service goes by title or code.
    """
    named: dict[str, str] = {}
    for code, one in services.items():
        named |= {fold(each): code for each in (code, one.short or one.title, one.title)}
    found: list[TrainingRow] = []
    faults: list[Refusal] = []
    for row in rows:
        try:
            found.append(_row(row, offices, named, today))
        except Refusal as no:
            faults.append(row.fault(no.words))
    return found, faults


def _row(
    row: SheetRow, offices: Mapping[str, str], services: Mapping[str, str], today: date
) -> TrainingRow:
    cells = row.cells
    if not cells[NAME]:
        raise Refusal(_NAMELESS)
    if not cells[NATIONAL_ID] and not cells[OFFICE]:
        raise Refusal(_WHOSE)
    office = offices.get(cells[OFFICE], "")
    if cells[OFFICE] and not office:
        raise Refusal(_NO_OFFICE.format(to_persian_digits(cells[OFFICE])))
    service = services.get(fold(cells[SERVICE]))
    if service is None:
        raise Refusal(_NO_SERVICE.format(cells[SERVICE]))
    on, by, score = sheet_day(cells[ON]), cells[BY], cells.get(SCORE, "")
    if on > today:
        raise Refusal(_LATER)
    if not by:
        raise Refusal(_NO_BY)
    for heading, text, most in ((BY, by, _LONGEST_BY), (SCORE, score, _LONGEST_SCORE)):
        if len(text) > most:
            raise Refusal(to_persian_digits(_LONG.format(heading, most)))
    digits = national_id(cells[NATIONAL_ID]) if cells[NATIONAL_ID] else ""
    return TrainingRow(row.number, office, cells[NAME], digits, service, on, by, score)
