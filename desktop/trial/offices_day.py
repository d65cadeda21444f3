"""A day of many offices, each at a desk of its own, at one centre on PostgreSQL; told in figures.

What is handed over to an office and who is trained there is enforced at every desk, and at the
centre against a desk that lies. What the unit's desk is told is held against facts counted by SQL.
"""

from __future__ import annotations

import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from desktop.actions import access, documents, intake, office_list, readiness, registry
from desktop.actions.desk import Seat
from desktop.centre import database, people
from desktop.centre.context import Centre, at_once
from desktop.centre.counting import by_office, counted, refused
from desktop.centre.office_counting import Asked, CityFacts, moment_text
from desktop.demo.beginning import ring_at_once, seat_crew
from desktop.demo.city import MadeUpCity, make_city
from desktop.demo.filling import Asker, fill
from desktop.demo.following import Crew, case_now, step
from desktop.demo.house import open_house
from desktop.demo.offices import MadeUpOffice, made_up_offices, open_offices
from desktop.demo.people import PASSWORD
from desktop.demo.requests import requests
from desktop.demo.sample_paper import sample_paper
from desktop.domain.calendar import TEHRAN
from desktop.domain.enforcement import Bar
from desktop.domain.errors import Refusal, Refusals
from desktop.domain.office import OfficeCard
from desktop.domain.people import Staff
from desktop.domain.readiness import CellState
from desktop.domain.service import Service
from desktop.domain.state import State
from desktop.keys import Cost, DeviceKeys, PersonKeys, new_key, new_letter_key, wrap_person
from desktop.premises.clocks import SteppingClock
from desktop.premises.desks import Running, open_desk
from desktop.premises.embedded import Enrolment, enrol_desk
from desktop.premises.open import House, Opening
from desktop.store import people as store_people
from desktop.trial.counters import Counter as LyingDesk
from desktop.trial.counters import new_counter
from desktop.trial.postgres import own_postgres
from desktop.wire.link import public_hex

_CHEAP = Cost(passes=1, memory=8, lanes=1)
_PROPERTIES, _SEED = 2_000, 1405
_RESERVE = 1_000_000
_LYING = 90  # the number of the desk that asks for what its office may not take
_OTHERS = (State.FEE_DUE, State.VISIT_DUE, State.BOOKED)
_BARS = frozenset({Bar.NOT_DELEGATED.value, Bar.NOT_TRAINED.value, Bar.OFFICE_STOPPED.value})
_CARD = ("received_today", "open_cases", "undelivered")

Progress = Callable[[int, int], None]


@dataclass
class _Seen:
    """What was put in, and what was refused: at the desks, and at the centre against a lie.

    A form with a fault of its own comes to no bar, so it is not among what was asked.
    """

    registered: int = 0
    refused_forms: int = 0
    barred: Counter[str] = field(default_factory=Counter)
    lies: Counter[str] = field(default_factory=Counter)
    asked: list[Asked] = field(default_factory=list)


@dataclass
class _Counter:
    """An office at work: its desk, its people's seats, the desk that lies."""

    office: str
    running: Running
    clerk: Seat
    manager: Seat
    lying: LyingDesk


def run_offices_day(
    offices: int, count: int, progress: Progress, address: str = ""
) -> dict[str, Any]:
    """The figures of a day of so many offices with so many requests each, as JSON values.

    `address` is a database's that may be made, or a server of its own is begun. The day's
    `differences` are where the unit's figures and the facts do not agree. Raises Refusal.
    """
    with ExitStack() as ends:
        folder = Path(ends.enter_context(tempfile.TemporaryDirectory(prefix="pishkhan-offices-")))
        # Who begins the server must get in.
        folder.chmod(0o711)
        place = database.place_of(address or ends.enter_context(own_postgres(folder / "postgres")))
        database.make_database(place)
        clock = SteppingClock(datetime.now(UTC))
        house = open_house(
            folder / "house",
            Opening(clock, cost=_CHEAP, database=place, later=at_once),
            properties=_PROPERTIES,
            seed=_SEED,
        )
        ends.callback(house.close)
        ring_at_once(house)
        crew = seat_crew(house)
        today = clock.moment.astimezone(TEHRAN).date()
        made = made_up_offices(today, offices)
        open_offices(house, crew, made)
        # What was put into force at this moment is so at every later one.
        clock.moment += timedelta(minutes=1)
        counters = [_own(house, crew)]
        for office in made:
            counters.append(_open(folder / office.card.code, house, office))
            ends.callback(counters[-1].running.close)
        seen = _work(counters, crew, count, today, progress)
        return _figures(house.centre, crew, seen, today)


