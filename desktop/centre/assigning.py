"""Which expert has a case: who else takes it, whose cases somebody does for a colleague, and who
signs beside him."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import func, literal_column, select
from sqlalchemy.orm import Session

from desktop.centre.people import admitted, of_office, staff_of
from desktop.centre.tables import HELD_BY_EXPERT, CaseRow, PersonRow
from desktop.centre.ties import tie_of
from desktop.domain import facts as f
from desktop.domain.case import Case
from desktop.domain.errors import Refusal
from desktop.domain.office import MUNICIPALITY
from desktop.domain.people import Role, Staff
from desktop.forms import permits
from desktop.forms.permits import Find

_NO_EXPERT = "چنین کارشناسی سر کار نیست؛ کس دیگری را برگزینید."
_NOT_HIM = "این پرونده به این همکار واگذار نمی‌شود؛ کس دیگری را برگزینید."
_NOBODY = "کارشناس دیگری سر کار نیست؛ ناظر آن را واگذار می‌کند."


def stood_in_for(
    session: Session, find: Find, actor: Staff, day: date, moment: datetime
) -> frozenset[str]:
    """The experts whose cases the person does on the day; of who is no expert nobody's."""
    if actor.role is not Role.EXPERT:
        return frozenset()
    experts = [row.staff_id for row in _experts(session)]
    return permits.cases_stood_in_for(find, experts, actor.staff_id, day, moment)


def at_work(session: Session, find: Find, day: date, moment: datetime) -> list[PersonRow]:
    """The experts who are at work on the day and not stopped at the moment, by name."""
    here = [row for row in _experts(session) if permits.works(find, row.staff_id, day, moment)]
    return sorted(here, key=lambda row: (row.name, row.staff_id))


def _experts(session: Session) -> Iterator[PersonRow]:
    for row in of_office(session, MUNICIPALITY).values():
        if row.role == Role.EXPERT.value:
            yield row


def completed(
    session: Session,
    find: Find,
    case: Case,
    fact: f.Assigned,
    actor: Staff,
    day: date,
    moment: datetime,
) -> f.Assigned:
    """With the name of who has the case, or whom the rule gives it: who has fewest of them.

    Raises Refusal for somebody who is no expert at work or has to do with the case himself.
    """
    if fact.by_rule:
        return _ruled(session, find, case, fact, day, moment)
    if not fact.expert or (fact.expert == actor.staff_id and actor.role is Role.EXPERT):
        # Whoever takes it himself was looked at as the actor.
        return fact
    row = next((row for row in _experts(session) if row.staff_id == fact.expert), None)
    if row is None or not permits.works(find, row.staff_id, day, moment):
        raise Refusal(_NO_EXPERT, field="expert")
    if tie_of(session, case, staff_of(row)) is not None:
        # What he has to do with it is not told to others.
        raise Refusal(_NOT_HIM, field="expert")
    return replace(fact, name=row.name)


def _ruled(
    session: Session, find: Find, case: Case, fact: f.Assigned, day: date, moment: datetime
) -> f.Assigned:
    free = [
        row
        for row in at_work(session, find, day, moment)
        if tie_of(session, case, staff_of(row)) is None
    ]
    if not free:
        raise Refusal(_NOBODY, field="expert")
    held = counts(session)
    row = min(free, key=lambda each: (held.get(each.staff_id, 0), each.name, each.staff_id))
    return replace(fact, expert=row.staff_id, name=row.name)


def signs_beside(session: Session, find: Find, actor: Staff, day: date) -> Role:
    """In which role somebody signs what that person proposes on the day."""
    rows = admitted(session, of_office(session, MUNICIPALITY).values())
    return permits.signs_beside(find, map(staff_of, rows), actor, day)


def counts(session: Session) -> dict[str, int]:
    """How many cases each expert has, by staff id."""
    asked = (
        select(CaseRow.expert, func.count())
        .where(literal_column(HELD_BY_EXPERT))
        .group_by(CaseRow.expert)
    )
    return {expert: count for expert, count in session.execute(asked)}
