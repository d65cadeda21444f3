"""The act that a decision of the municipality rests on: a letter, a minutes, a resolution."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from desktop.domain.calendar import format_jalali
from desktop.domain.persian import is_blank, to_persian_digits


@dataclass(frozen=True)
class Act:
    """Its number, day and body, and the sha256 of its scan (empty where there is none)."""

    number: str
    dated: date
    body: str
    scan: str = ""

    @property
    def words(self) -> str:
        """«شمارهٔ ۱۲ مورخ ۱۴۰۵/۰۹/۰۳، شورای شهر»."""
        number = to_persian_digits(self.number)
        return f"شمارهٔ {number} مورخ {format_jalali(self.dated)}، {self.body}"

    def faults(self, today: date, *, scanned: bool = True) -> Iterator[str]:
        """What it lacks; `scanned` where its scan is asked for."""
        return (words for _, words in self.lacks(today, scanned=scanned))

    def lacks(
        self, today: date, *, scanned: bool = True, called: str = "مصوبه"
    ) -> Iterator[tuple[str, str]]:
        """The same, each with the name of the field that it is of; `called` as its fields are."""
        if is_blank(self.number):
            yield "number", f"شمارهٔ {called} را بنویسید."
        if is_blank(self.body):
            yield "body", f"مرجع {called} را بنویسید."
        if self.dated > today:
            yield "dated", f"تاریخ {called} پس از امروز است."
        if scanned and not self.scan:
            yield "scan", f"تصویر {called} پیوست نشده است."
