"""A dirty export by seed: every kind of dirt that real ones hold, and what comes of each."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from desktop.centre.records.columns import RowKind
from desktop.demo.export import lines
from desktop.domain.identifiers import make_bill, make_payment
from desktop.domain.made_up import made_up_national_id
from desktop.domain.property import (
    ZERO_AREA,
    Article100File,
    Certificate,
    Debt,
    Hold,
    Owner,
    Permit,
)
from tests.centre.records.dirty import KEPT, REFUSED, TODAY, UNKNOWN, Cell, Dirty, Soiler
from tests.spelled import CertificateKind, DebtStatus, FileStatus, HoldScope

NO_DATES: tuple[Cell, ...] = (
    "1404/13/01",
    "1404/12/30",
    "14040732",
    "1405-02-32",
    "دیروز",
    "1405/9",
    1404,
)
NO_AMOUNTS: tuple[Cell, ...] = ("نامعلوم", "-500", "1.5.2", "۱۲ هزار", "#N/A")
NO_CODES: tuple[Cell, ...] = (
    "",
    "-",
    "1-2-abc-4",
    "0-1-2-3",
    "2-5-7",
    "2-1-1-1-0-3-0",
    "1-2-3-4-5-6-7-8",
)
NO_IDS = ("1111111111", "1234567890", "12ab", "", "11111111111", "4432198765")
NOBODYS = "5-29-399-999-9-9-0"

DAY = date(2025, 5, 6)
PERMIT = Permit("77123", DAY, date(2027, 5, 6))
CERTIFICATE = Certificate(CertificateKind.NO_VIOLATION, "88123", DAY, date(2027, 5, 6))
FILE = Article100File("اضافه بنا", Decimal("12.25"), FileStatus.REPORTED, 5_000_000)
HOLD = Hold("شعبه 3 اجرای احکام یزد", "99123", DAY, HoldScope.ALL, None)
OWNER = Owner("بی‌سهم", "نمونه", made_up_national_id(16), Decimal(0))
BILL = make_bill(12_345_678, 999)
DEBT = Debt(
    1404,
    "نوسازی",
    1_500_000,
    20_000,
    None,
    DebtStatus.FINAL,
    BILL,
    make_payment(1_520_000, 1404, 1, BILL),
)
CHILDREN = {
    RowKind.OWNER: OWNER,
    RowKind.PERMIT: PERMIT,
    RowKind.CERTIFICATE: CERTIFICATE,
    RowKind.FILE: FILE,
    RowKind.DEBT: DEBT,
    RowKind.HOLD: HOLD,
}
DATES = (
    (RowKind.PERMIT, 2),
    (RowKind.PERMIT, 3),
    (RowKind.CERTIFICATE, 3),
    (RowKind.CERTIFICATE, 4),
    (RowKind.DEBT, 5),
    (RowKind.HOLD, 3),
    (RowKind.HOLD, 5),
)
AMOUNTS = (
    (RowKind.DEBT, 3),
    (RowKind.DEBT, 4),
    (RowKind.FILE, 2),
    (RowKind.FILE, 4),
    (RowKind.OWNER, 4),
)


def make_dirty(seed: int, properties: int = 120) -> Dirty:
    """A dirty export of about so many properties (at least 100), every kind of dirt in it."""
    soiler = Soiler(seed, properties)
    soil_codes(soiler)
    soil_properties(soiler)
    soil_cells(soiler)
    soil_kept(soiler)
    soil_bills(soiler)
    soil_shares(soiler)
    return soiler.finish()


def soil_codes(s: Soiler) -> None:
    """Rows without a usable code, and rows of properties that are not there."""
    record = s.pick()
    (_, line), *_ = lines(record)
    for code in NO_CODES:
        s.add(RowKind.PROPERTY, line, [(0, REFUSED)], {0: code})
        for kind, child in CHILDREN.items():
            s.extra(kind, record, child, [(0, REFUSED)], {0: code})
    for kind, child in CHILDREN.items():
        s.extra(kind, record, child, [(0, REFUSED)], code=NOBODYS)


def soil_properties(s: Soiler) -> None:
    """The same code with other content; property rows that are refused; odd ones that are kept."""
    record = s.pick()
    first = s.only(RowKind.PROPERTY, record)
    (_, line), *_ = lines(replace(record, address="یزد، نشانی دیگر"))
    s.add(RowKind.PROPERTY, line, [(0, REFUSED)]).after = first
    s.doubt(record)
    optional: tuple[tuple[int, tuple[Cell, ...], dict[str, Any]], ...] = (
        (19, (*NO_DATES, "0", "NULL", "----"), {"last_visit": None}),
        (10, NO_AMOUNTS, {"land": ZERO_AREA}),
        (11, ("زیاد",), {"built": ZERO_AREA}),
        (12, ("دو",), {"floors": 0}),
        (16, ("شاید",), {"historic": False}),
        (17, ("صفر",), {"widening": ZERO_AREA}),
        (18, ("نامعلوم",), {"on_plan": False}),
        (2, ("دوازده",), {"plate": None}),
        (22, ("قدیم", "1199"), {"year_built": None}),
    )
    for column, cells, change in optional:
        for cell in cells:
            record = s.pick()
            row = s.only(RowKind.PROPERTY, record)
            row.cells[column], row.told = cell, [(column, UNKNOWN)]
            s.keep(replace(record, **change, doubted=True, unread=tuple(change)))
    unknown: tuple[tuple[int, str, dict[str, Any]], ...] = (
        (8, "بنچاق", {"deed": "بنچاق"}),
        (14, "نخلستان", {"use": "نخلستان"}),
    )
    for column, cell, change in unknown:
        record = s.pick()
        row = s.only(RowKind.PROPERTY, record)
        row.cells[column], row.told = cell, [(column, UNKNOWN)]
        s.keep(replace(record, **change))
    record = s.pick()
    row = s.only(RowKind.PROPERTY, record)
    # A letter of the old script, which no paper shows.
    row.cells[4], row.told = "یزد، کوچهٔ ڒ", [(4, KEPT)]
    s.keep(replace(record, address="یزد، کوچهٔ ڒ"))
    record = s.pick()
    row = s.only(RowKind.PROPERTY, record)
    row.cells[19], row.told = "1405/09/04", [(19, KEPT)]
    s.keep(replace(record, last_visit=TODAY + timedelta(days=1)))
    record = s.pick()
    row = s.only(RowKind.PROPERTY, record)
    row.cells[22] = "۱۳۵۰"
    s.keep(replace(record, year_built=1350))


def soil_cells(s: Soiler) -> None:
    """Children with an impossible date or no amount: refused, and the property is doubted."""
    for columns, cells in ((DATES, NO_DATES), (AMOUNTS, NO_AMOUNTS)):
        for i, (kind, column) in enumerate(columns):
            record = s.pick()
            raw = {column: cells[i % len(cells)]}
            s.extra(kind, record, CHILDREN[kind], [(column, REFUSED)], raw)
            s.doubt(record)
    record = s.pick()
    fine = replace(FILE, status=FileStatus.FINE_UNPAID)
    s.extra(RowKind.FILE, record, fine, [(4, REFUSED)], {4: ""})
    s.doubt(record)


def soil_kept(s: Soiler) -> None:
    """Invalid ids of owners and words that nobody knows: kept and told."""
    for person_id in NO_IDS:
        owner = replace(OWNER, person_id=person_id)
        s.more(RowKind.OWNER, owner, [(3, KEPT)], {3: person_id})
    record = s.more(RowKind.OWNER, replace(OWNER, dead=None), [(5, UNKNOWN)], {5: "?"})
    s.doubt(record)
    certificate = replace(CERTIFICATE, kind="گواهی دیگر")
    s.more(RowKind.CERTIFICATE, certificate, [(1, UNKNOWN)], {1: "گواهي  ديگر"})
    s.more(RowKind.FILE, replace(FILE, status="گم شده"), [(3, UNKNOWN)], {3: "گم شده"})
    s.more(RowKind.HOLD, replace(HOLD, scope="همه جا"), [(4, UNKNOWN)], {4: "همه جا"})
    s.more(RowKind.DEBT, replace(DEBT, status="معلق"), [(6, UNKNOWN)], {6: "معلق"})


def soil_bills(s: Soiler) -> None:
    """Ids of bills that don't agree, with themselves or with the amount: kept and told."""
    wrong_bill = BILL[:-1] + str((int(BILL[-1]) + 1) % 10)
    wrong_payment = DEBT.payment_id[:-1] + str(9 - int(DEBT.payment_id[-1]))
    for column, debt in (
        (7, replace(DEBT, bill_id=wrong_bill)),
        (8, replace(DEBT, payment_id=wrong_payment)),
        (8, replace(DEBT, principal=DEBT.principal + 1000)),
        (8, replace(DEBT, payment_id="")),
    ):
        s.more(RowKind.DEBT, debt, [(column, KEPT)])


def soil_shares(s: Soiler) -> None:
    """Shares that don't sum to six: kept and told beside the first owner."""
    record = s.more(RowKind.OWNER, replace(OWNER, dang=Decimal("1.5")))
    s.shares.add(str(record.code))
