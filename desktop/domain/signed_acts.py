"""Which acts bear their person's own signature beside the device's (SYNC.md, "Identity")."""

from __future__ import annotations

from typing import get_args

from desktop.domain import commands as c

# What the centre brings about by itself; a copy for a person at another office than the case's.
CENTRES_OWN: frozenset[type[c.Payload]] = frozenset(
    {
        c.Escalate,
        c.TellDouble,
        c.TakeRecordsBack,
        c.TellLateReply,
        c.FailMessage,
        c.PassOn,
        c.TellObjection,
        c.GiveCopy,
    }
)
# What people do that the desk's own signature is enough for: an office is one trust domain.
UNSIGNED: frozenset[type[c.Payload]] = frozenset(
    {
        c.Register,
        c.Amend,
        c.Withdraw,
        c.KeepTheirs,
        c.ResendMessage,
        c.PayFee,
        c.PayDue,
        c.ClaimPayment,
        c.PrintLetter,
        c.HandOver,
        c.BookVisit,
        c.SpoilSheet,
        c.AskCopy,
        c.TellPaper,
        c.TellCopy,
    }
)
SIGNED_BY_PERSON = frozenset(
    payload.kind for payload in get_args(c.Payload) if payload not in CENTRES_OWN | UNSIGNED
)
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
