"""Which of the office's small papers a case would be given now."""

from __future__ import annotations

from collections.abc import Callable

from desktop.actions import papers
from desktop.actions.desk import Seat
from desktop.domain.case import Case
from desktop.domain.transitions import State


def paper_of(seat: Seat, case: Case, *, settled: bool) -> tuple[str, Callable[[], bytes]]:
    """Its name and what draws it: slip, missing documents, commission, else the receipt.

    A slip needs a half-day that the centre confirmed, so an unsettled case is given its receipt.
    """
    case_id = case.case_id
    if case.state is State.BOOKED and settled:
        return "برگ نوبت", lambda: papers.slip(seat, case_id)
    if case.returned is not None and case.returned.defects:
        return "اعلام نقص", lambda: papers.deficiency(seat, case_id)
    if case.state is State.COMMISSION and settled:
        return "برگ ارجاع", lambda: papers.commission(seat, case_id)
    if case.commission_result is not None and settled:
        return "ابلاغ رأی", lambda: papers.commission(seat, case_id)
    return "رسید", lambda: papers.receipt(seat, case_id)
