"""Which offices do a service now, the nearest first: of offices, delegations, training, hours.

The citizens' page counts by the same rules (`resources/offices-page/page.js`, `decisions/058`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from desktop.domain.calendar import TEHRAN, OfficeCalendar
from desktop.domain.city_places import Point
from desktop.domain.delegation import Delegation
from desktop.domain.office import OfficeCard, StepFree
from desktop.domain.place import metres

_DAY = timedelta(days=1)


class DaySpan(NamedTuple):
    """From a day to a day, both in it; None is no end."""

    since: date
    until: date | None

    def holds(self, day: date) -> bool:
        """Whether the day lies in it."""
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True)
class FinderOffice:
    """An office as it is looked for: its card, and by service when it answers for it.

    `services` are only those for which somebody there is trained.
    """

    card: OfficeCard
    services: Mapping[str, tuple[DaySpan, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Near:
    """An office that does the service: how far it is, and until when it is open or when it opens.

    `metres` is None where its own place is not known; without `until` it is shut, and without
    `opens` too nobody said when it is open.
    """

    card: OfficeCard
    metres: int | None
    until: datetime | None = None
    opens: datetime | None = None


def terms_of(told: Iterable[Delegation]) -> tuple[DaySpan, ...]:
    """When an office answers for a service, by all that was said of the two, in order of saying.

    What is said for a later day, and what is said later for the same day, stands in its place.
    """
    by_day = {one.since: one for one in sorted(told, key=lambda one: one.since)}
    said = list(by_day.values())
    terms = []
    for at, one in enumerate(said):
        replaced = said[at + 1].since - _DAY if at + 1 < len(said) else None
        ends = [day for day in (one.until, replaced) if day is not None]
        if not one.withdrawn:
            terms.append(DaySpan(one.since, min(ends, default=None)))
    return tuple(terms)


def nearest(
    offices: Iterable[FinderOffice],
    service: str,
    place: Point | None,
    moment: datetime,
    calendar: OfficeCalendar,
    *,
    only_open: bool = False,
    step_free: bool = False,
) -> list[Near]:
    """The offices that do the service, in the order in which a citizen goes to them.

    Those that are open come first, by straight distance, ties by code; then those that open again,
    then those of which nobody said when. One without a place comes after the others of its kind.
    `step_free` leaves out where one does not come in without a step, or nobody said so.
    """
    found = []
    for office in offices:
        card = office.card
        if step_free and card.step_free is not StepFree.YES:
            continue
        terms = office.services.get(service, ())
        told = _open(card, terms, moment, calendar)
        if told is None and not only_open:
            told = _shut(card, terms, moment, calendar)
        if told is None:
            continue
        # Of five thousand offices few do it now: only to those is it measured.
        far = metres(place, (card.latitude, card.longitude)) if place and card.has_place else None
        found.append(Near(card, far, told.until, told.opens))
    return sorted(found, key=_order)


def first_to_open(found: Sequence[Near]) -> Near | None:
    """Of offices that are shut, the one that opens first; of several the nearest."""
    opening = [near for near in found if near.until is None and near.opens is not None]
    return min(opening, key=lambda near: (near.opens, _order(near)), default=None)


class _Times(NamedTuple):
    """Until when the service is done, or when it is done next; None is neither, or not known."""

    until: datetime | None = None
    opens: datetime | None = None


def _open(
    card: OfficeCard, terms: Sequence[DaySpan], moment: datetime, calendar: OfficeCalendar
) -> _Times | None:
    """Until when the service is done there now; None where it is not."""
    today = moment.astimezone(TEHRAN).date()
    if card.hours is None or not _holds(terms, today):
        return None
    until = card.hours.open_until(moment, calendar)
    return None if until is None else _Times(until=min(until, _end(terms, today)))


def _shut(
    card: OfficeCard, terms: Sequence[DaySpan], moment: datetime, calendar: OfficeCalendar
) -> _Times | None:
    """When the service is done there next; None where the office does not answer for it then."""
    if not terms:
        return None
    today = moment.astimezone(TEHRAN).date()
    opens = card.hours.next_opening(moment, calendar) if card.hours is not None else None
    if card.hours is not None and opens is not None and opens.date() == today:
        if _holds(terms, today):
            return _Times(opens=opens)
        # Whoever does it from the next day on is told of at every hour of this one.
        opens = card.hours.next_opening(_last_minute(today), calendar)
    if opens is None:
        return _Times() if _holds(terms, today) else None
    return _Times(opens=opens) if _holds(terms, opens.date()) else None


def _last_minute(day: date) -> datetime:
    return datetime.combine(day, time(23, 59), TEHRAN)


def _holds(terms: Sequence[DaySpan], day: date) -> bool:
    return any(term.holds(day) for term in terms)


def _end(terms: Sequence[DaySpan], day: date) -> datetime:
    """The midnight after the last day of those that follow without a gap, this one on."""
    while (term := next((each for each in terms if each.holds(day)), None)) is not None:
        if term.until is None or term.until == date.max:
            return datetime.max.replace(tzinfo=TEHRAN)
        day = term.until + _DAY
    return datetime.combine(day, time(), TEHRAN)


def _order(near: Near) -> tuple[int, bool, int, str]:
    kind = 0 if near.until is not None else 1 if near.opens is not None else 2
    return kind, near.metres is None, near.metres or 0, near.card.code
