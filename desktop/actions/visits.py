"""Visits: free half-days, booking, moving, missing, the inspector's round and report."""

from __future__ import annotations

from datetime import date

from desktop.actions import board
from desktop.actions.desk import Seat
from desktop.domain.calendar import format_long
from desktop.domain.case import Case
from desktop.domain.commands import BookVisit, MissVisit, MoveVisit, PayFee, ReportVisit
from desktop.domain.counter import HALVES
from desktop.domain.errors import Refusal
from desktop.domain.fees import VISIT_FEE
from desktop.domain.office import MUNICIPALITY
from desktop.domain.papers import PlannedVisit, VisitRound
from desktop.domain.persian import isolate, to_persian_digits
from desktop.domain.request import Payment, Slot, VisitReport
from desktop.reports import visit_round
from desktop.store.open import Session
from desktop.wire import calls
from desktop.wire.payloads import QueueRow, SlotBody, SlotsAsk


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


def held_on(seat: Seat, case: Case, slot: Slot, reason: str) -> None:
    """The inspector says on which other day the visit took place. Raises Refusal."""
    seat.do_one(case.case_id, MoveVisit(slot, reason), shown=case)


def miss(seat: Seat, case: Case, cause: str, note: str) -> None:
    """The inspector says that the visit did not happen. Raises Refusal."""
    seat.do_one(case.case_id, MissVisit(cause, note), shown=case)


def round_of(seat: Seat, day: date) -> bytes:
    """The inspector's visits of the day on paper (A5), in their order. Raises LineDown, Refusal.

    The order is the list's own: by half-day, within it from block to block.
    """
    rows = _booked_on(seat, day)
    if not rows:
        raise Refusal(f"برای {format_long(day)} بازدیدی در فهرست نیست.")
    desk = seat.desk
    with desk.store.reading() as session:
        today = desk.today(session)
        services = desk.reference.services(session, today)
        card = desk.reference.office(session, MUNICIPALITY, today)
    planned = tuple(
        PlannedVisit(
            window=HALVES[row.slot_half],
            address=row.address,
            property=f"کد نوسازی {isolate(to_persian_digits(row.code))}" if row.code else "",
            applicant=row.applicant,
            phone=row.phone,
            attending=row.attending,
            service=services[row.service].title if row.service in services else row.service,
            tracking_code=isolate(to_persian_digits(row.tracking)),
        )
        for row in rows
    )
    return visit_round.draw(
        VisitRound(card.head, day, seat.staff.name, planned, sample=card.sample)
    )


def _booked_on(seat: Seat, day: date) -> list[QueueRow]:
    """The list stands in the order of the days: it is read until the day is past."""
    found: list[QueueRow] = []
    read = 0
    while True:
        answer = board.municipal_queue(seat, offset=read)
        read += len(answer.rows)
        found += [row for row in answer.rows if row.slot_day == day]
        past = any(row.slot_day is not None and row.slot_day > day for row in answer.rows)
        if past or not answer.rows or read >= answer.total:
            return found


def report(seat: Seat, case: Case, seen: VisitReport) -> None:
    """The inspector's report. Raises Refusal."""
    seat.do_one(case.case_id, ReportVisit(seen), shown=case)
