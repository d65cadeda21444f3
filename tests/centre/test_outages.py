"""An outage is known by what came late for it, once, and by the hours at which the centre slept."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta

from sqlalchemy import select

from desktop.actions.board import city_day
from desktop.centre import outages
from desktop.centre.offices import all_offices
from desktop.centre.outage_tables import OutageRow
from desktop.demo.city import Scenario
from desktop.domain.bulletin import Outages
from desktop.domain.calendar import TEHRAN
from desktop.domain.hours import Hours, Span
from desktop.wire.payloads import OutageBody
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


def test_who_does_not_call_in_its_hours_is_down_and_logged_once_it_is_back(
    quick_town: Town,
) -> None:
    town = quick_town
    town.house.office.sync()
    hours = Hours(week=((Span(7 * 60, 14 * 60),),) * 7)
    with town.house.centre.reading() as session:
        (card,) = (
            replace(one.on(MORNING.date()), hours=hours)
            for key, one in all_offices(session).items()
            if key == "21"
        )
        calendar = town.house.centre.reference.city(session, MORNING.date()).calendar
        called = outages.called(session)
        heard = called["21"].heard_at
        assert heard is not None
        cards = {"21": card, "5": replace(card, hours=None)}
        silent = {**called, "5": called["21"]}

        def down(**later: int) -> list[OutageBody]:
            return outages.going_on(silent, cards, calendar, heard + timedelta(**later))

        assert down(minutes=20) == []
        (one,) = down(minutes=45)
        assert (one.office_id, one.office, one.since, one.until) == ("21", "21", heard, None)
        # Shut, it need not call; on the morning after, time counts from its opening.
        assert down(hours=6) == []
        opened = datetime.combine(MORNING.date() + timedelta(days=1), time(7), TEHRAN)
        later = opened + timedelta(minutes=31)
        (next_day,) = outages.going_on(silent, cards, calendar, later)
        assert next_day.since == opened
    town.house.cut_line(True)
    town.register(town.record(Scenario.CLEAN))
    town.clock.moment += timedelta(minutes=40)
    town.house.cut_line(False)
    town.house.office.sync()
    told = city_day(town.crew.supervisor, MORNING.date())
    assert [(each.office_id, each.delayed, each.until is None) for each in told.outages] == [
        ("21", 2, False)
    ]
    assert told.outages_ended == 1


def test_the_centre_tells_the_hours_at_which_it_did_not_run(quick_town: Town) -> None:
    centre = quick_town.house.centre
    for hours in (0, 1, 2, 8):
        with centre.writing() as session:
            outages.beat(session, MORNING + timedelta(hours=hours))
    with centre.reading() as session:
        told = outages.between(session, MORNING, MORNING + timedelta(days=1), outages.CENTRE)
    assert told == Outages(1, 6, 0)
