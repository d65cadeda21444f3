"""The inspector's day: his own visits alone, kept at his desk, in his order, without a line too."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any, NoReturn

import pytest

from desktop.actions import counter_acts, visit_day, visit_pack, visits
from desktop.actions.desk import Seat
from desktop.demo.city import Scenario
from desktop.demo.following import book, case_now
from desktop.domain.commands import ReportVisit
from desktop.domain.errors import LineDown, Refusal
from desktop.domain.papers import PackPart
from desktop.store import readings
from desktop.ui.pages.municipality.shown import looked_at
from desktop.wire import calls
from desktop.wire.visit_day import VisitDayAsk
from tests.actions.test_visits import booked, seen, today
from tests.reports.reading import in_order, text_of
from tests.town import Town, every_link


def _down(*_: Any) -> NoReturn:
    raise LineDown


def without_line(seat: Seat) -> Seat:
    """The same person at the same desk, the line cut."""
    return replace(seat, desk=replace(seat.desk, ask=_down, nudge=lambda: None))


@pytest.mark.slow
@every_link
def test_the_day_tells_where_to_go_what_to_look_at_and_what_the_records_hold(town: Town) -> None:
    record = town.record(Scenario.OLD_VISIT)
    case_id = town.register(record, "no-violation")
    book(town.crew, case_now(town.crew.clerk, case_id))
    unknown = booked(town)
    assert unknown.slot is not None
    day = visit_day.look(town.crew.inspector, unknown.slot.day)
    assert day.live
    visit = day.visits[day.place(case_id)]
    assert visit.address == record.address
    assert visit.point == (record.latitude, record.longitude)
    assert visit.held is not None
    assert (visit.held.land, visit.held.floors) == (f"{record.land:.2f}", record.floors)
    assert visit.open
    assert [each.gate for each in visit.asks] == ["recent-visit"]
    bare = day.visits[day.place(unknown.case_id)]
    assert (bare.held, bare.case.no_record) == (None, True)
    told = visit.held.model_dump_json()
    assert all(owner.last_name not in told for owner in record.owners)
    # What he takes along says what to look at there.
    packed = visit_pack.pack(town.crew.inspector, day, [PackPart.SLIP])
    assert in_order(["تغییر", "پس", "از", "بازدید", "پیشین"], text_of(packed)) == 1


@pytest.mark.slow
def test_without_a_line_the_day_is_here_and_a_report_waits(small_town: Town) -> None:
    town = small_town
    case = booked(town)
    inspector = town.crew.inspector
    assert case.slot is not None
    cut = without_line(inspector)
    with pytest.raises(LineDown):
        visit_day.look(cut, case.slot.day)
    visit_day.refresh(inspector)
    town.clock.moment += case.slot.day - today(town)
    day = visit_day.look(cut, case.slot.day)
    assert not day.live
    (visit,) = day.visits
    assert (visit.case.case_id, visit.open) == (case.case_id, True)
    visits.report(cut, visit.case, seen(town))
    (after,) = visit_day.look(cut, case.slot.day).visits
    assert (after.sent, after.open) == (ReportVisit.kind, False)
    town.house.municipality.sync()
    (settled,) = visit_day.look(inspector, case.slot.day).visits
    assert (settled.booked, settled.sent) == (False, "")
    assert settled.case.report is not None


@pytest.mark.slow
def test_the_order_is_the_inspectors_and_stays(small_town: Town) -> None:
    town = small_town
    one, other = booked(town), booked(town, "2-900-1-2-1-0-0")
    assert one.slot is not None
    inspector = town.crew.inspector
    day = visit_day.look(inspector, one.slot.day)
    ids = [visit.case.case_id for visit in day.visits]
    assert set(ids) == {one.case_id, other.case_id}
    visit_day.move(inspector, day, ids[1], -1)
    again = visit_day.look(inspector, one.slot.day)
    assert [visit.case.case_id for visit in again.visits] == ids[::-1]


@pytest.mark.slow
def test_only_an_inspector_is_told_and_only_of_his_own(small_town: Town) -> None:
    town = small_town
    case = booked(town)
    assert case.slot is not None
    ask = VisitDayAsk(actor=town.crew.planner.staff.staff_id, first=today(town), days=3)
    with pytest.raises(Refusal, match="مأمور بازدید"):
        town.crew.planner.desk.ask(calls.VISIT_DAY, ask)
    # Of a day that is past, and of one beyond, nothing is told.
    inspector = town.crew.inspector
    assert visit_day.look(inspector, case.slot.day + timedelta(days=30)).visits == ()


@pytest.mark.slow
def test_a_second_visit_is_open_though_the_first_was_told_here(small_town: Town) -> None:
    town = small_town
    case = booked(town)
    inspector = town.crew.inspector
    assert case.slot is not None
    town.clock.moment += case.slot.day - today(town)
    visits.miss(inspector, case, "entry", "", at=town.clock.moment)
    town.house.office.sync()
    (missed,) = visit_day.look(inspector, case.slot.day).visits
    assert (missed.open, missed.sent) == (False, "")
    again = case_now(town.crew.clerk, case.case_id)
    book(town.crew, again)
    slot = case_now(town.crew.clerk, case.case_id).slot
    assert slot is not None
    (second,) = visit_day.look(inspector, slot.day).visits
    assert (second.open, second.sent) == (True, "")


@pytest.mark.slow
def test_a_report_that_the_centre_refused_is_asked_again(small_town: Town) -> None:
    town = small_town
    case = booked(town)
    inspector = town.crew.inspector
    assert case.slot is not None
    visit_day.refresh(inspector)
    counter_acts.withdraw(town.crew.clerk, case.case_id, "فروخته شد")
    town.clock.moment += case.slot.day - today(town)
    visits.report(without_line(inspector), case, seen(town))
    town.house.municipality.sync()
    assert visit_day.unsettled(inspector.desk, case.case_id, ()) == ""


@pytest.mark.slow
def test_what_an_inspector_opens_without_a_line_is_written_at_his_desk(small_town: Town) -> None:
    town = small_town
    case = booked(town)
    assert case.slot is not None
    inspector, day = town.crew.inspector, case.slot.day
    cut = without_line(inspector)
    visit_day.look(inspector, day, opens=True)

    def written() -> list[tuple[str, str]]:
        since = town.clock.moment - timedelta(days=1)
        with inspector.desk.store.reading() as session:
            lines, _ = readings.between(session, since, since + timedelta(days=2), 10)
        return [(line.what, line.way) for line in lines if line.case_id == case.case_id]

    assert written() == []
    visit_day.look(cut, day, opens=True)
    visit_day.look(cut, day)
    assert written() == [("case", "page")]
    looked_at(cut, case.case_id)
    assert written() == [("case", "page")] * 2
    visit_pack.pack(cut, visit_day.look(cut, day), [*PackPart])
    assert written()[0] == ("case", "print")
