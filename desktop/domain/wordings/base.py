"""A wording: what a gate says for a reason code; and the names of where things are seen."""

from __future__ import annotations

from dataclasses import dataclass

ARTICLE_100 = "مادهٔ ۱۰۰"
ARTICLE_100_NOTE_8 = "مادهٔ ۱۰۰، تبصرهٔ ۸"
ARTICLE_103 = "مادهٔ ۱۰۳"
ARTICLE_101 = "مادهٔ ۱۰۱"
ARTICLE_77 = "مادهٔ ۷۷"
ARTICLE_8 = "قانون نوسازی، مادهٔ ۸"
CITY_LIMITS = "قانون تعاریف محدوده و حریم شهر"

RECORDS = "سوابق تا {as_of}"
OWNERS = "سوابق مالکیت"
FORM = "فرم درخواست"
FILES = "پرونده‌های مادهٔ ۱۰۰"
INCOME = "درآمد شهرداری"
VISITS = "گزارش‌های بازدید"
PERMITS = "پروانه‌ها"
CERTIFICATES = "گواهی‌ها"
LEGAL = "سوابق حقوقی"
PLAN = "طرح تفصیلی"
FABRIC = "محدودهٔ بافت تاریخی"
DIG = "فرم حفاری"
BODIES = "فهرست مراجع"


@dataclass(frozen=True)
class Wording:
    """A short title, one sentence of what was seen, where, the article, the letter's sentence.

    Each may name the finding's values in braces, the article too: a hold rests on its own order.
    """

    condition: str
    seen: str
    source: str = RECORDS
    article: str = "—"
    letter: str = ""
