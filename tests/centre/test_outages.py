"""An outage is known by what came late for it, once, and by the hours at which the centre slept."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest
from sqlalchemy import select

from desktop.actions.board import city_day
from desktop.centre import outages
from desktop.centre.context import CENTRE_ACTOR
from desktop.centre.offices import add_term, all_offices
from desktop.centre.outage_tables import OutageRow
from desktop.centre.people import tell
from desktop.centre.shipping import published_card
from desktop.centre.tables import DeviceRow
from desktop.chance import new_id
from desktop.demo.city import Scenario
from desktop.domain.bulletin import Outages
from desktop.domain.calendar import TEHRAN, OfficeCalendar
from desktop.domain.hours import Hours, Span
from desktop.domain.office import MUNICIPALITY
from desktop.store import outbox
from desktop.wire.board import OutageBody
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


OPEN = Hours(week=((Span(7 * 60, 14 * 60),),) * 7)


def of_the_day(town: Town, hours: Hours | None) -> tuple[Outages, Outages]:
    """Of lines and of the centre, were these the hours of office 21."""
    since = MORNING - timedelta(hours=1)
    with town.house.centre.reading() as session:
        card = replace(all_offices(session)["21"].on(MORNING.date()), hours=hours)
        day = since, since + timedelta(days=1)
        return outages.between(session, *day, {"21": card}, OfficeCalendar())


def beat(town: Town) -> None:
    """The centre says that it runs."""
    with town.house.centre.writing() as session:
        outages.beat(session, town.clock.moment)


@pytest.mark.long
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
    assert of_the_day(town, hours=None) == (Outages(1, 0, 6), Outages(0, 0, 0))
    # One hour of it lies within the office's own.
    assert of_the_day(town, hours=OPEN)[0] == Outages(1, 1, 6)


def test_who_does_not_call_in_its_hours_is_down_and_logged_once_it_is_back(
    quick_town: Town,
) -> None:
    town = quick_town
    town.house.office.sync()
    with town.house.centre.reading() as session:
        (card,) = (
            replace(one.on(MORNING.date()), hours=OPEN)
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


def opening(town: Town, hours: Hours) -> None:
    """Office 21 has these hours from today on."""
    day = MORNING.date()
    with town.house.centre.writing() as session:
        card = replace(all_offices(session)["21"].on(day), hours=hours)
        add_term(session, card, day)
        tell(session, [published_card(card, day)], CENTRE_ACTOR, town.clock.now())


def silent(town: Town, **lasted: int) -> None:
    """The line is down for so long, and nobody writes anything."""
    town.house.cut_line(True)
    town.clock.moment += timedelta(**lasted)
    town.house.cut_line(False)
    town.house.office.sync()


def test_a_line_that_was_down_while_nobody_acted_is_logged_too(quick_town: Town) -> None:
    town = quick_town
    opening(town, OPEN)
    town.house.office.sync()
    silent(town, minutes=29)
    assert kept(town) == []
    silent(town, minutes=31)
    assert kept(town) == [("21", 31, 0)]
    (told,) = city_day(town.crew.supervisor, MORNING.date()).outages
    assert (told.office_id, told.delayed, told.open_minutes) == ("21", 0, 31)
    # What was written meanwhile is of that outage.
    town.house.cut_line(True)
    town.clock.moment += timedelta(minutes=20)
    town.register(town.record(Scenario.CLEAN))
    silent(town, minutes=20)
    while town.house.office.sync().more:
        pass
    assert kept(town) == [("21", 31, 0), ("21", 40, 2)]


def test_a_shut_office_is_not_silent(quick_town: Town) -> None:
    town = quick_town
    opening(town, OPEN)
    # Until it shuts at two, and again from seven.
    town.clock.moment = MORNING.replace(hour=13, minute=40)
    town.house.office.sync()
    before = len(kept(town))
    town.clock.moment = MORNING.replace(hour=7, minute=25) + timedelta(days=1)
    town.house.office.sync()
    assert kept(town)[before:] == []
    town.clock.moment += timedelta(days=1)
    town.house.office.sync()
    assert kept(town)[before:] == [("21", 24 * 60, 0)]


def test_the_time_of_a_dead_centre_is_no_silence(quick_town: Town) -> None:
    town = quick_town
    opening(town, OPEN)
    town.house.office.sync()
    beat(town)
    town.clock.moment += timedelta(minutes=50)
    beat(town)
    town.clock.moment += timedelta(minutes=4)
    town.house.office.sync()
    assert kept(town) == [("", 50, 0)]


def test_what_a_dead_centre_delayed_is_told_of_the_centre_and_of_no_line(quick_town: Town) -> None:
    town = quick_town
    town.house.office.sync()
    beat(town)
    # While nobody is answered every desk writes on.
    town.house.cut_line(True)
    for at in range(3):
        town.clock.moment += timedelta(minutes=50)
        town.register(town.record(Scenario.CLEAN, at))
    town.clock.moment += timedelta(minutes=30)
    beat(town)
    town.clock.moment += timedelta(minutes=4)
    town.house.cut_line(False)
    while town.house.office.sync().more:
        pass
    assert kept(town) == [("", 180, 6)]
    assert of_the_day(town, hours=OPEN) == (Outages(0, 0, 0), Outages(1, 3, 6))
    # It is one outage on the page, with the desks that waited.
    (told,) = city_day(town.crew.supervisor, MORNING.date()).outages
    assert (told.office_id, told.delayed, told.desk_count) == ("", 6, 1)
    assert [(each.office_id, each.desk, each.delayed) for each in told.desks] == [("21", 2, 6)]


def test_desks_of_an_office_that_were_down_at_once_are_one_outage(quick_town: Town) -> None:
    def down(office: str, desk: int, since: int, until: int, delayed: int) -> OutageRow:
        begun, ended = (MORNING + timedelta(minutes=each) for each in (since, until))
        return OutageRow(
            device_id=f"{office}/{desk}",
            since=begun,
            until=ended,
            kind=outages.LINE,
            office=office,
            desk=desk,
            delayed=delayed,
        )

    with quick_town.house.centre.writing() as session:
        session.add_all(
            [
                down("21", 1, 0, 30, 2),
                down("21", 2, 10, 50, 5),
                down("21", 3, 50, 60, 1),
                # After a while with a line it is another one, and of another office too.
                down("21", 1, 70, 90, 4),
                down("5", 1, 5, 65, 3),
            ]
        )
        session.flush()
        whole, count = outages.ended(session, {}, OfficeCalendar(), *(MORNING.date(),) * 2)
    assert count == 3
    found = [
        (
            each.office_id,
            (each.since - MORNING) // timedelta(minutes=1),
            [(desk.desk, desk.delayed) for desk in each.desks],
        )
        for each in whole
    ]
    assert found == [
        ("21", 70, [(1, 4)]),
        ("5", 5, [(1, 3)]),
        ("21", 0, [(2, 5), (1, 2), (3, 1)]),
    ]
    last = whole[-1]
    assert last.until == MORNING + timedelta(hours=1)
    assert (last.delayed, last.desk_count) == (8, 3)


def test_a_line_that_was_down_beside_the_centre_is_told_without_its_time(quick_town: Town) -> None:
    town = quick_town
    town.house.office.sync()
    beat(town)
    town.house.cut_line(True)
    town.register(town.record(Scenario.CLEAN))
    town.clock.moment += timedelta(hours=1)
    beat(town)
    # The centre is back; this line is not for two hours more.
    town.clock.moment += timedelta(hours=2)
    town.house.cut_line(False)
    town.house.office.sync()
    assert of_the_day(town, hours=OPEN) == (Outages(1, 2, 2), Outages(1, 1, 0))


def test_an_inspectors_day_without_a_line_is_no_outage(quick_town: Town) -> None:
    town = quick_town
    town.register(town.record(Scenario.CLEAN))
    with town.crew.clerk.desk.store.reading() as session:
        texts = outbox.after(session, 0, 9)
    laptop = DeviceRow(device_id=new_id(), office=MUNICIPALITY, desk=3, head_seq=9)
    with town.house.centre.writing() as session:
        outages.note_late(session, laptop, texts, 0, MORNING + timedelta(hours=6))
    assert texts
    assert kept(town) == []


def test_the_centre_tells_the_hours_at_which_it_did_not_run(quick_town: Town) -> None:
    town = quick_town
    # It says every few minutes that it runs: half an hour without is an outage.
    for minutes in (0, 5, 10, 40, 45, 405):
        town.clock.moment = MORNING + timedelta(minutes=minutes)
        beat(town)
    assert kept(town) == [("", 30, 0), ("", 360, 0)]
    # The second began at 11:27, and at two o'clock the offices shut.
    assert of_the_day(town, hours=OPEN)[1] == Outages(2, 3, 0)
    assert of_the_day(town, hours=None)[1] == Outages(2, 0, 0)
