"""Messages to citizens are put into the outbox with the facts that they tell of."""

from __future__ import annotations

from typing import cast

from sqlalchemy.orm import Session

from desktop.centre.half_days import halves_on
from desktop.centre.message_tables import CitizenMessageRow
from desktop.domain.case import Case
from desktop.domain.counter import Halves
from desktop.domain.facts import CaseFact
from desktop.domain.message import message_of
from desktop.domain.stream import Fact


def note(session: Session, case: Case, fact: Fact) -> None:
    """Put into the outbox what the citizen is told of the fact, if he is told anything."""
    halves = halves_on(session, case.slot.day) if case.slot is not None else Halves()
    told = message_of(case, cast(CaseFact, fact.payload), halves)
    if told is None:
        return
    session.add(
        CitizenMessageRow(
            message_id=fact.fact_id,
            case_id=case.case_id,
            occasion=told.occasion.value,
            mobile=told.mobile,
            words=told.words,
            made_at=fact.at,
            state="waiting",
            batch=0,
            sent_at=None,
            cause="",
        )
    )
