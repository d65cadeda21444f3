"""Who of which office may do which service by training, and what is missing for a day."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from itertools import product

from desktop.actions.desk import Desk
from desktop.domain.delegation import Delegation
from desktop.domain.errors import Refusal
from desktop.domain.office import MUNICIPALITY, OfficeCard
from desktop.domain.people import Role, Staff
from desktop.domain.readiness import Known, Matrix, matrix
from desktop.domain.service import Service
from desktop.domain.staffing import StaffTerm
from desktop.domain.stream import Topic
from desktop.domain.training import (
    Readiness,
    Training,
    TrainingWay,
    held_training,
    readiness,
    renewal_words,
)
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
        coming = _coming(reference.delegations(session), today, held)
        days = {today, *(one.since for one in coming.values())}
        terms = {day: reference.values(session, Topic.STAFF, StaffTerm, day) for day in days}
        records = reference.values(session, Topic.TRAINING, Training, today).values()
        cards = reference.cards(session, today)
        find = reference.finding(session)
        known = Known(
            cards={of: card for of, card in cards.items() if of != MUNICIPALITY},
            terms={
                day: [
                    term
                    for term in each.values()
                    if term.role in COUNTER and not permits.kept_away(find, term.staff, day)
                ]
                for day, each in terms.items()
            },
            delegated=held,
            coming=coming,
            records={(one.staff, one.service): one for one in records},
            services={day: reference.services(session, day) for day in days},
            versions=partial(permits.versions_to, find),
            lesson_days=reference.city(session, today).lesson_days,
        )
        return matrix(known, today)


def _coming(
    told: Iterable[Delegation], today: date, held: Collection[tuple[str, str]]
) -> dict[tuple[str, str], Delegation]:
    """By office and service the next of these delegations to begin where none holds today."""
    said: dict[tuple[str, str], dict[date, Delegation]] = {}
    for one in told:
        if one.since > today and (one.office, one.service) not in held:
            # Of one day the last said counts.
            said.setdefault((one.office, one.service), {})[one.since] = one
    found = {key: [one for one in days.values() if not one.withdrawn] for key, days in said.items()}
    return {key: min(each, key=lambda one: one.since) for key, each in found.items() if each}


@dataclass(frozen=True)
class Trainee:
    """Who takes requests at an office, with what was recorded of him, by service.

    `renewals` are «تا ۱۲ آذر» where a lesson must be passed again by then.
    """

    staff: str
    role: str
    records: Mapping[str, Training]
    states: Mapping[str, Readiness]
    renewals: Mapping[str, str]


@dataclass(frozen=True)
class OfficePeople:
    """The people of an office today, and the services in force and to come: those `held` are handed
    over to it, others from the day that `begins` tells."""

    card: OfficeCard
    people: tuple[Trainee, ...]
    services: tuple[Service, ...]
    held: frozenset[str]
    begins: Mapping[str, date]


def office_people(desk: Desk, office: str) -> OfficePeople:
    """Who works at the office (by its id) and may do what. Raises Refusal before the first sync."""
    with desk.store.reading() as session:
        reference, today = desk.reference, desk.today(session)
        find, city = reference.finding(session), reference.city(session, today)
        offered = reference.services(session, today) | reference.services_to_come(session, today)
        services = tuple(offered.values())
        terms = reference.values(session, Topic.STAFF, StaffTerm, today).values()
        own = [t for t in terms if t.office == office and t.role in COUNTER and t.employed(today)]
        people_ = tuple(_person(find, term, services, today, city.lesson_days) for term in own)
        held = {one.code for one in services if permits.delegated(find, office, one.code, today)}
        told = (one for one in reference.delegations(session) if one.office == office)
        coming = _coming(told, today, {(office, code) for code in held})
        begins = {code: one.since for (of, code), one in coming.items() if of == office}
        card = reference.office(session, office, today)
    return OfficePeople(card, people_, services, frozenset(held), begins)


def _person(
    find: permits.Find, term: StaffTerm, services: Sequence[Service], day: date, lesson_days: int
) -> Trainee:
    told = {one.code: permits.held_of(find, term.staff, one, day) for one in services}
    held = {code: one for code, one in told.items() if one is not None}
    return Trainee(
        term.staff,
        term.role,
        records={code: one.training for code, one in held.items()},
        states={code: readiness(one, day, lesson_days) for code, one in told.items()},
        renewals={code: renewal_words(one, lesson_days) for code, one in held.items()},
    )


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

    Before the service's first version it is of the first. Who passed a later version keeps that
    record, and a term to which any was extended goes on. Raises Refusal for an unknown service, and
    where nothing is left to tell.
    """
    told = [Former(staff, code, on, by, score) for staff, code in product(people_, services)]
    found = [with_scan(one, scan) for one in former_records(desk, told) if one is not None]
    if not found:
        raise Refusal(_KNOWN, field="services")
    return found


@dataclass(frozen=True)
class Former:
    """What was told of a person's (by staff id) training for a service: when, and with whom."""

    staff: str
    service: str
    on: date
    by: str
    score: str = ""


def former_records(
    desk: Desk, told: Sequence[Former], *, again: bool = True
) -> list[Training | None]:
    """Of each the paper record, in the version of its day; None where it tells nothing new: who
    passed a later version keeps that record, and without `again` who has this very one.

    Raises Refusal for an unknown service.
    """
    with desk.store.reading() as session:
        reference, today = desk.reference, desk.today(session)
        find = reference.finding(session)
        now = reference.services(session, today) | reference.services_to_come(session, today)
        then = {day: reference.services(session, day) for day in {one.on for one in told}}
        if any(one.service not in now for one in told):
            raise Refusal(_NO_SERVICE, field="services")
        found: list[Training | None] = []
        for one in told:
            service = now[one.service]
            version = then[one.on].get(one.service, service).version
            record: Training | None = Training(
                one.staff, one.service, version, one.on, one.by, TrainingWay.PAPER, score=one.score
            )
            held = permits.held_of(find, one.staff, service, today)
            if held is not None and record is not None:
                known, versions = held.training, permits.versions_to(find, service)
                outlasts = held.outlasts(held_training(record, versions))
                record = None if outlasts else replace(record, until=known.until)
                record = record if again or record != replace(known, scan="") else None
            found.append(record)
    return found


def with_scan(record: Training, scan: str) -> Training:
    """The record with the scan of its paper."""
    return replace(record, scan=scan)


def told_since(desk: Desk, records: Iterable[Training]) -> Mapping[str, date]:
    """By key, of those of which something is told that holds today: from which day."""
    with desk.store.reading() as session:
        held = published.in_force(session, Topic.TRAINING, desk.today(session))
    return {one.key: held[one.key].effective_from for one in records if one.key in held}


def scans_of(draft: DraftBody) -> tuple[str, ...]:
    """The scans (sha256) that records of training rest on; none of any other draft."""
    if draft.topic is not Topic.TRAINING:
        return ()
    told = (published_value(Training, item.text) for item in draft.items)
    return tuple(dict.fromkeys(one.scan for one in told if one.scan))


_KNOWN = "برای اینان آموزش نسخهٔ تازه‌تری ثبت شده است؛ این کارنامه چیزی نمی‌افزاید."
_NO_SERVICE = "یکی از خدمت‌های برگزیده دیگر ارائه نمی‌شود؛ صفحه را تازه کنید."
