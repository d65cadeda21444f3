"""Messages to citizens that did not arrive: the counter mends the number, and they go again; the
unit follows them at all offices."""

from __future__ import annotations

from desktop.actions.desk import Seat
from desktop.domain.case import Case
from desktop.domain.commands import ResendMessage
from desktop.wire import calls
from desktop.wire.messages import MessagesAnswer, MessagesAsk


def resend(seat: Seat, case: Case, message: str, mobile: str) -> None:
    """Tell the citizen again, at the mended number; without a line when it is back.

    Raises Refusal.
    """
    seat.do_one(case.case_id, ResendMessage(message, mobile), shown=case)


def of_the_city(seat: Seat) -> MessagesAnswer:
    """What waits for a gateway, and what did not arrive. Raises LineDown, Refusal."""
    return seat.desk.ask(calls.MESSAGES, MessagesAsk(actor=seat.staff.staff_id))
