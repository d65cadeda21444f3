"""Other bodies are asked about a case, reminded, and their replies entered; the unit's list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from desktop.actions.desk import Desk, Seat
from desktop.chance import new_id
from desktop.domain.case import Case
from desktop.domain.commands import Consult, DropConsultation, EnterReply, RemindConsultee
from desktop.domain.consultation import (
    Consultation,
    Consulted,
    Consultee,
    ConsulteeReminded,
    Reply,
)
from desktop.domain.letter import Letter, Release
from desktop.reports.letter import LAYOUT, draw
from desktop.wire import calls
from desktop.wire.consultations import ConsultationsAnswer, ConsultationsAsk, Part


def consultees(desk: Desk, case: Case | None = None) -> Sequence[Consultee]:
    """The bodies that are asked by letter today; first those at whose conditions the case stops."""
    with desk.store.reading() as session:
        city = desk.reference.city(session, desk.today(session))
    failing = {each.gate for each in case.decision.failing} if case and case.decision else set()
    asked = [each for each in city.consultees if not each.services]
    return sorted(asked, key=lambda each: not failing.intersection(each.gates))


def names(desk: Desk) -> list[str]:
    """All bodies that are asked today, utilities among them."""
    with desk.store.reading() as session:
        city = desk.reference.city(session, desk.today(session))
    return [each.name for each in city.consultees]


def consult(seat: Seat, case: Case, consultee: str, question: str) -> None:
    """The expert asks; the centre writes the letter. Raises Refusal."""
    seat.do_one(case.case_id, Consult(new_id(), consultee, question), shown=case)


def remind(seat: Seat, case: Case, asked: Consultation) -> None:
    """It is asked again. Raises Refusal."""
    seat.do_one(case.case_id, RemindConsultee(asked.ident), shown=case)


def enter_reply(seat: Seat, case: Case, asked: Consultation, reply: Reply) -> None:
    """Its reply, with its scan. Raises Refusal."""
    seat.do_one(case.case_id, EnterReply(asked.ident, reply), shown=case)


def drop(seat: Seat, case: Case, asked: Consultation, reason: str) -> None:
    """The question is taken back. Raises Refusal."""
    seat.do_one(case.case_id, DropConsultation(asked.ident, reason), shown=case)


def listed(
    seat: Seat, part: Part = Part.OPEN, *, consultee: str = "", offset: int = 0
) -> ConsultationsAnswer:
    """A page of the unit's list. Raises LineDown, Refusal."""
    ask = ConsultationsAsk(actor=seat.staff.staff_id, part=part, consultee=consultee, offset=offset)
    return seat.desk.ask(calls.CONSULTATIONS, ask)


def letters_of(asked: Consultation) -> Iterator[tuple[Letter, Release]]:
    """The municipality's letters to that body, as they were signed; none of one that the answer
    itself asked."""
    sent: tuple[Consulted | ConsulteeReminded, ...] = (asked.sent, *asked.reminders)
    for each in sent:
        if each.letter is not None and each.release is not None:
            yield each.letter, each.release


def paper(letter: Letter, release: Release) -> bytes:
    """The sealed PDF, the same bytes at every desk. Raises Refusal for what can't be drawn."""
    return draw(letter, release, layout=LAYOUT, copy=1)
