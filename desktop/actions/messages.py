"""Messages to citizens that did not arrive: the counter mends the number, and they go again."""

from __future__ import annotations

from desktop.actions.desk import Seat
from desktop.domain.case import Case
from desktop.domain.commands import ResendMessage


def resend(seat: Seat, case: Case, message: str, mobile: str) -> None:
    """Tell the citizen again, at the mended number; without a line when it is back.

    Raises Refusal.
    """
    seat.do_one(case.case_id, ResendMessage(message, mobile), shown=case)
