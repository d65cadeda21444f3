"""The transition table of a case: states, the facts that move them, who may ask what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from desktop.domain import commands as c
from desktop.domain import facts as f
from desktop.domain.consultation import (
    ConsultationDropped,
    Consulted,
    ConsulteeReminded,
    ConsulteeReplied,
    ReplyLate,
)
from desktop.domain.contest import Unit
from desktop.domain.elsewhere import CopyGiven
from desktop.domain.paper import CopyAnswered, CopyAsked, SheetSpoiled
from desktop.domain.people import Role
from desktop.domain.recall import LetterRecalled, LetterUpheld, VoidTold
from desktop.domain.state import (
    ANSWERED,
    AWAITS_CENTRE,
    AWAITS_REPLY,
    BESIDE,
    ENDS,
    OPEN,
    RULED_BESIDE,
    STAMPED,
    TAKEN,
    WAITS,
    State,
)

S = State


@dataclass(frozen=True)
class Move:
    """A fact's move: lawful since these states, to that one; `to` None keeps the state."""

    since: frozenset[State]
    to: State | None = None


def _move(since: frozenset[State] | set[State], to: State | None = None) -> Move:
    return Move(frozenset(since), to)


HANDS = {S.RELEASED, S.PAY_DUE} | BESIDE
"""Where a stamped letter is given out."""
# A stamped letter may go on paper, of an answer or of what is owed.
_PRINTS = {S.RELEASED, S.REPLY_DUE, S.HANDED_OVER, S.PAY_DUE} | BESIDE
# `consulted` after a hand-over, and what ends it, are told in domain/applying.py.
# `registered` begins a case; `amended` restores the state that `returned` left; a debt letter
# moves nothing (domain/case.py); `taken-over` restores the state that `passed-on` left.
MOVES: Mapping[str, Move] = {
    f.FeeDue.kind: _move({S.REGISTERED, S.VISIT_DUE}),
    f.FeePaid.kind: _move(TAKEN),
    f.Decided.kind: _move(AWAITS_CENTRE, S.DECIDING),
    f.AmountsDue.kind: _move({S.DECIDING}, S.PAY_DUE),
    f.AmountPaid.kind: _move({S.PAY_DUE} | BESIDE),
    f.AllSettled.kind: _move({S.PAY_DUE} | BESIDE, S.DECIDING),
    f.VisitDue.kind: _move({S.DECIDING}, S.VISIT_DUE),
    f.SlotBooked.kind: _move({S.VISIT_DUE}, S.BOOKED),
    f.SlotMoved.kind: _move({S.BOOKED}),
    f.VisitMissed.kind: _move({S.BOOKED}, S.VISIT_DUE),
    f.VisitReported.kind: _move({S.BOOKED}, S.DECIDING),
    f.Escalated.kind: _move(WAITS),
    f.StepWarned.kind: _move(WAITS),
    f.InReview.kind: _move(
        {S.DECIDING, S.VOIDED, S.BOOKED, S.PAY_DUE, S.VISIT_DUE, S.RECOMMENDED}, S.IN_REVIEW
    ),
    f.Assigned.kind: _move({S.IN_REVIEW, S.COMMISSION, S.CONSULTING}),
    f.Recommended.kind: _move({S.IN_REVIEW}, S.RECOMMENDED),
    f.Countersigned.kind: _move({S.RECOMMENDED}),
    f.Challenged.kind: _move({S.RECOMMENDED}, S.IN_REVIEW),
    f.GatesCleared.kind: _move({S.IN_REVIEW, S.RECOMMENDED}, S.DECIDING),
    f.RefusedByExpert.kind: _move({S.IN_REVIEW, S.RECOMMENDED}, S.DECIDING),
    f.SentToCommission.kind: _move({S.IN_REVIEW}, S.COMMISSION),
    # A first ruling stays there; a final one that lies on the record is decided upon.
    f.CommissionDecided.kind: _move({S.COMMISSION} | RULED_BESIDE, S.IN_REVIEW),
    f.OnAgenda.kind: _move({S.COMMISSION} | RULED_BESIDE),
    f.RulingServed.kind: _move(frozenset(State) - {S.PASSED_ON}),
    f.RulingObjected.kind: _move(frozenset(State) - {S.PASSED_ON}, S.COMMISSION),
    f.RulingFinal.kind: _move({S.COMMISSION, S.WITHDRAWN}, S.IN_REVIEW),
    f.FineCleared.kind: _move({S.IN_REVIEW}),
    f.Returned.kind: _move({S.REGISTERED, S.FEE_DUE, S.IN_REVIEW}, S.RETURNED),
    f.Amended.kind: _move(OPEN),
    f.LetterIssued.kind: _move({S.DECIDING, S.PAY_DUE}, S.ISSUED),
    f.LetterReleased.kind: _move({S.ISSUED, S.PAY_DUE} | BESIDE, S.RELEASED),
    f.LetterPrinted.kind: _move(_PRINTS),
    # A void one also from elsewhere, which moves nothing (domain/applying.py).
    f.HandedOver.kind: _move(frozenset(State) - {S.PASSED_ON}, S.HANDED_OVER),
    # Of a debt letter also from `returned`, which it stands beside.
    f.LetterVoided.kind: _move(ANSWERED | BESIDE | {S.PAY_DUE, S.DECIDING, S.RETURNED}, S.VOIDED),
    SheetSpoiled.kind: _move(_PRINTS),
    CopyAsked.kind: _move(_PRINTS),
    CopyAnswered.kind: _move(_PRINTS),
    CopyGiven.kind: _move(_PRINTS),
    LetterRecalled.kind: _move(STAMPED),
    LetterUpheld.kind: _move(ANSWERED),
    VoidTold.kind: _move(frozenset(State) - {S.PASSED_ON}),
    # Where the case was, what its till has to give back is told of after it left.
    f.Withdrawn.kind: _move(OPEN | {S.PASSED_ON}, S.WITHDRAWN),
    f.SecondLooked.kind: _move(frozenset(State)),
    f.PaymentClaimed.kind: _move({S.PAY_DUE} | BESIDE),
    f.ClaimAnswered.kind: _move(frozenset(State)),
    f.PaymentMatched.kind: _move(frozenset(State)),
    f.FeeRefunded.kind: _move({S.WITHDRAWN}),
    f.PaymentVoided.kind: _move(frozenset(State)),
    f.DoubleTold.kind: _move(frozenset(State) - ENDS),
    f.RecordsTakenBack.kind: _move(ANSWERED | BESIDE | {S.PAY_DUE}),
    Consulted.kind: _move({S.IN_REVIEW, S.CONSULTING, S.HANDED_OVER}, S.CONSULTING),
    ConsulteeReminded.kind: _move(AWAITS_REPLY),
    ConsulteeReplied.kind: _move(AWAITS_REPLY, S.IN_REVIEW),
    ConsultationDropped.kind: _move(AWAITS_REPLY, S.IN_REVIEW),
    ReplyLate.kind: _move(AWAITS_REPLY),
    f.MessageFailed.kind: _move(frozenset(State) - ENDS),
    f.MessageResent.kind: _move(frozenset(State) - ENDS),
    f.ConflictSettled.kind: _move(frozenset(State) - {S.PASSED_ON}),
    f.ObjectionLaid.kind: _move({S.DECIDING}),
    f.ObjectionAnswered.kind: _move({S.IN_REVIEW}, S.DECIDING),
    f.VisitOrdered.kind: _move({S.IN_REVIEW}, S.VISIT_DUE),
    f.ObjectionSigned.kind: _move({S.IN_REVIEW}, S.DECIDING),
    f.ObjectionTold.kind: _move(frozenset(State) - {S.PASSED_ON}),
    f.PassedOn.kind: _move(frozenset(State) - {S.WITHDRAWN, S.PASSED_ON}, S.PASSED_ON),
    f.TakenOver.kind: _move({S.PASSED_ON}),
    f.ActedElsewhere.kind: _move(frozenset(State) - {S.PASSED_ON}),
}

