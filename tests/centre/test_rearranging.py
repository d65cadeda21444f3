"""An inspector falls away or a day is closed: the booked visits move in one act, or not at all."""

from __future__ import annotations

import json
import threading
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.actions import board, counter_acts, papers, visits
from desktop.actions.board import ItemKind
from desktop.centre import people
from desktop.centre import visits as taking
from desktop.centre.context import CENTRE_ACTOR
from desktop.centre.message_tables import CitizenMessageRow
from desktop.centre.reference import publication
from desktop.centre.visit_tables import BookingRow, VisitSlotRow
from desktop.demo.city import Scenario
from desktop.demo.following import book, case_now, miss, report
from desktop.domain.calendar import iso_jalali, weekday
from desktop.domain.case import Case
from desktop.domain.counter import Halves
from desktop.domain.errors import Refusal
from desktop.domain.facts import SlotMoved, VisitMissed
from desktop.domain.request import Slot
from desktop.domain.rota import Away
from desktop.domain.state import State
from desktop.domain.stream import Topic
from desktop.forms.catalogue import HOLIDAYS_KEY
from desktop.forms.published_values import value_text
from desktop.wire.codec import adapter
from tests.centre.test_places import OTHER, OWN, WEEK, enrol_another, publish, today
from tests.centre.test_places import town as town
from tests.centre.test_reviewing import known_as
from tests.reports.reading import pages_of
from tests.town import Town

RESOURCES = Path(__file__).parents[2] / "resources"
SICK = "بیماری مأمور بازدید"


def booked(town: Town, count: int) -> list[Case]:
    """So many visits on the soonest half-day, with the demo's one inspector."""
    ids = []
    for number in range(1, count + 1):
        ids.append(town.register(None, "no-violation", code=f"2-900-1-{number}-1-0-0"))
        book(town.crew, case_now(town.crew.clerk, ids[-1]))
    return [case_now(town.crew.clerk, case_id) for case_id in ids]


def away(town: Town, day: date, **changes: object) -> Away:
    return replace(Away(OWN, day, day), **changes)  # type: ignore[arg-type]


def rows(town: Town) -> dict[str, BookingRow]:
    with Session(town.house.centre.reader) as session:
        return {row.case_id: row for row in session.scalars(select(BookingRow))}


def counted(town: Town) -> dict[tuple[date, int, str], int]:
    with Session(town.house.centre.reader) as session:
        found = session.scalars(select(VisitSlotRow).where(VisitSlotRow.taken > 0))
        return {(row.day, row.half, row.staff_id): row.taken for row in found}


