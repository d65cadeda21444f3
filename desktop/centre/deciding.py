"""What the centre does by itself with a case that awaits it: decide, and what follows."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from sqlalchemy.orm import Session

from desktop.centre.bills import fee_with_ids, with_ids
from desktop.centre.context import Centre, day_of
from desktop.centre.issuing import issue
from desktop.centre.records.lookup import find
from desktop.centre.tables import InquiryLetterRow
from desktop.domain import facts as f
from desktop.domain.case import Case, area_or_none
from desktop.domain.city import City
from desktop.domain.decision import Decision, Outcome, decide
from desktop.domain.fees import VISIT_FEE, fee
from desktop.domain.gates import Question
from desktop.domain.identifiers import renewal_code
from desktop.domain.letter import LetterKind
from desktop.domain.persian import fold
from desktop.domain.property import Found, Match, PropertyRecord
from desktop.domain.service import Service
from desktop.domain.setting import Facts
from desktop.domain.transitions import AWAITS_CENTRE, State

_DRAW, _BOUNDARY = "draw", "boundary"
_FINDING = ("record", "ambiguous-record")


def consequences(session: Session, centre: Centre, case: Case, at: datetime) -> Facts:
    """The facts that follow by themselves from the case as it stands; none when it awaits a person.

    Its stream must be locked: a letter's number is taken here.
    """
    if case.state not in AWAITS_CENTRE:
        return ()
    if case.state is State.VOIDED and case.looked is not None and not case.looked.right:
        return (f.InReview(case.looked.comment),)
    day = day_of(at)
    service = centre.reference.service(session, case.request.service, case.request.version)
    city = centre.reference.city(session, day)
    if case.refusal and case.decision is not None:
        refused = replace(case.decision, outcome=Outcome.REFUSE, owed=(), day=day)
        return _refused(session, centre, case, service, refused, at)
    question = question_of(session, case, city, at)
    cleared = dict(case.cleared)
    if question.found.record is None:
        # Without a property nothing was seen that could be cleared.
        cleared = {gate: why for gate, why in cleared.items() if gate not in _FINDING}
    elif not question.found.by_visit:
        # An export since then holds it: nothing is cleared that no longer stands.
        cleared.pop("record", None)
    decision = decide(service, question, cleared)
    return _following(session, centre, case, service, city, decision, question.found.record, at)


def question_of(session: Session, case: Case, city: City, at: datetime) -> Question:
    """The case's request as a question to the records of the moment."""
    request = case.request
    found = find(session, renewal_code(request.code) if request.code else None, request.plate)
    return Question(
        applicant=request.party.kind,
        owner_id=request.party.owner_id,
        found=_seen_by_visit(case, found),
        day=day_of(at),
        city=city,
        code=renewal_code(request.code) if request.code else None,
        plate=request.plate,
        unchanged={"yes": True, "no": False}.get(request.unchanged),
        answers={**request.answers, "body": request.body},
        consenting=tuple(consent.person_id for consent in request.consents),
        settled=frozenset(case.paid),
        letter_used=_letter_used(session, case),
        foreign=request.party.foreign and not request.party.kind.represents,
        visited=case.report is not None,
    )


def _seen_by_visit(case: Case, found: Found) -> Found:
    """Where no record was, the visit's report is one: who owns it and by what deed stays open."""
    report, request = case.report, case.request
    if found.match is not Match.NONE or report is None or "record" not in case.cleared:
        return found
    if not request.code:
        return found
    land, built = area_or_none(report.land), area_or_none(report.built)
    record = PropertyRecord(
        code=renewal_code(request.code),
        plate=request.plate,
        address=request.answers.get("address", ""),
        land=land or Decimal("0.00"),
        built=built or Decimal("0.00"),
        floors=report.floors,
        units=report.units,
        use=report.use,
        last_visit=day_of(report.visited_at),
    )
    return replace(found, match=Match.FOUND, record=record, by_visit=True)


def _letter_used(session: Session, case: Case) -> bool:
    request = case.request
    if not request.letter_number:
        return False
    row = session.get(InquiryLetterRow, (fold(request.body), fold(request.letter_number)))
    return row is not None and row.case_id != case.case_id


def _following(
    session: Session,
    centre: Centre,
    case: Case,
    service: Service,
    city: City,
    decision: Decision,
    record: PropertyRecord | None,
    at: datetime,
) -> Facts:
    if decision.outcome is Outcome.REFUSE:
        return _refused(session, centre, case, service, decision, at, record)
    if decision.outcome is Outcome.ANSWER:
        decided = f.Decided(decision, _sample(case, city, decision))
        letter = issue(
            session,
            centre,
            case=case,
            service=service,
            kind=LetterKind.ANSWER,
            decision=decision,
            refusal=(),
            record=record,
            at=at,
        )
        return (decided, f.LetterIssued(letter))
    if decision.outcome is Outcome.PAY:
        decision = replace(decision, owed=with_ids(decision.owed, case, city, day_of(at)))
        letter = issue(
            session,
            centre,
            case=case,
            service=service,
            kind=LetterKind.DEBT,
            decision=decision,
            refusal=(),
            record=record,
            at=at,
        )
        return (f.Decided(decision), f.AmountsDue(decision.owed), f.LetterIssued(letter))
    if decision.outcome is Outcome.VISIT:
        no_record = any(x.gate == "record" for x in decision.failing)
        asked = fee(service, city, VISIT_FEE)
        due: list[f.CaseFact] = []
        if asked is not None:
            fee_due = f.FeeDue(VISIT_FEE, asked.amount)
            due.append(fee_with_ids(fee_due, case, service, city, day_of(at)))
        return (f.Decided(decision), f.VisitDue(no_record), *due)
    return (f.Decided(decision), f.InReview())


def _refused(
    session: Session,
    centre: Centre,
    case: Case,
    service: Service,
    decision: Decision,
    at: datetime,
    record: PropertyRecord | None = None,
) -> Facts:
    if record is None:
        city = centre.reference.city(session, day_of(at))
        record = question_of(session, case, city, at).found.record
    letter = issue(
        session,
        centre,
        case=case,
        service=service,
        kind=LetterKind.REFUSAL,
        decision=decision,
        refusal=case.refusal,
        record=record,
        at=at,
    )
    return (f.Decided(decision, refusal=case.refusal), f.LetterIssued(letter))


def _sample(case: Case, city: City, decision: Decision) -> str:
    """Why an instant answer is to be looked at again; empty when it is not."""
    if case.report is not None or case.cleared or case.paid:
        return ""
    if decision.near_boundary(city.boundary_days):
        return _BOUNDARY
    drawn = int(hashlib.sha256(case.case_id.encode()).hexdigest(), 16) % 100
    return _DRAW if drawn < city.second_look_percent else ""
