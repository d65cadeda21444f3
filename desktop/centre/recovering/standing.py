"""How the centre stands after a restore, and how that begins and ends."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.centre.records import in_force
from desktop.centre.recovery_tables import GaveBackRow, RecoveryRow
from desktop.centre.tables import CentreRow, DeviceRow, FactRow, StreamRow
from desktop.chance import new_id

# A desk that had not called for so long has nothing that the copy has not.
_SILENT = timedelta(days=30)
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


def current(session: Session) -> RecoveryRow | None:
    """The restore that began the centre's present epoch; None where it never was restored."""
    present = select(CentreRow.epoch).scalar_subquery()
    return session.scalar(select(RecoveryRow).where(RecoveryRow.epoch == present))


def former(session: Session) -> list[str]:
    """All epochs that the centre ever was in before."""
    return list(session.scalars(select(RecoveryRow.former).order_by(RecoveryRow.restored_at)))


def begin(session: Session, at: datetime) -> RecoveryRow:
    """The database is a copy that was restored: a new epoch begins, and acts wait."""
    own = session.scalars(select(CentreRow)).one()
    last = (
        select(func.max(FactRow.at))
        .join(StreamRow, (StreamRow.name == FactRow.stream) & (StreamRow.pos == FactRow.pos))
        .scalar_subquery()
    )
    row = RecoveryRow(
        epoch=new_id(),
        former=own.epoch,
        restored_at=at,
        copied_at=session.scalar(select(last)) or _NEVER,
        records_as_of=in_force.as_of(session),
    )
    session.add(row)
    own.epoch = row.epoch
    session.flush()
    return row


def absent(session: Session, row: RecoveryRow) -> Sequence[DeviceRow]:
    """The desks at work that have not given back what they have, by office and number."""
    came = select(GaveBackRow.device_id).where(GaveBackRow.epoch == row.epoch)
    query = select(DeviceRow).where(
        DeviceRow.revoked_at.is_(None),
        DeviceRow.heard_at >= row.copied_at - _SILENT,
        DeviceRow.device_id.not_in(came),
    )
    return session.scalars(query.order_by(DeviceRow.office, DeviceRow.desk)).all()