_COUNTER = frozenset({Role.CLERK, Role.MANAGER})
_EXPERT = frozenset({Role.EXPERT})
_SECOND = frozenset({Role.SIGNER, Role.SUPERVISOR})
_UNIT = frozenset({Role.EXPERT, Role.SUPERVISOR})
_UNITS = frozenset(role for unit in Unit for role in unit.answers)
_SIGNING = frozenset(role for unit in Unit for role in unit.signs)


@dataclass(frozen=True)
class Allowed:
    """Who may ask for a command, and in which states of the case."""

    roles: frozenset[Role]
    states: frozenset[State]


def _act(roles: frozenset[Role] | set[Role], states: frozenset[State] | set[State]) -> Allowed:
    return Allowed(frozenset(roles), frozenset(states))


ACTS: Mapping[str, Allowed] = {
    c.Register.kind: _act(_COUNTER, set()),
    c.PayFee.kind: _act(_COUNTER, TAKEN),
    c.PayDue.kind: _act(_COUNTER, {S.PAY_DUE} | BESIDE),
    c.BookVisit.kind: _act(_COUNTER, {S.VISIT_DUE}),
    c.MoveVisit.kind: _act(_COUNTER | {Role.INSPECTOR, Role.PLANNER}, {S.BOOKED}),
    c.MissVisit.kind: _act({Role.INSPECTOR, Role.PLANNER, Role.CENTRE}, {S.BOOKED}),
    c.ReportVisit.kind: _act({Role.INSPECTOR}, {S.BOOKED}),
    c.ClearGates.kind: _act(_EXPERT, {S.IN_REVIEW}),
    c.Recommend.kind: _act(_EXPERT, {S.IN_REVIEW}),
    c.Countersign.kind: _act(_SECOND, {S.RECOMMENDED}),
    c.Challenge.kind: _act(_SECOND, {S.RECOMMENDED}),
    c.AssignCase.kind: _act(_EXPERT | {Role.SUPERVISOR}, {S.IN_REVIEW, S.COMMISSION, S.CONSULTING}),
    c.RefuseCase.kind: _act(_EXPERT, {S.IN_REVIEW}),
    c.ReturnCase.kind: _act(_COUNTER | _UNITS, {S.REGISTERED, S.FEE_DUE, S.IN_REVIEW}),
    c.SendToCommission.kind: _act(_EXPERT, {S.IN_REVIEW}),
    c.EnterCommissionResult.kind: _act(_EXPERT, {S.COMMISSION} | RULED_BESIDE),
    c.PutOnAgenda.kind: _act(_EXPERT, {S.COMMISSION} | RULED_BESIDE),
    c.ServeRuling.kind: _act(_COUNTER | _EXPERT, frozenset(State) - {S.PASSED_ON}),
    c.ObjectToRuling.kind: _act(_COUNTER | _EXPERT, frozenset(State) - {S.PASSED_ON}),
    c.EndRulingTerm.kind: _act(_EXPERT, {S.COMMISSION, S.WITHDRAWN}),
    c.ClearFine.kind: _act({Role.FINANCE}, {S.IN_REVIEW}),
    c.Amend.kind: _act(_COUNTER, OPEN),
    c.ReleaseLetter.kind: _act(_COUNTER, {S.ISSUED, S.PAY_DUE} | BESIDE),
    c.PrintLetter.kind: _act(_COUNTER, _PRINTS),
    c.SpoilSheet.kind: _act(_COUNTER, _PRINTS),
    c.AskCopy.kind: _act(_COUNTER, _PRINTS),
    c.AnswerCopy.kind: _act({Role.SUPERVISOR}, _PRINTS),
    c.GiveCopy.kind: _act(_COUNTER, _PRINTS),
    # What was void by then is told of wherever the case is (domain/lawful_letters.py).
    c.HandOver.kind: _act(_COUNTER, frozenset(State) - {S.PASSED_ON}),
    c.VoidLetter.kind: _act({Role.MANAGER}, ANSWERED),
    c.RecallLetter.kind: _act(_UNIT, ANSWERED),
    c.UpholdLetter.kind: _act(_UNIT | _SECOND, ANSWERED),
    c.VoidRecalled.kind: _act(_SECOND, STAMPED),
    c.TellVoid.kind: _act(_COUNTER | _UNIT, frozenset(State) - {S.PASSED_ON}),
    c.Withdraw.kind: _act(_COUNTER | {Role.CENTRE}, OPEN),
    c.ClaimPayment.kind: _act(_COUNTER, {S.PAY_DUE} | BESIDE),
    c.AnswerClaim.kind: _act({Role.FINANCE}, frozenset(State) - {S.PASSED_ON}),
    # Of the counter who closes the day: the manager, or who stands in for him (`Setting.closes`).
    c.MatchPayment.kind: _act(_COUNTER, frozenset(State)),
    c.RefundFee.kind: _act({Role.MANAGER}, {S.WITHDRAWN}),
    c.VoidPayment.kind: _act(_COUNTER, frozenset(State)),
    c.TellDouble.kind: _act({Role.CENTRE}, frozenset(State) - ENDS),
    c.TakeRecordsBack.kind: _act({Role.CENTRE}, ANSWERED | BESIDE | {S.PAY_DUE}),
    c.Escalate.kind: _act({Role.CENTRE}, WAITS),
    c.Consult.kind: _act(_EXPERT, {S.IN_REVIEW, S.CONSULTING}),
    c.RemindConsultee.kind: _act(_UNIT, AWAITS_REPLY),
    c.EnterReply.kind: _act(_COUNTER | _EXPERT, AWAITS_REPLY),
    c.DropConsultation.kind: _act(_UNIT, {S.CONSULTING}),
    c.TellLateReply.kind: _act({Role.CENTRE}, AWAITS_REPLY),
    c.FailMessage.kind: _act({Role.CENTRE}, frozenset(State) - ENDS),
    c.ResendMessage.kind: _act(_COUNTER, frozenset(State) - ENDS),
    c.KeepTheirs.kind: _act(_COUNTER, frozenset(State) - {S.PASSED_ON}),
    c.AnswerObjection.kind: _act(_UNITS, {S.IN_REVIEW}),
    c.OrderVisit.kind: _act(_UNITS, {S.IN_REVIEW}),
    c.SignObjection.kind: _act(_SIGNING, {S.IN_REVIEW}),
    c.TellObjection.kind: _act({Role.CENTRE}, frozenset(State) - {S.PASSED_ON}),
    c.PassOn.kind: _act({Role.CENTRE}, frozenset(State) - {S.WITHDRAWN, S.PASSED_ON}),
    c.SecondLook.kind: _act({Role.SUPERVISOR}, ANSWERED | {S.VOIDED}),
}
