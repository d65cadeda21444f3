"""Keeps the rows that queues and boards read in step with a case's facts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from desktop.centre import (
    commissions,
    consulting,
    doubt_rows,
    ended_letters,
    lots,
    messages,
    objecting,
    people,
    stamped_sheets,
    takings,
    whereabouts,
)
from desktop.centre.blobs import note_use
from desktop.centre.records.overlay import (
    lift_ruling,
    note_ruling,
    note_visit,
    settle,
    unsettle,
)
from desktop.centre.tables import CaseRow, DoubleToldRow, InquiryLetterRow, LetterRow
from desktop.domain import facts as f
from desktop.domain.calendar import TEHRAN
from desktop.domain.case import Case, area_or_none, what_of
from desktop.domain.decision import Decision, Outcome
from desktop.domain.identifiers import RenewalCode, renewal_code
from desktop.domain.persian import fold
from desktop.domain.property import LaidRuling
from desktop.domain.request import DocumentFile, SeenDocument
from desktop.domain.search_words import words
from desktop.domain.state import ANSWERED, AWAITS_CITY, REVIEWED, State
from desktop.domain.status import status_of
from desktop.domain.stream import MUNICIPALITY, Fact, office_of
from desktop.sql import memo
from desktop.sql.missing import make_missing

# What says, or finds, of which property a case is.
_PLACED = (f.Registered, f.Amended, f.Decided)
_LETTER_STATES = {
    f.LetterReleased: "released",
    f.HandedOver: "handed",
    f.LetterVoided: "voided",
}


def read_rows_ahead(session: Session, case_ids: Sequence[str]) -> None:
    """Read the rows of these cases at once."""
    if case_ids:
        for row in session.scalars(select(CaseRow).where(CaseRow.case_id.in_(case_ids))):
            memo.put(session, _row_name(row.case_id), row)


def project(session: Session, case: Case, facts: list[Fact]) -> None:
    """Write what these newest facts of the case change beside its stream."""
    if not facts:
        return
    row = memo.once(session, _row_name(case.case_id), lambda: _row_of(session, case, facts[0]))
    before, was_recalled = row.state, row.recall
    if any(isinstance(fact.payload, _PLACED) for fact in facts):
        row.place = whereabouts.address(session, case)
    if row.district != case.district:
        takings.place(session, case)
    _refresh(row, case, facts)
    if State.BOOKED.value in (before, row.state):
        whereabouts.keep(session, case)
    if case.commission:
        commissions.keep(session, case, facts)
    consulting.keep(session, case, facts)
    lots.keep(session, case, facts)
    doubt_rows.keep(session, case, facts)
    ended_letters.keep(session, case, facts, was_recalled=was_recalled)
    stamped_sheets.keep(session, case, facts)
    for fact in facts:
        _beside(session, case, fact)
        takings.note(session, case, fact, row.clerk)
        messages.note(session, case, fact)


def row_of(session: Session, case: Case) -> CaseRow:
    """The case's row, which is there."""
    key = (case.stream, case.case_id)
    return memo.once(session, _row_name(case.case_id), lambda: session.get_one(CaseRow, key))


def clerk_of(session: Session, case: Case) -> str:
    """The name of who registered the case; its row is there."""
    return row_of(session, case).clerk


def _row_name(case_id: str) -> tuple[str, str]:
    return ("case row", case_id)


def _row_of(session: Session, case: Case, first: Fact) -> CaseRow:
    row = session.get(CaseRow, (first.stream, case.case_id)) if first.rev > 1 else None
    if row is None:
        row = _new_row(case, first)
        row.clerk = people.told_apart(session, office_of(first.stream), first.actor, row.clerk)
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
        code=case.code,
        inquiry="",
        district=case.district,
        received_on=request.received_on,
        registered_at=first.at,
        hour=first.at.astimezone(TEHRAN).hour,
        answer_ms=0,
        due_on=case.due_on,
        clerk=first.actor_name,
        slot_half=0,
        inspector="",
        expert="",
        expert_name="",
        sampled="",
        folded="",
        place="",
        looked=False,
        recall=False,
        doubted=False,
        claimed=False,
    )


