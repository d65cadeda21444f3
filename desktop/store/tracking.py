"""Tracking codes, made at the desk and final (SYNC.md "What is kept")."""

from __future__ import annotations

from datetime import date

from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.orm import Session

from desktop.domain.calendar import jalali
from desktop.domain.errors import Refusal
from desktop.domain.identifiers import tracking_code
from desktop.sql.metadata import table_of
from desktop.store import meta
from desktop.store.tables import TrackingSerialRow

_LAST = 9999
_SERIALS = table_of(TrackingSerialRow)
_NEXT = (
    upsert(_SERIALS)
    .on_conflict_do_update(index_elements=[_SERIALS.c.day], set_={"serial": _SERIALS.c.serial + 1})
    .returning(_SERIALS.c.serial)
)


def next_code(session: Session, office: str, day: date) -> str:
    """The next code of this desk on the day of receipt; spent when the transaction commits.

    `office` is the office's code on that day. Raises Refusal after 9,999 codes in one day.
    """
    serial: int | None = session.scalar(_NEXT, {"day": day, "serial": 1})
    assert serial is not None
    if serial > _LAST:
        raise Refusal("کدهای رهگیری امروز این باجه تمام شده است؛ در باجهٔ دیگری ثبت کنید.")
    desk = meta.get(session).identity.desk
    year, month, dom = jalali(day)
    return tracking_code(office, f"{year % 100:02d}{month:02d}{dom:02d}", desk, serial)
