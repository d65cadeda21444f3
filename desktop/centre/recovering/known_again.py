"""What files beside the centre's keys tell of the time that a restored copy lacks."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy.orm import Session

from desktop.centre import devices
from desktop.centre.records import in_force
from desktop.centre.records.in_force import ImportTold
from desktop.centre.recovery_tables import KnownDeviceRow, LostImportRow, RecoveryRow
from desktop.domain.stream import DeviceTold
from desktop.sql.missing import make_missing


def devices_told(session: Session, row: RecoveryRow, told: Iterable[DeviceTold]) -> None:
    """Know the devices as they are told, and keep of which that was news."""
    for each in told:
        if devices.take(session, each):
            place = {"office": each.office, "desk": each.desk}
            known = {"device_id": each.device_id, "revoked": each.revoked_at is not None}
            make_missing(session, KnownDeviceRow, {"epoch": row.epoch, **known, **place})


def imports_told(session: Session, row: RecoveryRow, told: Iterable[ImportTold]) -> None:
    """Keep of which acts that put an import into force the copy knows nothing. What is older than
    it was of a life that was lost before."""
    here = set(in_force.all_told(session))
    for each in told:
        if each not in here and each.at >= row.copied_at:
            make_missing(session, LostImportRow, {"epoch": row.epoch, **vars(each)})
