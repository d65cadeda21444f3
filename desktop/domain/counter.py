"""Words of the counter for what commands carry: half-days, fees, ways of paying, districts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from desktop.domain.calendar import TEHRAN
from desktop.domain.persian import to_persian_digits

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


class Half(NamedTuple):
    """A half-day of visits: from a minute of the day to another, as the city's data say."""

    begins: int
    ends: int

    @property
    def words(self) -> str:
        """«۸:۰۰ تا ۱۱:۰۰»."""
        return f"{self.start} تا {to_persian_digits(_clock(self.ends))}"

    @property
    def start(self) -> str:
        """«۸:۰۰»."""
        return to_persian_digits(_clock(self.begins))

    @property
    def short(self) -> str:
        """«۸ تا ۱۱», where there is little room: in a planner's week."""
        told = (_clock(each).removesuffix(":00") for each in self)
        return to_persian_digits(" تا ".join(told))


def _clock(minute: int) -> str:
    return f"{minute // 60}:{minute % 60:02}"


@dataclass(frozen=True)
class Halves:
    """The two half-days of a day's visits, 1 and 2."""

    first: Half = Half(8 * 60, 11 * 60)
    second: Half = Half(11 * 60, 14 * 60)

    def __getitem__(self, half: int) -> Half:
        return {1: self.first, 2: self.second}[half]

    def items(self) -> tuple[tuple[int, Half], ...]:
        """Both, by their numbers."""
        return (1, self.first), (2, self.second)

    def begins(self, day: date, half: int) -> datetime:
        """The moment at which that half of the day begins."""
        return datetime.combine(day, time(), TEHRAN) + timedelta(minutes=self[half].begins)

    def begun(self, moment: datetime) -> int:
        """How many of the two half-days of its day have begun at a moment."""
        day = moment.astimezone(TEHRAN).date()
        return sum(self.begins(day, half) <= moment for half, _ in self.items())

    def of(self, moment: datetime) -> int:
        """In which half of its day a moment falls; what is later than both counts to the second."""
        day = moment.astimezone(TEHRAN).date()
        return 1 if moment < self.begins(day, 2) else 2


DISTRICT_NAMES: Mapping[int, str] = {5: "ناحیهٔ تاریخی"}
"""Districts that have names of their own, where the municipality said no others."""


def district_name(district: int, names: Mapping[int, str]) -> str:
    """«منطقهٔ ۲», or the name that the district has."""
    return names.get(district) or to_persian_digits(f"منطقهٔ {district}")
