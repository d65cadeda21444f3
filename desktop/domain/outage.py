"""How long an outage lasted for citizens: the time of it in which offices were open (079)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from desktop.domain.calendar import TEHRAN, OfficeCalendar
from desktop.domain.hours import Hours, moment_of


class Stretch(NamedTuple):
    """A time from a moment to another, the latter not in it."""

    since: datetime
    until: datetime


def together(stretches: Iterable[Stretch]) -> list[Stretch]:
    """The same time in stretches that neither overlap nor touch, in their order."""
    found: list[Stretch] = []
    for each in sorted(stretches):
        if found and each.since <= found[-1].until:
            found[-1] = Stretch(found[-1].since, max(found[-1].until, each.until))
        else:
            found.append(each)
    return found


def without(stretches: Iterable[Stretch], others: Iterable[Stretch]) -> list[Stretch]:
    """The time of the stretches that is in none of the others."""
    left = list(stretches)
    for other in others:
        parts = (
            part
            for each in left
            for part in (
                Stretch(each.since, min(each.until, other.since)),
                Stretch(max(each.since, other.until), each.until),
            )
        )
        left = [part for part in parts if part.since < part.until]
    return left


def length(stretches: Iterable[Stretch]) -> timedelta:
    """How long they are, one after the other."""
    return sum((each.until - each.since for each in stretches), timedelta())


def open_in(
    stretches: Iterable[Stretch], offices: Iterable[Hours], calendar: OfficeCalendar
) -> list[Stretch]:
    """The time of the stretches in which one of the offices or more were open."""
    hours = list(offices)
    return together(
        part for each in stretches for one in hours for part in _open(each, one, calendar)
    )


def _open(stretch: Stretch, hours: Hours, calendar: OfficeCalendar) -> Iterator[Stretch]:
    day = stretch.since.astimezone(TEHRAN).date()
    while day <= stretch.until.astimezone(TEHRAN).date():
        for span in hours.on(day, calendar):
            since = max(stretch.since, moment_of(day, span.opens))
            until = min(stretch.until, moment_of(day, span.closes))
            if since < until:
                yield Stretch(since, until)
        day += timedelta(days=1)
