"""Everybody's term at an office: told when he comes by a code, if two did not sign one before.

Who looks for people of an office, at any desk and on the citizens' page, goes by these terms.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.centre import people
from desktop.centre.context import Centre
from desktop.centre.publication_tables import PublishedRow
from desktop.centre.reference import publication
from desktop.centre.tables import PersonRow
from desktop.domain.office import FIRST_DAY
from desktop.domain.staffing import StaffTerm
from desktop.domain.stream import Topic
from desktop.forms.permits import ready_people, term_of
from desktop.forms.published_values import value_text


def implied(row: PersonRow) -> StaffTerm:
    """The term of somebody of whom none was published: from the first day, without an end."""
    return StaffTerm(row.staff_id, row.office, row.role, FIRST_DAY)


def tell_terms(session: Session, terms: Iterable[StaffTerm], at: datetime) -> int:
    """Publish the terms of those of whom none was ever told; how many these were."""
    told = set(session.scalars(select(PublishedRow.key).where(PublishedRow.topic == Topic.STAFF)))
    facts = [
        publication(Topic.STAFF, term.staff, term.since, value_text(term))
        for term in terms
        if term.staff not in told
    ]
    return people.publish(session, facts, at)


def tell_untold(session: Session, at: datetime) -> int:
    """Publish the terms of who came by a code while a program before told of none; how many."""
    came = select(PersonRow).where(PersonRow.key != "").order_by(PersonRow.staff_id)
    return tell_terms(session, map(implied, session.scalars(came)), at)


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
