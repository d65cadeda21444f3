"""What is promised of a step in which cases wait, from a day on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Self

from desktop.domain.city import City
from desktop.domain.money import format_number
from desktop.domain.people import Role
from desktop.domain.persian import to_persian_digits
from desktop.domain.promise import ESCALATES_TO, Promise
from desktop.domain.step import Step
from desktop.forms.dated.base import SOUND, Dated, Faulty, Services

MOST_DAYS = 120


class DatedPromise(Dated):
    """Working days of a step, of one service or of all; `listed` is no where none is given."""

    step: Step
    service: str = ""
    days: int
    warn_days: int = 0
    to: Role
    listed: bool = True

    @property
    def faulty(self) -> Faulty:
        """It gives a day at least, warns within them, and tells who has a list to see it in."""
        if not 1 <= self.days <= MOST_DAYS:
            return "days", f"مهلت گام از ۱ تا {format_number(MOST_DAYS)} روز کاری است."
        if self.warn_days < 0:
            return "warn_days", "هشدار پیش از پایان مهلت است؛ عدد آن منفی نیست."
        if self.warn_days >= self.days:
            return "warn_days", "هشدار باید از خود مهلت کوتاه‌تر باشد."
        if self.to not in ESCALATES_TO:
            known = "، ".join(role.word for role in ESCALATES_TO)
            return "to", f"گام دیرمانده به یکی از این‌ها می‌رسد: {known}."
        return SOUND

    @property
    def about(self) -> str:
        """«review» or «review:no-violation»."""
        return f"{self.step}:{self.service}" if self.service else self.step.value

    @property
    def words(self) -> str:
        """«۳ روز کاری، هشدار ۱ روز پیش از پایان، سپس به ناظر شهرداری», or that none is given."""
        if not self.listed:
            return "مهلتی ندارد"
        warns = f"هشدار {self.warn_days} روز پیش از پایان"
        if not self.warn_days:
            warns = "هشدار در روز پایان"
        return to_persian_digits(f"{self.days} روز کاری، {warns}، سپس به {self.to.word}")

    def named(self, services: Services) -> str:
        """«مهلت گام «بررسی کارشناس» در گواهی عدم خلاف»."""
        named = f"مهلت گام «{self.step.word}»"
        if not self.service:
            return named
        service = services.get(self.service)
        return f"{named} در {service.title if service else self.service}"

    @classmethod
    def in_place(cls, city: City, services: Services, since: str) -> Iterator[Self]:
        """All promises."""
        for promise in city.promises:
            yield cls(**vars(promise), since=since)

    def before(self, city: City, services: Services) -> Self:
        """The promise as it is given; one that is not given is on no list."""
        given = super().before(city, services)
        return given or self.model_copy(update={"listed": False})

    def put(self, city: City) -> City:
        """The city with this promise where it stood, or without it."""
        own = Promise(self.step, self.service, self.days, self.warn_days, self.to)
        known = {(each.step, each.service): each for each in city.promises}
        known[self.step, self.service] = own
        if not self.listed:
            del known[self.step, self.service]
        return replace(city, promises=tuple(known.values()))
