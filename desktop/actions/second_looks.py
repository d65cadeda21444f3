"""The second look at a supervisor's desk: what waits, and the record beside an answer's letter."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.actions.desk import Seat
from desktop.domain.case import Case
from desktop.domain.commands import SecondLook
from desktop.wire import calls
from desktop.wire.second_looks import (
    MOST_LATER,
    LookRecordAnswer,
    LookRecordAsk,
    SecondLooksAnswer,
    SecondLooksAsk,
)


def waiting(seat: Seat, later: Sequence[str] = ()) -> SecondLooksAnswer:
    """What waits for this person, and what was found; those of `later` (case ids) are put off.

    Raises LineDown; Refusal for all but supervisors.
    """
    put_off = list(later)[-MOST_LATER:]
    ask = SecondLooksAsk(actor=seat.staff.staff_id, later=put_off)
    return seat.desk.ask(calls.SECOND_LOOKS, ask)


def record(seat: Seat, case_id: str) -> LookRecordAnswer:
    """The record that the answer rests on. Raises LineDown, Refusal."""
    ask = LookRecordAsk(actor=seat.staff.staff_id, case_id=case_id)
    return seat.desk.ask(calls.LOOK_RECORD, ask)


def look_again(
    seat: Seat,
    case: Case,
    *,
    right: bool,
    comment: str = "",
    part: str = "",
    item: str = "",
    reason: str = "",
) -> None:
    """Say whether the answer is right; what is wrong as of `SecondLook`. Raises Refusal."""
    seat.do_one(case.case_id, SecondLook(right, comment, part, item, reason), shown=case)
