"""Who is kept out of this desk: by wrong passwords for a while, or by who leads the office."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from desktop.domain.locking import KeptOut, Tries
from desktop.store.tables import SignInHoldRow, SignInTriesRow


def tries(session: Session) -> dict[str, Tries]:
    """By staff id, the wrong passwords in a row of each."""
    rows = session.scalars(select(SignInTriesRow))
    return {row.staff_id: Tries(row.wrong, row.last_at) for row in rows}


def count(session: Session, staff_id: str, after: Callable[[Tries | None], Tries]) -> Tries:
    """Keep what follows from another wrong password."""
    row = session.get(SignInTriesRow, staff_id)
    told = after(None if row is None else Tries(row.wrong, row.last_at))
    session.merge(SignInTriesRow(staff_id=staff_id, wrong=told.wrong, last_at=told.last_at))
    return told


def forget(session: Session, staff_id: str) -> None:
    """The right password was given, or somebody unlocked."""
    session.execute(delete(SignInTriesRow).where(SignInTriesRow.staff_id == staff_id))


def holds(session: Session) -> dict[str, KeptOut]:
    """By staff id, who is kept out."""
    rows = session.scalars(select(SignInHoldRow))
    return {row.staff_id: KeptOut(row.since, row.held_by, row.cause) for row in rows}


def hold(session: Session, staff_id: str, hold_: KeptOut) -> None:
    """Keep somebody out."""
    row = SignInHoldRow(staff_id=staff_id, since=hold_.since, held_by=hold_.by, cause=hold_.cause)
    session.merge(row)


def let_in(session: Session, staff_id: str) -> None:
    """Keep the person out no more."""
    session.execute(delete(SignInHoldRow).where(SignInHoldRow.staff_id == staff_id))
