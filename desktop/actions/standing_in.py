"""In which roles a person sits: the own one, and those of whom he stands in for."""

from __future__ import annotations

from dataclasses import replace

from desktop.actions.desk import Seat
from desktop.forms import permits
from desktop.store import people


def in_roles(seat: Seat) -> list[Seat]:
    """The person's seats at this moment: his own, then those of whom he stands in for."""
    desk = seat.desk
    with desk.store.reading() as session:
        here = people.everybody(session)
        own = next(each for each in here if each.staff_id == seat.staff.staff_id)
        find, now = desk.reference.finding(session), desk.moment(session)
        found = permits.in_roles(find, here, own, desk.today(session), now)
    return [replace(seat, staff=each) for each in found]
