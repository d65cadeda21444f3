"""An inspector's own visits of some days, with all that he needs there without a line."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.centre.asking import municipal
from desktop.centre.context import Centre
from desktop.centre.records import in_force
from desktop.centre.records.lookup import of_codes
from desktop.centre.streams import texts_of
from desktop.centre.tables import CaseRow, DeviceRow
from desktop.centre.visit_tables import BookingRow
from desktop.centre.whereabouts import told
from desktop.domain.applying import case_of
from desktop.domain.errors import Refusal
from desktop.domain.people import Role
from desktop.domain.property import PropertyRecord
from desktop.domain.state import State
from desktop.wire.codec import decode_fact
from desktop.wire.visit_day import DayVisitBody, HeldBody, VisitDayAnswer, VisitDayAsk


def day(
    session: Session, centre: Centre, device: DeviceRow, ask: VisitDayAsk, at: datetime
) -> VisitDayAnswer:
    """What is booked with the asker then, and what he has reported or missed. Raises Refusal."""
    if Role.INSPECTOR not in municipal(session, centre, device, ask.actor):
        raise Refusal(f"این کار با {Role.INSPECTOR.word} است.")
    booking = BookingRow
    query = (
        select(booking.case_id, booking.day, booking.half, CaseRow.state)
        .join(CaseRow, CaseRow.case_id == booking.case_id)
        .where(
            booking.day >= ask.first,
            booking.day < ask.first + timedelta(days=ask.days),
            booking.staff_id == ask.actor,
        )
        .order_by(booking.day, booking.half, booking.case_id)
    )
    rows = session.execute(query).all()
    texts = texts_of(session, [row.case_id for row in rows])
    cases = {case_id: case_of(map(decode_fact, own)) for case_id, own in texts.items()}
    where = {case_id: told(case) for case_id, case in cases.items() if case is not None}
    held = _held(session, {each["code"] for each in where.values()} - {""})
    visits = []
    for row in rows:
        known = where[row.case_id]
        record = held.get(known["code"])
        visits.append(
            DayVisitBody(
                case_id=row.case_id,
                day=row.day,
                half=row.half,
                booked=row.state == State.BOOKED.value,
                facts=texts[row.case_id],
                address=(record.address if record is not None else "") or known["address"],
                neighbourhood=record.neighbourhood if record is not None else "",
                latitude=record.latitude if record is not None else "",
                longitude=record.longitude if record is not None else "",
                held=_told(record) if record is not None else None,
            )
        )
    return VisitDayAnswer(
        time=at, first=ask.first, days=ask.days, as_of=in_force.as_of(session), visits=visits
    )


def _held(session: Session, codes: Collection[str]) -> Mapping[str, PropertyRecord]:
    present, as_of = in_force.number(session), in_force.as_of(session)
    if present is None or as_of is None or not codes:
        return {}
    return of_codes(session, codes, present, as_of)


def _told(record: PropertyRecord) -> HeldBody:
    permit = record.last_permit
    return HeldBody(
        plate=record.plate.words if record.plate is not None else "",
        land_by_deed=f"{record.land_by_deed:.2f}",
        land=f"{record.land:.2f}",
        built=f"{record.built:.2f}",
        floors=record.floors,
        units=record.units,
        use=record.use,
        widening=f"{record.widening:.2f}",
        year_built=record.year_built,
        last_visit=record.last_visit,
        permit=permit.number if permit is not None else "",
        permit_issued=permit.issued if permit is not None else None,
        permit_until=permit.expires if permit is not None else None,
        rulings=[(each.violation, f"{each.area:.2f}", each.status) for each in record.files],
    )
