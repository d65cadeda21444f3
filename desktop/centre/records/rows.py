"""From a row of a sheet to the value it means, with everything odd about it told."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import TypeAlias

from desktop.centre.records.cells import Row, RowRefused
from desktop.centre.records.columns import RowKind
from desktop.domain.calendar import FIRST_YEAR, jalali, parse_jalali
from desktop.domain.errors import Refusal
from desktop.domain.identifiers import (
    Plate,
    RenewalCode,
    anyones_id,
    bill_id,
    billed_amount,
    payment_id,
)
from desktop.domain.identifiers import plate as read_plate
from desktop.domain.property import (
    ZERO_AREA,
    Article100File,
    Certificate,
    Debt,
    Hold,
    Owner,
    Permit,
    PropertyRecord,
)
from desktop.domain.record_words import DebtStatus, FileStatus, WordColumn, word_key

Child: TypeAlias = Owner | Permit | Certificate | Article100File | Debt | Hold


_FIRST_YEAR = 1250
# More than any building here has: what is more is another column's number.
_MOST_FLOORS, _MOST_UNITS = 200, 10_000


def read_property(row: Row, code: RenewalCode) -> PropertyRecord:
    """The property of the row, nothing attached yet; a cell that can't be read stays unknown."""
    soft = row.or_unknown
    return PropertyRecord(
        code=code,
        plate=soft("plate", 2, lambda _: _plate(row), None),
        address=soft("address", 4, row.text, ""),
        neighbourhood=soft("neighbourhood", 5, row.text, ""),
        district=soft("district", 6, row.digits, ""),
        postal_code=soft("postal_code", 7, row.digits, ""),
        deed=soft("deed", 8, lambda column: row.word(column, WordColumn.DEED), ""),
        land_by_deed=soft("land_by_deed", 9, row.area, ZERO_AREA),
        land=soft("land", 10, row.area, ZERO_AREA),
        built=soft("built", 11, lambda column: _built(row, column, code), ZERO_AREA),
        floors=soft("floors", 12, lambda column: row.whole(column, _MOST_FLOORS), 0),
        units=soft("units", 13, lambda column: row.whole(column, _MOST_UNITS), 0),
        use=soft("use", 14, lambda column: row.word(column, WordColumn.USE), ""),
        zone=soft("zone", 15, row.text, ""),
        historic=soft("historic", 16, row.flag, False),
        widening=soft("widening", 17, row.area, ZERO_AREA),
        on_plan=soft("on_plan", 18, row.flag, False),
        last_visit=soft("last_visit", 19, lambda column: _visit(row, column), None),
        latitude=soft("latitude", 20, lambda column: _degrees(row, column, 90), ""),
        longitude=soft("longitude", 21, lambda column: _degrees(row, column, 180), ""),
        year_built=soft("year_built", 22, lambda column: _year_built(row, column), None),
        unread=tuple(sorted(row.unread)),
    )


def _built(row: Row, column: int, code: RenewalCode) -> Decimal:
    """The built area; bare land says nothing or 0, a building, flat or shop how large it is."""
    if code.building and not row.text(column):
        raise RowRefused(column, "اعیان خالی است و کد این ملک از آن ساختمان یا آپارتمان است.")
    return row.area(column)


_DEGREES = re.compile(r"[0-9]{1,3}(\.[0-9]{1,15})?")


def _degrees(row: Row, column: int, most: int) -> str:
    """Decimal degrees; nothing for what is none, which is told, and for the 0 of who had none."""
    text = row.text(column).replace("٫", ".").replace("/", ".")
    if not text:
        return ""
    if not _DEGREES.fullmatch(text) or Decimal(text) > most:
        row.tell(column, "مختصات خوانده نشد.")
        return ""
    return text if Decimal(text) else ""


_NO_PLATE = "پلاک ثبتی نوشته نشده است."


def _plate(row: Row) -> Plate | None:
    section, main, sub = (row.plate_number(column) for column in (1, 2, 3))
    if not (section and main):
        # Half a plate is nobody's.
        column, said = (1, "بخش") if main else (2, "پلاک اصلی")
        given = section or main or int(sub or "0")
        row.tell(column, f"{said} نوشته نشده است؛ پلاک ثبتی ناقص است." if given else _NO_PLATE)
        return None
    try:
        # In the records no sub-plate is a main plate's own: 0.
        return read_plate(section, main, sub or "0")
    except Refusal as refusal:
        raise RowRefused(2, f"پلاک ثبتی خوانده نشد. {refusal.words}") from None


