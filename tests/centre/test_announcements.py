"""The unit announces something to offices; their people read it, and the unit sees who has not."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from desktop.actions import announcements, notices
from desktop.chance import new_id
from desktop.demo.people import OFFICE
from desktop.domain.announcement import About, Announcement
from desktop.domain.errors import Refusal
from desktop.domain.notice import NoticeKind
from desktop.trial.counters import new_counter
from desktop.wire import calls
from desktop.wire.notices import NoticesReadAsk, ReadBody
from tests.houses import MORNING
from tests.town import Town

LATER = MORNING + timedelta(days=3)
WORDS = "سامانه برای جابه‌جایی کارساز در دسترس نیست."


def outage(**changed: object) -> Announcement:
    told = Announcement(
        announcements.new_announcement(), About.OUTAGE, "قطعی سامانه", WORDS, MORNING, "",
        since=LATER, until=LATER + timedelta(hours=2),
    )  # fmt: skip
    return replace(told, **changed)  # type: ignore[arg-type]


def announce(town: Town, told: Announcement) -> None:
    announcements.announce(town.crew.supervisor, told)
    town.house.office.sync()


def refused(town: Town, told: Announcement) -> str:
    with pytest.raises(Refusal) as caught:
        announcements.announce(town.crew.supervisor, told)
    return caught.value.field or ""


@pytest.mark.slow
def test_what_is_announced_is_read_at_the_desk_and_the_unit_sees_by_whom(town: Town) -> None:
    crew, told = town.crew, outage()
    announce(town, told)
    (heard,) = announcements.heard(crew.clerk)
    assert heard.announcement.title == told.title
    assert heard.announcement.by == crew.supervisor.staff.name
    assert [one.announcement for one in announcements.unread(crew.clerk)] == [told.announcement]
    unread = announcements.readers(crew.supervisor, told.announcement)
    assert (unread.offices, unread.readers) == ({told.announcement: 0}, [])

    announcements.note_read(crew.clerk, told.announcement)
    assert announcements.unread(crew.clerk) == []
    # The manager has not seen it yet, whatever his clerk did.
    assert len(announcements.unread(crew.manager)) == 1
    town.house.office.sync()
    read = announcements.readers(crew.supervisor, told.announcement)
    assert read.offices == {told.announcement: 1}
    assert [(one.name, one.office_id) for one in read.readers] == [
        (crew.clerk.staff.name, OFFICE.own_id)
    ]


@pytest.mark.slow
def test_what_is_announced_twice_with_one_id_is_told_once(town: Town) -> None:
    told = outage()
    announce(town, told)
    announce(town, replace(told, title="عنوان دیگر"))
    assert [each.announcement.title for each in announcements.heard(town.crew.clerk)] == [
        told.title
    ]


@pytest.mark.slow
def test_other_offices_announcements_are_not_heard_here(town: Town) -> None:
    new_counter(town.house.centre, "77")
    announce(town, outage(offices=("77",)))
    assert announcements.heard(town.crew.clerk) == []
    assert len(announcements.announced(town.crew.clerk.desk)) == 1


def test_a_correction_takes_the_place_of_what_it_replaces(town: Town) -> None:
    first = outage()
    announce(town, first)
    second = outage(replaces=first.announcement, title="قطعی سامانه، زمان تازه")
    announce(town, second)
    (heard,) = announcements.heard(town.crew.clerk)
    assert heard.announcement.announcement == second.announcement


@pytest.mark.slow
def test_what_tells_nobody_anything_is_refused_beside_its_cause(town: Town) -> None:
    assert refused(town, outage(title=" ")) == "title"
    assert refused(town, outage(words="نه")) == "words"
    assert refused(town, outage(since=None)) == "since"
    assert refused(town, outage(until=LATER)) == "until"
    assert refused(town, outage(until=MORNING, since=MORNING - timedelta(hours=1))) == "until"
    assert refused(town, outage(offices=("98",))) == "offices"
    assert refused(town, outage(replaces=new_id())) == "replaces"
    lessons = outage(about=About.TRAINING, since=None, until=None)
    assert refused(town, lessons) == "services"
    assert refused(town, replace(lessons, services=("clearance",), due=MORNING.date())) == "due"
    assert refused(town, replace(lessons, services=("nothing",), due=LATER.date())) == "services"


def test_a_clerk_announces_nothing_and_sees_no_readers(town: Town) -> None:
    with pytest.raises(Refusal):
        announcements.announce(town.crew.clerk, outage())
    with pytest.raises(Refusal):
        announcements.readers(town.crew.clerk, new_id())


def test_a_desk_vouches_for_its_own_people_and_for_what_was_told(town: Town) -> None:
    told = outage()
    announce(town, told)
    clerk, supervisor = town.crew.clerk, town.crew.supervisor
    reads = [
        ReadBody(kind=NoticeKind.ANNOUNCEMENT, key=key, staff=staff, read_at=MORNING)
        for key, staff in (
            (told.announcement, supervisor.staff.staff_id),
            (new_id(), clerk.staff.staff_id),
            (told.announcement, clerk.staff.staff_id),
            (told.announcement, clerk.staff.staff_id),
        )
    ]
    assert clerk.desk.ask(calls.NOTICES_READ, NoticesReadAsk(reads=reads)).new == 1
    found = notices.readers(supervisor, NoticeKind.ANNOUNCEMENT, [told.announcement], named=True)
    assert [one.staff_id for one in found.readers] == [clerk.staff.staff_id]
