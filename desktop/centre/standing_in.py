"""In which roles somebody of the municipality acts today: his own, and as whose deputy."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy.orm import Session

from desktop.centre.context import Centre, day_of
from desktop.centre.people import of_office, staff_of
from desktop.centre.tables import PersonRow
from desktop.domain.people import Role, Staff
from desktop.forms import permits


def in_roles(session: Session, centre: Centre, staff: Staff) -> list[Staff]:
    """The person in each role that he has now, his own first."""
    if not staff.role.is_municipal:
        return [staff]
    others = (staff_of(row) for row in of_office(session, staff.office).values())
    find, moment = centre.reference.finding(session), centre.clock()
    return permits.in_roles(find, others, staff, day_of(moment), moment)


def roles_of(session: Session, centre: Centre, row: PersonRow) -> list[Role]:
    """The roles that the person has now, the own one first."""
    return [each.role for each in in_roles(session, centre, staff_of(row))]


def as_one_of(
    session: Session, centre: Centre, staff: Staff, roles: Collection[Role]
) -> Staff | None:
    """The person in the first of his roles that is one of these; None where none is."""
    found = in_roles(session, centre, staff)
    return next((each for each in found if each.role in roles), None)
