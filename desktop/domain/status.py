"""Where a case stands, told once for chips, lists, filters and pages: finer than its state."""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache

from desktop.domain.case import Case
from desktop.domain.decision import Outcome
from desktop.domain.people import Role
from desktop.domain.state import State


class Status(StrEnum):
    """What a person calls the place where a case stands.

    It is the state, save where people tell more apart: papers that lack from a form to be mended, a
    visit that did not happen from one to be booked, a receipt that finance looks into from a sum to
    be paid, a proposal that changes nothing, and one on which the supervisor has the last word,
    from others, a negative answer, a letter that must be voided, and a body that let the day of its
    reply go by.
    """

    REGISTERED = "registered"
    FEE_DUE = "fee-due"
    PAY_DUE = "pay-due"
    CLAIMED = "claimed"
    VISIT_DUE = "visit-due"
    MISSED = "missed"
    BOOKED = "booked"
    IN_REVIEW = "in-review"
    RECOMMENDED = "recommended"
    PLAIN = "plain"
    LAST_WORD = "last-word"
    COMMISSION = "commission"
    CONSULTING = "consulting"
    REPLY_DUE = "reply-due"
    REPLY_LATE = "reply-late"
    RETURNED = "returned"
    DOCUMENTS = "documents"
    ISSUED = "issued"
    REFUSED = "refused"
    RELEASED = "released"
    RECALLED = "recalled"
    HANDED_OVER = "handed-over"
    VOIDED = "voided"
    WITHDRAWN = "withdrawn"
    PASSED_ON = "passed-on"


_BY_STATE = {
    State.REGISTERED: Status.REGISTERED,
    State.DECIDING: Status.REGISTERED,
    State.FEE_DUE: Status.FEE_DUE,
    State.PAY_DUE: Status.PAY_DUE,
    State.VISIT_DUE: Status.VISIT_DUE,
    State.BOOKED: Status.BOOKED,
    State.IN_REVIEW: Status.IN_REVIEW,
    State.RECOMMENDED: Status.RECOMMENDED,
    State.COMMISSION: Status.COMMISSION,
    State.CONSULTING: Status.CONSULTING,
    State.REPLY_DUE: Status.REPLY_DUE,
    State.RETURNED: Status.RETURNED,
    State.ISSUED: Status.ISSUED,
    State.RELEASED: Status.RELEASED,
    State.HANDED_OVER: Status.HANDED_OVER,
    State.VOIDED: Status.VOIDED,
    State.WITHDRAWN: Status.WITHDRAWN,
    State.PASSED_ON: Status.PASSED_ON,
}


def of_state(state: State) -> Status:
    """What is told of a state where no more than that is known."""
    return _BY_STATE[state]


@lru_cache(maxsize=256)
def read_status(status: str, state: str) -> Status:
    """What a centre tells of a case; of one that tells finer than this program knows, its state."""
    return Status(status) if status in set(Status) else of_state(State(state))


def status_of(case: Case) -> Status:
    """Where the case stands."""
    if case.recalled and _BY_STATE[case.state] is not Status.REGISTERED:
        return Status.RECALLED
    negative = case.outcome is Outcome.REFUSE or bool(case.refusal)
    match case.state:
        case State.ISSUED | State.RELEASED if negative:
            return Status.REFUSED
        case State.RECOMMENDED if case.to_sign == Role.SUPERVISOR.value:
            return Status.LAST_WORD
        case State.RECOMMENDED if case.recommendation is not None and case.recommendation.plain:
            return Status.PLAIN
        case State.RETURNED if case.returned is not None and case.returned.defects:
            return Status.DOCUMENTS
        case State.VISIT_DUE if case.missed is not None:
            return Status.MISSED
        case State.CONSULTING | State.REPLY_DUE if case.reply_is_late:
            return Status.REPLY_LATE
        case State.PAY_DUE if not case.asked:
            return Status.CLAIMED
    return _BY_STATE[case.state]
