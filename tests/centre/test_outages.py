"""An outage is known by what came late for it, once, and by the hours at which the centre slept."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from desktop.centre import outages
from desktop.centre.outage_tables import OutageRow
from desktop.demo.city import Scenario
from desktop.domain.bulletin import Outages
from tests.houses import MORNING
from tests.town import Town


def kept(town: Town) -> list[tuple[str, int, int]]:
    """Office, minutes, and how many acts were delayed."""
    with town.house.centre.reading() as session:
        rows = session.scalars(select(OutageRow).order_by(OutageRow.since))
        return [
            (row.office, round((row.until - row.since).total_seconds() / 60), row.delayed)
            for row in rows
        ]


def test_acts_that_came_at_once_tell_of_no_outage(quick_town: Town) -> None:
    quick_town.register(quick_town.record(Scenario.CLEAN))
    quick_town.house.office.sync()
    assert kept(quick_town) == []


def test_what_a_line_delayed_is_one_outage(quick_town: Town) -> None:
    town = quick_town
    town.house.office.sync()
    town.house.cut_line(True)
    for at in range(3):
        town.register(town.record(Scenario.CLEAN, at))
        town.clock.moment += timedelta(minutes=20)
    town.house.cut_line(False)
    while town.house.office.sync().more:
        pass
    ((office, minutes, delayed),) = kept(town)
    assert (office, minutes) == ("21", 60)
    # A request and its fee each.
    assert delayed == 6
    # Sent again it is no second one, and what comes now is not late.
    town.register(town.record(Scenario.CLEAN, 5))
    town.house.office.sync()
    assert kept(town) == [(office, minutes, delayed)]
    since = MORNING - timedelta(hours=1)
    with town.house.centre.reading() as session:
        told = outages.between(session, since, since + timedelta(days=1), outages.LINE)
    assert told == Outages(1, 1, 6)


def test_the_centre_tells_the_hours_at_which_it_did_not_run(quick_town: Town) -> None:
    centre = quick_town.house.centre
    for hours in (0, 1, 2, 8):
        with centre.writing() as session:
            outages.beat(session, MORNING + timedelta(hours=hours))
    with centre.reading() as session:
        told = outages.between(session, MORNING, MORNING + timedelta(days=1), outages.CENTRE)
    assert told == Outages(1, 6, 0)
