"""Visits: free half-days, booking, moving, missing, and the inspector's report."""

from __future__ import annotations

from desktop.actions.desk import Seat
from desktop.domain.case import Case
from desktop.domain.commands import BookVisit, MissVisit, MoveVisit, PayFee, ReportVisit
from desktop.domain.fees import VISIT_FEE
from desktop.domain.request import Payment, Slot, VisitReport
from desktop.store.open import Session
from desktop.wire import calls
from desktop.wire.payloads import SlotBody, SlotsAsk


def free_slots(seat: Seat, district: int, count: int = 3) -> list[SlotBody]:
    """The soonest free half-days of a district. Raises LineDown."""
    answer = seat.desk.ask(calls.SLOTS, SlotsAsk(district=district, count=count))
    return answer.slots


def book(
    seat: Seat,
    case: Case,
    slot: Slot,
    attending: str,
    mobile: str,
    method: str = "",
    reference: str = "",
) -> None:
    """Take the visit's fee if it is due and ask for the half-day, in one transaction.

    The slot is the case's only when the centre's fact has come. Raises Refusal.
    """

    def work(session: Session) -> None:
        due = case.due_fee(VISIT_FEE)
        if due:
            payment = Payment(due, method, reference, seat.desk.today(session))
            seat.do(session, case.case_id, PayFee(VISIT_FEE, payment))
        seat.do(session, case.case_id, BookVisit(slot, attending, mobile))

    seat.desk.store.write(work)
    seat.desk.nudge()


def move(seat: Seat, case_id: str, slot: Slot, reason: str) -> None:
    """Ask for another half-day. Raises Refusal."""
    seat.do_one(case_id, MoveVisit(slot, reason))


def miss(seat: Seat, case: Case, cause: str, note: str) -> None:
    """The inspector says that the visit did not happen. Raises Refusal."""
    seat.do_one(case.case_id, MissVisit(cause, note), shown=case)


def report(seat: Seat, case: Case, seen: VisitReport) -> None:
    """The inspector's report. Raises Refusal."""
    seat.do_one(case.case_id, ReportVisit(seen), shown=case)
