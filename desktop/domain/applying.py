"""A case computed from its facts by one pure function, `apply`; what each changes in one table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from desktop.domain import facts as f
from desktop.domain.calendar import TEHRAN
from desktop.domain.case import VIOLATION, Case
from desktop.domain.case_letters import CaseLetter, moved
from desktop.domain.case_money import MONEY, Change
from desktop.domain.consultation import (
    Consultation,
    ConsultationDropped,
    Consulted,
    ConsulteeReminded,
    ConsulteeReplied,
    ReplyLate,
)
from desktop.domain.contest import Contested, Stage, upheld_words
from desktop.domain.counter import ABSENT, SEEN_THERE
from desktop.domain.elsewhere import CopyGiven
from desktop.domain.letter import LetterKind
from desktop.domain.paper import CopyAnswered, CopyAsked, SheetSpoiled
from desktop.domain.people import WHO_ASKS, Role
from desktop.domain.recall import LetterRecalled, LetterUpheld, VoidTold, records_hold
from desktop.domain.request import Request
from desktop.domain.ruling import FINAL, FIRST, REOPENED
from desktop.domain.serving import appealable
from desktop.domain.state import BESIDE, RULED_BESIDE, State
from desktop.domain.step import Step
from desktop.domain.step import moved as moved_on
from desktop.domain.stream import Fact, HomeFact, office_stream
from desktop.domain.transitions import HANDS, MOVES

_OF_PERSONS = frozenset({"standing", "deceased", "heir", "guardian", "co-owners"})
"""The gates that look at who asks."""


class UnlawfulFact(ValueError):
    """A fact that the transition table does not allow: never a person's fault."""


def case_of(facts: Iterable[Fact]) -> Case | None:
    """The case that the facts, in order, tell; None when there are none."""
    case: Case | None = None
    for fact in facts:
        case = apply(case, fact)
    return case


def apply(case: Case | None, fact: Fact) -> Case:
    """The case after the fact. Raises UnlawfulFact when the transition table forbids it."""
    payload = fact.payload
    if isinstance(payload, f.Registered):
        if case is not None:
            raise UnlawfulFact("a case is registered once")
        return Case(
            case_id=fact.case_id,
            stream=fact.stream,
            state=State.REGISTERED,
            rev=fact.rev,
            request=payload.request,
            due_on=payload.due_on,
            registered_by=fact.actor,
            received_at=payload.received_at or fact.at,
            late=payload.late,
            hands=frozenset({fact.actor}),
        )
    if isinstance(payload, HomeFact):
        raise UnlawfulFact(f"{payload.kind} is no case's fact")
    move = MOVES[payload.kind]
    if case is None or case.state not in move.since:
        state = case.state if case else "none"
        raise UnlawfulFact(f"{payload.kind} from {state}")
    changed = replace(case, **CHANGES[type(payload)](case, payload), rev=fact.rev)
    if isinstance(payload, f.SecondLooked):
        changed = replace(changed, looked_by=fact.actor)
    else:
        changed = replace(changed, hands=case.hands | {fact.actor})
    if isinstance(payload, f.Challenged) and case.to_sign != Role.SUPERVISOR.value:
        changed = replace(changed, challengers=case.challengers | {fact.actor})
    after = replace(changed, state=_next_state(case, payload, move.to or case.state))
    if after.state is State.PASSED_ON or isinstance(payload, f.TakenOver):
        # It waits on in the other office as it did.
        return after
    day = fact.at.astimezone(TEHRAN).date()
    stay, stopped = moved_on(after.stay, after.stopped, after.step, day)
    return replace(after, stay=stay, stopped=stopped)