def row_again(case: Case, facts: list[Fact], place: str, clerk: str) -> CaseRow:
    """The case's row as all its facts make it, to be held against the one that is kept; `place` and
    `clerk` are that one's, of which the one rests on the city's data too, the other on who bore the
    name besides."""
    row = _new_row(case, facts[0])
    row.place = place
    if clerk.startswith(row.clerk):
        row.clerk = clerk
    row.was_sent_back = False
    _refresh(row, case, facts)
    return row


def inquiry(case: Case) -> tuple[str, str]:
    """Who asks by letter, and the letter's number, folded; empty where nobody does."""
    return fold(case.request.body), fold(case.request.letter_number)


def _refresh(row: CaseRow, case: Case, facts: list[Fact]) -> None:
    row.rev = case.rev
    if case.state is not State.PASSED_ON:
        # Only for a moment, in the middle of a transaction, it is nowhere.
        row.stream = case.stream
        received_in = case.former[0] if case.former else ""
        row.received_in = received_in if received_in != case.stream else ""
    # By the plate alone it is found only when it is decided.
    row.code, row.district = case.code, case.district
    row.state = case.state.value
    row.status = status_of(case).value
    row.outcome = case.outcome.value if case.outcome else ""
    row.applicant = case.request.party.name
    row.inquiry = "/".join(inquiry(case)) if all(inquiry(case)) else ""
    row.updated_at = facts[-1].at
    row.slot_day = case.slot.day if case.slot else None
    row.slot_half = case.slot.half if case.slot else 0
    lacking = case.returned if case.state is State.RETURNED else None
    row.lapses_on = lacking.until if lacking else None
    row.answer_by = case.answer_by if case.answer_awaited else None
    row.escalated = (
        (case.escalated and case.state in AWAITS_CITY) or case.reply_is_late or case.step_is_late
    )
    row.was_escalated = case.escalated
    if any(isinstance(fact.payload, f.Returned) for fact in facts):
        row.was_sent_back = True
    row.due_on = case.awaited_by
    row.inspector = case.inspector
    held = case.state in REVIEWED
    row.expert = case.expert if held else ""
    row.expert_name = case.expert_name if held else ""
    row.sampled = case.sampled if case.looked is not None or case.state in ANSWERED else ""
    row.looked = case.looked is not None
    row.recall = case.recalled
    row.doubted = bool(case.doubts)
    row.claimed = bool(case.claims) or case.fine_asked
    row.folded = words(row.applicant, row.tracking, row.code, row.place)
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
    write = BESIDE.get(type(fact.payload))
    if write is not None:
        write(session, case, fact.payload)


def _registered(session: Session, case: Case, payload: f.Registered) -> None:
    note_use(session, case, case.stream, _files(payload.request.documents))
    body, number = inquiry(case)
    if body and number:
        # Two offices may register one letter at this moment: the first to be here has it.
        row = {"body": body, "number": number, "case_id": case.case_id}
        make_missing(session, InquiryLetterRow, row)


def _double_told(session: Session, case: Case, payload: f.DoubleTold) -> None:
    row = {"stream": case.stream, "case_id": case.case_id, "tracking": payload.tracking}
    make_missing(session, DoubleToldRow, row)


def _amended(session: Session, case: Case, payload: f.Amended) -> None:
    note_use(session, case, case.stream, _files(payload.documents))


def _files(documents: Iterable[SeenDocument]) -> list[DocumentFile]:
    return [document.file for document in documents if document.file is not None]


def _found(case: Case) -> RenewalCode | None:
    """The property that was found, by code or by plate: what the counter learns is laid on it."""
    return renewal_code(case.decision.code) if case.decision and case.decision.code else None


def _paid(session: Session, case: Case, payload: f.AmountPaid) -> None:
    if code := _found(case):
        settle(
            session,
            code,
            payload.key,
            payload.payment.paid_on,
            case.case_id,
            payload.payment.amount,
        )
        doubt_rows.note_property(session, code)


