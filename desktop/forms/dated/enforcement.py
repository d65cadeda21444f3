"""From which day a rule of the offices or of the municipality is enforced."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Annotated, Self

from pydantic import AfterValidator

from desktop.domain.calendar import format_long, iso_jalali, parse_jalali
from desktop.domain.city import City
from desktop.domain.enforcement import Rule
from desktop.domain.errors import Refusal
from desktop.forms.dated.base import SOUND, Dated, Faulty, Services

_NEVER = "هنوز اجرا نمی‌شود"


def _a_day_or_none(text: str) -> str:
    try:
        return text and iso_jalali(parse_jalali(text))
    except Refusal as refusal:
        raise ValueError(refusal.words) from None


class DatedRule(Dated):
    """A rule is enforced from the day `begins`, which may lie after the day of saying so.

    Empty: it is not enforced any more, or not yet.
    """

    rule: Rule
    begins: Annotated[str, AfterValidator(_a_day_or_none)] = ""

    @property
    def about(self) -> str:
        """The rule."""
        return self.rule.value

    @property
    def words(self) -> str:
        """«از سه‌شنبه ۱ دی ۱۴۰۵ اجرا می‌شود»."""
        if not self.begins:
            return _NEVER
        return f"از {format_long(parse_jalali(self.begins))} اجرا می‌شود"

    @property
    def faulty(self) -> Faulty:
        """It never begins before it was said."""
        if self.begins and parse_jalali(self.begins) < self.day:
            return "begins", "روز اجرا پیش از روزی است که این داده برقرار می‌شود."
        return SOUND

    def named(self, services: Services) -> str:
        """«اجرای واگذاری خدمت به دفتر»."""
        return f"اجرای {self.rule.word}"

    @classmethod
    def in_place(cls, city: City, services: Services, since: str) -> Iterator[Self]:
        """All rules, enforced or not."""
        for rule in Rule:
            begins = city.enforced.get(rule)
            yield cls(rule=rule, begins=iso_jalali(begins) if begins else "", since=since)

    def put(self, city: City) -> City:
        """The city with this rule so enforced."""
        enforced = {rule: day for rule, day in city.enforced.items() if rule is not self.rule}
        if self.begins:
            enforced[self.rule] = parse_jalali(self.begins)
        return replace(city, enforced=enforced)