def _next_state(case: Case, payload: f.CaseFact, to: State) -> State:
    """Where the fact leads; the few that depend on what they carry are told here."""
    match payload:
        case f.FeeDue(fee="office"):
            return State.FEE_DUE
        case f.FeePaid(fee="office") if case.state is State.FEE_DUE:
            return State.DECIDING
        case f.Amended() if case.state is State.RETURNED and case.left is not None:
            return case.left
        case f.TakenOver() if case.passed_in is not None:
            return case.passed_in
        case Consulted() if case.state is State.HANDED_OVER:
            return State.REPLY_DUE
        case ConsulteeReplied() | ConsultationDropped() if case.state is State.REPLY_DUE:
            return State.HANDED_OVER
        case ConsulteeReplied(ident) | ConsultationDropped(ident) if any(
            each.ident != ident for each in case.awaited
        ):
            return case.state
        case f.AmountsDue(beside=True):
            return case.state
        case f.CommissionDecided() | f.RulingFinal() | f.RulingObjected() if (
            case.state in RULED_BESIDE
        ):
            return case.state
        case f.CommissionDecided(stage=stage, verdict=verdict) if verdict and stage == FIRST:
            return case.state
        case f.CommissionDecided(file=file) | f.RulingFinal(file=file) if file is not None:
            return State.DECIDING
        case f.AllSettled() if case.state in BESIDE:
            return case.state
        case f.Challenged(to=to_role) if to_role != Role.EXPERT.value:
            return case.state
        case f.ObjectionAnswered(second=True) | f.ObjectionSigned(agreed=False):
            return case.state
        case f.ObjectionTold(stage=Stage.UPHELD) if case.state is State.PAY_DUE:
            # What was asked rests on a record that is corrected by now.
            return State.DECIDING
        case f.LetterIssued(letter=letter):
            debt = letter.kind is LetterKind.DEBT
            beside = case.state is State.DECIDING and bool(case.owed)
            if debt is not (case.state is State.PAY_DUE or beside):
                raise UnlawfulFact(f"letter of {letter.kind} from {case.state}")
            return case.state if debt else to
        case f.HandedOver(void=True):
            return case.state
        case f.HandedOver() if case.state not in HANDS:
            raise UnlawfulFact(f"{payload.kind} from {case.state}")
        case (
            f.LetterReleased(letter_id=letter_id)
            | f.HandedOver(letter_id=letter_id)
            | f.LetterVoided(letter_id=letter_id)
        ):
            debt = case.letter(letter_id).letter.kind is LetterKind.DEBT
            if not debt and case.state in BESIDE | {State.PAY_DUE, State.DECIDING, State.RETURNED}:
                raise UnlawfulFact(f"{payload.kind} of an answer from {case.state}")
            if not debt and isinstance(payload, f.LetterVoided) and appealable(case):
                # It rested on a ruling that was objected to: nothing is decided before the appeal.
                return State.COMMISSION
            return case.state if debt else to
    return to


def _decided(case: Case, fact: f.Decided) -> Mapping[str, Any]:
    return {
        "decision": fact.decision,
        "first": case.first or fact.decision,
        "refusal": fact.refusal,
        "sampled": fact.sampled,
        "drawn": fact.drawn or case.drawn,
        "owed": (),
        "unfounded": {},
        "taken_back": "",
    }


def _visit_due(_: Case, fact: f.VisitDue) -> Mapping[str, Any]:
    return {"no_record": fact.no_record, "slot": None, "inspector": ""}


def _booked(_: Case, fact: f.SlotBooked) -> Mapping[str, Any]:
    return {
        "slot": fact.slot,
        "inspector": fact.inspector,
        "attending": fact.attending,
        "attending_mobile": fact.mobile,
        "missed": None,
        "door_unseen": False,
    }


def _slot_moved(case: Case, fact: f.SlotMoved) -> Mapping[str, Any]:
    moved = case.moved_by_city + fact.by_city
    return {"slot": fact.slot, "inspector": fact.inspector, "moved_by_city": moved}


def _missed(case: Case, fact: f.VisitMissed) -> Mapping[str, Any]:
    gone = case.gone + (fact.cause in SEEN_THERE)
    unseen = fact.cause == ABSENT and fact.photo is not None
    return {"missed": fact, "slot": None, "gone": gone, "door_unseen": unseen}


