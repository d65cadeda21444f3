"""Who visits which district when: each inspector's half-days, less the days when he is away."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import count, islice
from typing import NamedTuple

from desktop.domain.calendar import WEEKDAYS, OfficeCalendar, weekday
from desktop.domain.request import Slot

HORIZON_DAYS = 60
"""So many working days ahead places are given."""


class HalfDay(NamedTuple):
    """A half (1 or 2) of a day of the week, by its number in `WEEKDAYS`."""

    weekday: int
    half: int


class Place(NamedTuple):
    """An inspector's half-day. Places are locked in their own order."""

    day: date
    half: int
    staff_id: str


class Absence(NamedTuple):
    """Days, both ends in, on which an inspector does not work; of a `half` only that one.

    `told` says that it was published as an absence (`Away`), not with his rounds or his term.
    """

    first: date
    last: date
    half: int = 0
    told: bool = False


@dataclass(frozen=True)
class Away:
    """An absence as it is published: whose. Said again with `withdrawn` it never was."""

    staff: str
    first: date
    last: date
    half: int = 0
    withdrawn: bool = False

    @property
    def key(self) -> str:
        """Under which key it is published: all that tells it from another one of his.

        Programs before went by its first day alone; what they said stands under that key.
        """
        return f"{self.staff}:{self.first.isoformat()}:{self.last.isoformat()}:{self.half}"

    def changed(self, absences: Sequence[Absence]) -> tuple[Absence, ...]:
        """The inspector's absences with this one among them, or, where it is withdrawn, not."""
        others = tuple(each for each in absences if each != self.absence)
        return others if self.withdrawn else (*others, self.absence)

    @property
    def absence(self) -> Absence:
        """The absence, without whose it is."""
        return Absence(self.first, self.last, self.half, told=True)

    def faults(self, today: date) -> Iterator[str]:
        """What is wrong with it on that day."""
        if self.last < self.first:
            yield "پایان غیبت پیش از آغاز آن است."
        elif self.last < today:
            yield "این روزها گذشته است."
        if self.half not in (0, 1, 2):
            yield "غیبت همهٔ روز، نیمهٔ نخست یا نیمهٔ دوم آن است."
        elif self.half and self.first != self.last:
            yield "غیبت نیم‌روز تنها برای یک روز است."


@dataclass(frozen=True)
class Inspector:
    """Where and when an inspector goes, and how many visits he makes in a half-day, wherever."""

    staff_id: str
    districts: frozenset[int]
    half_days: frozenset[HalfDay]
    visits: int
    away: tuple[Absence, ...] = ()

    def works(self, day: date, half: int) -> bool:
        """Whether he works then, holidays aside."""
        return self.has_rounds(day, half) and not self.is_away(day, half)

    def has_rounds(self, day: date, half: int) -> bool:
        """Whether his rounds have that half of the day of the week."""
        return HalfDay(WEEKDAYS.index(weekday(day)), half) in self.half_days

    def told_away(self, day: date, half: int) -> Away | None:
        """The published absence that covers the half-day, if one does."""
        for each in self.away:
            if each.told and each.first <= day <= each.last and each.half in (0, half):
                return Away(self.staff_id, each.first, each.last, each.half)
        return None

    def is_away(self, day: date, half: int) -> bool:
        """Whether he is absent then."""
        return any(away.first <= day <= away.last and away.half in (0, half) for away in self.away)


