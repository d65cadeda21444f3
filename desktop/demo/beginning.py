"""What a demo begins with: its people seated, and a day's queue under way."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial

from desktop.actions import access, documents, intake
from desktop.actions.desk import Seat
from desktop.demo.city import make_city
from desktop.demo.filling import fill
from desktop.demo.following import Crew, case_now, step
from desktop.demo.house import PROPERTIES, SEED
from desktop.demo.offices import made_up_offices, open_offices
from desktop.demo.people import PASSWORD, STAFF
from desktop.demo.requests import requests
from desktop.demo.sample_paper import sample_paper
from desktop.domain.calendar import TEHRAN
from desktop.domain.people import Role, Staff
from desktop.domain.state import State
from desktop.premises.clocks import SteppingClock
from desktop.premises.open import House
from desktop.sync.round import RoundReport

_QUEUE = 20
_BEFORE = 9
_TWICE = {"second": (Role.SUPERVISOR, 1), "colleague": (Role.EXPERT, 1)}
"""Whose place is not called as their role is: the second of it."""


def seat_crew(house: House) -> Crew:
    """Everybody of the demo, each signed in when first asked for.

    With the clerk comes the paper that their made-up citizens bring.
    """
    people: defaultdict[Role, list[Staff]] = defaultdict(list)
    for each in STAFF:
        people[each.role].append(each)

    def sit_down(place: str) -> Seat:
        role, turn = _TWICE.get(place) or (Role(place), 0)
        person = people[role][turn]
        seat = access.sign_in(house.desk_of(role).desk, person.name, PASSWORD)
        if role is Role.CLERK:
            documents.keep(seat, sample_paper()[1])
        return seat

    return Crew(sit_down)


def ring_at_once(house: House) -> None:
    """Every act is followed by rounds of sync in the same thread, until its papers are sent."""
    for running in (house.office, house.municipality):
        running.bell.ring = partial(_rounds, running.sync)


def _rounds(sync: Callable[[], RoundReport]) -> None:
    report = sync()
    while report.well and report.more:
        report = sync()


def begin_queue(house: House) -> None:
    """The city's offices, and a day's queue under way, so that a newcomer finds every state."""
    clock = SteppingClock(datetime.now(UTC))
    # The centre and both desks tell the time by this clock while the queue is made.
    house.set_clock(clock)
    try:
        ring_at_once(house)
        crew = seat_crew(house)
        open_offices(house, crew, made_up_offices(clock.moment.astimezone(TEHRAN).date()))
        fill_queue(house, crew, clock)
    finally:
        house.set_clock(None)


def fill_queue(
    house: House,
    crew: Crew,
    clock: SteppingClock,
    *,
    properties: int = PROPERTIES,
    today: int = _QUEUE,
) -> None:
    """Some days' requests of a house of so many properties, each on its way; `today` of them now.

    The clock is left at the last request.
    """
    now = clock.moment.astimezone(TEHRAN)
    desk = crew.clerk.desk
    services, figures = intake.services(desk), intake.figures(desk)
    source = requests(make_city(properties, SEED, now.date()), services, figures, SEED + 1)
    moments = [now - timedelta(days=_BEFORE - i) for i in range(0, _BEFORE, 2)]
    moments += [now - timedelta(minutes=5 * (today - i)) for i in range(today)]
    with house.making_a_past():
        for number, moment in enumerate(moments):
            if moment.astimezone(TEHRAN).date() > now.date():
                continue
            clock.moment = moment
            service, asker = next(source)
            done = intake.register(
                crew.clerk,
                service,
                fill(service, asker, figures, moment.astimezone(TEHRAN).date()),
                intake.FeePayment("terminal", f"{200_000 + number}") if number % 11 else None,
            )
            for _ in range(number % 4):
                case = case_now(crew.clerk, done.case_id)
                if case.closed or case.state in (State.FEE_DUE, State.BOOKED):
                    break
                step(crew, case, clock.moment)
