"""Every table by kind of fact is complete: a new one has a handler in each, or is nothing there."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path
from typing import get_args

import pytest

from desktop.centre.completing import COMPLETED
from desktop.centre.conflicts import DECIDES, PROPOSES, WEIGHED
from desktop.centre.consulting import TOUCHING
from desktop.centre.office_acts import ACTS as OFFICE_ACTS
from desktop.centre.passing import TILLS
from desktop.centre.projecting import BESIDE
from desktop.centre.takings import TAKINGS
from desktop.domain import commands as c
from desktop.domain import facts as f
from desktop.domain.applying import CHANGES
from desktop.domain.cash import BOOKED
from desktop.domain.consultation import (
    ConsultationDropped,
    Consulted,
    ConsulteeReminded,
    ConsulteeReplied,
    ReplyLate,
)
from desktop.domain.elsewhere import CopyGiven
from desktop.domain.lawful import HANDLERS
from desktop.domain.message import OCCASIONS
from desktop.domain.money_acts import MONEY_ACTS
from desktop.domain.paper import CopyAnswered, CopyAsked, SheetSpoiled
from desktop.domain.people import Role
from desktop.domain.recall import LetterRecalled, LetterUpheld, VoidTold
from desktop.domain.signed_acts import SIGNED_BY_PERSON
from desktop.domain.stream import CommandHeld, CommandRefused, HomeFact
from desktop.domain.told_paper import PaperTold
from desktop.domain.transitions import ACTS as LAWFUL
from desktop.domain.transitions import MOVES
from desktop.store.registers import MOVED
from desktop.store.work_items import ITEMS
from desktop.sync.apply import APPLIED
from desktop.ui.standing.acts import ACTS
from desktop.ui.standing.telling import WORDS

PROGRAM = Path(__file__).parents[1] / "desktop"
CASE_FACTS = frozenset(get_args(f.CaseFact))
_DOUBT = {LetterRecalled, LetterUpheld, VoidTold}
_PAPER = {SheetSpoiled, CopyAsked, CopyAnswered, CopyGiven}
_LETTER = {
    f.LetterIssued, f.LetterReleased, f.LetterPrinted, f.HandedOver, f.LetterVoided, *_DOUBT,
    *_PAPER,
}  # fmt: skip
_REVIEW = {
    f.InReview, f.GatesCleared, f.RefusedByExpert, f.SentToCommission, f.CommissionDecided,
    f.Returned, f.SecondLooked, f.Assigned, f.Recommended, f.Countersigned, f.Challenged,
    f.Returned, f.SecondLooked, f.OnAgenda, f.RulingServed, f.RulingObjected, f.RulingFinal,
    f.FineCleared,
}  # fmt: skip
_RULED = {f.CommissionDecided, f.RulingFinal, f.FineCleared}
_TOLD = {
    f.Escalated,
    f.StepWarned,
    f.DoubleTold,
    f.RecordsTakenBack,
    f.MessageFailed,
    f.MessageResent,
    f.ConflictSettled,
}
_ASKED = {ConsulteeReplied, ConsultationDropped, ReplyLate}
_WRITTEN = {Consulted, ConsulteeReminded}
_OBJECTION = {f.ObjectionLaid, f.ObjectionAnswered, f.ObjectionSigned, f.ObjectionTold}
_PASSED = {f.PassedOn, f.TakenOver, f.ActedElsewhere}
_VISIT = {f.VisitDue, f.VisitOrdered, f.SlotBooked, f.SlotMoved, f.VisitMissed, f.VisitReported}
_MONEY = {
    f.FeeDue, f.FeePaid, f.AmountsDue, f.AmountPaid, f.AllSettled, f.PaymentClaimed,
    f.ClaimAnswered, f.PaymentMatched, f.FeeRefunded, f.PaymentVoided,
}  # fmt: skip
_BOOKED = {f.FeePaid, f.AmountPaid, f.FeeRefunded, f.PaymentVoided}
_NO_MONEY = frozenset(
    {f.Registered, f.Decided, f.Amended}
    | _LETTER | _REVIEW | _TOLD | _PASSED | _VISIT | _ASKED | _WRITTEN | _OBJECTION
)  # fmt: skip

# What each table has nothing to do with: whoever adds a fact says so here, or gives it a handler.
NOTHING: dict[str, tuple[frozenset[type], frozenset[type]]] = {
    "a log tells": (frozenset(WORDS), frozenset()),
    "a case changes": (frozenset(CHANGES), frozenset({f.Registered})),
    "the centre completes": (
        frozenset(COMPLETED),
        frozenset(
            {f.Registered, f.Decided, f.Amended, f.VisitDue, f.VisitOrdered, f.AmountsDue,
             f.AllSettled, f.PaymentClaimed, f.ClaimAnswered, f.PaymentMatched}
            | (_LETTER - {CopyGiven}) | (_REVIEW - _RULED - {f.Assigned, f.InReview, f.Recommended})
            | _TOLD | _ASKED
            | (_OBJECTION - {f.ObjectionAnswered})
            | (_PASSED - {f.PassedOn})
        ),
    ),
    "the centre keeps beside": (
        frozenset(BESIDE),
        frozenset(
            {f.Decided, f.LetterIssued} | _DOUBT | _PAPER
            | (_REVIEW - _RULED - {f.RulingObjected}) | (_TOLD - {f.DoubleTold})
            | _PASSED | _ASKED | _WRITTEN
            | (_VISIT - {f.VisitReported, f.VisitMissed})
            | (_MONEY - {f.AmountPaid, f.PaymentVoided})
        ),
    ),
    "the day's book": (
        frozenset({*BOOKED, f.PaymentVoided}),
        _NO_MONEY | {f.Withdrawn} | (_MONEY - _BOOKED),
    ),
    "a person must look": (
        frozenset(ITEMS) - {CommandRefused, CommandHeld, PaperTold},
        frozenset(
            {
                f.Registered,
                f.Decided,
                f.Escalated,
                f.StepWarned,
                f.VisitDue,
                f.VisitOrdered,
            }
            | (_LETTER - _DOUBT - {f.LetterReleased, f.LetterVoided, f.LetterPrinted, f.HandedOver}
               - {CopyAnswered, CopyGiven})
            | (_REVIEW - {f.SecondLooked, f.RulingObjected})
            | _MONEY | _ASKED | _WRITTEN
            | (_OBJECTION - {f.ObjectionTold})
        ),
    ),
    "the citizen is told": (
        frozenset(OCCASIONS),
        frozenset(
            {f.Decided, f.Amended, f.Withdrawn, f.VisitDue, f.VisitOrdered, f.VisitReported}
            | (_LETTER - {f.LetterReleased, f.LetterVoided, f.HandedOver})
            | (_REVIEW - {f.Returned})
            | (_TOLD - {f.MessageResent}) | (_PASSED - {f.TakenOver})
            | _MONEY | _ASKED | _WRITTEN | _OBJECTION
        ),
    ),
    "the city's tills": (frozenset(TAKINGS), _NO_MONEY | {f.Withdrawn} | (_MONEY - _BOOKED)),
    "tills that a case left": (
        frozenset(TILLS),
        _NO_MONEY | (_MONEY - {f.PaymentMatched, f.PaymentVoided, f.FeeRefunded}),
    ),
    "the register of letters": (
        # That one was issued is its line, where its case went on is told of all its letters.
        frozenset({*MOVED, f.LetterIssued, f.PassedOn, f.TakenOver}),
        frozenset(
            {f.Registered, f.Decided, f.Amended, f.Withdrawn, f.LetterPrinted, f.ActedElsewhere}
            | _DOUBT | _PAPER
            | _REVIEW | _TOLD | _VISIT | _ASKED | _WRITTEN | _OBJECTION | _MONEY
        ),
    ),
    "a proposal weighs": (
        frozenset(WEIGHED),
        frozenset(
            {f.Registered, f.Decided, f.Withdrawn, f.FeeDue, f.FeePaid, f.AmountsDue,
             f.PaymentMatched, f.FeeRefunded}
            | _LETTER
            | (_REVIEW - {f.CommissionDecided, f.FineCleared, f.Recommended, f.Challenged})
            | (_TOLD - {f.RecordsTakenBack, f.DoubleTold})
            | _PASSED | _VISIT | _ASKED | _WRITTEN | _OBJECTION
        ),
    ),
    "the list of questions to other bodies": (
        frozenset(TOUCHING),
        frozenset(
            {f.Registered, f.Decided, f.Amended}
            | (_LETTER - {f.LetterVoided})
            | _REVIEW | _TOLD | _PASSED | _VISIT | _OBJECTION | _MONEY
        ),
    ),
}  # fmt: skip


@pytest.mark.parametrize("table", NOTHING)
def test_every_fact_is_in_the_table_or_is_said_to_be_nothing_there(table: str) -> None:
    handled, nothing = NOTHING[table]
    assert handled | nothing == CASE_FACTS
    assert not handled & nothing


def test_every_fact_moves_a_case_by_the_one_table() -> None:
    assert set(MOVES) == {fact.kind for fact in CASE_FACTS - {f.Registered}}


def test_what_is_no_cases_is_taken_at_every_desk() -> None:
    assert set(APPLIED) == set(get_args(HomeFact))


_CENTRES_OWN = {
    c.Escalate, c.TellDouble, c.TakeRecordsBack, c.TellLateReply, c.FailMessage, c.PassOn,
    c.TellObjection,
    # For a person at another office than the case's (`centre.elsewhere`).
    c.GiveCopy,
}  # fmt: skip


def test_every_command_has_its_handler_and_a_name_for_people() -> None:
    commands = set(get_args(c.Payload))
    assert set(HANDLERS) == commands - {*OFFICE_ACTS} == set(get_args(c.CasePayload))
    assert set(OFFICE_ACTS) == set(get_args(c.OfficePayload))
    # The centre's own never come back to a person.
    assert {*ACTS} == {each.kind for each in commands - _CENTRES_OWN}


# What only earlier programs send: an expert proposes since (decision 067).
_OF_BEFORE = {c.ClearGates, c.RefuseCase}


@pytest.mark.slow
def test_every_command_of_a_person_is_given_at_a_desk() -> None:
    people = {each.__name__ for each in set(get_args(c.Payload)) - _CENTRES_OWN - _OF_BEFORE}
    calls = re.compile(rf"\b({'|'.join(people)})\(")
    given = {
        name
        for room in ("actions", "ui")
        for path in (PROGRAM / room).rglob("*.py")
        for name in calls.findall(path.read_text(encoding="utf-8"))
    }
    assert people - given == set()


# What people do that the desk's own signature is enough for: an office is one trust domain.
_UNSIGNED = {
    c.Register, c.Amend, c.Withdraw, c.KeepTheirs, c.ResendMessage,
    c.PayFee, c.PayDue, c.ClaimPayment, c.PrintLetter, c.HandOver, c.BookVisit,
    c.SpoilSheet, c.AskCopy, c.TellPaper, c.TellCopy,
}  # fmt: skip


def test_every_command_of_a_person_is_signed_or_is_said_to_need_no_signature() -> None:
    people = set(get_args(c.Payload)) - _CENTRES_OWN
    assert {each.kind for each in people - _UNSIGNED} == SIGNED_BY_PERSON
    # Whatever a municipal desk may do to a case bears its person's signature.
    by_city = {kind for kind, law in LAWFUL.items() if any(role.is_municipal for role in law.roles)}
    by_people = {each.kind for each in people}
    assert by_city & by_people <= SIGNED_BY_PERSON


# A claim is finance's to answer, a match says what the bank's list says: no till is counted anew.
_IN_NO_TILL = {c.ClaimPayment, c.MatchPayment}


def test_every_act_that_names_a_payment_is_of_a_till_or_is_said_not_to_be() -> None:
    naming = {
        each
        for each in get_args(c.Payload)
        if {"payment", "mark"} & {field.name for field in fields(each)}
    }
    assert {each.kind for each in naming - _IN_NO_TILL} == {*MONEY_ACTS}


# What the municipality does that stands whatever the counter has amended meanwhile.
_AS_IT_STANDS = {
    c.MoveVisit, c.MissVisit, c.ReportVisit, c.AssignCase, c.ReturnCase, c.PutOnAgenda,
    c.ServeRuling, c.ObjectToRuling, c.ClearFine, c.AnswerClaim, c.SecondLook,
    c.RemindConsultee, c.EnterReply, c.DropConsultation,
    c.RecallLetter, c.UpholdLetter, c.VoidRecalled, c.TellVoid, c.AnswerCopy,
}  # fmt: skip


def test_every_act_of_the_municipality_rests_on_what_was_seen_or_is_said_not_to() -> None:
    def is_theirs(command: type[c.CasePayload]) -> bool:
        return any(role.is_municipal for role in LAWFUL[command.kind].roles)

    theirs = {command for command in get_args(c.CasePayload) if is_theirs(command)}
    assert theirs - {*DECIDES, *PROPOSES} == _AS_IT_STANDS


# Where and when a visit is decides nothing.
_OF_A_VISIT = {c.MoveVisit, c.MissVisit}


def test_whoever_acts_for_the_municipality_decides_or_only_moves_visits() -> None:
    for role in (each for each in Role if each.is_municipal):
        commands = set(get_args(c.CasePayload)) - _OF_A_VISIT
        acts = [each for each in commands if role in LAWFUL[each.kind].roles]
        assert role.decides is bool(acts), role