@dataclass(frozen=True)
class Rota:
    """All inspectors, in the order of their ids, and the days on which they work.

    `later` is what was published for days to come: from which day it is which rota.
    """

    inspectors: tuple[Inspector, ...]
    calendar: OfficeCalendar
    later: tuple[tuple[date, Rota], ...] = ()

    def on(self, day: date) -> Rota:
        """The rota of the day."""
        return next((rota for since, rota in reversed(self.later) if since <= day), self)

    def with_away(self, away: Away) -> Rota:
        """As it would be with that absence too, or, where it is withdrawn, without it."""
        return replace(
            self,
            inspectors=tuple(
                replace(each, away=away.changed(each.away)) if each.staff_id == away.staff else each
                for each in self.inspectors
            ),
            later=tuple((since, rota.with_away(away)) for since, rota in self.later),
        )

    def without(self, staff_ids: Collection[str]) -> Rota:
        """As it is for a visit that these do not make."""
        return replace(
            self,
            inspectors=tuple(each for each in self.inspectors if each.staff_id not in staff_ids),
            later=tuple((since, rota.without(staff_ids)) for since, rota in self.later),
        )

    @property
    def known(self) -> bool:
        """Whether any inspector's rounds were published."""
        return bool(self.inspectors) or any(rota.inspectors for _, rota in self.later)

    def goes_to(self, district: int) -> bool:
        """Whether anybody goes to the district at all."""
        return any(rota.sends_to(district) for rota in (self, *(rota for _, rota in self.later)))

    def sends_to(self, district: int) -> bool:
        """Whether anybody's rounds of this very day have the district, on any half-day."""
        return any(district in each.districts and each.half_days for each in self.inspectors)

    def with_rounds(self, rounds: Inspector, since: date) -> Rota:
        """As it would be with an inspector's rounds from a day to come on, until the day from which
        others of his hold already."""
        begun = self.on(since)
        known, later = begun.rounds_of(rounds.staff_id), [(since, begun._put(rounds))]
        holds = True
        for day, rota in self.later:
            if day > since:
                holds = holds and rota.rounds_of(rounds.staff_id) == known
                later.append((day, rota._put(rounds) if holds else rota))
        earlier = [(day, rota) for day, rota in self.later if day < since]
        return replace(self, later=(*earlier, *later))

    def rounds_of(self, staff_id: str) -> Inspector | None:
        """An inspector's rounds of this very day, his absences aside."""
        found = (each for each in self.inspectors if each.staff_id == staff_id)
        return next((replace(each, away=()) for each in found), None)

    def _put(self, rounds: Inspector) -> Rota:
        """This day's rota with these rounds in the place of his own; who is away stays away."""
        own = {each.staff_id: each for each in self.inspectors}
        held = own.get(rounds.staff_id, rounds)
        own[rounds.staff_id] = replace(rounds, away=held.away)
        return replace(self, inspectors=tuple(own[key] for key in sorted(own)), later=())

    def going(self, slot: Slot) -> Sequence[Inspector]:
        """Who goes to the slot's district then; nobody on a holiday."""
        rota = self.on(slot.day)
        if not rota.calendar.is_working(slot.day):
            return ()
        here = (each for each in rota.inspectors if slot.district in each.districts)
        return [each for each in here if each.works(slot.day, slot.half)]

    def left(self, slot: Slot, taken: Mapping[Place, int]) -> Counter[Place]:
        """Whoever goes there then and has places left, and how many."""
        places = {Place(slot.day, slot.half, x.staff_id): x.visits for x in self.going(slot)}
        return +Counter({place: most - taken.get(place, 0) for place, most in places.items()})

    def working_days(self, after: date) -> Iterator[date]:
        """The working days after the given day, the soonest first, up to the horizon."""
        days = (after + timedelta(days=number) for number in count(1))
        return islice((day for day in days if self.on(day).calendar.is_working(day)), HORIZON_DAYS)

    def ahead(self, district: int, today: date) -> Iterator[Slot]:
        """The half-days of the working days after today."""
        for day in self.working_days(today):
            yield Slot(day, 1, district)
            yield Slot(day, 2, district)


def least_burdened(left: Mapping[Place, int], taken: Mapping[Place, int]) -> Place:
    """Of those with places left, with whom the fewest visits are booked."""
    return min(left, key=lambda place: (taken.get(place, 0), place))
