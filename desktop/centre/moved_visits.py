"""The visits that the municipality moved: whose people are to be called, and their new slips (065).

Each is listed until its day, or until somebody else moved or withdrew it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import and_, delete, exists, or_, select, update
from sqlalchemy.orm import Session

from desktop.centre import visits
from desktop.centre.asking import municipal
from desktop.centre.context import Centre, day_of
from desktop.centre.streams import load_cases
from desktop.centre.tables import CaseRow, DeviceRow
from desktop.centre.visit_tables import BookingRow, MovedVisitRow
from desktop.centre.whereabouts import booked_visits
from desktop.domain.case import Case
from desktop.domain.errors import Refusal
from desktop.domain.fees import VISIT_FEE
from desktop.domain.rearranging import Booking, Shift
from desktop.domain.rota import Place
from desktop.domain.state import State
from desktop.domain.stream import office_of
from desktop.wire.visit_plan import (
    MOST_SHOWN,
    MovedBody,
    ShiftBody,
    VisitCalledAnswer,
    VisitCalledAsk,
    VisitsMovedAnswer,
    VisitsMovedAsk,
)

_NO_PLANNER = "جابه‌جایی بازدیدها با برنامه‌ریز بازدید است."
_OVER = "این بازدید پس از آن باز جابه‌جا شد یا برداشته شد؛ فهرست تماس تازه شد."


def demand_planner(session: Session, centre: Centre, device: DeviceRow, actor: str) -> None:
    """Raise Refusal unless it is who plans visits."""
    if not any(role.plans for role in municipal(session, centre, device, actor)):
        raise Refusal(_NO_PLANNER)


def keep(session: Session, shifts: Sequence[Shift], at: datetime) -> None:
    """Keep that these were moved just now; of visits whose day is over, and of those that found
    another place, nothing is kept."""
    row = MovedVisitRow
    cases = [shift.booking.case_id for shift in shifts]
    waits = exists().where(CaseRow.case_id == row.case_id, CaseRow.state == State.VISIT_DUE.value)
    over = or_(row.day < day_of(at), and_(row.day.is_(None), ~waits), row.case_id.in_(cases))
    session.execute(delete(row).where(over))
    for turn, shift in enumerate(shifts):
        was, place = shift.booking.place, shift.place
        session.add(
            MovedVisitRow(
                case_id=shift.booking.case_id,
                moved_at=at,
                turn=turn,
                was_day=was.day,
                was_half=was.half,
                was_staff=was.staff_id,
                day=place.day if place else None,
                half=place.half if place else 0,
                staff_id=place.staff_id if place else "",
                district=shift.booking.district,
            )
        )
    session.flush()


def placed(session: Session, case_id: str) -> None:
    """A visit that was called off found another place: whoever calls is told of it no more."""
    row = MovedVisitRow
    session.execute(delete(row).where(row.case_id == case_id, row.day.is_(None)))


def told(
    session: Session, centre: Centre, device: DeviceRow, ask: VisitsMovedAsk, at: datetime
) -> VisitsMovedAnswer:
    """Which were moved and are as they were moved. Raises Refusal for all but planners."""
    demand_planner(session, centre, device, ask.actor)
    rows = _standing(session, day_of(at))
    shown = rows[ask.offset : ask.offset + MOST_SHOWN]
    cases = load_cases(session, [row.case_id for row in shown])
    where = booked_visits(session, list(cases))
    names = visits.names(session)
    return VisitsMovedAnswer(
        time=at,
        total=len(rows),
        moved=[_moved(row, cases[row.case_id], where[row.case_id].address, names) for row in shown],
    )


def called(
    session: Session, centre: Centre, device: DeviceRow, ask: VisitCalledAsk, at: datetime
) -> VisitCalledAnswer:
    """Note that the people of a moved visit were called, or were not. Raises Refusal where it was
    moved again."""
    demand_planner(session, centre, device, ask.actor)
    row = MovedVisitRow
    found = session.execute(
        update(row)
        .where(row.case_id == ask.case_id, row.moved_at == ask.moved_at)
        .values(called_at=at if ask.called else None, called_by=ask.actor if ask.called else "")
        .returning(row.case_id)
    )
    if found.one_or_none() is None:
        raise Refusal(_OVER, field="case_id")
    return VisitCalledAnswer()


def _standing(session: Session, today: date) -> Sequence[MovedVisitRow]:
    row, booking = MovedVisitRow, BookingRow
    place = and_(booking.day == row.day, booking.half == row.half, booking.staff_id == row.staff_id)
    booked = and_(row.day >= today, CaseRow.state == State.BOOKED.value, place)
    off = and_(row.day.is_(None), CaseRow.state == State.VISIT_DUE.value)
    query = (
        select(row)
        .join(CaseRow, CaseRow.case_id == row.case_id)
        .outerjoin(booking, booking.case_id == row.case_id)
        .where(or_(booked, off))
        .order_by(row.moved_at.desc(), row.turn)
    )
    return session.scalars(query).all()


def _moved(row: MovedVisitRow, case: Case, address: str, names: dict[str, str]) -> MovedBody:
    was = Place(row.was_day, row.was_half, row.was_staff)
    now = Place(row.day, row.half, row.staff_id) if row.day is not None else None
    before = max(0, case.moved_by_city - (now is not None))
    booking = Booking(case.case_id, was, row.district, case.due_on, before, case.received_at)
    request = case.request
    return MovedBody(
        shift=shift_body(Shift(booking, now), case, address, names),
        moved_at=row.moved_at,
        called=row.called_at is not None,
        office=office_of(case.stream),
        code=case.code,
        plate=request.plate.words if request.plate is not None else "",
        applicant=request.applicant,
        large=request.aid is not None,
        district=row.district,
        paid=case.fees_paid.get(VISIT_FEE),
    )


def shift_body(shift: Shift, case: Case, address: str, names: dict[str, str]) -> ShiftBody:
    """A visit that moves as planners are told of it; `names` are the inspectors' by their ids."""
    was, place = shift.booking.place, shift.place
    return ShiftBody(
        case_id=case.case_id,
        tracking=case.request.tracking,
        applicant=case.request.party.name,
        attending=case.attending,
        phone=case.visit_phone,
        address=address,
        service=case.request.service,
        due_on=shift.booking.due_on,
        moved=shift.booking.moved,
        was_day=was.day,
        was_half=was.half,
        was_inspector=names.get(was.staff_id, ""),
        day=place.day if place else None,
        half=place.half if place else 0,
        inspector=names.get(place.staff_id, "") if place else "",
        same_time=shift.same_time,
        late=shift.late,
    )
