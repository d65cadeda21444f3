"""Objections: opened at the counter from a case, answered by their unit, signed by a second one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop.actions import intake
from desktop.actions.desk import Desk, Seat
from desktop.domain.applying import case_of
from desktop.domain.case import Case
from desktop.domain.commands import AnswerObjection, OrderVisit, SignObjection
from desktop.domain.contest import Correction
from desktop.domain.objection import Ground
from desktop.domain.service import Service
from desktop.domain.stream import Fact
from desktop.wire import calls
from desktop.wire.codec import decode_fact
from desktop.wire.objections import ObjectionAnswer, ObjectionAsk, ObjectionsAnswer, ObjectionsAsk


@dataclass(frozen=True)
class Seen:
    """An objection as its unit sees it: the case by its facts, and what the centre tells beside."""

    case: Case
    facts: tuple[Fact, ...]
    told: ObjectionAnswer


def service_of(desk: Desk) -> Service | None:
    """The service by which one objects, as the counter offers it today; None where it does not."""
    offered = intake.services(desk).values()
    return next((service for service in offered if service.contests), None)


def waiting(seat: Seat) -> ObjectionsAnswer:
    """The objections that wait for the person's units. Raises LineDown, Refusal."""
    return seat.desk.ask(calls.OBJECTIONS, ObjectionsAsk(actor=seat.staff.staff_id))


def look(seat: Seat, case_id: str) -> Seen:
    """An objection with what the record says. Raises LineDown, Refusal."""
    ask = ObjectionAsk(actor=seat.staff.staff_id, case_id=case_id)
    told = seat.desk.ask(calls.OBJECTION, ask)
    facts = tuple(decode_fact(text) for text in told.facts)
    case = case_of(facts)
    if case is None:
        raise LookupError(f"a case without facts: {case_id}")
    with seat.desk.store.reading() as session:
        case = seat.desk.put_off(session, case)
    return Seen(case, facts, told)


def uphold(
    seat: Seat,
    case: Case,
    reason: str,
    corrections: tuple[Correction, ...],
    *,
    paper: str,
    since: date,
    excused: str = "",
    comment: str = "",
) -> None:
    """It is right: what it corrects lies on the record once nobody else must sign. Raises
    Refusal."""
    given = AnswerObjection(
        True, reason, corrections, paper, since, excused=excused, comment=comment
    )
    seat.do_one(case.case_id, given, shown=case)


def reject(seat: Seat, case: Case, reason: str, next_: Ground, comment: str = "") -> None:
    """It is not, and where it can be taken further. Raises Refusal."""
    given = AnswerObjection(False, reason, next=next_.value, comment=comment)
    seat.do_one(case.case_id, given, shown=case)


def order_visit(seat: Seat, case: Case, reason: str) -> None:
    """First somebody looks what stands there. Raises Refusal."""
    seat.do_one(case.case_id, OrderVisit(reason), shown=case)


def sign(seat: Seat, case: Case, *, agreed: bool, comment: str = "") -> None:
    """The second person's word on the answer. Raises Refusal."""
    seat.do_one(case.case_id, SignObjection(agreed, comment), shown=case)
