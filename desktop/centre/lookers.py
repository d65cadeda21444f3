"""Who looks at answers again, and at which this person never does."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.centre.people import admitted, ids_of
from desktop.centre.records import in_force
from desktop.centre.records.lookup import find
from desktop.centre.tables import PersonRow
from desktop.domain.case import Case
from desktop.domain.identifiers import renewal_code
from desktop.domain.people import Staff
from desktop.domain.second_look import Looker


def looker_of(session: Session, actor: Staff) -> Looker:
    """The person by all ids and offices that the same national id is known by."""
    if not actor.national_id:
        return Looker.alone(actor)
    ids = ids_of(session, actor)
    accounts = select(PersonRow).where(PersonRow.staff_id.in_(sorted(ids)))
    known = admitted(session, session.scalars(accounts))
    offices = frozenset(row.office for row in known) - {actor.office}
    return Looker(ids, offices, actor.national_id)


def owners_of(session: Session, case: Case) -> frozenset[str]:
    """The ids of who owns the property by the records of now; none where there is none."""
    code = case.decision.code if case.decision is not None else ""
    if not code or in_force.number(session) is None:
        return frozenset()
    record = find(session, renewal_code(code), None).record
    return frozenset(owner.person_id for owner in record.owners) if record else frozenset()
