"""The offices of the city as they are looked for, of what is published: one way for both ends."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from desktop.domain.delegation import Delegation
from desktop.domain.nearest import FinderOffice, terms_of
from desktop.domain.office import MUNICIPALITY, OfficeCard

Ready = Mapping[str, Mapping[str, Sequence[str]]]
"""By service and office (its id), who is employed there and may do it by training."""


def finder_offices(
    ready: Ready,
    cards: Mapping[str, OfficeCard],
    told: Iterable[Delegation],
    halted: Collection[str],
) -> tuple[FinderOffice, ...]:
    """Each office with the services that it may do: handed over, and somebody there is trained.

    `cards` are by id, `told` all delegations in the order of saying, `halted` the ids of offices
    and people that a stop holds for. Training and people are those of the day; of the delegations
    those to come are there too. A stopped office does nothing, and nor does a stopped person.
    """
    by_pair: dict[tuple[str, str], list[Delegation]] = {}
    for one in told:
        by_pair.setdefault((one.office, one.service), []).append(one)
    may: dict[str, dict[str, tuple[Delegation, ...]]] = {}
    for service, offices in ready.items():
        for office, people in offices.items():
            at_work = any(each not in halted for each in people)
            if at_work and (office, service) in by_pair and office not in halted:
                may.setdefault(office, {})[service] = tuple(by_pair[office, service])
    return tuple(
        FinderOffice(card, {code: terms_of(said) for code, said in may.get(of, {}).items()})
        for of, card in cards.items()
        if of != MUNICIPALITY
    )
