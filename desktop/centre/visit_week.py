"""The planner's week: each inspector's half-days, and what is booked in which neighbourhood."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.centre import visits
from desktop.centre.context import Centre, day_of
from desktop.centre.moved_visits import demand_planner
from desktop.centre.rearranging import count_to_move
from desktop.centre.streams import load_cases
from desktop.centre.tables import CaseRow, DeviceRow
from desktop.centre.visit_tables import BookingRow
from desktop.centre.whereabouts import neighbourhoods
from desktop.domain.calendar import weekday
from desktop.domain.case import Case
from desktop.domain.city import City
from desktop.domain.rota import Inspector, Place, Rota
from desktop.domain.state import State
from desktop.wire.visit_plan import (
    DayBody,
    HalfBody,
    InspectorBody,
    VisitWeekAnswer,
    VisitWeekAsk,
    away_body,
)


@dataclass
class _Held:
    """What is booked on a half-day, and of it what was reported."""

    booked: int = 0
    done: int = 0
    where: Counter[str] = field(default_factory=Counter)


def week(
    session: Session, centre: Centre, device: DeviceRow, ask: VisitWeekAsk, at: datetime
) -> VisitWeekAnswer:
    """The days asked for, as is known today. Raises Refusal."""
    demand_planner(session, centre, device, ask.actor)
    rota = centre.reference.planned(session, day_of(at))
    days = [ask.first + timedelta(days=number) for number in range(ask.days)]
    city = centre.reference.city(session, day_of(at))
    held, named = _held(session, days[0], days[-1], city), visits.names(session)
    known = {each.staff_id for day in days for each in rota.on(day).inspectors}
    # Also who has no rounds any more, as long as something is booked with him.
    known |= {place.staff_id for place in held}
    inspectors = [
        InspectorBody(
            staff_id=staff_id,
            name=named.get(staff_id, ""),
            districts=sorted(_districts(rota, days[0], staff_id)),
            halves=[
                _half(rota, Place(day, half, staff_id), held) for day in days for half in (1, 2)
            ],
        )
        for staff_id in sorted(known, key=lambda each: (named.get(each, ""), each))
    ]
    return VisitWeekAnswer(
        time=at,
        days=[DayBody(day=day, closed=_closed(rota, day)) for day in days],
        inspectors=inspectors,
        to_move=count_to_move(session, centre, at),
    )


def _held(session: Session, first: date, last: date, city: City) -> dict[Place, _Held]:
    booking = BookingRow
    query = (
        select(
            booking.case_id,
            booking.day,
            booking.half,
            booking.staff_id,
            CaseRow.code,
            CaseRow.state,
        )
        .join(CaseRow, CaseRow.case_id == booking.case_id)
        .where(booking.day >= first, booking.day <= last)
    )
    rows = session.execute(query).all()
    known = neighbourhoods(session, {row.case_id: row.code for row in rows}, city)
    gone_on = [row.case_id for row in rows if row.state != State.BOOKED.value]
    cases = load_cases(session, gone_on) if gone_on else {}
    held: defaultdict[Place, _Held] = defaultdict(_Held)
    for row in rows:
        if row.case_id in cases and not _is_reported(cases[row.case_id], row.day):
            # Missed, withdrawn or amended on its day: nobody is promised it, and nobody went.
            continue
        each = held[Place(row.day, row.half, row.staff_id)]
        each.booked += 1
        each.done += row.case_id in cases
        each.where[known[row.case_id]] += 1
    return held


def _is_reported(case: Case, day: date) -> bool:
    return case.report is not None and case.report.visited_on == day


def _half(rota: Rota, place: Place, held: dict[Place, _Held]) -> HalfBody:
    inspector = _inspector(rota, place.day, place.staff_id)
    works = inspector is not None and inspector.has_rounds(place.day, place.half)
    found = held.get(place, _Held())
    told = inspector.told_away(place.day, place.half) if inspector is not None else None
    return HalfBody(
        day=place.day,
        half=place.half,
        most=inspector.visits if inspector is not None and works else 0,
        booked=found.booked,
        done=found.done,
        away=works and inspector is not None and inspector.is_away(place.day, place.half),
        where=dict(found.where.most_common()),
        absence=away_body(told) if told is not None else None,
    )


def _inspector(rota: Rota, day: date, staff_id: str) -> Inspector | None:
    return next((each for each in rota.on(day).inspectors if each.staff_id == staff_id), None)


def _districts(rota: Rota, day: date, staff_id: str) -> frozenset[int]:
    inspector = _inspector(rota, day, staff_id)
    return inspector.districts if inspector is not None else frozenset()


def _closed(rota: Rota, day: date) -> str:
    calendar = rota.on(day).calendar
    if calendar.is_working(day):
        return ""
    return calendar.holidays.get(day, "") or weekday(day)
