"""Which of the office's small papers a case would be given now."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from desktop.actions import papers
from desktop.actions.desk import Seat
from desktop.domain.case import Case
from desktop.domain.transitions import State

Given = tuple[str, Callable[[], bytes], Callable[[str], None] | None]


def paper_of(seat: Seat, case: Case, *, settled: bool) -> Given:
    """Its name, what draws it, who is told when it is printed.

    It is the slip, the notice of missing documents, the commission's paper, else the receipt.

    A slip needs a half-day that the centre confirmed, so an unsettled case is given its receipt.
    """
    case_id = case.case_id
    if case.state is State.BOOKED and settled:
        return "برگ نوبت", lambda: papers.slip(seat, case_id), None
    if case.returned is not None and case.returned.defects:
        return "اعلام نقص", lambda: papers.deficiency(seat, case_id), None
    if case.state is State.COMMISSION and settled:
        return "برگ ارجاع", lambda: papers.commission(seat, case_id), None
    if case.commission_result is not None and settled:
        return "ابلاغ رأی", lambda: papers.commission(seat, case_id), None
    return (
        "رسید",
        partial(papers.receipt, seat, case_id),
        partial(papers.receipt_printed, seat, case_id),
    )
