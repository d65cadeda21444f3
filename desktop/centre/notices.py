"""Who has read which notice of the unit: told by the offices' desks, asked by the unit."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.centre.context import Centre
from desktop.centre.notice_tables import NoticeReadRow
from desktop.centre.people import of_office
from desktop.centre.publication_tables import PublishedRow
from desktop.centre.registrars import demand_registrar
from desktop.centre.tables import DeviceRow, PersonRow
from desktop.domain.announcement import Announcement
from desktop.domain.notice import NoticeKind
from desktop.domain.office_letter import OfficeLetter
from desktop.domain.stream import Topic
from desktop.forms.published_values import published_value
from desktop.sql.missing import make_missing
from desktop.wire.notices import (
    NoticesReadAnswer,
    NoticesReadAsk,
    ReaderBody,
    ReadersAnswer,
    ReadersAsk,
)


def keep_read(
    session: Session, centre: Centre, device: DeviceRow, ask: NoticesReadAsk, at: datetime
) -> NoticesReadAnswer:
    """Keep who has read what; the same again, a stranger's, and of no notice is passed over.

    A desk tells of what it was told itself: what is passed over here nobody could mend there.
    """
    staff = of_office(session, device.office)
    new = 0
    for each in ask.reads:
        if each.staff not in staff or not _IS_KNOWN[each.kind](session, each.key, device.office):
            continue
        row = {
            "kind": each.kind.value,
            "key": each.key,
            "staff_id": each.staff,
            "office_id": device.office,
            "device_id": device.device_id,
            "read_at": min(each.read_at, at),
            "told_at": at,
        }
        new += make_missing(session, NoticeReadRow, row)
    return NoticesReadAnswer(new=new)


def readers(
    session: Session, centre: Centre, device: DeviceRow, ask: ReadersAsk, at: datetime
) -> ReadersAnswer:
    """How many offices have read each of the notices, and who. Raises Refusal."""
    demand_registrar(session, centre, device, ask.actor, "")
    row = NoticeReadRow
    own = (row.kind == ask.kind.value, row.key.in_(ask.keys))
    counted = select(row.key, func.count(row.office_id.distinct())).where(*own).group_by(row.key)
    found = {key: offices for key, offices in session.execute(counted)}
    return ReadersAnswer(
        time=at,
        offices={key: found.get(key, 0) for key in ask.keys},
        readers=_named(session, ask) if ask.named else [],
    )


def _named(session: Session, ask: ReadersAsk) -> list[ReaderBody]:
    row = NoticeReadRow
    query = (
        select(row, PersonRow.name)
        .outerjoin(PersonRow, PersonRow.staff_id == row.staff_id)
        .where(row.kind == ask.kind.value, row.key.in_(ask.keys))
        .order_by(row.key, row.read_at, row.staff_id)
    )
    return [
        ReaderBody(
            key=each.key,
            office_id=each.office_id,
            staff_id=each.staff_id,
            name=name or "",
            read_at=each.read_at,
        )
        for each, name in session.execute(query)
    ]


def _is_announced(session: Session, key: str, office: str) -> bool:
    own = (PublishedRow.topic == Topic.ANNOUNCEMENT.value, PublishedRow.key == key)
    text = session.scalar(select(PublishedRow.text).where(*own))
    return text is not None and published_value(Announcement, text).is_for(office)


def _is_written_to(session: Session, key: str, office: str) -> bool:
    own = (PublishedRow.topic == Topic.OFFICE_LETTER.value, PublishedRow.key == key)
    text = session.scalar(select(PublishedRow.text).where(*own))
    return text is not None and published_value(OfficeLetter, text).office == office


_IS_KNOWN: Mapping[NoticeKind, Callable[[Session, str, str], bool]] = {
    NoticeKind.ANNOUNCEMENT: _is_announced,
    NoticeKind.OFFICE_LETTER: _is_written_to,
}
"""By kind, whether the office was sent a notice with that key."""
