"""Forms under way: kept by themselves, with their person and desk."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from desktop.actions.desk import Desk, Seat
from desktop.chance import new_id
from desktop.store import drafts
from desktop.store.drafts import Draft
from desktop.store.open import Session

__all__ = ["Draft"]
_OLD = timedelta(days=7)


def save(seat: Seat, draft_id: str, service: str, title: str, body: str) -> str:
    """Keep the form's state (JSON text); returns the draft's id, a new one for an empty id."""
    draft_id = draft_id or new_id()

    def work(session: Session) -> str:
        at = seat.desk.moment(session)
        drafts.save(session, Draft(draft_id, seat.staff.staff_id, service, title, body, at, at))
        return draft_id

    return seat.desk.store.write(work)


def new_draft_id() -> str:
    """The id of a form that nobody has typed into yet."""
    return new_id()


def mine(seat: Seat) -> list[Draft]:
    """The person's drafts, the last touched first."""
    with seat.desk.store.reading() as session:
        return drafts.of(session, seat.staff.staff_id)


def open_draft(desk: Desk, draft_id: str) -> Draft | None:
    """The draft; None when it was registered or deleted."""
    with desk.store.reading() as session:
        return drafts.find(session, draft_id)


def delete(desk: Desk, draft_id: str) -> None:
    """Delete it for good."""
    desk.store.write(lambda session: drafts.delete_draft(session, draft_id))


def restore(desk: Desk, draft: Draft) -> None:
    """Put a deleted draft back as it was."""
    restore_all(desk, [draft])


def delete_all(desk: Desk, which: Sequence[Draft]) -> None:
    """Delete these, all or none."""

    def work(session: Session) -> None:
        for draft in which:
            drafts.delete_draft(session, draft.draft_id)

    desk.store.write(work)


def restore_all(desk: Desk, which: Sequence[Draft]) -> None:
    """Put deleted drafts back as they were."""

    def work(session: Session) -> None:
        for draft in which:
            drafts.save(session, draft)

    desk.store.write(work)


def old(which: Sequence[Draft], now: datetime) -> list[Draft]:
    """Those that nobody has touched for a week."""
    return [draft for draft in which if now - draft.updated_at > _OLD]
