"""What is promised of the step in which a case waits: its clock, and what the tick is to tell."""

from __future__ import annotations

from datetime import date

from sqlalchemy import literal_column, select
from sqlalchemy.orm import Session

from desktop.centre.context import Centre
from desktop.centre.projecting import row_of
from desktop.centre.streams import load_case
from desktop.centre.tables import STEP_DUE, CaseRow
from desktop.domain import commands as c
from desktop.domain.case import Case
from desktop.domain.promise import Deadline, clock_of, promise_of


def clock(session: Session, centre: Centre, case: Case, today: date) -> Deadline | None:
    """The clock of the step in which the case waits; None where nothing is promised of it.

    By what was promised on the day on which the step began, and the holidays that are known today.
    """
    stay = case.stay
    if stay is None:
        return None
    promises = centre.reference.city(session, stay.begun).promises
    promise = promise_of(promises, stay.step, case.request.service)
    if promise is None:
        return None
    return clock_of(stay, promise, centre.reference.city(session, today).calendar)


def keep(session: Session, centre: Centre, case: Case, today: date) -> None:
    """Write into the case's row in which step it waits and when something is to be told of it."""
    row, stay = row_of(session, case), case.stay
    told = (stay.step.value, stay.since, stay.until, stay.late_to) if stay else ("", None, None, "")
    if (row.step, row.step_since, row.step_by, row.step_to) == told:
        return
    row.step, row.step_since, row.step_by, row.step_to = told
    runs = clock(session, centre, case, today)
    row.step_due = runs.next_due(stay) if runs is not None and stay is not None else None


def may_be_due(session: Session, today: date) -> list[str]:
    """Cases of whose step there was something to tell by now, when it began."""
    row = CaseRow
    asked = select(row.case_id).where(literal_column(STEP_DUE), row.step_due <= today)
    return list(session.scalars(asked))


def due(session: Session, centre: Centre, case_id: str, today: date) -> c.Escalate | None:
    """What is to be told of the case's step; None where a holiday published since put it off."""
    case = load_case(session, case_id)
    runs = clock(session, centre, case, today) if case is not None else None
    if case is None or case.stay is None or runs is None:
        return None
    day = runs.next_due(case.stay)
    return c.Escalate(case.stay.step) if day is not None and day <= today else None
