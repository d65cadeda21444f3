"""What holds of an office and its people on a day, by published texts: one way for both ends."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, timedelta

from desktop.domain.act import Act
from desktop.domain.calendar import TEHRAN
from desktop.domain.city import City
from desktop.domain.delegation import Delegation, delegation_key
from desktop.domain.enforcement import Entitlement, OfficeRule
from desktop.domain.heir import Heir
from desktop.domain.people import Role, Staff
from desktop.domain.service import Service
from desktop.domain.staffing import Authority, StaffTerm, authority_key
from desktop.domain.stop import Stop, Stopped
from desktop.domain.stream import Topic
from desktop.domain.training import (
    HeldTraining,
    Readiness,
    Training,
    held_training,
    readiness,
    training_key,
)
from desktop.forms.catalogue import published_service
from desktop.forms.published_values import published_value

Find = Callable[[Topic, str, date], str | None]
"""The text of a topic and key that holds on a day; None where nothing was published."""


def delegated(find: Find, office: str, service: str, day: date) -> Delegation | None:
    """By which delegation the office (by its id) answers for the service on the day."""
    text = find(Topic.DELEGATION, delegation_key(office, service), day)
    told = published_value(Delegation, text) if text else None
    return told if told is not None and told.holds(day) else None


def trained(find: Find, staff: str, service: Service, day: date, lesson_days: int) -> Readiness:
    """Whether the person may do the service, as it is in force on the day."""
    return readiness(held_of(find, staff, service, day), day, lesson_days)


def held_of(find: Find, staff: str, service: Service, day: date) -> HeldTraining | None:
    """The person's last record up to the day, beside the service as it is in force then."""
    training = training_of(find, staff, service.code, day)
    return held_training(training, versions_to(find, service)) if training is not None else None


def versions_to(find: Find, service: Service) -> Iterator[Service]:
    """The service in that version and in each that was in force before it, the newest first."""
    yield service
    text = find(Topic.SERVICE, service.code, service.effective - timedelta(days=1))
    if text is None:
        return
    before = published_service(text, hashlib.sha256(text.encode()).hexdigest()[:12])
    # What ships may name a later day than the one from which it holds.
    if before.effective < service.effective:
        yield from versions_to(find, before)


def training_of(find: Find, staff: str, service: str, day: date) -> Training | None:
    """The person's last record for the service up to the day."""
    text = find(Topic.TRAINING, training_key(staff, service), day)
    return published_value(Training, text) if text else None


def stopped(find: Find, of: Stopped, who: str, moment: datetime) -> Stop | None:
    """The stop that holds for that office, or that person, at the moment."""
    told = told_of(find, of, who, moment.astimezone(TEHRAN).date())
    return told if told is not None and told.holds(moment) else None


def told_of(find: Find, of: Stopped, who: str, day: date) -> Stop | None:
    """What was told last up to the day of a stop of that office, or that person; None of none."""
    text = find(Topic.STOP, who, day)
    told = published_value(Stop, text) if text else None
    return told if told is not None and told.subject is of else None


def stopped_office(find: Find, office: str, moment: datetime) -> Stop | None:
    """The stop that holds for the office, by its id."""
    return stopped(find, Stopped.OFFICE, office, moment)


def stopped_person(find: Find, staff: str, moment: datetime) -> Stop | None:
    """The stop that holds for the person."""
    return stopped(find, Stopped.PERSON, staff, moment)


def kept_away(find: Find, staff: str, day: date) -> bool:
    """Whether the person is stopped for the day, and longer."""
    told = told_of(find, Stopped.PERSON, staff, day)
    return told is not None and told.lasts(day)


def heir_of(find: Find, office: str, service: str, moment: datetime) -> tuple[str, Act] | None:
    """Who finishes the office's open cases of the service (its id), by which act; None: it itself.

    Of an office that is stopped whom a supervisor named since; of a delegation that has ended whom
    it names.
    """
    day = moment.astimezone(TEHRAN).date()
    stop, text = stopped_office(find, office, moment), find(Topic.HEIR, office, day)
    if stop is not None and text:
        heir = published_value(Heir, text)
        if stop.since <= heir.since <= moment:
            return heir.heir, heir.act
    text = find(Topic.DELEGATION, delegation_key(office, service), day)
    told = published_value(Delegation, text) if text else None
    if told is None or not told.heir or told.holds(day):
        return None
    return told.heir, told.act


