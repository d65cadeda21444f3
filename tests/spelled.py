"""The words of the records as the shipped lists spell them, by the names that tests call them."""

from __future__ import annotations

from enum import StrEnum

from desktop.centre.records.importer import Rules
from desktop.forms.shipped import shipped_city

WORDS = shipped_city().words
RULES = Rules.of(shipped_city())


class Deed(StrEnum):
    """نوع سند."""

    SINGLE_SHEET = "تک‌برگ"
    PRIVATE = "قولنامه‌ای"
    WAQF = "وقفی"
    NONE = "فاقد سند"


class CertificateKind(StrEnum):
    """نوع گواهی."""

    COMPLETION = "پایان کار"
    NO_VIOLATION = "عدم خلاف"


class FileStatus(StrEnum):
    """وضعیت پروندهٔ مادهٔ صد."""

    REPORTED = "تخلف گزارش‌شده، ارجاع به کمیسیون"
    FIRST_RULING = "رأی بدوی صادر"
    APPEAL = "تجدیدنظر"
    FINE_UNPAID = "رأی قطعی جریمه – پرداخت‌نشده"
    FINE_PAID = "رأی قطعی جریمه – پرداخت‌شده"
    DEMOLITION_DUE = "رأی تخریب – اجرانشده"
    DEMOLITION_DONE = "رأی تخریب – اجراشده"
    ACQUITTED = "برائت"


class DebtStatus(StrEnum):
    """وضعیت بدهی."""

    FINAL = "قطعی"
    ARTICLE_77 = "کمیسیون مادهٔ ۷۷"
    SETTLED = "پرداخت شده"


class HoldScope(StrEnum):
    """دامنهٔ توقیف."""

    ALL = "همه"
    TRANSFER = "نقل و انتقال"
    BUILD = "ساخت و ساز"
