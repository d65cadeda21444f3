"""Notices to offices: announced with one signature, read by their people, and who has read them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import Field

from desktop.domain.announcement import About, Announcement
from desktop.domain.notice import NoticeKind, NoticeRead
from desktop.wire.assent import Assent
from desktop.wire.bounds import Code, Count, Day, Ident, Key, Line, Moment, Name, Text
from desktop.wire.canon import canon
from desktop.wire.payloads import Body

MOST_READS = 500
"""So many at once; the rest with the next round."""
MOST_OFFICES = 6_000
MOST_KEYS = 200
"""So many notices are asked about at once."""
Offices = Annotated[list[Name], Field(max_length=MOST_OFFICES)]


class AnnouncementBody(Body):
    """What is announced; who does it and when is the centre's to say."""

    announcement: Ident
    about: About
    title: Line
    words: Text
    offices: Offices
    services: Annotated[list[Code], Field(max_length=60)]
    since: Moment | None = None
    until: Moment | None = None
    due: Day | None = None
    replaces: Name = ""
    counters: Annotated[list[Count], Field(max_length=60)] = []

    def value(self, by: str, at: datetime) -> Announcement:
        """The announcement as the program knows it."""
        told = self.model_dump()
        told |= {part: tuple(told[part]) for part in ("offices", "services", "counters")}
        return Announcement(**told, by=by, at=at)

    @property
    def subject(self) -> str:
        """What is signed to announce it; where no counter is named, as before there was one."""
        left_out = set() if self.counters else {"counters"}
        return canon(self.model_dump(mode="json", exclude=left_out))


class AnnounceAsk(Body):
    """`/v1/announce`: the unit tells offices something (`Purpose.ANNOUNCE`)."""

    announcement: AnnouncementBody
    assent: Assent


class AnnounceAnswer(Body):
    """When it was told, by the centre's clock."""

    at: datetime


class ReadBody(Body):
    """Somebody of the desk's office has read a notice."""

    kind: NoticeKind
    key: Key
    staff: Name
    read_at: Moment

    @property
    def value(self) -> NoticeRead:
        """The reading as the program knows it."""
        return NoticeRead(self.kind, self.key, self.staff, self.read_at)


class NoticesReadAsk(Body):
    """`/v1/notices-read`: what people of the desk's office have read; the desk vouches for them."""

    reads: Annotated[list[ReadBody], Field(max_length=MOST_READS)]


class NoticesReadAnswer(Body):
    """How many of them the centre did not know of."""

    new: Count


class ReadersAsk(Body):
    """`/v1/notice-readers`: how many offices have read each of the notices; with `named` who."""

    actor: Name
    kind: NoticeKind
    keys: Annotated[list[Key], Field(max_length=MOST_KEYS)]
    named: bool = False


class ReaderBody(Body):
    """Who read a notice, at which office, when (the desk's moment)."""

    key: str
    office_id: str
    staff_id: str
    name: str
    read_at: datetime


class ReadersAnswer(Body):
    """By key how many offices have read it; `readers` the earliest first, where they were asked."""

    time: datetime
    offices: dict[str, int]
    readers: list[ReaderBody]
