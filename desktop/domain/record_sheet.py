"""The whole record of a property as a person reads it: sections of labelled values in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial

from desktop.domain.calendar import format_jalali
from desktop.domain.contest import Contested, sign_of
from desktop.domain.identifiers import mask_id
from desktop.domain.money import format_area, format_rial
from desktop.domain.persian import isolate, to_persian_digits
from desktop.domain.property import (
    Article100File,
    Certificate,
    Debt,
    Found,
    Hold,
    Owner,
    Permit,
    PropertyRecord,
    same_due,
)

NONE = "—"
_UNREAD = "خوانده نشد"
_CONTESTED = {"land": Contested.LAND, "built": Contested.BUILT, "use": Contested.USE}


@dataclass(frozen=True)
class SheetValue:
    """A value of the record: `key` names it among all, `sign` is what is to be known of it."""

    key: str
    label: str
    value: str
    sign: str = ""


@dataclass(frozen=True)
class SheetSection:
    """Values that belong together."""

    title: str
    values: tuple[SheetValue, ...]


def record_sections(found: Found) -> tuple[SheetSection, ...]:
    """The record, all of it; nothing where none was found."""
    record = found.record
    if record is None:
        return ()
    listed: tuple[tuple[str, Iterable[SheetValue]], ...] = (
        ("ملک", _property(record)),
        ("مالکان", _many(record.owners, "owner", _owner, partial(_owner_sign, record))),
        ("پروانه", _many(record.permits, "permit", _permit)),
        ("گواهی‌ها", _many(record.certificates, "certificate", _certificate)),
        ("مادهٔ ۱۰۰", _many(record.files, "file", _file)),
        ("بدهی‌ها", _many(record.debts, "debt", _debt, partial(_debt_sign, record))),
        ("بازداشت و رهن", _many(record.holds, "hold", _hold)),
    )
    return tuple(SheetSection(title, tuple(values)) for title, values in listed)


def _property(record: PropertyRecord) -> Iterator[SheetValue]:
    plate = record.plate
    plate_words = f"{plate.sub} فرعی از {plate.main} اصلی، بخش {plate.section}" if plate else ""
    visited = format_jalali(record.last_visit) if record.last_visit else ""
    told = (
        ("code", "کد نوسازی", isolate(str(record.code))),
        ("plate", "پلاک ثبتی", plate_words),
        ("address", "نشانی", record.address),
        ("neighbourhood", "محله", record.neighbourhood),
        ("postal_code", "کد پستی", record.postal_code),
        ("deed", "نوع سند", record.deed),
        ("land_by_deed", "عرصه در سند", area_words(record.land_by_deed)),
        ("land", "عرصه", area_words(record.land)),
        ("built", "اعیان", area_words(record.built)),
        ("floors", "طبقه", str(record.floors or "")),
        ("units", "واحد", str(record.units or "")),
        ("use", "کاربری", record.use),
        ("zone", "پهنه", record.zone),
        ("historic", "بافت تاریخی", "در بافت تاریخی" if record.historic else "بیرون از بافت"),
        ("widening", "تعریض", area_words(record.widening) if record.widening else "ندارد"),
        ("on_plan", "طرح عمومی", "در طرح" if record.on_plan else "ندارد"),
        ("year_built", "سال ساخت", str(record.year_built or "")),
        ("last_visit", "آخرین بازدید", visited),
    )
    for key, label, words in told:
        item = _CONTESTED.get(key)
        sign = sign_of(record.corrected, item) if item is not None else ""
        sign = sign or (_UNREAD if key in record.unread else "")
        yield SheetValue(key, label, to_persian_digits(words) or NONE, sign)


def _many(
    items: Iterable[object],
    key: str,
    tell: Callable[..., tuple[str, str]],
    signed: Callable[..., str] = lambda _: "",
) -> Iterator[SheetValue]:
    for number, item in enumerate(items, 1):
        label, words = map(to_persian_digits, tell(item))
        yield SheetValue(f"{key}.{number}", label, words, signed(item))


def _owner_sign(record: PropertyRecord, owner: Owner) -> str:
    put = [each for each in record.corrected if each.correction.value == owner.person_id]
    return sign_of(put, Contested.OWNER)


def _debt_sign(record: PropertyRecord, debt: Debt) -> str:
    put = [each for each in record.corrected if same_due(each.correction.key, debt.key)]
    return sign_of(put, Contested.DEBT)


def _owner(owner: Owner) -> tuple[str, str]:
    dead = {True: "فوت‌شده", None: "زنده یا فوت‌شده خوانده نشد"}.get(owner.dead, "")
    share = f"{owner.dang.normalize():f} دانگ"
    who = isolate(mask_id(owner.person_id)) if owner.person_id else ""
    return owner.name or NONE, _joined(share, who, dead)


def _permit(permit: Permit) -> tuple[str, str]:
    return permit.number or NONE, _joined(_from_to(permit.issued, permit.expires))


def _certificate(certificate: Certificate) -> tuple[str, str]:
    days = _from_to(certificate.issued, certificate.valid_until)
    return certificate.kind, _joined(certificate.number, days)


def _file(file: Article100File) -> tuple[str, str]:
    fine = f"جریمه {format_rial(file.fine)}" if file.fine else ""
    paid = "در دفتر پرداخت شد" if file.settled else ""
    return file.violation or NONE, _joined(file.status, area_words(file.area), fine, paid)


def _debt(debt: Debt) -> tuple[str, str]:
    due = f"سررسید {format_jalali(debt.due)}" if debt.due else ""
    return f"{debt.kind} {debt.year}", _joined(format_rial(debt.total), debt.status, due)


def _hold(hold: Hold) -> tuple[str, str]:
    number = f"شمارهٔ {isolate(hold.number)}" if hold.number else ""
    return hold.authority or NONE, _joined(number, _from_to(hold.placed, hold.ends), hold.scope)


def area_words(area: Decimal) -> str:
    """«۲۴۰٫۵۰ مترمربع», or that there is none."""
    return f"{format_area(area)} مترمربع" if area else NONE


def _from_to(first: date | None, last: date | None) -> str:
    begins = format_jalali(first) if first else ""
    return _joined(begins, f"تا {format_jalali(last)}" if last else "")


def _joined(*parts: str) -> str:
    return "، ".join(part for part in parts if part and part != NONE) or NONE
