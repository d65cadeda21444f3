"""What time brings about: reports that never came, and terms that lapsed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import replace
from datetime import timedelta
from time import sleep
from typing import NoReturn

import psycopg
import pytest
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from desktop import journal
from desktop.actions import board, counter_acts, visits
from desktop.centre import tick
from desktop.centre.context import day_of
from desktop.centre.streams import load_case
from desktop.demo.city import Scenario
from desktop.demo.following import book, case_now
from desktop.domain.applying import UnlawfulFact
from desktop.domain.case import Case
from desktop.domain.errors import Refusal
from desktop.domain.line import Why
from desktop.domain.papers import Defect
from desktop.domain.request import Slot
from desktop.domain.state import State
from desktop.sql import engine
from desktop.sql.asked import asked
from desktop.trial.counters import new_counter
from tests.houses import MORNING
from tests.town import Town


@pytest.mark.slow
def test_a_visit_without_a_report_is_missed_without_another_fee(town: Town) -> None:
    case_id = town.register(None, "no-violation", code="2-900-1-1-1-0-0")
    book(town.crew, case_now(town.crew.clerk, case_id))
    booked = case_now(town.crew.clerk, case_id)
    assert booked.slot is not None
    assert town.house.tick() == 0
    days = (booked.slot.day - town.clock.moment.date()).days
    # Thursday and Friday are no days on which he could report.
    town.clock.moment += timedelta(days=days + 2)
    assert town.house.tick() == 0
    town.clock.moment += timedelta(days=3)
    town.house.municipality.sync()
    assert town.house.tick() == 1
    case = case_now(town.crew.clerk, case_id)
    assert case.state is State.VISIT_DUE
    assert case.missed is not None
    assert not case.due_fee("visit")
    assert town.house.tick() == 0


@pytest.mark.slow
def test_a_deficiency_that_nobody_mended_lapses(town: Town) -> None:
    case_id = town.register(None, "no-violation", code="2-900-1-2-1-0-0", pay=False)
    defect = Defect("سند مالکیت", "خوانا نیست", "تصویر تازه")
    counter_acts.lack_documents(town.crew.clerk, case_id, "", (defect,))
    returned = case_now(town.crew.clerk, case_id).returned
    assert returned is not None
    # Ten days on is a Friday, when nobody could bring it.
    assert returned.until == MORNING.date() + timedelta(days=11)
    town.clock.moment += timedelta(days=11)
    assert town.house.tick() == 0
    town.clock.moment += timedelta(days=1)
    assert town.house.tick() == 1
    assert case_now(town.crew.clerk, case_id).state is State.WITHDRAWN


@pytest.mark.long
def test_what_is_not_due_is_not_read(town: Town) -> None:
    """A visit to come, a term that runs, a double that both know of: no case is read for them."""
    booked = town.register(None, "no-violation", code="2-900-1-1-1-0-0")
    book(town.crew, case_now(town.crew.clerk, booked))
    lacking = town.register(None, "no-violation", code="2-900-1-2-1-0-0", pay=False)
    defect = Defect("سند مالکیت", "خوانا نیست", "تصویر تازه")
    counter_acts.lack_documents(town.crew.clerk, lacking, "", (defect,))
    other = new_counter(town.house.centre, "31")
    other.push(*other.register(town.record(Scenario.DEED)))
    town.register(town.record(Scenario.DEED), "no-violation")
    assert town.house.tick() == 2
    centre = town.house.centre
    with asked(centre.reader, centre.writer) as statements:
        assert tick.tick(centre) == 0
    assert not [each.words for each in statements if "FROM fact" in each.words]
    town.clock.moment += timedelta(days=30)
    assert town.house.tick() == 2


@pytest.mark.slow
def test_one_process_does_what_is_due(postgres_town: Town) -> None:
    town = postgres_town
    case_id = town.register(None, "no-violation", code="2-900-1-2-1-0-0", pay=False)
    defect = Defect("سند مالکیت", "خوانا نیست", "تصویر تازه")
    counter_acts.lack_documents(town.crew.clerk, case_id, "", (defect,))
    town.clock.moment += timedelta(days=30)
    centre = town.house.centre
    with tick.alone(centre) as ours:
        assert ours
        assert town.house.tick() == 0
    assert town.house.tick() == 1


@pytest.mark.long
def test_however_long_it_takes_it_stays_one_process(
    postgres_town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "LONG", replace(engine.LONG, silence=1))
    centre = postgres_town.house.centre
    with tick.alone(centre) as ours:
        assert ours
        sleep(1.5)
        with tick.alone(centre) as others:
            assert not others


@pytest.mark.slow
@pytest.mark.parametrize("state", ["returned", "booked"])
def test_one_bad_case_stops_neither_the_others_nor_a_start(
    small_town: Town, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, state: str
) -> None:
    town = small_town
    both = [
        town.register(None, "no-violation", code=f"2-900-1-{n}-1-0-0", pay=state == "booked")
        for n in (1, 2)
    ]
    for case_id in both:
        if state == "booked":
            book(town.crew, case_now(town.crew.clerk, case_id))
        else:
            defect = Defect("سند مالکیت", "خوانا نیست", "تصویر تازه")
            counter_acts.lack_documents(town.crew.clerk, case_id, "", (defect,))

    def read(session: Session, case_id: str) -> Case | None:
        if case_id == both[0]:
            raise UnlawfulFact("a fact that this program's table does not allow")
        return load_case(session, case_id)

    monkeypatch.setattr(tick, "load_case", read)
    town.clock.moment += timedelta(days=60)
    assert town.house.tick() == 1
    ended = {"booked": State.VISIT_DUE, "returned": State.WITHDRAWN}[state]
    assert case_now(town.crew.clerk, both[1]).state is ended
    assert caplog.text.count(f"case {both[0]} waits") == 1


@pytest.mark.slow
def test_what_was_mended_before_its_turn_came_does_not_lapse(town: Town) -> None:
    """What is due is listed first, and each is done under its case's lock."""
    clerk = town.crew.clerk
    case_id = town.register(None, "no-violation", code="2-900-1-2-1-0-0", pay=False)
    defect = Defect("سند مالکیت", "خوانا نیست", "تصویر تازه")
    counter_acts.lack_documents(clerk, case_id, "", (defect,))
    town.clock.moment += timedelta(days=12)
    centre, at = town.house.centre, town.clock.moment
    with centre.reading() as session:
        (due,) = tick._lapsed(session, centre, at)
    held = case_now(clerk, case_id).request.documents[0]
    counter_acts.amend(clerk, case_id, {}, (held,))
    town.house.office.sync()
    assert case_now(clerk, case_id).state is State.FEE_DUE
    assert not tick._done(centre, due, at)
    assert case_now(clerk, case_id).state is State.FEE_DUE