@pytest.mark.slow
def test_a_sick_inspectors_visits_go_to_another_at_the_same_hour_then_to_the_soonest(
    town: Town,
) -> None:
    first, second, third = booked(town, 3)
    slot = first.slot
    assert slot is not None
    enrol_another(town)
    publish(town, reza_bagheri={"districts": [2], "half_days": WEEK, "visits": 1})
    planner, sick = town.crew.planner, away(town, slot.day)
    seen = visits.to_move(planner, sick)
    assert [each.case_id for each in seen.shifts] == [x.case_id for x in (first, second, third)]
    assert [each.same_time for each in seen.shifts] == [True, False, False]
    assert {each.was_inspector for each in seen.shifts} == {"علی کارگر"}
    assert seen.shifts[0].phone == first.request.party.mobile
    # Looked at, nothing has changed.
    assert counted(town) == {(slot.day, slot.half, OWN): 3}
    done = visits.move_all(planner, seen.digest, SICK, sick)
    assert done.shifts == seen.shifts
    assert visits.to_move(planner).total == 0
    assert (slot.day, slot.half, OWN) not in counted(town)
    assert counted(town)[slot.day, slot.half, OTHER] == 1
    assert sum(counted(town).values()) == 3
    # Whom to call and the new slips are told until it is done, to every planner alike.
    moved = visits.moved(planner)
    assert [each.shift for each in moved] == seen.shifts
    visits.note_called(planner, moved[1], called=True)
    assert [each.called for each in visits.moved(planner)] == [False, True, False]
    pages = pages_of(papers.slips(planner, moved))
    assert len(pages) == 3
    for page, shift in zip(pages, seen.shifts, strict=True):
        assert set(shift.inspector.split()) <= set(page)
    town.house.office.sync()
    items = board.items(town.house.office.desk)
    for case, shift in zip((first, second, third), seen.shifts, strict=True):
        now = case_now(town.crew.clerk, case.case_id)
        assert now.slot == Slot(shift.day, shift.half, slot.district)  # type: ignore[arg-type]
        assert (now.inspector, now.moved_by_city) == (shift.inspector, 1)
        assert rows(town)[case.case_id].moved == 1
        # The office is told to call, and to give out another slip.
        (item,) = (each for each in items if each.case_id == case.case_id)
        assert (item.kind, item.detail["reason"]) == (ItemKind.MOVED, SICK)
    with Session(town.house.centre.reader) as session:
        of_slots = CitizenMessageRow.occasion == "slot"
        told = session.scalars(select(CitizenMessageRow.case_id).where(of_slots)).all()
        # When it was booked, and when it was moved.
        assert sorted(told) == sorted(2 * [x.case_id for x in (first, second, third)])
    # He is not sold on that day any more; on the next he is.
    assert Slot(slot.day, slot.half, 1) not in [
        Slot(each.day, each.half, 1) for each in visits.free_slots(town.crew.clerk, 1, 9)
    ]


@pytest.mark.slow
def test_who_comes_back_is_sold_again(small_town: Town) -> None:
    town = small_town
    (case,) = booked(town, 1)
    assert case.slot is not None
    planner, sick = town.crew.planner, away(town, case.slot.day)
    visits.move_all(planner, visits.to_move(planner, sick).digest, SICK, sick)
    well = replace(sick, withdrawn=True)
    seen = visits.to_move(planner, well)
    assert seen.total == 0
    visits.move_all(planner, seen.digest, "بازگشت به کار", well)
    soonest = visits.free_slots(town.crew.clerk, 2, 1)[0]
    assert soonest.day == case.slot.day
    # And sick once more, in the same words as before.
    visits.move_all(planner, visits.to_move(planner, sick).digest, SICK, sick)
    assert visits.free_slots(town.crew.clerk, 2, 1)[0].day > case.slot.day


@pytest.mark.slow
def test_an_absence_takes_no_other_one_of_the_same_first_day_away(small_town: Town) -> None:
    town = small_town
    free = visits.free_slots(town.crew.clerk, 2, 3)
    day = free[0].day
    assert [(each.day, each.half) for each in free[:2]] == [(day, 1), (day, 2)]
    morning, noon = away(town, day, half=1), away(town, day, half=2)
    days = away(town, day, last=day + timedelta(days=9))

    def soonest(absence: Away) -> tuple[date, int]:
        """The soonest free half-day after the planner put that absence down."""
        planner = town.crew.planner
        visits.move_all(planner, visits.to_move(planner, absence).digest, SICK, absence)
        slot = visits.free_slots(town.crew.clerk, 2, 1)[0]
        return slot.day, slot.half

    assert soonest(morning) == (day, 2)
    assert soonest(noon) == (free[2].day, 1)
    assert soonest(days)[0] > days.last
    # One ends, and what the others say stands.
    assert soonest(replace(morning, withdrawn=True))[0] > days.last
    assert soonest(replace(days, withdrawn=True)) == (day, 1)
    assert soonest(replace(noon, withdrawn=True)) == (day, 1)
    assert visits.free_slots(town.crew.clerk, 2, 2)[1].half == 2


