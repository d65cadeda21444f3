"""Money at the counter: the office's fee, the visit's fee, and what is owed to the municipality."""

from __future__ import annotations

from desktop.actions.desk import Seat
from desktop.domain.case import Case
from desktop.domain.commands import AnswerClaim, ClaimPayment, PayDue, PayFee
from desktop.domain.request import Payment
from desktop.store.open import Session

TERMINAL = "terminal"


def pay_fee(seat: Seat, case: Case, fee: str, method: str, reference: str) -> None:
    """The whole fee that is due, taken today. Raises Refusal."""

    def work(session: Session) -> None:
        payment = Payment(case.due_fee(fee), method, reference, seat.desk.today(session))
        seat.do(session, case.case_id, PayFee(fee, payment))

    seat.desk.store.write(work)
    seat.desk.nudge()


def claim(seat: Seat, case_id: str, key: str, payment: Payment) -> None:
    """A receipt of an owed sum that the records don't know: finance looks at it. Raises Refusal."""
    seat.do_one(case_id, ClaimPayment(key, payment))


def answer_claim(seat: Seat, case: Case, key: str, *, right: bool, comment: str) -> None:
    """Finance found the money, or not. Raises Refusal."""
    seat.do_one(case.case_id, AnswerClaim(key, right, comment), shown=case)


def pay_due(seat: Seat, case_id: str, key: str, payment: Payment) -> None:
    """One owed sum settled. Raises Refusal."""
    seat.do_one(case_id, PayDue(key, payment))