@pytest.mark.slow
def test_a_visit_that_was_moved_before_its_turn_came_is_not_missed(town: Town) -> None:
    clerk = town.crew.clerk
    case_id = town.register(None, "no-violation", code="2-900-1-1-1-0-0")
    book(town.crew, case_now(clerk, case_id))
    town.clock.moment += timedelta(days=12)
    centre, at = town.house.centre, town.clock.moment
    with centre.reading() as session:
        (due,) = tick._unreported(session, centre, at)
    free = visits.free_slots(clerk, 2, 1)[0]
    slot = Slot(free.day, free.half, free.district)
    planner = town.crew.planner
    visits.move(planner, board.municipal_look(planner, case_id).case, slot, "بیماری مأمور")
    town.house.municipality.sync()
    town.house.office.sync()
    moved = case_now(clerk, case_id).slot
    assert not tick._done(centre, due, at)
    assert case_now(clerk, case_id).slot == moved
    assert case_now(clerk, case_id).state is State.BOOKED


@pytest.mark.long
def test_what_is_done_each_minute_keeps_nothing_of_the_hour_back(
    postgres_town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    centre = postgres_town.house.centre
    done: list[int] = []

    def minute(_: object) -> int:
        # It may last: records that were put into force have many wait for them.
        done.append(tick.tick(centre))
        return 0

    monkeypatch.setattr(tick, "_all_due", lambda _: 1)
    monkeypatch.setattr(tick, "decide_waiting", minute)
    tick.each_minute(centre)
    assert done == [1]


@pytest.mark.slow
def test_a_visit_waits_for_its_report_while_a_desk_may_have_it(town: Town) -> None:
    clerk = town.crew.clerk
    case_id = town.register(None, "no-violation", code="2-900-1-1-1-0-0")
    book(town.crew, case_now(clerk, case_id))
    town.house.municipality.sync()
    booked = case_now(clerk, case_id)
    assert booked.slot is not None
    centre, now = town.house.centre, town.clock.moment
    days = (booked.slot.day - day_of(now)).days

    def due() -> int:
        with centre.reading() as session:
            return len(list(tick._unreported(session, centre, town.clock.moment)))

    # The laptop on which it may have been reported was not heard since; a week is too long.
    town.clock.moment = now + timedelta(days=days + 5)
    assert due() == 0
    town.clock.moment = now + timedelta(days=days + 13)
    assert due() == 1
    town.clock.moment = now + timedelta(days=days + 5)
    town.house.municipality.sync()
    assert due() == 1


@pytest.mark.slow
def test_what_one_list_cannot_read_stops_no_other(
    small_town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    town = small_town
    case_id = town.register(None, "no-violation", code="2-900-1-2-1-0-0", pay=False)
    defect = Defect("سند مالکیت", "خوانا نیست", "تصویر تازه")
    counter_acts.lack_documents(town.crew.clerk, case_id, "", (defect,))
    town.clock.moment += timedelta(days=12)

    def newer(*_: object, **__: object) -> NoReturn:
        raise Refusal("این داده برای برنامهٔ تازه‌تری است.")

    monkeypatch.setattr(tick, "doubles", newer)
    monkeypatch.setattr(tick, "_still_reported", newer)
    assert town.house.tick() == 1
    assert case_now(town.crew.clerk, case_id).state is State.WITHDRAWN


@pytest.mark.parametrize(("state", "goes_on"), [("55P03", True), ("08006", False), ("", False)])
def test_a_fault_of_the_database_is_nobodys_bug_and_its_loss_ends_the_round(
    state: str, goes_on: bool, small_town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked_for: list[str] = []

    def faulty(*_: object) -> NoReturn:
        told = psycopg.Error("on purpose")
        told.sqlstate = state or None
        raise OperationalError("SELECT", {}, told)

    def next_one(*_: object) -> Iterator[NoReturn]:
        asked_for.append("next")
        return iter(())

    monkeypatch.setattr(tick, "_SOURCES", (faulty, next_one))
    reported: list[BaseException] = []
    monkeypatch.setattr(journal, "report", reported.append)
    with nullcontext() if goes_on else pytest.raises(OperationalError):
        tick.tick(small_town.house.centre)
    assert (bool(asked_for), reported) == (goes_on, [])


@pytest.mark.slow
def test_by_a_clock_before_the_first_figures_nobody_decides_and_nothing_is_lost(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    office, centre, right = town.house.office, town.house.centre, town.clock.moment
    monkeypatch.setattr(office.bell, "ring", lambda: None)
    case_id = town.register(town.record(Scenario.CLEAN), pay=False)
    reported: list[BaseException] = []
    monkeypatch.setattr(journal, "report", reported.append)
    town.clock.moment = right - timedelta(days=10_000)
    tick.each_minute(centre)
    assert tick.tick(centre) == 0
    assert not office.sync().well
    trouble = office.desk.sync_status().trouble
    assert trouble is not None
    assert trouble.why is Why.NO_FIGURES
    town.clock.moment = right
    assert office.sync().well
    case = case_now(town.crew.clerk, case_id)
    assert (case.state, case.rev) == (State.FEE_DUE, 2)
    assert reported == []
