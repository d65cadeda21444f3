"""From which day a rule of the offices or of the municipality is enforced."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Annotated, Self

from pydantic import AfterValidator

from desktop.domain.calendar import format_long, iso_jalali, parse_jalali
from desktop.domain.city import City
from desktop.domain.enforcement import OfficeRule
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

    Empty: it is not enforced any more, or not yet. With a `service` (its code) it is said of that
    one, in the place of what is said of all.
    """

    rule: OfficeRule
    service: str = ""
    begins: Annotated[str, AfterValidator(_a_day_or_none)] = ""

    @property
    def about(self) -> str:
        """«training» or «training:no-violation»."""
        return f"{self.rule}:{self.service}" if self.service else self.rule.value

    @property
    def words(self) -> str:
        """«از سه‌شنبه ۱ دی ۱۴۰۵ اجرا می‌شود»."""
        if not self.begins:
            return _NEVER
        return f"از {format_long(parse_jalali(self.begins))} اجرا می‌شود"

    @property
    def faulty(self) -> Faulty:
        """It never begins before it was said; who signs second is one thing for all services."""
        if self.service and self.rule is OfficeRule.COUNTERSIGN:
            return "service", f"«{self.rule.word}» برای همهٔ خدمت‌ها یک‌جا اجرا می‌شود."
        if self.begins and parse_jalali(self.begins) < self.day:
            return "begins", "روز اجرا پیش از روزی است که این داده برقرار می‌شود."
        return SOUND

    def named(self, services: Services) -> str:
        """«اجرای آموزش متصدی», «اجرای آموزش متصدی در گواهی عدم خلاف»."""
        named = f"اجرای {self.rule.word}"
        if not self.service:
            return named
        service = services.get(self.service)
        return f"{named} در {service.title if service else self.service}"

    @classmethod
    def in_place(cls, city: City, services: Services, since: str) -> Iterator[Self]:
        """All rules, enforced or not, and what is said of single services."""
        told = {(rule, ""): city.enforced.get(rule) for rule in OfficeRule} | dict(
            city.enforced_apart
        )
        for (rule, service), begins in told.items():
            day = iso_jalali(begins) if begins else ""
            yield cls(rule=rule, service=service, begins=day, since=since)

    def put(self, city: City) -> City:
        """The city with this rule so enforced."""
        begins = parse_jalali(self.begins) if self.begins else None
        if self.service:
            apart = {**city.enforced_apart, (self.rule, self.service): begins}
            return replace(city, enforced_apart=apart)
        enforced = {rule: day for rule, day in city.enforced.items() if rule is not self.rule}
        if begins:
            enforced[self.rule] = begins
        return replace(city, enforced=enforced)