@pytest.mark.slow
def test_an_absence_that_an_earlier_program_published_holds_and_ends(small_town: Town) -> None:
    """Its key was the first day alone."""
    town = small_town
    day = visits.free_slots(town.crew.clerk, 2, 1)[0].day
    sick = away(town, day, last=day + timedelta(days=2))
    text = value_text(sick)
    before = publication(Topic.ABSENCE, f"{OWN}:{day.isoformat()}", today(town), text)
    town.house.put_in_force([before])
    assert visits.free_slots(town.crew.clerk, 2, 1)[0].day > sick.last
    planner = town.crew.planner
    for withdrawn in (True, False, True):
        said = replace(sick, withdrawn=withdrawn)
        visits.move_all(planner, visits.to_move(planner, said).digest, SICK, said)
        assert (visits.free_slots(town.crew.clerk, 2, 1)[0].day == day) == withdrawn


@pytest.mark.long
def test_a_list_that_is_no_more_what_was_seen_moves_nobody(town: Town) -> None:
    first, second = booked(town, 2)
    assert first.slot is not None
    planner, sick = town.crew.planner, away(town, first.slot.day)
    seen = visits.to_move(planner, sick)
    counter_acts.withdraw(town.crew.clerk, second.case_id, "انصراف مالک")
    before = counted(town)
    with pytest.raises(Refusal, match="فهرست تازه شد") as no:
        visits.move_all(planner, seen.digest, SICK, sick)
    assert no.value.field == "digest"
    assert counted(town) == before
    # Not even the absence was published.
    assert visits.to_move(planner).total == 0
    visits.move_all(planner, visits.to_move(planner, sick).digest, SICK, sick)
    assert visits.to_move(planner).total == 0


@pytest.mark.slow
def test_two_planners_move_one_list_and_the_second_is_told(small_town: Town) -> None:
    town = small_town
    (case,) = booked(town, 1)
    assert case.slot is not None
    planner, sick = town.crew.planner, away(town, case.slot.day)
    seen = visits.to_move(planner, sick)
    visits.move_all(planner, seen.digest, SICK, sick)
    with pytest.raises(Refusal, match="فهرست تازه شد"):
        visits.move_all(planner, seen.digest, SICK, sick)
    with pytest.raises(Refusal, match="بازدیدی برای جابه‌جایی نیست"):
        visits.move_all(planner, visits.to_move(planner).digest, SICK)


@pytest.mark.slow
def test_who_moves_a_visit_that_another_has_moved_meanwhile_is_told(small_town: Town) -> None:
    town = small_town
    (case,) = booked(town, 1)
    planner, clerk = town.crew.planner, town.crew.clerk
    offered = visits.free_slots(clerk, case.district or 2, 3)
    free = [Slot(each.day, each.half, each.district) for each in offered]
    theirs, mine = [each for each in free if each != case.slot][:2]
    seen = board.municipal_look(planner, case.case_id).case
    visits.move(planner, seen, theirs, "کمبود مأمور")
    town.house.municipality.sync()
    # The counter has not heard of it: its citizen was told of the planner's day by now.
    visits.move(clerk, case, mine, "درخواست مالک")
    town.house.office.sync()
    assert case_now(clerk, case.case_id).slot == theirs
    (item,) = [each for each in board.items(clerk.desk) if each.kind is ItemKind.REFUSED]
    assert "این بازدید پس از آنچه" in str(item)