def _reported(case: Case, fact: f.VisitReported) -> Mapping[str, Any]:
    return {
        "report": fact.report,
        "gone": case.gone + 1,
        **case.clearing(fact.report.cleared),
        "answer_by": fact.answer_by,
        "answer_days": fact.days,
        "report_looked": False,
    }


def _cleared(case: Case, fact: f.GatesCleared) -> Mapping[str, Any]:
    return {
        **case.clearing(fact.cleared),
        "entered": {**case.entered, **fact.entered},
        "refusal": (),
        "report_looked": True,
        **_CARRIED_OUT,
    }


# What was proposed is kept as what the letter rests on; nobody has to sign it any more.
_CARRIED_OUT: Mapping[str, Any] = {"to_sign": "", "challenges": (), "challengers": frozenset()}


def _refused(_: Case, fact: f.RefusedByExpert) -> Mapping[str, Any]:
    return {"refusal": fact.reasons, "report_looked": True, **_CARRIED_OUT}


def _escalated(case: Case, fact: f.Escalated) -> Mapping[str, Any]:
    if fact.step is None:
        return {"escalated": True}
    return _stay_told(case, fact.step, fact.answer_by, fact.to)


def _stay_told(case: Case, step: Step, until: date, late_to: str = "") -> Mapping[str, Any]:
    if case.stay is None or case.stay.step is not step:
        raise UnlawfulFact(f"it does not wait in {step}")
    return {"stay": replace(case.stay, until=until, late_to=late_to)}


def _in_review(case: Case, fact: f.InReview) -> Mapping[str, Any]:
    # Nobody goes before it is decided anew; whoever was to go may not have to.
    booked = {"slot": None, "inspector": ""} if case.state is State.BOOKED else {}
    return {
        **booked,
        "door_unseen": False,
        "review_comment": fact.comment,
        "recommendation": None,
        "to_sign": "",
        "reconsidered": "",
    }


def _recommended(_: Case, fact: f.Recommended) -> Mapping[str, Any]:
    return {
        "recommendation": fact.recommendation,
        "recommended_by": fact.by,
        "recommended_name": fact.by_name,
        "to_sign": fact.signer,
    }


def _challenged(case: Case, fact: f.Challenged) -> Mapping[str, Any]:
    turn = fact.to if fact.to != Role.EXPERT.value else ""
    return {"challenges": (*case.challenges, fact), "to_sign": turn}


def _assigned(_: Case, fact: f.Assigned) -> Mapping[str, Any]:
    return {"expert": fact.expert, "expert_name": fact.name}


def _sent_to_commission(_: Case, fact: f.SentToCommission) -> Mapping[str, Any]:
    return {
        "commission": fact.article,
        "commission_note": fact.note,
        "commission_result": None,
        "agenda": None,
        "served": (),
        "objected": (),
        "unopposed": False,
    }


def _ruled(case: Case, fact: f.CommissionDecided) -> Mapping[str, Any]:
    """A ruling is served anew; one that lies on the record is no longer anybody's clearance."""
    return {
        "commission_result": fact,
        "agenda": None,
        "served": (),
        "objected": (),
        "unopposed": False,
        **_laid(case, fact.file),
    }


def _ruling_final(case: Case, fact: f.RulingFinal) -> Mapping[str, Any]:
    ruling = case.commission_result
    final = replace(ruling, stage=FINAL, file=fact.file) if ruling is not None else None
    return {
        "commission_result": final,
        "agenda": None,
        "unopposed": True,
        **_laid(case, fact.file),
    }


def _ruling_objected(case: Case, fact: f.RulingObjected) -> Mapping[str, Any]:
    """One that was taken for final is a first one again, and what was asked by it is not asked."""
    objected: dict[str, Any] = {"objected": (*case.objected, fact)}
    if not fact.reopens or case.commission_result is None:
        return objected
    return objected | {
        "commission_result": replace(case.commission_result, stage=FIRST, file=None),
        "unopposed": False,
        "owed": (),
        # What finance said was of that ruling's fine.
        "fine_cleared": None,
        "returned": None,
        "taken_back": REOPENED if fact.recall else case.taken_back,
    }


