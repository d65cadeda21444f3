"""Whether the letters of a case were released by who is said to have: by keys kept here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.facts import LetterIssued, LetterReleased
from desktop.domain.stream import Fact
from desktop.sql import memo
from desktop.store import meta
from desktop.store.tables import ReleaseKeyRow
from desktop.wire.letters import is_released

_FIRST = 1


def keys_of(session: Session, staff_id: str) -> frozenset[str]:
    """The public halves of all keys for releases that the home stream told of a person.

    Of one who was enrolled by an earlier program, without such a key, an empty one.
    """

    def ask() -> frozenset[str]:
        of = select(ReleaseKeyRow.key).where(ReleaseKeyRow.staff_id == staff_id)
        return frozenset(session.scalars(of))

    return memo.once(session, (ReleaseKeyRow.__tablename__, staff_id), ask)


def unproven(session: Session, facts: Iterable[Fact]) -> Iterator[Fact]:
    """Those of a case's facts that tell of a release which no kept key of the person signed.

    Such a letter is neither shown as released nor printed (DESIGN.md §5, "Checking a letter").
    """
    numbers: dict[str, str] = {}
    for fact in facts:
        told = fact.payload
        if isinstance(told, LetterIssued):
            numbers[told.letter.letter_id] = told.letter.number
        elif isinstance(told, LetterReleased):
            number = numbers.get(told.letter_id, "")
            if not _is_own(session, fact.actor, told, number):
                yield fact


def _is_own(session: Session, person: str, told: LetterReleased, number: str) -> bool:
    if told.key not in keys_of(session, person):
        return False
    if not told.key:
        # By who has no key to sign with nothing is signed.
        return not told.signature
    centre = meta.get(session).identity.centre
    said = (centre, number, told.layout, _FIRST, told.sha256)
    return is_released(told.key, told.signature, *said)
