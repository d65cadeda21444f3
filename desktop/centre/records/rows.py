"""From a row of a sheet to the value it means, with everything odd about it told."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from functools import lru_cache
from typing import TypeAlias

from desktop.centre.records.cells import Row, word_key
from desktop.centre.records.columns import Kind
from desktop.domain.errors import Refusal
from desktop.domain.identifiers import (
    Plate,
    RenewalCode,
    bill_id,
    billed_amount,
    legal_id,
    national_id,
    payment_id,
)
from desktop.domain.identifiers import plate as read_plate
from desktop.domain.property import (
    Article100File,
    Certificate,
    CertificateKind,
    Debt,
    DebtStatus,
    Deed,
    FileStatus,
    Hold,
    HoldScope,
    Owner,
    Permit,
    PropertyRecord,
)

Child: TypeAlias = Owner | Permit | Certificate | Article100File | Debt | Hold


def _by_key(words: Iterable[str]) -> dict[str, str]:
    return {word_key(word): str(word) for word in words}


_DEEDS = _by_key(Deed)
_CERTIFICATES = _by_key(CertificateKind)
_FILE_STATUSES = _by_key(FileStatus)
_DEBT_STATUSES = _by_key(DebtStatus)
_SCOPES = _by_key(HoldScope)


def read_property(row: Row, code: RenewalCode) -> PropertyRecord:
    """The property of the row, nothing attached yet. Raises RowRefused."""
    return PropertyRecord(
        code=code,
        plate=_plate(row),
        address=row.text(4),
        neighbourhood=row.text(5),
        district=row.digits(6),
        postal_code=row.digits(7),
        deed=row.known(8, _DEEDS),
        land_by_deed=row.area(9),
        land=row.area(10),
        built=row.area(11),
        floors=row.whole(12),
        units=row.whole(13),
        use=row.text(14),
        zone=row.text(15),
        historic=row.flag(16),
        widening=row.area(17),
        on_plan=row.flag(18),
        last_visit=row.day(19),
        latitude=row.text(20),
        longitude=row.text(21),
    )


def _plate(row: Row) -> Plate | None:
    section, main, sub = row.digits(1), row.digits(2), row.digits(3)
    try:
        # In the records no sub-plate is a main plate's own: 0.
        return read_plate(section, main, sub or "0")
    except Refusal as refusal:
        row.tell(2, f"پلاک ثبتی خوانده نشد. {refusal.words}")
        return None


def _owner(row: Row) -> Owner:
    return Owner(
        first_name=row.text(1),
        last_name=row.text(2),
        person_id=_person_id(row, 3),
        dang=row.share(4),
        dead=row.flag(5),
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
        (legal_id if len(digits) == 11 else national_id)(digits)
    except Refusal as refusal:
        return refusal.words
    return ""


def _permit(row: Row) -> Permit:
    return Permit(number=row.paper_number(1), issued=row.day(2), expires=row.day(3))


def _certificate(row: Row) -> Certificate:
    return Certificate(
        kind=row.known(1, _CERTIFICATES),
        number=row.paper_number(2),
        issued=row.day(3),
        valid_until=row.day(4),
    )


def _file(row: Row) -> Article100File:
    status = row.known(3, _FILE_STATUSES)
    if not status:
        row.tell(3, "وضعیت پرونده نوشته نشده است.")
    return Article100File(
        violation=row.text(1),
        area=row.area(2),
        status=status,
        # A fine that is to be paid and has no amount would be let pass as nothing owed.
        fine=row.rial(4, required=status == FileStatus.FINE_UNPAID),
    )


def _debt(row: Row) -> Debt:
    debt = Debt(
        year=row.whole(1),
        kind=row.text(2),
        principal=row.rial(3, required=True),
        penalty=row.rial(4),
        due=row.day(5),
        status=row.known(6, _DEBT_STATUSES, empty=DebtStatus.FINAL),
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
        row.tell(column, "مبلغ درون شناسهٔ پرداخت با اصل و جریمه نمی‌خواند.")


def _hold(row: Row) -> Hold:
    return Hold(
        authority=row.text(1),
        number=row.paper_number(2),
        placed=row.day(3),
        scope=row.known(4, _SCOPES),
        ends=row.day(5),
    )


CHILDREN: dict[Kind, Callable[[Row], Child]] = {
    Kind.OWNER: _owner,
    Kind.PERMIT: _permit,
    Kind.CERTIFICATE: _certificate,
    Kind.FILE: _file,
    Kind.DEBT: _debt,
    Kind.HOLD: _hold,
}
"""How a row of each sheet but the properties' own is read. Each raises RowRefused."""


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
