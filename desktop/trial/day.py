"""A day at the demo office: so many requests put in, followed to their end, and told in figures."""

from __future__ import annotations

import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

from desktop.actions import access, documents, intake, letters
from desktop.actions.desk import Seat
from desktop.centre.counting import counted, taken
from desktop.domain.calendar import TEHRAN
from desktop.domain.city import City as Figures
from desktop.domain.errors import Refusal, Refusals
from desktop.domain.form import FieldKind
from desktop.domain.people import Applicant, Role
from desktop.domain.property import PropertyRecord
from desktop.domain.service import Service
from desktop.domain.transitions import State
from desktop.forms.answers import Filled
from desktop.keys import Cost
from desktop.sync.round import Report
from desktop.trial.city import City, make_city
from desktop.trial.closing import close_till
from desktop.trial.filling import Asker, fill
from desktop.trial.following import Crew, case_now, follow, step
from desktop.trial.house import PASSWORD, PROPERTIES, STAFF, House, open_house
from desktop.trial.sample_paper import sample_paper
from desktop.trial.standing import services_and_data
from desktop.trial.wanted_cases import CaseSource, outcomes_of

# What a counter is asked for all day; tests and the plain tour keep to them.
BUSIEST = ("no-violation", "inquiry", "transfer", "clearance", "building-permit")
_CHEAP = Cost(passes=1, memory=8, lanes=1)
_SEED = 1405
_NO_RECORD, _WRONG_OWNER, _UNDECLARED = 0.11, 0.03, 0.02
_OPENING, _LENGTH = 8, 6
_QUEUE = 31
_BEFORE = 9


