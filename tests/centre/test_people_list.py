"""The list of people: found and counted at the centre, told page by page."""

from __future__ import annotations

from datetime import timedelta

import pytest

from desktop.actions import people, publishing, staffing
from desktop.actions.people import PeopleWanted
from desktop.chance import new_id
from desktop.domain.made_up import made_up_national_id
from desktop.domain.office import MUNICIPALITY
from desktop.domain.people import Role
from desktop.domain.persian import sort_key
from desktop.domain.staff_state import StaffState
from desktop.domain.staffing import Leave, StaffTerm
from desktop.domain.stop import Stopped
from desktop.wire import calls
from desktop.wire.newcomers import NewcomerBody
from desktop.wire.people import MOST, PeopleAnswer, PeopleAsk
from tests.delegated import ACT, TODAY, put
from tests.many_people import many_people, name_of
from tests.publish import WHY, refused_words
from tests.town import Town

pytestmark = pytest.mark.slow


@pytest.fixture
def town(quick_town: Town) -> Town:
    return quick_town


def asked(town: Town, **narrowed: object) -> PeopleAnswer:
    """A page as the supervisor asks for it."""
    seat = town.crew.supervisor
    ask = PeopleAsk(actor=seat.staff.staff_id, **{"limit": MOST, **narrowed})  # type: ignore[arg-type]
    return seat.desk.ask(calls.PEOPLE, ask)


def test_an_answer_is_a_page_however_many_there_are(town: Town) -> None:
    few = asked(town).total
    many_people(town.house.centre, 1_200)
    told = asked(town, limit=5_000)
    assert len(told.people) == MOST
    assert told.total == few + 1_200
    assert told.counts[""] == told.total
    assert sum(count for state, count in told.counts.items() if state) == told.total
    # Counted once, and not again for each page.
    assert asked(town, first=500).counts == {}
    every = people.ask(town.crew.supervisor).people
    assert len(every) == told.total
    assert len({one.staff_id for one in every}) == told.total


def test_managers_come_first_in_each_office_and_the_municipality_last(town: Town) -> None:
    many_people(town.house.centre, 30)
    every = asked(town).people
    offices = [one.office for one in every]
    assert offices == sorted(offices, key=lambda of: of == MUNICIPALITY)
    own = [one for one in every if one.office == "21"]
    ranks = [one.role != Role.MANAGER for one in own]
    assert ranks == sorted(ranks)
    clerks = [one.name for one in own if one.role == Role.CLERK]
    assert clerks == sorted(clerks, key=sort_key)


def test_words_and_office_narrow_what_is_counted(town: Town) -> None:
    many_people(town.house.centre, 1_200)
    one = name_of(777)
    told = asked(town, typed=one)
    assert [each.name for each in told.people] == [one]
    assert told.counts == {"": 1, StaffState.AT_WORK: 1}
    # By role, and by the office's code.
    assert {each.role for each in asked(town, typed="متصدی ۲۱").people} == {Role.CLERK}
    assert {each.office for each in asked(town, office=MUNICIPALITY).people} == {MUNICIPALITY}


def test_each_state_is_found_and_counted_as_a_desk_sees_it(town: Town) -> None:
    crew = town.crew
    sara = crew.clerk.staff
    away = Leave(TODAY, TODAY + timedelta(days=3))
    manager = crew.manager.staff
    term = StaffTerm(manager.staff_id, "21", manager.role.value, TODAY, leaves=(away,))
    put(town, staffing.terms_draft([term], TODAY))
    new = NewcomerBody(
        staff_id=new_id(), office="21", name="نرگس خبیری", role=Role.CLERK,
        national_id=made_up_national_id(4_021),
    )  # fmt: skip
    staffing.put_forward(crew.supervisor, [new])
    staffing.stop(crew.supervisor, Stopped.PERSON, sara.staff_id, WHY, ACT)
    for running in (town.house.office, town.house.municipality):
        running.sync()
    every = people.load(crew.supervisor, people.ask(crew.supervisor))
    assert every.states[sara.staff_id] is StaffState.SUSPENDED
    assert every.states[manager.staff_id] is StaffState.ON_LEAVE
    assert every.states[new.staff_id] is StaffState.UNSIGNED
    counts = asked(town).counts
    for state in StaffState:
        seen = {staff for staff, own in every.states.items() if own is state}
        assert {one.staff_id for one in asked(town, state=state.value).people} == seen
        assert counts.get(state, 0) == len(seen)
    # Whom a draft is about waits, until another signs it.
    publishing.put_forward(
        crew.supervisor,
        staffing.terms_draft([StaffTerm(new.staff_id, "21", "clerk", TODAY)], TODAY),
    )
    (waits,) = asked(town, state=StaffState.WAITING.value).people
    assert waits.staff_id == new.staff_id


def test_a_person_is_found_in_the_list_and_deputies_bear_names(town: Town) -> None:
    many_people(town.house.centre, 700)
    far = f"many-{650:06}"
    place = asked(town, person=far, limit=1).place
    assert place is not None
    assert place > MOST
    assert asked(town, first=place, limit=1).people[0].staff_id == far
    assert asked(town, person="nobody", limit=1).place is None
    manager, clerk = town.crew.manager.staff, town.crew.clerk.staff
    term = StaffTerm(manager.staff_id, "21", manager.role.value, TODAY, deputy=clerk.staff_id)
    put(town, staffing.terms_draft([term], TODAY))
    assert asked(town, office="21", limit=1).names == {clerk.staff_id: clerk.name}


def test_who_has_no_id_is_counted_and_the_first_are_named(town: Town) -> None:
    before = asked(town).unnamed
    many_people(town.house.centre, 1_200)
    told = asked(town, typed="کسی که نیست", state=StaffState.AT_WORK.value)
    assert told.people == []
    assert told.unnamed == before + 12
    assert len(told.without_id) == 3


def test_a_manager_is_told_of_his_own_office_alone(town: Town) -> None:
    manager = town.crew.manager
    assert {one.office for one in people.ask(manager).people} == {"21"}
    for office in ("", MUNICIPALITY):
        ask = PeopleAsk(actor=manager.staff.staff_id, office=office, limit=9)
        words = refused_words(lambda ask=ask: manager.desk.ask(calls.PEOPLE, ask))  # type: ignore[misc]
        assert "از آنِ شما نیست" in words
    clerk = town.crew.clerk
    ask = PeopleAsk(actor=clerk.staff.staff_id, office="21", limit=9)
    assert "ناظر" in refused_words(lambda: clerk.desk.ask(calls.PEOPLE, ask))


def test_a_state_that_nobody_knows_is_refused(town: Town) -> None:
    assert "نمی‌شناسد" in refused_words(lambda: asked(town, state="asleep"))


def test_a_page_of_them_is_loaded_with_what_the_desk_knows(town: Town) -> None:
    many_people(town.house.centre, 200)
    seat = town.crew.supervisor
    first = people.page(seat, PeopleWanted("21"), 0, 64)
    later = people.page(seat, PeopleWanted("21"), 128, 64, before=first)
    assert len(later.staffing.people) == 64
    assert all(one.name.startswith("یاور") for one in later.staffing.people)
    assert {later.staffing.named(one.staff) for one in later.staffing.people} == {
        one.name for one in later.staffing.people
    }
