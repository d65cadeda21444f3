"""Who of which office may do which service by training, and what is missing for a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from desktop.actions.desk import Desk
from desktop.domain.people import Role, Staff
from desktop.domain.training import Readiness
from desktop.forms import permits
from desktop.store import people
from desktop.store.open import Session

COUNTER = (Role.CLERK, Role.MANAGER)


def lacking(desk: Desk, services: Sequence[str], day: date) -> dict[str, list[Staff]]:
    """By service, who of this desk's office is employed on the day and may not do it then."""
    with desk.store.reading() as session:
        reference = desk.reference
        find, city = reference.finding(session), reference.city(session, day)
        in_force = reference.services(session, day)
        terms = {one.staff_id: permits.term_of(find, one.staff_id, day) for one in _all(session)}
        employed = [
            one
            for one in _all(session)
            if (term := terms[one.staff_id]) is None or term.employed(day)
        ]
        return {
            code: [
                one
                for one in employed
                if permits.trained(find, one.staff_id, in_force[code], day, city.lesson_days)
                is Readiness.NOT
            ]
            for code in services
            if code in in_force
        }


def _all(session: Session) -> list[Staff]:
    return [one for one in people.everybody(session) if one.role in COUNTER]