def hinders_heir(find: Find, heir: str, service: Service, city: City, moment: datetime) -> str:
    """Why the office does not take over open cases of the service now, in words; else empty."""
    day = moment.astimezone(TEHRAN).date()
    if stop := stopped_office(find, heir, moment):
        return f"خدمات شهرداری در آن متوقف است، {stop.words}."
    begun = city.enforced_in(service.code).get(OfficeRule.DELEGATION, date.max) <= day
    if begun and delegated(find, heir, service.code, day) is None:
        return f"«{service.title}» به آن واگذار نشده است."
    return ""


def term_of(find: Find, staff: str, day: date) -> StaffTerm | None:
    """The person's term up to the day, ended or not; None of whom none is told."""
    text = find(Topic.STAFF, staff, day)
    return published_value(StaffTerm, text) if text else None


def authorised(find: Find, staff: str, service: str, day: date) -> bool:
    """Whether the clerk may release the service's letters on the day."""
    text = find(Topic.AUTHORISATION, authority_key(staff, service), day)
    return text is not None and published_value(Authority, text).holds(day)


def employed(find: Find, staff: str, day: date) -> bool:
    """Whether the person belongs to the office on the day, away or not; without a term he does."""
    term = term_of(find, staff, day)
    return term is None or term.employed(day)


def signs_beside(find: Find, people: Iterable[Staff], actor: Staff, day: date) -> Role:
    """Who of the municipality's people signs what that person proposes on the day, away or not: the
    head of the department, and where none is but the person himself, the supervisor."""
    own = actor.national_id
    heads = (
        each
        for each in people
        if each.role is Role.SIGNER
        and each.staff_id != actor.staff_id
        and not (own and each.national_id == own)
    )
    there = any(employed(find, each.staff_id, day) for each in heads)
    return Role.SIGNER if there else Role.SUPERVISOR


def colleagues(find: Find, people: Iterable[Staff], actor: Staff, day: date) -> frozenset[str]:
    """The national ids of those people, but for the actor, who belong to the office on the day."""
    others = (each for each in people if each.staff_id != actor.staff_id)
    return frozenset(
        each.national_id
        for each in others
        if each.national_id and employed(find, each.staff_id, day)
    )


def working(find: Find, people: Iterable[Staff], day: date, moment: datetime) -> int:
    """How many people by these accounts are at work on the day, and not stopped at the moment."""
    here = (each for each in people if works(find, each.staff_id, day, moment))
    return len({each.national_id or each.staff_id for each in here})


def at_work(find: Find, people: Iterable[Staff], day: date, moment: datetime) -> frozenset[str]:
    """The accounts of those who are at work on the day, and not stopped at the moment."""
    ids = (each.staff_id for each in people)
    return frozenset(each for each in ids if works(find, each, day, moment))


def works(find: Find, staff: str, day: date, moment: datetime) -> bool:
    """Whether the person is at work on the day, and not stopped at the moment."""
    term = term_of(find, staff, day)
    return (term is None or term.at_work(day)) and stopped_person(find, staff, moment) is None


def hinders_person(find: Find, staff: str, moment: datetime) -> str:
    """Why the person does nothing at all at the moment, in words: stopped, or whose work has ended;
    empty where nothing hinders him."""
    stop, today = stopped_person(find, staff, moment), moment.astimezone(TEHRAN).date()
    known = Entitlement(
        stopped_person=stop.words if stop else "",
        employed=employed(find, staff, today),
    )
    return next((barred.words for barred in known.barred_person()), "")


