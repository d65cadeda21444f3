"""واگذاری خدمت: which service an office answers for, from a day to a day, by which act."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from desktop.domain.act import Act
from desktop.domain.calendar import format_day_month
from desktop.domain.heir import OWN_HEIR
from desktop.domain.office import FIRST_DAY

ENDING = timedelta(days=30)
"""So long before its last day a delegation is told to be ending."""


class DelegationState(StrEnum):
    """How a delegation stands on a day."""

    COMING = "coming"
    IN_FORCE = "in-force"
    ENDING = "ending"
    ENDED = "ended"
    WITHDRAWN = "withdrawn"

    @property
    def word(self) -> str:
        """The word on screen and paper."""
        return _STATES[self]


@dataclass(frozen=True)
class Delegation:
    """A service handed over to an office (by its id) from a day on; `until` is the last day.

    What is said of the same office and service for a later day stands in its place from then on:
    `replaces` says that this is meant where the one before goes on. One that is `withdrawn` ends
    what was handed over, from `since` on, by its own act. Cases that are open at the end are
    finished by the office itself, or go to the one that `heir` names. For what had ended before,
    whose last day was `until`, an end names the `heir` alone.
    """

    office: str
    service: str
    since: date
    until: date | None
    act: Act
    withdrawn: bool = False
    heir: str = ""
    replaces: bool = False

    @property
    def key(self) -> str:
        """Under which key it is published."""
        return delegation_key(self.office, self.service)

    def holds(self, day: date) -> bool:
        """Whether the office answers for the service on the day by this very delegation."""
        within = self.since <= day and (self.until is None or day <= self.until)
        return within and not self.withdrawn

    @property
    def over(self) -> date | None:
        """From which day on the office does not answer for the service; None where it goes on."""
        if self.withdrawn:
            return self.since
        return self.until + timedelta(days=1) if self.until is not None else None

    def state(self, day: date) -> DelegationState:
        """How it stands on the day, while nothing later took its place."""
        if self.withdrawn:
            return DelegationState.WITHDRAWN
        if day < self.since:
            return DelegationState.COMING
        if self.until is None or day + ENDING < self.until:
            return DelegationState.IN_FORCE
        return DelegationState.ENDING if day <= self.until else DelegationState.ENDED

    def words(self, day: date) -> str:
        """Its state in words: «از ۱۴ آذر» before it began."""
        state = self.state(day)
        if state is DelegationState.COMING:
            return f"از {format_day_month(self.since)}"
        return state.word

    def faults(self) -> Iterator[str]:
        """What is wrong with it by itself."""
        if self.until is not None and self.until < self.since and not self.withdrawn:
            yield "«تا روز» پیش از «از روز» است."
        if self.since < FIRST_DAY:
            yield "پیش از ۲۰ دی ۱۴۰۴ خدمتی به دفترها واگذار نشده است."
        if self.heir == self.office:
            yield OWN_HEIR


_STATES = {
    DelegationState.COMING: "هنوز آغاز نشده",
    DelegationState.IN_FORCE: "در جریان",
    DelegationState.ENDING: "رو به پایان",
    DelegationState.ENDED: "پایان یافت",
    DelegationState.WITHDRAWN: "پس گرفته شد",
}


def delegation_key(office: str, service: str) -> str:
    """The key of what is said of an office and a service: 32 hex digits, as both can be long."""
    return hashlib.sha256(f"{office}:{service}".encode()).hexdigest()[:32]
