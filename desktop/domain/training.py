"""Who was trained for which service, by a lesson or on paper, and for how long that counts."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from desktop.domain.calendar import format_day_month
from desktop.domain.persian import is_blank
from desktop.domain.service import Service


class TrainingWay(StrEnum):
    """How somebody was trained."""

    LESSON = "lesson"
    PAPER = "paper"

    @property
    def word(self) -> str:
        """The word on screen and paper."""
        return _WAYS[self]


_WAYS = {TrainingWay.LESSON: "درس", TrainingWay.PAPER: "کارنامهٔ کاغذی"}


@dataclass(frozen=True)
class Training:
    """A person (by staff id) passed a service in one version, on a day, with whom.

    `until` is the last day to which the supervisor let it count whatever version is in force;
    `score` is as the lesson's card says it, `scan` the sha256 of a paper record.
    """

    staff: str
    service: str
    version: str
    on: date
    by: str
    way: TrainingWay
    until: date | None = None
    score: str = ""
    scan: str = ""

    @property
    def key(self) -> str:
        """Under which key it is published."""
        return training_key(self.staff, self.service)

    def faults(self, day: date) -> Iterator[str]:
        """What is wrong with it by itself, on the day from which it is to count."""
        if self.on > day:
            yield "تاریخ آموزش پس از روزی است که به حساب می‌آید."
        if is_blank(self.by):
            yield "نام مدرس را بنویسید."


@dataclass(frozen=True)
class HeldTraining:
    """A record as it holds: `replaced` is the first day of the version that came after its own,
    None where its own is in force."""

    training: Training
    replaced: date | None

    def counts_until(self, lesson_days: int) -> date:
        """The last day on which it opens the service."""
        if self.replaced is None:
            return date.max
        # A changed service asks for its lesson again, within a term from its first change: who let
        # that pass is not let in by the next one.
        renewed = self.replaced + timedelta(days=lesson_days)
        return max(self.training.until or date.min, renewed)

    def outlasts(self, other: HeldTraining) -> bool:
        """Whether it is of a later version of the service than the other."""
        return (self.replaced or date.max) > (other.replaced or date.max)


def held_training(training: Training, versions: Iterable[Service]) -> HeldTraining:
    """The record beside its service's versions, the one in force first and each with what it came
    after; of a version that is not among them all that came after the day of the record count."""
    replaced: date | None = None
    for one in versions:
        missed = replaced is None or one.effective > training.on
        if one.version == training.version or not missed:
            break
        replaced = one.effective
    return HeldTraining(training, replaced)


class Readiness(StrEnum):
    """Whether somebody may do a service."""

    READY = "ready"
    RENEW = "renew"
    NOT = "not"


def readiness(held: HeldTraining | None, day: date, lesson_days: int) -> Readiness:
    """Whether who has that record may do its service on the day."""
    if held is None:
        return Readiness.NOT
    until = held.counts_until(lesson_days)
    if day > until:
        return Readiness.NOT
    return Readiness.READY if until == date.max else Readiness.RENEW


def renewal_words(held: HeldTraining, lesson_days: int) -> str:
    """«تا ۱۲ آذر» where the lesson must be passed again by then; empty where not."""
    until = held.counts_until(lesson_days)
    return "" if until == date.max else f"تا {format_day_month(until)}"


def training_key(staff: str, service: str) -> str:
    """The key of what is said of a person and a service: 32 hex digits, as both can be long."""
    return hashlib.sha256(f"{staff}:{service}".encode()).hexdigest()[:32]
