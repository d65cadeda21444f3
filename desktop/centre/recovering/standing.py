"""How the centre stands after a restore, and how that begins and ends."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from desktop.centre.records import in_force
from desktop.centre.recovery_tables import GaveBackRow, RecoveryRow
from desktop.centre.tables import CentreRow, DeviceRow, FactRow
from desktop.chance import new_id
from desktop.domain.errors import Refusal

KEPT = timedelta(days=90)
"""So long desks keep what they sent and were told (SYNC.md "When things break")."""
# A desk that had not called for so long has nothing that the copy has not.
_SILENT = timedelta(days=30)
# A life has fewer: one a minute for twenty years.
_MOST_BATCHES = 10_000_000
_NOT_RESTORED = "این مرکز از پشتیبان بازگردانده نشده است."
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


class Phase(StrEnum):
    """`closed`: what desks have comes back first. `unconfirmed`: acts are taken, but nothing is
    answered at once until a person has seen to what the copy lacks."""

    NONE = "none"
    CLOSED = "closed"
    UNCONFIRMED = "unconfirmed"
    OVER = "over"


class Recovery:
    """How this centre stands, asked of its database until that can't change any more."""

    def __init__(self) -> None:
        self._phase: Phase | None = None

    def phase(self, session: Session) -> Phase:
        """As of this moment."""
        if self._phase not in (Phase.NONE, Phase.OVER):
            self._phase = phase_of(current(session))
        return self._phase

    def decides(self, session: Session) -> bool:
        """Whether requests are answered at once."""
        return self.phase(session) in (Phase.NONE, Phase.OVER)


def phase_of(row: RecoveryRow | None) -> Phase:
    """How the centre stands by its last restore."""
    if row is None:
        return Phase.NONE
    if row.opened_at is None:
        return Phase.CLOSED
    return Phase.UNCONFIRMED if row.confirmed_at is None else Phase.OVER


def takes_back(row: RecoveryRow) -> bool:
    """Whether what desks have may still be given back: the centre has not begun to open."""
    # Of one that the program before opened the beginning is not known.
    return row.opening_at is None and row.opened_at is None


def current(session: Session) -> RecoveryRow | None:
    """The restore that began the centre's present epoch; None where it never was restored."""
    present = select(CentreRow.epoch).scalar_subquery()
    return session.scalar(select(RecoveryRow).where(RecoveryRow.epoch == present))


def restored(session: Session, *, hold: bool = False, alone: bool = False) -> RecoveryRow:
    """As `current`. On `hold` it stands as it does until the transaction ends, on `alone` nobody
    else holds it meanwhile. Raises Refusal where the centre never was restored."""
    row = current(session)
    if row is None:
        raise Refusal(_NOT_RESTORED)
    if hold or alone:
        session.refresh(row, with_for_update={"read": not alone})
    return row


def begin(
    session: Session, at: datetime, lives: Iterable[str] = (), made: datetime | None = None
) -> RecoveryRow:
    """The database is a copy that was restored: a new epoch begins, and acts wait.

    `lives` are the epochs that the centre is known to have been in, in their order: the copy does
    not know of those that began after it. The last of all is the one that was lost. `made` is when
    the copy was made, where that is known.
    """
    own = session.scalars(select(CentreRow)).one()
    before = current(session)
    known = [*(before.lives.split() if before is not None else ()), own.epoch]
    lived = [*known, *(each for each in lives if each not in known)]
    lost = lived[-1]
    if before is not None and before.opened_at is None and lost == before.epoch:
        # A life in which nobody could do anything.
        lost = before.former
    row = RecoveryRow(
        epoch=new_id(),
        former=lost,
        lives=" ".join(lived),
        restored_at=at,
        copied_at=last_moment(session, min(at, made or at)) or _NEVER,
        records_as_of=in_force.as_of(session),
    )
    session.add(row)
    own.epoch = row.epoch
    session.flush()
    return row


def last_moment(session: Session, by: datetime) -> datetime | None:
    """Up to when the database has what happened; None where nothing did.

    What is dated after `by` tells of a clock that was wrong, and not of how new the copy is: what
    is taken for lost must never be too little.
    """
    return session.scalar(select(func.max(FactRow.at)).where(FactRow.at <= by))


def next_batch(session: Session, last: int) -> int:
    """The number of a batch behind the last one here, and behind whatever was given out in the time
    that a restored centre lost: whoever gets it never has one number twice."""
    row = current(session)
    lives = len(row.lives.split()) if row is not None else 0
    return max(last, lives * _MOST_BATCHES) + 1


def absent(session: Session, row: RecoveryRow) -> Sequence[DeviceRow]:
    """The desks at work that have not given back what they have, by office and number."""
    return [each for each in unheard(session, row) if each.revoked_at is None]


def unheard(session: Session, row: RecoveryRow) -> Sequence[DeviceRow]:
    """The desks that were at work in the lost time and have not given back what they have, by
    office and number; also those that may no longer do so, revoked since."""
    came = select(GaveBackRow.device_id).where(GaveBackRow.epoch == row.epoch)
    query = select(DeviceRow).where(
        or_(DeviceRow.revoked_at.is_(None), DeviceRow.revoked_at > row.copied_at),
        DeviceRow.key != "",
        # One that never called may have begun to in the lost time.
        or_(DeviceRow.heard_at.is_(None), DeviceRow.heard_at >= row.copied_at - _SILENT),
        DeviceRow.device_id.not_in(came),
    )
    return session.scalars(query.order_by(DeviceRow.office, DeviceRow.desk)).all()
