"""What a unit is told of objections: those that wait for it, one beside record and first case."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, literal_column, select
from sqlalchemy.orm import Session

from desktop.centre.asking import municipal
from desktop.centre.case_reading import seen_case
from desktop.centre.context import Centre
from desktop.centre.objecting import code_of, earlier_of
from desktop.centre.objection_tables import OPEN_OBJECTION
from desktop.centre.objection_tables import ObjectionRow as Kept
from desktop.centre.people import ids_of, staff_of
from desktop.centre.records.lookup import find
from desktop.centre.streams import case_texts, load_case
from desktop.centre.tables import CaseRow, DeviceRow, PersonRow
from desktop.domain.case import Case
from desktop.domain.contest import Contested, Stage, Unit, person_key
from desktop.domain.errors import Refusal
from desktop.domain.identifiers import renewal_code
from desktop.domain.people import Role
from desktop.domain.property import Found, PropertyRecord
from desktop.wire.objections import (
    CorrectedBody,
    DebtBody,
    EarlierBody,
    FirstBody,
    ObjectionAnswer,
    ObjectionAsk,
    ObjectionRow,
    ObjectionsAnswer,
    ObjectionsAsk,
    OwnerBody,
    RecordBody,
    VisitBody,
)

MOST = 200
"""So many rows are told; all are counted."""
_OPEN: ColumnElement[bool] = literal_column(f"objection.{OPEN_OBJECTION}")
_TAIL = 3


def waiting(
    session: Session, centre: Centre, device: DeviceRow, ask: ObjectionsAsk, __: datetime
) -> ObjectionsAnswer:
    """The objections that wait for a unit of the asker's, soonest due first. Raises Refusal."""
    units = units_of(municipal(session, centre, device, ask.actor))
    own = (_OPEN, Kept.unit.in_([unit.value for unit in units]))
    query = (
        select(Kept, CaseRow.applicant, CaseRow.state)
        .join(CaseRow, CaseRow.case_id == Kept.case_id)
        .where(*own)
        .order_by(Kept.due_on, Kept.case_id)
        .limit(MOST)
    )
    total = session.scalar(select(func.count()).select_from(Kept).where(*own)) or 0
    own_ids = ids_of(session, staff_of(session.get_one(PersonRow, ask.actor)))
    rows = [_row(*found, own_ids) for found in session.execute(query)]
    return ObjectionsAnswer(rows=rows, total=total)


def units_of(roles: Collection[Role]) -> list[Unit]:
    """The units in which one of the roles answers or signs."""
    return [unit for unit in Unit if not unit.signs.isdisjoint(roles)]


def _row(row: Kept, applicant: str, state: str, own_ids: Collection[str]) -> ObjectionRow:
    return ObjectionRow(
        case_id=row.case_id,
        tracking=row.tracking,
        applicant=applicant,
        contested=Contested(row.contested),
        unit=Unit(row.unit),
        state=state,
        received_on=row.received_on,
        due_on=row.due_on,
        second=bool(row.answered_by),
        own=row.answered_by in own_ids,
    )


def one(
    session: Session, centre: Centre, device: DeviceRow, ask: ObjectionAsk, __: datetime
) -> ObjectionAnswer:
    """One of them, to who answers or signs it. Raises Refusal."""
    roles = municipal(session, centre, device, ask.actor)
    seen_case(session, centre, device, ask.case_id, ask.actor)
    case = load_case(session, ask.case_id)
    if case is None or case.laid is None:
        raise Refusal("این پرونده اعتراض نیست.")
    if case.laid.contested.unit.signs.isdisjoint(roles):
        raise Refusal(f"این اعتراض با {case.laid.contested.unit.word} است.")
    first = load_case(session, case.request.linked_to) if case.request.linked_to else None
    code = code_of(case)
    found = find(session, renewal_code(code), None) if code else None
    return ObjectionAnswer(
        facts=case_texts(session, case.case_id),
        record=_record(found, found.record) if found is not None and found.record else None,
        visit=_visit(case) or _visit(first),
        first=_first(first),
        earlier=[
            EarlierBody(tracking=row.tracking, received_on=row.received_on, stage=Stage(row.stage))
            for row in earlier_of(session, case)
        ],
    )


def _record(found: Found, record: PropertyRecord) -> RecordBody:
    return RecordBody(
        as_of=found.as_of,
        code=str(record.code),
        plate=record.plate.words if record.plate is not None else "",
        address=record.address,
        land=f"{record.land:.2f}",
        built=f"{record.built:.2f}",
        use=record.use,
        owners=[
            OwnerBody(
                key=person_key(owner.person_id),
                name=owner.name,
                dang=f"{owner.dang.normalize():f}",
                tail=owner.person_id[-_TAIL:],
            )
            for owner in record.owners
        ],
        debts=[
            DebtBody(key=debt.key, kind=debt.kind, year=debt.year, total=debt.total)
            for debt in record.debts
        ],
        corrected=[
            CorrectedBody(contested=each.correction.item, on=each.on, tracking=each.tracking)
            for each in record.corrected
        ],
    )


def _visit(case: Case | None) -> VisitBody | None:
    report = case.report if case is not None else None
    if report is None:
        return None
    measured: dict[str, Any] = {"land": report.land, "built": report.built, "use": report.use}
    return VisitBody(visited_on=report.visited_on, **measured)


def _first(first: Case | None) -> FirstBody | None:
    if first is None:
        return None
    held = first.debt_letter or first.answer
    return FirstBody(
        case_id=first.case_id,
        tracking=first.request.tracking,
        service=first.request.service,
        version=first.request.version,
        state=first.state.value,
        letter=held.letter.number if held is not None else "",
        amount=sum(owed.amount for owed in first.unpaid),
    )
