"""The frame of who sits down, joined to the window around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.ui.frame import Frame
from desktop.ui.pages.door.sign_in import Door

if TYPE_CHECKING:
    # The window is painted before the store and its libraries are loaded.
    from desktop.actions.desk import Seat
    from desktop.ui.window import Window


def frame_of(window: Window, seat: Seat, door: Door | None) -> Frame:
    """A frame for that seat; what is pressed in it reaches the window."""
    place = door.place if door else ""
    frame = Frame(seat.staff, place)
    office = door.office if door and not seat.staff.role.is_municipal else place
    window.status.office.set_words(office)
    frame.went.connect(window.go)
    frame.searching.connect(window.turn_commands)
    frame.helped.connect(lambda: window.helping.turn())
    frame.looked.connect(window.set_look)
    frame.locked.connect(window.lock)
    frame.explained.connect(window.explain)
    frame.practised.connect(window.practice.set_shown)
    frame.set_training(training=seat.desk.training)
    if door is not None and door.set_up is not None:
        frame.show_looked_at(door.set_up)
    return frame
