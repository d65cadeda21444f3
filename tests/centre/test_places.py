"""A visit's place is taken from an inspector: so many a half-day, in all districts together."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, select, text
from sqlalchemy.orm import Session

from desktop.actions import visits as asking
from desktop.centre import visits
from desktop.centre.people import enrol_person
from desktop.centre.publication_tables import PublishedRow
from desktop.centre.reference import publication
from desktop.centre.rostering import publish_rota
from desktop.centre.schema import SCRIPTS, upgrade_centre
from desktop.centre.tables import (
    CaseRow,
    CommandRow,
    DoubleToldRow,
    LetterRow,
    is_settled,
)
from desktop.centre.visit_tables import BookingRow, VisitSlotRow
from desktop.demo.following import book, case_now
from desktop.demo.people import ROUNDS
from desktop.domain.calendar import TEHRAN, WEEKDAYS, format_day_month, weekday
from desktop.domain.counter import Halves
from desktop.domain.errors import Refusal
from desktop.domain.office import MUNICIPALITY
from desktop.domain.people import Role, Staff
from desktop.domain.request import Slot
from desktop.domain.rota import Rota
from desktop.domain.state import State
from desktop.domain.stream import Topic, withdrawn_key
from desktop.sql.engine import Place, writer
from desktop.wire.canon import canon
from tests.town import Town

OWN, OTHER = "ali-kargar", "reza-bagheri"
WEEK = {day: [1, 2] for day in WEEKDAYS[:6]}


@pytest.fixture
def town(quick_town: Town) -> Town:
    """On either database, in the quick check too."""
    return quick_town


def today(town: Town) -> date:
    return town.clock.moment.astimezone(TEHRAN).date()


def publish(town: Town, **rounds: Mapping[str, object]) -> None:
    """The rounds of the inspectors, from today on."""
    town.house.put_in_force(
        publication(Topic.ROTA, name.replace("_", "-"), today(town), json.dumps(each))
        for name, each in rounds.items()
    )


def enrol_another(town: Town, staff_id: str = OTHER, name: str = "رضا باقری") -> None:
    """Another inspector, whose rounds nobody has published yet."""
    other = Staff(staff_id, name, Role.INSPECTOR, MUNICIPALITY, "00" * 32)
    with town.house.centre.writing() as session:
        enrol_person(session, other, town.clock.now())


def rota_of(town: Town) -> Rota:
    with town.house.centre.reading() as session:
        return town.house.centre.reference.rota(session, today(town))


def take(town: Town, slot: Slot, number: int) -> str:
    """A place on that half-day, for a case of that number; with whom."""
    with town.house.centre.writing() as session:
        return visits.book(session, f"case-{number}", slot, rota_of(town))


def taken(town: Town) -> dict[str, int]:
    with Session(town.house.centre.reader) as session:
        rows = session.scalars(select(VisitSlotRow).where(VisitSlotRow.taken > 0))
        return {row.staff_id: row.taken for row in rows}


def first(town: Town, district: int = 1) -> Slot:
    slot = asking.free_slots(town.crew.clerk, district, 1)[0]
    return Slot(slot.day, slot.half, slot.district)


@pytest.mark.slow
def test_one_man_has_six_visits_in_all_districts_together(town: Town) -> None:
    slot = first(town)
    for number in range(6):
        district = 1 + number % 5
        assert take(town, Slot(slot.day, slot.half, district), number) == "علی کارگر"
    for district in range(1, 6):
        with pytest.raises(Refusal, match="پر شده است") as full:
            take(town, Slot(slot.day, slot.half, district), 7)
        offered = asking.free_slots(town.crew.clerk, district, 1)[0]
        assert (offered.day, offered.half) != (slot.day, slot.half)
        # Who asked without a line is offered the next.
        assert Halves()[offered.half].words in full.value.words
        assert format_day_month(offered.day) in full.value.words
    assert taken(town) == {OWN: 6}


@pytest.mark.slow
def test_a_second_inspector_has_places_of_his_own_where_he_goes(town: Town) -> None:
    enrol_another(town)
    publish(town, reza_bagheri={"districts": [2], "half_days": WEEK, "visits": 4})
    slot = first(town, 2)
    assert asking.free_slots(town.crew.clerk, 2, 1)[0].left == 10
    assert asking.free_slots(town.crew.clerk, 1, 1)[0].left == 6
    with_whom = [take(town, slot, number) for number in range(10)]
    # By turns, as long as both have places.
    assert with_whom[:4] == ["علی کارگر", "رضا باقری", "علی کارگر", "رضا باقری"]
    assert taken(town) == {OWN: 6, OTHER: 4}
    with pytest.raises(Refusal, match="پر شده است"):
        take(town, slot, 11)


def test_nobody_is_sold_who_is_away_or_does_not_work_then(small_town: Town) -> None:
    town = small_town
    slot = first(town)
    day = weekday(slot.day)
    publish(town, ali_kargar={"districts": [1], "half_days": {**WEEK, day: [2]}})
    with pytest.raises(Refusal, match="مأموری به این منطقه نمی‌رود"):
        take(town, Slot(slot.day, 1, 1), 1)
    assert first(town) == Slot(slot.day, 2, 1)
    away = {"first": "1405/09/01", "last": "1405/09/20"}
    publish(town, ali_kargar={"districts": [1], "half_days": WEEK, "away": [away]})
    assert first(town).day > slot.day + timedelta(days=15)
    with pytest.raises(Refusal, match="گماشته نشده است"):
        asking.free_slots(town.crew.clerk, 2, 1)


def test_a_rota_comes_from_a_file_and_names_inspectors_only(small_town: Town) -> None:
    town = small_town
    file = '[[inspector]]\nwho = "{}"\ndistricts = [3]\nhalf_days = {{"شنبه" = [2]}}\n'
    centre, day = town.house.centre, today(town)
    with centre.writing() as session:
        publish_rota(session, file.format("علی كارگر"), "rota.toml", day, centre.clock())
    slot = first(town, 3)
    assert (weekday(slot.day), slot.half) == ("شنبه", 2)
    with pytest.raises(Refusal, match="ثبت‌شده نیست.*: zahra-fallah"), centre.writing() as session:
        publish_rota(session, file.format("zahra-fallah"), "rota.toml", day, centre.clock())


@pytest.mark.slow
def test_without_a_rota_nothing_is_sold_and_it_is_said(small_town: Town) -> None:
    town = small_town
    case_id = town.register(None, "no-violation", code="2-900-1-1-1-0-0")
    slot = first(town, 2)
    town.house.office.bell.ring = lambda: None
    book(town.crew, case_now(town.crew.clerk, case_id))
    with town.house.centre.reading() as session:
        query = select(PublishedRow).where(PublishedRow.topic == Topic.ROTA.value)
        rounds = session.scalars(query).one()
        version, day = rounds.version, rounds.effective_from
    gone = canon({"day": day.isoformat()})
    said = publication(Topic.WITHDRAWN, withdrawn_key(Topic.ROTA, OWN), today(town), gone)
    town.house.put_in_force([replace(said, version=version)])
    with pytest.raises(Refusal, match="هنوز منتشر نشده است"):
        asking.free_slots(town.crew.clerk, slot.district, 1)
    assert town.house.office.sync().well
    assert case_now(town.crew.clerk, case_id).state is State.VISIT_DUE


@pytest.mark.slow
def test_the_place_is_given_back_by_whom_it_was_taken_from(town: Town) -> None:
    enrol_another(town)
    publish(town, reza_bagheri={"districts": [2], "half_days": WEEK})
    case_id = town.register(None, "no-violation", code="2-900-1-1-1-0-0")
    book(town.crew, case_now(town.crew.clerk, case_id))
    booked = case_now(town.crew.clerk, case_id)
    assert (booked.inspector, taken(town)) == ("علی کارگر", {OWN: 1})
    # Another has the same name now: the place is his whose it was.
    publish(town, ali_kargar={"districts": [], "half_days": {}})
    assert booked.slot is not None
    later = next(
        Slot(each.day, each.half, each.district)
        for each in asking.free_slots(town.crew.clerk, 2, 9)
        if each.day > booked.slot.day
    )
    asking.move(town.crew.clerk, booked, later, "درخواست مالک")
    moved = case_now(town.crew.clerk, case_id)
    assert (moved.slot, moved.inspector) == (later, "رضا باقری")
    assert taken(town) == {OTHER: 1}
    # Two working days, of whatever week.
    town.clock.moment += timedelta(days=(later.day - today(town)).days + 5)
    town.house.municipality.sync()
    assert town.house.tick() == 1
    assert case_now(town.crew.clerk, case_id).state is State.VISIT_DUE


def before(engine: Engine) -> None:
    """A centre as an earlier program left it: booked visits, one letter, one thing that lacks."""
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0011_recalls")
        for staff_id, name in ((OTHER, "رضا باقری"), (OWN, "علی کارگر")):
            _add(
                connection, "person", staff_id=staff_id, office="municipality", name=name,
                role="inspector", key="", title="",
            )  # fmt: skip
        for number, inspector in enumerate(("علی کارگر", "علی کارگر", "نام پیشین", None)):
            _add(
                connection, "case", case_id=f"case-{number}", stream="office:21", rev=3,
                state="booked" if inspector else "returned", outcome="", first_outcome="",
                service="no-violation", tracking="", applicant="", code="", district=number,
                received_on="2026-11-20", registered_at="2026-11-23T21:10:00.000000Z",
                answer_ms=0, due_on="2026-12-01", updated_at="2026-11-23T21:10:00.000000Z",
                clerk="", slot_day="2026-11-28" if inspector else None, slot_half=1,
                inspector=inspector or "", sampled="", looked=False, recall=False, doubted=False,
                claimed=False, folded="",
            )  # fmt: skip
        _add(
            connection, "letter", office="21", year=1405, serial=1, letter_id="letter-1",
            case_id="case-2", kind="answer", signature="", issued_at="2026-11-23T21:10:00.000000Z",
            state="issued", copies=1,
        )  # fmt: skip
        for pos, (case_id, kind, payload) in enumerate(
            (
                ("case-3", "returned", {"until": "2026-11-20"}),
                ("case-3", "returned", {"until": "2026-12-01"}),
                ("case-0", "double-told", {"tracking": "22-050903-01-0001-1"}),
            ),
            start=1,
        ):
            _add(
                connection, "fact", stream="office:21", pos=pos, fact_id=f"fact-{pos}",
                case_id=case_id, rev=pos, cause="", kind=kind, at="2026-11-23T21:10:00.000000Z",
                canon=json.dumps({"payload": payload}), hash="",
            )  # fmt: skip
        for seq in (1, 2):
            _add(
                connection, "command", device_id="device-1", device_seq=seq,
                command_id=f"command-{seq}", case_id="case-0", kind="amend", state="held",
                received_at="2026-11-23T21:10:00.000000Z", canon="", hash="",
            )  # fmt: skip
        _add(
            connection, "held_settled", command_id="command-2", state="done",
            settled_at="2026-11-24T07:00:00.000000Z",
        )  # fmt: skip


def _add(connection: Connection, table: str, **columns: object) -> None:
    names, values = ", ".join(columns), ", ".join(f":{name}" for name in columns)
    connection.execute(text(f'INSERT INTO "{table}" ({names}) VALUES ({values})'), columns)


@pytest.mark.slow
def test_visits_booked_before_are_booked_with_whom_they_were_promised(
    any_url: Place, disposed: Callable[[Engine], Engine]
) -> None:
    engine = disposed(writer(any_url))
    before(engine)
    upgrade_centre(engine)
    with Session(engine) as session:
        booked = {row.case_id: row.staff_id for row in session.scalars(select(BookingRow))}
        places = {row.staff_id: row.taken for row in session.scalars(select(VisitSlotRow))}
    # Who is no longer known by that name was promised somebody all the same: the first of them.
    assert booked == {"case-0": OWN, "case-1": OWN, "case-2": OTHER}
    assert places == {OWN: 2, OTHER: 1}


@pytest.mark.slow
def test_what_days_and_ticks_ask_for_is_filled_from_what_was_there(
    any_url: Place, disposed: Callable[[Engine], Engine]
) -> None:
    engine = disposed(writer(any_url))
    before(engine)
    upgrade_centre(engine)
    with Session(engine) as session:
        rows = {row.case_id: row for row in session.scalars(select(CaseRow))}
        letter = session.scalars(select(LetterRow)).one()
        told = session.scalars(select(DoubleToldRow)).one()
        still_held = list(session.scalars(select(CommandRow.command_id).where(~is_settled())))
    # Twenty to one at night in Yazd, on the next day.
    assert {row.hour for row in rows.values()} == {0}
    assert (letter.issued_on, letter.received_on) == (date(2026, 11, 24), date(2026, 11, 20))
    assert (letter.service, letter.district) == ("no-violation", 2)
    assert {case_id: row.lapses_on for case_id, row in rows.items() if row.lapses_on} == {
        "case-3": date(2026, 12, 1)
    }
    assert (told.stream, told.case_id) == ("office:21", "case-0")
    assert still_held == ["command-1"]


def test_the_demos_rounds_are_what_is_published(small_town: Town) -> None:
    rota = rota_of(small_town)
    assert [each.staff_id for each in rota.inspectors] == [staff_id for staff_id, _ in ROUNDS]
    assert rota.inspectors[0].visits == 6