def _own(house: House, crew: Crew) -> _Counter:
    lying = new_counter(house.centre, crew.clerk.staff.office, _LYING)
    return _Counter(crew.clerk.staff.office, house.office, crew.clerk, crew.manager, lying)


def _open(folder: Path, house: House, office: MadeUpOffice) -> _Counter:
    """A further desk of the office, with its manager and its first clerk."""
    card: OfficeCard = replace(office.card, counters=office.card.counters + 1)
    folder.mkdir()
    keys = DeviceKeys(folder / "keys", cost=_CHEAP)
    enrolment = Enrolment(folder / "office.db", card, card.counters)
    device_id = enrol_desk(house.centre, keys, enrolment)
    key = keys.find(device_id)
    if key is None:
        raise LookupError(device_id)
    running = open_desk(
        enrolment.path, house.own_centre, key, house.clock, demo=True, reserve=_RESERVE
    )
    running.bell.ring = lambda: _rounds(running)
    manager, clerk = office.people[:2]
    for person in (manager, clerk):
        _give_keys(house.centre, running, person, device_id)
    _rounds(running)
    at_counter = access.sign_in(running.desk, clerk.name, PASSWORD)
    in_charge = access.sign_in(running.desk, manager.name, PASSWORD)
    documents.keep(at_counter, sample_paper()[1])
    lying = replace(new_counter(house.centre, card.own_id, _LYING), code=card.code)
    return _Counter(card.own_id, running, at_counter, in_charge, lying)


def _rounds(running: Running) -> None:
    report = running.sync()
    while report.well and report.more:
        report = running.sync()


def _give_keys(centre: Centre, running: Running, person: Staff, device_id: str) -> None:
    acts, release = new_key(), new_letter_key()
    halves = public_hex(acts), public_hex(release)
    at = centre.clock()
    with centre.writing() as session:
        people.key_at(session, person.staff_id, device_id, *halves, at)
    wrapped = wrap_person(PersonKeys(acts, release), PASSWORD, _CHEAP, demo=True)
    running.desk.store.write(
        lambda session: store_people.keep_key(session, person.staff_id, wrapped, at)
    )


def _work(
    counters: list[_Counter], crew: Crew, count: int, today: date, progress: Progress
) -> _Seen:
    """Every office's requests in turn, each some steps on its way."""
    seen = _Seen()
    city = make_city(_PROPERTIES, _SEED, today)
    asking = [_asked(counter, city, number) for number, counter in enumerate(counters)]
    whole = count * len(counters)
    for turn in range(count):
        for number, (counter, asked) in enumerate(zip(counters, asking, strict=True)):
            service, asker = next(asked)
            _ask(counter, crew, service, asker, today, turn * len(counters) + number, seen)
            progress(turn * len(counters) + number + 1, whole)
    return seen


def _asked(counter: _Counter, city: MadeUpCity, number: int) -> Iterator[tuple[Service, Asker]]:
    desk = counter.running.desk
    services, figures = intake.services(desk), intake.figures(desk)
    # Nobody is registered twice: each office has other citizens.
    return requests(city, services, figures, _SEED + 1 + number, only=())


def _ask(
    counter: _Counter,
    crew: Crew,
    service: Service,
    asker: Asker,
    today: date,
    number: int,
    seen: _Seen,
) -> None:
    filled = fill(service, asker, intake.figures(counter.running.desk), today)
    asked = Asked(counter.office, counter.clerk.staff.staff_id, service.code)
    try:
        fee = intake.FeePayment("terminal", f"{700_000 + number}")
        case_id = intake.register(counter.clerk, service, filled, fee).case_id
    except (Refusal, Refusals) as refusal:
        reason = _reason(refusal)
        if reason:
            seen.asked.append(asked)
            seen.barred[reason] += 1
            _lie(counter, service, asker, reason, seen)
        else:
            seen.refused_forms += 1
        return
    seen.asked.append(asked)
    seen.registered += 1
    at_office = crew.but(clerk=counter.clerk, manager=counter.manager)
    for _ in range(number % 5):
        case = case_now(counter.clerk, case_id)
        if case.closed or case.state in _OTHERS:
            return
        step(at_office, case, datetime.now(TEHRAN))


