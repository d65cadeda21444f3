"""Visits whose inspector fell away or whose day was closed: who goes when instead, fairest first.

Which visits these are is worked out from what is booked and the rota of now (decision 065).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain
from types import MappingProxyType
from typing import NamedTuple

from desktop.domain.request import Slot
from desktop.domain.rota import Place, Rota, least_burdened


class Begins(NamedTuple):
    """Today, and its first half that has not begun yet; 3 where both have."""

    day: date
    half: int


@dataclass(frozen=True)
class Booking:
    """A booked visit: whose place it has, its promised day, how often the city moved it before."""

    case_id: str
    place: Place
    district: int
    due_on: date
    moved: int
    received_at: datetime

    @property
    def slot(self) -> Slot:
        """When and where it is."""
        return Slot(self.place.day, self.place.half, self.district)

    @property
    def turn(self) -> tuple[date, int, datetime, str]:
        """Whose turn comes first: the nearest promised day, who was moved most, who asked first."""
        return self.due_on, -self.moved, self.received_at, self.case_id


@dataclass(frozen=True)
class Shift:
    """Where a visit goes instead; without a `place` it is called off and waits for one."""

    booking: Booking
    place: Place | None

    @property
    def same_time(self) -> bool:
        """Whether only the inspector is another: nobody has to be called."""
        was, now = self.booking.place, self.place
        return now is not None and (now.day, now.half) == (was.day, was.half)

    @property
    def late(self) -> bool:
        """Whether it comes after the promised day, or not at all."""
        return self.place is None or self.place.day > self.booking.due_on


def displaced(bookings: Collection[Booking], rota: Rota, today: date) -> list[Booking]:
    """The visits, today's or later, that could not be booked any more, in their turn.

    Nobody goes there then as they were promised; or he has more than he makes: then those whose
    turn comes last. Of today only the former, as what took place unasked is noted there.
    """
    found = []
    kept: Counter[Place] = Counter()
    for booking in sorted(bookings, key=lambda each: each.turn):
        place = booking.place
        if place.day < today:
            continue
        most = {each.staff_id: each.visits for each in rota.going(booking.slot)}
        full = place.day > today and kept[place] >= most.get(place.staff_id, 0)
        if place.staff_id not in most or full:
            found.append(booking)
        else:
            kept[place] += 1
    return found


def rearranged(
    bookings: Collection[Booking],
    rota: Rota,
    begins: Begins,
    taken: Mapping[Place, int] | None = None,
    tied: Mapping[str, Collection[str]] = MappingProxyType({}),
) -> list[Shift]:
    """Where each displaced visit goes, in their turn.

    `taken` are the places as they are counted, where that is not just what is booked; `tied` tells
    by a case's id who does not make its visit.
    """
    moving = displaced(bookings, rota, begins.day)
    full = Counter(taken if taken is not None else _counted(bookings))
    full.subtract(_counted(moving))
    shifts = []
    for booking in moving:
        place = _place_for(booking, rota.without(tied.get(booking.case_id, ())), begins, full)
        if place is not None:
            full[place] += 1
        shifts.append(Shift(booking, place))
    return shifts


def _counted(bookings: Collection[Booking]) -> Counter[Place]:
    return Counter(each.place for each in bookings)


def _place_for(
    booking: Booking, rota: Rota, begins: Begins, taken: Mapping[Place, int]
) -> Place | None:
    for slot in _preferred(booking, rota, begins):
        if left := rota.left(slot, taken):
            return least_burdened(left, taken)
    return None


def _preferred(booking: Booking, rota: Rota, begins: Begins) -> Iterator[Slot]:
    """His own half-day; later ones up to the promised day; earlier ones, the last first; the rest.

    Only half-days that have not begun.
    """
    own = booking.slot
    ahead = [slot for slot in _all_ahead(booking.district, rota, begins) if slot != own]
    after = [slot for slot in ahead if _at(slot) > _at(own)]
    in_time = [slot for slot in after if slot.day <= booking.due_on]
    before = [slot for slot in ahead if _at(slot) < _at(own) and slot.day <= booking.due_on]
    rest = [slot for slot in ahead if slot.day > booking.due_on]
    at_own = [own] if _at(own) >= begins else []
    return chain(at_own, in_time, reversed(before), rest)


def _all_ahead(district: int, rota: Rota, begins: Begins) -> Sequence[Slot]:
    # On a day off nobody goes, so that today needs no question here.
    of_today = [Slot(begins.day, half, district) for half in range(begins.half, 3)]
    return [*of_today, *rota.ahead(district, begins.day)]


def _at(slot: Slot) -> Begins:
    return Begins(slot.day, slot.half)
