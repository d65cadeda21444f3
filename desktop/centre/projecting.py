"""Keeps the rows that queues and boards read in step with a case's facts."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from desktop.centre.blobs import note_use
from desktop.centre.records.overlay import note_visit, settle, unsettle
from desktop.centre.tables import CaseRow, InquiryLetterRow, LetterRow
from desktop.domain import facts as f
from desktop.domain.case import Case, area_or_none
from desktop.domain.case_money import what_of
from desktop.domain.decision import Decision, Outcome
from desktop.domain.identifiers import renewal_code
from desktop.domain.persian import fold
from desktop.domain.status import status_of
from desktop.domain.stream import Fact
from desktop.sql import memo

_LETTER_STATES = {
    f.LetterReleased: "released",
    f.HandedOver: "handed",
    f.LetterVoided: "voided",
}


def project(session: Session, case: Case, facts: list[Fact]) -> None:
    """Write what these newest facts of the case change beside its stream."""
    if not facts:
        return
    row = memo.once(session, ("case row", case.case_id), lambda: _row_of(session, case, facts[0]))
    _refresh(row, case, facts)
    for fact in facts:
        _beside(session, case, fact)


def _row_of(session: Session, case: Case, first: Fact) -> CaseRow:
    row = session.get(CaseRow, case.case_id) if first.rev > 1 else None
    if row is None:
        row = _new_row(case, first)
        session.add(row)
    return row


def _new_row(case: Case, first: Fact) -> CaseRow:
    request = case.request
    return CaseRow(
        case_id=case.case_id,
        stream=case.stream,
        outcome="",
        first_outcome="",
        service=request.service,
        tracking=request.tracking,
        applicant=request.party.name,
        code=request.code,
        inquiry="",
        district=renewal_code(request.code).district if request.code else 0,
        received_on=request.received_on,
        registered_at=first.at,
        answer_ms=0,
        due_on=case.due_on,
        clerk=first.actor_name,
        slot_half=0,
        inspector="",
        sampled="",
        folded="",
        looked=False,
        recall=False,
        doubted=False,
        claimed=False,
    )


def _inquiry(case: Case) -> tuple[str, str]:
    """Who asks by letter, and the letter's number, folded; empty where nobody does."""
    return fold(case.request.body), fold(case.request.letter_number)


def _refresh(row: CaseRow, case: Case, facts: list[Fact]) -> None:
    row.rev = case.rev
    row.state = case.state.value
    row.status = status_of(case).value
    row.outcome = case.outcome.value if case.outcome else ""
    row.applicant = case.request.party.name
    row.inquiry = "/".join(_inquiry(case)) if all(_inquiry(case)) else ""
    row.updated_at = facts[-1].at
    row.slot_day = case.slot.day if case.slot else None
    row.slot_half = case.slot.half if case.slot else 0
    row.inspector = case.inspector
    row.sampled = case.sampled
    row.looked = case.looked is not None
    row.recall = case.recalled
    row.doubted = bool(case.doubts)
    row.claimed = bool(case.claims)
    row.folded = fold(f"{row.applicant} {row.tracking} {row.code}")
    if not row.first_outcome and case.first is not None:
        row.first_outcome = _kind_of(case.first)
        answered = next(fact for fact in facts if isinstance(fact.payload, f.Decided))
        row.answer_ms = _milliseconds(row.registered_at, answered.at)


def _kind_of(decision: Decision) -> str:
    outcome = decision.outcome
    no_record = any(x.gate == "record" for x in decision.failing)
    return "visit-no-record" if outcome is Outcome.VISIT and no_record else outcome.value


def _milliseconds(since: datetime, until: datetime) -> int:
    return round((until - since).total_seconds() * 1000)


def _beside(session: Session, case: Case, fact: Fact) -> None:
    payload = fact.payload
    # What the counter learns is laid on the property that was found, by code or by plate.
    found = case.decision.code if case.decision else ""
    if isinstance(payload, f.Registered):
        note_use(session, case, payload.request.documents)
        body, number = key = _inquiry(case)
        if body and number and session.get(InquiryLetterRow, key) is None:
            session.add(InquiryLetterRow(body=body, number=number, case_id=case.case_id))
    elif isinstance(payload, f.Amended):
        note_use(session, case, payload.documents)
    elif isinstance(payload, f.AmountPaid) and found:
        paid_on = payload.payment.paid_on
        settle(session, renewal_code(found), payload.key, paid_on, case.case_id)
    elif isinstance(payload, f.PaymentVoided) and found:
        what = what_of(case, payload.mark)
        unsettle(session, renewal_code(found), what, case.case_id)
    elif isinstance(payload, f.VisitReported) and found:
        report = payload.report
        floors, units = report.counts
        note_visit(
            session,
            renewal_code(found),
            report.visited_at.date(),
            area_or_none(report.land),
            area_or_none(report.built),
            floors,
            units,
            report.use,
        )
    elif isinstance(payload, f.LetterPrinted):
        session.execute(
            update(LetterRow)
            .where(LetterRow.letter_id == payload.letter_id)
            .values(copies=payload.copy)
        )
    elif isinstance(payload, f.LetterReleased | f.HandedOver | f.LetterVoided):
        session.execute(
            update(LetterRow)
            .where(LetterRow.letter_id == payload.letter_id)
            .values(state=_LETTER_STATES[type(payload)])
        )
