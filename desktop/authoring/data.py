"""Tariffs, validity periods and holidays as sheets: written to fill in, and published."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pydantic import ValidationError

from desktop.actions.desk import Clock
from desktop.authoring.sheets import (
    Column,
    SheetRow,
    each_row,
    read_sheet,
    sheet_day,
    write_sheet,
)
from desktop.centre.context import Centre, day_of
from desktop.centre.publishing import publish_dated, publish_holidays
from desktop.domain.calendar import format_jalali, iso_jalali, jalali
from desktop.domain.city import City
from desktop.domain.errors import Refusal
from desktop.domain.formula import Formula, FormulaFault
from desktop.domain.money import read_rial
from desktop.domain.persian import to_persian_digits
from desktop.domain.service import Service
from desktop.domain.stream import Topic
from desktop.domain.tariff import Purse
from desktop.forms.dated import DatedItem, DatedTariff, DatedValidity, own_tariffs, stands
from desktop.forms.holidays import Holiday, read_holidays
from desktop.trial.house import standing_centre

KEY, TITLE, PURSE, AMOUNT = "کلید", "عنوان", "صندوق", "مبلغ یا فرمول (ریال)"
CODE, SERVICE, MONTHS = "کد خدمت", "خدمت", "اعتبار (ماه)"
DAY, OCCASION, KIND, SINCE = "روز", "مناسبت", "نوع", "از روز"
_PURSES = {purse.word: purse for purse in Purse}
_KINDS = {"رسمی": "official", "برآوردی": "estimated"}
_SINCE = Column(SINCE, 14)


@dataclass(frozen=True)
class Today:
    """The centre's data as they hold on a day."""

    city: City
    services: Mapping[str, Service]
    holidays: Mapping[date, Holiday]


@dataclass(frozen=True)
class Sheet:
    """A kind of sheet: its columns, its rows as they stand, and how one is published."""

    title: str
    columns: tuple[Column, ...]
    rows: Callable[[Today], Iterable[tuple[str, ...]]]
    publish: Callable[[Centre, list[SheetRow]], Iterator[str]]


def write_data(kind: str, path: Path, house: Path) -> None:
    """Write what holds today as a workbook to fill in.

    Raises Refusal for an unknown kind, for a file that is there, and where there is no centre.
    """
    sheet = _sheet(kind)
    with standing_centre(house) as centre:
        rows = sheet.rows(_today(centre, day_of(centre.clock())))
        write_sheet(path, sheet.title, sheet.columns, rows)


def publish_data(kind: str, path: Path, house: Path, clock: Clock | None = None) -> Iterator[str]:
    """Put what a sheet changes into force, whole or not at all; one line for each change.

    A row without «از روز» stays as it is. Raises Refusal or Refusals with every fault by row.
    """
    sheet = _sheet(kind)
    rows = read_sheet(path, sheet.columns)
    with standing_centre(house, clock) as centre:
        lines = list(sheet.publish(centre, rows))
    yield from lines or ["چیزی عوض نشد: همه همان است که برقرار است."]


def show_data(house: Path, on: date | None) -> Iterator[str]:
    """What holds on the day (today: None), sheet by sheet."""
    with standing_centre(house) as centre:
        today = _today(centre, on or day_of(centre.clock()))
        for sheet in SHEETS.values():
            yield f"{sheet.title}:"
            for row in sheet.rows(today):
                yield "  " + " | ".join(to_persian_digits(cell) for cell in row if cell)


def _sheet(kind: str) -> Sheet:
    if kind not in SHEETS:
        raise Refusal(f"«{kind}» نداریم؛ یکی از اینها: {'، '.join(SHEETS)}.")
    return SHEETS[kind]


def _today(centre: Centre, day: date) -> Today:
    reference = centre.reference
    with centre.reading() as session:
        return Today(
            reference.city(session, day),
            reference.services(session, day),
            read_holidays(reference.texts(session, Topic.HOLIDAYS, day)["iran"]),
        )


def _tariff_rows(today: Today) -> Iterator[tuple[str, ...]]:
    held = {**own_tariffs(today.services.values()), **today.city.tariffs}
    for tariff in held.values():
        yield tariff.key, tariff.title, tariff.purse.word, tariff.formula.text, ""


def _publish_tariffs(centre: Centre, rows: list[SheetRow]) -> Iterator[str]:
    def read(row: SheetRow, since: str) -> DatedTariff:
        purse = _PURSES.get(row.cells[PURSE])
        if purse is None:
            raise Refusal(f"صندوق یکی از اینهاست: {'، '.join(_PURSES)}.")
        amount = _amount(row.cells[AMOUNT])
        return DatedTariff(
            key=row.cells[KEY], title=row.cells[TITLE], purse=purse, amount=amount, since=since
        )

    for new in _publish(centre, Topic.TARIFF, rows, read):
        assert isinstance(new, DatedTariff)
        yield f"«{new.title}» از {format_jalali(new.day)}: {to_persian_digits(new.amount)}"


