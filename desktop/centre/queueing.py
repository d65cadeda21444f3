"""The municipal desks' queues: which cases wait for whom, scoped by role in this one place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute, Session

from desktop.centre.asking import municipal
from desktop.centre.context import Centre, day_of
from desktop.centre.tables import CaseRow, DeviceRow
from desktop.domain.people import Role
from desktop.domain.persian import fold
from desktop.domain.state import State
from desktop.wire.payloads import QueueAnswer, QueueAsk, QueueRow

_EXPERT = (State.IN_REVIEW.value, State.COMMISSION.value)


@dataclass(frozen=True)
class Scope:
    """Which cases a role's queue holds, and what they stand in the order of."""

    holds: ColumnElement[bool]
    order: tuple[InstrumentedAttribute[Any], ...] = (CaseRow.due_on, CaseRow.case_id)


SCOPES: Mapping[Role, Scope] = {
    Role.EXPERT: Scope(or_(CaseRow.state.in_(_EXPERT), CaseRow.claimed)),
    Role.INSPECTOR: Scope(
        CaseRow.state == State.BOOKED.value,
        (CaseRow.slot_day, CaseRow.slot_half, CaseRow.case_id),
    ),
    Role.SUPERVISOR: Scope(true()),
}
"""Experts see reviews and claimed payments, inspectors booked visits, supervisors all."""


def queue(
    session: Session, centre: Centre, device: DeviceRow, ask: QueueAsk, at: datetime
) -> QueueAnswer:
    """A page of what the asker's role may see, soonest due first; counts over all of it."""
    scope = SCOPES[municipal(session, device, ask.actor)]
    filters = [scope.holds]
    if ask.state:
        filters.append(CaseRow.state == ask.state)
    if ask.service:
        filters.append(CaseRow.service == ask.service)
    if ask.text.strip():
        filters.append(CaseRow.folded.contains(fold(ask.text), autoescape=True))
    query = select(CaseRow).where(*filters)
    total = session.scalar(select(func.count()).select_from(query.subquery())) or 0
    ordered = query.order_by(*scope.order).offset(ask.offset).limit(ask.limit)
    counted = select(CaseRow.state, func.count()).where(scope.holds).group_by(CaseRow.state)
    return QueueAnswer(
        rows=[row_of(row) for row in session.scalars(ordered)],
        total=total,
        counts={state: count for state, count in session.execute(counted)},
    )


def row_of(row: CaseRow) -> QueueRow:
    """The row as it travels."""
    return QueueRow(
        case_id=row.case_id,
        stream=row.stream,
        tracking=row.tracking,
        state=row.state,
        status=row.status,
        outcome=row.outcome,
        service=row.service,
        applicant=row.applicant,
        code=row.code,
        received_at=row.registered_at,
        due_on=row.due_on,
        updated_at=row.updated_at,
        slot_day=row.slot_day,
        slot_half=row.slot_half,
        recall=row.recall,
        claimed=row.claimed,
        doubted=row.doubted,
    )


def overdue(day: datetime) -> ColumnElement[bool]:
    """Cases past their promised day that have not ended."""
    done = [State.HANDED_OVER.value, State.WITHDRAWN.value]
    return (CaseRow.due_on < day_of(day)) & CaseRow.state.not_in(done)
