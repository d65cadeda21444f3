"""The unit's list of questions to other bodies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, func, literal_column, select
from sqlalchemy.orm import Session

from desktop.centre.asking import municipal
from desktop.centre.consultation_tables import (
    ENDED_CONSULTATION,
    LATE_REPLY,
    OPEN_CONSULTATION,
    ConsultationRow,
)
from desktop.centre.context import Centre, day_of
from desktop.centre.streams import load_cases
from desktop.centre.tables import CaseRow, DeviceRow
from desktop.domain.errors import Refusal
from desktop.domain.people import Role
from desktop.domain.state import State
from desktop.domain.terms import put_off
from desktop.wire.consultations import (
    ConsultationBody,
    ConsultationsAnswer,
    ConsultationsAsk,
    Part,
)

KEPT = timedelta(days=90)
"""So long what ended stands on the list."""
SEES = frozenset({Role.EXPERT, Role.SUPERVISOR})
_ROW = ConsultationRow


@dataclass(frozen=True)
class _Part:
    """Which rows, in the words of their index, and in what order."""

    where: str
    order: tuple[ColumnElement[Any], ...]

    def holds(self) -> ColumnElement[bool]:
        return literal_column(f"consultation.{self.where}")


_SOONEST = (_ROW.reply_by.asc(), _ROW.case_id.asc(), _ROW.consultation_id.asc())
_PARTS: Mapping[Part, _Part] = {
    Part.OPEN: _Part(OPEN_CONSULTATION, _SOONEST),
    Part.LATE: _Part(LATE_REPLY, _SOONEST),
    Part.ENDED: _Part(
        ENDED_CONSULTATION,
        (_ROW.ended_on.desc(), _ROW.case_id.desc(), _ROW.consultation_id.desc()),
    ),
}


def consultation_list(
    session: Session, centre: Centre, device: DeviceRow, ask: ConsultationsAsk, at: datetime
) -> ConsultationsAnswer:
    """A page of a part. Raises Refusal for all but experts and supervisors."""
    if SEES.isdisjoint(municipal(session, centre, device, ask.actor)):
        raise Refusal("استعلام‌ها را کارشناس و ناظر شهرداری پیگیری می‌کنند.")
    filters = _filters(ask.part, at)
    if ask.consultee:
        filters.append(_ROW.consultee == ask.consultee)
    wanted = (
        select(_ROW, CaseRow)
        .join(CaseRow, CaseRow.case_id == _ROW.case_id)
        .where(*filters)
        .order_by(*_PARTS[ask.part].order)
        .offset(ask.offset)
        .limit(ask.limit)
    )
    found = [(row, case) for row, case in session.execute(wanted)]
    calendar = centre.reference.city(session, day_of(at)).calendar
    # A row keeps the day as it was told; until when it is by now the case's facts say.
    waiting = load_cases(session, {row.case_id for row, _ in found if row.state == "open"})
    asked = {
        (case.case_id, one.ident): one.reply_by
        for case in waiting.values()
        for one in put_off(case, calendar).consultations
    }
    return ConsultationsAnswer(
        time=at,
        rows=[
            _body(row, case, asked.get((row.case_id, row.consultation_id), row.reply_by))
            for row, case in found
        ],
        total=_counted(session, filters),
        counts={part.value: _counted(session, _filters(part, at)) for part in Part},
    )


def _filters(part: Part, at: datetime) -> list[ColumnElement[bool]]:
    recent = [_ROW.ended_on >= day_of(at) - KEPT] if part is Part.ENDED else []
    return [_PARTS[part].holds(), *recent]


def _counted(session: Session, filters: list[ColumnElement[bool]]) -> int:
    return session.scalar(select(func.count()).select_from(_ROW).where(*filters)) or 0


def _body(row: ConsultationRow, case: CaseRow, reply_by: date) -> ConsultationBody:
    return ConsultationBody(
        case_id=row.case_id,
        consultation_id=row.consultation_id,
        tracking=case.tracking,
        applicant=case.applicant,
        service=case.service,
        consultee=row.consultee,
        number=row.number,
        asked_on=row.asked_on,
        reply_by=reply_by,
        reminders=row.reminders,
        state=row.state,
        late=row.late,
        reply=row.reply,
        ended_on=row.ended_on,
        after_answer=case.state == State.REPLY_DUE.value,
    )
