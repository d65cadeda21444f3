"""The seven sheets of a municipality's export and the headings of their columns."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class RowKind(StrEnum):
    """What one row of a sheet is."""

    PROPERTY = "property"
    OWNER = "owner"
    PERMIT = "permit"
    CERTIFICATE = "certificate"
    FILE = "file"
    DEBT = "debt"
    HOLD = "hold"

    @property
    def words(self) -> str:
        """What a person calls such a row."""
        return _WORDS[self]


_WORDS = {
    RowKind.PROPERTY: "ملک",
    RowKind.OWNER: "مالک",
    RowKind.PERMIT: "پروانه",
    RowKind.CERTIFICATE: "گواهی",
    RowKind.FILE: "پروندهٔ مادهٔ ۱۰۰",
    RowKind.DEBT: "بدهی",
    RowKind.HOLD: "توقیف",
}


@dataclass(frozen=True)
class ExportSheet:
    """A sheet: its name, and its headings in the order in which rows are handed on.

    An export may lack the `optional` ones, which come last. In those of `sums` stands Rial.
    """

    kind: RowKind
    title: str
    columns: tuple[str, ...]
    optional: tuple[str, ...] = ()
    sums: tuple[str, ...] = ()

    @property
    def headings(self) -> tuple[str, ...]:
        """All headings, in order."""
        return self.columns + self.optional


CODE = "کد نوسازی"
PROPERTIES = ExportSheet(
    RowKind.PROPERTY,
    "املاک",
    (
        CODE,
        "بخش ثبتی",
        "پلاک اصلی",
        "پلاک فرعی",
        "نشانی",
        "محله",
        "منطقه",
        "کد پستی",
        "نوع سند",
        "عرصه سند",
        "عرصه موجود",
        "اعیان",
        "طبقات",
        "واحد",
        "کاربری",
        "پهنه",
        "بافت تاریخی",
        "تعریض",
        "طرح",
        "تاریخ آخرین بازدید",
        "عرض جغرافیایی",
        "طول جغرافیایی",
    ),
    optional=("سال ساخت",),
)
OWNERS = ExportSheet(
    RowKind.OWNER, "مالکین", (CODE, "نام", "نام خانوادگی", "کد ملی", "دانگ", "فوت")
)
PERMITS = ExportSheet(
    RowKind.PERMIT, "پروانه‌ها", (CODE, "شماره پروانه", "تاریخ پروانه", "تاریخ انقضا")
)
CERTIFICATES = ExportSheet(
    RowKind.CERTIFICATE, "گواهی‌ها", (CODE, "نوع گواهی", "شماره گواهی", "تاریخ گواهی", "اعتبار")
)
FILES = ExportSheet(
    RowKind.FILE,
    "ماده صد",
    (CODE, "نوع تخلف", "متراژ", "وضعیت", "مبلغ جریمه"),
    sums=("مبلغ جریمه",),
)
DEBTS = ExportSheet(
    RowKind.DEBT,
    "بدهی‌ها",
    (
        CODE,
        "سال",
        "نوع بدهی",
        "اصل",
        "جریمه",
        "سررسید",
        "وضعیت",
        "شناسه قبض",
        "شناسه پرداخت",
    ),
    sums=("اصل", "جریمه"),
)
HOLDS = ExportSheet(RowKind.HOLD, "توقیف‌ها", (CODE, "مرجع", "شماره", "تاریخ", "دامنه", "پایان"))
SHEETS = (PROPERTIES, OWNERS, PERMITS, CERTIFICATES, FILES, DEBTS, HOLDS)
"""Properties first: the rows of every other sheet belong to one of them."""
