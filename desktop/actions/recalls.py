"""Letters in doubt at the municipality: listed, recalled, upheld, or ended by a second person."""

from __future__ import annotations

from desktop.actions.access import confirm
from desktop.actions.desk import Seat
from desktop.domain.case import Case
from desktop.domain.commands import (
    AnswerCopy,
    Payload,
    RecallLetter,
    TellVoid,
    UpholdLetter,
    VoidRecalled,
)
from desktop.wire import calls
from desktop.wire.recalls import Part, RecallBody, RecallsAnswer, RecallsAsk


def listed(seat: Seat, part: Part = Part.CHANGED, *, offset: int = 0) -> RecallsAnswer:
    """A page of letters in doubt. Raises LineDown, Refusal."""
    return seat.desk.ask(
        calls.RECALLS, RecallsAsk(actor=seat.staff.staff_id, part=part, offset=offset)
    )


def of_case(seat: Seat, case_id: str) -> tuple[RecallBody, ...]:
    """What is known of the case's letters, with what the records say. Raises LineDown, Refusal."""
    ask = RecallsAsk(actor=seat.staff.staff_id, case_id=case_id)
    return tuple(seat.desk.ask(calls.RECALLS, ask).rows)


def found_in(doubt: RecallBody | None) -> dict[str, str]:
    """By gate the code of what fails by now, as commands tell it; empty where nothing is known."""
    return {each.gate: each.code for each in doubt.changes} if doubt is not None else {}


def recall(
    seat: Seat, case: Case, letter_id: str, reason: str, found: dict[str, str], password: str
) -> None:
    """The letter holds no more until a second person decides. Raises Refusal."""
    _signed(seat, case, RecallLetter(letter_id, reason, found), password)


def uphold(
    seat: Seat, case: Case, letter_id: str, reason: str, found: dict[str, str], password: str
) -> None:
    """The letter stands. Raises Refusal."""
    _signed(seat, case, UpholdLetter(letter_id, reason, found), password)


def end(seat: Seat, case: Case, letter_id: str, reason: str, password: str) -> None:
    """The second person ends the letter. Raises Refusal."""
    _signed(seat, case, VoidRecalled(letter_id, reason), password)


def answer_copy(
    seat: Seat, case: Case, letter_id: str, comment: str, password: str, *, allowed: bool
) -> None:
    """A supervisor allows one more copy of the letter, or not. Raises Refusal."""
    _signed(seat, case, AnswerCopy(letter_id, allowed, comment), password)


def tell_void(seat: Seat, case: Case, letter_id: str, to: str, how: str) -> None:
    """The municipality told somebody that the letter is void. Raises Refusal."""
    seat.do_one(case.case_id, TellVoid(letter_id, to, how), shown=case)


def _signed(seat: Seat, case: Case, payload: Payload, password: str) -> None:
    confirm(seat, password).seat.do_one(case.case_id, payload, shown=case)