def permit(
    find: Find, service: Service, city: City, actor: Staff, day: date, moment: datetime
) -> Entitlement:
    """What holds of the actor and his office for a request of the service that came on the day.

    `moment` is when he acts. Who acts for the centre or at the municipality takes no requests: only
    what holds of the person is asked.
    """
    if actor.role is Role.CENTRE:
        return Entitlement()
    stop, today = stopped_person(find, actor.staff_id, moment), moment.astimezone(TEHRAN).date()
    known = Entitlement(
        service=service.title,
        stopped_person=stop.words if stop else "",
        employed=employed(find, actor.staff_id, today),
    )
    if actor.role.is_municipal:
        return known
    stop = stopped_office(find, actor.office, moment)
    ready = trained(find, actor.staff_id, service, day, city.lesson_days)
    return Entitlement(
        service=service.title,
        delegated=delegated(find, actor.office, service.code, day) is not None,
        trained=ready is not Readiness.NOT,
        enforced=city.enforced_in(service.code),
        stopped_office=stop.words if stop else "",
        stopped_person=known.stopped_person,
        letters_kept=stop is not None and stop.keeps_letters(moment),
        employed=known.employed,
    )


def deputises(find: Find, managers: Iterable[str], staff: str, day: date) -> bool:
    """Whether the person stands in on the day for one of these managers, who is away."""
    return bool(stood_in_for(find, managers, staff, day))


def stood_in_for(find: Find, managers: Iterable[str], staff: str, day: date) -> str:
    """The manager, of these, who is away on the day and for whom the person stands in, by the id;
    empty for none."""
    terms = (term_of(find, manager, day) for manager in managers)
    away = (term for term in terms if term is not None and term.leave_on(day) is not None)
    return next((term.staff for term in away if term.deputy_on(day) == staff), "")


def cases_stood_in_for(
    find: Find, colleagues: Iterable[str], staff: str, day: date, moment: datetime
) -> frozenset[str]:
    """Of these colleagues those whose cases the person does on the day: who is away and named the
    person deputy, and who does not work any more or is stopped, whose cases anybody does."""
    found = set()
    for colleague in colleagues:
        term = term_of(find, colleague, day)
        gone = stopped_person(find, colleague, moment) is not None
        gone = gone or not employed(find, colleague, day)
        away = term is not None and term.leave_on(day) is not None
        if gone or (term is not None and away and term.deputy_on(day) == staff):
            found.add(colleague)
    return frozenset(found - {staff})


def in_roles(
    find: Find, others: Iterable[Staff], staff: Staff, day: date, moment: datetime
) -> list[Staff]:
    """The person in each role that he has at the moment of the day: his own first, then that of
    each of these others who is away and named him deputy.

    Who looks after accounts sees no case, by no deputyship either.
    """
    found = [staff]
    if not staff.role.is_municipal or not staff.role.sees_cases:
        return found
    for other in others:
        term = term_of(find, other.staff_id, day) if other.role.has_deputy else None
        away = term is not None and term.leave_on(day) is not None
        named = away and term is not None and term.deputy_on(day) == staff.staff_id
        has = any(each.role is other.role for each in found)
        if named and not has and works(find, staff.staff_id, day, moment):
            found.append(staff.in_place_of(other))
    return found


def may_close(
    find: Find, managers: Iterable[str], actor: Staff, day: date, moment: datetime
) -> bool:
    """Whether the person closes the office's day: its manager, or who stood in for one that day.

    Nobody does whose work has ended or is stopped at the moment. An office that was stopped closes
    its days all the same.
    """
    today = moment.astimezone(TEHRAN).date()
    gone = not employed(find, actor.staff_id, today)
    if gone or stopped_person(find, actor.staff_id, moment):
        return False
    return actor.role is Role.MANAGER or deputises(find, managers, actor.staff_id, day)


def may_release(find: Find, managers: Iterable[str], staff: str, service: str, day: date) -> bool:
    """Whether somebody who is no manager may release the service's letters on the day: by an
    authority of his own, or for a manager of the office who is away."""
    return authorised(find, staff, service, day) or deputises(find, managers, staff, day)


def ready_people(
    find: Find, terms: Iterable[StaffTerm], service: Service, day: date, lesson_days: int
) -> dict[str, list[str]]:
    """By office, who is employed there on the day, may do the service by training and is not
    stopped."""
    found: dict[str, list[str]] = {}
    for term in terms:
        if term.role not in (Role.CLERK, Role.MANAGER) or not term.employed(day):
            continue
        if kept_away(find, term.staff, day):
            continue
        if trained(find, term.staff, service, day, lesson_days) is not Readiness.NOT:
            found.setdefault(term.office, []).append(term.staff)
    return found
