"""The municipality's data as sheets that a person fills in: each kind's columns, title and rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pydantic import ValidationError

from desktop.domain.calendar import format_jalali, iso_jalali
from desktop.domain.city import City
from desktop.domain.errors import Refusal, Refusals
from desktop.domain.persian import to_persian_digits
from desktop.domain.stream import Topic
from desktop.forms.dated import DATED, Dated, Services
from desktop.forms.faults import shape_words
from desktop.forms.holidays import Holiday
from desktop.forms.sheet_cells import (
    ACTING,
    ADDRESSEE,
    AMOUNT,
    ARTICLES,
    AT_GATES,
    BARRED,
    BEGINS,
    BLACKOUT,
    BODY,
    BY_HAND,
    CODE,
    COLUMN,
    DAY,
    DEPUTY,
    DISTRICT,
    DISTRICT_NAME,
    EAST,
    ENDS,
    ESCALATES,
    FIRST_DAY,
    FROM_HOUR,
    GROUND,
    HALF,
    HOLIDAY_KIND,
    HOLIDAY_KINDS,
    KEY,
    LAST_DAY,
    LATITUDE,
    LEAST,
    LIMIT,
    LISTED,
    LONGITUDE,
    MEANING,
    MONTHS,
    NORTH,
    OCCASION,
    OURS,
    PAPER,
    PLACE,
    PLACE_KIND,
    POSTAL,
    PURSE,
    RATE_KEY,
    REASON,
    RECORD_WORD,
    REPLY_DAYS,
    RIAL,
    RULE,
    SENTENCE,
    SERVICE,
    SIGNER_NAME,
    SIGNER_TITLE,
    SOUTH,
    STEP,
    STEP_DAYS,
    TABLE,
    TITLE,
    TO_HOUR,
    UNIT,
    VALUE,
    WARN_DAYS,
    WEST,
    WHERE,
    YEAR,
    ZONE,
    Cells,
    blackout,
    blackout_cells,
    body,
    body_cells,
    bounds,
    bounds_cells,
    consultee,
    consultee_cells,
    district,
    district_cells,
    district_name,
    district_name_cells,
    half_day,
    half_day_cells,
    limit,
    limit_cells,
    objection,
    objection_cells,
    one_of,
    parcel,
    parcel_cells,
    place,
    place_cells,
    promise,
    promise_cells,
    rate,
    rate_cells,
    reason,
    reason_cells,
    record_word,
    rule,
    rule_cells,
    signer,
    signer_cells,
    tariff,
    tariff_cells,
    validity,
    validity_cells,
    word_cells,
)
from desktop.forms.sheet_rows import SheetColumn, SheetRow, each_row, sheet_day

SINCE = "از روز"


@dataclass(frozen=True)
class FiguresSheet:
    """A sheet of figures, each with the day from which it holds.

    `cells` writes a figure as a row without its day, `read` makes one of a row and a day; `parts`
    names the column of each part of a figure. By the columns `names` one figure is told from the
    others; it `grows` where there may be more of them than there are.
    """

    title: str
    topic: Topic
    columns: tuple[SheetColumn, ...]
    cells: Callable[[Dated, Services], tuple[str, ...]]
    read: Callable[[Cells, str], Dated]
    parts: Mapping[str, str]
    names: tuple[str, ...]
    grows: bool = True

    def rows(self, city: City, services: Services, day: date) -> Iterator[tuple[str, ...]]:
        """What holds on the day, with no day written: it is changed where one is."""
        for item in DATED[self.topic].in_place(city, services, iso_jalali(day)):
            yield *self.cells(item, services), ""

    def items(
        self, rows: Iterable[SheetRow], city: City, services: Services, today: date
    ) -> list[tuple[int, Dated]]:
        """The figures of the rows that have a day, with the row's number; what holds is today's.

        Raises Refusals with every fault by row: what can't be read, and a row without a day that
        is not as things stand.
        """
        found: list[tuple[int, Dated]] = []

        def read(row: SheetRow) -> None:
            since = row.cells[SINCE]
            day = sheet_day(since) if since else today
            item = self._figure(row.cells, day)
            if since and item.fault:
                raise Refusal(item.fault)
            if since:
                found.append((row.number, item))
            elif not item.stands(city, services):
                raise Refusal(f"این ردیف با آنچه برقرار است فرق دارد؛ «{SINCE}» را بنویسید.")

        each_row(rows, read)
        return found

    def figure(self, cells: Cells, day: date) -> Dated:
        """The figure of one row from the day on.

        Raises Refusals, or Refusal, of what can't be read or said; `field` is the column's heading
        where it is one column's fault.
        """
        item = self._figure(cells, day)
        part, words = item.faulty
        if words:
            raise Refusal(words, field=self.parts.get(part))
        return item

    def _figure(self, cells: Cells, day: date) -> Dated:
        try:
            return self.read(cells, iso_jalali(day))
        except ValidationError as error:
            raise self._faulty(error) from error

    def _faulty(self, error: ValidationError) -> Refusals:
        kind = {"": DATED[self.topic]}
        found = []
        for each in error.errors():
            part = str(each["loc"][0])
            column = self.parts.get(part, part)
            found.append(Refusal(f"«{column}»: {shape_words(each, kind)}", field=column))
        return Refusals(found)


@dataclass(frozen=True)
class CalendarSheet:
    """The sheet of holidays: whole years, put in the place of the same years."""

    title: str
    columns: tuple[SheetColumn, ...]

    def rows(self, holidays: Mapping[date, Holiday]) -> Iterator[tuple[str, ...]]:
        """The holidays that are known, by day."""
        words = {kind: word for word, kind in HOLIDAY_KINDS.items()}
        for day, holiday in sorted(holidays.items()):
            yield iso_jalali(day), holiday.title, words[holiday.kind]

    def days(self, rows: Sequence[SheetRow]) -> dict[date, Holiday]:
        """The holidays of the rows. Raises Refusals with every fault by row."""
        days: dict[date, Holiday] = {}

        def read(row: SheetRow) -> None:
            day = sheet_day(row.cells[DAY])
            if day in days:
                raise Refusal(f"{format_jalali(day)} دو بار آمده است؛ یکی را بردارید.")
            kind = one_of(row.cells, HOLIDAY_KIND, HOLIDAY_KINDS)
            if not row.cells[OCCASION]:
                raise Refusal("مناسبت را بنویسید.")
            days[day] = Holiday(to_persian_digits(row.cells[OCCASION]), kind)

        each_row(rows, read)
        if not days:
            raise Refusal("برگه هیچ روزی ندارد.")
        return days


_SINCE = SheetColumn(SINCE, 14)
CALENDAR = CalendarSheet(
    "تعطیلات رسمی", (SheetColumn(DAY, 14), SheetColumn(OCCASION, 44), SheetColumn(HOLIDAY_KIND, 12))
)
SHEETS: Mapping[str, FiguresSheet | CalendarSheet] = {
    "tariffs": FiguresSheet(
        "تعرفه‌ها",
        Topic.TARIFF,
        (
            SheetColumn(KEY),
            SheetColumn(TITLE, 26),
            SheetColumn(PURSE, 12),
            SheetColumn(AMOUNT, 46),
            _SINCE,
        ),
        tariff_cells,
        tariff,
        {"key": KEY, "title": TITLE, "amount": AMOUNT},
        (KEY,),
    ),
    "rates": FiguresSheet(
        "نرخ‌ها",
        Topic.RATE,
        (SheetColumn(TABLE, 20), SheetColumn(RATE_KEY, 20), SheetColumn(RIAL, 18), _SINCE),
        rate_cells,
        rate,
        {"table": TABLE, "key": RATE_KEY, "rial": RIAL},
        (TABLE, RATE_KEY),
    ),
    "validity": FiguresSheet(
        "اعتبار پاسخ‌ها",
        Topic.VALIDITY,
        (SheetColumn(CODE, 20), SheetColumn(SERVICE, 40), SheetColumn(MONTHS, 14), _SINCE),
        validity_cells,
        validity,
        {"service": CODE, "months": MONTHS},
        (CODE,),
        grows=False,
    ),
    "parcels": FiguresSheet(
        "حد نصاب تفکیک",
        Topic.PARCEL,
        (SheetColumn(ZONE, 20), SheetColumn(LEAST, 28), _SINCE),
        parcel_cells,
        parcel,
        {"zone": ZONE, "least": LEAST},
        (ZONE,),
    ),
    "districts": FiguresSheet(
        "منطقه‌ها",
        Topic.DISTRICT,
        (SheetColumn(DISTRICT, 12), SheetColumn(OURS, 16), SheetColumn(WHERE, 40), _SINCE),
        district_cells,
        district,
        {"district": DISTRICT, "where": WHERE},
        (DISTRICT,),
    ),
    "bodies": FiguresSheet(
        "مراجع استعلام",
        Topic.BODY,
        (SheetColumn(BODY, 46), SheetColumn(LISTED, 18), _SINCE),
        body_cells,
        body,
        {"name": BODY},
        (BODY,),
    ),
    "words": FiguresSheet(
        "واژه‌های سوابق",
        Topic.WORD,
        (SheetColumn(COLUMN, 24), SheetColumn(RECORD_WORD, 36), SheetColumn(MEANING, 26), _SINCE),
        word_cells,
        record_word,
        {"word": RECORD_WORD},
        (COLUMN, RECORD_WORD),
    ),
    "objections": FiguresSheet(
        "راه‌های اعتراض",
        Topic.OBJECTION,
        (SheetColumn(GROUND, 24), SheetColumn(SENTENCE, 90), _SINCE),
        objection_cells,
        objection,
        {"sentence": SENTENCE},
        (GROUND,),
        grows=False,
    ),
    "enforcement": FiguresSheet(
        "اجرای قاعده‌ها",
        Topic.ENFORCEMENT,
        (
            SheetColumn(RULE, 30),
            SheetColumn(CODE, 20),
            SheetColumn(SERVICE, 20),
            SheetColumn(BEGINS, 14),
            _SINCE,
        ),
        rule_cells,
        rule,
        {"rule": RULE, "service": CODE, "begins": BEGINS},
        (RULE, CODE),
    ),
    "signers": FiguresSheet(
        "امضاکنندگان",
        Topic.SIGNER,
        (
            SheetColumn(PAPER, 24),
            SheetColumn(SIGNER_TITLE, 40),
            SheetColumn(SIGNER_NAME, 24),
            SheetColumn(DEPUTY, 24),
            SheetColumn(ACTING, 28),
            _SINCE,
        ),
        signer_cells,
        signer,
        {
            "paper": PAPER,
            "title": SIGNER_TITLE,
            "name": SIGNER_NAME,
            "deputy": DEPUTY,
            "acting": ACTING,
        },
        (PAPER,),
        grows=False,
    ),
    "places": FiguresSheet(
        "محله‌ها و خیابان‌ها",
        Topic.PLACE,
        (
            SheetColumn(PLACE_KIND, 10),
            SheetColumn(PLACE, 28),
            SheetColumn(LATITUDE, 16),
            SheetColumn(LONGITUDE, 16),
            SheetColumn(POSTAL, 24),
            SheetColumn(LISTED, 14),
            _SINCE,
        ),
        place_cells,
        place,
        {
            "kind": PLACE_KIND,
            "name": PLACE,
            "latitude": LATITUDE,
            "longitude": LONGITUDE,
            "postal": POSTAL,
        },
        (PLACE_KIND, PLACE),
    ),
    "consultees": FiguresSheet(
        "مراجع پاسخ‌دهنده",
        Topic.CONSULTEE,
        (
            SheetColumn(BODY, 36),
            SheetColumn(ADDRESSEE, 44),
            SheetColumn(REPLY_DAYS, 20),
            SheetColumn(AT_GATES, 24),
            SheetColumn(ENDS, 18),
            SheetColumn(BY_HAND, 20),
            SheetColumn(LISTED, 16),
            _SINCE,
        ),
        consultee_cells,
        consultee,
        {
            "name": BODY,
            "addressee": ADDRESSEE,
            "days": REPLY_DAYS,
            "gates": AT_GATES,
            "services": ENDS,
            "by_hand": BY_HAND,
        },
        (BODY,),
    ),
    "promises": FiguresSheet(
        "مهلت گام‌ها",
        Topic.PROMISE,
        (
            SheetColumn(STEP, 18),
            SheetColumn(CODE, 20),
            SheetColumn(SERVICE, 20),
            SheetColumn(STEP_DAYS, 14),
            SheetColumn(WARN_DAYS, 15),
            SheetColumn(ESCALATES, 20),
            SheetColumn(LISTED, 16),
            _SINCE,
        ),
        promise_cells,
        promise,
        {
            "step": STEP,
            "service": CODE,
            "days": STEP_DAYS,
            "warn_days": WARN_DAYS,
            "to": ESCALATES,
        },
        (STEP, CODE),
    ),
    "reasons": FiguresSheet(
        "دلیل‌های کارشناس",
        Topic.REVIEW_REASON,
        (
            SheetColumn(REASON, 38),
            SheetColumn(AT_GATES, 30),
            SheetColumn(ARTICLES, 26),
            SheetColumn(LISTED, 22),
            _SINCE,
        ),
        reason_cells,
        reason,
        {"sentence": REASON, "gates": AT_GATES, "articles": ARTICLES},
        (REASON,),
    ),
    "blackouts": FiguresSheet(
        "روزهای منع حفاری",
        Topic.BLACKOUT,
        (
            SheetColumn(BLACKOUT, 26),
            SheetColumn(YEAR, 10),
            SheetColumn(FIRST_DAY, 16),
            SheetColumn(LAST_DAY, 16),
            SheetColumn(BARRED, 16),
            _SINCE,
        ),
        blackout_cells,
        blackout,
        {
            "title": BLACKOUT,
            "year": YEAR,
            "first": FIRST_DAY,
            "last": LAST_DAY,
            "barred": BARRED,
        },
        (YEAR, BLACKOUT),
    ),
    "limits": FiguresSheet(
        "مهلت‌ها و سقف‌ها",
        Topic.LIMIT,
        (SheetColumn(LIMIT, 44), SheetColumn(VALUE, 12), SheetColumn(UNIT, 16), _SINCE),
        limit_cells,
        limit,
        {"limit": LIMIT, "value": VALUE},
        (LIMIT,),
        grows=False,
    ),
    "bounds": FiguresSheet(
        "محدودهٔ شهر",
        Topic.BOUNDS,
        (
            SheetColumn(SOUTH, 16),
            SheetColumn(NORTH, 16),
            SheetColumn(WEST, 16),
            SheetColumn(EAST, 16),
            _SINCE,
        ),
        bounds_cells,
        bounds,
        {"south": SOUTH, "north": NORTH, "west": WEST, "east": EAST},
        (),
        grows=False,
    ),
    "half-days": FiguresSheet(
        "ساعت بازدیدها",
        Topic.HALF_DAY,
        (SheetColumn(HALF, 18), SheetColumn(FROM_HOUR, 14), SheetColumn(TO_HOUR, 14), _SINCE),
        half_day_cells,
        half_day,
        {"half": HALF, "begins": FROM_HOUR, "ends": TO_HOUR},
        (HALF,),
        grows=False,
    ),
    "district-names": FiguresSheet(
        "نام منطقه‌ها",
        Topic.DISTRICT_NAME,
        (SheetColumn(DISTRICT, 10), SheetColumn(DISTRICT_NAME, 34), _SINCE),
        district_name_cells,
        district_name,
        {"district": DISTRICT, "name": DISTRICT_NAME},
        (DISTRICT,),
    ),
    "calendar": CALENDAR,
}
"""The kinds of sheets by the name that a command gives them."""


def sheet_of(kind: str) -> FiguresSheet | CalendarSheet:
    """The kind of sheet. Raises Refusal for one that there is not."""
    if kind not in SHEETS:
        raise Refusal(f"«{kind}» نداریم؛ یکی از این‌ها: {'، '.join(SHEETS)}.")
    return SHEETS[kind]
