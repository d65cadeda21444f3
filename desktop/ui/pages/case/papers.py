"""Which of the office's small papers a case would be given now."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from desktop.actions import papers
from desktop.actions.desk import Seat
from desktop.domain.case import Case
from desktop.domain.message import Occasion, mobile_of
from desktop.domain.recall import still_to_tell
from desktop.domain.state import State
from desktop.ui.pages.papers.view import OfficePaper
from desktop.ui.remembered import RECEIPT, SLIP


def paper_of(seat: Seat, case: Case, *, settled: bool) -> OfficePaper:
    """The slip, the notice of missing documents, the commission's paper, else the receipt.

    A slip needs a half-day that the centre confirmed, so an unsettled case is given its receipt.
    """
    case_id = case.case_id
    if case.state is State.BOOKED and settled:
        return OfficePaper(SLIP, partial(papers.slip, seat, case_id))
    if case.returned is not None:
        return OfficePaper("اعلام نقص", partial(papers.deficiency, seat, case_id))
    if case.state is State.COMMISSION and case.commission_result is None and settled:
        return OfficePaper("برگ ارجاع", partial(papers.commission, seat, case_id))
    if case.commission_result is not None and settled:
        return OfficePaper("برگ ابلاغ", partial(papers.commission, seat, case_id))
    return receipt_of(seat, case_id, "رسید")


def goes_on_of(seat: Seat, case: Case) -> OfficePaper | None:
    """For who can't be told on his mobile that his request goes on at this office; None for others.

    A closed case goes on nowhere.
    """
    if case.taken_over is None or case.closed or mobile_of(case, Occasion.PASSED_ON):
        return None
    return OfficePaper("اطلاع به متقاضی", partial(papers.goes_on, seat, case.case_id))


def notices_of(seat: Seat, case: Case) -> Iterator[OfficePaper]:
    """What else is given to somebody: that the case goes on here, that a letter is void."""
    goes_on = goes_on_of(seat, case)
    if goes_on is not None:
        yield goes_on
    if any(still_to_tell(case, held) for held in case.letters):
        yield OfficePaper("اعلام ابطال نامه", partial(papers.void_notices, seat, case.case_id))


def receipt_of(seat: Seat, case_id: str, title: str = RECEIPT) -> OfficePaper:
    """The receipt; after it was printed, its copy."""
    return OfficePaper(
        title,
        partial(papers.receipt, seat, case_id),
        partial(papers.receipt_printed, seat, case_id),
    )
