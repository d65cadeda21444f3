"""What ships with the program put into force at a centre that never had it: its beginning."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from desktop.centre import people
from desktop.centre.publication_tables import PublishedRow
from desktop.centre.reference import publication
from desktop.domain.calendar import iso_jalali
from desktop.domain.enforcement import OfficeRule
from desktop.domain.office import OfficeCard
from desktop.domain.stream import Published, Topic
from desktop.forms.catalogue import HOLIDAYS_KEY, SERVICES, whole_text
from desktop.forms.dated import DatedRule
from desktop.forms.shipped import figures_text, holidays_text
from desktop.wire.cards import card_text


def shipped(day: date) -> list[Published]:
    """The reference data that ships, to hold from the day: services, figures, holidays."""
    found = [
        publication(Topic.SERVICE, path.stem, day, whole_text(path))
        for path in sorted(SERVICES.glob("*.toml"))
    ]
    found.append(publication(Topic.FIGURES, "city", day, figures_text()))
    found.append(publication(Topic.HOLIDAYS, HOLIDAYS_KEY, day, holidays_text()))
    return found


def two_sign(day: date) -> Published:
    """That from the day on a second person signs what an expert proposes."""
    begins = iso_jalali(day)
    rule = DatedRule(rule=OfficeRule.COUNTERSIGN, begins=begins, since=begins)
    return publication(Topic.ENFORCEMENT, rule.about, day, rule.model_dump_json())


def published_card(card: OfficeCard, day: date) -> Published:
    """The fact that tells all desks of an office, by its id, what its card says from the day on."""
    return publication(Topic.OFFICE, card.own_id, day, card_text(card))


def begin_with(
    session: Session, facts: Iterable[Published], at: datetime
) -> tuple[Sequence[Published], Sequence[Published]]:
    """Publish what the centre never had of its kind and key; (that, what it has otherwise).

    In place of something that holds, it takes two people's word.
    """
    fresh: list[Published] = []
    known: list[Published] = []
    for fact in facts:
        (known if _is_known(session, fact) else fresh).append(fact)
    other = people.unpublished(session, known)
    people.publish(session, fresh, at)
    return fresh, other


def _is_known(session: Session, fact: Published) -> bool:
    own = (PublishedRow.topic == fact.topic, PublishedRow.key == fact.key)
    return bool(session.scalar(select(exists().where(*own))))
