"""Whose store this is and how far it has come with the centre."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from desktop.domain.line import Why
from desktop.sql import memo
from desktop.sql.metadata import table_of
from desktop.store.tables import MetaRow

_META = "meta"
_TABLE = table_of(MetaRow)
_ROW, _CHANGE = select(_TABLE), update(_TABLE)


@dataclass(frozen=True)
class Identity:
    """What enrolment gave this device: its name, its office's id, desk and home stream; the
    centre's id and epoch, and the public halves of its keys for heads and answers (hex).

    With `training` the store is one to practise in, and never a desk's in earnest.
    """

    device_id: str
    office: str
    desk: int
    home: str
    centre: str
    epoch: str
    heads_key: str
    answers_key: str
    training: bool = False


@dataclass(frozen=True)
class Meta:
    """The store's state. `clock_offset_ms` is added to this machine's clock.

    `acked_to` is the last `device_seq` that the centre has; `stopped` names why the centre says
    no for good (`fork`, `revoked`, `too-old`), `alarm` why the centre's last answer was not
    believed; both are empty when all is well. `backup_at` is the moment of the last backup that was
    read back, `backup_fault` why a later one was not made (`domain.backup.BackupFault`).
    `readings_told` is the last look at this desk that the centre has.
    """

    identity: Identity
    acked_to: int = 0
    clock_offset_ms: int = 0
    records_as_of: date | None = None
    last_heard: datetime | None = None
    stopped: str = ""
    alarm: str = ""
    backup_at: datetime | None = None
    backup_fault: str = ""
    readings_told: int = 0

    @property
    def releases(self) -> bool:
        """Whether the centre takes a release from this program: an older one may only send."""
        return self.stopped != Why.TOO_OLD

    def corrected(self, now: datetime) -> datetime:
        """This machine's moment as the centre's clock would tell it."""
        return now + timedelta(milliseconds=self.clock_offset_ms)


def enrol(session: Session, identity: Identity) -> None:
    """Make the empty store this device's. A store is enrolled once: another time is an error."""
    session.execute(
        insert(MetaRow).values(
            id=1,
            device_id=identity.device_id,
            office=identity.office,
            desk=identity.desk,
            home=identity.home,
            centre=identity.centre,
            epoch=identity.epoch,
            heads_key=identity.heads_key,
            answers_key=identity.answers_key,
            training=identity.training,
            acked_to=0,
            clock_offset_ms=0,
            stopped="",
            alarm="",
        )
    )
    memo.forget(session, _META)


def find(session: Session) -> Meta | None:
    """The store's state; None before it is enrolled."""
    return memo.once(session, _META, lambda: _find(session))


def _find(session: Session) -> Meta | None:
    row = session.execute(_ROW).one_or_none()
    if row is None:
        return None
    identity = Identity(
        device_id=row.device_id,
        office=row.office,
        desk=row.desk,
        home=row.home,
        centre=row.centre,
        epoch=row.epoch,
        heads_key=row.heads_key,
        answers_key=row.answers_key,
        training=row.training,
    )
    return Meta(
        identity=identity,
        acked_to=row.acked_to,
        clock_offset_ms=row.clock_offset_ms,
        records_as_of=row.records_as_of,
        last_heard=row.last_heard,
        stopped=row.stopped,
        alarm=row.alarm,
        backup_at=row.backup_at,
        backup_fault=row.backup_fault,
        readings_told=row.readings_told,
    )


def get(session: Session) -> Meta:
    """The state of an enrolled store. Raises LookupError when it is not enrolled."""
    found = find(session)
    if found is None:
        raise LookupError("the store is not enrolled")
    return found


def change(session: Session, **values: Any) -> None:
    """Set columns of the one row by name."""
    session.execute(_CHANGE, values)
    memo.forget(session, _META)
