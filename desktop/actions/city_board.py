"""The cases behind the figures of the supervisor's board, a page or all of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from desktop.actions.desk import Seat
from desktop.wire import calls
from desktop.wire.board_cases import BoardCase, BoardCasesAnswer, BoardCasesAsk, Figure

# More at once would hold the window up for as long as one answer is written and read.
_AT_ONCE = 2_000


@dataclass(frozen=True)
class Narrowed:
    """Which cases: of a figure, of days (both ends counted), and of what else was pressed.

    `service`, `office` and `state` by their codes, `clerk` of that office, `what` a kind of sum,
    `step` in which they wait; empty, 0 or None for all.
    """

    figure: Figure
    first: date
    last: date
    service: str = ""
    district: int = 0
    office: str = ""
    clerk: str = ""
    hour: int | None = None
    state: str = ""
    what: str = ""
    step: str = ""

    @property
    def days(self) -> int:
        """How many days those are."""
        return (self.last - self.first).days + 1


def cases(seat: Seat, of: Narrowed, offset: int, limit: int) -> BoardCasesAnswer:
    """A page of them, newest received first. Raises LineDown."""
    ask = _asked(seat, of, limit).model_copy(update={"offset": offset})
    return seat.desk.ask(calls.BOARD_CASES, ask)


def all_cases(seat: Seat, of: Narrowed) -> Iterator[list[BoardCase]]:
    """All of them, page by page, each after the last of the one before. Raises LineDown."""
    ask = _asked(seat, of, _AT_ONCE)
    while True:
        rows = seat.desk.ask(calls.BOARD_CASES, ask).rows
        if rows:
            yield rows
        if len(rows) < _AT_ONCE:
            return
        last = rows[-1]
        ask = ask.model_copy(update={"after_day": last.received_on, "after_case": last.case_id})


def _asked(seat: Seat, of: Narrowed, limit: int) -> BoardCasesAsk:
    return BoardCasesAsk(
        actor=seat.staff.staff_id,
        day=of.last,
        days=of.days,
        figure=of.figure,
        service=of.service,
        district=of.district,
        office=of.office,
        clerk=of.clerk,
        hour=of.hour,
        state=of.state,
        what=of.what,
        step=of.step,
        limit=limit,
    )
