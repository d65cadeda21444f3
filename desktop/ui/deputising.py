"""Who sits here as somebody's deputy: told, and changed for the own role and back."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop.actions import standing_in
from desktop.domain.people import Staff
from desktop.ui.offered import Offered

if TYPE_CHECKING:
    from desktop.actions.desk import Seat
    from desktop.ui.window import Window

_BACK = "بازگشت به نقش خود"


class Deputising(QObject):
    """In which other roles the person may sit here today; each is told once to who sits here."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self._others: list[Seat] = []
        self._told: set[str] = set()

    def begin(self) -> None:
        """Somebody sat down."""
        self._others, self._told = [], set()

    def look(self) -> None:
        """Ask anew: a leave begins, ends, is published."""
        window, seat = self._window, self._window.seat
        if window.frame is not None and seat.staff.role.is_municipal:
            window.work.run(window.frame, partial(standing_in.in_roles, seat), self._show)

    def offered(self) -> list[Offered]:
        """The other roles, for the box of commands."""
        return [
            Offered(_link(each), each.staff.title, "user-check", "", partial(self._sit, each))
            for each in self._others
        ]

    def _show(self, seats: list[Seat]) -> None:
        window, frame = self._window, self._window.frame
        if frame is None or window.is_locked:
            return
        now = window.seat.staff
        self._others = [each for each in seats if each.staff.role is not now.role]
        holds = any(each.staff.role is now.role for each in seats)
        for each in self._others:
            if now.stands_in_for and each.staff.stands_in_for:
                continue
            words = _words(now, each.staff, holds=holds)
            if words not in self._told:
                self._told.add(words)
                frame.tell(words, "review", _link(each), partial(self._sit, each))

    def _sit(self, seat: Seat) -> None:
        if self._window.keep_page():
            self._window.take_seat(seat)


def _words(now: Staff, other: Staff, *, holds: bool) -> str:
    """What is told: as a deputy of what stands under what is signed, else that one is one."""
    if not now.stands_in_for:
        return f"امروز {other.title} هم هستید: {other.stands_in_for} در مرخصی است."
    if not holds:
        return f"جانشینی {now.stands_in_for} پایان یافته است."
    return f"به جانشینی {now.stands_in_for} کار می‌کنید؛ زیر آنچه امضا کنید همین نوشته می‌شود."


def _link(seat: Seat) -> str:
    whom = seat.staff.stands_in_for
    return f"نشستن به جای {whom}" if whom else _BACK
