"""Answers that came late: the act that asked for them had waited for the line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.orm import Session

from desktop.domain.facts import Decided
from desktop.store.tables import AnswerToldRow, FactRow, OutboxRow

LATE = timedelta(minutes=5)
"""Who waited so long is no longer at the counter."""
KEPT = timedelta(days=3)


@dataclass(frozen=True)
class LateAnswer:
    """The last late answer of a case: when it was asked for here, when the centre gave it (UTC)."""

    case_id: str
    asked_at: datetime
    answered_at: datetime


def answers(session: Session, now: datetime) -> list[LateAnswer]:
    """Late answers of the last three days to acts of this desk that nobody has told yet.

    The one that waits longest comes first.
    """
    query = (
        select(OutboxRow.case_id, OutboxRow.made_at, FactRow.at, AnswerToldRow.told_at)
        .join(FactRow, FactRow.cause == OutboxRow.command_id)
        .outerjoin(AnswerToldRow, AnswerToldRow.case_id == OutboxRow.case_id)
        .where(FactRow.kind == Decided.kind, FactRow.at >= now - KEPT)
        .order_by(FactRow.at)
    )
    found = {
        case_id: LateAnswer(case_id, made_at, at)
        for case_id, made_at, at, told_at in session.execute(query)
        if at - made_at > LATE and (told_at is None or told_at < at)
    }
    return sorted(found.values(), key=lambda answer: answer.answered_at)


def note_told(session: Session, case_ids: Iterable[str], person: str, at: datetime) -> None:
    """The person has told these citizens."""
    for case_id in case_ids:
        values = {"case_id": case_id, "told_at": at, "person": person}
        statement = upsert(AnswerToldRow).values(values)
        session.execute(
            statement.on_conflict_do_update(index_elements=[AnswerToldRow.case_id], set_=values)
        )


def forget_told(session: Session, case_id: str, person: str) -> None:
    """The person has not told that citizen after all."""
    row = AnswerToldRow
    session.execute(delete(row).where(row.case_id == case_id, row.person == person))
