"""Lessons as a clerk takes them at the desk: failed, passed, told to the centre, asked again."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

import pytest
from sqlalchemy import update

from desktop.actions import (
    delegations,
    intake,
    lessons,
    office_list,
    publishing,
    readiness,
    staffing,
)
from desktop.actions.lessons import HandedIn, ServiceLessons
from desktop.centre import people
from desktop.centre.reference import publication
from desktop.chance import new_id
from desktop.domain.decision import Outcome
from desktop.domain.enforcement import Bar, OfficeRule
from desktop.domain.errors import Refusals
from desktop.domain.people import Applicant
from desktop.domain.stream import Topic
from desktop.domain.training import Readiness, TrainingWay
from desktop.forms.answers import Filled
from desktop.forms.published_values import value_text
from desktop.store import lessons as store
from desktop.store.open import Session
from desktop.store.tables import LessonRecordRow
from desktop.wire.canon import canon
from tests.delegated import ACT, TOMORROW, announce, enforce, hand_over
from tests.plain_service import NAME, OTHERS, plain_text
from tests.publish import hindered, in_force, refused_words, renamed
from tests.town import Town

SERVICE = "clearance"


@pytest.fixture
def town(small_town: Town) -> Town:
    """At one desk; what the centre does with a record is tried there."""
    return small_town


def take(town: Town, number: int, *, wrong: bool = False) -> HandedIn:
    """The lesson taken by the clerk, with all right or with the wrong outcome."""
    clerk = town.crew.clerk
    begun = lessons.begin(clerk, SERVICE, number)
    at = begun.lesson.at
    outcome = at.decision.outcome
    if wrong:
        outcome = next(each for each in Outcome if each is not outcome)
    return lessons.hand_in(clerk, begun.sheet.sheet_id, at.filled, outcome.value, "{}")


def take_all(town: Town) -> HandedIn:
    count = len(standing(town).lessons)
    return [take(town, number) for number in range(count)][-1]


def standing(town: Town) -> ServiceLessons:
    return lessons.of_service(town.crew.clerk, SERVICE)


def go_to(town: Town, day: date) -> None:
    town.clock.moment += day - town.clock.moment.date()
    town.house.office.sync()
    town.house.municipality.sync()


def bars(town: Town) -> list[Bar]:
    clerk = town.crew.clerk
    return [each.bar for each in intake.barred(clerk.desk, clerk.staff).get(SERVICE, ())]


@pytest.mark.slow
def test_the_last_lesson_opens_the_service_at_the_counter(town: Town) -> None:
    enforce(town, OfficeRule.TRAINING, TOMORROW)
    go_to(town, TOMORROW)
    assert bars(town) == [Bar.NOT_TRAINED]
    assert standing(town).ready is Readiness.NOT
    done = take_all(town)
    assert done.of.done
    (record,) = delegations.trainings(town.crew.clerk.desk)
    assert (record.way, record.service, record.on) == (TrainingWay.LESSON, SERVICE, TOMORROW)
    assert bars(town) == []
    assert standing(town).ready is Readiness.READY
    told = standing(town).record
    assert told is not None
    assert (told.since, told.score) == (TOMORROW, record.score)


@pytest.mark.slow
def test_without_a_line_the_record_waits_and_goes_when_it_is_back(town: Town) -> None:
    town.house.cut_line(True)
    done = take_all(town)
    assert done.of.record is not None
    assert done.of.record.waits
    town.house.office.sync()
    assert delegations.trainings(town.crew.clerk.desk) == []
    town.house.cut_line(False)
    record = standing(town).record
    assert record is not None
    assert not record.waits
    assert [each.service for each in delegations.trainings(town.crew.clerk.desk)] == [SERVICE]


@pytest.mark.slow
def test_a_failed_lesson_opens_nothing_and_comes_back_with_other_people(town: Town) -> None:
    clerk = town.crew.clerk
    names = set()
    for failures in range(1, 4):
        names.add(lessons.begin(clerk, SERVICE, 0).lesson.at.checked.party.name)
        done = take(town, 0, wrong=True)
        assert not done.marked.passed
        state = done.of.lessons[0]
        assert (state.failures, state.passed) == (failures, False)
        assert state.asks_for_help is (failures == 3)
    assert len(names) == 3
    assert standing(town).record is None
    # The lesson stays open: the fourth try may pass.
    assert take(town, 0).of.lessons[0].passed


def test_a_lesson_under_way_is_gone_on_with(town: Town) -> None:
    clerk = town.crew.clerk
    begun = lessons.begin(clerk, SERVICE, 1)
    lessons.keep(clerk, begun.sheet.sheet_id, '{"party": {}}')
    town.clock.moment += timedelta(days=1)
    again = lessons.begin(clerk, SERVICE, 1)
    assert again.sheet.sheet_id == begun.sheet.sheet_id
    assert again.sheet.typed == '{"party": {}}'
    assert again.lesson.story == begun.lesson.story


def test_a_sheet_is_one_persons_one_lessons_and_one_try(town: Town) -> None:
    clerk, manager = town.crew.clerk, town.crew.manager
    begun = lessons.begin(clerk, SERVICE, 0)
    sheet, at = begun.sheet.sheet_id, begun.lesson.at
    other = lessons.begin(clerk, SERVICE, 1).lesson.at
    right = at.decision.outcome.value
    by_another = refused_words(lambda: lessons.hand_in(manager, sheet, at.filled, right, "{}"))
    assert by_another == lessons.OTHERS_SHEET
    # What is right in another lesson is wrong in this one.
    done = lessons.hand_in(clerk, sheet, other.filled, other.decision.outcome.value, "{}")
    assert not done.marked.passed
    twice = refused_words(lambda: lessons.hand_in(clerk, sheet, at.filled, right, "{}"))
    assert twice == lessons.OTHERS_SHEET


def test_a_form_that_the_counter_would_not_take_is_not_marked(town: Town) -> None:
    clerk = town.crew.clerk
    begun = lessons.begin(clerk, SERVICE, 0)
    empty = Filled(Applicant.OWNER, {})
    with pytest.raises(Refusals):
        lessons.hand_in(clerk, begun.sheet.sheet_id, empty, "answer", "{}")
    fixed = replace(begun.lesson.at.filled)
    outcome = begun.lesson.at.decision.outcome.value
    assert lessons.hand_in(clerk, begun.sheet.sheet_id, fixed, outcome, "{}").marked.passed


@pytest.mark.long
def test_a_changed_service_asks_for_its_lessons_again(town: Town) -> None:
    take_all(town)
    under_way = lessons.begin(town.crew.clerk, SERVICE, 0)
    changed = TOMORROW + timedelta(days=1)
    in_force(town.crew, renamed(SERVICE, changed))
    go_to(town, changed)
    now = standing(town)
    assert (now.passed, now.record, now.ready) == (0, None, Readiness.RENEW)
    assert now.renewal
    at = under_way.lesson.at
    old = refused_words(
        lambda: lessons.hand_in(
            town.crew.clerk, under_way.sheet.sheet_id, at.filled, at.decision.outcome.value, "{}"
        )
    )
    assert old == lessons.OTHERS_SHEET
    take_all(town)
    assert standing(town).ready is Readiness.READY


@pytest.mark.long
def test_the_lessons_of_a_service_are_passed_before_it_begins(town: Town) -> None:
    """The day of its delegation is the first of its file: who waits for it would come too late."""
    clerk, begins = town.crew.clerk, TOMORROW + timedelta(days=5)
    in_force(town.crew, publishing.service_draft(NAME, plain_text(OTHERS), begins))
    announce(town)
    hand_over(town, since=begins, services=["plain"])
    enforce(town, OfficeRule.TRAINING, begins)
    (coming,) = [each for each in lessons.all_lessons(clerk) if each.begins is not None]
    assert (coming.service.code, coming.begins, coming.ready) == ("plain", begins, Readiness.NOT)
    office = readiness.office_people(town.crew.supervisor.desk, "21")
    assert "plain" in {each.code for each in office.services}
    assert office.begins == {"plain": begins}

    for number in range(len(coming.lessons)):
        begun = lessons.begin(clerk, "plain", number)
        at = begun.lesson.at
        assert at.day == begins
        done = lessons.hand_in(
            clerk, begun.sheet.sheet_id, at.filled, at.decision.outcome.value, "{}"
        )
    assert done.of.done
    assert lessons.of_service(clerk, "plain").ready is Readiness.READY
    go_to(town, begins)
    assert intake.barred(clerk.desk, clerk.staff)["clearance"]
    assert "plain" not in intake.barred(clerk.desk, clerk.staff)
    # Of a service that changes only the version in force is taken: it would close today's.
    in_force(town.crew, renamed(SERVICE, begins + timedelta(days=3)))
    town.house.office.sync()
    with clerk.desk.store.reading() as session:
        later = clerk.desk.reference.services(session, begins + timedelta(days=3))[SERVICE]
    ahead = refused_words(
        lambda: staffing.passed(clerk, new_id(), SERVICE, later.version, "۹ از ۹")
    )
    assert "نسخهٔ دیگری" in ahead


@pytest.mark.long
def test_no_paper_closes_what_a_lesson_opened(town: Town) -> None:
    clerk, supervisor = town.crew.clerk, town.crew.supervisor
    staff, changed = clerk.staff.staff_id, TOMORROW + timedelta(days=1)
    announce(town)
    paper = partial(
        readiness.paper_records, supervisor.desk, on=TOMORROW, by="مریم شایق", scan=ACT.scan
    )
    (former,) = paper([staff], [SERVICE])
    in_force(town.crew, renamed(SERVICE, changed))
    go_to(town, changed)
    take_all(town)
    town.house.municipality.sync()
    assert standing(town).ready is Readiness.READY
    nothing = refused_words(lambda: paper([staff], [SERVICE]))
    assert "نسخهٔ تازه‌تری ثبت شده است" in nothing
    # His colleague, whom the same paper names, gets his all the same.
    told = paper([staff, "mohammad-zare"], [SERVICE])
    assert [(one.staff, one.version) for one in told] == [("mohammad-zare", former.version)]
    # Nor by a hand that takes the former version and today's date; an extension of it neither.
    for one in (former, staffing.extended(former, changed + timedelta(days=90))):
        assert "آن را می‌بندد" in hindered(town.crew, staffing.trainings_draft([one], changed))

    # What the centre lost is told to it anew by who passes a lesson once more.
    lost = publication(Topic.TRAINING, former.key, changed, value_text(former))
    with town.house.centre.writing() as session:
        people.publish(session, [lost], town.clock.moment)
    town.house.office.sync()
    assert standing(town).ready is Readiness.RENEW
    take(town, 0)
    assert standing(town).ready is Readiness.READY


@pytest.mark.slow
def test_what_the_centre_refuses_is_told_and_not_sent_again(town: Town) -> None:
    town.house.cut_line(True)
    take_all(town)
    staff = town.crew.clerk.staff.staff_id
    desk = town.crew.clerk.desk

    def spoil(session: Session) -> None:
        record = store.untold(session)
        assert record is not None
        ask = json.loads(record.ask) | {"score": "۹۹ از ۹۹"}
        changed = update(LessonRecordRow).values(ask=canon(ask))
        session.execute(changed.where(LessonRecordRow.sheet_id == record.sheet_id))

    desk.store.write(spoil)
    town.house.cut_line(False)
    assert town.house.office.sync().well
    told = standing(town)
    assert told.record is None
    assert "امضا" in told.refused
    with desk.store.reading() as session:
        assert store.untold(session) is None
        assert len(store.records(session, staff)) == 1
    # Passing once more makes a record of its own.
    again = take(town, 0)
    assert again.of.record is not None
    assert standing(town).refused == ""


def test_a_lesson_leaves_no_case_behind(town: Town) -> None:
    clerk = town.crew.clerk
    before = intake.same_property(clerk.desk, "")
    begun = lessons.begin(clerk, SERVICE, 0)
    take(town, 0)
    assert intake.same_property(clerk.desk, begun.lesson.at.checked.code) == []
    assert intake.same_property(clerk.desk, "") == before


@pytest.mark.slow
def test_the_unit_hears_who_is_at_a_lesson_until_it_is_passed(town: Town) -> None:
    clerk, supervisor = town.crew.clerk, town.crew.supervisor
    lessons.begin(clerk, SERVICE, 0)
    town.clock.moment += timedelta(minutes=10)
    town.house.office.sync()
    learning = {(clerk.staff.staff_id, SERVICE): 1}
    assert office_list.at_work(supervisor).learning == learning
    take_all(town)
    town.clock.moment += timedelta(minutes=10)
    town.house.office.sync()
    assert office_list.at_work(supervisor).learning == {}
    # Who left it lying learns no more.
    lessons.begin(clerk, "walling", 0)
    town.clock.moment += timedelta(days=15)
    town.house.office.sync()
    assert office_list.at_work(supervisor).learning == {}