def _reason(refusal: Refusal | Refusals) -> str:
    """Why this counter may not take it; empty where the form itself has a fault."""
    told = refusal.faults if isinstance(refusal, Refusals) else [refusal]
    return next((each.field for each in told if each.field in _BARS), "")


def _lie(counter: _Counter, service: Service, asker: Asker, reason: str, seen: _Seen) -> None:
    """The same from a desk of the office that asks nobody whether it may."""
    if asker.record is None or asker.applicant not in service.applicants:
        return
    try:
        acts = counter.lying.register(asker.record, service.code, asker.applicant)
    except Refusals:
        return
    counter.lying.push(acts[0])
    seen.lies[reason] += 1


def _figures(centre: Centre, crew: Crew, seen: _Seen, today: date) -> dict[str, Any]:
    told = registry.at_work(crew.supervisor).offices
    facts = by_office(centre, today)
    differences = [
        f"{of}: {name} {shown}, by facts {facts[of][name]}"
        for of, name, shown in ((o.office_id, n, getattr(o, n)) for o in told for n in _CARD)
        if shown != facts[of][name]
    ]
    at_centre = refused(centre)
    lies = {reason: at_centre[reason] for reason in sorted(_BARS)}
    differences += [
        f"{reason}: {seen.lies[reason]} asked by lying desks, {count} refused at the centre"
        for reason, count in lies.items()
        if seen.lies[reason] != count
    ]
    differences += _of_desks(crew, seen, centre)
    sums: defaultdict[str, int] = defaultdict(int)
    for office in told:
        for name in _CARD:
            sums[name] += getattr(office, name)
    return {
        "offices": len(told),
        "registered": seen.registered,
        "refused_forms": seen.refused_forms,
        "refused_at_desks": dict(sorted(seen.barred.items())),
        "refused_at_centre": lies,
        "unit": dict(sums),
        **counted(centre),
        "differences": differences,
    }


def _of_desks(crew: Crew, seen: _Seen, centre: Centre) -> Iterator[str]:
    """Where the unit's list and its page of training, or the refusals at the desks, differ from
    what the facts say."""
    seat, city = crew.supervisor, CityFacts(centre, centre.clock())
    matrix = readiness.city_matrix(seat.desk)
    trained, held, begins = city.trained(), city.held(), city.begins()
    pairs = [*of_list(seat, centre)]
    pairs.append(("refused at desks", dict(seen.barred), dict(city.barred(seen.asked))))
    for row in matrix.rows:
        cells = {
            code: (len(cell.trained), cell.since and cell.since.isoformat())
            for code, cell in row.cells.items()
            if cell.state is not CellState.NONE
        }
        own = [code for of, code in {*held, *begins} if of == row.office_id]
        counts = trained[row.office_id]
        facts = {code: (counts[code], begins.get((row.office_id, code))) for code in own}
        pairs.append((f"{row.office_id}: matrix", cells, facts))
    for name, shown, by_facts in pairs:
        if shown != by_facts:
            yield f"{name} {shown}, by facts {by_facts}"


def of_list(seat: Seat, centre: Centre) -> Iterator[tuple[str, object, object]]:
    """Each figure of the unit's list of offices by its name, as it is shown and by the facts."""
    known, heard = office_list.registry(seat.desk), office_list.at_work(seat)
    city = CityFacts(centre, heard.at)
    states = dict(office_list.states(known, heard, heard.at))
    kinds = Counter(state.footing.value for state in states.values())
    yield "kinds", dict(kinds), dict(city.footings())
    yield "silent", {of for of, each in states.items() if each.silent}, city.silent()
    ends = {of for of, each in states.items() if each.licence_ends}
    yield "licence ends", ends, city.licence_ends()
    yield "no place", {of for of, s in states.items() if not s.card.has_place}, city.placeless()
    yield "next", {of: state.care.name for of, state in states.items()}, city.cares()
    lacks = {of: tuple(step.value for step in steps) for of, steps in heard.lacks.items()}
    yield "lacks", lacks, city.lacks()
    trained = city.trained()
    for office in states:
        told = heard.told[office]
        last, unsent, backup = map(moment_text, (told.heard_at, told.unsent_since, told.backup_at))
        shown = (told.desks, last, unsent, told.disk_mb, backup)
        yield f"{office}: desks", shown, city.desks.get(office)
        people = {code: count for code, count in known.trained.get(office, {}).items() if count}
        yield f"{office}: trained", people, dict(trained[office])