def _payment_voided(session: Session, case: Case, payload: f.PaymentVoided) -> None:
    if code := _found(case):
        unsettle(session, code, what_of(case, payload.mark), case.case_id)
        doubt_rows.note_property(session, code)


def _missed(session: Session, case: Case, payload: f.VisitMissed) -> None:
    if payload.photo is not None:
        note_use(session, case, MUNICIPALITY, [payload.photo])


def _ruled(session: Session, case: Case, _: f.CommissionDecided | f.RulingFinal) -> None:
    ruling, code = case.commission_result, _found(case)
    if ruling is None or ruling.file is None or ruling.verdict is None or code is None:
        return
    laid = LaidRuling(ruling.file, ruling.number, ruling.verdict.status, ruling.fine)
    note_ruling(session, code, laid, ruling.decided_on)
    doubt_rows.note_property(session, code)


def _ruling_objected(session: Session, case: Case, payload: f.RulingObjected) -> None:
    ruling, code = case.commission_result, _found(case)
    if payload.reopens and ruling is not None and code is not None:
        lift_ruling(session, code, ruling.number)
        doubt_rows.note_property(session, code)


def _fine_cleared(session: Session, case: Case, payload: f.FineCleared) -> None:
    code = _found(case)
    if code is None or payload.paid_on is None:
        return
    for key in payload.files:
        settle(session, code, key, payload.paid_on, case.case_id)
    doubt_rows.note_property(session, code)


def _visited(session: Session, case: Case, payload: f.VisitReported) -> None:
    if payload.report.files:
        # The inspector's desk sends them, which is the municipality's.
        note_use(session, case, MUNICIPALITY, payload.report.files)
    # What is contested is put right by the unit's answer, not by the visit that it asked for.
    if case.laid is None and (code := _found(case)):
        report = payload.report
        floors, units = report.counts
        note_visit(
            session,
            code,
            report.visited_on,
            area_or_none(report.land),
            area_or_none(report.built),
            floors,
            units,
            report.use,
            unmeasured=report.unmeasured,
        )
        doubt_rows.note_property(session, code)


def _printed(session: Session, _: Case, payload: f.LetterPrinted) -> None:
    _set_letter(session, payload.letter_id, copies=payload.copy)


def _letter_moved(
    session: Session, _: Case, payload: f.LetterReleased | f.HandedOver | f.LetterVoided
) -> None:
    if isinstance(payload, f.HandedOver) and payload.void:
        # It stays what it is.
        return
    released = {"was_released": True} if isinstance(payload, f.LetterReleased) else {}
    _set_letter(session, payload.letter_id, state=_LETTER_STATES[type(payload)], **released)


def _set_letter(session: Session, letter_id: str, **values: object) -> None:
    if any(isinstance(row, LetterRow) for row in session.new):
        # It may have been issued a moment ago.
        session.flush()
    session.execute(update(LetterRow).where(LetterRow.letter_id == letter_id).values(**values))


BESIDE: Mapping[type[object], Callable[[Session, Case, Any], None]] = {
    f.Registered: _registered,
    f.Amended: _amended,
    f.AmountPaid: _paid,
    f.PaymentVoided: _payment_voided,
    f.VisitReported: _visited,
    f.VisitMissed: _missed,
    f.CommissionDecided: _ruled,
    f.RulingFinal: _ruled,
    f.RulingObjected: _ruling_objected,
    f.FineCleared: _fine_cleared,
    f.LetterPrinted: _printed,
    f.LetterReleased: _letter_moved,
    f.HandedOver: _letter_moved,
    f.LetterVoided: _letter_moved,
    f.DoubleTold: _double_told,
    f.Withdrawn: objecting.note_withdrawn,
    f.ObjectionLaid: objecting.note_laid,
    f.ObjectionAnswered: objecting.note_answered,
    f.ObjectionSigned: objecting.note_signed,
    f.ObjectionTold: objecting.note_told,
}
"""Facts that change more beside their stream than the case's row."""
