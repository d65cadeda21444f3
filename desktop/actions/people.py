"""The staff of offices as one desk knows them, with or without what the centre tells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import cached_property

from desktop.actions import access, publishing, registry
from desktop.actions.desk import Desk, Seat
from desktop.domain.city import City
from desktop.domain.cover import Worker
from desktop.domain.identifiers import mask_id
from desktop.domain.locking import KeptOut
from desktop.domain.office import FIRST_DAY, MUNICIPALITY, OfficeCard
from desktop.domain.people import Role
from desktop.domain.persian import fold
from desktop.domain.service import Service
from desktop.domain.signer import Signed, Signer
from desktop.domain.staff_state import StaffFacts, StaffState
from desktop.domain.staffing import Authority, StaffTerm
from desktop.domain.stop import Stop
from desktop.domain.stream import Topic
from desktop.domain.training import Readiness, Training, held_training, readiness
from desktop.forms.permits import Find, versions_to
from desktop.forms.published_values import published_value
from desktop.store import meta, published
from desktop.store import people as store_people
from desktop.store.open import Session
from desktop.wire.publishing import PublicationBody
from desktop.wire.registry import OfficeBody, PersonBody


@dataclass(frozen=True)
class CentreTold:
    """What only the centre knows: people with their desks and codes, and what waits for a second
    signature; `at` when it was asked (UTC)."""

    offices: tuple[OfficeBody, ...]
    waiting: tuple[PublicationBody, ...]
    at: datetime


@dataclass(frozen=True)
class Person:
    """A member of staff at `office` (by its id), and what is known of him here.

    `terms` and `authorities` each have the day from which they were told, the last one last.
    `desks` is None while the centre was not asked; `trained` counts services he may do by training.
    `locked_until` is of this desk, `locked_at` are the numbers of other desks that keep him out for
    wrong passwords, at the longest until `there_until`.
    """

    staff: str
    name: str
    role: Role
    title: str
    office: str
    terms: tuple[tuple[date, StaffTerm], ...] = ()
    authorities: tuple[tuple[date, Authority], ...] = ()
    waiting: tuple[PublicationBody, ...] = ()
    stop: Stop | None = None
    came: bool = True
    desks: tuple[int, ...] | None = None
    code_until: datetime | None = None
    masked_id: str = ""
    locked_until: datetime | None = None
    locked_at: tuple[int, ...] = ()
    there_until: datetime | None = None
    hold: KeptOut | None = None
    trained: int = 0

    @property
    def newest(self) -> StaffTerm | None:
        """The term that was told last, also for a day to come; None while none was."""
        return self.terms[-1][1] if self.terms else None

    def base(self) -> StaffTerm:
        """What a change begins from: the newest term, or the one that follows from having come."""
        return self.newest or StaffTerm(self.staff, self.office, self.role.value, FIRST_DAY)

    def facts(self, today: date) -> StaffFacts:
        """What his state is found from."""
        held = [term for since, term in self.terms if since <= today]
        return StaffFacts(
            term=held[-1] if held else None,
            newest=self.newest,
            came=self.came,
            code=self.code_until is not None,
            locked=self.locked_until is not None or bool(self.locked_at),
            kept_out=self.hold is not None,
            suspended=self.stop is not None,
            waiting=any(each.draft.topic is Topic.STAFF for each in self.waiting),
        )

    def state(self, today: date) -> StaffState:
        """How he stands today."""
        return self.facts(today).state(today)

    def worker(self) -> Worker:
        """As who stamps on which day is found."""
        return Worker(
            self.staff, self.name, self.role, self.terms, self.authorities, self.stop is not None
        )


@dataclass(frozen=True)
class Staffing:
    """The staff that one desk looks after, by office and name; `told_at` is None without a line."""

    people: tuple[Person, ...]
    offices: Mapping[str, OfficeCard]
    services: Mapping[str, Service]
    today: date
    working_days: tuple[date, ...]
    signers: Mapping[Signed, Signer]
    told_at: datetime | None = None

    @cached_property
    def _by_office(self) -> dict[str, list[Person]]:
        found: dict[str, list[Person]] = {}
        for person in self.people:
            found.setdefault(person.office, []).append(person)
        return found

    @cached_property
    def _names(self) -> dict[str, str]:
        return {person.staff: person.name for person in self.people}

    @cached_property
    def states(self) -> dict[str, StaffState]:
        """By staff id, how each stands today."""
        return {person.staff: person.state(self.today) for person in self.people}

    @cached_property
    def searched(self) -> dict[str, str]:
        """By staff id, what somebody is found by, folded."""
        return {
            person.staff: fold(
                f"{person.name} {person.role.word} {_code(self.offices, person.office)}"
            )
            for person in self.people
        }

    @cached_property
    def deputies(self) -> frozenset[str]:
        """The staff ids of those who are named deputies of managers."""
        terms = (each.newest for each in self.people if each.role is Role.MANAGER)
        return frozenset(term.deputy for term in terms if term is not None and term.deputy)

    def of(self, office: str) -> list[Person]:
        """The people of one office."""
        return self._by_office.get(office, [])

    def workers(self, office: str) -> list[Worker]:
        """Who of the office has keys."""
        return [person.worker() for person in self.of(office) if person.came]

    def named(self, staff: str) -> str:
        """The name of somebody; empty for who is not known here."""
        return self._names.get(staff, "")


@dataclass
class _Known:
    """What the desk itself has heard of everybody, by staff id or key."""

    terms: dict[str, list[tuple[date, StaffTerm]]] = field(default_factory=dict)
    authorities: dict[str, list[tuple[date, Authority]]] = field(default_factory=dict)


AHEAD = timedelta(days=30)
"""So far it is looked for days on which nobody stamps."""


def ask(seat: Seat) -> CentreTold:
    """What the centre tells of the people whom this person looks after.

    Raises LineDown, Refusal.
    """
    own = seat.staff.role is Role.MANAGER
    offices = list(registry.at_work(seat, seat.staff.office if own else "").offices)
    if not own:
        offices += registry.at_work(seat, MUNICIPALITY).offices
    waiting = publishing.waiting(seat)
    with seat.desk.store.reading() as session:
        at = seat.desk.moment(session)
    return CentreTold(tuple(offices), tuple(waiting), at)


def load(seat: Seat, told: CentreTold | None) -> Staffing:
    """The staff as far as they are known: without what the centre told, those of this desk."""
    desk = seat.desk
    door = access.door(desk)
    with desk.store.reading() as session:
        reference, today, moment = desk.reference, desk.today(session), desk.moment(session)
        known = _known(desk, session, today)
        stops = reference.values(session, Topic.STOP, Stop, today)
        services = reference.services(session, today)
        cards = reference.cards(session, today)
        city = reference.city(session, today)
        records = reference.values(session, Topic.TRAINING, Training, today).values()
        trained = _trained(reference.finding(session), records, services, city, today)
        waiting = _waiting(told.waiting if told is not None else ())
        own = meta.get(session).identity
        found = []
        for one in _everybody(session, told):
            stop = stops.get(one.staff)
            person = replace(
                one,
                terms=tuple(known.terms.get(one.staff, ())),
                authorities=tuple(known.authorities.get(one.staff, ())),
                waiting=tuple(waiting.get(one.staff, ())),
                stop=stop if stop is not None and stop.holds(moment) else None,
                locked_until=door.locked.get(one.staff),
                locked_at=_elsewhere(one, own, moment),
                hold=door.holds.get(one.staff),
                trained=trained[one.staff],
            )
            found.append(person)
    days = (today + timedelta(days=n) for n in range(AHEAD.days + 1))
    working = tuple(day for day in days if city.calendar.is_working(day))
    found.sort(key=lambda each: (_code(cards, each.office), _rank(each.role), each.name))
    staffing = Staffing(
        tuple(found),
        cards,
        services,
        today,
        working,
        {paper: city.signer(paper) for paper in Signed},
        told.at if told is not None else None,
    )
    # Here and not on the window's thread, where thousands of them are first looked at.
    _ = staffing.states, staffing.searched, staffing.deputies, staffing.of("")
    return staffing


def _elsewhere(person: Person, own: meta.Identity, moment: datetime) -> tuple[int, ...]:
    """The desks that keep him out still; of this one its own door says it."""
    if person.there_until is None or person.there_until <= moment:
        return ()
    here = own.desk if own.office == person.office else None
    return tuple(desk for desk in person.locked_at if desk != here)


def _trained(
    find: Find,
    records: Iterable[Training],
    services: Mapping[str, Service],
    city: City,
    today: date,
) -> Counter[str]:
    """By staff id, for how many of the services somebody is trained on the day."""
    found: Counter[str] = Counter()
    for record in records:
        service = services.get(record.service)
        if service is not None:
            held = held_training(record, versions_to(find, service))
            told = readiness(held, today, city.lesson_days)
            found[record.staff] += told is not Readiness.NOT
    return found


def _code(cards: Mapping[str, OfficeCard], office: str) -> str:
    card = cards.get(office)
    return card.code if card is not None else office


def _rank(role: Role) -> int:
    return 0 if role is Role.MANAGER else 1


def _everybody(session: Session, told: CentreTold | None) -> Iterator[Person]:
    own = {each.staff_id: each for each in store_people.everybody(session)}
    if told is None:
        for each in own.values():
            masked = mask_id(each.national_id) if each.national_id else ""
            yield Person(
                each.staff_id, each.name, each.role, each.title, each.office, masked_id=masked
            )
        return
    for office in told.offices:
        for body in office.people:
            yield _told_person(body, office.office_id)


def _told_person(body: PersonBody, office: str) -> Person:
    return Person(
        body.staff_id,
        body.name,
        Role(body.role),
        body.title,
        office,
        came=body.came,
        desks=tuple(body.desks),
        code_until=body.code_until,
        masked_id=body.national_id,
        locked_at=tuple(body.locked),
        there_until=body.locked_until,
    )


def _known(desk: Desk, session: Session, today: date) -> _Known:
    """Terms and authorities of today, each as told from long ago, then those of days to come."""
    found = _Known()
    reference = desk.reference
    for staff, term in reference.values(session, Topic.STAFF, StaffTerm, today).items():
        found.terms[staff] = [(date.min, term)]
    for item in published.coming(session, Topic.STAFF, today):
        term = published_value(StaffTerm, item.text)
        found.terms.setdefault(term.staff, []).append((item.effective_from, term))
    for one in reference.values(session, Topic.AUTHORISATION, Authority, today).values():
        found.authorities.setdefault(one.staff, []).append((date.min, one))
    for item in published.coming(session, Topic.AUTHORISATION, today):
        one = published_value(Authority, item.text)
        found.authorities.setdefault(one.staff, []).append((item.effective_from, one))
    return found


def _waiting(publications: Sequence[PublicationBody]) -> dict[str, list[PublicationBody]]:
    """By staff id, what waits for its second signature."""
    kinds: dict[Topic, type[StaffTerm | Authority]] = {
        Topic.STAFF: StaffTerm,
        Topic.AUTHORISATION: Authority,
    }
    found: dict[str, list[PublicationBody]] = {}
    for each in publications:
        kind = kinds.get(each.draft.topic)
        items = each.draft.items if kind is not None else []
        about = {published_value(kind, item.text).staff for item in items} if kind else set()
        for staff in about:
            found.setdefault(staff, []).append(each)
    return found
