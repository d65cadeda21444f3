"""Within how many working days a step is to be done: what is published, its clock, what is told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar

from desktop.domain.calendar import OfficeCalendar
from desktop.domain.people import Role
from desktop.domain.step import Stay, Step

ESCALATES_TO = (Role.MANAGER, Role.SIGNER, Role.SUPERVISOR)
"""Who can be told of a step that is late: who has a list in which it then stands.

Experts see each other's late reviews in theirs, to whomever they escalate.
"""


@dataclass(frozen=True)
class Promise:
    """A step is done within so many working `days`; so many before the last one it warns.

    After the last one it escalates to a role. It is of one `service`, or of all (empty) that have
    none of their own.
    """

    step: Step
    service: str
    days: int
    warn_days: int
    to: Role


def promise_of(promises: Iterable[Promise], step: Step, service: str) -> Promise | None:
    """What is promised of the step for that service; None where nothing is."""
    known = {each.service: each for each in promises if each.step is step}
    return known.get(service) or known.get("")


@dataclass(frozen=True)
class Deadline:
    """A step of a case warns from `warn_on` on and is late after `until`, told to a role."""

    warn_on: date
    until: date
    to: Role

    def next_due(self, stay: Stay) -> date | None:
        """The day from which there is something to tell; None when all of it was told."""
        if stay.late_to:
            return None
        return self.warn_on if stay.until is None else self.until + timedelta(days=1)


def clock_of(stay: Stay, promise: Promise, calendar: OfficeCalendar) -> Deadline:
    """The clock of a step that began by itself, was stopped and went on; its first day is none."""
    spent = sum(calendar.working_days_between(*span) for span in stay.spent)
    left = max(promise.days - spent, 0)
    return Deadline(
        warn_on=calendar.add_working_days(stay.since, max(left - promise.warn_days, 0)),
        until=calendar.add_working_days(stay.since, left),
        to=promise.to,
    )


@dataclass(frozen=True)
class StepWarned:
    """The promise for the step in which a case waits ends on that day."""

    kind: ClassVar[str] = "step-warned"
    step: Step
    until: date
