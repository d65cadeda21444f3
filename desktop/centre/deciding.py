"""What the centre does by itself with a case that awaits it: decide, and what follows."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy.orm import Session

from desktop.centre import lots, objecting
from desktop.centre.bills import fee_with_ids, with_ids
from desktop.centre.blobs import are_pictures
from desktop.centre.context import Centre, day_of
from desktop.centre.issuing import Written, issue, write
from desktop.centre.letters import ForAPerson, Unwritable
from desktop.centre.records import in_force
from desktop.centre.records.lookup import find
from desktop.centre.tables import InquiryLetterRow
from desktop.centre.whereabouts import place_of
from desktop.domain import facts as f
from desktop.domain.case import Case, area_or_none
from desktop.domain.city import City
from desktop.domain.decision import Decision, Outcome, decide, due_beside
from desktop.domain.fees import VISIT_FEE, fee
from desktop.domain.gates import Owed, Question
from desktop.domain.identifiers import renewal_code
from desktop.domain.lawful import missed_fee
from desktop.domain.lawful_letters import debt_voided
from desktop.domain.letter import Letter, LetterKind
from desktop.domain.measured import against
from desktop.domain.persian import fold
from desktop.domain.property import Found, LookUp, PropertyRecord
from desktop.domain.request import Request, VisitReport
from desktop.domain.service import Service
from desktop.domain.setting import Facts
from desktop.domain.state import AWAITS_CENTRE, State
from desktop.domain.visit_place import UNJUDGED
from desktop.forms.answers import decided_upon

_FINDING = ("record", "ambiguous-record")
_UNWRITTEN = (
    "نامهٔ این پاسخ نوشته نشد: الگوی نامه در این نسخهٔ خدمت نادرست است، یا در سوابق نشانه‌ای هست که "
    "چاپ نمی‌شود. با مسئول خدمت‌ها در شهرداری تماس بگیرید."
)


def consequences(session: Session, centre: Centre, case: Case, at: datetime) -> Facts:
    """The facts that follow by themselves from the case as it stands; none when it awaits a person,
    or waits: for records since none were ever put into force, for a person's word that the restored
    centre knows all that it must.

    Its stream must be locked: a letter's number is taken here.
    """
    if case.state is State.VISIT_DUE and case.door_unseen:
        return _missed_fee(session, centre, case, day_of(at))
    if case.state not in AWAITS_CENTRE:
        return ()
    if case.state is State.VOIDED and case.reconsidered:
        return (f.InReview(case.reconsidered),)
    if not centre.recovery.decides(session):
        return ()
    day = day_of(at)
    service = centre.reference.service(session, case.request.service, case.request.version)
    if service.needs_property and in_force.number(session) is None:
        return ()
    city = centre.reference.city(session, day)
    question = question_of(session, case, service, city, at)
    record = question.found.record
    # The letter says what was decided upon; the request itself stays as it was registered.
    told = replace(case, request=replace(case.request, answers=question.answers))
    if case.refusal and case.decision is not None:
        refused = replace(case.decision, outcome=Outcome.REFUSE, owed=(), day=day)
        return _written(
            case,
            service,
            refused,
            lambda: _refused(session, centre, told, service, refused, record, at),
        )
    cleared = counting(case.cleared, question.found)
    decision = replace(
        decide(service, question, cleared, case.cleared_for), anew=_anew(case, service, question)
    )
    unjudged = _unjudged(session, case, city) if service.needs_property else ""
    at_once = due_beside(service, question, decision) if service.debts_at_once else ()
    following = _Following(session, centre, told, service, city, record, at, unjudged, at_once)
    if why := _found_against(case, decision, record, city, unjudged):
        return (*debt_voided(case, _ANEW), f.Decided(decision), f.InReview(why))
    return _written(case, service, decision, lambda: following.of(decision))


def _missed_fee(session: Session, centre: Centre, case: Case, day: date) -> Facts:
    """The fee of who was away, once the picture of the door is here, and is one."""
    door = case.missed.photo if case.missed is not None else None
    if door is None or not are_pictures(session, door):
        return ()
    service = centre.reference.service(session, case.request.service, case.request.version)
    city = centre.reference.city(session, day)
    due = missed_fee(case, service, city)
    if due is None:
        return ()
    try:
        return (fee_with_ids(due, case, service, city, day),)
    except ForAPerson as first:
        # As where a decision asks for such a sum: it is not asked, and an expert sees to it.
        return (f.InReview(first.words),)


def _unjudged(session: Session, case: Case, city: City) -> str:
    """That nobody can tell whether a visit was reported from the property, unless an expert has
    looked at it; else empty."""
    if case.report is None or case.report_looked:
        return ""
    return UNJUDGED if place_of(session, case, city) is None else ""


def _found_against(
    case: Case, decision: Decision, record: PropertyRecord | None, city: City, unjudged: str
) -> str:
    """Why what the visit found goes to an expert first, unless one has looked at it; else empty.

    Only what else would go on by itself: what the records refuse they refuse, and so on.
    """
    if case.report is None or case.report_looked:
        return ""
    if decision.outcome not in (Outcome.ANSWER, Outcome.PAY):
        return ""
    deed = record.land_by_deed if record is not None else None
    told = against(case.report, deed, city.area_percent)
    return "؛ ".join(filter(None, (told, unjudged)))


@dataclass(frozen=True)
class Foreseen:
    """What would follow from a case: its decision, and the letter's words where there is one."""

    decision: Decision
    kind: LetterKind | None
    written: Written | None


