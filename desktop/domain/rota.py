"""Who visits which district when: each inspector's half-days, less the days when he is away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from desktop.domain.calendar import WEEKDAYS, OfficeCalendar, weekday
from desktop.domain.request import Slot


class HalfDay(NamedTuple):
    """A half (1 or 2) of a day of the week, by its number in `WEEKDAYS`."""

    weekday: int
    half: int


class Absence(NamedTuple):
    """Days, both ends in, on which an inspector does not work."""

    first: date
    last: date


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
        at = HalfDay(WEEKDAYS.index(weekday(day)), half)
        absent = any(away.first <= day <= away.last for away in self.away)
        return at in self.half_days and not absent


@dataclass(frozen=True)
class Rota:
    """All inspectors, in the order of their ids."""

    inspectors: tuple[Inspector, ...]
    calendar: OfficeCalendar

    def of_district(self, district: int) -> Sequence[Inspector]:
        """Who goes to the district at all."""
        return [each for each in self.inspectors if district in each.districts]

    def going(self, slot: Slot) -> Sequence[Inspector]:
        """Who goes to the slot's district then; nobody on a holiday."""
        if not self.calendar.is_working(slot.day):
            return ()
        return [each for each in self.of_district(slot.district) if each.works(slot.day, slot.half)]
