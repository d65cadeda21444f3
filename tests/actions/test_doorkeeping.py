"""Wrong passwords in a row lock a person out of a desk; who opens it again, and when."""

from __future__ import annotations

from datetime import timedelta

import pytest

from desktop.actions import access, people
from desktop.actions.desk import Seat
from desktop.actions.people import Person
from desktop.centre.enrolling import Namesake, new_person_code
from desktop.demo.people import PASSWORD
from desktop.domain.locking import LOCKED, TRIES
from desktop.domain.people import Role
from desktop.domain.staff_state import StaffState
from desktop.ui.standing.staff import locked_words
from tests.houses import CHEAP
from tests.publish import refused_words
from tests.town import Town

ZAHRA = "زهرا فلاح"
pytestmark = pytest.mark.slow


def knock(town: Town, password: str, name: str = ZAHRA) -> Seat:
    return access.sign_in(town.house.office.desk, name, password)


def lock(town: Town) -> str:
    """The last refusal of as many wrong passwords as it takes."""
    return [refused_words(lambda: knock(town, "نادرست")) for _ in range(TRIES)][-1]


def test_five_wrong_passwords_lock_for_half_an_hour(small_town: Town) -> None:
    town = small_town
    before = [refused_words(lambda: knock(town, "نادرست")) for _ in range(TRIES - 1)]
    assert set(before) == {"نام کاربری یا گذرواژه درست نیست."}
    # The right one in between, and it is counted anew.
    knock(town, PASSWORD)
    assert "قفل است" in lock(town)
    words = refused_words(lambda: knock(town, PASSWORD))
    assert "پس از ۵ بار" in words
    assert "۱۱:۱۲" in words
    assert "مسئول دفتر" in words
    # Others go on.
    knock(town, PASSWORD, "محمد زارع")
    town.clock.moment += LOCKED - timedelta(seconds=1)
    refused_words(lambda: knock(town, PASSWORD))
    town.clock.moment += timedelta(seconds=1)
    refused_words(lambda: knock(town, "باز هم نادرست"))
    knock(town, PASSWORD)


def test_the_password_asked_again_is_counted_too(small_town: Town) -> None:
    seat = small_town.crew.clerk
    for _ in range(TRIES):
        refused_words(lambda: access.confirm(seat, "نادرست"))
    assert "قفل است" in refused_words(lambda: access.confirm(seat, PASSWORD))
    assert "قفل است" in refused_words(lambda: knock(small_town, PASSWORD))


def test_the_manager_unlocks_a_clerk_and_nobody_himself(small_town: Town) -> None:
    town, manager, clerk = small_town, small_town.crew.manager, small_town.crew.clerk
    lock(town)
    assert set(access.door(town.house.office.desk).locked) == {"zahra-fallah"}
    assert "مسئول دفتر باز می‌کند" in refused_words(lambda: access.unlock(clerk, "zahra-fallah"))
    assert "راهبر سامانه" in refused_words(lambda: access.unlock(manager, "mohammad-zare"))
    access.unlock(manager, "zahra-fallah")
    knock(town, PASSWORD)


def test_a_new_code_opens_the_lock(small_town: Town) -> None:
    town = small_town
    lock(town)
    with town.house.centre.writing() as session:
        namesake = Namesake(again="zahra-fallah")
        at = town.clock.now()
        code = new_person_code(session, "21", at, ZAHRA, Role.CLERK, namesake).text
    access.join(town.house.office.desk, code, "گذرواژهٔ تازه", CHEAP)
    knock(town, "گذرواژهٔ تازه")


def test_the_unit_sees_who_is_locked_out_and_at_which_desk(small_town: Town) -> None:
    town = small_town
    lock(town)
    town.clock.moment += timedelta(minutes=10)
    assert town.house.office.sync().well

    def known(seat: Seat) -> Person:
        (one,) = (each for each in people.load(seat, people.ask(seat)).people if each.name == ZAHRA)
        return one

    seen = known(town.crew.supervisor)
    assert (seen.locked_at, seen.locked_until) == ((2,), None)
    assert seen.state(town.clock.now().date()) is StaffState.LOCKED
    assert locked_words(seen) == "باجهٔ ۲، تا ساعت ۱۱:۱۲"
    # At the desk itself its own door says it, at once: also that it is open again.
    own = known(town.crew.manager)
    assert own.locked_at == ()
    assert own.locked_until is not None
    access.unlock(town.crew.manager, "zahra-fallah")
    assert known(town.crew.manager).state(town.clock.now().date()) is StaffState.AT_WORK
    # Until the desk greets again the unit hears of it, but no longer than it holds.
    assert known(town.crew.supervisor).locked_at
    town.clock.moment += LOCKED
    assert not known(town.crew.supervisor).locked_at


def test_without_a_line_the_manager_keeps_a_clerk_out_of_this_desk(small_town: Town) -> None:
    town, manager = small_town, small_town.crew.manager
    access.keep_out(manager, "zahra-fallah", "مدرک جعلی پذیرفته است")
    words = refused_words(lambda: knock(town, PASSWORD))
    assert "به دستور محمد زارع" in words
    assert "مدرک جعلی" not in words
    town.clock.moment += timedelta(days=3)
    refused_words(lambda: knock(town, PASSWORD))
    access.unlock(manager, "zahra-fallah")
    knock(town, PASSWORD)
