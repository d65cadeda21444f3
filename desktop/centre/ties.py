"""What a person of the municipality has to do with a case: by applicant, owners and offices."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from functools import cache

from sqlalchemy.orm import Session

from desktop.centre.people import admitted, of_office, staff_of
from desktop.centre.records.lookup import find
from desktop.domain.case import Case
from desktop.domain.errors import Refusal
from desktop.domain.identifiers import renewal_code
from desktop.domain.office import MUNICIPALITY
from desktop.domain.people import Role, Staff
from desktop.domain.state import State
from desktop.domain.stream import office_of
from desktop.domain.ties import Tie


def tie_of(session: Session, case: Case, staff: Staff) -> Tie | None:
    """What keeps the person from deciding the case; None for nothing, or where nobody told who the
    person is. Everything goes by the national id: one may have an account at an office as well."""
    return _ties(session, case, [staff]).get(staff.staff_id)


def tied_inspectors(session: Session, case: Case) -> frozenset[str]:
    """By staff id, the inspectors whose word on the case would not be taken."""
    rows = of_office(session, MUNICIPALITY).values()
    inspectors = (staff_of(row) for row in rows if row.role == Role.INSPECTOR.value)
    return frozenset(_ties(session, case, inspectors))


def _ties(session: Session, case: Case, people: Iterable[Staff]) -> dict[str, Tie]:
    """What each of them who has to do with the case has to do with it, by staff id."""
    owners = cache(lambda: _owners(session, case))
    offices = [office_of(stream) for stream in (case.stream, *case.former)]
    found = {}
    for staff in people:
        own = staff.national_id
        if not own:
            continue
        if own in case.request.party.persons:
            found[staff.staff_id] = Tie.APPLICANT
        elif own in owners():
            found[staff.staff_id] = Tie.OWNER
        elif any(own in _people(session, office) for office in offices):
            found[staff.staff_id] = Tie.OFFICE
        elif case.state is State.RECOMMENDED and own == _national_id(session, case.recommended_by):
            found[staff.staff_id] = Tie.OPINION
    return found


def _owners(session: Session, case: Case) -> set[str]:
    """Who owns the property by the records, and what stands above it."""
    request = case.request
    if not request.code and request.plate is None:
        return set()
    code = renewal_code(request.code) if request.code else None
    # Without records nobody is known to own anything.
    with suppress(Refusal):
        found = find(session, code, request.plate)
        records = (*((found.record,) if found.record else ()), *found.ancestors)
        return {owner.person_id for each in records for owner in each.owners}
    return set()


def _people(session: Session, office: str) -> set[str]:
    rows = admitted(session, of_office(session, office).values())
    return {row.national_id for row in rows if row.national_id}


def _national_id(session: Session, staff_id: str) -> str:
    row = of_office(session, MUNICIPALITY).get(staff_id)
    return row.national_id if row is not None else ""
