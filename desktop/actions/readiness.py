"""Who of which office may do which service by training, and what is missing for a day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from desktop.actions.desk import Desk
from desktop.domain.delegation import Delegation
from desktop.domain.errors import Refusal
from desktop.domain.office import MUNICIPALITY, OfficeCard
from desktop.domain.people import Role, Staff
from desktop.domain.readiness import Known, Matrix, matrix
from desktop.domain.service import Service
from desktop.domain.staffing import StaffTerm
from desktop.domain.stream import Topic
from desktop.domain.training import Readiness, Training, Way, readiness
from desktop.forms import permits
from desktop.forms.published_values import published_value
from desktop.store import people, published
from desktop.store.open import Session
from desktop.wire.publishing import DraftBody

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


@dataclass(frozen=True)
class Person:
    """Who takes requests at an office, with what was recorded of him, by service."""

    staff: str
    role: str
    records: Mapping[str, Training]
    states: Mapping[str, Readiness]


@dataclass(frozen=True)
class OfficePeople:
    """The people of an office today, and the services in force with those handed over to it."""

    card: OfficeCard
    people: tuple[Person, ...]
    services: tuple[Service, ...]
    held: frozenset[str]
    lesson_days: int


def office_people(desk: Desk, office: str) -> OfficePeople:
    """Who works at the office (by its id) and may do what. Raises Refusal before the first sync."""
    with desk.store.reading() as session:
        reference, today = desk.reference, desk.today(session)
        find, city = reference.finding(session), reference.city(session, today)
        services = tuple(reference.services(session, today).values())
        terms = reference.values(session, Topic.STAFF, StaffTerm, today).values()
        own = [t for t in terms if t.office == office and t.role in COUNTER and t.employed(today)]
        people_ = tuple(_person(find, term, services, today, city.lesson_days) for term in own)
        held = {one.code for one in services if permits.delegated(find, office, one.code, today)}
        card = reference.office(session, office, today)
    return OfficePeople(card, people_, services, frozenset(held), city.lesson_days)


def _person(
    find: permits.Find, term: StaffTerm, services: Sequence[Service], day: date, lesson_days: int
) -> Person:
    records = {
        one.code: record
        for one in services
        if (record := permits.training_of(find, term.staff, one.code, day)) is not None
    }
    states = {one.code: readiness(records.get(one.code), one, day, lesson_days) for one in services}
    return Person(term.staff, term.role, records, states)


def paper_records(
    desk: Desk,
    people_: Sequence[str],
    services: Sequence[str],
    *,
    on: date,
    by: str,
    score: str = "",
    scan: str = "",
) -> list[Training]:
    """A paper record of each person (by staff id) for each service, in the version of that day.

    Before the service's first version it is of the first. Raises Refusal for an unknown service.
    """
    with desk.store.reading() as session:
        then = desk.reference.services(session, on)
        now = desk.reference.services(session, desk.today(session))
    versions = {code: then.get(code) or now.get(code) for code in services}
    if any(version is None for version in versions.values()):
        raise Refusal(_NO_SERVICE, field="services")
    return [
        Training(staff, code, version.version, on, by, Way.PAPER, score=score, scan=scan)
        for staff in people_
        for code, version in versions.items()
        if version is not None
    ]


def scans_of(draft: DraftBody) -> tuple[str, ...]:
    """The scans (sha256) that records of training rest on; none of any other draft."""
    if draft.topic is not Topic.TRAINING:
        return ()
    told = (published_value(Training, item.text) for item in draft.items)
    return tuple(dict.fromkeys(one.scan for one in told if one.scan))


_NO_SERVICE = "یکی از خدمت‌های برگزیده دیگر ارائه نمی‌شود؛ صفحه را تازه کنید."
