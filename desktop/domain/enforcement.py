"""What an office must have to take a request: the service handed over, a trained clerk, no stop."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from desktop.domain.calendar import format_day_month


class OfficeRule(StrEnum):
    """What is enforced from a day that stands in the municipality's data; before it, it warns."""

    DELEGATION = "delegation"
    TRAINING = "training"
    COUNTERSIGN = "countersign"

    @property
    def word(self) -> str:
        """What it is called."""
        return _RULES[self]


_RULES = {
    OfficeRule.DELEGATION: "واگذاری خدمت به دفتر",
    OfficeRule.TRAINING: "آموزش متصدی",
    OfficeRule.COUNTERSIGN: "امضای دوم بر نظر کارشناس",
}


class Bar(StrEnum):
    """Why a request is not taken here; the reason's code, in refusals and in what is counted."""

    NOT_DELEGATED = "not-delegated"
    NOT_TRAINED = "not-trained"
    OFFICE_STOPPED = "office-stopped"
    PERSON_STOPPED = "person-stopped"
    NOT_EMPLOYED = "not-employed"
    OWN_REQUEST = "own-request"
    COLLEAGUES_REQUEST = "colleagues-request"


SENT_ON: Mapping[Bar, str] = {
    Bar.NOT_DELEGATED: "به این دفتر واگذار نشده است",
    Bar.OFFICE_STOPPED: "در این دفتر متوقف است",
    Bar.NOT_TRAINED: "آموزش آن برای شما ثبت نشده است",
}
"""Why a citizen is sent on to another office, as a list of services says it; what else holds of the
person at the desk is no reason to."""


@dataclass(frozen=True)
class Barred:
    """One reason in words; `from_day` is the day from which it hinders (None: it does now)."""

    bar: Bar
    words: str
    from_day: date | None = None

    @property
    def wants_lessons(self) -> bool:
        """Whether who passes the service's lessons does away with it."""
        return self.bar is Bar.NOT_TRAINED

    def hinders(self, day: date) -> bool:
        """Whether it hinders on the day; before it only warns."""
        return self.from_day is None or self.from_day <= day

    def sends_on(self, day: date) -> bool:
        """Whether a citizen who comes on the day is sent to another office."""
        return self.bar in SENT_ON and self.hinders(day)

    def told(self, day: date) -> str:
        """Its words; while it only warns with the day from which it hinders."""
        if self.from_day is None or self.hinders(day):
            return self.words
        return f"{self.words} از {format_day_month(self.from_day)} پذیرفته نمی‌شود."


@dataclass(frozen=True)
class Entitlement:
    """What holds of an office, a person and a service on the day of a request.

    `enforced` are the days from which rules are, by rule; a rule that is none there neither hinders
    nor warns. `stopped_office` and `stopped_person` say since when and why, empty where nobody is;
    `letters_kept` that the office does nothing with its letters meanwhile.
    """

    service: str = ""
    delegated: bool = True
    trained: bool = True
    enforced: Mapping[OfficeRule, date] = field(default_factory=dict)
    stopped_office: str = ""
    stopped_person: str = ""
    letters_kept: bool = False
    employed: bool = True

    def barred_request(self) -> tuple[Barred, ...]:
        """Why a new request of the service is not taken, or soon will not be."""
        found = list(self.barred_person())
        if self.stopped_office:
            words = f"خدمات شهرداری در این دفتر متوقف است، {self.stopped_office}."
            found.append(Barred(Bar.OFFICE_STOPPED, words))
        if not self.delegated and OfficeRule.DELEGATION in self.enforced:
            words = f"«{self.service}» به این دفتر واگذار نشده است."
            found.append(Barred(Bar.NOT_DELEGATED, words, self.enforced[OfficeRule.DELEGATION]))
        if not self.trained and OfficeRule.TRAINING in self.enforced:
            words = f"آموزش «{self.service}» برای شما ثبت نشده است."
            found.append(Barred(Bar.NOT_TRAINED, words, self.enforced[OfficeRule.TRAINING]))
        return tuple(found)

    def barred_letters(self) -> tuple[Barred, ...]:
        """Why the office does nothing with a letter: neither stamp, void, print nor hand over."""
        if not self.letters_kept:
            return ()
        words = (
            f"خدمات شهرداری در این دفتر متوقف است، {self.stopped_office}. نامه‌های آن را دفتر دیگری"
            " مهر، چاپ، ابطال و تحویل می‌کند."
        )
        return (Barred(Bar.OFFICE_STOPPED, words),)

    def barred_person(self) -> tuple[Barred, ...]:
        """Why the person does nothing at all."""
        if self.stopped_person:
            words = f"کار شما در سامانه متوقف است، {self.stopped_person}."
            return (Barred(Bar.PERSON_STOPPED, words),)
        if not self.employed:
            return (Barred(Bar.NOT_EMPLOYED, "همکاری شما با این دفتر در این روز برقرار نیست."),)
        return ()
