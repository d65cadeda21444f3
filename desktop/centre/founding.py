"""What already works when delegation and training come: dated by an act, so that it goes on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.centre import people
from desktop.centre.context import Centre, day_of
from desktop.centre.offices import all_offices
from desktop.centre.publication_tables import PublishedRow
from desktop.centre.reference import publication
from desktop.centre.staff_terms import implied
from desktop.centre.tables import PersonRow
from desktop.domain.act import Act
from desktop.domain.delegation import Delegation
from desktop.domain.errors import Refusal
from desktop.domain.office import MUNICIPALITY
from desktop.domain.people import Role
from desktop.domain.service import Service
from desktop.domain.stream import Published, Topic
from desktop.domain.training import Training, Way
from desktop.forms.published_values import value_text

_COUNTER = (Role.CLERK.value, Role.MANAGER.value)


@dataclass(frozen=True)
class FoundedBy:
    """How many delegations, terms and records of training an act has founded."""

    delegations: int
    terms: int
    trainings: int


def found(session: Session, centre: Centre, act: Act, at: datetime) -> FoundedBy:
    """By the act, each office has each service of today since its first day, its people their terms
    there, and its counter's people their training on paper.

    Of what something was ever said nothing is said here: founded twice it is founded once. Raises
    Refusal for an act without number, day or body.
    """
    for words in act.faults(day_of(at), scanned=False):
        raise Refusal(words, field="act")
    services = list(centre.reference.services(session, day_of(at)).values())
    first = {
        office_id: office.cards[0][0]
        for office_id, office in all_offices(session).items()
        if office_id != MUNICIPALITY
    }
    # Who was only put forward does not work yet.
    here = select(PersonRow).where(PersonRow.key != "")
    rows = list(session.scalars(here.order_by(PersonRow.staff_id)))
    told = [
        list(_unsaid(session, facts))
        for facts in (
            _delegations(first, services, act),
            _terms(rows, first),
            _trainings(rows, first, services, act),
        )
    ]
    for facts in told:
        people.publish(session, facts, at)
    return FoundedBy(*map(len, told))


def _unsaid(session: Session, facts: Iterator[Published]) -> Iterator[Published]:
    said: dict[str, set[str]] = {}
    for fact in facts:
        if fact.topic not in said:
            keys = select(PublishedRow.key).where(PublishedRow.topic == fact.topic)
            said[fact.topic] = set(session.scalars(keys))
        if fact.key not in said[fact.topic]:
            yield fact


def _delegations(first: dict[str, date], services: list[Service], act: Act) -> Iterator[Published]:
    for office, since in sorted(first.items()):
        for service in services:
            one = Delegation(office, service.code, since, None, act)
            yield publication(Topic.DELEGATION, one.key, since, value_text(one))


def _terms(rows: list[PersonRow], first: dict[str, date]) -> Iterator[Published]:
    for row in rows:
        term = implied(row)
        since = first.get(row.office, term.since)
        yield publication(Topic.STAFF, row.staff_id, since, value_text(term))


def _trainings(
    rows: list[PersonRow], first: dict[str, date], services: list[Service], act: Act
) -> Iterator[Published]:
    for row in rows:
        if row.role not in _COUNTER or row.office not in first:
            continue
        for service in services:
            one = Training(
                row.staff_id, service.code, service.version, act.dated, act.body, Way.PAPER,
                scan=act.scan,
            )  # fmt: skip
            # It counts since they work there, whenever the paper is from.
            yield publication(Topic.TRAINING, one.key, first[row.office], value_text(one))
