"""Outages of lines and of the centre itself are kept with what they delayed.

A line is known to have been down by what comes late over it: nobody else can say so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.centre.outage_tables import BeatRow, OutageRow
from desktop.centre.tables import DeviceRow
from desktop.domain.bulletin import Outages
from desktop.domain.calendar import TEHRAN, OfficeCalendar
from desktop.domain.commands import Command
from desktop.domain.contact import Contact, contact
from desktop.domain.office import MUNICIPALITY, OfficeCard
from desktop.wire.codec import Unreadable, decode_command
from desktop.wire.payloads import OutageBody

LATE = timedelta(minutes=15)
"""An act that comes so long after it was made was delayed (as a desk's own status says)."""
# A desk that greets tells so often that nothing waits there; acts of one outage come in batches.
_GREETED = timedelta(minutes=10)
_BEAT = timedelta(hours=1)
LINE, CENTRE = "line", "centre"
_MOST_TOLD = 200


def note_late(
    session: Session, device: DeviceRow, texts: Sequence[str], before: int, at: datetime
) -> None:
    """Keep what of these acts came late over the device's line; of those that were here already,
    up to its place `before`, and of those that were not taken, nothing."""
    heard = device.emptied_at
    if heard is not None and at - heard < LATE + _GREETED:
        # Heard a moment ago with nothing waiting: none of it can be late.
        return
    came = (command for text in texts if (command := _read(text)) is not None)
    late = [
        command.made_at
        for command in came
        if before < command.device_seq <= device.head_seq and at - command.made_at > LATE
    ]
    if not late:
        return
    own = select(OutageRow).where(
        OutageRow.device_id == device.device_id, OutageRow.until >= at - _GREETED
    )
    row = session.scalars(own.order_by(OutageRow.since.desc()).limit(1)).one_or_none()
    if row is None:
        row = OutageRow(
            device_id=device.device_id,
            since=min(late),
            until=at,
            kind=LINE,
            office=device.office,
            desk=device.desk,
            delayed=0,
        )
        session.add(row)
    row.until, row.delayed = at, row.delayed + len(late)


def _read(text: str) -> Command | None:
    try:
        return decode_command(text)
    except Unreadable:
        # It was refused in words; when it was made nobody knows.
        return None


def beat(session: Session, at: datetime) -> None:
    """The centre does what is due, hourly: what lies since it last did is one of its outages, where
    that is longer."""
    row = session.scalars(select(BeatRow).with_for_update()).one_or_none()
    if row is None:
        session.add(BeatRow(only=1, at=at))
        return
    if at - row.at > _BEAT + LATE:
        session.add(
            OutageRow(
                device_id=CENTRE,
                since=row.at,
                until=at,
                kind=CENTRE,
                office="",
                desk=0,
                delayed=0,
            )
        )
    row.at = at


def between(session: Session, since: datetime, before: datetime, kind: str) -> Outages:
    """The outages that began in that time."""
    row = OutageRow
    query = select(row.since, row.until, row.delayed).where(
        row.since >= since, row.since < before, row.kind == kind
    )
    found = session.execute(query).all()
    seconds = sum((each.until - each.since).total_seconds() for each in found)
    return Outages(len(found), round(seconds / 3600), sum(each.delayed for each in found))


@dataclass(frozen=True)
class Called:
    """When an office's desks at work called last, and of what was not sent then the oldest."""

    heard_at: datetime | None
    unsent_since: datetime | None


def called(session: Session) -> dict[str, Called]:
    """By the id of each office that has a desk."""
    row = DeviceRow
    query = select(row.office, func.max(row.heard_at), func.min(row.told_oldest))
    by = query.where(row.revoked_at.is_(None)).group_by(row.office)
    return {office: Called(heard, unsent) for office, heard, unsent in session.execute(by)}


def going_on(
    offices: Mapping[str, Called],
    cards: Mapping[str, OfficeCard],
    calendar: OfficeCalendar,
    at: datetime,
) -> list[OutageBody]:
    """The offices that are open and do not call, the longest silent first; both by an office's id.

    Of one whose hours are not known nobody can say whether it is shut.
    """
    found = []
    for office, told in offices.items():
        card = cards.get(office)
        if card is None or office == MUNICIPALITY or card.hours is None:
            continue
        if contact(told.heard_at, card.hours, calendar, at) is not Contact.SILENT:
            continue
        opened = card.hours.open_since(at, calendar)
        since = max(moment for moment in (opened, told.heard_at) if moment is not None)
        found.append(
            OutageBody(
                office_id=office,
                office=card.code,
                name=card.name,
                since=since,
                until=None,
                unsent_since=told.unsent_since,
            )
        )
    return sorted(found, key=lambda each: (each.since, each.office))


def ended(
    session: Session, cards: Mapping[str, OfficeCard], first: date, last: date
) -> tuple[list[OutageBody], int]:
    """The newest outages of lines and of the centre that touch these days, both counted, and how
    many there are; the cards by an office's id."""
    row = OutageRow
    begin = datetime.combine(first, time(), TEHRAN)
    end = datetime.combine(last + timedelta(days=1), time(), TEHRAN)
    touching = (row.since < end, row.until >= begin)
    count = session.scalar(select(func.count()).select_from(row).where(*touching)) or 0
    newest = select(row).where(*touching).order_by(row.since.desc(), row.device_id)
    told = []
    for each in session.scalars(newest.limit(_MOST_TOLD)):
        card = cards.get(each.office)
        told.append(
            OutageBody(
                office_id=each.office,
                office=card.code if card is not None else each.office,
                name=card.name if card is not None else "",
                since=each.since,
                until=each.until,
                delayed=each.delayed,
            )
        )
    return told, count
