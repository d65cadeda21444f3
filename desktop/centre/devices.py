"""What is told of the city's devices: a restored centre knows by it those that its copy lacks."""

from __future__ import annotations

import logging
from datetime import datetime
from functools import partial

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from desktop.centre import people
from desktop.centre.context import CENTRE_ACTOR, Centre
from desktop.centre.streams import append, lock_streams
from desktop.centre.tables import DeviceRow, EnrolCodeRow, PersonKeyRow
from desktop.centre.transacting import transact
from desktop.domain.stream import CITY, DeviceTold

_log = logging.getLogger(__name__)
_REVOKED = select(DeviceRow.device_id).where(DeviceRow.revoked_at.is_not(None))


def tell(session: Session, told: DeviceTold, at: datetime) -> None:
    """Tell all desks how a device stands."""
    stream = lock_streams(session, [CITY])[CITY]
    append(session, stream, [told], case_id="", rev=0, cause="", actor=CENTRE_ACTOR, at=at)
    session.flush()


def told_of(row: DeviceRow) -> DeviceTold:
    """The device as it stands."""
    return DeviceTold(row.device_id, row.office, row.desk, row.key, row.revoked_at)


def changed(session: Session, centre: Centre) -> None:
    """What is kept of devices beside the centre's keys is brought up to date after the commit."""
    centre.after(session, partial(centre.note_beside, centre))


def tell_revoked(centre: Centre, device_id: str) -> bool:
    """Tell all desks, and keep beside the keys, that the device is revoked, which is committed;
    whether nobody had told them."""

    def told(session: Session) -> bool:
        row = session.get_one(DeviceRow, device_id, with_for_update=True)
        if row.revocation_told:
            return False
        tell(session, told_of(row), centre.clock())
        row.revocation_told = True
        return True

    is_new = transact(centre, centre.writer, told)
    centre.note_beside(centre)
    return is_new


def tell_rest(centre: Centre) -> int:
    """Tell of revocations that are committed while whoever did them died before he told; how many
    there were."""
    with centre.reading() as session:
        untold = session.scalars(_REVOKED.where(~DeviceRow.revocation_told)).all()
    return sum(tell_revoked(centre, device_id) for device_id in untold)


def all_told(session: Session) -> list[DeviceTold]:
    """Every device as it stands, by office and number."""
    # The centre's own row has no key: nobody calls by it.
    rows = select(DeviceRow).where(DeviceRow.key != "")
    return [
        told_of(row) for row in session.scalars(rows.order_by(DeviceRow.office, DeviceRow.desk))
    ]


def revoked(session: Session) -> frozenset[str]:
    """The ids of those of which nothing is taken any more."""
    return frozenset(session.scalars(_REVOKED))


def drop_unused(session: Session, device: DeviceRow) -> bool:
    """Whether the device never came to work: then it is gone, and its number is another's."""
    if device.heard_at is not None or device.head_seq:
        return False
    session.execute(delete(PersonKeyRow).where(PersonKeyRow.device_id == device.device_id))
    session.delete(device)
    session.flush()
    return True


def take(session: Session, told: DeviceTold) -> bool:
    """Know the device as a fact that came back tells it, or the file beside the keys; whether it
    was not known so. Who is known as revoked stays so."""
    row = session.get(DeviceRow, told.device_id)
    is_new = row is None
    if row is None:
        if not _has_room(session, told):
            return False
        people.enrol_device(session, told.device_id, told.office, told.desk, told.key)
        row = session.get_one(DeviceRow, told.device_id)
        # It came by one of them, and the copy does not know by which: none is good twice.
        own = (EnrolCodeRow.office == told.office, EnrolCodeRow.device)
        session.execute(delete(EnrolCodeRow).where(*own, EnrolCodeRow.device_id == ""))
    if row.revoked_at is None and told.revoked_at is not None:
        row.revoked_at = told.revoked_at
        return True
    return is_new


def _has_room(session: Session, told: DeviceTold) -> bool:
    """Whether its number is free, or of one that never came to work: it had that place since."""
    place = select(DeviceRow).filter_by(office=told.office, desk=told.desk)
    there = session.scalars(place).one_or_none()
    if there is None or drop_unused(session, there):
        return True
    _log.error("%s is not known again: %s has its number", told.device_id, there.device_id)
    return False
