"""Outages of lines and of the centre itself are kept with what they delayed.

A line is known to have been down by what comes late over it, or by an office's silence while it was
open. What came late because the centre did not run is told of the centre, and of no line (079).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Any

from sqlalchemy import CTE, Subquery, case, func, select, update
from sqlalchemy.orm import Session

from desktop.centre.context import Centre, day_of
from desktop.centre.outage_tables import BeatRow, OutageDeskRow, OutageRow
from desktop.centre.recovering import standing
from desktop.centre.tables import DeviceRow
from desktop.domain.bulletin import Outages
from desktop.domain.calendar import TEHRAN, OfficeCalendar
from desktop.domain.commands import Command
from desktop.domain.contact import SILENT, Contact, contact
from desktop.domain.hours import Hours
from desktop.domain.office import MUNICIPALITY, OfficeCard
from desktop.domain.outage import Stretch, length, open_in, together, without
from desktop.sql.missing import make_or_count
from desktop.wire.board import OutageBody, OutageDeskBody
from desktop.wire.codec import Unreadable, decode_command

LATE = timedelta(minutes=15)
"""An act that comes so long after it was made was delayed (as a desk's own status says)."""
# A desk that greets tells so often that nothing waits there; acts of one outage come in batches.
_GREETED = timedelta(minutes=10)
BEAT = timedelta(minutes=5)
"""So often the centre says that it runs: with each outage that delays anything it misses some."""
LINE, CENTRE = "line", "centre"
_MOST_TOLD, _MOST_DESKS = 200, 50


def note_late(
    session: Session, device: DeviceRow, texts: Sequence[str], before: int, at: datetime
) -> None:
    """Keep what of these acts came late over the device's line; of those that were here already,
    up to its place `before`, and of those that were not taken, nothing.

    Nor of the municipality's desks: an inspector's day without a line is as it should be.
    """
    heard = device.emptied_at
    if device.office == MUNICIPALITY or (heard is not None and at - heard < LATE + _GREETED):
        # Heard a moment ago with nothing waiting: none of it can be late.
        return
    came = (command for text in texts if (command := _read(text)) is not None)
    late = [
        command.made_at
        for command in came
        if before < command.device_seq <= device.head_seq and at - command.made_at > LATE
    ]
    if late and (restored := standing.current(session)) is not None:
        # What was made before comes late, or once more, by that and by no line.
        late = [made for made in late if made >= restored.restored_at]
    if late and (own := _not_the_centres(session, device, late, at)):
        _note_line(session, device, own, at)


def note_silence(session: Session, centre: Centre, device: DeviceRow, at: datetime) -> None:
    """Keep that nobody of the device's office called for so long while it was open that its line
    was told to be down, where this is the first call since; what that delayed is added as it comes.

    Nor of the municipality's desks, nor of an office whose hours are not known, nor of the time in
    which the centre did not run.
    """
    heard = device.heard_at
    if device.office == MUNICIPALITY or heard is None or at - heard <= SILENT:
        return
    hours = centre.reference.office(session, device.office).on(day_of(at)).hours
    if hours is None:
        return
    # Another desk of it may have called.
    since = called(session)[device.office].heard_at or heard
    calendar = centre.reference.city(session, day_of(at)).calendar
    ran = without([Stretch(since, at)], _centres(session, since))
    silent = [each for each in open_in(ran, [hours], calendar) if length([each]) > SILENT]
    if silent:
        session.add(_line(device, silent[0].since, at))


def _not_the_centres(
    session: Session, device: DeviceRow, late: Sequence[datetime], at: datetime
) -> list[datetime]:
    """Which of these acts came late without the time as well in which the centre did not run; the
    others are counted with that outage of it."""
    row = OutageRow
    spans = _centres(session, min(late))
    own: list[datetime] = []
    its: Counter[datetime] = Counter()
    for made in late:
        if length(without([Stretch(made, at)], spans)) > LATE:
            own.append(made)
        else:
            its[next(each.since for each in spans if each.until > made)] += 1
    for since, acts in sorted(its.items()):
        whole = update(row).where(row.device_id == CENTRE, row.since == since)
        session.execute(whole.values(delayed=row.delayed + acts))
        desk = {
            "since": since,
            "device_id": device.device_id,
            "office": device.office,
            "desk": device.desk,
            "delayed": acts,
        }
        make_or_count(session, OutageDeskRow, desk, count="delayed", same="office")
    return own


def _note_line(session: Session, device: DeviceRow, late: Sequence[datetime], at: datetime) -> None:
    same = min(at - _GREETED, min(late))
    own = select(OutageRow).where(OutageRow.device_id == device.device_id, OutageRow.until >= same)
    row = session.scalars(own.order_by(OutageRow.since.desc()).limit(1)).one_or_none()
    if row is None:
        row = _line(device, min(late), at)
        session.add(row)
    row.until, row.delayed = at, row.delayed + len(late)


def _line(device: DeviceRow, since: datetime, until: datetime) -> OutageRow:
    return OutageRow(
        device_id=device.device_id,
        since=since,
        until=until,
        kind=LINE,
        office=device.office,
        desk=device.desk,
        delayed=0,
    )


def _centres(session: Session, since: datetime) -> list[Stretch]:
    """The outages of the centre itself that were not over then."""
    row = OutageRow
    down = select(row.since, row.until).where(row.kind == CENTRE, row.until > since)
    return [Stretch(*each) for each in session.execute(down.order_by(row.since))]


def _read(text: str) -> Command | None:
    try:
        return decode_command(text)
    except Unreadable:
        # It was refused in words; when it was made nobody knows.
        return None


def beat(session: Session, at: datetime) -> None:
    """The centre says that it runs, every `BEAT`: what lies since it last did is one of its
    outages, where that is so long that acts came late. What did is added as it comes."""
    row = session.scalars(select(BeatRow).with_for_update()).one_or_none()
    if row is None:
        session.add(BeatRow(only=1, at=at))
        return
    if at - row.at > LATE:
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


def between(
    session: Session,
    since: datetime,
    before: datetime,
    cards: Mapping[str, OfficeCard],
    calendar: OfficeCalendar,
) -> tuple[Outages, Outages]:
    """The outages of lines, and those of the centre, that began in that time; the cards by an
    office's id.

    Desks of one office that had no line at once are one outage, and the time in which the centre
    did not run is none of a line. Only time counts in which the office was open, of the centre's in
    which any was; that of offices whose hours are not known counts for none.
    """
    row = OutageRow
    query = select(row).where(row.since >= since, row.since < before)
    spans: defaultdict[str, list[Stretch]] = defaultdict(list)
    delayed: Counter[str] = Counter()
    for each in session.scalars(query):
        spans[each.office].append(Stretch(each.since, each.until))
        delayed[each.kind] += each.delayed
    down = {office: together(own) for office, own in spans.items()}
    centre = down.pop("", [])
    of_lines = timedelta()
    for office, own in down.items():
        alone = without(own, centre)
        of_lines += length(open_in(alone, _hours(cards, office), calendar))
    of_centre = length(open_in(centre, _hours(cards, ""), calendar))
    hour = timedelta(hours=1)
    return (
        Outages(sum(map(len, down.values())), round(of_lines / hour), delayed[LINE]),
        Outages(len(centre), round(of_centre / hour), delayed[CENTRE]),
    )


def _hours(cards: Mapping[str, OfficeCard], office: str) -> list[Hours]:
    """The hours of the office, and for none those of all; nothing of those who told none."""
    whose = [cards[office]] if office in cards else [] if office else cards.values()
    return [card.hours for card in whose if card.hours is not None]


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
    session: Session,
    cards: Mapping[str, OfficeCard],
    calendar: OfficeCalendar,
    first: date,
    last: date,
) -> tuple[list[OutageBody], int]:
    """The newest outages of lines and of the centre that touch these days, both counted, and how
    many there are; the cards by an office's id.

    Desks of one office that had no line at once are one; of each so many desks are told, with how
    many there were.
    """
    begin = datetime.combine(first, time(), TEHRAN)
    end = datetime.combine(last + timedelta(days=1), time(), TEHRAN)
    numbered, newest = _joined(begin, end)
    whole = select(func.sum(numbered.c.begins)).scalar_subquery().label("whole")
    same = (numbered.c.office == newest.c.office) & (numbered.c.number == newest.c.number)
    asked = select(numbered, whole).join(newest, same).order_by(
        newest.c.since.desc(), newest.c.office, numbered.c.since, numbered.c.device_id
    )  # fmt: skip
    of_one = groupby(session.execute(asked), key=lambda row: (row.office, row.number))
    found = [list(rows) for _, rows in of_one]
    delayed = _delayed_by_the_centre(
        session, [rows[0].since for rows in found if not rows[0].office]
    )
    count = int(found[0][0].whole) if found else 0
    return [_told(rows, delayed, cards, calendar) for rows in found], count


