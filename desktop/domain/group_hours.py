"""Days of their own of many offices: set for all at once, and which of them has which on a day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from desktop.domain.calendar import OfficeCalendar, format_day_month
from desktop.domain.hours import Hours, Span, SpecialDay
from desktop.domain.office import OfficeCard

MOST_DAYS = 62
"""So many days in a row are set at once: Ramadan, and the days around it."""
_LATER = "از {} مشخصات تازه‌ای برقرار می‌شود"
_SHUT = "در این روزها باز نیست؛ ساعت هفته‌اش را نخست بنویسید"


@dataclass(frozen=True)
class DaysSet:
    """Days in a row, both ends in, that are to have these spans: none and an office is shut, None
    and they are as its week says again.

    Of several days with hours those on which an office is shut stay shut, but where `shut_too`.
    """

    first: date
    last: date
    spans: tuple[Span, ...] | None
    shut_too: bool = False

    def days(self, hours: Hours, calendar: OfficeCalendar) -> list[date]:
        """The days that are meant of an office with these hours."""
        days = [self.first + timedelta(days=n) for n in range((self.last - self.first).days + 1)]
        if not self.spans or len(days) == 1 or self.shut_too:
            return days
        return [day for day in days if hours.on(day, calendar)]

    def of(self, hours: Hours) -> list[SpecialDay]:
        """The days of their own that an office with these hours has among them."""
        return [each for each in hours.special if self.first <= each.day <= self.last]


def special_by_day(
    told: Mapping[str, Mapping[date, OfficeCard]],
) -> dict[date, dict[str, Sequence[Span]]]:
    """By day the spans of the offices (by id) to which the card that holds then gives hours of its
    own; `told` are their cards by the day from which each holds."""
    found: dict[date, dict[str, Sequence[Span]]] = {}
    for office, cards in told.items():
        days = sorted(cards)
        for since, until in zip(days, [*days[1:], date.max], strict=True):
            hours = cards[since].hours
            for each in hours.special if hours is not None else ():
                if since <= each.day < until:
                    found.setdefault(each.day, {})[office] = each.spans
    return found


@dataclass(frozen=True)
class LastCard:
    """The card of an office that was told last, and the day from which it holds."""

    since: date
    card: OfficeCard

    def free(self, today: date) -> date:
        """The first day from which another may hold."""
        return max(today, self.since) + timedelta(days=1)


@dataclass(frozen=True)
class GroupPlan:
    """What becomes of each of the offices, by their ids in the order in which they were given.

    `own` are days that an office has otherwise already; `keeps` leaves them as they are. `hindered`
    tells by office why nothing can be set for it.
    """

    asked: DaysSet
    keeps: bool
    last: Mapping[str, LastCard]
    own: Mapping[str, Sequence[SpecialDay]]
    hindered: Mapping[str, str]

    def hours(self, office: str, calendar: OfficeCalendar) -> Hours:
        """What the office's hours become."""
        hours = self.last[office].card.hours or Hours()
        kept = {each.day for each in self.own.get(office, ())} if self.keeps else set()
        days = self.asked.days(hours if self.keeps else Hours(hours.week), calendar)
        return hours.with_days([day for day in days if day not in kept], self.asked.spans)


def plan(
    last: Mapping[str, LastCard],
    offices: Iterable[str],
    asked: DaysSet,
    today: date,
    *,
    keeps: bool = False,
) -> GroupPlan:
    """What setting these days for the offices comes to; `last` are their cards by id.

    Where days are to be as the week says again, an office's own are those with other hours than
    most of the offices have then.
    """
    chosen = [office for office in offices if office in last]
    there = {office: asked.of(last[office].card.hours or Hours()) for office in chosen}
    usual = asked.spans
    if usual is None:
        counts = Counter(each.spans for days in there.values() for each in days)
        usual = counts.most_common(1)[0][0] if counts else ()
    own = {
        office: others
        for office, days in there.items()
        if (others := [each for each in days if each.spans != usual])
    }
    hindered = {
        office: words for office in chosen if (words := _hindered(last[office], asked, today))
    }
    return GroupPlan(asked, keeps, {office: last[office] for office in chosen}, own, hindered)


def _hindered(known: LastCard, asked: DaysSet, today: date) -> str:
    if asked.first < known.free(today) and known.since > today:
        return _LATER.format(format_day_month(known.since))
    week = (known.card.hours or Hours()).week
    several = asked.last > asked.first and not asked.shut_too
    return _SHUT if asked.spans and several and not any(week) else ""
