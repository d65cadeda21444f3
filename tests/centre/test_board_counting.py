"""Every figure of the supervisor's page is what the facts come to, and a wrong one is seen."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import update

from desktop.actions import board, city_board
from desktop.centre import board_counting
from desktop.centre.context import day_of
from desktop.centre.offices import all_offices
from desktop.centre.sum_tables import RequestSumRow
from desktop.demo.city import Scenario
from desktop.demo.following import case_now
from desktop.domain.stream import office_stream
from desktop.wire.board_cases import Figure
from tests.town import Town

_DAYS = 60


def unlike(town: Town) -> tuple[int, list[str]]:
    """How many figures the page has, and those that the facts give otherwise."""
    at, last = town.clock.now(), day_of(town.clock.now())
    page = board_counting.told(board.city_day(town.crew.supervisor, last, days=_DAYS))
    with town.house.centre.reading() as session:
        calendar = town.house.centre.reference.city(session, last).calendar
        codes = {office_stream(of): one.on(last).code for of, one in all_offices(session).items()}
        first = last - timedelta(days=_DAYS - 1)
        called = town.house.office.desk.sync_status().last_heard
        assert called is not None
        heard = {"21": called}
        facts = board_counting.counted(session, first, last, calendar, codes, heard, at)
    return len(page), board_counting.unlike(page, facts)


@pytest.mark.slow
def test_the_page_says_what_the_facts_say(quick_town: Town) -> None:
    town = quick_town
    asked = [town.register(town.record(each)) for each in Scenario]
    town.register(town.record(Scenario.CLEAN, 3), "no-violation")
    town.register(town.record(Scenario.CLEAN, 4), pay=False)
    town.house.office.sync()
    assert case_now(town.crew.clerk, asked[0]).answer is not None
    # Weeks later some of them are past their day.
    town.clock.moment += timedelta(days=40)
    count, different = unlike(town)
    assert different == []
    assert count > 50
    # A sum that lost one is seen, in each place where it is told.
    with town.house.centre.writing() as session:
        lost = RequestSumRow.received - 1
        where = (RequestSumRow.received > 0, RequestSumRow.cut == "clerk")
        session.execute(update(RequestSumRow).where(*where).values(received=lost))
    _, different = unlike(town)
    assert different
    assert all(each.startswith("clerk 21/") for each in different)


@pytest.mark.slow
def test_a_list_is_read_page_by_page_to_its_end(
    quick_town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    town = quick_town
    asked = [town.register(town.record(Scenario.CLEAN, number)) for number in range(5)]
    town.house.office.sync()
    monkeypatch.setattr(city_board, "_AT_ONCE", 2)
    today = town.clock.moment.date()
    of = city_board.Narrowed(Figure.RECEIVED, today, today)
    pages = list(city_board.all_cases(town.crew.supervisor, of))
    assert [len(page) for page in pages] == [2, 2, 1]
    assert [row.case_id for page in pages for row in page] == sorted(asked, reverse=True)
