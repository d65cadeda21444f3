"""Visits: free half-days, booking, moving, missing, the inspector's round and report."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from desktop.actions import board, looking
from desktop.actions.desk import Seat
from desktop.domain.calendar import format_long
from desktop.domain.case import Case
from desktop.domain.commands import BookVisit, MissVisit, MoveVisit, PayFee, ReportVisit
from desktop.domain.errors import Refusal
from desktop.domain.fees import VISIT_FEE
from desktop.domain.office import MUNICIPALITY
from desktop.domain.papers import PlannedVisit, VisitRound
from desktop.domain.persian import isolate, to_persian_digits
from desktop.domain.request import DocumentFile, Payment, Slot, VisitReport
from desktop.domain.rota import Away
from desktop.reports import visit_round
from desktop.store.open import Session
from desktop.wire import calls
from desktop.wire.assent import Purpose
from desktop.wire.payloads import QueueRow, SlotBody, SlotsAsk
from desktop.wire.visit_plan import (
    MovedBody,
    MoveVisitsAsk,
    VisitCalledAsk,
    VisitsMovedAsk,
    VisitsToMoveAnswer,
    VisitsToMoveAsk,
    VisitWeekAnswer,
    VisitWeekAsk,
    away_body,
    move_subject,
)


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


def move(seat: Seat, case: Case, slot: Slot, reason: str) -> None:
    """Ask for another half-day: at the counter, or as the planner. Raises Refusal."""
    shown = case if seat.staff.role.is_municipal else None
    seat.do_one(case.case_id, MoveVisit(slot, reason), shown=shown)


def held_on(seat: Seat, case: Case, slot: Slot, reason: str) -> None:
    """The inspector says on which other day the visit took place. Raises Refusal."""
    seat.do_one(case.case_id, MoveVisit(slot, reason), shown=case)


def miss(
    seat: Seat,
    case: Case,
    cause: str,
    note: str,
    *,
    at: datetime | None = None,
    photo: DocumentFile | None = None,
) -> None:
    """The inspector says that the visit did not happen, stood there `at` that moment, and what he
    saw of the door. Raises Refusal."""
    seat.do_one(case.case_id, MissVisit(cause, note, at, photo), shown=case)


def round_of(seat: Seat, day: date) -> bytes:
    """The inspector's visits of the day on paper (A5), in their order. Raises LineDown, Refusal.

    The order is the list's own: by half-day, within it from block to block.
    """
    return _round(seat, day, _booked_on(seat, day), seat.staff.name)


def plan_of(seat: Seat, day: date) -> bytes:
    """The visits of all inspectors on the day on paper (A5), one inspector after the other.

    Raises LineDown, Refusal.
    """
    rows = _booked_on(seat, day)
    return _round(seat, day, sorted(rows, key=lambda row: row.inspector), "")


def of_half(seat: Seat, day: date, half: int, inspector: str) -> list[QueueRow]:
    """The booked visits of whoever bears that name on the half-day, from block to block.

    Raises LineDown, Refusal.
    """
    rows = _booked_on(seat, day)
    return [row for row in rows if row.slot_half == half and row.inspector == inspector]


def _round(seat: Seat, day: date, rows: Sequence[QueueRow], inspector: str) -> bytes:
    if not rows:
        raise Refusal(f"برای {format_long(day)} بازدیدی در فهرست نیست.")
    looking.on_paper(seat, [row.case_id for row in rows])
    desk = seat.desk
    with desk.store.reading() as session:
        today = desk.today(session)
        services = desk.reference.services(session, today)
        card = desk.reference.office(session, MUNICIPALITY, today)
        halves = desk.reference.city(session, day).halves
    planned = tuple(
        PlannedVisit(
            window=halves[row.slot_half].words,
            address=row.address,
            property=f"کد نوسازی {isolate(to_persian_digits(row.code))}" if row.code else "",
            applicant=row.applicant,
            phone=row.phone,
            attending=row.attending,
            service=services[row.service].title if row.service in services else row.service,
            tracking_code=isolate(to_persian_digits(row.tracking)),
            inspector="" if inspector else row.inspector or "بی‌مأمور",
        )
        for row in rows
    )
    return visit_round.draw(VisitRound(card.head, day, inspector, planned, sample=card.sample))


def week(seat: Seat, first: date, days: int) -> VisitWeekAnswer:
    """Who goes where on so many days from that one on. Raises LineDown, Refusal."""
    ask = VisitWeekAsk(actor=seat.staff.staff_id, first=first, days=days)
    return seat.desk.ask(calls.VISIT_WEEK, ask)


def to_move(seat: Seat, away: Away | None = None) -> VisitsToMoveAnswer:
    """Which visits lost their inspector or their day, or would with that absence, and where each
    goes instead. Raises LineDown, Refusal."""
    body = away_body(away) if away is not None else None
    ask = VisitsToMoveAsk(actor=seat.staff.staff_id, away=body)
    return seat.desk.ask(calls.VISITS_TO_MOVE, ask)


def move_all(seat: Seat, seen: str, reason: str, away: Away | None = None) -> VisitsToMoveAnswer:
    """Publish the absence and move the visits of the list that was `seen` (its digest), or none.

    `reason` is told to offices and citizens. Raises LineDown, Refusal.
    """
    body = away_body(away) if away is not None else None
    assent = seat.assent(Purpose.MOVE_VISITS, move_subject(body, seen), reason)
    ask = MoveVisitsAsk(away=body, digest=seen, assent=assent)
    answer = seat.desk.ask(calls.MOVE_VISITS, ask)
    seat.desk.nudge()
    return answer


def moved(seat: Seat) -> list[MovedBody]:
    """All visits that the municipality moved and that are still to come or wait for a place, those
    moved last first. Raises LineDown, Refusal."""
    found: list[MovedBody] = []
    while True:
        ask = VisitsMovedAsk(actor=seat.staff.staff_id, offset=len(found))
        answer = seat.desk.ask(calls.VISITS_MOVED, ask)
        found += answer.moved
        if not answer.moved or len(found) >= answer.total:
            return found


def note_called(seat: Seat, each: MovedBody, *, called: bool) -> None:
    """Note at the centre, for every planner, that its people were called, or were not.

    Raises LineDown, Refusal where it was moved again.
    """
    ask = VisitCalledAsk(
        actor=seat.staff.staff_id,
        case_id=each.shift.case_id,
        moved_at=each.moved_at,
        called=called,
    )
    seat.desk.ask(calls.VISIT_CALLED, ask)


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
