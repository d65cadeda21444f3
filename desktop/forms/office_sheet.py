"""The sheet of the city's offices: a row is a card from a day on, every fault stands by its row."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta

from desktop.domain.calendar import WEEKDAYS, OfficeCalendar, iso_jalali
from desktop.domain.drawable import undrawable_in, unprintable_words
from desktop.domain.errors import Refusal
from desktop.domain.group_hours import MOST_DAYS
from desktop.domain.hours import Hours, Span, read_spans, spans_words
from desktop.domain.identifiers import office_phone, postal_code
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
SPECIAL = "روزهای ویژه"
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
    SheetColumn(SPECIAL, 44, asked=False),
    SheetColumn(COUNTERS, 8),
    SheetColumn(STEP_FREE, 12),
    SheetColumn(AUTHORITY, 44),
    SheetColumn(SINCE, 14),
)
_KINDS = {kind.word: kind for kind in OfficeKind}
_STEP_FREE = {each.word: each for each in StepFree}
_NAMELESS = "«{}» را بنویسید."
_BAD_CODE = "کد دفتر را با ۲ تا ۲۰ رقم بنویسید."
_DISTRICT = "منطقهٔ «{}» از شهر نیست."
_COUNTERS = "شمار باجه‌ها را با رقم بنویسید."
_SPECIAL = re.compile(r"([0-9]+/[0-9]+/[0-9]+)(?:\s*تا\s*([0-9]+/[0-9]+/[0-9]+))?\s*:\s*(.*)")
_UNREAD_SPECIAL = (
    f"«{SPECIAL}» را مانند «1405/11/28 تا 1405/12/27: ۹:۰۰ تا ۱۴:۰۰» بنویسید؛ چند بازه را با «؛» "
    "جدا کنید و روز بسته را «بسته» بنویسید."
)
_LONGEST = {NAME: 100, ADDRESS: 300, AUTHORITY: 300, HOLDER: 100, LICENCE: 60, NEIGHBOURHOOD: 60}
_LONG = "«{}» از {} نویسه بلندتر است؛ کوتاه‌تر بنویسید."
_PLAIN = "«{}» را تنها با رقم بنویسید."
_FIGHT = "کد {} دو بار آمده است (ردیف {})؛ یکی را اصلاح کنید."
_BOTH_CODES = "کد {0} و کد {2} (ردیف {1}) از آنِ یک دفتر است؛ یکی را اصلاح کنید."


@dataclass(frozen=True)
class OfficeRow:
    """A row that is right: its number in the sheet, the card, the day from which it holds."""

    number: int
    card: OfficeCard
    since: date


@dataclass(frozen=True)
class ReadOffices:
    """A whole sheet: the rows that are right, what is wrong with others, in their order.

    While two rows `fight` for one code, or are one office under two of its codes, nothing of it may
    be taken.
    """

    rows: tuple[OfficeRow, ...]
    faults: tuple[Refusal, ...]
    fight: bool


def cells_of(card: OfficeCard, calendar: OfficeCalendar) -> tuple[str, ...]:
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
        special_cell(card.hours, calendar) if card.hours else "",
        str(card.counters or ""),
        card.step_free.word,
        card.authority,
        "",
    )


def special_cell(hours: Hours, calendar: OfficeCalendar) -> str:
    """Its days of their own as a cell: «1405/11/28 تا 1405/12/27: ۹:۰۰ تا ۱۴:۰۰؛ 1405/12/29: بسته».

    Between two days of one entry nothing but days lie on which the office is shut as always.
    """
    week = Hours(hours.week)
    found: list[tuple[date, date, tuple[Span, ...]]] = []
    for each in sorted(hours.special, key=lambda one: one.day):
        works = bool(week.on(each.day, calendar))
        if found and works and each.spans:
            first, last, spans = found[-1]
            between = [last + timedelta(days=n) for n in range(1, (each.day - last).days)]
            follows = bool(week.on(last, calendar)) and spans == each.spans
            if follows and not any(week.on(day, calendar) for day in between):
                found[-1] = first, each.day, spans
                continue
        found.append((each.day, each.day, each.spans))
    return "؛ ".join(f"{_days(first, last)}: {spans_words(spans)}" for first, last, spans in found)


def _days(first: date, last: date) -> str:
    return iso_jalali(first) + (f" تا {iso_jalali(last)}" if last > first else "")


def read_special(text: str, hours: Hours, calendar: OfficeCalendar) -> Hours:
    """The hours with the days of their own that a cell tells. Raises Refusal.

    Of several days in a row with hours those are meant on which the office is open by its week.
    """
    for part in filter(None, (each.strip() for each in re.split(r"[؛;]", text))):
        found = _SPECIAL.fullmatch(part)
        if found is None:
            raise Refusal(_UNREAD_SPECIAL)
        first = sheet_day(found[1])
        last = sheet_day(found[2]) if found[2] else first
        spans = read_spans(found[3])
        if last < first:
            raise Refusal(f"«{SPECIAL}»: روز پایان پیش از روز آغاز است.")
        if (last - first).days >= MOST_DAYS:
            words = f"«{SPECIAL}»: از روز آغاز تا روز پایان بیش از {MOST_DAYS} روز نیست."
            raise Refusal(to_persian_digits(words))
        days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
        if spans and len(days) > 1:
            days = [day for day in days if Hours(hours.week).on(day, calendar)]
        hours = hours.with_days(days, spans)
    return hours


def read_offices(
    rows: Iterable[SheetRow],
    districts: Sequence[int],
    bounds: Bounds | None,
    today: date,
    calendar: OfficeCalendar,
    owners: Mapping[str, str],
) -> ReadOffices:
    """The offices of a sheet's rows; one without a day holds from `today`, its reader's choice.

    `owners` are, by all codes that they have or had, the ids of known offices.
    """
    found: list[OfficeRow] = []
    faults: list[Refusal] = []
    first: dict[str, SheetRow] = {}
    fight = False
    for row in rows:
        code = row.cells[CODE]
        other = first.setdefault(owners.get(code, code), row) if code else row
        if other is not row:
            fight = True
            words = _FIGHT if code == other.cells[CODE] else _BOTH_CODES
            told = words.format(code, other.number, other.cells[CODE])
            faults.append(row.fault(to_persian_digits(told)))
            continue
        try:
            found.append(_office(row, districts, bounds, today, calendar))
        except Refusal as no:
            faults.append(row.fault(no.words))
    return ReadOffices(tuple(found), tuple(faults), fight)


def card_faults(card: OfficeCard, districts: Sequence[int], bounds: Bounds | None) -> Iterator[str]:
    """What nobody may say of an office: of a row of a sheet, and of whatever is put forward."""
    if not is_office_code(card.code):
        yield _BAD_CODE
    asked = {NAME: card.name, ADDRESS: card.address, AUTHORITY: card.authority}
    yield from (_NAMELESS.format(heading) for heading, text in asked.items() if not text.strip())
    _, character = undrawable_in(card)
    if character:
        # Its name and address head each letter, and all it tells stands on a wall.
        yield unprintable_words(character)
    told = {**asked, HOLDER: card.holder, LICENCE: card.licence, NEIGHBOURHOOD: card.neighbourhood}
    for heading, text in told.items():
        if len(text) > _LONGEST[heading]:
            yield to_persian_digits(_LONG.format(heading, _LONGEST[heading]))
    for text, read in ((card.postal_code, postal_code), (card.phone, office_phone)):
        if text and (fault := _unlike(text, read)):
            yield fault
    if card.district not in districts:
        yield _DISTRICT.format(to_persian_digits(card.district))
    if card.counters < 0:
        yield _COUNTERS
    if fault := place_fault(card.latitude, card.longitude, bounds):
        yield fault
    yield from card.hours.faults if card.hours else ()


def _unlike(text: str, read: Callable[[str], str]) -> str:
    """Why it can't be kept as it stands; empty where it can."""
    try:
        return "" if read(text) == text else _PLAIN.format(text)
    except Refusal as no:
        return no.words


