"""What already works when delegation and training come: dated by an act, so that it goes on.

Each office has its letter of it once the municipality's data name who signs such letters.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.centre import people
from desktop.centre.context import CENTRE_ACTOR, Centre, day_of
from desktop.centre.office_letters import letters_told
from desktop.centre.offices import all_offices
from desktop.centre.publication_tables import PublishedRow
from desktop.centre.reference import publication
from desktop.centre.staff_terms import implied
from desktop.centre.tables import PersonRow
from desktop.chance import new_id
from desktop.domain.act import Act
from desktop.domain.delegation import Delegation, delegation_key
from desktop.domain.errors import Refusal
from desktop.domain.office import MUNICIPALITY
from desktop.domain.office_letter import OfficeLetter
from desktop.domain.people import Role
from desktop.domain.service import Service
from desktop.domain.signer import Signed
from desktop.domain.stream import Published, Topic
from desktop.domain.training import Training, TrainingWay
from desktop.forms.permits import delegated
from desktop.forms.published_values import published_value, value_text

_COUNTER = (Role.CLERK.value, Role.MANAGER.value)


@dataclass(frozen=True)
class FoundedBy:
    """How many delegations, terms and records of training an act has founded, and how many letters
    were written of what it founded; None while nobody is named who signs them."""

    delegations: int
    terms: int
    trainings: int
    letters: int | None


def found(session: Session, centre: Centre, act: Act, at: datetime) -> FoundedBy:
    """By the act, each office has each service of today since its first day, its people their terms
    there, and its counter's people their training on paper.

    Of what something was ever said nothing is said here: founded twice it is founded once, and what
    had no letter has it then, if its signer is named meanwhile. Raises
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
    delegations, terms, trainings = map(len, told)
    letters = _write(session, centre, act, list(first), services, at)
    return FoundedBy(delegations, terms, trainings, letters)


def _write(
    session: Session,
    centre: Centre,
    act: Act,
    offices: list[str],
    services: list[Service],
    at: datetime,
) -> int | None:
    """A letter to each office of what it has by the act without one; how many, None with no signer.

    The lock of the stream `city` is had: numbers are taken under it.
    """
    day = day_of(at)
    if Signed.DELEGATION not in centre.reference.city(session, day).signers:
        return None
    find, written = centre.reference.finding(session), _written(session)
    facts = []
    for office in sorted(offices):
        for service in services:
            one = delegated(find, office, service.code, day)
            text = find(Topic.DELEGATION, delegation_key(office, service.code), day)
            if one is None or text is None or one.act != act:
                continue
            fact = publication(Topic.DELEGATION, one.key, one.since, text)
            if (fact.key, fact.version) not in written:
                facts.append(fact)
    told = letters_told(session, centre, facts, named=new_id(), prepared="", second=None, at=at)
    people.tell(session, told, CENTRE_ACTOR, at)
    return len(told)


def _written(session: Session) -> set[tuple[str, str]]:
    """Key and version of each delegation that a letter tells of."""
    query = select(PublishedRow.text).where(PublishedRow.topic == Topic.OFFICE_LETTER)
    letters = (published_value(OfficeLetter, text) for text in session.scalars(query))
    return {(each.key, each.version) for letter in letters for each in letter.services}


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
                row.staff_id, service.code, service.version, act.dated, act.body, TrainingWay.PAPER,
                scan=act.scan,
            )  # fmt: skip
            # It counts since they work there, whenever the paper is from.
            yield publication(Topic.TRAINING, one.key, first[row.office], value_text(one))