def _laid(case: Case, file: str | None) -> dict[str, Any]:
    if file is None:
        return {}
    cleared = {gate: why for gate, why in case.cleared.items() if gate != VIOLATION}
    return {"cleared": cleared, "fine_cleared": None}


def _fine_cleared(case: Case, fact: f.FineCleared) -> Mapping[str, Any]:
    if not fact.clears:
        return {"fine_cleared": fact}
    return {"fine_cleared": fact, **case.clearing({VIOLATION: fact.comment})}


def _returned(case: Case, fact: f.Returned) -> Mapping[str, Any]:
    return {"returned": fact, "left": case.state}


def _amended(case: Case, fact: f.Amended) -> Mapping[str, Any]:
    changed: dict[str, Any] = {
        "request": amended_request(case.request, fact),
        "returned": None,
    }
    if WHO_ASKS.isdisjoint(fact.changes):
        return changed
    # What somebody cleared of one person is not cleared of another.
    return changed | {
        "cleared": {gate: why for gate, why in case.cleared.items() if gate not in _OF_PERSONS},
        "cleared_for": {k: v for k, v in case.cleared_for.items() if k not in _OF_PERSONS},
    }


def amended_request(request: Request, amendment: f.Amended) -> Request:
    """The request with changed answers, party fields (`party.…`) and documents."""
    party_changes: dict[str, Any] = {
        key.removeprefix("party."): value
        for key, value in amendment.changes.items()
        if key.startswith("party.")
    }
    answers = {k: v for k, v in amendment.changes.items() if not k.startswith("party.")}
    unchanged = answers.pop("unchanged", request.unchanged)
    documents = {document.key: document for document in request.documents}
    documents |= {document.key: document for document in amendment.documents}
    return replace(
        request,
        party=replace(request.party, **party_changes),
        answers={**request.answers, **answers},
        unchanged=unchanged,
        documents=tuple(documents.values()),
    )


def _letter_issued(case: Case, fact: f.LetterIssued) -> Mapping[str, Any]:
    return {"letters": (*case.letters, CaseLetter(fact.letter))}


def _letter_moved(
    case: Case,
    fact: f.LetterReleased
    | f.LetterPrinted
    | f.HandedOver
    | f.LetterVoided
    | VoidTold
    | SheetSpoiled
    | CopyAsked
    | CopyAnswered
    | CopyGiven,
) -> Mapping[str, Any]:
    letters = tuple(
        moved(held, fact) if held.letter.letter_id == fact.letter_id else held
        for held in case.letters
    )
    looked = case.looked
    if looked is not None and isinstance(fact, f.LetterVoided):
        # The recall asked for this; a letter that replaces it is not recalled.
        looked = replace(looked, recall=False)
    recall, reconsidered = case.recall, case.reconsidered
    if isinstance(fact, f.LetterVoided):
        if recall is not None and not records_hold(recall.found) and not appealable(case):
            # No record holds what the letter ended for: decided anew it would say the same.
            reconsidered = recall.reason
        recall = None
    sampled = case.sampled
    if isinstance(fact, f.LetterReleased) and fact.own:
        sampled = _own(case, fact) or sampled
    changed = {
        "letters": letters,
        "looked": looked,
        "sampled": sampled,
        "recall": recall,
        "reconsidered": reconsidered,
    }
    if isinstance(fact, f.LetterVoided) and case.state is State.REPLY_DUE:
        # What was asked by it is asked no more.
        changed |= _all_dropped(case, fact.reason)
    return changed


def _second_looked(_: Case, fact: f.SecondLooked) -> Mapping[str, Any]:
    # Of this answer alone: once an expert has it, another void is decided anew as any is.
    return {"looked": fact} if fact.right else {"looked": fact, "reconsidered": fact.comment}


