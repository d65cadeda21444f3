"""The planner's week counts what is promised, and of it what was reported."""

from __future__ import annotations

from collections import Counter

import pytest

from desktop.actions import visits
from desktop.demo.city import Scenario
from desktop.demo.following import book, case_now, miss, report
from desktop.domain.errors import Refusal
from tests.centre.test_places import WEEK, publish
from tests.centre.test_rearranging import booked
from tests.town import Town


@pytest.mark.slow
def test_the_week_tells_who_goes_where_and_what_must_move(small_town: Town) -> None:
    town = small_town
    first, _ = booked(town, 2)
    assert first.slot is not None
    day, half = first.slot.day, first.slot.half
    week = visits.week(town.crew.planner, day, 7)
    (inspector,) = week.inspectors
    assert (inspector.name, inspector.districts) == ("علی کارگر", [1, 2, 3, 4, 5])
    (held,) = (each for each in inspector.halves if (each.day, each.half) == (day, half))
    assert (held.most, held.booked, held.done, held.away) == (6, 2, 0, False)
    # Nobody's records tell where these are.
    assert held.where == {"": 2}
    fridays = [each for each in week.days if each.day.weekday() == 4]
    assert [each.closed for each in fridays] == ["جمعه"]
    assert week.to_move == 0
    publish(town, ali_kargar={"districts": [1], "half_days": WEEK})
    week = visits.week(town.crew.planner, day, 7)
    assert (week.to_move, week.inspectors[0].districts) == (2, [1])
    with pytest.raises(Refusal, match="برنامه‌ریز"):
        visits.week(town.crew.inspector, day, 7)


@pytest.mark.slow
def test_of_what_no_record_holds_the_address_tells_the_neighbourhood(small_town: Town) -> None:
    town = small_town
    given = ("یزد، نعیم‌آباد، کوچهٔ ۸", "محلهٔ نعیم آباد، خیابان کاشانی", "خیابان کاشانی")
    for number, address in enumerate(given, start=1):
        code = f"2-900-1-{number}-1-0-0"
        case_id = town.register(None, "no-violation", code=code, address=address)
        book(town.crew, case_now(town.crew.clerk, case_id))
    recorded = town.record(Scenario.OLD_VISIT)
    case_id = town.register(recorded, "no-violation")
    book(town.crew, case_now(town.crew.clerk, case_id))
    slot = case_now(town.crew.clerk, case_id).slot
    assert slot is not None
    (inspector,) = visits.week(town.crew.planner, slot.day, 1).inspectors
    found: Counter[str] = Counter()
    for half in inspector.halves:
        found.update(half.where)
    assert found == Counter({"نعیم‌آباد": 2, "": 1}) + Counter([recorded.neighbourhood])


@pytest.mark.slow
def test_the_week_counts_as_done_what_was_reported(small_town: Town) -> None:
    town = small_town
    cases = booked(town, 3)
    first = cases[0].slot
    assert first is not None
    assert [case.slot for case in cases] == [first] * 3
    town.go_to_visit(cases[0])
    town.house.municipality.sync()
    report(town.crew, cases[0], town.clock.moment)
    miss(town.crew, cases[1], "absent", town.clock.moment)
    halves = visits.week(town.crew.planner, first.day, 7).inspectors[0].halves
    (held,) = (each for each in halves if (each.day, each.half) == (first.day, first.half))
    # Who was not there was not visited, and nobody is awaited there any more.
    assert (held.booked, held.done, held.where) == (2, 1, {"": 2})