def _joined(begin: datetime, end: datetime) -> tuple[CTE, Subquery]:
    """The rows that touch the time, numbered so that those of an office that overlap are alike and
    the first of them `begins`; and the newest of what they make up together."""
    row = OutageRow
    before = func.max(row.until).over(
        partition_by=row.office, order_by=(row.since, row.device_id), rows=(None, -1)
    )
    parted = select(
        row.office, row.device_id, row.desk, row.since, row.until, row.delayed,
        case((before >= row.since, 0), else_=1).label("begins"),
    ).where(row.since < end, row.until >= begin).subquery()  # fmt: skip
    own = parted.c
    number = func.sum(own.begins).over(
        partition_by=own.office, order_by=(own.since, own.device_id), rows=(None, 0)
    )
    numbered = select(*own, number.label("number")).cte("numbered")
    own = numbered.c
    newest = select(own.office, own.number, func.min(own.since).label("since"))
    newest = newest.group_by(own.office, own.number)
    newest = newest.order_by(func.min(own.since).desc(), own.office).limit(_MOST_TOLD)
    return numbered, newest.subquery()


def _delayed_by_the_centre(
    session: Session, since: Sequence[datetime]
) -> dict[datetime, list[OutageDeskRow]]:
    """By its beginning, the desks whose acts an outage of the centre delayed."""
    row, found = OutageDeskRow, defaultdict[datetime, list[OutageDeskRow]](list)
    for each in session.scalars(select(row).where(row.since.in_(since))):
        found[each.since].append(each)
    return found


