"""Everybody's term at an office: as it was published, or as it follows from being enrolled."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.centre.context import Centre
from desktop.centre.tables import PersonRow
from desktop.domain.office import FIRST_DAY
from desktop.domain.staffing import StaffTerm
from desktop.forms.permits import ready_people, term_of


def implied(row: PersonRow) -> StaffTerm:
    """The term of somebody of whom none was published: from the first day, without an end."""
    return StaffTerm(row.staff_id, row.office, row.role, FIRST_DAY)


def terms_on(session: Session, centre: Centre, day: date) -> list[StaffTerm]:
    """The terms of all enrolled people that hold on the day, by staff id.

    Who was only put forward has none that follows from anything.
    """
    find = centre.reference.finding(session)
    rows = session.scalars(select(PersonRow).order_by(PersonRow.staff_id))
    told = ((row, term_of(find, row.staff_id, day)) for row in rows)
    return [term or implied(row) for row, term in told if term is not None or row.key]


def ready_on(session: Session, centre: Centre, service: str, day: date) -> dict[str, list[str]]:
    """By office, who may do the service by training, as it is in force on the day."""
    found = centre.reference.services(session, day).get(service)
    if found is None:
        return {}
    city = centre.reference.city(session, day)
    find = centre.reference.finding(session)
    return ready_people(find, terms_on(session, centre, day), found, day, city.lesson_days)
