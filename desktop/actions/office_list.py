"""The registry's list: every office by what is published and by what the centre hears of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from desktop.actions import delegations
from desktop.actions.desk import Desk, Seat
from desktop.domain.calendar import OfficeCalendar
from desktop.domain.conversion import ConversionStep
from desktop.domain.office import MUNICIPALITY, OfficeCard, OfficeKind
from desktop.domain.office_care import LastTold, OfficeState, contact_of
from desktop.domain.place import Bounds
from desktop.domain.stop import Stop
from desktop.domain.stream import Topic
from desktop.store import published
from desktop.wire import calls
from desktop.wire import office_list as w
from desktop.wire.cards import read_card


@dataclass(frozen=True)
class Registry:
    """The city's offices today as this desk has heard, by their ids.

    `codes` are all that an office had, has or is to have; `converts_on` tells of those that become
    a پیشخوان on a day to come; `trained` by office how many may do each service, by its code.
    `services` are titles, `bounds` where the city lies, `municipality` is its own card.
    """

    day: date
    calendar: OfficeCalendar
    districts: tuple[int, ...]
    bounds: Bounds | None
    services: Mapping[str, str]
    cards: Mapping[str, OfficeCard]
    stops: Mapping[str, Stop]
    codes: Mapping[str, tuple[str, ...]]
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
        told = desk.reference.cards(session, day)
        codes: dict[str, tuple[str, ...]] = {}
        converting: dict[str, date] = {}
        for item in published.all_told(session, Topic.OFFICE):
            card, now = read_card(item.text, item.key), told.get(item.key)
            codes[item.key] = (*codes.get(item.key, ()), card.code)
            was_agency = now is not None and now.kind is OfficeKind.AGENCY
            if was_agency and card.kind is OfficeKind.COUNTER and item.effective_from > day:
                converting[item.key] = item.effective_from
    trained: dict[str, dict[str, int]] = {}
    for code, offices in delegations.on_day(desk, day).ready.items():
        for office, people in offices.items():
            trained.setdefault(office, {})[code] = len(people)
    return Registry(
        day=day,
        calendar=city.calendar,
        districts=city.districts,
        bounds=city.bounds,
        services={code: service.title for code, service in services.items()},
        cards={of: card for of, card in told.items() if of != MUNICIPALITY},
        stops=delegations.stops(desk),
        codes=codes,
        converts_on=converting,
        trained=trained,
        municipality=told.get(MUNICIPALITY),
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
