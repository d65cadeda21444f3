"""The sheet of the city's offices: a row is a card from a day on, every fault stands by its row."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from desktop.domain.calendar import WEEKDAYS, iso_jalali
from desktop.domain.errors import Refusal
from desktop.domain.hours import Hours, read_spans, spans_words
from desktop.domain.identifiers import postal_code
from desktop.domain.office import OfficeCard, OfficeKind, StepFree, is_office_code
from desktop.domain.persian import to_persian_digits
from desktop.domain.place import Bounds, place_fault
from desktop.forms.sheet_cells import Cells, one_of
from desktop.forms.sheet_rows import SheetColumn, SheetRow, sheet_day

CODE, NAME, KIND, HOLDER = "کد", "نام", "نوع", "دارندهٔ پروانه"
LICENCE, LICENCE_UNTIL = "شمارهٔ پروانه", "پایان پروانه"
ADDRESS, NEIGHBOURHOOD, DISTRICT = "نشانی", "محله", "منطقه"
POSTAL_CODE, PHONE = "کد پستی", "تلفن"
LATITUDE, LONGITUDE = "عرض جغرافیایی", "طول جغرافیایی"
COUNTERS, STEP_FREE, AUTHORITY, SINCE = "باجه‌ها", "ورود بی‌پله", "مستند", "از روز"
TITLE = "دفترها"
COLUMNS = (
    SheetColumn(CODE, 10),
    SheetColumn(NAME, 26),
    SheetColumn(KIND, 12),
    SheetColumn(HOLDER, 22),
    SheetColumn(LICENCE),
    SheetColumn(LICENCE_UNTIL, 14),
    SheetColumn(ADDRESS, 40),
    SheetColumn(NEIGHBOURHOOD),
    SheetColumn(DISTRICT, 8),
    SheetColumn(POSTAL_CODE, 14),
    SheetColumn(PHONE, 14),
    SheetColumn(LATITUDE, 14),
    SheetColumn(LONGITUDE, 14),
    *(SheetColumn(day, 22) for day in WEEKDAYS),
    SheetColumn(COUNTERS, 8),
    SheetColumn(STEP_FREE, 12),
    SheetColumn(AUTHORITY, 44),
    SheetColumn(SINCE, 14),
)
_KINDS = {kind.word: kind for kind in OfficeKind}
_STEP_FREE = {each.word: each for each in StepFree}
_NAMELESS = "«{}» را بنویسید."
_BAD_CODE = "کد دفتر از ۲ تا ۲۰ رقم است."
_DISTRICT = "منطقهٔ «{}» از شهر نیست."
_COUNTERS = "شمار باجه‌ها را با رقم بنویسید."
_FIGHT = "کد {} دو بار آمده است (ردیف {})؛ یکی را اصلاح کنید."


@dataclass(frozen=True)
class OfficeRow:
    """A row that is right: its number in the sheet, the card, the day from which it holds."""

    number: int
    card: OfficeCard
    since: date


@dataclass(frozen=True)
class ReadOffices:
    """A whole sheet: the rows that are right, what is wrong with others, in their order.

    While two rows `fight` for one code nothing of it may be taken.
    """

    rows: tuple[OfficeRow, ...]
    faults: tuple[Refusal, ...]
    fight: bool


def cells_of(card: OfficeCard) -> tuple[str, ...]:
    """A card as a row, with no day written."""
    week = card.hours.week if card.hours else ((),) * len(WEEKDAYS)
    return (
        card.code,
        card.name,
        card.kind.word if card.kind else "",
        card.holder,
        card.licence,
        iso_jalali(card.licence_until) if card.licence_until else "",
        card.address,
        card.neighbourhood,
        str(card.district),
        card.postal_code,
        card.phone,
        card.latitude,
        card.longitude,
        *(spans_words(spans) if card.hours else "" for spans in week),
        str(card.counters or ""),
        card.step_free.word,
        card.authority,
        "",
    )


def read_offices(
    rows: Iterable[SheetRow], districts: Sequence[int], bounds: Bounds | None, today: date
) -> ReadOffices:
    """The offices of a sheet's rows; one without a day holds from `today`, its reader's choice."""
    found: list[OfficeRow] = []
    faults: list[Refusal] = []
    first: dict[str, int] = {}
    fight = False
    for row in rows:
        code = row.cells[CODE]
        if code and (other := first.setdefault(code, row.number)) != row.number:
            fight = True
            told = to_persian_digits(code), to_persian_digits(other)
            faults.append(row.fault(_FIGHT.format(*told)))
            continue
        try:
            found.append(_office(row, districts, bounds, today))
        except Refusal as no:
            faults.append(row.fault(no.words))
    return ReadOffices(tuple(found), tuple(faults), fight)


def card_faults(card: OfficeCard, districts: Sequence[int], bounds: Bounds | None) -> Iterator[str]:
    """What nobody may say of an office: of a row of a sheet, and of whatever is put forward."""
    if not is_office_code(card.code):
        yield _BAD_CODE
    asked = {NAME: card.name, ADDRESS: card.address, AUTHORITY: card.authority}
    yield from (_NAMELESS.format(heading) for heading, text in asked.items() if not text.strip())
    if card.postal_code:
        try:
            postal_code(card.postal_code)
        except Refusal as no:
            yield no.words
    if card.district not in districts:
        yield _DISTRICT.format(to_persian_digits(card.district))
    if card.counters < 0:
        yield _COUNTERS
    if fault := place_fault(card.latitude, card.longitude, bounds):
        yield fault
    yield from card.hours.faults if card.hours else ()


def _office(
    row: SheetRow, districts: Sequence[int], bounds: Bounds | None, today: date
) -> OfficeRow:
    cells = row.cells
    card = OfficeCard(
        code=cells[CODE],
        name=to_persian_digits(cells[NAME]),
        address=to_persian_digits(cells[ADDRESS]),
        phone=cells[PHONE],
        postal_code=cells[POSTAL_CODE],
        district=_count(cells, DISTRICT, _DISTRICT.format(cells[DISTRICT])),
        authority=to_persian_digits(cells[AUTHORITY]),
        sample=False,
        kind=one_of(cells, KIND, _KINDS),
        holder=cells[HOLDER],
        licence=to_persian_digits(cells[LICENCE]),
        licence_until=_or_none(cells, LICENCE_UNTIL, sheet_day),
        neighbourhood=cells[NEIGHBOURHOOD],
        latitude=cells[LATITUDE],
        longitude=cells[LONGITUDE],
        hours=_hours(cells),
        counters=_count(cells, COUNTERS, _COUNTERS) if cells[COUNTERS] else 0,
        step_free=one_of(cells, STEP_FREE, _STEP_FREE) if cells[STEP_FREE] else StepFree.UNKNOWN,
    )
    for words in card_faults(card, districts, bounds):
        raise Refusal(words)
    return OfficeRow(row.number, card, _or_none(cells, SINCE, sheet_day) or today)


def _hours(cells: Mapping[str, str]) -> Hours | None:
    """None where no day says anything: nobody told."""
    if not any(cells[day] for day in WEEKDAYS):
        return None
    return Hours(tuple(read_spans(cells[day]) for day in WEEKDAYS))


def _or_none(cells: Cells, heading: str, read: Callable[[str], date]) -> date | None:
    return read(cells[heading]) if cells[heading] else None


def _count(cells: Cells, heading: str, words: str) -> int:
    if not cells[heading].isdecimal() or len(cells[heading]) > 4:
        raise Refusal(words)
    return int(cells[heading])