@pytest.mark.slow
def test_a_visit_for_which_nobody_is_left_waits_for_a_place_without_a_fee(small_town: Town) -> None:
    town = small_town
    (case,) = booked(town, 1)
    publish(town, ali_kargar={"districts": [1], "half_days": WEEK})
    planner = town.crew.planner
    # No absence: it is the rounds that have changed.
    (shift,) = visits.to_move(planner).shifts
    assert (shift.day, shift.late) == (None, True)
    visits.move_all(planner, visits.to_move(planner).digest, "تغییر منطقهٔ مأمور")
    town.house.office.sync()
    now = case_now(town.crew.clerk, case.case_id)
    assert (now.state, now.due_fee("visit")) == (State.VISIT_DUE, 0)
    assert now.missed == VisitMissed("cancelled", "تغییر منطقهٔ مأمور")
    assert counted(town) == {}
    assert visits.to_move(planner).total == 0
    # The office is told to ask for another place, the planner to call.
    (item,) = board.items(town.house.office.desk)
    assert (item.kind, item.detail) == (ItemKind.CALLED_OFF, {"reason": "تغییر منطقهٔ مأمور"})
    (off,) = visits.moved(planner)
    assert (off.shift.day, off.called) == (None, False)
    with pytest.raises(Refusal, match="برگی برای چاپ نیست"):
        papers.slips(planner, [off])
    publish(town, ali_kargar={"districts": [2], "half_days": WEEK})
    book(town.crew, now)
    town.house.office.sync()
    assert (board.items(town.house.office.desk), visits.moved(planner)) == ([], [])
    with pytest.raises(Refusal, match="برنامه‌ریز"):
        visits.moved(town.crew.signer)
    # Who misses the other one was not called off.
    again = case_now(town.crew.clerk, case.case_id)
    town.go_to_visit(again)
    town.house.municipality.sync()
    miss(town.crew, again, "absent", town.clock.moment)
    town.house.office.sync()
    assert case_now(town.crew.clerk, case.case_id).state is State.VISIT_DUE
    assert visits.moved(planner) == []


@pytest.mark.slow
def test_a_holiday_that_was_published_is_gone_round(small_town: Town) -> None:
    town = small_town
    (case,) = booked(town, 1)
    assert case.slot is not None
    # It holds from tomorrow, and is known today.
    holidays = (RESOURCES / "calendar" / "holidays.csv").read_text(encoding="utf-8")
    text = f"{holidays}{iso_jalali(case.slot.day)},تعطیل ناگهانی,official\n"
    tomorrow = today(town) + timedelta(days=1)
    town.house.put_in_force([publication(Topic.HOLIDAYS, HOLIDAYS_KEY, tomorrow, text)])
    (shift,) = visits.to_move(town.crew.planner).shifts
    assert shift.day is not None
    assert shift.day > case.slot.day
    assert visits.free_slots(town.crew.clerk, 2, 1)[0].day > case.slot.day
    with pytest.raises(Refusal, match="مأموری به این منطقه نمی‌رود"):
        take_now(town, case.slot)


@pytest.mark.slow
def test_what_can_not_be_is_refused_in_words(small_town: Town) -> None:
    town = small_town
    (case,) = booked(town, 1)
    assert case.slot is not None
    day, planner = case.slot.day, town.crew.planner
    for wrong, words in (
        (away(town, day, last=day - timedelta(days=1)), "پیش از آغاز"),
        (away(town, day, staff="zahra-fallah"), "چنین مأمور بازدیدی نیست"),
        (away(town, today(town) - timedelta(days=3)), "گذشته"),
        (away(town, day, last=day + timedelta(days=1), half=1), "تنها برای یک روز"),
    ):
        with pytest.raises(Refusal, match=words):
            visits.to_move(planner, wrong)
    seen = visits.to_move(planner, away(town, day))
    with pytest.raises(Refusal, match="علت را بنویسید") as bare:
        visits.move_all(planner, seen.digest, " ", away(town, day))
    assert bare.value.field == "reason"
    for other in (town.crew.inspector, town.crew.supervisor, town.crew.expert):
        with pytest.raises(Refusal, match="برنامه‌ریز"):
            visits.to_move(other, away(town, day))
        with pytest.raises(Refusal, match="برنامه‌ریز"):
            visits.move_all(other, seen.digest, SICK, away(town, day))
    # A list seen for one absence moves nobody for another.
    with pytest.raises(Refusal, match="فهرست تازه شد"):
        visits.move_all(planner, seen.digest, SICK, away(town, day, half=1))


