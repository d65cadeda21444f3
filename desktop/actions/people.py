"""The staff of offices as one desk knows them, with or without what the centre tells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import cached_property

from desktop.actions import access, publishing
from desktop.actions.desk import Desk, Seat
from desktop.domain.city import City
from desktop.domain.cover import Worker
from desktop.domain.identifiers import mask_id
from desktop.domain.locking import KeptOut
from desktop.domain.office import FIRST_DAY, OfficeCard
from desktop.domain.people import Role, list_place
from desktop.domain.persian import fold, folded_words
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
from desktop.wire import calls
from desktop.wire.people import MOST, NAMED, OfOfficeBody, PeopleAsk
from desktop.wire.publishing import PublicationBody


@dataclass(frozen=True)
class PeopleWanted:
    """Whom one looks for: at an office (by its id), by words, in a `StaffState`; an empty part asks
    for nothing."""

    office: str = ""
    typed: str = ""
    state: str = ""


@dataclass(frozen=True)
class CentreTold:
    """What only the centre knows: people with their desks and codes, the names of who stands in for
    them, and what waits for a second signature; `at` when it was asked (UTC)."""

    people: tuple[OfOfficeBody, ...]
    names: Mapping[str, str]
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
    """People of the staff in the order of their list; `told_at` is None without a line."""

    people: tuple[Person, ...]
    offices: Mapping[str, OfficeCard]
    services: Mapping[str, Service]
    today: date
    working_days: tuple[date, ...]
    signers: Mapping[Signed, Signer]
    deputies: frozenset[str]
    """The staff ids of those who are named deputies of managers."""
    names: Mapping[str, str]
    """By staff id, of these people and of who stands in for them."""
    told_at: datetime | None = None

    @cached_property
    def _by_office(self) -> dict[str, list[Person]]:
        found: dict[str, list[Person]] = {}
        for person in self.people:
            found.setdefault(person.office, []).append(person)
        return found

    @cached_property
    def states(self) -> dict[str, StaffState]:
        """By staff id, how each stands today."""
        return {person.staff: person.state(self.today) for person in self.people}

    def of(self, office: str) -> list[Person]:
        """The people of one office."""
        return self._by_office.get(office, [])

    def workers(self, office: str) -> list[Worker]:
        """Who of the office has keys."""
        return [person.worker() for person in self.of(office) if person.came]

    def named(self, staff: str) -> str:
        """The name of somebody; empty for who is not known here."""
        return self.names.get(staff, "")


@dataclass(frozen=True)
class ListedPeople:
    """A page of the people who are looked for; how many are in each state, whatever is asked of it.

    `without_id` are the first of those who work and whose national id nobody told, `unnamed` how
    many they are. `place` is where in the list somebody stands who was asked for. What is counted
    comes with the first page alone.
    """

    staffing: Staffing
    waiting: tuple[PublicationBody, ...]
    total: int
    counts: Mapping[str, int]
    without_id: tuple[str, ...]
    unnamed: int
    place: int | None


@dataclass
class _Known:
    """What the desk itself has heard of some people, by staff id; `deputies` are all managers'."""

    terms: dict[str, list[tuple[date, StaffTerm]]] = field(default_factory=dict)
    authorities: dict[str, list[tuple[date, Authority]]] = field(default_factory=dict)
    trainings: list[Training] = field(default_factory=list)
    deputies: frozenset[str] = frozenset()


AHEAD = timedelta(days=30)
"""So far it is looked for days on which nobody stamps."""


def ask(seat: Seat, wanted: PeopleWanted = PeopleWanted()) -> CentreTold:
    """What the centre tells of all who are looked for; a manager looks for his own people.

    Here and below: raises LineDown, Refusal.
    """
    if seat.staff.role is Role.MANAGER:
        wanted = replace(wanted, office=seat.staff.office)
    people: list[OfOfficeBody] = []
    names: dict[str, str] = {}
    while True:
        answer = seat.desk.ask(calls.PEOPLE, _ask(seat, wanted, len(people), MOST))
        people += answer.people
        names |= answer.names
        if not answer.people or len(people) >= answer.total:
            return _told(seat, people, names, tuple(publishing.waiting(seat)))


def page(
    seat: Seat,
    wanted: PeopleWanted,
    first: int,
    count: int,
    *,
    person: str = "",
    before: ListedPeople | None = None,
) -> ListedPeople:
    """A page of them, and where in the list a person stands; a page that came `before` spares the
    question what waits for a second signature."""
    answer = seat.desk.ask(calls.PEOPLE, _ask(seat, wanted, first, count, person))
    waiting = before.waiting if before is not None else tuple(publishing.waiting(seat))
    return ListedPeople(
        staffing=load(seat, _told(seat, answer.people, answer.names, waiting)),
        waiting=waiting,
        total=answer.total,
        counts=answer.counts,
        without_id=tuple(answer.without_id),
        unnamed=answer.unnamed,
        place=answer.place,
    )


