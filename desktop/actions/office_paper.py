"""The registry's list on paper, under the municipality's head."""

from __future__ import annotations

from datetime import datetime

from desktop.actions.desk import Seat
from desktop.domain.letter import Table
from desktop.domain.office import MUNICIPALITY
from desktop.domain.papers import OfficeList
from desktop.reports import office_list


def paper(seat: Seat, offices: Table, looked_for: str, told_at: datetime) -> bytes:
    """The list as PDF. Raises Refusal on an unprintable character."""
    desk = seat.desk
    with desk.store.reading() as session:
        card = desk.reference.office(session, MUNICIPALITY, desk.today(session))
    return office_list.draw(OfficeList(card.head, looked_for, offices, told_at, card.sample))
