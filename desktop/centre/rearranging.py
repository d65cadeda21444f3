"""Visits that lost their inspector or their day are moved in one act (decision 065)."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.centre import moved_visits, people, visits
from desktop.centre.assents import PLANNERS, demand
from desktop.centre.context import Centre, day_of
from desktop.centre.doing import Behind
from desktop.centre.half_days import halves_on
from desktop.centre.moved_visits import demand_planner, shift_body
from desktop.centre.reference import publication
from desktop.centre.streams import load_cases, lock_streams
from desktop.centre.tables import CaseRow, DeviceRow, PersonRow
from desktop.centre.tick import act_for, own_device
from desktop.centre.ties import tied_inspectors
from desktop.centre.whereabouts import booked_visits
from desktop.domain import commands as c
from desktop.domain.errors import Refusal
from desktop.domain.people import Role, Staff
from desktop.domain.rearranging import Begins, Shift, displaced, rearranged
from desktop.domain.request import Slot
from desktop.domain.rota import Away, Rota
from desktop.domain.stream import CITY, Topic
from desktop.forms.published_values import value_text
from desktop.wire.assent import Purpose
from desktop.wire.canon import canon
from desktop.wire.visit_plan import (
    MOST_SHOWN,
    MoveVisitsAsk,
    VisitsToMoveAnswer,
    VisitsToMoveAsk,
)

_NO_INSPECTOR = "چنین مأمور بازدیدی نیست."
_CHANGED = "پس از دیدن فهرست، نوبتی تغییر کرد؛ فهرست تازه شد و چیزی جابه‌جا نشد."
_NOTHING = "بازدیدی برای جابه‌جایی نیست."
_NO_REASON = "علت را بنویسید؛ دفتر آن را به متقاضی می‌گوید."
_HELD = "کار دیگری روی یکی از این پرونده‌ها در مرکز مانده است؛ چیزی جابه‌جا نشد."
_OFF = "cancelled"


@dataclass(frozen=True)
class _Plan:
    rota: Rota
    shifts: Sequence[Shift]
    away: Away | None

    @property
    def digest(self) -> str:
        """Names who is moved where, in which turn, and for which absence."""
        moves = [[s.booking.case_id, _told(s.booking.place), _told(s.place)] for s in self.shifts]
        away = value_text(self.away) if self.away is not None else ""
        return hashlib.sha256(canon([away, moves]).encode()).hexdigest()


def _told(place: tuple[object, ...] | None) -> list[str]:
    return [str(part) for part in place or ()]


def to_move(
    session: Session, centre: Centre, device: DeviceRow, ask: VisitsToMoveAsk, at: datetime
) -> VisitsToMoveAnswer:
    """Which visits must move, and where each would go. Raises Refusal."""
    demand_planner(session, centre, device, ask.actor)
    away = _sound(session, ask.away.value, at) if ask.away is not None else None
    return _answer(session, _plan(session, centre, away, at), at)


def count_to_move(session: Session, centre: Centre, at: datetime) -> int:
    """How many visits must move by now."""
    today = day_of(at)
    rota = centre.reference.planned(session, today)
    return len(displaced(visits.booked_from(session, today), rota, today))


def move(
    session: Session, centre: Centre, device: DeviceRow, ask: MoveVisitsAsk, at: datetime
) -> VisitsToMoveAnswer:
    """Publish the absence and move the visits, in one transaction. Raises Refusal: then nothing."""
    person = demand(session, centre, device, ask.assent, Purpose.MOVE_VISITS, ask.signed, PLANNERS)
    reason = ask.assent.reason.strip()
    if not reason:
        raise Refusal(_NO_REASON, field="reason")
    away = _sound(session, ask.away.value, at) if ask.away is not None else None
    plan = _plan(session, centre, away, at)
    if plan.digest != ask.digest:
        raise Refusal(_CHANGED, field="digest")
    if away is None and not plan.shifts:
        raise Refusal(_NOTHING)
    # What each was, before it changes.
    answer = _answer(session, plan, at)
    own_device(session)
    # From here on nobody publishes, sells a place or moves a visit beside this.
    lock_streams(session, {CITY, *_streams(session, plan)})
    plan = _plan(session, centre, away, at)
    if plan.digest != ask.digest:
        # Somebody withdrew meanwhile, or was given a place.
        raise Refusal(_CHANGED, field="digest")
    if away is not None:
        fact = publication(Topic.ABSENCE, away.key, day_of(at), value_text(away))
        people.tell(session, [fact], person, at)
    _move_all(session, centre, person, plan, reason, at)
    moved_visits.keep(session, plan.shifts, at)
    return answer


def _move_all(
    session: Session, centre: Centre, person: Staff, plan: _Plan, reason: str, at: datetime
) -> None:
    places = {shift.booking.place for shift in plan.shifts}
    visits.lock(session, places | {shift.place for shift in plan.shifts if shift.place})
    # All at once: where one goes another may have been.
    visits.give_back(session, *(shift.booking.case_id for shift in plan.shifts))
    # The rule chooses, not the person: it may be a request of their own.
    actor = replace(person, national_id="")
    for shift in plan.shifts:
        try:
            payload = _command(shift, reason)
            act_for(session, centre, actor, shift.booking.case_id, payload, at)
        except Behind:
            raise Refusal(_HELD) from None


def _command(shift: Shift, reason: str) -> c.Payload:
    place = shift.place
    if place is None:
        return c.MissVisit(_OFF, reason)
    slot = Slot(place.day, place.half, shift.booking.district)
    return c.MoveVisit(slot, reason, place.staff_id)


def _sound(session: Session, away: Away, at: datetime) -> Away:
    for words in away.faults(day_of(at)):
        raise Refusal(words, field="away")
    row = session.get(PersonRow, away.staff)
    if row is None or row.role != Role.INSPECTOR.value:
        raise Refusal(_NO_INSPECTOR, field="staff")
    return away


def _plan(session: Session, centre: Centre, away: Away | None, at: datetime) -> _Plan:
    today = day_of(at)
    rota = centre.reference.rota(session, today)
    if away is not None:
        rota = rota.with_away(away)
    begins = Begins(today, 1 + halves_on(session, today).begun(at))
    bookings = visits.booked_from(session, today)
    moving = [each.case_id for each in displaced(bookings, rota, today)]
    cases = load_cases(session, moving).items()
    tied = {case_id: tied_inspectors(session, case) for case_id, case in cases}
    shifts = rearranged(bookings, rota, begins, visits.counted_from(session, today), tied)
    return _Plan(rota, shifts, away)


def _streams(session: Session, plan: _Plan) -> set[str]:
    ids = sorted(shift.booking.case_id for shift in plan.shifts)
    return set(session.scalars(select(CaseRow.stream).where(CaseRow.case_id.in_(ids))))


def _answer(session: Session, plan: _Plan, at: datetime) -> VisitsToMoveAnswer:
    shown = plan.shifts[:MOST_SHOWN]
    cases = load_cases(session, [shift.booking.case_id for shift in shown])
    where = booked_visits(session, list(cases))
    names = visits.names(session)
    return VisitsToMoveAnswer(
        time=at,
        total=len(plan.shifts),
        shifts=[
            shift_body(shift, case, where[case.case_id].address, names)
            for shift in shown
            for case in [cases[shift.booking.case_id]]
        ],
        digest=plan.digest,
        calls=sum(not shift.same_time for shift in plan.shifts),
        late=sum(shift.late and shift.place is not None for shift in plan.shifts),
        off=sum(shift.place is None for shift in plan.shifts),
    )
