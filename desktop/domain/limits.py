"""Terms, shares and most numbers of the municipality, each one whole number with its unit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Limit(StrEnum):
    """Which number it is, by its name in `City`."""

    RECORD_AGE = "record_age_days"
    ANSWER = "answer_days"
    DEFICIENCY = "deficiency_days"
    RULING = "ruling_days"
    COURT = "court_months"
    OBJECTION = "objection_days"
    LESSON = "lesson_days"
    BOUNDARY = "boundary_days"
    SECOND_LOOK = "second_look_percent"
    AREA = "area_percent"
    VISIT = "visit_metres"
    NAMED_PLACE = "named_place_metres"
    COPIES = "most_copies"
    PRECHECKS = "prechecks_a_day"

    @property
    def word(self) -> str:
        """On screen and in a sheet."""
        return _TOLD[self].word

    @property
    def unit(self) -> str:
        """What it is counted in."""
        return _TOLD[self].unit

    @property
    def span(self) -> range:
        """What it may be."""
        return _TOLD[self].span


@dataclass(frozen=True)
class _Told:
    word: str
    unit: str
    span: range


def _upto(most: int, least: int = 1) -> range:
    return range(least, most + 1)


_TOLD: Mapping[Limit, _Told] = {
    Limit.RECORD_AGE: _Told("عمر سوابق معتبر", "روز", _upto(365)),
    Limit.ANSWER: _Told("پاسخ ملک بی‌سابقه پس از بازدید", "روز کاری", _upto(60)),
    Limit.DEFICIENCY: _Told("مهلت رفع نقص مدارک", "روز", _upto(120)),
    Limit.RULING: _Told("مهلت اعتراض به رأی بدوی", "روز", _upto(60)),
    Limit.COURT: _Told("مهلت شکایت به دیوان", "ماه", _upto(12)),
    Limit.OBJECTION: _Told("مهلت اعتراض به پاسخ منفی", "روز", _upto(180)),
    Limit.LESSON: _Told("تمدید آموزش پس از تغییر خدمت", "روز", _upto(365)),
    Limit.BOUNDARY: _Told("نزدیکی به مرز شرط‌ها", "روز", _upto(60, 0)),
    Limit.SECOND_LOOK: _Told("سهم قرعه در بازبینی پاسخ‌ها", "درصد", _upto(100, 0)),
    Limit.AREA: _Told("رواداری مساحت با سند", "درصد", _upto(20)),
    Limit.VISIT: _Told("دوری گزارش بازدید از محل ملک", "متر", _upto(10_000, 10)),
    Limit.NAMED_PLACE: _Told("دوری گزارش بازدید از میانهٔ خیابان یا محله", "متر", _upto(20_000, 10)),
    Limit.COPIES: _Told("نسخه‌های نامه بدون اجازهٔ ناظر", "نسخه", _upto(20)),
    Limit.PRECHECKS: _Told("استعلام پیش از ثبت برای هر باجه", "ملک در روز", _upto(5_000)),
}