def _visit(row: Row, column: int) -> date | None:
    day = row.day(column)
    if day is not None and day > row.rules.as_of:
        row.tell(column, "تاریخ بازدید پس از روز سوابق است.")
    return day


def _year_built(row: Row, column: int) -> int | None:
    year = row.whole(column)
    last = jalali(row.rules.as_of)[0]
    if year and not _FIRST_YEAR <= year <= last:
        raise RowRefused(column, f"سال ساخت باید میان {_FIRST_YEAR} و {last} باشد.")
    return year or None


def _owner(row: Row) -> Owner:
    return Owner(
        first_name=row.text(1),
        last_name=row.text(2),
        person_id=_person_id(row, 3),
        dang=row.share(4),
        dead=row.or_unknown("dead", 5, row.flag, None),
    )


def _person_id(row: Row, column: int) -> str:
    digits = row.digits(column)
    if len(digits) < 10 and digits.isdigit():
        digits = digits.zfill(10)
    fault = _id_fault(digits)
    if fault:
        row.tell(column, fault)
    return digits


@lru_cache(10_000)
def _id_fault(digits: str) -> str:
    try:
        anyones_id(digits)
    except Refusal as refusal:
        return refusal.words
    return ""


_DIGIT = re.compile(r"[0-9]")


def _paper(row: Row, column: int) -> tuple[str, date | None, date | None]:
    """A paper's number, day of issue and end, from the column on; «none» in words is no paper."""
    number, issued = row.paper_number(column), row.past_day(column + 1)
    if number and not _DIGIT.search(number):
        raise RowRefused(column, "شمارهٔ سند رقمی ندارد؛ شاید سندی صادر نشده باشد.")
    if not number and issued is None:
        raise RowRefused(column, "نه شماره دارد و نه تاریخ صدور؛ سندی شمرده نشد.")
    end = row.coming_day(column + 2)
    if end is None and _is_moved(number, issued):
        raise RowRefused(column, "به جای شماره تاریخ آمده است؛ خانه‌های ردیف جابه‌جا شده است.")
    return number, issued, end


def _is_moved(number: str, issued: date | None) -> bool:
    """Whether a paper's number, where nothing stands at the row's end, is its day, which has moved
    to the left. One of digits alone may be a number too: then its end, which is later, has followed
    it."""
    day = _as_day(number)
    return day is not None and (not number.isdigit() or issued is None or day < issued)


def _as_day(number: str) -> date | None:
    """The day that a number would be, written in any of the ways of days."""
    try:
        return parse_jalali(number)
    except Refusal:
        return None


def _permit(row: Row) -> Permit:
    number, issued, expires = _paper(row, 1)
    return Permit(number, issued, expires)


def _certificate(row: Row) -> Certificate:
    number, issued, valid_until = _paper(row, 2)
    return Certificate(row.word(1, WordColumn.CERTIFICATE), number, issued, valid_until)


def _file(row: Row) -> Article100File:
    status = row.word(3, WordColumn.FILE)
    if not status:
        row.tell(3, "وضعیت پرونده نوشته نشده است.")
    # A fine that is to be paid and has no amount would be let pass as nothing owed.
    unpaid = row.rules.words.file(status) is FileStatus.FINE_UNPAID
    fine = row.rial(4, required=unpaid)
    if unpaid and not fine:
        raise RowRefused(4, "جریمهٔ پرداخت‌نشده مبلغی ندارد.")
    return Article100File(violation=row.text(1), area=row.area(2), status=status, fine=fine)


# What stands under a debt's kind when its cells have moved.
_NO_KIND = re.compile(r"[0-9\W_]*[0-9][0-9\W_]*")
_LONGEST_DUE = timedelta(days=10 * 366)


def _debt_named(row: Row) -> tuple[int, str]:
    """Year and kind of a debt. Raises RowRefused for what can be neither: cells that moved."""
    year, kind = row.whole(1), row.text(2)
    last = jalali(row.rules.as_of)[0] + 1
    if year and not FIRST_YEAR <= year <= last:
        raise RowRefused(1, f"سال بدهی باید میان {FIRST_YEAR} و {last} باشد.")
    if _NO_KIND.fullmatch(kind):
        raise RowRefused(2, "به جای نوع بدهی عدد یا تاریخ آمده است؛ خانه‌ها جابه‌جا شده است.")
    for column in (7, 8):
        if (said := row.digits(column)) and not _DIGIT.search(said):
            raise RowRefused(column, "شناسه رقمی ندارد؛ خانه‌های ردیف جابه‌جا شده است.")
    return year, kind