def _amount(text: str) -> str:
    """A plain sum without its separators, or a formula. Raises Refusal for neither."""
    try:
        return str(read_rial(text))
    except Refusal:
        pass
    try:
        Formula(text).names  # noqa: B018
    except FormulaFault as fault:
        raise Refusal(str(fault)) from fault
    return text


def _validity_rows(today: Today) -> Iterator[tuple[str, ...]]:
    for service in today.services.values():
        months = today.city.months(service)
        if months:
            yield service.code, service.title, str(months), ""


def _publish_validity(centre: Centre, rows: list[SheetRow]) -> Iterator[str]:
    def read(row: SheetRow, since: str) -> DatedValidity:
        months = row.cells[MONTHS]
        if not months.isdecimal():
            raise Refusal("اعتبار را به ماه و با رقم بنویسید، مانند ۶.")
        return DatedValidity(service=row.cells[CODE], months=int(months), since=since)

    for new in _publish(centre, Topic.VALIDITY, rows, read):
        assert isinstance(new, DatedValidity)
        words = to_persian_digits(f"{new.months} ماه")
        yield f"اعتبار پاسخ «{new.service}» از {format_jalali(new.day)}: {words}"


def _publish(
    centre: Centre,
    topic: Topic,
    rows: list[SheetRow],
    read: Callable[[SheetRow, str], DatedItem],
) -> list[DatedItem]:
    today = day_of(centre.clock())
    held = _today(centre, today)
    items: list[DatedItem] = []

    def take(row: SheetRow) -> None:
        since = row.cells[SINCE]
        day = sheet_day(since) if since else today
        try:
            item = read(row, iso_jalali(day))
        except ValidationError as error:
            keys = "، ".join(str(fault["loc"][0]) for fault in error.errors())
            raise Refusal(f"این خانه‌ها درست نیستند: {keys}.") from error
        if since:
            items.append(item)
        elif not stands(item, held.city, held.services):
            raise Refusal(f"این ردیف با آنچه برقرار است فرق دارد؛ «{SINCE}» را بنویسید.")

    each_row(rows, take)
    return publish_dated(centre, topic, items)


def _holiday_rows(today: Today) -> Iterator[tuple[str, ...]]:
    words = {kind: word for word, kind in _KINDS.items()}
    for day, holiday in sorted(today.holidays.items()):
        yield iso_jalali(day), holiday.title, words[holiday.kind]


def _publish_holidays(centre: Centre, rows: list[SheetRow]) -> Iterator[str]:
    days: dict[date, Holiday] = {}

    def take(row: SheetRow) -> None:
        day = sheet_day(row.cells[DAY])
        if day in days:
            raise Refusal(f"{format_jalali(day)} دو بار آمده است؛ یکی را بردارید.")
        if row.cells[KIND] not in _KINDS:
            raise Refusal(f"«{KIND}» یکی از اینهاست: {'، '.join(_KINDS)}.")
        if not row.cells[OCCASION]:
            raise Refusal("مناسبت را بنویسید.")
        days[day] = Holiday(to_persian_digits(row.cells[OCCASION]), _KINDS[row.cells[KIND]])

    each_row(rows, take)
    if not days:
        raise Refusal("برگه هیچ روزی ندارد.")
    change = publish_holidays(centre, days)
    if change is not None:
        years = "، ".join(str(year) for year in sorted({jalali(day)[0] for day in days}))
        words = f"تقویم {years}: {change.came} روز افزوده و {change.went} روز برداشته شد."
        yield to_persian_digits(words)


SHEETS: Mapping[str, Sheet] = {
    "tariffs": Sheet(
        "تعرفه‌ها",
        (Column(KEY), Column(TITLE, 26), Column(PURSE, 12), Column(AMOUNT, 46), _SINCE),
        _tariff_rows,
        _publish_tariffs,
    ),
    "validity": Sheet(
        "اعتبار پاسخ‌ها",
        (Column(CODE, 20), Column(SERVICE, 40), Column(MONTHS, 14), _SINCE),
        _validity_rows,
        _publish_validity,
    ),
    "calendar": Sheet(
        "تعطیلات رسمی",
        (Column(DAY, 14), Column(OCCASION, 44), Column(KIND, 12)),
        _holiday_rows,
        _publish_holidays,
    ),
}
