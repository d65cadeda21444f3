"""Who of which office may do which service by training, and what is missing for a day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from desktop.actions.desk import Desk
from desktop.domain.delegation import Delegation
from desktop.domain.office import MUNICIPALITY
from desktop.domain.people import Role, Staff
from desktop.domain.readiness import Known, Matrix, matrix
from desktop.domain.staffing import StaffTerm
from desktop.domain.stream import Topic
from desktop.domain.training import Readiness, Training
from desktop.forms import permits
from desktop.forms.published_values import published_value
from desktop.store import people, published
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


def city_matrix(desk: Desk) -> Matrix:
    """All offices by the services today, as this desk has heard of them."""
    with desk.store.reading() as session:
        reference, today = desk.reference, desk.today(session)
        told = reference.values(session, Topic.DELEGATION, Delegation, today).values()
        held = {(one.office, one.service): one for one in told if one.holds(today)}
        coming = _coming(session, today, held)
        days = {today, *(one.since for one in coming.values())}
        terms = {day: reference.values(session, Topic.STAFF, StaffTerm, day) for day in days}
        records = reference.values(session, Topic.TRAINING, Training, today).values()
        cards = reference.cards(session, today)
        known = Known(
            cards={of: card for of, card in cards.items() if of != MUNICIPALITY},
            terms={
                day: [term for term in each.values() if term.role in COUNTER]
                for day, each in terms.items()
            },
            held=held,
            coming=coming,
            records={(one.staff, one.service): one for one in records},
            services={day: reference.services(session, day) for day in days},
            lesson_days=reference.city(session, today).lesson_days,
        )
    return matrix(known, today)


def _coming(
    session: Session, today: date, held: Mapping[tuple[str, str], Delegation]
) -> dict[tuple[str, str], Delegation]:
    """By office and service the next delegation to begin where none holds today."""
    said: dict[tuple[str, str], dict[date, Delegation]] = {}
    for item in published.all_told(session, Topic.DELEGATION, today):
        one = published_value(Delegation, item.text)
        if one.since > today and (one.office, one.service) not in held:
            # Of one day the last said counts.
            said.setdefault((one.office, one.service), {})[one.since] = one
    found = {key: [one for one in days.values() if not one.withdrawn] for key, days in said.items()}
    return {key: min(each, key=lambda one: one.since) for key, each in found.items() if each}