def _own(case: Case, fact: f.LetterReleased) -> str:
    """Why an answer that its registrar released alone is looked at again; of a debt nobody does."""
    answer = case.answer
    return "own" if answer is not None and answer.letter.letter_id == fact.letter_id else ""


def _consulted(case: Case, fact: Consulted) -> Mapping[str, Any]:
    return {"consultations": (*case.consultations, Consultation(fact))}


def _in_consultation(case: Case, ident: str, **changed: Any) -> Mapping[str, Any]:
    return {
        "consultations": tuple(
            replace(each, **changed) if each.ident == ident else each for each in case.consultations
        )
    }


def _reminded(case: Case, fact: ConsulteeReminded) -> Mapping[str, Any]:
    told = (*case.consultation(fact.consultation_id).reminders, fact)
    return _in_consultation(case, fact.consultation_id, reminders=told, late=False)


def _replied(case: Case, fact: ConsulteeReplied) -> Mapping[str, Any]:
    ident, on = fact.consultation_id, fact.entered_on
    return _in_consultation(case, ident, reply=fact.reply, replied_on=on, late=False)


def _all_dropped(case: Case, reason: str) -> Mapping[str, Any]:
    return {
        "consultations": tuple(
            replace(each, dropped=reason, late=False) if each.open else each
            for each in case.consultations
        )
    }


def _withdrawn(case: Case, fact: f.Withdrawn) -> Mapping[str, Any]:
    return {"withdrawn": fact.reason, **_all_dropped(case, fact.reason)}


def _message_failed(case: Case, fact: f.MessageFailed) -> Mapping[str, Any]:
    return {"unreached": {**case.unreached, fact.message_id: fact}}


def _message_resent(case: Case, fact: f.MessageResent) -> Mapping[str, Any]:
    """The number is mended wherever the wrong one stood."""
    failed = case.unreached.get(fact.message_id)
    party, attending = case.request.party, case.attending_mobile
    wrong = failed.mobile if failed is not None else party.mobile
    if party.mobile == wrong:
        party = replace(party, mobile=fact.mobile)
    left = {key: one for key, one in case.unreached.items() if key != fact.message_id}
    return {
        "request": replace(case.request, party=party),
        "attending_mobile": fact.mobile if attending == wrong else attending,
        "unreached": left,
    }


def _passed_on(case: Case, fact: f.PassedOn) -> Mapping[str, Any]:
    return {
        "stream": office_stream(fact.office),
        "former": (*case.former, case.stream),
        "passed": fact,
        "passed_in": case.state,
    }


def _taken_over(_: Case, fact: f.TakenOver) -> Mapping[str, Any]:
    return {"taken_over": replace(fact, facts=(), keys={})}


def _objection_answered(case: Case, fact: f.ObjectionAnswered) -> Mapping[str, Any]:
    if fact.second:
        return {"answered": fact, "challenged": ""}
    return {**_concluded(case, fact), "challenged": ""}


def _visit_ordered(_: Case, fact: f.VisitOrdered) -> Mapping[str, Any]:
    return {"visit_for": fact.reason, "no_record": False, "slot": None, "inspector": ""}


def _objection_signed(case: Case, fact: f.ObjectionSigned) -> Mapping[str, Any]:
    if case.answered is None:
        raise UnlawfulFact("no answer to be signed")
    if not fact.agreed:
        return {"answered": None, "challenged": fact.comment}
    return _concluded(case, replace(case.answered, second=False))


def _concluded(case: Case, answer: f.ObjectionAnswered) -> Mapping[str, Any]:
    """An answer that stands: the centre writes its letter, whatever the records would say."""
    entered = {**case.entered, **answer.entered}
    if not answer.upheld:
        reasons = (answer.reason, answer.comment)
        return {"answered": answer, "entered": entered, "refusal": tuple(filter(None, reasons))}
    failing = case.decision.failing if case.decision else ()
    cleared = {**case.cleared, **{finding.gate: answer.reason for finding in failing}}
    # Whatever they find from now on: the correction itself makes them find something else.
    seen = {gate: code for gate, code in case.cleared_for.items() if gate not in cleared}
    return {"answered": answer, "entered": entered, "cleared": cleared, "cleared_for": seen}


