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
from desktop.domain.people import Role
from desktop.domain.state import State
from desktop.premises.clocks import SteppingClock
from desktop.premises.open import House
from desktop.sync.round import RoundReport

_QUEUE = 31
_BEFORE = 9


def seat_crew(house: House) -> Crew:
    """Everybody of the demo signed in; the paper that their made-up citizens bring is there."""
    seats: defaultdict[Role, list[Seat]] = defaultdict(list)
    for person in STAFF:
        desk = house.desk_of(person.role).desk
        seats[person.role].append(access.sign_in(desk, person.name, PASSWORD))
    clerk, supervisors = seats[Role.CLERK][0], seats[Role.SUPERVISOR]
    documents.keep(clerk, sample_paper()[1])
    return Crew(
        clerk=clerk,
        manager=seats[Role.MANAGER][0],
        expert=seats[Role.EXPERT][0],
        colleague=seats[Role.EXPERT][1],
        signer=seats[Role.SIGNER][0],
        inspector=seats[Role.INSPECTOR][0],
        finance=seats[Role.FINANCE][0],
        supervisor=supervisors[0],
        second=supervisors[1],
        admin=seats[Role.ADMIN][0],
        planner=seats[Role.PLANNER][0],
    )


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
