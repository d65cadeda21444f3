"""سبد متقاضی: a citizen's cases whose office fee is due, taken together with one payment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.actions.desk import Desk, Seat
from desktop.domain.commands import PayFee
from desktop.domain.errors import Refusal
from desktop.domain.fees import OFFICE_FEE
from desktop.domain.request import Payment
from desktop.domain.state import State
from desktop.store import queue
from desktop.store.open import Session
from desktop.store.view import of_case

# Of a person or a firm: those whose fee is due are looked for among so many of the newest.
_MOST = 500


@dataclass(frozen=True)
class Due:
    """A case in the basket: its service by name, the property's code, the fee in Rial."""

    case_id: str
    tracking: str
    service: str
    code: str
    amount: int


@dataclass(frozen=True)
class Basket:
    """What one citizen owes the office, oldest case first."""

    person_id: str
    name: str
    dues: tuple[Due, ...]

    @property
    def total(self) -> int:
        """All of it, Rial."""
        return sum(due.amount for due in self.dues)


def of_person(desk: Desk, person_id: str) -> Basket:
    """The person's cases at this office that wait for the office's fee."""
    with desk.store.reading() as session:
        found = queue.earlier(session, applicant_id=person_id, limit=_MOST)
        waiting = [row for row in found if row.state is State.FEE_DUE]
        titles = desk.reference.services(session, desk.today(session))
        dues = []
        for row in reversed(waiting):
            case = of_case(session, row.case_id, desk.reference.setting_for).case
            amount = case.due_fee(OFFICE_FEE) if case is not None else 0
            if amount:
                service = titles.get(row.service)
                title = service.title if service else row.service
                dues.append(Due(row.case_id, row.tracking, title, row.code, amount))
        return Basket(person_id, found[0].applicant if found else "", tuple(dues))


def pay(seat: Seat, dues: Sequence[Due], method: str, reference: str) -> None:
    """All these fees by one payment, each told in its case, or none of them. Raises Refusal."""
    if not dues:
        raise Refusal("پرونده‌ای برای پرداخت برگزیده نشده است.")

    def work(session: Session) -> None:
        today = seat.desk.today(session)
        for due in dues:
            payment = Payment(due.amount, method, reference, today)
            seat.do(session, due.case_id, PayFee(OFFICE_FEE, payment))

    seat.desk.store.write(work)
    seat.desk.nudge()
