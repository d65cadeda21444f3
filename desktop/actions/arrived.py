"""Answers that came when the line came back: whom to call, which letters to stamp together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from desktop.actions.desk import Desk, Seat
from desktop.store import arrived, queue
from desktop.store.open import Session
from desktop.store.row import QueueCase, Rank


@dataclass(frozen=True)
class Arrived:
    """A case whose answer came late: when it was asked for, when the centre gave it (UTC)."""

    case: QueueCase
    asked_at: datetime
    answered_at: datetime


def answers(desk: Desk) -> list[Arrived]:
    """Those that no citizen was told of yet, the one that waits longest first."""
    with desk.store.reading() as session:
        return answers_in(session, desk.moment(session))


def answers_in(session: Session, now: datetime) -> list[Arrived]:
    """As `answers`, in the caller's transaction at the desk's moment.

    Of a case that has ended since there is nothing to tell.
    """
    found = arrived.answers(session, now)
    cases = queue.of_cases(session, {answer.case_id for answer in found})
    return [
        Arrived(cases[answer.case_id], answer.asked_at, answer.answered_at)
        for answer in found
        if answer.case_id in cases and cases[answer.case_id].rank is not Rank.CLOSED
    ]


def note_told(seat: Seat, case_id: str) -> None:
    """This person has told the citizen."""
    desk = seat.desk

    def work(session: Session) -> None:
        arrived.note_told(session, [case_id], seat.staff.staff_id, desk.moment(session))

    desk.store.write(work)


def forget_told(seat: Seat, case_id: str) -> None:
    """This person has not told the citizen after all: the answer waits again."""
    seat.desk.store.write(
        lambda session: arrived.forget_told(session, case_id, seat.staff.staff_id)
    )