@pytest.mark.slow
def test_leave_and_a_stop_of_the_inspector_count_as_well(small_town: Town) -> None:
    town = small_town
    (case,) = booked(town, 1)
    assert case.slot is not None
    term = {
        "staff": OWN, "office": "municipality", "role": "inspector", "since": "2026-01-10",
        "leaves": [{"first": case.slot.day.isoformat(), "last": case.slot.day.isoformat()}],
    }  # fmt: skip
    say(town, Topic.STAFF, OWN, term)
    (shift,) = visits.to_move(town.crew.planner).shifts
    assert shift.day is not None
    assert shift.day > case.slot.day
    assert visits.free_slots(town.crew.clerk, 2, 1)[0].day > case.slot.day
    # Stopped from now on, nobody else goes there: what is booked has no place left.
    stop = {
        "subject": "person", "who": OWN, "since": town.clock.now().isoformat(), "cause": "بازرسی",
        "act": {"number": "1", "dated": "2026-11-20", "body": "ناظر", "scan": ""},
    }  # fmt: skip
    say(town, Topic.STOP, OWN, stop)
    (shift,) = visits.to_move(town.crew.planner).shifts
    assert shift.day is None
    assert visits.free_slots(town.crew.clerk, 2, 1) == []


def test_a_fact_of_before_moved_nobody_by_the_city() -> None:
    old = {
        "slot": {"day": "2026-11-28", "half": 1, "district": 2},
        "inspector": "علی کارگر",
        "reason": "درخواست مالک",
    }
    assert not adapter(SlotMoved).validate_json(json.dumps(old)).by_city


def say(town: Town, topic: Topic, key: str, value: object) -> None:
    """Publish it from today on."""
    town.house.put_in_force([publication(topic, key, today(town), json.dumps(value))])


def take_now(town: Town, slot: Slot) -> None:
    centre = town.house.centre
    with centre.writing() as session:
        taking.book(session, "case-x", slot, centre.reference.rota(session, today(town)))


@pytest.mark.slow
def test_nothing_is_sold_on_a_day_that_is_being_closed(postgres_town: Town) -> None:
    town = postgres_town
    case_id = town.register(None, "no-violation", code="2-900-1-1-1-0-0")
    soonest = visits.free_slots(town.crew.clerk, 2, 1)[0]
    town.house.office.bell.ring = lambda: None
    book(town.crew, case_now(town.crew.clerk, case_id))
    sick = away(town, soonest.day)
    told = publication(Topic.ABSENCE, sick.key, today(town), value_text(sick))
    sending = threading.Thread(target=town.house.office.sync)
    with town.house.centre.writing() as session:
        people.tell(session, [told], CENTRE_ACTOR, town.clock.now())
        sending.start()
        # It waits for what is being said.
        sending.join(0.5)
        assert sending.is_alive()
    sending.join()
    town.house.office.sync()
    assert case_now(town.crew.clerk, case_id).state is State.VISIT_DUE
    assert counted(town) == {}


@pytest.mark.slow
def test_who_was_away_tells_nothing_of_a_visit_that_went_to_a_colleague(small_town: Town) -> None:
    """Putting an absence down gives the visit to somebody who is there."""
    town = small_town
    enrol_another(town)
    (case,) = booked(town, 1)
    slot = case.slot
    assert slot is not None
    publish(town, reza_bagheri={"districts": [2], "half_days": WEEK})
    planner, sick = town.crew.planner, away(town, slot.day)
    visits.move_all(planner, visits.to_move(planner, sick).digest, SICK, sick)
    town.clock.moment += slot.day - today(town)
    town.house.office.sync()
    moved = case_now(town.crew.clerk, case.case_id)
    assert (moved.slot, moved.inspector) == (slot, "رضا باقری")
    now = town.clock.now()
    report(town.crew, moved, now)
    miss(town.crew, moved, "absent", now, "کسی نبود")
    town.house.office.sync()
    after = case_now(town.crew.clerk, case.case_id)
    assert (after.state, after.report, after.missed) == (State.BOOKED, None, None)


def test_nobody_was_there_before_the_day_of_the_visit(small_town: Town) -> None:
    """The citizen would pay for a visit to come, also where no hour is told."""
    (case,) = booked(small_town, 1)
    for at in (None, small_town.clock.now()):
        with pytest.raises(Refusal, match="نوبت این بازدید"):
            visits.miss(small_town.crew.inspector, case, "absent", "کسی نبود", at=at)


