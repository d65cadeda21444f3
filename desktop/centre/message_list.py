"""Messages to citizens as the unit follows them: what waits for a gateway, what did not arrive."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, exists, func, literal_column, select
from sqlalchemy.orm import Session, aliased

from desktop.centre.asking import municipal
from desktop.centre.context import Centre
from desktop.centre.message_tables import FAILED, UNSENT, CitizenMessageRow
from desktop.centre.tables import CaseRow, DeviceRow
from desktop.domain.errors import Refusal
from desktop.domain.message import Occasion
from desktop.domain.people import Role
from desktop.domain.state import ENDS
from desktop.domain.stream import office_of
from desktop.wire.messages import SHOWN, FailedBody, MessagesAnswer, MessagesAsk

KEPT = timedelta(days=30)
"""So long one that did not arrive is told."""
_ENDS = tuple(state.value for state in ENDS)


def message_list(
    session: Session, centre: Centre, device: DeviceRow, ask: MessagesAsk, at: datetime
) -> MessagesAnswer:
    """Waiting and failed messages. Raises Refusal for all but supervisors."""
    if Role.SUPERVISOR not in municipal(session, centre, device, ask.actor):
        raise Refusal("پیام شهروندان را ناظر شهرداری پیگیری می‌کند.")
    row = CitizenMessageRow
    waits: ColumnElement[bool] = literal_column(f"citizen_message.{UNSENT}")
    counted = select(func.count(), func.min(row.made_at)).where(waits)
    waiting, oldest = session.execute(counted).one()
    failed = _failed(session, at)
    return MessagesAnswer(
        time=at,
        waiting=waiting,
        oldest=oldest,
        failed=failed[:SHOWN],
        offices=dict(Counter(each.office_id for each in failed)),
    )


def _failed(session: Session, at: datetime) -> list[FailedBody]:
    """Those of open cases after which none of their kind went out, the newest first."""
    row, later = CitizenMessageRow, aliased(CitizenMessageRow)
    said_again = exists().where(
        later.case_id == row.case_id,
        later.occasion == row.occasion,
        later.made_at > row.made_at,
    )
    failed: ColumnElement[bool] = literal_column(f"citizen_message.{FAILED}")
    query = (
        select(row, CaseRow)
        .join(CaseRow, CaseRow.case_id == row.case_id)
        .where(
            failed,
            row.made_at >= at - KEPT,
            CaseRow.state.not_in(_ENDS),
            ~said_again,
        )
        .order_by(row.made_at.desc(), row.message_id)
    )
    return [
        FailedBody(
            case_id=case.case_id,
            tracking=case.tracking,
            office_id=office_of(case.stream),
            service=case.service,
            occasion=Occasion(message.occasion),
            made_at=message.made_at,
            cause=message.cause,
        )
        for message, case in session.execute(query)
    ]