def _debt(row: Row) -> Debt:
    year, kind = _debt_named(row)
    debt = Debt(
        year=year,
        kind=kind,
        principal=row.rial(3, required=True),
        penalty=row.rial(4),
        due=row.coming_day(5, _LONGEST_DUE),
        status=row.word(6, WordColumn.DEBT) or row.rules.words.word(DebtStatus.FINAL),
        bill_id=row.digits(7),
        payment_id=row.digits(8).lstrip("0"),
    )
    if debt.bill_id or debt.payment_id:
        _check_bill(row, debt)
    return debt


def _check_bill(row: Row, debt: Debt) -> None:
    column = 7
    try:
        bill = bill_id(debt.bill_id)
        column = 8
        paid = billed_amount(payment_id(debt.payment_id, bill))
    except Refusal as refusal:
        row.tell(column, refusal.words)
        return
    # The id holds whole thousands.
    if paid != debt.total // 1000 * 1000:
        row.tell(column, "مبلغ درون شناسهٔ پرداخت با اصل و جریمه مطابقت ندارد.")


def _hold(row: Row) -> Hold:
    placed, ends = row.past_day(3), row.coming_day(5)
    if placed is not None and ends is not None and ends < placed:
        raise RowRefused(5, "پایان توقیف پیش از آغاز آن است.")
    return Hold(
        authority=_authority(row, 1),
        number=_hold_number(row, 2),
        placed=placed,
        scope=row.word(4, WordColumn.SCOPE),
        ends=ends,
    )


def _authority(row: Row, column: int) -> str:
    """Who placed a hold; nobody, which is told, for what has no letter."""
    authority = row.said(column)
    if authority and not any(map(str.isalpha, authority)):
        row.tell(column, "مرجع توقیف نامی ندارد؛ نامعلوم شمرده شد.")
        return ""
    return authority


def _hold_number(row: Row, column: int) -> str:
    """A hold's number; none, which is told, for words alone and for a day."""
    number = row.paper_number(column)
    if number and (not _DIGIT.search(number) or _as_day(number)):
        row.tell(column, "شمارهٔ توقیف شماره نیست؛ نامعلوم شمرده شد.")
        return ""
    return number


CHILDREN: dict[RowKind, Callable[[Row], Child]] = {
    RowKind.OWNER: _owner,
    RowKind.PERMIT: _permit,
    RowKind.CERTIFICATE: _certificate,
    RowKind.FILE: _file,
    RowKind.DEBT: _debt,
    RowKind.HOLD: _hold,
}
"""How a row of each sheet but the properties' own is read. Each raises RowRefused."""


def names_alone(child: Child) -> tuple[str, str] | None:
    """What no two rows of a property have: a bill's sound pair of ids, a file's violation and area;
    None for a row that has neither."""
    match child:
        case Debt() if child.bill_id and child.payment_id:
            try:
                bill = bill_id(child.bill_id.lstrip("0"))
                return bill, payment_id(child.payment_id, bill)
            except Refusal:
                return None
        case Article100File() if child.violation:
            return word_key(child.violation), str(child.area)
        case _:
            return None


def amount_written(kind: RowKind, row: Row) -> Decimal:
    """What a row that was refused would add to its sheet's sum; 0 for what can't be read."""
    columns = {RowKind.DEBT: (3, 4), RowKind.FILE: (4,), RowKind.OWNER: (4,)}.get(kind, ())
    read = row.share if kind is RowKind.OWNER else row.rial
    amount = Decimal(0)
    for column in columns:
        try:
            amount += read(column)
        except RowRefused:
            continue
    return amount


def amount_of(child: Child | PropertyRecord) -> Decimal:
    """What a sheet's sum counts: Rial of a debt or fine, m² of widening, dang; else 0."""
    match child:
        case Debt():
            return Decimal(child.total)
        case Article100File():
            return Decimal(child.fine)
        case PropertyRecord():
            return child.widening
        case Owner():
            return child.dang
        case _:
            return Decimal(0)
