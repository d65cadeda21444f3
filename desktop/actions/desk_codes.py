"""A code for a new desk of an office, as the slip that is printed: the code is shown nowhere."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.actions import registry
from desktop.actions.desk import Seat
from desktop.domain.enrol_slip import EnrolSlip
from desktop.domain.office import MUNICIPALITY, OfficeCard
from desktop.domain.people import Role
from desktop.domain.persian import to_persian_digits
from desktop.reports import enrol_slip

TITLE = enrol_slip.TITLE


@dataclass(frozen=True)
class Newcomer:
    """Who begins at the new desk: by name, role and national id, or `again` somebody of the office,
    by id."""

    name: str
    role: Role
    again: str = ""
    national_id: str = ""


def slip(seat: Seat, office: OfficeCard, who: Newcomer) -> bytes:
    """A new code for a machine of the office and its person, as the PDF that bears it.

    Nothing of it is kept here. Raises LineDown, Refusal.
    """
    answer = registry.give_code(
        seat,
        office.own_id,
        who.name,
        who.role,
        device=True,
        again=who.again,
        another=not who.again,
        national_id=who.national_id,
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
            role=who.role.word,
            code=answer.code,
            expires=answer.expires,
            given_by=seat.staff.name,
            given_at=at,
            sample=office.sample,
        )
    )