class SteppingClock:
    """A clock that stands where it is put."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def now(self) -> datetime:
        """The moment it was put to, UTC."""
        return self.moment.astimezone(UTC)


@dataclass
class Told:
    """The figures of a day; times in milliseconds."""

    outcomes: Counter[str] = field(default_factory=Counter)
    services: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    states: Counter[str] = field(default_factory=Counter)
    answers: list[float] = field(default_factory=list)
    drawn: list[float] = field(default_factory=list)
    refused: int = 0


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
        inspector=seats[Role.INSPECTOR][0],
        supervisor=supervisors[0],
        second=supervisors[1],
    )


def ring_at_once(house: House) -> None:
    """Every act is followed by rounds of sync in the same thread, until its papers are sent."""
    for running in (house.office, house.municipality):
        running.bell.ring = partial(_rounds, running.sync)


def _rounds(sync: Callable[[], Report]) -> None:
    report = sync()
    while report.well and report.more:
        report = sync()


def chosen(services: Mapping[str, Service], only: Collection[str]) -> dict[str, Service]:
    """The services of these codes, all of them for none. Raises Refusal for an unknown code."""
    unknown = [code for code in only if code not in services]
    if unknown:
        raise Refusal(f"خدمت «{unknown[0]}» شناخته نیست: {'، '.join(services)}.")
    return {code: each for code, each in services.items() if not only or code in only}


def requests(
    city: City,
    services: Mapping[str, Service],
    bodies: tuple[str, ...],
    seed: int,
    *,
    only: Collection[str] = BUSIEST,
) -> Iterator[tuple[Service, Asker]]:
    """Endless requests on the city's properties, in the mix of DOMAIN.md §6.5.

    They are for the services of `only`; empty means all.
    """
    random = Random(seed)
    services = chosen(services, only)
    records = [item.record for item in city if _has_person(item.record)]
    number = 0
    while True:
        random.shuffle(records)
        for record in records:
            number += 1
            yield _request(random, record, records, services, bodies, number)


def _is_day(service: Service, key: str) -> bool:
    return service.field(key).kind is FieldKind.DATE


def _has_person(record: PropertyRecord) -> bool:
    return bool(record.owners) and len(record.owners[0].person_id) == 10


def _request(
    random: Random,
    record: PropertyRecord,
    records: list[PropertyRecord],
    services: Mapping[str, Service],
    bodies: tuple[str, ...],
    number: int,
) -> tuple[Service, Asker]:
    service = random.choice(list(services.values()))
    allowed = [k for k in service.applicants if k not in (Applicant.COMPANY, Applicant.WAQF)]
    applicant = Applicant.OWNER if random.random() < 0.6 else random.choice(allowed)
    if applicant not in service.applicants:
        applicant = random.choice(allowed)
    owner = record.owners[0]
    if random.random() < _WRONG_OWNER:
        owner = random.choice(records).owners[0]
    # As somebody could ask who stands in the service's own examples.
    answers = dict(random.choice(service.examples).answers) if service.code not in BUSIEST else {}
    answers = {k: v for k, v in answers.items() if not _is_day(service, k)}
    if any(f.key == "building" for f in service.fields):
        answers["building"] = "finished" if record.built else "land"
        answers["deal"] = random.choice(["sale", "sale", "gift", "settlement", "mortgage"])
    asker = Asker(
        applicant=applicant,
        owner=owner,
        record=record,
        code=str(record.code),
        answers=answers,
        body=random.choice(bodies),
        letter_number=f"1405/{number}",
    )
    if random.random() < _NO_RECORD:
        unknown = replace(record.code, sub_district=900 + number % 90)
        return service, replace(asker, record=None, code=str(unknown))
    if random.random() < _UNDECLARED:
        return service, replace(asker, unchanged="no")
    return service, asker


def run_day(
    properties: int,
    count: int,
    progress: Callable[[int, int], None],
    *,
    only: Collection[str] = BUSIEST,
    published_at: Path | None = None,
) -> dict[str, Any]:
    """The day's figures, as JSON values. The house stands in a temporary folder.

    With an empty `only` the day is for every service, and begins with a request for each outcome
    that a service has. What was published at the centre in the folder `published_at` is told to
    this house first.
    """
    today = datetime.now(TEHRAN).date()
    clock = SteppingClock(_moment(today, 0.0))
    told = Told()
    with tempfile.TemporaryDirectory(prefix="pishkhan-day-") as folder:
        house = open_house(Path(folder), clock, properties=properties, seed=_SEED, cost=_CHEAP)
        try:
            if published_at is not None:
                house.put_in_force(services_and_data(published_at, today, today, only))
            ring_at_once(house)
            crew = seat_crew(house)
            desk = crew.clerk.desk
            services, figures = chosen(intake.services(desk), only), intake.figures(desk)
            asked = _asked(house, services, figures, today, properties, only)
            _put_in(crew, clock, today, asked, count, told, progress)
            counts = counted(house.centre)
            closed = close_till(crew.manager, today, taken(house.centre))
            return {**_figures(told, count), **counts, "cash": closed}
        finally:
            house.close()


def _asked(
    house: House,
    services: Mapping[str, Service],
    figures: Figures,
    today: date,
    properties: int,
    only: Collection[str],
) -> Iterator[tuple[Service, Filled]]:
    """What citizens ask for that day: form by form, filled."""
    if not only:
        cases = CaseSource(house, figures, properties=properties, seed=_SEED, day=today)
        for service in services.values():
            for outcome in outcomes_of(service):
                yield service, cases.request(service, outcome).filled
    source = requests(
        make_city(properties, _SEED, today), services, figures.bodies, _SEED, only=only
    )
    for service, asker in source:
        yield service, fill(service, asker, figures, today)


def _put_in(
    crew: Crew,
    clock: SteppingClock,
    today: date,
    asked: Iterator[tuple[Service, Filled]],
    count: int,
    told: Told,
    progress: Callable[[int, int], None],
) -> None:
    number = 0
    while number < count:
        service, filled = next(asked)
        clock.moment = _moment(today, number / count)
        before = time.perf_counter()
        fee = intake.FeePayment("terminal", f"{100_000 + number}")
        try:
            done = intake.register(crew.clerk, service, filled, fee)
        except Refusals:
            # What one person asked for doesn't fit another's land: the form says so, as it should.
            told.refused += 1
            continue
        case = case_now(crew.clerk, done.case_id)
        told.answers.append((time.perf_counter() - before) * 1000)
        outcome = case.outcome.value if case.outcome else "none"
        told.outcomes[outcome] += 1
        told.services[service.code][outcome] += 1
        if case.answer is not None:
            before = time.perf_counter()
            letters.proof(case.answer.letter)
            told.drawn.append((time.perf_counter() - before) * 1000)
        ended = follow(crew, done.case_id, clock.moment)
        told.states[ended.state.value] += 1
        number += 1
        progress(number, count)


def _moment(day: date, share: float) -> datetime:
    opening = datetime(day.year, day.month, day.day, _OPENING, tzinfo=TEHRAN)
    return opening + timedelta(hours=_LENGTH * share)


def _figures(told: Told, count: int) -> dict[str, Any]:
    return {
        "requests": count,
        "outcomes": dict(told.outcomes),
        "services": {code: dict(outcomes) for code, outcomes in told.services.items()},
        "refused_forms": told.refused,
        "instant_share": round(told.outcomes["answer"] / count, 4),
        "states": dict(told.states),
        "register_to_answer_ms": _percentiles(told.answers),
        "answer_to_letter_ms": _percentiles(told.drawn),
    }


def _percentiles(values: list[float]) -> dict[str, float]:
    ordered = sorted(values) or [0.0]
    return {
        "p50": round(ordered[len(ordered) // 2], 1),
        "p95": round(ordered[int(len(ordered) * 0.95)], 1),
    }


def begin_queue(house: House) -> None:
    """A day's queue under way, so that a newcomer finds every state."""
    clock = SteppingClock(datetime.now(UTC))
    # The centre and both desks tell the time by this clock while the queue is made.
    house.set_clock(clock)
    try:
        ring_at_once(house)
        crew = seat_crew(house)
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
    source = requests(make_city(properties, _SEED, now.date()), services, figures.bodies, _SEED + 1)
    moments = [now - timedelta(days=_BEFORE - i) for i in range(0, _BEFORE, 2)]
    moments += [now - timedelta(minutes=5 * (today - i)) for i in range(today)]
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