def foresee(session: Session, centre: Centre, case: Case, at: datetime) -> Foreseen:
    """What the centre would decide of the case as it stands, and write; nothing is taken for it.

    Raises Unwritable, and Refusal where nothing can be decided yet.
    """
    service = centre.reference.service(session, case.request.service, case.request.version)
    question = question_of(session, case, service, centre.reference.city(session, day_of(at)), at)
    told = replace(case, request=replace(case.request, answers=question.answers))
    cleared = counting(case.cleared, question.found)
    decision = decide(service, question, cleared, case.cleared_for)
    if case.refusal:
        decision = replace(decision, outcome=Outcome.REFUSE, owed=())
    kind = _WRITTEN.get(decision.outcome)
    if kind is None:
        return Foreseen(decision, None, None)
    written = write(
        session,
        centre,
        case=told,
        service=service,
        kind=kind,
        decision=decision,
        refusal=case.refusal,
        record=question.found.record,
        at=at,
    )
    return Foreseen(decision, kind, written)


_WRITTEN = {Outcome.ANSWER: LetterKind.ANSWER, Outcome.REFUSE: LetterKind.REFUSAL}


def _anew(case: Case, service: Service, question: Question) -> dict[str, str]:
    """What was decided upon otherwise than the request has it, as far as the expert needs it.

    Records do not travel: of what they hold his desk is told no more than his own values rest on.
    """
    asked, upon = case.request.answers, question.answers
    both = ((key, asked.get(key, ""), upon.get(key, "")) for key in sorted(service.expert_rests))
    return {key: now for key, before, now in both if now != before}


def question_of(
    session: Session, case: Case, service: Service, city: City, at: datetime
) -> Question:
    """The case's request as a question to the records of the moment."""
    request = case.request
    found = seen_by_visit(request, case.report, case.cleared, _found(session, case, at))
    return Question(
        applicant=request.party.kind,
        owner_id=request.party.owner_id,
        found=found,
        day=day_of(at),
        city=city,
        code=renewal_code(request.code) if request.code else None,
        plate=request.plate,
        unchanged={"yes": True, "no": False}.get(request.unchanged),
        answers={**decided_upon(service, request, found, case.entered), "body": request.body},
        consenting=tuple(consent.person_id for consent in request.consents),
        settled={key: payment.amount for key, payment in case.paid.items()},
        letter_used=_letter_used(session, case),
        foreign=request.party.owner_foreign,
        visited=case.report is not None,
    )


def _found(session: Session, case: Case, at: datetime) -> Found:
    """What the records hold; of a request about no property nothing is asked of them."""
    request = case.request
    if not request.code and request.plate is None:
        return Found(in_force.as_of(session) or day_of(at), LookUp.NONE)
    return find(session, renewal_code(request.code) if request.code else None, request.plate)


_UNSEEN = ("historic", "on_plan", "widening")
"""What of a property only the records can say."""


def seen_by_visit(
    request: Request, report: VisitReport | None, cleared: Mapping[str, str], found: Found
) -> Found:
    """Where no record was, the visit's report is one: who owns it and by what deed stays open."""
    if found.match is not LookUp.NONE or report is None or "record" not in cleared:
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
        # What no visit sees stays unknown: no gate takes it for nothing.
        unread=(*(("built",) if report.unmeasured else ()), *_UNSEEN),
    )
    return replace(found, match=LookUp.FOUND, record=record, by_visit=True)


def counting(cleared: Mapping[str, str], found: Found) -> dict[str, str]:
    """The clearances that still count, now that the look-up ended so."""
    if found.record is None:
        # Without a property nothing was seen that could be cleared.
        return {gate: why for gate, why in cleared.items() if gate not in _FINDING}
    if not found.by_visit:
        # An export since then holds it: nothing is cleared that no longer stands.
        return {gate: why for gate, why in cleared.items() if gate != "record"}
    return dict(cleared)


