"""What the queue shows of a case, computed from the case: rank, next step, words to search."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum

from desktop.domain import commands as c
from desktop.domain.case import Case
from desktop.domain.case_letters import CaseLetter, told_address
from desktop.domain.persian import clean, fold, sort_key
from desktop.domain.search_words import words
from desktop.domain.serving import unserved
from desktop.domain.state import ENDS, State
from desktop.domain.status import Status, status_of
from desktop.domain.transitions import ACTS

# Where a letter is released: an answer in one state, a debt letter in the other.
RELEASABLE = ACTS[c.ReleaseLetter.kind].states
PRINTABLE = ACTS[c.PrintLetter.kind].states


class Rank(IntEnum):
    """Whose turn it is: the office's own, somebody else's, nobody's any more."""

    OURS = 0
    OTHERS = 1
    CLOSED = 2


@dataclass(frozen=True)
class QueueCase:
    """A case as the queue shows it; `row_id` names it in this store only.

    `next_step` is the kind of the command that the office would give next, empty when it waits.
    `provisional`: something of it is not settled at the centre («در صف»). `refused`: the centre
    refused an act of it and nobody has looked yet. `recall`: a released letter is to be voided.
    `first_outcome` is what the records answered first, before any payment or visit.
    `letter_state` is `issued`, `released`, `printed`, `handed-over`, `voided` or empty.
    `linked_to` is the id of the case from which it was opened, `came_from` the name of the office
    that had it before this one. `step_by` is the last day of what is promised of the step in which
    it waits, once it was warned of; `step_late` that it went by. `address` is the property's.
    """

    row_id: int
    case_id: str
    stream: str
    rev: int
    state: State
    status: Status
    rank: Rank
    outcome: str
    first_outcome: str
    service: str
    applicant: str
    applicant_id: str
    mobile: str
    code: str
    plate: str
    tracking: str
    received_on: date
    received_at: datetime
    due_on: date
    updated_at: datetime
    registered_by: str
    provisional: bool
    refused: bool
    recall: bool
    needs_update: bool
    slot_day: date | None
    slot_half: int
    letter_number: str
    letter_state: str
    next_step: str
    linked_to: str
    came_from: str
    step_by: date | None
    step_late: bool
    address: str

    @property
    def to_release(self) -> bool:
        """Whether its letter, an answer or a debt letter, waits to be stamped."""
        unpaid = self.next_step == c.PayFee.kind and self.state is not State.VISIT_DUE
        return not unpaid and waits_for_release(self.state, self.letter_state)


def next_step(case: Case) -> str:
    """The kind of the command that the counter gives next; empty when the office waits."""
    if case.fee_to_take:
        return c.PayFee.kind
    match case.state:
        case State.PAY_DUE if case.asked:
            return c.PayDue.kind
        case State.VISIT_DUE:
            return c.BookVisit.kind
        case State.RETURNED:
            return c.Amend.kind
        case State.ISSUED:
            return c.ReleaseLetter.kind
        case State.RELEASED:
            printed = case.answer is not None and case.answer.on_paper > 0
            return c.HandOver.kind if printed else c.PrintLetter.kind
        case State.COMMISSION if unserved(case):
            return c.ServeRuling.kind
    return ""


def rank(case: Case) -> Rank:
    """Whose turn it is; a letter to be voided, and a fee that a wrong entry left untaken, are the
    office's own, handed over or not."""
    if case.recalled or case.fee_to_take:
        return Rank.OURS
    if case.state in ENDS:
        return Rank.CLOSED
    return Rank.OURS if next_step(case) else Rank.OTHERS


def came_from(case: Case) -> str:
    """The name of the office that the case came from; empty where it began here, or went on."""
    over = case.taken_over
    return over.name if over is not None and case.state is not State.PASSED_ON else ""


def shown_letter(case: Case) -> CaseLetter | None:
    """The letter that the row tells of: the answer, else the debt letter, else the last one."""
    return case.answer or case.debt_letter or (case.letters[-1] if case.letters else None)


def letter_state(held: CaseLetter | None) -> str:
    """How far the letter has come, in one word."""
    if held is None:
        return ""
    if held.voided:
        return "voided"
    if held.handed_to:
        return "handed-over"
    if held.on_paper:
        return "printed"
    return "released" if held.release else "issued"


def to_release(case: Case) -> bool:
    """Whether a letter of the case, an answer or a debt letter, waits to be stamped."""
    waits = waits_for_release(case.state, letter_state(shown_letter(case)))
    return waits and not case.fee_before_stamping


def waits_for_release(state: State, letter: str) -> bool:
    """Whether a letter of that state waits to be stamped while the case is in `state`."""
    return letter == "issued" and state in RELEASABLE


def plate_key(section: int, main: int, sub: int) -> str:
    """A plate as the row keeps it: `main/sub/section`, to be found by its beginning."""
    return f"{main}/{sub}/{section}"


def columns(case: Case, updated_at: datetime) -> dict[str, object]:
    """The row's columns that follow from the case alone."""
    request = case.request
    held = shown_letter(case)
    number = held.letter.number if held else ""
    plate = request.plate
    name = clean(request.party.name)
    tracking = fold(request.tracking)
    address = clean(told_address(case))
    return {
        "case_id": case.case_id,
        "stream": case.stream,
        "state": case.state.value,
        "status": status_of(case).value,
        "rank": int(rank(case)),
        "outcome": case.outcome.value if case.outcome else "",
        "first_outcome": case.first.outcome.value if case.first else "",
        "service": request.service,
        "applicant": name,
        "applicant_sort": sort_key(f"{request.party.last_name} {request.party.first_name}"),
        "applicant_id": request.party.person_id,
        "mobile": request.party.mobile,
        "code": request.code,
        "plate": plate_key(plate.section, plate.main, plate.sub) if plate else "",
        "tracking": tracking,
        "received_on": request.received_on,
        "received_at": case.received_at,
        "due_on": case.awaited_by,
        "updated_at": updated_at,
        "registered_by": case.registered_by,
        "recall": case.recalled,
        "slot_day": case.slot.day if case.slot else None,
        "slot_half": case.slot.half if case.slot else 0,
        "letter_number": number,
        "letter_state": letter_state(held),
        "next_step": next_step(case),
        "linked_to": request.linked_to,
        "came_from": came_from(case),
        "step_by": case.told_stay.until if case.told_stay else None,
        "step_late": case.step_is_late,
        "address": address,
        "words": words(
            name, request.party.represented_name, request.party.person_id, request.party.mobile,
            tracking, request.code, number, address,
        ),
    }  # fmt: skip
