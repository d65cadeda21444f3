"""The registry's list: every office by what is published and by what the centre hears of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from desktop.actions import delegations, offices
from desktop.actions.desk import Desk, Seat
from desktop.domain.calendar import OfficeCalendar
from desktop.domain.conversion import ConversionStep
from desktop.domain.group_hours import LastCard, special_by_day
from desktop.domain.hours import Span
from desktop.domain.office import MUNICIPALITY, OfficeCard, OfficeKind
from desktop.domain.office_care import LastTold, OfficeState, contact_of
from desktop.domain.place import Bounds
from desktop.domain.stop import Stop
from desktop.wire import calls
from desktop.wire import office_list as w


@dataclass(frozen=True)
class Registry:
    """The city's offices today as this desk has heard, by their ids.

    `codes` are all that an office had, has or is to have, `last` what was told of it for the latest
    day, `special` by day who has which hours of his own then; `converts_on` tells of those that
    become a پیشخوان on a day to come; `trained` by office how many may do each service, by its
    code. `services` are titles, `bounds` where the city lies, `municipality` is its own card.
    """

    day: date
    calendar: OfficeCalendar
    districts: tuple[int, ...]
    bounds: Bounds | None
    services: Mapping[str, str]
    cards: Mapping[str, OfficeCard]
    stops: Mapping[str, Stop]
    codes: Mapping[str, tuple[str, ...]]
    last: Mapping[str, LastCard]
    special: Mapping[date, Mapping[str, Sequence[Span]]]
    converts_on: Mapping[str, date]
    trained: Mapping[str, Mapping[str, int]]
    municipality: OfficeCard | None


@dataclass(frozen=True)
class AtWork:
    """What the centre told of the offices, by their ids, and when.

    `learning` are lessons that somebody (staff id, service) has begun and not passed: which one,
    from 1 on, 0 where nobody knows.
    """

    at: datetime
    told: Mapping[str, LastTold]
    lacks: Mapping[str, tuple[ConversionStep, ...]]
    learning: Mapping[tuple[str, str], int] = field(default_factory=dict)


def registry(desk: Desk) -> Registry:
    """What is published of the offices; needs no line."""
    with desk.store.reading() as session:
        day = desk.today(session)
        city = desk.reference.city(session, day)
        services = desk.reference.services(session, day)
        cards = desk.reference.cards(session, day)
        said = offices.said(session)
        ready = desk.reference.ready(session, day)
    by_day = offices.by_day(said)
    codes: dict[str, tuple[str, ...]] = {}
    converting: dict[str, date] = {}
    for of, since, card in said:
        now = cards.get(of)
        codes[of] = (*codes.get(of, ()), card.code)
        was_agency = now is not None and now.kind is OfficeKind.AGENCY
        if was_agency and card.kind is OfficeKind.COUNTER and since > day:
            converting[of] = since
    trained: dict[str, dict[str, int]] = {}
    for code, there in ready.items():
        for of, people in there.items():
            trained.setdefault(of, {})[code] = len(people)
    return Registry(
        day=day,
        calendar=city.calendar,
        districts=city.districts,
        bounds=city.bounds,
        services={code: service.title for code, service in services.items()},
        cards={of: card for of, card in cards.items() if of != MUNICIPALITY},
        stops=delegations.stops(desk),
        codes=codes,
        last={of: LastCard(*max(each.items())) for of, each in by_day.items()},
        special=special_by_day(by_day),
        converts_on=converting,
        trained=trained,
        municipality=cards.get(MUNICIPALITY),
    )


def at_work(seat: Seat) -> AtWork:
    """What the centre hears of all offices. Raises LineDown, Refusal."""
    told: dict[str, LastTold] = {}
    lacks: dict[str, tuple[ConversionStep, ...]] = {}
    learning: dict[tuple[str, str], int] = {}
    first = 0
    while True:
        ask = w.OfficeListAsk(actor=seat.staff.staff_id, first=first)
        answer = seat.desk.ask(calls.OFFICE_LIST, ask)
        first += len(answer.offices)
        for each in answer.offices:
            told[each.office_id] = LastTold(
                each.desks, each.heard_at, each.unsent_since, each.disk_mb, each.backup_at
            )
            for one in each.learning:
                learning[one.staff, one.service] = one.lesson
            if each.lacks is not None:
                lacks[each.office_id] = tuple(each.lacks)
        if not answer.offices or first >= answer.total:
            return AtWork(answer.time, told, lacks, learning)


def states(
    known: Registry, heard: AtWork | None, moment: datetime
) -> list[tuple[str, OfficeState]]:
    """By its id each office as it stands: what is done first comes first, then by its code."""
    found: list[tuple[str, OfficeState]] = []
    for office_id, card in known.cards.items():
        told = heard.told.get(office_id) if heard is not None else None
        state = OfficeState(
            card=card,
            day=known.day,
            stop=known.stops.get(office_id),
            converts_on=known.converts_on.get(office_id),
            lacks=heard.lacks.get(office_id) if heard is not None else None,
            told=told,
            contact=contact_of(told, card, known.calendar, moment),
        )
        found.append((office_id, state))
    return sorted(found, key=_order)


def _order(found: tuple[str, OfficeState]) -> tuple[int, int, str]:
    code = found[1].card.code
    return found[1].care, len(code), code