@pytest.mark.long
def test_nobody_reports_a_visit_of_a_day_on_which_he_was_away(small_town: Town) -> None:
    town = small_town
    (case,) = booked(town, 1)
    town.go_to_visit(case)
    day, sick = today(town), away(town, today(town))
    days = [{"first": day.isoformat(), "last": day.isoformat()}]
    term = {"staff": OWN, "office": "municipality", "role": "inspector", "since": "2026-01-10"}
    rounds = {"districts": [2], "half_days": WEEK}

    def absent(told: Away) -> None:
        said = publication(Topic.ABSENCE, told.key, day, value_text(told))
        town.house.put_in_force([said])

    def reported() -> State:
        report(town.crew, case, town.clock.now())
        town.house.office.sync()
        return case_now(town.crew.clerk, case.case_id).state

    # The planner put it down, it was published as his leave, it stands in his rounds.
    absent(sick)
    assert reported() is State.BOOKED
    absent(replace(sick, withdrawn=True))
    say(town, Topic.STAFF, OWN, {**term, "leaves": days})
    assert reported() is State.BOOKED
    say(town, Topic.STAFF, OWN, {**term, "leaves": []})
    on = iso_jalali(day)
    publish(town, ali_kargar={**rounds, "away": [{"first": on, "last": on}]})
    assert reported() is State.BOOKED
    publish(town, ali_kargar=rounds)
    assert reported() is State.IN_REVIEW
    words = [item.centre_words for item in board.items(town.house.municipality.desk)]
    assert sum("غیبت شما ثبت شده است" in each for each in words) == 1
    assert sum("در مرخصی یا بیرون از زمان کار شما" in each for each in words) == 2


@pytest.mark.slow
def test_nobody_tells_of_a_visit_on_a_day_on_which_he_was_away(small_town: Town) -> None:
    """His report would be refused, and the citizen's place be gone."""
    town = small_town
    (case,) = booked(town, 1)
    assert case.slot is not None
    planner, sick = town.crew.planner, away(town, today(town), half=2)
    visits.move_all(planner, visits.to_move(planner, sick).digest, SICK, sick)
    held = replace(case.slot, day=today(town), half=2)
    shown = board.municipal_look(town.crew.inspector, case.case_id).case
    visits.held_on(town.crew.inspector, shown, held, "متقاضی امروز در محل بود.")
    town.house.municipality.sync()
    town.house.office.sync()
    assert case_now(town.crew.clerk, case.case_id).slot == case.slot
    assert counted(town) == {(case.slot.day, case.slot.half, OWN): 1}
    (item,) = board.items(town.crew.inspector.desk)
    assert "غیبت شما ثبت شده است" in item.centre_words


@pytest.mark.slow
def test_the_counter_moves_no_visit_whose_hour_is_here(small_town: Town) -> None:
    """Who was not there pays for a second visit."""
    town = small_town
    (case,) = booked(town, 1)
    assert case.slot is not None
    clerk, begins = town.crew.clerk, Halves().begins(case.slot.day, case.slot.half)
    later = visits.free_slots(clerk, 2, 9)[-1]
    other = Slot(later.day, later.half, later.district)
    for moment in (begins, begins + timedelta(days=1)):
        town.clock.moment = moment
        with pytest.raises(Refusal, match="ساعت این نوبت رسیده است"):
            visits.move(clerk, case, other, "درخواست مالک")
    town.clock.moment = begins - timedelta(minutes=1)
    visits.move(clerk, case, other, "درخواست مالک")
    assert case_now(clerk, case.case_id).slot == other


