"""Who works where, who stands in, who was stopped: asked in one way, wherever it matters."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from desktop.actions import (
    access,
    announcements,
    delegations,
    letters,
    office_day,
    publishing,
    registry,
    staffing,
)
from desktop.actions.desk import Seat
from desktop.chance import new_id
from desktop.demo.city import Scenario
from desktop.demo.following import case_now
from desktop.demo.people import PASSWORD
from desktop.domain.announcement import About, Announcement
from desktop.domain.calendar import TEHRAN
from desktop.domain.errors import Refusal
from desktop.domain.made_up import made_up_national_id
from desktop.domain.notice import NoticeKind
from desktop.domain.people import Role
from desktop.domain.staffing import Authority, Leave, StaffTerm
from desktop.domain.state import State
from desktop.domain.stop import Stopped
from desktop.domain.stream import Topic
from desktop.wire import calls
from desktop.wire.newcomers import NewcomerBody
from desktop.wire.notices import NoticesReadAsk, ReadBody
from tests.delegated import ACT, TODAY, TOMORROW, WHY, announce, hand_over, put, refusals
from tests.heirs import open_heir
from tests.houses import CHEAP
from tests.town import Town

pytestmark = pytest.mark.slow
CLERK, MANAGER = "zahra-fallah", "mohammad-zare"
SARA = made_up_national_id(4_033)


def sync(town: Town) -> None:
    town.house.office.sync()
    town.house.municipality.sync()


def days_later(town: Town, days: int) -> None:
    town.clock.moment += timedelta(days=days)
    sync(town)


def forward(seat: Seat, office: str, national_id: str = SARA, role: Role = Role.CLERK) -> str:
    """Somebody put forward there; the account."""
    staff = new_id()
    one = NewcomerBody(
        staff_id=staff, office=office, name="سارا صدر", role=role, national_id=national_id
    )
    assert staffing.put_forward(seat, [one]) == []
    return staff


def employ(town: Town, staff: str, role: Role = Role.CLERK) -> None:
    """Two have signed, and the person has keys at the office's desk."""
    put(town, staffing.terms_draft([StaffTerm(staff, "21", role.value, TODAY)], TODAY))
    code = registry.give_code(town.crew.supervisor, "21", "سارا صدر", role, again=staff).code
    access.join(town.house.office.desk, code, PASSWORD, CHEAP)
    sync(town)


def test_who_stood_in_for_a_manager_stands_in_for_nobody_once_that_one_has_left(
    small_town: Town,
) -> None:
    town = announce(small_town)
    employ(town, forward(town.crew.supervisor, "21", role=Role.MANAGER), Role.MANAGER)
    away = (Leave(TOMORROW, TODAY + timedelta(days=60), CLERK),)
    term = StaffTerm(MANAGER, "21", "manager", TODAY, None, away)
    put(town, staffing.terms_draft([term], TODAY))
    days_later(town, 2)
    assert office_day.look(town.crew.clerk).may
    # The window leaves the days of leave where they are when the end is written.
    ended = replace(term, until=TODAY + timedelta(days=3))
    put(town, staffing.terms_draft([ended], TODAY + timedelta(days=2)))
    days_later(town, 3)
    assert not office_day.look(town.crew.clerk).may


def test_nobody_is_a_colleague_who_was_only_put_forward_or_has_left(small_town: Town) -> None:
    town = announce(small_town)
    crew = town.crew
    first, second = (town.record(Scenario.CLEAN, n) for n in (0, 1))
    forward(crew.manager, "21", first.owners[0].person_id)
    assert case_now(crew.clerk, town.register(first)).answer is not None
    staff = forward(crew.manager, "21", second.owners[0].person_id)
    employ(town, staff)
    with pytest.raises(Refusal, match="همکار همین دفتر"):
        town.register(second)
    put(
        town,
        staffing.terms_draft([StaffTerm(staff, "21", "clerk", TODAY, TOMORROW)], TOMORROW),
    )
    days_later(town, 3)
    assert case_now(crew.clerk, town.register(second)).answer is not None
    assert refusals(town, "office:21") == []


