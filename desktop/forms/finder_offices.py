"""The offices of the city as they are looked for, of what is published: one way for both ends."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from desktop.domain.delegation import Delegation
from desktop.domain.nearest import FinderOffice, terms_of
from desktop.domain.office import MUNICIPALITY, OfficeCard
from desktop.domain.service import Service
from desktop.domain.staffing import StaffTerm
from desktop.forms.permits import Find, ready_people


def finder_offices(
    find: Find,
    cards: Mapping[str, OfficeCard],
    told: Iterable[Delegation],
    terms: Iterable[StaffTerm],
    stopped: Iterable[str],
    services: Iterable[Service],
    day: date,
    lesson_days: int,
) -> tuple[FinderOffice, ...]:
    """Each office with the services that it may do: handed over, and somebody there is trained.

    `cards` are by id, `told` all delegations in the order of saying, `stopped` the ids of offices
    and people that a stop holds for. Training and people are those of the day; of the delegations
    those to come are there too. A stopped office does nothing, and nor does a stopped person.
    """
    halted = set(stopped)
    working = [term for term in terms if term.staff not in halted]
    by_pair: dict[tuple[str, str], list[Delegation]] = {}
    for one in told:
        by_pair.setdefault((one.office, one.service), []).append(one)
    may: dict[str, dict[str, tuple[Delegation, ...]]] = {}
    for service in services:
        for office in ready_people(find, working, service, day, lesson_days):
            if (office, service.code) in by_pair and office not in halted:
                own = may.setdefault(office, {})
                own[service.code] = tuple(by_pair[office, service.code])
    return tuple(
        FinderOffice(card, {code: terms_of(said) for code, said in may.get(of, {}).items()})
        for of, card in cards.items()
        if of != MUNICIPALITY
    )
