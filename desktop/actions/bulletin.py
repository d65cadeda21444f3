"""The month's bulletin at the unit's desk: asked of the centre, saved as a page or as CSV."""

from __future__ import annotations

from pathlib import Path

from desktop.actions.desk import Seat
from desktop.domain.bulletin import Bulletin
from desktop.reports import bulletin
from desktop.wire import calls
from desktop.wire.bulletin import BulletinAsk


def of_month(seat: Seat, year: int, month: int) -> Bulletin:
    """The bulletin of the Jalali month. Raises LineDown; Refusal for a month that is not over or
    in which nothing was asked for, and for all but the unit."""
    ask = BulletinAsk(actor=seat.staff.staff_id, year=year, month=month)
    return seat.desk.ask(calls.BULLETIN, ask).told


def save(told: Bulletin, path: Path) -> None:
    """Write it there, as `reports.bulletin.write`. Raises Refusal."""
    bulletin.write(told, path)
