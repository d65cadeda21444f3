"""A day of a city of a hundred offices: PostgreSQL, left to itself, reads none of it whole."""

from __future__ import annotations

import pytest

from desktop.actions import board, visits
from desktop.centre import tick
from desktop.centre.bulk import crowd, grow
from desktop.centre.copied import tend
from desktop.demo.city import Scenario
from desktop.sql.asked import asked
from tests.centre.test_plans import acts, papers
from tests.houses import MORNING
from tests.plans import whole_reads
from tests.town import Town

CASES, OFFICES, HISTORIES = 80_000, 100, 150
# What the day made long; PostgreSQL rightly reads a table of a few rows whole.
LARGE = {"booked_visit", "case", "command", "fact", "letter"}


@pytest.mark.long
@pytest.mark.timeout(1800)
def test_a_day_of_eighty_thousand_cases_is_read_by_indexes(
    postgres_town: Town, postgres_place: str
) -> None:
    town = postgres_town
    centre, crew, today = town.house.centre, town.crew, MORNING.date()
    supervisor = crew.supervisor
    papers(town)
    acts(town)
    assert grow(centre.writer, "office:21", HISTORIES) > 5_000
    crowd(centre.writer, CASES, OFFICES)
    tend(postgres_place)
    assert board.municipal_queue(supervisor).total > CASES
    with asked(centre.reader, centre.writer) as statements:
        for seat in (supervisor, crew.expert, crew.inspector, crew.finance):
            board.municipal_queue(seat)
        board.municipal_queue(supervisor, text="یزد", office="21", overdue=True)
        board.municipal_queue(supervisor, received=(today, today))
        board.municipal_queue(crew.expert, holder="mine", district=2)
        board.municipal_queue(crew.expert, holder="free")
        board.city_day(supervisor, today, days=7)
        board.watched(supervisor)
        visits.week(crew.planner, today, 7)
        town.register(town.record(Scenario.CLEAN, 9), "no-violation")
        while town.house.office.sync().more:
            pass
        tick.tick(centre)
    assert whole_reads(centre.writer, statements, LARGE, large=True) == {}