def _objection_told(case: Case, fact: f.ObjectionTold) -> Mapping[str, Any]:
    told: dict[str, Any] = {"objections": {**case.objections, fact.tracking: fact}}
    if fact.stage is not Stage.UPHELD:
        return told
    told["owed"] = ()
    reason = upheld_words(fact.contested, fact.tracking)
    if fact.contested is Contested.REFUSAL:
        told |= {"reconsidered": reason}
    return told | ({"taken_back": reason} if fact.recall else {})


CHANGES: Mapping[type[f.CaseFact], Change] = {
    **MONEY,
    f.Decided: _decided,
    f.VisitDue: _visit_due,
    f.SlotBooked: _booked,
    f.SlotMoved: _slot_moved,
    f.VisitMissed: _missed,
    f.VisitReported: _reported,
    f.Escalated: _escalated,
    f.StepWarned: lambda case, fact: _stay_told(case, fact.step, fact.until),
    f.InReview: _in_review,
    f.Assigned: _assigned,
    f.Recommended: _recommended,
    f.Countersigned: lambda _, __: {},
    f.Challenged: _challenged,
    f.GatesCleared: _cleared,
    f.RefusedByExpert: _refused,
    f.SentToCommission: _sent_to_commission,
    f.CommissionDecided: _ruled,
    f.OnAgenda: lambda _, fact: {"agenda": fact},
    f.RulingServed: lambda case, fact: {"served": (*case.served, fact)},
    f.RulingObjected: _ruling_objected,
    f.RulingFinal: _ruling_final,
    f.FineCleared: _fine_cleared,
    f.Returned: _returned,
    f.Amended: _amended,
    f.LetterIssued: _letter_issued,
    f.LetterReleased: _letter_moved,
    f.LetterPrinted: _letter_moved,
    f.HandedOver: _letter_moved,
    f.LetterVoided: _letter_moved,
    LetterRecalled: lambda _, fact: {"recall": fact},
    LetterUpheld: lambda _, __: {"recall": None},
    VoidTold: _letter_moved,
    SheetSpoiled: _letter_moved,
    CopyAsked: _letter_moved,
    CopyAnswered: _letter_moved,
    CopyGiven: _letter_moved,
    f.Withdrawn: _withdrawn,
    f.SecondLooked: _second_looked,
    f.DoubleTold: lambda case, fact: {"doubles": (*case.doubles, fact)},
    # What was asked on them is asked no more before the next decision.
    f.RecordsTakenBack: lambda _, fact: {"taken_back": fact.reason, "owed": ()},
    Consulted: _consulted,
    ConsulteeReminded: _reminded,
    ConsulteeReplied: _replied,
    ConsultationDropped: lambda case, fact: _in_consultation(
        case, fact.consultation_id, dropped=fact.reason, late=False
    ),
    ReplyLate: lambda case, fact: _in_consultation(case, fact.consultation_id, late=True),
    f.MessageFailed: _message_failed,
    f.MessageResent: _message_resent,
    f.ConflictSettled: lambda _, __: {},
    f.ObjectionLaid: lambda _, fact: {"laid": fact},
    f.ObjectionAnswered: _objection_answered,
    f.VisitOrdered: _visit_ordered,
    f.ObjectionSigned: _objection_signed,
    f.ObjectionTold: _objection_told,
    f.PassedOn: _passed_on,
    f.TakenOver: _taken_over,
    f.ActedElsewhere: lambda case, fact: {"elsewhere": (*case.elsewhere, fact)},
}
"""By kind, for every fact but the registration, which makes the case."""
