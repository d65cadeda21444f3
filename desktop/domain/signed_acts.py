"""Which acts bear their person's own signature beside the device's (SYNC.md, "Identity")."""

from __future__ import annotations

from desktop.domain import commands as c

# What an earlier program left to the desk's signature, though a municipal desk does it.
SIGNED_LATER = frozenset(
    payload.kind
    for payload in (
        c.ReportVisit,
        c.MissVisit,
        c.MoveVisit,
        c.OrderVisit,
        c.ReturnCase,
        c.AssignCase,
        c.PutOnAgenda,
        c.EnterReply,
        c.DropConsultation,
        c.ObjectToRuling,
        c.TellVoid,
    )
)
SIGNED_BY_PERSON = SIGNED_LATER | {
    payload.kind
    for payload in (
        c.VoidLetter,
        c.RecallLetter,
        c.UpholdLetter,
        c.VoidRecalled,
        c.AnswerCopy,
        c.ReleaseLetter,
        c.ClearGates,
        c.Recommend,
        c.Countersign,
        c.Challenge,
        c.RefuseCase,
        c.SendToCommission,
        c.EnterCommissionResult,
        c.ServeRuling,
        c.EndRulingTerm,
        c.ClearFine,
        c.Consult,
        c.RemindConsultee,
        c.SecondLook,
        c.AnswerClaim,
        c.MatchPayment,
        c.RefundFee,
        c.VoidPayment,
        c.AnswerObjection,
        c.SignObjection,
        c.CloseDay,
        c.TakeSheets,
        c.DropSheets,
    )
}
