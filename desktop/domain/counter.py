"""Words of the counter for what commands carry: half-days, fees, ways of paying, districts."""

from __future__ import annotations

from datetime import date, datetime, time

from desktop.domain.calendar import TEHRAN
from desktop.domain.persian import to_persian_digits

HALVES = {1: "۸:۰۰ تا ۱۱:۰۰", 2: "۱۱:۰۰ تا ۱۴:۰۰"}
HALF_HOURS = {1: "۸ تا ۱۱", 2: "۱۱ تا ۱۴"}
"""The same where there is little room: in a planner's week."""
_SECOND_HALF = time(11)
_HALVES_BEGIN = (time(8), _SECOND_HALF)
FEES = {"office": "کارمزد دفتر", "visit": "هزینهٔ بازدید"}
METHODS = {
    "terminal": "کارت‌خوان",
    "bill": "قبض",
    "deposit": "سپردهٔ صندوق ثبت",
    "finance": "تصمیم امور مالی",
}
CONDITIONS = {"land": "زمین", "underway": "در حال ساخت", "built": "ساخته‌شده"}
"""What a visit finds on the land."""
STAGES = {"footing": "پی", "frame": "اسکلت", "rough": "سفت‌کاری", "finish": "نازک‌کاری"}
"""How far a building under way has come."""
USES = ("مسکونی", "تجاری", "اداری", "آموزشی", "کارگاهی", "مذهبی", "باغ", "زمین بایر", "مختلط")
"""What a property is used for, as a visit finds it."""
VIOLATIONS = (
    "اضافه‌بنا", "بدون پروانه", "تغییر کاربری", "رعایت نکردن عقب‌نشینی", "تجاوز به گذر",
    "کسری پارکینگ", "اضافه‌طبقه",
)  # fmt: skip
"""Kinds of violations that a visit tells of."""
ABSENT = "absent"
"""For that alone the citizen pays again (DOMAIN.md §3.3 e)."""
MISSED = {
    ABSENT: "متقاضی در محل نبود",
    "address": "نشانی با محل یکی نبود",
    "entry": "اجازهٔ ورود نداد",
    "danger": "خطر در محل",
    "cancelled": "بازدید لغو شد",
}
"""Why a visit did not take place."""
SEEN_THERE = (ABSENT, "address", "entry", "danger")
"""Of these, what only who went there can tell."""
AT_THE_DOOR = (ABSENT, "address")
"""Of these the door is photographed: the citizen pays for them, or somebody was sent in vain."""
RULINGS = {"first": "رأی بدوی", "final": "رأی قطعی"}
"""How far a ruling of Article 100 has come: the first can be objected to in appeal."""
DISTRICTS = {5: "ناحیهٔ تاریخی"}


def district_name(district: int) -> str:
    """«منطقهٔ ۲», or the historic district's own name."""
    return DISTRICTS.get(district, to_persian_digits(f"منطقهٔ {district}"))


def halves_begun(moment: datetime) -> int:
    """How many of the two half-days of its day have begun at a moment."""
    at = moment.astimezone(TEHRAN).time()
    return sum(begins <= at for begins in _HALVES_BEGIN)


def half_begins(day: date, half: int) -> datetime:
    """The moment at which that half (1, 2) of the day begins."""
    return datetime.combine(day, _HALVES_BEGIN[half - 1], TEHRAN)


def half_of(moment: datetime) -> int:
    """In which half of its day a moment falls; what is later than both counts to the second."""
    return 1 if moment.astimezone(TEHRAN).time() < _SECOND_HALF else 2
