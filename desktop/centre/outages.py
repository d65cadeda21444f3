"""Outages of lines and of the centre itself are kept with what they delayed.

A line is known to have been down by what comes late over it: nobody else can say so.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.centre.outage_tables import BeatRow, OutageRow
from desktop.centre.tables import DeviceRow
from desktop.domain.bulletin import Outages
from desktop.domain.commands import Command
from desktop.wire.codec import Unreadable, decode_command

LATE = timedelta(minutes=15)
"""An act that comes so long after it was made was delayed (as a desk's own status says)."""
# A desk that greets tells so often that nothing waits there; acts of one outage come in batches.
_GREETED = timedelta(minutes=10)
_BEAT = timedelta(hours=1)
LINE, CENTRE = "line", "centre"


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
