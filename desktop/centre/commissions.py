"""The unit's list of commissions: which cases wait for a session, a ruling, its service, its term.

A row a case, kept with its facts, so that the list reads no facts.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import ColumnElement, RowMapping, delete, func, select
from sqlalchemy.orm import Session

from desktop.centre.asking import municipal
from desktop.centre.commission_tables import CommissionCaseRow
from desktop.centre.context import Centre, day_of
from desktop.centre.streams import load_facts
from desktop.centre.tables import CaseRow, DeviceRow
from desktop.domain import facts as f
from desktop.domain.case import Case
from desktop.domain.errors import Refusal
from desktop.domain.people import Role
from desktop.domain.serving import appealable, before_commission, last_day, unserved
from desktop.domain.state import State
from desktop.domain.stream import Fact
from desktop.sql.metadata import named, table_of
from desktop.sql.missing import put_rows
from desktop.wire.commissions import (
    Awaits,
    CommissionBody,
    CommissionsAnswer,
    CommissionsAsk,
)

_READERS = frozenset({Role.EXPERT, Role.SUPERVISOR})
_ROW = table_of(CommissionCaseRow).c
_CASE = table_of(CaseRow).c
_OF_CASES = select(_CASE.case_id, _CASE.tracking, _CASE.applicant, _CASE.service, _CASE.code).where(
    _CASE.case_id.in_(named("ids"))
)


def keep(session: Session, case: Case, facts: Iterable[Fact]) -> None:
    """Write down what the case waits for; nothing is kept of one whose ruling has reached all."""
    if case.state is State.PASSED_ON:
        # Only for a moment, in the middle of a transaction: it waits on as it did.
        return
    row = row_of(case)
    if row is None:
        gone = delete(CommissionCaseRow).where(CommissionCaseRow.case_id == case.case_id)
        session.execute(gone, execution_options={"synchronize_session": False})
        return
    put_rows(session, CommissionCaseRow, {**row, "sent_on": _sent_on(session, case, facts)})


def row_of(case: Case) -> dict[str, object] | None:
    """What the case waits for, as lists read it, but the day of its referral; None for nothing."""
    awaits = _awaits(case)
    if awaits is None:
        return None
    ruling, agenda = case.commission_result, case.agenda
    return {
        "case_id": case.case_id,
        "article": case.commission,
        "awaits": awaits.value,
        "session": agenda.session if agenda else "",
        "session_on": agenda.held_on if agenda else None,
        "ruling": ruling.number if ruling else "",
        "result": ruling.result if ruling else "",
        "stage": ruling.stage if ruling else "",
        "persons": len(ruling.against) if ruling else 0,
        "unserved": unserved(case),
        "until": last_day(case),
    }


def _awaits(case: Case) -> Awaits | None:
    left = unserved(case)
    if not before_commission(case):
        return Awaits.SERVICE if left else None
    if case.agenda is not None:
        return Awaits.RULING
    if not appealable(case):
        return Awaits.SESSION
    if case.objected:
        return Awaits.APPEAL
    return Awaits.SERVICE if left else Awaits.TERM


def _sent_on(session: Session, case: Case, facts: Iterable[Fact]) -> date:
    """The day of the referral: of the fact itself, else as it was kept, or is told where nothing
    was: of a ruling that was taken for final, and was none."""
    if told := _referrals(facts):
        return told[-1]
    kept = select(CommissionCaseRow.sent_on).where(CommissionCaseRow.case_id == case.case_id)
    return session.scalar(kept) or _referrals(load_facts(session, case.case_id))[-1]


def _referrals(facts: Iterable[Fact]) -> list[date]:
    return [day_of(fact.at) for fact in facts if isinstance(fact.payload, f.SentToCommission)]


def commissions(
    session: Session, centre: Centre, device: DeviceRow, ask: CommissionsAsk, at: datetime
) -> CommissionsAnswer:
    """A page of the list. Raises Refusal for who has nothing to do with commissions."""
    if _READERS.isdisjoint(municipal(session, centre, device, ask.actor)):
        raise Refusal("فهرست کمیسیون‌ها از آنِ کارشناس شهرسازی و ناظر است.")
    of_it: list[ColumnElement[bool]] = [_ROW.article == ask.article] if ask.article else []
    counted = select(_ROW.awaits, func.count()).where(*of_it).group_by(_ROW.awaits)
    counts = {awaits: int(count) for awaits, count in session.execute(counted)}
    wanted = [*of_it, _ROW.awaits == ask.awaits] if ask.awaits else of_it
    order = (_ROW.session_on, _ROW.session, _ROW.sent_on, _ROW.case_id)
    page = select(*_ROW).where(*wanted).order_by(*order).offset(ask.offset).limit(ask.limit)
    rows = session.execute(page).mappings().all()
    ids = [row["case_id"] for row in rows]
    cases = {
        row["case_id"]: dict(row) for row in session.execute(_OF_CASES, {"ids": ids}).mappings()
    }
    calendar = centre.reference.city(session, day_of(at)).calendar

    def body(row: RowMapping) -> CommissionBody:
        # Kept as it was told; what was declared closed since puts it off.
        until = calendar.first_working_day(row["until"]) if row["until"] is not None else None
        return CommissionBody(**{**row, **cases[row["case_id"]], "until": until})

    return CommissionsAnswer(
        time=at,
        rows=[body(row) for row in rows],
        total=counts.get(ask.awaits, 0) if ask.awaits else sum(counts.values()),
        counts=counts,
    )
