"""Notices of the unit: that somebody here has read one, and who at the offices has."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.actions.desk import Seat
from desktop.domain.notice import NoticeKind, NoticeRead
from desktop.store import notices
from desktop.wire import calls
from desktop.wire.notices import ReadersAnswer, ReadersAsk


def note_read(seat: Seat, kind: NoticeKind, key: str) -> None:
    """This person has read it; the centre is told, with no line when it is back."""
    desk = seat.desk
    desk.store.write(
        lambda session: notices.note_read(
            session, NoticeRead(kind, key, seat.staff.staff_id, desk.moment(session))
        )
    )
    desk.nudge()


def readers(
    seat: Seat, kind: NoticeKind, keys: Sequence[str], *, named: bool = False
) -> ReadersAnswer:
    """How many offices have read each of the notices; `named` also who and when.

    Raises LineDown, Refusal.
    """
    ask = ReadersAsk(actor=seat.staff.staff_id, kind=kind, keys=list(keys), named=named)
    return seat.desk.ask(calls.NOTICE_READERS, ask)
