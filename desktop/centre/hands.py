"""In whose hands a person's keys may be: who gives a one-time code may spend it himself.

Keys that a code made are in the hands of who gave it, and in those in which the keys were by which
it was given. Two signatures are two people's where no hand may have given both.
"""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from desktop.centre.people import of_office
from desktop.centre.tables import PersonKeyMadeRow, PersonKeyRow, PersonRow
from desktop.domain.office import MUNICIPALITY
from desktop.domain.people import Staff

_TODAYS = select(PersonKeyMadeRow.staff_id, PersonKeyMadeRow.givers).join(
    PersonKeyRow,
    and_(
        PersonKeyRow.device_id == PersonKeyMadeRow.device_id,
        PersonKeyRow.staff_id == PersonKeyMadeRow.staff_id,
        PersonKeyRow.key == PersonKeyMadeRow.key,
    ),
)


def hands_of(session: Session, staff_id: str, key: str) -> frozenset[str]:
    """Who may have that key of the person's, by staff ids: he himself, and the code's givers."""
    own = (PersonKeyMadeRow.staff_id == staff_id, PersonKeyMadeRow.key == key)
    told = session.scalars(select(PersonKeyMadeRow.givers).where(*own))
    return frozenset({staff_id}.union(*map(str.split, told)))


def is_one_hand(session: Session, first: tuple[str, str], second: tuple[str, str]) -> bool:
    """Whether one person may have given both signatures, each by that staff id and key."""
    hands = hands_of(session, *first)
    return not hands.isdisjoint(_everybody(session, hands_of(session, *second)))


def in_one_hand(session: Session, actor: Staff) -> frozenset[str]:
    """Of the municipality's other people, by id, those whose keys of today one person may have who
    may have the actor's too."""
    own = _everybody(session, hands_of(session, actor.staff_id, actor.key))
    others = of_office(session, MUNICIPALITY).keys() - {actor.staff_id}
    found = {each for each in others if each in own}
    for staff_id, givers in session.execute(_TODAYS.where(PersonKeyMadeRow.staff_id.in_(others))):
        if not own.isdisjoint(givers.split()):
            found.add(staff_id)
    return frozenset(found)


def _everybody(session: Session, hands: Collection[str]) -> set[str]:
    """These people by all their accounts: one is a national id."""
    told = (PersonRow.staff_id.in_(hands), PersonRow.national_id != "")
    same = PersonRow.national_id.in_(select(PersonRow.national_id).where(*told))
    return {*hands, *session.scalars(select(PersonRow.staff_id).where(same))}
