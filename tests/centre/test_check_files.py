"""What checkers are given: whose keys count on which days, and which letters no longer hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, text

from desktop.actions import board, checking, letters, second_looks, staffing
from desktop.actions.access import confirm
from desktop.actions.checking import sentence
from desktop.centre import check_files, devices, enrolling, people
from desktop.centre.context import day_of
from desktop.centre.ended_letters import list_of
from desktop.centre.streams import lock_streams
from desktop.centre.tables import FactRow
from desktop.centre.tick import each_minute, tick
from desktop.demo import following
from desktop.demo.city import Scenario
from desktop.demo.following import case_now
from desktop.demo.people import PASSWORD
from desktop.domain.calendar import compact
from desktop.domain.case import Case
from desktop.domain.case_letters import CaseLetter
from desktop.domain.errors import Refusal
from desktop.domain.letter import Made
from desktop.domain.short_code import short_code
from desktop.domain.staffing import Authority, Leave, StaffTerm
from desktop.domain.stream import CITY, DeviceTold, LettersEnded
from desktop.keys import new_letter_key
from desktop.premises.serving import rounds_of
from desktop.store import meta
from desktop.wire import link
from desktop.wire.codec import decode_fact
from desktop.wire.letter_files import (
    CheckKey,
    Ended,
    EndedLetter,
    KeyFile,
    open_file,
    read_keys,
    read_list,
)
from desktop.wire.verdicts import Trust, Verdict
from tests.delegated import TODAY, TOMORROW, put
from tests.town import Town

CLERK, MANAGER = "zahra-fallah", "mohammad-zare"
FAR = TODAY + timedelta(days=30)


@pytest.fixture
def stamped(town: Town) -> Case:
    """A case whose letter the manager released."""
    case_id = town.register(town.record(Scenario.CLEAN))
    held = answer(town, case_id)
    letters.release(town.crew.manager, case_id, held.letter, PASSWORD)
    return case_now(town.crew.clerk, case_id)


def answer(town: Town, case_id: str) -> CaseLetter:
    held = case_now(town.crew.clerk, case_id).answer
    assert held is not None
    return held


def keys(town: Town) -> KeyFile:
    centre = town.house.centre
    with centre.reading() as session:
        return check_files.keys_of(session, centre)


def ended(town: Town) -> list[EndedLetter]:
    with town.house.centre.reading() as session:
        return list(list_of(session, TODAY).ended.values())


def of(town: Town, who: str) -> list[CheckKey]:
    """The keys by which that person could release letters."""
    seat = {"manager": town.crew.manager, "clerk": town.crew.clerk}[who]
    return [key for key in keys(town).releasers if key.name == seat.staff.name]


@pytest.mark.slow
def test_a_manager_is_told_as_a_releaser_and_a_clerk_only_while_he_may(town: Town) -> None:
    told = keys(town)
    assert (told.made, told.city, told.check_at) == (Made.SAMPLE, "شهرداری یزد", "esalat.example")
    assert told.services["no-violation"] == "گواهی عدم خلاف"
    (key,) = of(town, "manager")
    assert (key.name, key.until) == ("محمد زارع", "")
    assert of(town, "clerk") == []
    put(town, staffing.authorities_draft([Authority(CLERK, "clearance", FAR)], TOMORROW))
    (key,) = of(town, "clerk")
    assert (key.since, key.until) == (compact(TOMORROW), compact(FAR))


def made_at(town: Town, number: int, at: datetime) -> str:
    """Another key for releases that the manager got at this desk."""
    key = link.public_hex(new_letter_key())
    staff = town.crew.manager.staff.staff_id
    with town.house.centre.writing() as session:
        people.key_at(session, staff, device_of(town), f"{number:064x}", key, at)
    return key


def device_of(town: Town) -> str:
    with town.crew.manager.desk.store.reading() as session:
        return meta.get(session).identity.device_id


@pytest.mark.slow
def test_a_key_counts_until_the_next_one_at_its_desk_and_until_that_is_revoked(town: Town) -> None:
    first, second, third = (town.clock.moment + timedelta(days=each) for each in (1, 3, 9))
    former, own = made_at(town, 1, first), made_at(town, 2, second)
    with town.house.centre.writing() as session:
        enrolling.revoke(session, device_of(town), third)
    told = {key.public: key for key in of(town, "manager")}
    assert (told[former].since, told[former].until) == day_words(first, second)
    assert (told[own].since, told[own].until) == day_words(second, third)
    # What was released on those days stays so.
    assert told[own].holds_on(compact(third.date()))
    assert not told[own].holds_on(compact(third.date() + timedelta(days=1)))


@pytest.mark.slow
@pytest.mark.parametrize("town", ["postgresql"], indirect=True)
def test_a_revocation_waits_for_nobody_who_holds_the_city(town: Town) -> None:
    centre = town.house.centre
    with centre.writing() as other:
        lock_streams(other, [CITY])
        with centre.writing() as session:
            session.execute(text("SET LOCAL lock_timeout = '500ms'"))
            enrolling.revoke(session, device_of(town), town.clock.moment)
    devices.tell_revoked(centre, device_of(town))


@pytest.mark.slow
def test_a_revocation_that_nobody_told_of_is_told_by_the_minutes_round(town: Town) -> None:
    """Whoever revoked it died between the commit and the telling."""
    centre, revoked = town.house.centre, []
    with centre.writing() as session:
        enrolling.revoke(session, device_of(town), town.clock.moment)
    for _ in range(2):
        each_minute(centre)
        with centre.reading() as session:
            rows = session.scalars(select(FactRow.canon).where(FactRow.kind == DeviceTold.kind))
            facts = [decode_fact(row).payload for row in rows]
        told = [each for each in facts if isinstance(each, DeviceTold) and each.revoked_at]
        revoked.append([each.device_id for each in told])
    assert revoked == [[device_of(town)]] * 2


def day_words(*moments: datetime) -> tuple[str, ...]:
    return tuple(compact(day_of(each)) for each in moments)


@pytest.mark.slow
def test_who_stands_in_for_a_manager_is_told_for_those_days(town: Town) -> None:
    leave = Leave(TOMORROW, TOMORROW + timedelta(days=2), CLERK)
    away = StaffTerm(MANAGER, "21", "manager", TODAY, leaves=(leave,))
    put(town, staffing.terms_draft([away], TODAY))
    (key,) = of(town, "clerk")
    assert (key.since, key.until) == (compact(leave.first), compact(leave.last))
    assert [key.until for key in of(town, "manager")] == [""]


@pytest.mark.slow
def test_what_was_voided_is_listed_and_then_by_which_it_was_replaced(
    town: Town, stamped: Case
) -> None:
    first = answer(town, stamped.case_id).letter
    assert ended(town) == []
    manager = town.crew.manager
    following.void(manager, stamped.case_id, first.letter_id, "نشانی اشتباه است")
    day = compact(TODAY)
    assert ended(town) == [EndedLetter(first.number, Ended.VOID, day)]
    second = answer(town, stamped.case_id).letter
    letters.release(manager, stamped.case_id, second, PASSWORD)
    assert ended(town) == [EndedLetter(first.number, Ended.REPLACED, day, second.number)]


@pytest.mark.slow
def test_what_nobody_released_is_on_no_list(town: Town) -> None:
    case_id = town.register(town.record(Scenario.CLEAN))
    letter = answer(town, case_id).letter
    following.void(town.crew.manager, case_id, letter.letter_id, "نشانی اشتباه است")
    assert ended(town) == []


@pytest.mark.slow
def test_a_recalled_letter_is_listed_until_it_is_voided(town: Town, stamped: Case) -> None:
    letter = answer(town, stamped.case_id).letter
    shown, _ = board.municipal_case(town.crew.supervisor, stamped.case_id)
    second_looks.look_again(town.crew.supervisor, shown, right=False, comment="متراژ نادرست است.")
    assert ended(town) == [EndedLetter(letter.number, Ended.RECALLED, compact(TODAY))]
    town.house.office.sync()
    following.void(town.crew.manager, stamped.case_id, letter.letter_id, "متراژ")
    assert [each.why for each in ended(town)] == [Ended.VOID]


@pytest.mark.slow
def test_the_files_are_signed_by_the_centre_and_by_them_a_letter_is_checked(
    town: Town, stamped: Case
) -> None:
    centre = town.house.centre
    with centre.reading() as session:
        keys_file = check_files.keys_file(session, centre)
        list_file = check_files.list_file(session, centre)
    told = read_keys(open_file(keys_file)[1])
    trust = Trust((told,)).renewed(list_file).renewed(keys_file)
    assert trust.lists == {told.centre: read_list(open_file(list_file)[1])}
    pdf = letters.kept(town.crew.manager.desk, answer(town, stamped.case_id))
    judged = town.check(pdf).judged
    # A demo's letter says in its code that it is a sample, and its centre says so too.
    assert judged.verdict is Verdict.SAMPLE
    assert "نمونه" in sentence(judged, compact(TODAY))
    assert judged.essence is not None
    assert judged.essence.number == answer(town, stamped.case_id).letter.number


@pytest.mark.slow
def test_a_further_copy_is_signed_by_who_may_release(town: Town, stamped: Case) -> None:
    clerk, manager = town.crew.clerk, town.crew.manager
    case_id, held = stamped.case_id, answer(town, stamped.case_id)
    begun = letters.begin_print(clerk, case_id, held, "چاپگر", "")
    letters.end_print(clerk, case_id, held.letter.letter_id, begun, "چاپگر", "", out=True)
    held = answer(town, case_id)
    for seat, words in (
        (confirm(clerk, PASSWORD).seat, "با مسئول دفتر است"),
        (replace(manager, releaser=None), "گذرواژه"),
    ):
        with pytest.raises(Refusal, match=words):
            letters.begin_print(seat, case_id, held, "چاپگر", "گم شد")
    again = letters.begin_print(confirm(manager, PASSWORD).seat, case_id, held, "چاپگر", "گم شد")
    code = town.check(again.pdf).judged.essence
    assert code is not None
    assert again.copy == 2
    assert again.pdf != begun.pdf


def told_of(town: Town) -> list[LettersEnded]:
    with town.house.centre.reading() as session:
        rows = session.scalars(select(FactRow).where(FactRow.kind == LettersEnded.kind))
        facts = [decode_fact(row.canon).payload for row in rows]
    return [fact for fact in facts if isinstance(fact, LettersEnded)]


def test_desks_are_told_within_the_minute_and_ask_for_the_new_list(
    town: Town, stamped: Case
) -> None:
    desk, office = town.crew.clerk.desk, town.house.office
    office.round.keeps_list = True
    office.sync()
    minute = {each.name: each for each in rounds_of(town.house.centre)}["minute"]
    assert minute.wait() <= 60
    minute.once()
    assert told_of(town) == []
    letter = answer(town, stamped.case_id).letter
    following.void(town.crew.manager, stamped.case_id, letter.letter_id, "نشانی اشتباه است")
    # Nobody has opened the page that checks letters: the desk's own round asks.
    minute.once()
    tick(town.house.centre)
    assert len(told_of(town)) == 1
    assert checking.check_short(desk, short_code(letter.number)) is None
    office.sync()
    found = checking.check_short(desk, short_code(letter.number))
    assert found is not None
    assert found.number == letter.number


def test_a_list_is_asked_for_each_hour_whether_or_not_a_letter_ended(town: Town) -> None:
    desk, office = town.crew.clerk.desk, town.house.office
    office.round.keeps_list = True
    office.sync()
    first = checking.asked_at(desk)
    assert first is not None
    town.clock.moment += timedelta(minutes=50)
    office.sync()
    assert checking.asked_at(desk) == first
    town.clock.moment += timedelta(minutes=20)
    office.sync()
    assert checking.asked_at(desk) == first + timedelta(minutes=70)
