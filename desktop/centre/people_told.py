"""What is told of a member of staff: at which desks he gets in, what keeps him out, what waits."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from desktop.centre import desk_people, enrolling
from desktop.centre.tables import DeviceRow, PersonKeyRow, PersonRow
from desktop.domain.identifiers import mask_id

_ROLE = (PersonRow.staff_id, PersonRow.office, PersonRow.name, PersonRow.role)
_EVERYBODY = select(*_ROLE, PersonRow.title, PersonRow.national_id, PersonRow.key != "")


_KEYED = case((PersonRow.key != "", 1))
_WITH_ID = case((PersonRow.national_id != "", 1))


class Member(NamedTuple):
    """A member of staff of an office, by its id; who has keys nowhere has not `came`."""

    staff_id: str
    office: str
    name: str
    role: str
    title: str
    national_id: str
    came: bool


def told_so_far(session: Session) -> tuple[int, ...]:
    """How many people are known, have keys, and a national id: nobody goes, and of each the two are
    told once, so that where these are the same everybody is."""
    counts = (func.count(), func.count(_KEYED), func.count(_WITH_ID))
    return tuple(session.execute(select(*counts)).one())


def members(session: Session, office: str = "") -> list[Member]:
    """The staff of the office, or of all, in no order."""
    query = _EVERYBODY.where(PersonRow.office == office) if office else _EVERYBODY
    return [Member(*row) for row in session.execute(query)]


class Door:
    """Who waits with a code, and whom desks keep out for wrong passwords, at one moment."""

    def __init__(self, session: Session, at: datetime) -> None:
        self._session = session
        self.codes = enrolling.waiting_codes(session, at)
        """By staff id, until when the code is good."""
        self.locks: dict[tuple[str, str], dict[int, datetime]] = {}
        """By office and staff id, which of its desks keep the person out, and until when."""
        telling = (DeviceRow.told_people != "", DeviceRow.revoked_at.is_(None))
        for row in session.scalars(select(DeviceRow).where(*telling)):
            for staff, until in desk_people.locked(row.told_people, at).items():
                self.locks.setdefault((row.office, staff), {})[row.desk] = until

    def told(self, people: Collection[Member]) -> list[dict[str, Any]]:
        """What is told of these, as fields of a `wire.registry.PersonBody`."""
        desks = self._desks({one.office for one in people})
        return [self._told(one, desks.get(one.staff_id, [])) for one in people]

    def _told(self, one: Member, desks: list[int]) -> dict[str, Any]:
        locks = self.locks.get((one.office, one.staff_id), {})
        return {
            "staff_id": one.staff_id,
            "name": one.name,
            "role": one.role,
            "title": one.title,
            "national_id": mask_id(one.national_id) if one.national_id else "",
            "desks": desks,
            "came": one.came,
            "code_until": self.codes.get(one.staff_id),
            "locked": sorted(locks),
            "locked_until": max(locks.values(), default=None),
        }

    def _desks(self, offices: Collection[str]) -> dict[str, list[int]]:
        """By staff id, at which desks at work the people of these offices have keys."""
        query = select(PersonKeyRow.staff_id, DeviceRow.desk)
        query = query.join(DeviceRow, DeviceRow.device_id == PersonKeyRow.device_id)
        query = query.where(DeviceRow.office.in_(offices), DeviceRow.revoked_at.is_(None))
        found: dict[str, list[int]] = {}
        for staff_id, number in self._session.execute(query.order_by(DeviceRow.desk)):
            found.setdefault(staff_id, []).append(number)
        return found