def _plain(text: str, read: Callable[[str], str]) -> str:
    """The digits of a cell; what is none of the kind stays as it is, and is told."""
    with suppress(Refusal):
        return read(text)
    return text


def _office(
    row: SheetRow,
    districts: Sequence[int],
    bounds: Bounds | None,
    today: date,
    calendar: OfficeCalendar,
) -> OfficeRow:
    cells = row.cells
    card = OfficeCard(
        code=cells[CODE],
        name=to_persian_digits(cells[NAME]),
        address=to_persian_digits(cells[ADDRESS]),
        phone=_plain(cells[PHONE], office_phone),
        postal_code=_plain(cells[POSTAL_CODE], postal_code),
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
        hours=_hours(cells, calendar),
        counters=_count(cells, COUNTERS, _COUNTERS) if cells[COUNTERS] else 0,
        step_free=one_of(cells, STEP_FREE, _STEP_FREE) if cells[STEP_FREE] else StepFree.UNKNOWN,
    )
    for words in card_faults(card, districts, bounds):
        raise Refusal(words)
    return OfficeRow(row.number, card, _or_none(cells, SINCE, sheet_day) or today)


def _hours(cells: Mapping[str, str], calendar: OfficeCalendar) -> Hours | None:
    """None where no day says anything: nobody told."""
    if not any(cells[day] for day in WEEKDAYS):
        if cells.get(SPECIAL):
            raise Refusal(f"برای «{SPECIAL}» ساعت روزهای هفته هم لازم است.")
        return None
    hours = Hours(tuple(read_spans(cells[day]) for day in WEEKDAYS))
    return read_special(cells.get(SPECIAL, ""), hours, calendar)


def _or_none(cells: Cells, heading: str, read: Callable[[str], date]) -> date | None:
    return read(cells[heading]) if cells[heading] else None


def _count(cells: Cells, heading: str, words: str) -> int:
    if not cells[heading].isdecimal() or len(cells[heading]) > 4:
        raise Refusal(words)
    return int(cells[heading])
