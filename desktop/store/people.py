"""The staff of the home stream, and their keys wrapped by their passwords."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.orm import Session

from desktop.domain.people import Role, Staff
from desktop.domain.stream import Fact, PersonEnrolled
from desktop.sql import memo
from desktop.sql.metadata import table_of
from desktop.store import meta
from desktop.store.tables import PersonKeyRow, PersonRow, ReleaseKeyRow

_STAFF = "staff"
_TABLE = table_of(PersonRow)
_BY_NAME = select(_TABLE).order_by(_TABLE.c.name, _TABLE.c.staff_id)
_KEYS = table_of(PersonKeyRow).c
_KEYED = select(_KEYS.staff_id)
_KEY = select(_KEYS.wrapped).where(_KEYS.staff_id == bindparam("of"))


def keep(session: Session, fact: Fact, enrolled: PersonEnrolled) -> None:
    """Keep what a `person-enrolled` fact says; the last one of a person holds.

    Keys for releases are kept all: each was made at another desk, or after another.
    """
    values = {
        "staff_id": enrolled.staff_id,
        "name": enrolled.name,
        "role": enrolled.role,
        "office": fact.stream.partition(":")[2],
        "key": enrolled.key,
        "title": enrolled.title,
        "release_key": enrolled.release_key,
        "national_id": enrolled.national_id,
    }
    statement = upsert(PersonRow).values(values)
    session.execute(
        statement.on_conflict_do_update(index_elements=[PersonRow.staff_id], set_=values)
    )
    key = upsert(ReleaseKeyRow).values(staff_id=enrolled.staff_id, key=enrolled.release_key)
    session.execute(key.on_conflict_do_nothing())
    memo.forget(session, _STAFF)
    memo.forget(session, (ReleaseKeyRow.__tablename__, enrolled.staff_id))


def keep_release_keys(session: Session, keys: Mapping[str, Iterable[str]]) -> None:
    """Keep these public halves of keys for releases, by staff id: of people of another office."""
    for staff_id, own in keys.items():
        for key in own:
            made = upsert(ReleaseKeyRow).values(staff_id=staff_id, key=key)
            session.execute(made.on_conflict_do_nothing())
        memo.forget(session, (ReleaseKeyRow.__tablename__, staff_id))


def find(session: Session, staff_id: str) -> Staff | None:
    """The member of staff at this desk; None when not enrolled in the home stream."""
    return next((each for each in everybody(session) if each.staff_id == staff_id), None)


def everybody(session: Session) -> tuple[Staff, ...]:
    """The home stream's staff, by name."""
    return memo.once(session, _STAFF, lambda: _everybody(session))


def _everybody(session: Session) -> tuple[Staff, ...]:
    known = meta.find(session)
    desk = known.identity.desk if known is not None else 0
    rows = session.execute(_BY_NAME)
    return tuple(
        Staff(
            staff_id=row.staff_id,
            name=row.name,
            role=Role(row.role),
            office=row.office,
            key=row.key,
            desk=desk,
            title=row.title,
            release_key=row.release_key,
            national_id=row.national_id,
        )
        for row in rows
    )


def managers(session: Session, office: str) -> list[str]:
    """The ids of the office's managers."""
    here = (each for each in _everybody(session) if each.office == office)
    return [each.staff_id for each in here if each.role is Role.MANAGER]


def keep_key(session: Session, staff_id: str, wrapped: str, at: datetime) -> None:
    """Keep a person's wrapped private key at this desk; a new password replaces the old one's."""
    statement = upsert(PersonKeyRow).values(staff_id=staff_id, wrapped=wrapped, made_at=at)
    session.execute(
        statement.on_conflict_do_update(
            index_elements=[PersonKeyRow.staff_id], set_={"wrapped": wrapped, "made_at": at}
        )
    )


def keyed(session: Session) -> set[str]:
    """The ids of those who have a wrapped private key at this desk."""
    return set(session.scalars(_KEYED))


def wrapped_key(session: Session, staff_id: str) -> str | None:
    """The wrapped private key; None when the person was not enrolled at this desk."""
    return session.scalar(_KEY, {"of": staff_id})
