"""Which letters a person has had on screen to their end, on which day: kept at this desk alone."""

from __future__ import annotations

from datetime import date

from sqlalchemy import delete, select
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.orm import Session

from desktop.store.tables import LetterSeenRow


def note(session: Session, case_id: str, letter_id: str, person: str, day: date) -> None:
    """The person saw it to its end on that day; what was seen on days before is forgotten."""
    session.execute(delete(LetterSeenRow).where(LetterSeenRow.day < day))
    values = {"letter_id": letter_id, "person": person, "day": day, "case_id": case_id}
    session.execute(upsert(LetterSeenRow).values(values).on_conflict_do_nothing())


def of(session: Session, person: str, day: date) -> dict[str, str]:
    """The letters that the person saw on that day, each with its case."""
    query = select(LetterSeenRow.letter_id, LetterSeenRow.case_id).where(
        LetterSeenRow.person == person, LetterSeenRow.day == day
    )
    return {letter_id: case_id for letter_id, case_id in session.execute(query)}
