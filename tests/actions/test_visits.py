"""The inspector: a report of the visit's own day with its pictures; the place is told."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.actions import board, documents, visits
from desktop.centre.visit_tables import VisitSlotRow
from desktop.demo import following
from desktop.demo.city import Scenario
from desktop.demo.following import book, case_now, report, visited_on
from desktop.demo.sample_paper import sample_photos
from desktop.domain.calendar import TEHRAN
from desktop.domain.case import Case
from desktop.domain.errors import Refusal
from desktop.domain.request import DocumentFile, Slot, VisitReport
from desktop.domain.service import Effect
from desktop.domain.state import State
from desktop.domain.visit_place import UNJUDGED
from desktop.wire.canon import canon
from desktop.wire.codec import adapter, plain
from tests.centre.test_letters import REPORT
from tests.town import Town


def booked(town: Town, code: str = "2-900-1-1-1-0-0") -> Case:
    """A visit to come, as the inspector sees it."""
    case_id = town.register(None, "no-violation", code=code)
    book(town.crew, case_now(town.crew.clerk, case_id))
    shown, _ = board.municipal_case(town.crew.inspector, case_id)
    return shown


def today(town: Town) -> date:
    return town.clock.moment.astimezone(TEHRAN).date()


def seen(town: Town, **changes: object) -> VisitReport:
    photos, content = sample_photos()
    documents.keep(town.crew.inspector, content)
    found = replace(
        REPORT,
        visited_at=town.clock.moment,
        photos=photos,
        cleared={},
        place_reason="جای ثبت روی گوشی نیامد",
    )
    return replace(found, **changes)  # type: ignore[arg-type]


def taken(town: Town) -> dict[date, int]:
    """How many visits are counted on each day."""
    with Session(town.house.centre.reader) as session:
        found: Counter[date] = Counter()
        for row in session.scalars(select(VisitSlotRow)):
            found[row.day] += row.taken
    return {day: count for day, count in found.items() if count}


@pytest.mark.slow
def test_no_report_before_its_day(town: Town) -> None:
    case = booked(town)
    inspector = town.crew.inspector
    assert case.slot is not None
    assert case.slot.day > today(town)
    with pytest.raises(Refusal, match="نخست همان روز را ثبت کنید") as early:
        visits.report(inspector, case, seen(town))
    assert early.value.field == "day"
    with pytest.raises(Refusal, match="پس از امروز"):
        visits.report(inspector, case, seen(town, visited_at=town.clock.moment + timedelta(days=9)))
    town.clock.moment += case.slot.day - today(town)
    visits.report(inspector, case, seen(town))
    town.house.office.sync()
    assert case_now(town.crew.clerk, case.case_id).state is not State.BOOKED


@pytest.mark.slow
def test_a_visit_that_was_earlier_is_moved_to_its_day_and_its_place_is_free_again(
    town: Town,
) -> None:
    case = booked(town)
    inspector, now = town.crew.inspector, today(town)
    assert case.slot is not None
    was = case.slot
    assert taken(town) == {was.day: 1}

    def say(slot: Slot, reason: str = "متقاضی امروز در محل بود.") -> None:
        visits.held_on(inspector, case, slot, reason)

    for wrong, words in (
        (replace(was, day=now + timedelta(days=1 if was.day != now + timedelta(days=1) else 2)),
         "پس از امروز"),
        (replace(was, day=case.request.received_on - timedelta(days=1)), "پیش از ثبت درخواست"),
        (replace(was, day=now, district=was.district + 1), "همان منطقه"),
        (replace(was, day=now, half=3), "نیمهٔ نخست یا نیمهٔ دوم"),
    ):  # fmt: skip
        with pytest.raises(Refusal, match=words):
            say(wrong)
    with pytest.raises(Refusal, match="دلیل انجام"):
        say(replace(was, day=now), " ")
    say(replace(was, day=now))
    moved, _ = board.municipal_case(inspector, case.case_id)
    assert moved.slot == replace(was, day=now)
    assert taken(town) == {now: 1}
    visits.report(inspector, moved, seen(town))
    town.house.office.sync()
    assert case_now(town.crew.clerk, case.case_id).report is not None


@pytest.mark.slow
def test_nothing_was_seen_before_the_request_was_made(town: Town) -> None:
    town.clock.moment = town.clock.moment.astimezone(TEHRAN).replace(hour=11, minute=36)
    case = booked(town)
    inspector = town.crew.inspector
    assert case.slot is not None
    early = replace(case.slot, day=today(town), half=1)
    with pytest.raises(Refusal, match="نیمهٔ دوم آن روز") as told:
        visits.held_on(inspector, case, early, "متقاضی امروز در محل بود.")
    assert told.value.field == "half"
    visits.held_on(inspector, case, replace(early, half=2), "متقاضی امروز در محل بود.")
    moved, _ = board.municipal_case(inspector, case.case_id)
    before = case.received_at - timedelta(minutes=1)
    with pytest.raises(Refusal, match="درخواست ساعت ۱۱:۳۶ ثبت شده است") as told:
        visits.report(inspector, moved, seen(town, visited_at=before))
    assert told.value.field == "time"
    visits.report(inspector, moved, seen(town, visited_at=case.received_at.replace(second=0)))


@pytest.mark.long
def test_what_took_place_asks_for_no_free_place(town: Town) -> None:
    codes = [f"2-900-1-{number}-1-0-0" for number in range(1, 9)]
    held = [visited_on(town.crew, booked(town, code), today(town)) for code in codes]
    assert {(case.slot.day, case.slot.district) for case in held if case.slot} == {(today(town), 2)}
    assert sum(taken(town).values()) == taken(town)[today(town)] == 8


@pytest.mark.slow
def test_the_counter_sells_no_day_that_was(town: Town) -> None:
    case = booked(town)
    assert case.slot is not None
    with pytest.raises(Refusal, match="از فردا به بعد"):
        visits.move(town.crew.clerk, case, replace(case.slot, day=today(town)), "زودتر")


@pytest.mark.slow
def test_a_report_has_its_pictures_and_they_are_read_at_the_other_end(town: Town) -> None:
    case = visited_on(town.crew, booked(town), today(town))
    one = DocumentFile("a" * 64, 900, 1)
    for photos in (None, one):
        with pytest.raises(Refusal, match="دست‌کم ۲ عکس") as bare:
            visits.report(town.crew.inspector, case, seen(town, photos=photos))
        assert bare.value.field == "photos"
    visits.report(town.crew.inspector, case, seen(town))
    while town.house.municipality.sync().more:
        pass
    file, content = sample_photos()
    assert documents.content(town.crew.expert, case.case_id, file) == content
    town.house.office.sync()
    assert documents.content(town.crew.clerk, case.case_id, file) == content


@pytest.mark.long
def test_the_inspector_finds_the_place_and_the_citizen(town: Town) -> None:
    """A recorded property is asked for by its code alone: its address stands in the records."""
    record = town.record(Scenario.OLD_VISIT)
    case_id = town.register(record, "no-violation")
    case = case_now(town.crew.clerk, case_id)
    assert case.state is State.VISIT_DUE
    assert "address" not in case.request.answers
    book(town.crew, case)
    other = booked(town)
    rows = {row.case_id: row for row in board.municipal_queue(town.crew.inspector).rows}
    assert rows[case_id].address == record.address
    assert rows[case_id].phone == case.request.party.mobile
    assert rows[other.case_id].address == other.request.answers["address"]
    seen_there = board.municipal_look(town.crew.inspector, case_id)
    assert seen_there.address == record.address
    # Nobody else's list carries where people live.
    assert {row.address for row in board.municipal_queue(town.crew.supervisor).rows} == {""}
    report(town.crew, case_now(town.crew.clerk, case_id), town.clock.moment)
    assert case_id not in {row.case_id for row in board.municipal_queue(town.crew.inspector).rows}


def test_a_report_of_before_pictures_were_asked_for_is_read_as_it_is() -> None:
    old = plain(REPORT)
    del old["photos"]
    assert adapter(VisitReport).validate_json(canon(old)) == replace(REPORT, photos=None)


@pytest.mark.parametrize("wrong", [{"sha256": "x" * 64}, {"size": 0}, {"size": 10_000_001}])
@pytest.mark.long
def test_a_report_whose_pictures_cannot_be_a_file_is_refused_in_words(
    town: Town, wrong: dict[str, object]
) -> None:
    case = visited_on(town.crew, booked(town), today(town))
    photos, _ = sample_photos()
    visits.report(
        town.crew.inspector,
        case,
        seen(town, photos=replace(photos, **wrong)),  # type: ignore[arg-type]
    )
    (item,) = board.items(town.house.municipality.desk)
    assert item.centre_words == "پیوست «عکس‌های محل» درست نیست؛ آن را دوباره پیوست کنید."
    shown, _ = board.municipal_case(town.crew.inspector, case.case_id)
    assert shown.state is State.BOOKED


@pytest.mark.slow
@pytest.mark.parametrize(
    ("changes", "comment"),
    [
        ({"opinion": "fits"}, ""),
        ({"opinion": "again"}, "نیازمند بازدید دوم"),
        ({"violation": "انبار بی‌پروانه", "violation_area": "18.50"}, "انبار بی‌پروانه"),
    ],
)
def test_a_report_goes_on_by_itself_unless_it_speaks_against_the_request(
    small_town: Town, changes: dict[str, str], comment: str
) -> None:
    town = small_town
    case_id = town.register(town.record(Scenario.OLD_VISIT), "no-violation")
    book(town.crew, case_now(town.crew.clerk, case_id))
    shown = visited_on(town.crew, case_now(town.crew.clerk, case_id), today(town))
    failing = shown.decision.failing if shown.decision else ()
    cleared = {each.gate: "در محل دیده شد" for each in failing if each.effect is Effect.VISIT}
    visits.report(town.crew.inspector, shown, seen(town, cleared=cleared, **changes))
    town.house.office.sync()
    after = case_now(town.crew.clerk, case_id)
    if not comment:
        assert after.state is State.ISSUED
        return
    assert after.state is State.IN_REVIEW
    assert comment in after.review_comment
    # An expert who has looked at it is not asked again.
    looked, _ = board.municipal_case(town.crew.expert, case_id)
    following.decide(town.crew, looked, {}, note="با پرونده سنجیده شد")
    town.house.office.sync()
    assert case_now(town.crew.clerk, case_id).state is State.ISSUED


@pytest.mark.slow
@pytest.mark.parametrize(
    "address",
    [
        pytest.param("یزد، خیابان امام خمینی، کوچهٔ ۸", id="street"),
        pytest.param("یزد، محلهٔ فهادان، کوچهٔ ۸", marks=pytest.mark.long, id="neighbourhood"),
    ],
)
def test_a_report_of_what_no_record_holds_is_of_the_address_that_was_given(
    small_town: Town, address: str
) -> None:
    town = small_town
    case_id = town.register(None, "no-violation", code="2-900-1-1-1-0-0", address=address)
    book(town.crew, case_now(town.crew.clerk, case_id))
    shown = visited_on(town.crew, case_now(town.crew.clerk, case_id), today(town))
    unsaid = seen(town, place_reason="", cleared={"record": "در محل دیده شد"})

    def told(report: VisitReport) -> VisitReport | None:
        visits.report(town.crew.inspector, shown, report)
        while town.house.municipality.sync().more:
            pass
        town.house.office.sync()
        return case_now(town.crew.clerk, case_id).report

    # In the bounds of the city, eight kilometres from there.
    assert told(replace(unsaid, latitude="31.8300", longitude="54.3300")) is None
    assert told(unsaid) == unsaid
    assert UNJUDGED not in case_now(town.crew.clerk, case_id).review_comment


@pytest.mark.slow
def test_who_reviews_is_told_that_a_reports_place_could_not_be_judged(small_town: Town) -> None:
    town = small_town
    address = "روبه‌روی نانوایی"
    case_id = town.register(None, "no-violation", code="2-900-1-1-1-0-0", address=address)
    book(town.crew, case_now(town.crew.clerk, case_id))
    following.report(town.crew, case_now(town.crew.clerk, case_id), town.clock.moment)
    case = case_now(town.crew.clerk, case_id)
    assert (case.state, case.review_comment) == (State.IN_REVIEW, UNJUDGED)


@pytest.mark.slow
def test_a_visit_that_was_missed_keeps_its_hour_and_the_photo_of_the_door(small_town: Town) -> None:
    town = small_town
    case = booked(town)
    assert case.slot is not None
    inspector = town.crew.inspector
    photo, content = sample_photos()
    documents.keep(inspector, content)
    with pytest.raises(Refusal, match="نوبت این بازدید"):
        visits.miss(inspector, case, "entry", "", at=town.clock.moment)
    town.clock.moment += case.slot.day - today(town)
    with pytest.raises(Refusal, match="علت را برگزینید"):
        visits.miss(inspector, case, "rain", "")
    visits.miss(inspector, case, "entry", "سگ", at=town.clock.moment, photo=photo)
    while town.house.municipality.sync().more:
        pass
    town.house.office.sync()
    after = case_now(town.crew.clerk, case.case_id)
    assert after.missed is not None
    assert (after.missed.at, after.missed.photo) == (town.clock.moment, photo)
    # Only for being away the fee is due again.
    assert not after.due_fee("visit")
    assert documents.content(town.crew.supervisor, case.case_id, photo) == content


@pytest.mark.long
def test_a_report_made_elsewhere_says_why_or_is_refused(small_town: Town) -> None:
    town = small_town
    record = town.record(Scenario.OLD_VISIT)
    case_id = town.register(record, "no-violation")
    book(town.crew, case_now(town.crew.clerk, case_id))
    shown = visited_on(town.crew, case_now(town.crew.clerk, case_id), today(town))
    assert record.latitude
    unsaid = seen(town, place_reason="")
    elsewhere = replace(unsaid, latitude="31.7600", longitude=record.longitude)
    # The desk was not told of the place: the centre knows it. Nor can it say none at all.
    for each in (elsewhere, replace(unsaid, latitude="", longitude="")):
        visits.report(town.crew.inspector, shown, each)
        while town.house.municipality.sync().more:
            pass
        town.house.office.sync()
        assert case_now(town.crew.clerk, case_id).report is None
    said = replace(elsewhere, place_reason="از روی نقشه")
    visits.report(town.crew.inspector, shown, said)
    town.house.municipality.sync()
    town.house.office.sync()
    assert case_now(town.crew.clerk, case_id).report == said