def _letter_used(session: Session, case: Case) -> bool:
    request = case.request
    if not request.letter_number:
        return False
    row = session.get(InquiryLetterRow, (fold(request.body), fold(request.letter_number)))
    return row is not None and row.case_id != case.case_id


def _written(
    case: Case, service: Service, decision: Decision, follow: Callable[[], Facts]
) -> Facts:
    """What follows from the decision; an expert's matter where its letter can't be written."""
    try:
        return follow()
    except ForAPerson as first:
        decided = f.Decided(decision, refusal=case.refusal)
        return (*debt_voided(case, _ANEW), decided, f.InReview(first.words))
    except Unwritable as fault:
        log = logging.getLogger(__name__)
        log.error(
            "no %s letter of %s %s: %s", decision.outcome, service.code, service.version, fault
        )
        decided = f.Decided(decision, refusal=case.refusal)
        return (*debt_voided(case, _ANEW), decided, f.InReview(_UNWRITTEN))


@dataclass(frozen=True)
class _Following:
    """What follows from a decision: a letter, what is owed, a visit, an expert."""

    session: Session
    centre: Centre
    case: Case
    service: Service
    city: City
    record: PropertyRecord | None
    at: datetime
    unjudged: str
    """What its expert is told of the visit."""
    at_once: tuple[Owed, ...]
    """What is to be paid and is told while something else is awaited."""

    def of(self, decision: Decision) -> Facts:
        """The facts, the decision's own first."""
        match decision.outcome:
            case Outcome.REFUSE:
                refused = _refused(
                    self.session,
                    self.centre,
                    self.case,
                    self.service,
                    decision,
                    self.record,
                    self.at,
                )
                return (*debt_voided(self.case, _ANEW), *refused)
            case Outcome.ANSWER:
                case, day = self.case, day_of(self.at)
                lot = lots.drawn(self.session, self.centre, case, self.city, decision, day)
                decided = f.Decided(decision, lot.why, drawn=lot.drawn)
                answer = f.LetterIssued(self._issue(LetterKind.ANSWER, decision))
                return (*debt_voided(self.case, _ANEW), decided, answer)
            case Outcome.PAY:
                return self._owed(decision, beside=False)
            case Outcome.VISIT:
                return (*self._decided(decision), *self._visit(decision))
        if self.service.contests and self.case.laid is None:
            laid = objecting.laid(self.session, self.case, decision, self.city)
            return (*self._decided(decision), laid, f.InReview())
        return (*self._decided(decision), f.InReview(self.unjudged))

    def _decided(self, decision: Decision) -> Facts:
        """The decision while something else is awaited; due debts are told with it where the
        service says so (Article 74's note)."""
        if self.at_once:
            return self._owed(replace(decision, owed=self.at_once), beside=True)
        return (*debt_voided(self.case, _ANEW), f.Decided(decision))

    def _owed(self, decision: Decision, *, beside: bool) -> Facts:
        day = day_of(self.at)
        owed = with_ids(decision.owed, self.case, self.city, day, decision.code)
        decision = replace(decision, owed=owed)
        facts = (f.Decided(decision), f.AmountsDue(owed, beside))
        if self.case.debt_letter is not None and owed == self.case.owed:
            # The letter that told the same sums is still the one.
            return facts
        letter = f.LetterIssued(self._issue(LetterKind.DEBT, decision))
        return (*debt_voided(self.case, _ANEW), *facts, letter)

    def _visit(self, decision: Decision) -> Facts:
        no_record = any(x.gate == "record" for x in decision.failing)
        asked = fee(self.service, self.city, VISIT_FEE)
        unused = VISIT_FEE in self.case.fees_paid and self.case.report is None
        if asked is None or unused:
            return (f.VisitDue(no_record),)
        due = f.FeeDue(VISIT_FEE, asked.amount)
        day = day_of(self.at)
        billed = fee_with_ids(due, self.case, self.service, self.city, day)
        return (f.VisitDue(no_record), billed)

    def _issue(self, kind: LetterKind, decision: Decision) -> Letter:
        return issue(
            self.session,
            self.centre,
            case=self.case,
            service=self.service,
            kind=kind,
            decision=decision,
            refusal=(),
            record=self.record,
            at=self.at,
        )


# Why a debt letter ends when the centre decides anew.
_ANEW = "تصمیم تازه"


def _refused(
    session: Session,
    centre: Centre,
    case: Case,
    service: Service,
    decision: Decision,
    record: PropertyRecord | None,
    at: datetime,
) -> Facts:
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