@pytest.mark.slow
def test_a_planner_moves_no_visit_into_a_half_day_that_has_begun(small_town: Town) -> None:
    town = small_town
    (case,) = booked(town, 1)
    assert case.slot is not None
    town.go_to_visit(case)
    planner, noon = town.crew.planner, Halves().begins(case.slot.day, 2)

    def move(half: int) -> None:
        shown = board.municipal_look(planner, case.case_id).case
        assert case.slot is not None
        visits.move(planner, shown, replace(case.slot, half=half), "کمبود مأمور")
        town.house.municipality.sync()

    for moment in (noon, noon + timedelta(hours=9)):
        town.clock.moment = moment
        for half in (1, 2):
            with pytest.raises(Refusal, match="آغاز شده است"):
                move(half)
    town.clock.moment = noon - timedelta(minutes=1)
    with pytest.raises(Refusal, match="آغاز شده است"):
        move(1)
    move(2)
    town.house.office.sync()
    now = case_now(town.crew.clerk, case.case_id)
    assert (now.slot, now.moved_by_city) == (replace(case.slot, half=2), 1)


@pytest.mark.slow
def test_no_visit_is_given_to_who_has_to_do_with_it(small_town: Town) -> None:
    """His report would be refused, and the citizen come for nothing."""
    town = small_town
    record = town.record(Scenario.OLD_VISIT)
    enrol_another(town)
    everywhere = {"districts": [1, 2, 3, 4, 5], "half_days": WEEK}
    publish(town, reza_bagheri=everywhere)
    case_id = town.register(record, "no-violation")
    owner = record.owners[0].person_id
    known_as(town, town.crew.inspector, owner)
    book(town.crew, case_now(town.crew.clerk, case_id))
    case = case_now(town.crew.clerk, case_id)
    assert case.slot is not None
    assert case.inspector == "رضا باقری"
    # Who took his place is away: he himself does not go then either, but on another day somebody.
    enrol_another(town, "sina-karimi", "سینا کریمی")
    later = weekday(case.slot.day + timedelta(days=1))
    publish(town, sina_karimi={**everywhere, "half_days": {later: [1, 2]}})
    planner, sick = town.crew.planner, replace(away(town, case.slot.day), staff=OTHER)
    (shift,) = visits.to_move(planner, sick).shifts
    assert (shift.inspector, shift.day) != ("علی کارگر", case.slot.day)
    assert shift.same_time is False
    # Where nobody else goes at all it is said.
    publish(town, reza_bagheri={"districts": [], "half_days": {}})
    publish(town, sina_karimi={"districts": [], "half_days": {}})
    again = town.register(record, "no-violation")
    offered = visits.free_slots(town.crew.clerk, case.slot.district, 1)
    assert offered[0].inspector == "علی کارگر"
    book(town.crew, case_now(town.crew.clerk, again))
    assert case_now(town.crew.clerk, again).state is State.VISIT_DUE
    (item,) = board.items(town.crew.clerk.desk)
    assert "مأمور بازدیدی گماشته نشده است" in item.centre_words


@pytest.mark.slow
@pytest.mark.parametrize("told", ["term", "stop"])
def test_what_ends_an_inspectors_work_from_a_later_day_is_sold_by_at_once(
    small_town: Town, told: str
) -> None:
    town = small_town
    (case,) = booked(town, 1)
    begins = today(town) + timedelta(days=3)
    if told == "term":
        value: dict[str, Any] = {
            "staff": OWN, "office": "municipality", "role": "inspector", "since": "2026-01-10",
            "until": (begins + timedelta(days=1)).isoformat(),
        }  # fmt: skip
        last, topic = begins + timedelta(days=1), Topic.STAFF
    else:
        value = {
            "subject": "person", "who": OWN, "since": Halves().begins(begins, 1).isoformat(),
            "cause": "بازرسی",
            "act": {"number": "1", "dated": "2026-11-20", "body": "ناظر", "scan": ""},
        }  # fmt: skip
        last, topic = begins - timedelta(days=1), Topic.STOP
    town.house.put_in_force([publication(topic, OWN, begins, json.dumps(value))])
    days = {each.day for each in visits.free_slots(town.crew.clerk, 2, 20)}
    assert max(days) <= last
    assert case.slot is not None
    assert case.slot.day in days
