"""A code for a new desk of an office, as the slip that is printed: the code is shown nowhere."""

from __future__ import annotations

from desktop.actions import registry
from desktop.actions.desk import Seat
from desktop.domain.enrol_slip import EnrolSlip
from desktop.domain.office import MUNICIPALITY, OfficeCard
from desktop.domain.people import Role
from desktop.domain.persian import to_persian_digits
from desktop.reports import enrol_slip
from desktop.wire.registry import PersonBody

TITLE = enrol_slip.TITLE


def slip(seat: Seat, office: OfficeCard, who: PersonBody) -> bytes:
    """A new code for a machine of the office and who of its people begins there, as the PDF.

    Nothing of it is kept here. Raises LineDown, Refusal.
    """
    role = Role(who.role)
    answer = registry.give_code(
        seat, office.own_id, who.name, role, device=True, again=who.staff_id
    )
    desk = seat.desk
    with desk.store.reading() as session:
        at = desk.moment(session)
        head = desk.reference.office(session, MUNICIPALITY, desk.today(session)).head
    return enrol_slip.draw(
        EnrolSlip(
            head=head,
            office=to_persian_digits(office.name),
            person=who.name,
            role=role.word,
            code=answer.code,
            expires=answer.expires,
            given_by=seat.staff.name,
            given_at=at,
            sample=office.sample,
        )
    )
