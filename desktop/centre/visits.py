"""Visit slots: half-days of working days, so many visits an inspector, by district."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from itertools import islice

from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from desktop.centre.tables import PersonRow, SlotRow
from desktop.domain.city import City
from desktop.domain.errors import Refusal
from desktop.domain.people import Role
from desktop.domain.request import Slot
from desktop.wire.payloads import SlotBody

_HORIZON_DAYS = 60


def inspectors(session: Session) -> list[PersonRow]:
    """The municipality's inspectors, in a steady order."""
    query = select(PersonRow).where(PersonRow.role == Role.INSPECTOR.value)
    return list(session.scalars(query.order_by(PersonRow.name, PersonRow.staff_id)))


def inspector_of(session: Session, slot: Slot) -> str:
    """The name of who visits the district then; empty when there is no inspector yet."""
    people = inspectors(session)
    return people[slot.district % len(people)].name if people else ""


def capacity(session: Session, city: City) -> int:
    """Visits that a district takes on a half-day."""
    return city.visits_per_half_day * min(1, len(inspectors(session)))


def free(session: Session, district: int, city: City, today: date, count: int) -> list[SlotBody]:
    """The soonest half-days with places left, after today."""
    most = capacity(session, city)
    taken = {
        (row.day, row.half): row.taken
        for row in session.scalars(
            select(SlotRow).where(SlotRow.district == district, SlotRow.day > today)
        )
    }
    slots = (
        SlotBody(
            day=day,
            half=half,
            district=district,
            left=most - taken.get((day, half), 0),
            inspector=inspector_of(session, Slot(day, half, district)),
        )
        for day in islice(city.calendar.working_days(today), _HORIZON_DAYS)
        for half in (1, 2)
        if taken.get((day, half), 0) < most
    )
    return list(islice(slots, count))


def book(session: Session, slot: Slot, city: City) -> None:
    """Take a place. Raises Refusal when the half-day is full."""
    row = _locked(session, slot)
    if row.taken >= capacity(session, city):
        raise Refusal("این نوبت پر شده است؛ نوبت دیگری برگزینید.", field="slot")
    row.taken += 1
    session.flush()


def note(session: Session, slot: Slot) -> None:
    """Count a visit that took place: what happened is no longer a matter of free places."""
    _locked(session, slot).taken += 1
    session.flush()


def give_back(session: Session, slot: Slot) -> None:
    """Give a place back."""
    _locked(session, slot).taken -= 1
    session.flush()


def _locked(session: Session, slot: Slot) -> SlotRow:
    key = {"day": slot.day, "half": slot.half, "district": slot.district}
    query = select(SlotRow).filter_by(**key).with_for_update()
    query = query.execution_options(populate_existing=True)
    held = session.scalars(query).one_or_none()
    if held is not None:
        return held
    # Another office may make the same row at this moment: then it waits here for that one's end.
    with suppress(IntegrityError), session.begin_nested():
        session.execute(insert(SlotRow).values(**key, taken=0))
    return session.scalars(query).one()