def _told(
    rows: Sequence[Any],
    delayed: Mapping[datetime, Sequence[OutageDeskRow]],
    cards: Mapping[str, OfficeCard],
    calendar: OfficeCalendar,
) -> OutageBody:
    """One outage: the rows that it is made up of."""
    office, since, until = rows[0].office, rows[0].since, max(row.until for row in rows)
    (code, name), hours = _named(cards, office), _hours(cards, office)
    desks = rows if office else delayed.get(since, ())
    spans = together(Stretch(row.since, row.until) for row in rows)
    lasted = length(open_in(spans, hours, calendar))
    return OutageBody(
        office_id=office,
        office=code,
        name=name,
        since=since,
        until=until,
        delayed=sum(row.delayed for row in rows),
        open_minutes=lasted // timedelta(minutes=1) if hours else None,
        desk_count=len({row.device_id for row in desks}),
        desks=_by_desk(desks, cards)[:_MOST_DESKS],
    )


def _by_desk(rows: Iterable[Any], cards: Mapping[str, OfficeCard]) -> list[OutageDeskBody]:
    """Each desk once, whose acts came late most often first."""
    acts: Counter[tuple[str, int]] = Counter()
    for row in rows:
        acts[row.office, row.desk] += row.delayed
    told = []
    for (office, desk), delayed in sorted(acts.items(), key=lambda each: (-each[1], each[0])):
        code, name = _named(cards, office)
        told.append(
            OutageDeskBody(office_id=office, office=code, name=name, desk=desk, delayed=delayed)
        )
    return told


def _named(cards: Mapping[str, OfficeCard], office: str) -> tuple[str, str]:
    """An office's code and name; of none, and of one that is unknown, its id."""
    card = cards.get(office)
    return (card.code, card.name) if card is not None else (office, "")
