"""The states of a case, and the sets of them that people and rules speak of."""

from __future__ import annotations

from enum import StrEnum


class State(StrEnum):
    """States of a case (DESIGN.md §5). A draft is no case yet: it never leaves its desk.

    What an expert proposed is `RECOMMENDED` until a second person signs it or disagrees. While
    another body is asked it is `CONSULTING`; `REPLY_DUE` where its answer is handed over and a
    utility's reply is its end. A case that another office finishes is `PASSED_ON` where it was;
    there it goes on as it stood.
    """

    REGISTERED = "registered"
    FEE_DUE = "fee-due"
    DECIDING = "deciding"
    PAY_DUE = "pay-due"
    VISIT_DUE = "visit-due"
    BOOKED = "booked"
    IN_REVIEW = "in-review"
    RECOMMENDED = "recommended"
    COMMISSION = "commission"
    CONSULTING = "consulting"
    RETURNED = "returned"
    ISSUED = "issued"
    RELEASED = "released"
    REPLY_DUE = "reply-due"
    HANDED_OVER = "handed-over"
    VOIDED = "voided"
    WITHDRAWN = "withdrawn"
    PASSED_ON = "passed-on"


S = State
ENDS = frozenset({S.HANDED_OVER, S.WITHDRAWN, S.PASSED_ON})
# The centre decides by itself in these; nobody need press anything.
AWAITS_CENTRE = frozenset({S.REGISTERED, S.DECIDING, S.VOIDED})
# An answer is the municipality's to give, whomever it asks before.
AWAITS_CITY = frozenset({S.DECIDING, S.IN_REVIEW, S.RECOMMENDED, S.COMMISSION, S.CONSULTING})
# An expert looks, a second person, or a commission.
REVIEWED = frozenset({S.IN_REVIEW, S.RECOMMENDED, S.COMMISSION})
ANSWERED = frozenset({S.ISSUED, S.RELEASED, S.REPLY_DUE, S.HANDED_OVER})
# The answer bears a stamp: it may be on paper.
STAMPED = ANSWERED - {S.ISSUED}
# A fee is taken when it falls due, and again after its entry was voided.
TAKEN = frozenset(State) - AWAITS_CENTRE - {S.WITHDRAWN, S.PASSED_ON}
# A debt letter may have been issued beside what is awaited here, and its sums may be paid.
BESIDE = frozenset({S.VISIT_DUE, S.BOOKED, S.IN_REVIEW, S.RECOMMENDED, S.COMMISSION, S.CONSULTING})
# A body that was asked has not replied yet.
AWAITS_REPLY = frozenset({S.CONSULTING, S.REPLY_DUE})
# Somebody has to act: the applicant, the office, the municipality or another body.
WAITS = frozenset(State) - AWAITS_CENTRE - ENDS
# A commission's ruling is on the property: it is dealt with beside an answer that is to be voided,
# and after a withdrawal, and the case does not move by it.
RULED_BESIDE = ANSWERED | {S.WITHDRAWN}
OPEN = frozenset(State) - ENDS - ANSWERED - {S.VOIDED}
