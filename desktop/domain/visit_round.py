"""In what order an inspector goes through the visits of a day, and how far they lie apart."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from desktop.domain.city_places import Point
from desktop.domain.counter import Halves
from desktop.domain.errors import Refusal
from desktop.domain.place import metres


@dataclass(frozen=True)
class VisitStop:
    """A visit on the way: in which half of the day, where (None where nobody knows), its code."""

    case_id: str
    half: int
    point: Point | None
    code: str = ""


def walking_order(
    stops: Iterable[VisitStop], start: Point | None = None, chosen: Sequence[str] = ()
) -> tuple[VisitStop, ...]:
    """Half-day by half-day, each time the nearest one next; from `start`, if there is one.

    Visits whose ids are `chosen` go first within their half, in that order: what was moved into the
    day since follows them. What has no place comes last, by its code.
    """
    turn = {case_id: at for at, case_id in enumerate(chosen)}
    waiting = list(stops)
    order: list[VisitStop] = []
    at = start
    for half in sorted({stop.half for stop in waiting}):
        left = [stop for stop in waiting if stop.half == half]
        while left:
            told = [stop for stop in left if stop.case_id in turn]
            found = min(told, key=lambda stop: turn[stop.case_id]) if told else _nearest(left, at)
            left.remove(found)
            order.append(found)
            at = found.point or at
    return tuple(order)


def _nearest(stops: Sequence[VisitStop], at: Point | None) -> VisitStop:
    def far(stop: VisitStop) -> tuple[bool, int, bool, str, str]:
        away = metres(at, stop.point) if at is not None and stop.point is not None else 0
        return stop.point is None, away, not stop.code, stop.code, stop.case_id

    return min(stops, key=far)


def ways(order: Sequence[VisitStop], start: Point | None = None) -> tuple[int | None, ...]:
    """How many metres each lies from the place before it; None where either is unknown."""
    found: list[int | None] = []
    before = start
    for stop in order:
        here = stop.point
        found.append(metres(before, here) if before is not None and here is not None else None)
        before = here or before
    return tuple(found)


def shifted(order: Sequence[VisitStop], case_id: str, by: int, halves: Halves) -> tuple[str, ...]:
    """The ids after one visit changed places with the one before it (−1) or after it (1).

    At the end of the day nothing changes. Raises Refusal over the end of a half-day.
    """
    ids = [stop.case_id for stop in order]
    at = ids.index(case_id)
    to = at + by
    if not 0 <= to < len(ids):
        return tuple(ids)
    if order[to].half != order[at].half:
        raise Refusal(f"این بازدید برای {halves[order[at].half].words} است.")
    ids[at], ids[to] = ids[to], ids[at]
    return tuple(ids)
