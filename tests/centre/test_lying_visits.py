"""What an inspector's, a planner's or a counter's desk tells of visits and no window would send."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest
from sqlalchemy import update

from desktop.actions import board, documents, recalls
from desktop.actions.desk import Seat
from desktop.centre.audit.whole import audit
from desktop.centre.streams import load_case
from desktop.centre.tables import CentreRow
from desktop.centre.tick import tick
from desktop.demo import following
from desktop.demo.city import Scenario
from desktop.demo.following import book, case_now, made_up_report
from desktop.demo.people import PASSWORD
from desktop.demo.sample_paper import sample_photos
from desktop.domain.calendar import TEHRAN
from desktop.domain.case import Case
from desktop.domain.commands import MissVisit, Payload, ReportVisit
from desktop.domain.contest import Contested, Correction
from desktop.domain.request import DocumentFile, VisitReport
from desktop.domain.signed_acts import SIGNED_BY_PERSON
from desktop.domain.state import State
from desktop.store import blobs, outbox
from desktop.wire.blobs import name_of
from desktop.wire.recalls import RecallBody
from tests.centre.test_objections import uphold
from tests.objected import object_to
from tests.town import Town

pytestmark = pytest.mark.slow


def at_centre(town: Town, case_id: str) -> Case:
    with town.house.centre.reading() as session:
        case = load_case(session, case_id)
    assert case is not None
    return case


def booked(town: Town, number: int = 0) -> Case:
    """A visit that the centre lets end in a letter; it is the day of it, at a quarter to eleven."""
    case_id = town.register(town.record(Scenario.OLD_VISIT, number), "no-violation")
    book(town.crew, case_now(town.crew.clerk, case_id))
    case = at_centre(town, case_id)
    town.go_to_visit(case)
    return case


def tell(town: Town, seat: Seat, case: Case, payload: Payload) -> str:
    """The desk asks nobody whether it is lawful; why the centre refused, empty where it did not."""
    told = len(board.items(seat.desk))
    with seat.desk.store.writing() as session:
        outbox.put(
            session,
            payload,
            case_id=case.case_id,
            actor=seat.staff.staff_id,
            at=seat.desk.moment(session),
            signer=seat.signer,
            base_rev=at_centre(town, case.case_id).rev,
        )
    town.house.municipality.sync()
    town.house.office.sync()
    items = board.items(seat.desk)
    return items[-1].centre_words if len(items) > told else ""


def send(town: Town, named: DocumentFile, content: bytes) -> None:
    """What was told of before comes after it."""
    inspector = town.crew.inspector
    documents.keep(inspector, content)
    with inspector.desk.store.writing() as session:
        blobs.mark(session, named.sha256, blobs.NAMED)
    while town.house.municipality.sync().more:
        pass


def seen(town: Town, case: Case, record: int = 0) -> VisitReport:
    """A report that is right."""
    of = town.record(Scenario.OLD_VISIT, record)
    found = made_up_report(case, town.clock.moment)
    return replace(found, land=f"{of.land:.2f}", built=f"{of.built:.2f}")


def at(case: Case, hour: int, minute: int = 0) -> datetime:
    """That hour of the day of the visit."""
    assert case.slot is not None
    return datetime.combine(case.slot.day, time(hour, minute), TEHRAN)


def test_a_report_that_the_window_would_not_file_makes_no_letter(small_town: Town) -> None:
    town = small_town
    case = booked(town)
    right = seen(town, case)
    for changes, words in (
        ({"built": "999999999.99"}, "باید کمتر از ۱٬۰۰۰٬۰۰۰"),
        ({"present": ""}, "حاضرین"),
        ({"land": ""}, "مساحت عرصه"),
        ({"bounds": ("",) * 4}, "حد شمال"),
        ({"condition": "strange"}, "وضعیت کنونی"),
        ({"opinion": ""}, "نظر خود"),
        ({"result": ""}, "نتیجهٔ بازدید"),
        ({"floors": 2**31 - 1}, "شمار طبقه‌ها"),
        ({"visited_at": town.clock.moment + timedelta(hours=5)}, "هنوز نرسیده"),
    ):
        wrong = replace(right, **changes)
        assert words in tell(town, town.crew.inspector, case, ReportVisit(wrong)), changes
        assert at_centre(town, case.case_id).state is State.BOOKED
    assert not tell(town, town.crew.inspector, case, ReportVisit(right))
    assert at_centre(town, case.case_id).state is State.ISSUED


def test_a_report_is_its_inspectors_and_not_only_his_desks(small_town: Town) -> None:
    town = small_town
    case = booked(town)
    # Whoever has the desk's key alone writes under his name.
    forged = replace(town.crew.inspector, signer=town.crew.expert.signer)
    assert "امضای شخصی" in tell(town, forged, case, ReportVisit(seen(town, case)))
    assert at_centre(town, case.case_id).state is State.BOOKED
    assert not tell(town, town.crew.inspector, case, ReportVisit(seen(town, case)))
    assert at_centre(town, case.case_id).state is State.ISSUED


@pytest.mark.parametrize(("days", "taken"), [(None, False), (-1, False), (1, True)])
def test_an_earlier_programs_report_came_unsigned_and_is_taken_for_a_time(
    small_town: Town, monkeypatch: pytest.MonkeyPatch, days: int | None, taken: bool
) -> None:
    town = small_town
    case = booked(town)
    with town.house.centre.writing() as session:
        until = None if days is None else town.clock.moment + timedelta(days=days)
        session.execute(update(CentreRow).values(unsigned_until=until))
    monkeypatch.setattr(outbox, "SIGNED_BY_PERSON", SIGNED_BY_PERSON - {ReportVisit.kind})
    said = tell(town, town.crew.inspector, case, ReportVisit(seen(town, case)))
    assert ("امضای شخصی" in said) is not taken
    assert (at_centre(town, case.case_id).state is State.ISSUED) is taken


def test_no_report_is_made_in_the_night_before_its_day(small_town: Town) -> None:
    town = small_town
    case = booked(town)
    town.clock.moment = at(case, 0, 5)
    for moment in (town.clock.moment, at(case, 23)):
        early = replace(seen(town, case), visited_at=moment)
        assert "از ساعت ۸:۰۰" in tell(town, town.crew.inspector, case, ReportVisit(early))
    town.clock.moment = at(case, 8)
    assert not tell(town, town.crew.inspector, case, ReportVisit(seen(town, case)))


def test_pictures_that_are_none_make_no_letter_where_they_are_here(small_town: Town) -> None:
    """The centre has them already: they came as the paper of another case."""
    town = small_town
    text = "این عکس نیست\n".encode() * 40
    name = documents.keep(town.crew.clerk, text)
    town.register(town.record(Scenario.CLEAN), file=DocumentFile(name, len(text), 2))
    while town.house.office.sync().more:
        pass
    case = booked(town)
    inspector, right = town.crew.inspector, seen(town, case)
    junk = replace(right, photos=DocumentFile(name, len(text), 2))
    assert "عکس" in tell(town, inspector, case, ReportVisit(junk))
    door = MissVisit("absent", "", town.clock.moment, junk.photos)
    assert "عکس" in tell(town, inspector, case, door)
    documents.keep(inspector, sample_photos()[1])
    assert not tell(town, inspector, case, ReportVisit(right))


@pytest.mark.parametrize("real", [False, True])
def test_who_was_away_pays_again_once_the_door_was_seen(small_town: Town, real: bool) -> None:
    town = small_town
    case = booked(town)
    photos, content = sample_photos()
    if not real:
        content = "این عکس نیست\n".encode() * 40
        photos = DocumentFile(name_of(content), len(content), 1)
    assert not tell(
        town, town.crew.inspector, case, MissVisit("absent", "", town.clock.moment, photos)
    )
    # The act came, its picture did not: nothing is asked for it, by no tick either.
    tick(town.house.centre)
    missed = at_centre(town, case.case_id)
    assert (missed.state, missed.due_fee("visit")) == (State.VISIT_DUE, 0)
    send(town, photos, content)
    town.house.office.sync()
    after = case_now(town.crew.clerk, case.case_id)
    assert (after.state, after.due_fee("visit") > 0) == (State.VISIT_DUE, real)
    assert after.door_unseen is not real
    tick(town.house.centre)
    assert at_centre(town, case.case_id).rev == after.rev
    assert list(audit(town.house.centre)) == []
    # Without that fee another half-day is taken; with it, once it is paid.
    book(town.crew, after)
    booked_again = case_now(town.crew.clerk, case.case_id)
    assert (booked_again.state, booked_again.due_fee("visit")) == (State.BOOKED, 0)
    assert not booked_again.door_unseen


def test_a_fee_that_a_centre_that_died_did_not_ask_is_asked_by_the_tick(
    small_town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    town = small_town
    case = booked(town)
    monkeypatch.setattr("desktop.centre.serve.ask_missed_fees", lambda *_: 0)
    following.miss(town.crew, case, "absent", town.clock.moment)
    while town.house.municipality.sync().more:
        pass
    assert not at_centre(town, case.case_id).due_fee("visit")
    tick(town.house.centre)
    assert at_centre(town, case.case_id).due_fee("visit")


def doubted(town: Town) -> tuple[Case, RecallBody]:
    """A case whose letter was out before the pictures of its visit came, which are none."""
    case, inspector = booked(town), town.crew.inspector
    text = "این عکس نیست\n".encode() * 40
    junk = DocumentFile(documents.keep(inspector, text), len(text), 2)
    report = replace(seen(town, case), photos=junk)
    assert not tell(town, inspector, case, ReportVisit(report))
    assert at_centre(town, case.case_id).state is State.ISSUED
    tick(town.house.centre)
    assert not recalls.listed(town.crew.expert).rows
    send(town, junk, text)
    tick(town.house.centre)
    (doubt,) = recalls.listed(town.crew.expert).rows
    assert doubt.case_id == case.case_id
    (told,) = doubt.changes
    assert (told.gate, told.code) == ("recent-visit", "pictures")
    return at_centre(town, case.case_id), doubt


def test_pictures_that_come_after_their_report_and_are_none_bring_its_letter_before_an_expert(
    small_town: Town,
) -> None:
    town, expert = small_town, small_town.crew.expert
    case, doubt = doubted(town)
    # Not stamped yet it falls at once; no record holds what is wrong with it, so a person looks.
    reason = "عکس محل نرسیده است"
    recalls.recall(expert, case, doubt.letter_id, reason, recalls.found_in(doubt), PASSWORD)
    town.house.municipality.sync()
    assert at_centre(town, case.case_id).state is State.IN_REVIEW
    said = following.clearing({}, "مأمور عکس‌ها را آورد")
    following.propose(town.crew, at_centre(town, case.case_id), said)
    town.house.municipality.sync()
    assert at_centre(town, case.case_id).state is State.ISSUED
    tick(town.house.centre)
    assert not recalls.listed(expert).rows
    # The visit took place: its half-day stays taken.
    assert list(audit(town.house.centre)) == []


def test_who_saw_that_pictures_are_none_may_let_the_letter_stand(small_town: Town) -> None:
    town, expert = small_town, small_town.crew.expert
    case, doubt = doubted(town)
    (whole,) = recalls.of_case(expert, case.case_id)
    assert "عکس نیست" in whole.changes[0].told
    found = recalls.found_in(whole)
    recalls.uphold(expert, case, doubt.letter_id, "مأمور عکس‌ها را آورد", found, PASSWORD)
    town.house.municipality.sync()
    tick(town.house.centre)
    assert not recalls.listed(expert).rows


@pytest.mark.parametrize(
    ("missed", "words"),
    [
        (lambda case: MissVisit("absent", "", None, sample_photos()[0]), "ساعت بازدید"),
        (lambda case: MissVisit("absent", "", at(case, 9), None), "عکس از در"),
        (lambda case: MissVisit("address", "", at(case, 9), None), "عکس از در"),
        (lambda case: MissVisit("entry", "", None, None), "ساعت بازدید"),
        (lambda case: MissVisit("absent", "", at(case, 12), sample_photos()[0]), "هنوز نرسیده"),
        (lambda case: MissVisit("absent", "", at(case, 7, 50), sample_photos()[0]), "۸:۰۰ تا"),
    ],
)
def test_nobody_was_away_before_his_hour_or_without_it(
    small_town: Town, missed: Callable[[Case], MissVisit], words: str
) -> None:
    town = small_town
    case = booked(town)
    assert case.slot is not None
    assert case.slot.half == 1
    assert words in tell(town, town.crew.inspector, case, missed(case))
    after = at_centre(town, case.case_id)
    assert (after.state, after.due_fee("visit")) == (State.BOOKED, 0)
    right = MissVisit("absent", "", at(case, 9), sample_photos()[0])
    assert not tell(town, town.crew.inspector, case, right)
    send(town, *sample_photos())
    assert at_centre(town, case.case_id).due_fee("visit")


def test_what_a_minute_ago_was_by_a_clock_that_is_ahead_has_come(small_town: Town) -> None:
    town = small_town
    case = booked(town)
    moment, inspector = town.clock.moment, town.crew.inspector
    ahead = moment + timedelta(minutes=3)
    with inspector.desk.store.writing() as session:
        outbox.put(
            session,
            ReportVisit(replace(seen(town, case), visited_at=ahead)),
            case_id=case.case_id,
            actor=inspector.staff.staff_id,
            at=ahead,
            signer=inspector.signer,
            base_rev=case.rev,
        )
    town.house.municipality.sync()
    assert at_centre(town, case.case_id).state is State.ISSUED


def test_a_negative_area_that_stands_is_put_right(
    small_town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An earlier centre took it from a report."""
    town = small_town
    case = booked(town)
    wrong = replace(seen(town, case), land="-5.00")
    monkeypatch.setattr("desktop.domain.lawful.report_faults", lambda *_: iter(()))
    monkeypatch.setattr("desktop.wire.arrival._MEASURES", frozenset())
    assert not tell(town, town.crew.inspector, case, ReportVisit(wrong))
    record = town.record(Scenario.OLD_VISIT)
    objected = object_to(town, record, Contested.LAND, claimed_area=f"{record.land:.2f}")
    done = uphold(town, objected, Correction(Contested.LAND, f"{record.land:.2f}", "-5.00"))
    assert done.state is State.ISSUED
