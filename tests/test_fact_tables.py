"""Every table by kind of fact is complete: a new one has a handler in each, or is nothing there."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import get_args, get_type_hints

import pytest

from desktop.centre.completing import COMPLETED
from desktop.centre.conflicts import DECIDES, PROPOSES, WEIGHED
from desktop.centre.consulting import TOUCHING
from desktop.centre.doubt_rows import DOUBTED
from desktop.centre.office_acts import ACTS as OFFICE_ACTS
from desktop.centre.passing import TILLS
from desktop.centre.projecting import BESIDE
from desktop.centre.recovering.redoing import HOME, TAKEN
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
from desktop.domain.elsewhere import CopyGiven, CopyPrinted
from desktop.domain.lawful import HANDLERS
from desktop.domain.message import OCCASIONS
from desktop.domain.money_acts import MONEY_ACTS
from desktop.domain.paper import CopyAnswered, CopyAsked, SheetSpoiled
from desktop.domain.people import Role
from desktop.domain.recall import LetterRecalled, LetterUpheld, VoidTold
from desktop.domain.request import DocumentFile
from desktop.domain.signed_acts import CENTRES_OWN, SIGNED_BY_PERSON, UNSIGNED
from desktop.domain.stream import CommandHeld, CommandRefused, HomeFact
from desktop.domain.told_paper import PaperTold
from desktop.domain.transitions import ACTS as LAWFUL
from desktop.domain.transitions import MOVES
from desktop.store.acts import FILES
from desktop.store.registers import MOVED
from desktop.store.stamped_sheets import KEPT as SHEETS
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
    "letters in doubt": (
        frozenset(DOUBTED),
        frozenset(
            {f.Registered, f.Decided, f.Amended, f.Withdrawn, f.LetterReleased, f.LetterPrinted,
             SheetSpoiled, CopyGiven}
            | _REVIEW | _TOLD | _PASSED | _VISIT | _ASKED | _WRITTEN | _OBJECTION
            | (_MONEY - {f.AllSettled})
        ),
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
            | (_REVIEW - {f.CommissionDecided, f.FineCleared, f.Recommended, f.Challenged,
                          f.RulingObjected, f.RulingFinal})
            | (_TOLD - {f.RecordsTakenBack, f.DoubleTold})
            | (_ASKED - {ConsulteeReplied, ConsultationDropped})
            | _PASSED | _VISIT | _WRITTEN | _OBJECTION
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


# What a restored centre takes again with a case's fact is a number, a pair, a half-day; of a letter
# of the municipality's own its number is enough (`redoing._numbers`).
_TAKES_NOTHING = frozenset(
    {f.Registered, f.Decided, f.Amended, f.VisitDue, f.VisitOrdered, f.VisitReported, f.PassedOn,
     f.ActedElsewhere}
    | (_LETTER - {f.LetterIssued}) | (_REVIEW - {f.InReview, f.FineCleared}) | _TOLD | _ASKED
    | _WRITTEN | _OBJECTION
    | (_MONEY - {f.AmountPaid, f.FeePaid, f.PaymentVoided})
)  # fmt: skip


def test_what_a_fact_takes_is_taken_again_by_a_restored_centre() -> None:
    assert set(TAKEN) | _TAKES_NOTHING == CASE_FACTS
    assert not set(TAKEN) & _TAKES_NOTHING
    assert set(HOME) == set(get_args(HomeFact))


def _bearing(*names: str) -> set[type]:
    facts = (*get_args(f.CaseFact), *get_args(HomeFact))
    return {each for each in facts if {*names} & {field.name for field in fields(each)}}


def test_whatever_tells_of_sheets_is_kept_of_them() -> None:
    assert set(SHEETS) == _bearing("sheets", "run")
    # The day's count of sheets knows each of them.
    assert _bearing("pages") == {f.LetterPrinted, SheetSpoiled, CopyPrinted}


def _holds_files(told: object, above: tuple[object, ...] = ()) -> bool:
    """Whether a value of that type holds a document's file anywhere."""
    if told is DocumentFile:
        return True
    parts = list(get_args(told))
    if isinstance(told, type) and is_dataclass(told) and told not in above:
        parts += get_type_hints(told).values()
    return any(_holds_files(part, (*above, told)) for part in parts)


def test_every_act_that_brings_a_file_names_it_to_the_store() -> None:
    assert set(FILES) == {each for each in get_args(c.Payload) if _holds_files(each)}


def test_what_is_no_cases_is_taken_at_every_desk() -> None:
    assert set(APPLIED) == set(get_args(HomeFact))


def test_every_command_has_its_handler_and_a_name_for_people() -> None:
    commands = set(get_args(c.Payload))
    assert set(HANDLERS) == commands - {*OFFICE_ACTS} == set(get_args(c.CasePayload))
    assert set(OFFICE_ACTS) == set(get_args(c.OfficePayload))
    # The centre's own never come back to a person.
    assert {*ACTS} == {each.kind for each in commands - CENTRES_OWN}


# What only earlier programs send: an expert proposes since (decision 067).
_OF_BEFORE = {c.ClearGates, c.RefuseCase}


@pytest.mark.slow
def test_every_command_of_a_person_is_given_at_a_desk() -> None:
    people = {each.__name__ for each in set(get_args(c.Payload)) - CENTRES_OWN - _OF_BEFORE}
    calls = re.compile(rf"\b({'|'.join(people)})\(")
    given = {
        name
        for room in ("actions", "ui")
        for path in (PROGRAM / room).rglob("*.py")
        for name in calls.findall(path.read_text(encoding="utf-8"))
    }
    assert people - given == set()


def test_whatever_a_municipal_desk_does_to_a_case_bears_its_persons_signature() -> None:
    by_city = {kind for kind, law in LAWFUL.items() if any(role.is_municipal for role in law.roles)}
    assert by_city - {each.kind for each in CENTRES_OWN} <= SIGNED_BY_PERSON
    assert not by_city & {each.kind for each in UNSIGNED}


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
