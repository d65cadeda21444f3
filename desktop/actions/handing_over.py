"""Services chosen for offices: who has them, who is trained, what stands against it, signed first.

The centre weighs it all again; what is told here is told while a person chooses.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property

from desktop.actions import access, delegations, documents, publishing, registry
from desktop.actions import offices as registered
from desktop.actions.desk import Desk, Seat
from desktop.domain.calendar import OfficeCalendar
from desktop.domain.delegation import Delegation
from desktop.domain.office import OfficeCard, OfficeKind
from desktop.domain.office_letter import OfficeLetter
from desktop.domain.persian import fold
from desktop.domain.request import DocumentFile
from desktop.domain.service import Service
from desktop.domain.stop import Stop
from desktop.domain.stream import Topic
from desktop.forms.published_values import published_value
from desktop.store import published
from desktop.wire.blobs import ACTS
from desktop.wire.publishing import DraftBody, PublicationBody, WarningBody, WeighAnswer

MOST = 3_000
"""So many delegations one publication may hold: with the longest act and what is doubted of them a
signed call carries no more (`wire.calls`)."""
UNTRAINED, HOLIDAY, LICENCE = "untrained:", "holiday:", "licence:"
"""How the marks of the doubts begin that the centre may tell of delegations."""
_SOON = timedelta(days=3)


@dataclass(frozen=True)
class Choices:
    """What there is to choose from for a first day, as this desk has heard.

    `offices` are by id, `held` by office and service what holds on that day; `ready` tells by
    service and office who is trained by then. `bodies` are those that acts were of, the last first,
    `stops` what stops an office now, `coming` what was signed for days after that day. `ended` is,
    by office and service, what is over by then with nobody named who finishes what is open.
    """

    day: date
    offices: Mapping[str, OfficeCard]
    services: Mapping[str, Service]
    held: Mapping[tuple[str, str], Delegation]
    ready: Mapping[str, Mapping[str, Sequence[str]]]
    calendar: OfficeCalendar = field(default_factory=OfficeCalendar)
    bodies: tuple[str, ...] = ()
    stops: Mapping[str, Stop] = field(default_factory=dict)
    coming: tuple[Delegation, ...] = ()
    ended: Mapping[tuple[str, str], Delegation] = field(default_factory=dict)
    # By the services that were asked about: of thousands of offices counted once.
    _trained: dict[tuple[str, ...], Mapping[str, int]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    @cached_property
    def ranks(self) -> Mapping[str, int]:
        """By id, where each office stands in the order of the codes; of thousands sorted once."""
        ordered = sorted(self.offices, key=lambda of: self.offices[of].code.zfill(20))
        return {office: rank for rank, office in enumerate(ordered)}

    @cached_property
    def folded(self) -> Mapping[str, str]:
        """By id, the office's name as it is searched for."""
        return {of: fold(card.name) for of, card in self.offices.items()}

    @cached_property
    def holding(self) -> Mapping[str, Mapping[str, Delegation]]:
        """By service, what each office that has it on the day has."""
        found: dict[str, dict[str, Delegation]] = {}
        for (office, service), one in self.held.items():
            found.setdefault(service, {})[office] = one
        return found

    def in_order(self, offices: Iterable[str]) -> list[str]:
        """Offices by their codes; those that are not open on the day are left out."""
        # Asked of thousands at each redraw: the whole goes by without a step of ours.
        ranks = self.ranks
        return sorted(filter(ranks.__contains__, offices), key=ranks.__getitem__)

    def counters(self) -> frozenset[str]:
        """The offices that are پیشخوان."""
        return self._where(lambda card: card.kind is OfficeKind.COUNTER)

    def in_district(self, district: int) -> frozenset[str]:
        """The offices of a district."""
        return self._where(lambda card: card.district == district)

    def _where(self, wanted: Callable[[OfficeCard], bool]) -> frozenset[str]:
        return frozenset(of for of, card in self.offices.items() if wanted(card))

    def trained(self, services: Collection[str]) -> Mapping[str, int] | None:
        """By office, how many of its people are trained for all of the services: the least of them.

        Who is not in it has nobody for one of them. None while no service is chosen.
        """
        if not services:
            return None
        asked = tuple(sorted(services))
        if asked not in self._trained:
            self._trained[asked] = self._count_trained(asked)
        return self._trained[asked]

    def _count_trained(self, services: Sequence[str]) -> Mapping[str, int]:
        first, *others = (self.ready.get(code, {}) for code in services)
        found = {of: len(people) for of, people in first.items() if people}
        for ready in others:
            counts = ((of, min(count, len(ready.get(of, ())))) for of, count in found.items())
            found = {of: count for of, count in counts if count}
        return found

    def lacking(self, offices: Iterable[str], services: Collection[str]) -> list[str]:
        """Those of the offices where nobody is trained for one of the services, by code."""
        trained = self.trained(services)
        return [] if trained is None else self.in_order(of for of in offices if of not in trained)

    def unlicensed(self, offices: Iterable[str]) -> list[str]:
        """Those of the offices whose licence has ended by the day."""
        return [of for of in self.in_order(offices) if not self.offices[of].licensed(self.day)]

    def stopped(self, offices: Iterable[str]) -> list[str]:
        """Those of the offices whose municipal services are stopped, by code."""
        return [of for of in self.in_order(offices) if of in self.stops]

    def taken(self, offices: Iterable[str], services: Collection[str]) -> list[Delegation]:
        """What those offices have of the services on that day already."""
        own = self.in_order(offices)
        by_service = ((code, self.holding.get(code, {})) for code in sorted(services))
        return [held[of] for _, held in by_service if held for of in own if of in held]

    def overtaken(
        self, offices: Iterable[str], services: Collection[str], until: date | None
    ) -> list[Delegation]:
        """What was signed of them for days after that day, up to the last one: it would stand in
        its place from its own day on."""
        own, last = frozenset(self.in_order(offices)), until or date.max
        return [
            one for one in self.coming
            if one.office in own and one.service in services and one.since <= last
        ]  # fmt: skip

    def working_day(self) -> date | None:
        """The first working day after the day where offices are shut then; else None."""
        if self.calendar.is_working(self.day):
            return None
        return self.calendar.first_working_day(self.day)

    def is_soon(self, today: date) -> bool:
        """Whether the first day is too near for a choice made beforehand."""
        return self.day <= today + _SOON