def _ask(seat: Seat, wanted: PeopleWanted, first: int, limit: int, person: str = "") -> PeopleAsk:
    return PeopleAsk(
        actor=seat.staff.staff_id, **vars(wanted), person=person, first=first, limit=limit
    )


def _told(
    seat: Seat,
    people: Sequence[OfOfficeBody],
    names: Mapping[str, str],
    waiting: tuple[PublicationBody, ...],
) -> CentreTold:
    with seat.desk.store.reading() as session:
        at = seat.desk.moment(session)
    return CentreTold(tuple(people), names, waiting, at)


def among(known: Staffing, wanted: PeopleWanted) -> ListedPeople:
    """Those of the known people who are looked for, as the centre would list them."""
    words = folded_words(wanted.typed)
    found = [
        person
        for person in known.people
        if all(word in fold(f"{person.name} {person.role.word}") for word in words)
    ]
    shown = [one for one in found if wanted.state in ("", known.states[one.staff])]
    unnamed = [
        one.name
        for one in known.people
        if not one.masked_id and known.states[one.staff] is not StaffState.ENDED
    ]
    return ListedPeople(
        staffing=replace(known, people=tuple(shown)),
        waiting=(),
        total=len(shown),
        counts={"": len(found), **Counter(known.states[one.staff].value for one in found)},
        without_id=tuple(unnamed[:NAMED]),
        unnamed=len(unnamed),
        place=None,
    )


def load(seat: Seat, told: CentreTold | None) -> Staffing:
    """The staff as far as they are known: without what the centre told, those of this desk."""
    desk = seat.desk
    door = access.door(desk)
    with desk.store.reading() as session:
        reference, today, moment = desk.reference, desk.today(session), desk.moment(session)
        everybody = list(_everybody(session, told))
        known = _known(desk, session, today, {one.staff for one in everybody})
        stops = reference.values(session, Topic.STOP, Stop, today)
        services = reference.services(session, today)
        cards = reference.cards(session, today)
        city = reference.city(session, today)
        trained = _trained(reference.finding(session), known.trainings, services, city, today)
        waiting = _waiting(told.waiting if told is not None else ())
        own = meta.get(session).identity
        found = []
        for one in everybody:
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
    if told is None:
        found.sort(key=lambda each: list_place("", each.role, each.name, each.staff))
    staffing = Staffing(
        tuple(found),
        cards,
        services,
        today,
        working,
        {paper: city.signer(paper) for paper in Signed},
        known.deputies,
        {**(told.names if told is not None else {}), **{each.staff: each.name for each in found}},
        told.at if told is not None else None,
    )
    # Here and not on the window's thread, where hundreds of them are first looked at.
    _ = staffing.states, staffing.of("")
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


def _everybody(session: Session, told: CentreTold | None) -> Iterator[Person]:
    own = {each.staff_id: each for each in store_people.everybody(session)}
    if told is None:
        for each in own.values():
            masked = mask_id(each.national_id) if each.national_id else ""
            yield Person(
                each.staff_id, each.name, each.role, each.title, each.office, masked_id=masked
            )
        return
    for body in told.people:
        yield _told_person(body)


def _told_person(body: OfOfficeBody) -> Person:
    return Person(
        body.staff_id,
        body.name,
        Role(body.role),
        body.title,
        body.office,
        came=body.came,
        desks=tuple(body.desks),
        code_until=body.code_until,
        masked_id=body.national_id,
        locked_at=tuple(body.locked),
        there_until=body.locked_until,
    )


def _known(desk: Desk, session: Session, today: date, staff: Set[str]) -> _Known:
    """Of these people terms and authorities of today, each as told from long ago, then those of
    days to come; and who is named a manager's deputy."""
    found = _Known()
    reference = desk.reference
    terms = [
        (date.min, term)
        for term in reference.values(session, Topic.STAFF, StaffTerm, today).values()
    ]
    for item in published.coming(session, Topic.STAFF, today):
        terms.append((item.effective_from, published_value(StaffTerm, item.text)))
    newest: dict[str, StaffTerm] = {}
    for since, term in terms:
        if term.staff in staff:
            found.terms.setdefault(term.staff, []).append((since, term))
        if term.role == Role.MANAGER:
            newest[term.staff] = term
    found.deputies = frozenset(term.deputy for term in newest.values() if term.deputy)
    for one in reference.values(session, Topic.AUTHORISATION, Authority, today).values():
        if one.staff in staff:
            found.authorities.setdefault(one.staff, []).append((date.min, one))
    for item in published.coming(session, Topic.AUTHORISATION, today):
        one = published_value(Authority, item.text)
        if one.staff in staff:
            found.authorities.setdefault(one.staff, []).append((item.effective_from, one))
    records = reference.values(session, Topic.TRAINING, Training, today).values()
    found.trainings = [record for record in records if record.staff in staff]
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