@pytest.mark.parametrize("again", [False, True])
def test_a_stop_that_was_lifted_and_laid_again_that_day_stops_what_was_done_in_it(
    small_town: Town, again: bool
) -> None:
    town = announce(small_town)
    crew, half = town.crew, timedelta(minutes=30)
    sync(town)
    town.clock.moment += half
    # The office's desk hears of nothing until its act arrives.
    town.house.office.bell.ring = lambda: None
    staffing.stop(crew.supervisor, Stopped.OFFICE, "21", "گزارش بازرسی", ACT)
    town.clock.moment += half
    town.register(town.record(Scenario.CLEAN))
    town.clock.moment += half
    town.house.municipality.sync()
    held = delegations.stops(crew.supervisor.desk)["21"]
    draft = staffing.lift_draft(held, ACT, town.clock.moment)
    publishing.sign(crew.second, publishing.prepare(crew.supervisor, draft))
    town.clock.moment += half
    if again:
        staffing.stop(crew.supervisor, Stopped.OFFICE, "21", "تخلف دوباره", ACT)
    town.clock.moment += half
    town.house.office.sync()
    assert refusals(town, "office:21")[0] == ("register", "office-stopped")


def test_a_stop_of_a_later_hour_is_taken_back_before_it(small_town: Town) -> None:
    town = announce(small_town)
    supervisor = town.crew.supervisor
    later = town.clock.moment + timedelta(hours=3)
    staffing.stop(supervisor, Stopped.OFFICE, "21", "اشتباهی", ACT, later)
    sync(town)
    publishing.withdraw(supervisor, Topic.STOP, "21", TODAY, WHY)
    town.clock.moment = later + timedelta(minutes=5)
    sync(town)
    assert case_now(town.crew.clerk, town.register(town.record(Scenario.CLEAN))).answer is not None
    staffing.stop(supervisor, Stopped.OFFICE, "21", "گزارش بازرسی", ACT)
    sync(town)
    with pytest.raises(Refusal, match="برقرار است"):
        publishing.withdraw(supervisor, Topic.STOP, "21", TODAY, WHY)


def test_two_ends_of_one_draft_name_no_heir_that_ends_too(small_town: Town, tmp_path: Path) -> None:
    """Each open case would go from one to the other and back at each hour."""
    town = announce(small_town)
    open_heir(town, tmp_path)
    told = hand_over(town, since=TOMORROW, offices=["21", "41"])
    end = TOMORROW + timedelta(days=1)
    ends = [
        replace(one, since=end, withdrawn=True, heir=heir)
        for one, heir in zip(told, ("41", "21"), strict=True)
    ]
    found = publishing.weigh(town.crew.supervisor, delegations.delegation_draft(ends))
    assert [each.item for each in found.hindrances] == [0, 1]
    assert all("به آن نمی‌رود" in each.words for each in found.hindrances)
    alone = publishing.weigh(town.crew.supervisor, delegations.delegation_draft(ends[:1]))
    assert not alone.hindrances


def test_a_term_that_is_to_come_is_seen_beside_one_of_today(
    small_town: Town, tmp_path: Path
) -> None:
    town = announce(small_town)
    open_heir(town, tmp_path)
    here = forward(town.crew.supervisor, "21")
    put(
        town,
        staffing.terms_draft(
            [StaffTerm(here, "21", "clerk", TODAY, TODAY + timedelta(days=5))], TODAY
        ),
    )
    there = forward(town.crew.supervisor, "41")
    coming = StaffTerm(there, "41", "clerk", TODAY + timedelta(days=10))
    put(town, staffing.terms_draft([coming], TOMORROW))
    longer = staffing.terms_draft([StaffTerm(here, "21", "clerk", TODAY)], TODAY)
    found = publishing.weigh(town.crew.supervisor, longer)
    assert ["روی هم می‌افتد" in each.words for each in found.hindrances] == [True]


