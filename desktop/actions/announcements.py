"""The unit's announcements: made, heard at a desk, read there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from desktop.actions import notices as noticed
from desktop.actions.desk import Desk, Seat
from desktop.chance import new_id
from desktop.domain.announcement import Announcement
from desktop.domain.notice import NoticeKind
from desktop.domain.office import MUNICIPALITY, OfficeCard
from desktop.domain.stream import Topic
from desktop.forms.published_values import published_value
from desktop.store import notices, published
from desktop.store.open import Session
from desktop.wire import calls
from desktop.wire.assent import Purpose
from desktop.wire.notices import AnnounceAsk, AnnouncementBody, ReadersAnswer

KEPT = timedelta(days=90)
"""So long an announcement stands in the lists."""


def new_announcement() -> str:
    """An id: announced twice with the same, it is one."""
    return new_id()


def announce(seat: Seat, announcement: Announcement) -> datetime:
    """Tell the offices; when it was told, by the centre's clock.

    Its `by` and `at` are the centre's to say. Raises LineDown, Refusal.
    """
    told = {**vars(announcement)}
    del told["by"], told["at"]
    body = AnnouncementBody(
        **{
            **told,
            "offices": list(announcement.offices),
            "services": list(announcement.services),
            "counters": list(announcement.counters),
        }
    )
    assent = seat.assent(Purpose.ANNOUNCE, body.subject)
    answer = seat.desk.ask(calls.ANNOUNCE, AnnounceAsk(announcement=body, assent=assent))
    seat.desk.nudge()
    return answer.at


def announced(desk: Desk) -> list[Announcement]:
    """What was announced in the last 90 days to whichever offices, the newest first."""
    with desk.store.reading() as session:
        return _announced(session, desk.moment(session))


@dataclass(frozen=True)
class Heard:
    """An announcement to this office, and when whoever sits here read it at this desk."""

    announcement: Announcement
    read_at: datetime | None


def heard(seat: Seat) -> list[Heard]:
    """What was announced to this office and stands, what this person has not read first."""
    with seat.desk.store.reading() as session:
        return _heard(session, seat)


def _heard(session: Session, seat: Seat) -> list[Heard]:
    own, now = seat.staff, seat.desk.moment(session)
    told = [one for one in _announced(session, now) if one.is_for(own.office)]
    gone = {one.replaces for one in told}
    stands = [one for one in told if one.announcement not in gone]
    keys = [one.announcement for one in stands]
    read = notices.read_by(session, NoticeKind.ANNOUNCEMENT, own.staff_id, keys)
    found = [Heard(one, read.get(one.announcement)) for one in stands]
    return sorted(found, key=lambda each: each.read_at is not None)


def unread(seat: Seat) -> list[Announcement]:
    """Those of `heard` that this person has not read and that are not over."""
    with seat.desk.store.reading() as session:
        return unread_in(session, seat)


def unread_in(session: Session, seat: Seat) -> list[Announcement]:
    """As `unread`, in the caller's transaction."""
    moment = seat.desk.moment(session)
    return [
        each.announcement
        for each in _heard(session, seat)
        if each.read_at is None and not each.announcement.is_over(moment)
    ]


def note_read(seat: Seat, announcement: str) -> None:
    """This person has read it."""
    noticed.note_read(seat, NoticeKind.ANNOUNCEMENT, announcement)


def readers(seat: Seat, announcement: str) -> ReadersAnswer:
    """Who at which office has read it, and when. Raises LineDown, Refusal."""
    return noticed.readers(seat, NoticeKind.ANNOUNCEMENT, [announcement], named=True)


def addressed(announcement: Announcement, offices: Mapping[str, OfficeCard]) -> list[str]:
    """The ids of the offices that it is announced to, by their codes."""
    known = (of for of in offices if of != MUNICIPALITY and announcement.is_for(of))
    return sorted(known, key=lambda of: (len(offices[of].code), offices[of].code))


def _announced(session: Session, now: datetime) -> list[Announcement]:
    items = published.all_told(session, Topic.ANNOUNCEMENT, (now - KEPT).date())
    told = [published_value(Announcement, item.text) for item in items]
    return sorted(reversed(told), key=lambda one: one.at, reverse=True)
