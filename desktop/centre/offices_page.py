"""What the citizens' page of offices tells, of what the centre has published."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.centre.context import Centre, day_of
from desktop.centre.publication_tables import PublishedRow
from desktop.centre.reference import not_withdrawn
from desktop.domain.delegation import Delegation
from desktop.domain.offices_page import OfficesPage
from desktop.domain.staffing import StaffTerm
from desktop.domain.stop import Stop
from desktop.domain.stream import Topic
from desktop.forms.finder_offices import finder_offices
from desktop.forms.outline import shipped_outline
from desktop.forms.permits import ready_people
from desktop.forms.published_values import published_value
from desktop.wire.cards import read_card

_Value = TypeVar("_Value")


def offices_page(session: Session, centre: Centre, at: datetime) -> OfficesPage:
    """The page of the day, and of the moment as far as stops hold."""
    day, reference = day_of(at), centre.reference
    city, services = reference.city(session, day), reference.services(session, day)
    cards = {
        key: read_card(text.text, key)
        for key, text in reference.holding(session, Topic.OFFICE, day).items()
    }

    def values(topic: Topic, kind: type[_Value]) -> Mapping[str, _Value]:
        held = reference.holding(session, topic, day)
        return {key: published_value(kind, text.text) for key, text in held.items()}

    find, terms = reference.finding(session), values(Topic.STAFF, StaffTerm).values()
    offices = finder_offices(
        {
            code: ready_people(find, terms, service, day, city.lesson_days)
            for code, service in services.items()
        },
        cards,
        _delegations(session),
        {who for who, stop in values(Topic.STOP, Stop).items() if stop.holds(at)},
    )
    return OfficesPage(
        told_on=day,
        offices=tuple(sorted(offices, key=lambda office: office.card.code)),
        services=tuple(sorted(services.values(), key=lambda s: (s.digit or 99, s.code))),
        places=city.places,
        calendar=city.calendar,
        outline=shipped_outline(),
        bounds=city.bounds,
    )


def _delegations(session: Session) -> Iterator[Delegation]:
    """All that was said and not withdrawn, in the order of saying."""
    own = (PublishedRow.topic == Topic.DELEGATION.value, not_withdrawn())
    texts = select(PublishedRow.text).where(*own).order_by(PublishedRow.pos)
    return (published_value(Delegation, text) for text in session.scalars(texts))