def choices(desk: Desk, day: date | None = None) -> Choices:
    """What there is to choose from for the day, tomorrow without one. Raises Refusal."""
    with desk.store.reading() as session:
        today = desk.today(session)
        on = max(day or today + timedelta(days=1), today)
        services = desk.reference.services(session, on)
        calendar = desk.reference.city(session, on).calendar
        said = desk.reference.delegations(session)
    acts = (one.act for one in reversed(said))
    standing = delegations.on_day(desk, on)
    begun = sorted((one for one in said if one.since <= on), key=lambda one: one.since)
    last = {(one.office, one.service): one for one in begun}
    found = Choices(
        day=on,
        offices=registered.offices(desk, on),
        services=services,
        held=standing.delegations,
        ready=standing.ready,
        calendar=calendar,
        bodies=tuple(dict.fromkeys(act.body for act in acts)),
        stops=delegations.stops(desk),
        coming=tuple({(one.key, one.since): one for one in said if one.since > on}.values()),
        ended={of: one for of, one in last.items() if not (one.holds(on) or one.heir)},
    )
    # Worked out here, off the window's thread.
    _ = found.ranks, found.folded, found.holding
    return found


@dataclass(frozen=True)
class ToldDraft:
    """What a draft hands over or takes back, and what is known for its first day."""

    delegations: tuple[Delegation, ...]
    choices: Choices


def of_draft(desk: Desk, draft: DraftBody) -> ToldDraft:
    """What is put forward, to be read before it is signed second. Raises Refusal."""
    told = tuple(published_value(Delegation, item.text) for item in draft.items)
    return ToldDraft(told, choices(desk, min(one.since for one in told)))


@dataclass(frozen=True)
class PutForward:
    """What became of it: prepared, or what the centre still asks about."""

    found: WeighAnswer
    prepared: PublicationBody | None = None


def put_forward(
    seat: Seat,
    password: str,
    told: Sequence[Delegation],
    scan: DocumentFile,
    reasons: Mapping[str, str],
) -> PutForward:
    """Sign the delegations, or their ends, as their preparer; the act's scan goes before them.

    `reasons` answer doubts by how their marks begin. Where the centre hinders it, or doubts what no
    reason answers, nothing is signed. Raises LineDown, Refusal.
    """
    access.confirm(seat, password)
    registry.send_scan(seat, documents.content(seat, ACTS, scan))
    draft = delegations.delegation_draft(told)
    found = publishing.weigh(seat, draft)
    if found.hindrances or any(not _answer(each, reasons) for each in found.warnings):
        return PutForward(found)
    answers = dict.fromkeys(_answer(each, reasons) for each in found.warnings)
    prepared = publishing.prepare(seat, draft, found.warnings, "؛ ".join(answers))
    return PutForward(found, prepared)


def _answer(doubt: WarningBody, reasons: Mapping[str, str]) -> str:
    return next((why for mark, why in reasons.items() if doubt.mark.startswith(mark)), "")


def take_back(seat: Seat, password: str, letters: Sequence[OfficeLetter], reason: str) -> int:
    """What these letters tell never holds: all of it, while none of it has begun; how many were.

    Each delegation is withdrawn for itself; what was withdrawn before is passed over, so that who
    was cut off goes on. Raises LineDown, Refusal.
    """
    access.confirm(seat, password)
    taken = 0
    for letter in letters:
        for each in letter.services:
            with seat.desk.store.reading() as session:
                here = published.places(session, Topic.DELEGATION, each.key, each.since)
            if here:
                publishing.withdraw(seat, Topic.DELEGATION, each.key, each.since, reason)
                taken += 1
    return taken


def open_cases(seat: Seat, office: str, services: Collection[str]) -> int:
    """How many cases of these services are open at the office, as the centre counts them.

    Asked as an end of tomorrow that nobody signs. Raises LineDown, Refusal.
    """
    known = choices(seat.desk)
    ends = []
    for code in services:
        if (held := known.held.get((office, code))) is not None:
            ends.append(replace(held, since=known.day, until=None, withdrawn=True))
        elif (ended := known.ended.get((office, code))) is not None:
            # What has ended keeps its own last day.
            until = ended.over - timedelta(days=1) if ended.over is not None else None
            ends.append(replace(ended, since=known.day, until=until, withdrawn=True))
    if not ends:
        return 0
    return publishing.weigh(seat, delegations.delegation_draft(ends)).told.keep