@pytest.mark.parametrize("deputy", ["away too", "nobody", "of the city", "here"])
def test_a_deputy_is_somebody_who_is_there(small_town: Town, deputy: str) -> None:
    town = announce(small_town)
    supervisor = town.crew.supervisor
    if deputy == "away too":
        term = StaffTerm(CLERK, "21", "clerk", TODAY, None, (Leave(TOMORROW, TOMORROW),))
        put(town, staffing.terms_draft([term], TODAY))
    named = {"nobody": "no-such", "of the city": supervisor.staff.staff_id}.get(deputy, CLERK)
    term = StaffTerm(MANAGER, "21", "manager", TODAY, None, (Leave(TOMORROW, TOMORROW, named),))
    found = publishing.weigh(supervisor, staffing.terms_draft([term], TODAY))
    told = [each.words for each in found.warnings if "کسی مهر نمی‌کند" in each.words]
    assert bool(told) is (deputy != "here")


def test_who_signs_is_told_that_the_person_is_stopped_elsewhere(
    small_town: Town, tmp_path: Path
) -> None:
    town = announce(small_town)
    heir = open_heir(town, tmp_path)
    staff = forward(town.crew.supervisor, "21")
    employ(town, staff)
    staffing.stop(town.crew.supervisor, Stopped.PERSON, staff, "جعل سند", ACT)
    put(town, staffing.terms_draft([StaffTerm(staff, "21", "clerk", TODAY, TODAY)], TODAY))
    days_later(town, 1)
    other = forward(heir.crew.manager, "41")
    draft = staffing.terms_draft([StaffTerm(other, "41", "clerk", TOMORROW)], TOMORROW)
    found = publishing.weigh(heir.crew.manager, draft)
    assert any("متوقف است" in each.words and "جعل سند" in each.words for each in found.warnings)


@pytest.mark.parametrize("by", ["authority", "deputy"])
def test_a_stamp_of_the_last_day_that_waited_for_the_line_is_one(small_town: Town, by: str) -> None:
    town = announce(small_town)
    if by == "authority":
        draft = staffing.authorities_draft([Authority(CLERK, "clearance", TOMORROW)], TOMORROW)
    else:
        away = (Leave(TOMORROW, TOMORROW, CLERK),)
        draft = staffing.terms_draft(
            [StaffTerm(MANAGER, "21", "manager", TODAY, None, away)], TODAY
        )
    put(town, draft)
    days_later(town, 1)
    clerk, manager = town.crew.clerk, town.crew.manager
    # What one registered himself he does not stamp where two work.
    case_id = replace(town, crew=town.crew.but(clerk=manager)).register(town.record(Scenario.CLEAN))
    sync(town)
    case = case_now(clerk, case_id)
    assert case.answer is not None
    town.house.cut_line(True)
    town.clock.moment += timedelta(minutes=5)
    letters.release(clerk, case_id, case.answer.letter, PASSWORD)
    days_later(town, 1)
    town.house.cut_line(False)
    sync(town)
    assert refusals(town, "office:21") == []
    assert case_now(clerk, case_id).state is State.RELEASED


def test_an_office_reads_what_it_was_told_and_nothing_else(
    small_town: Town, tmp_path: Path
) -> None:
    town = announce(small_town)
    open_heir(town, tmp_path)
    told = Announcement(
        announcements.new_announcement(), About.NOTE, "برای دفتر ۴۱", "متن برای دفتر ۴۱ است",
        town.clock.moment, "", offices=("41",),
    )  # fmt: skip
    announcements.announce(town.crew.supervisor, told)
    desk = town.crew.clerk.desk
    read = ReadBody(
        kind=NoticeKind.ANNOUNCEMENT,
        key=told.announcement,
        staff=CLERK,
        read_at=town.clock.moment.astimezone(TEHRAN),
    )
    assert desk.ask(calls.NOTICES_READ, NoticesReadAsk(reads=[read])).new == 0
    assert announcements.readers(town.crew.supervisor, told.announcement).readers == []
