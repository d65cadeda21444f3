"""The staff of the city's offices, page by page: who is looked for, and how many in each state."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.centre import publications
from desktop.centre.context import Centre, day_of
from desktop.centre.offices import all_offices
from desktop.centre.people_told import Door, Member, members, told_so_far
from desktop.centre.reference import latest
from desktop.centre.registrars import demand_registrar
from desktop.centre.tables import DeviceRow, PersonRow
from desktop.domain.errors import Refusal
from desktop.domain.people import Role, list_place
from desktop.domain.persian import fold, folded_words
from desktop.domain.staff_state import StaffFacts, StaffState
from desktop.domain.stream import Topic
from desktop.forms.permits import stopped_person
from desktop.wire.people import MOST, NAMED, OfOfficeBody, PeopleAnswer, PeopleAsk

_STRANGE = "این درخواست را مرکز نمی‌شناسد."


def people_list(
    session: Session, centre: Centre, device: DeviceRow, ask: PeopleAsk, at: datetime
) -> PeopleAnswer:
    """A page of the people who are looked for. Raises Refusal for who does not look after them."""
    demand_registrar(session, centre, device, ask.actor, ask.office)
    if ask.state not in {"", *StaffState}:
        raise Refusal(_STRANGE)
    door = Door(session, at)
    city = _listing(session, centre, door, ask.office, at)
    found = city.having(ask.typed)
    shown = [one for one in found if ask.state in ("", city.states[one.staff_id])]
    page = shown[ask.first : ask.first + min(ask.limit, MOST)]
    told = zip(page, door.told(page), strict=True)
    answer = PeopleAnswer(
        time=at,
        total=len(shown),
        people=[OfOfficeBody(office=one.office, **fields) for one, fields in told],
        names=_names(session, centre, page),
    )
    if ask.first:
        return answer
    places = (place for place, one in enumerate(shown) if one.staff_id == ask.person)
    return answer.model_copy(
        update={
            "counts": {"": len(found), **Counter(city.states[one.staff_id] for one in found)},
            "without_id": list(city.unnamed[:NAMED]),
            "unnamed": len(city.unnamed),
            "place": next(places, None),
        }
    )


@dataclass(frozen=True)
class _Listing:
    """People in the order of their list, what each is found by and how each stands, by staff id;
    `unnamed` are the names of those who work and have no national id."""

    people: Sequence[Member]
    searched: Mapping[str, str]
    states: Mapping[str, StaffState]
    unnamed: Sequence[str]

    def having(self, typed: str) -> Sequence[Member]:
        """Those whose name, role and office's code have all the words."""
        words = folded_words(typed)
        if not words:
            return self.people
        searched = self.searched
        return [one for one in self.people if all(w in searched[one.staff_id] for w in words)]


def _listing(session: Session, centre: Centre, door: Door, office: str, at: datetime) -> _Listing:
    """The staff of the office, or of all: those are listed anew only where something changed."""
    today, find = day_of(at), centre.reference.finding(session)
    stops = centre.reference.holding(session, Topic.STOP, today)
    suspended = frozenset(who for who in stops if stopped_person(find, who, at) is not None)
    waiting = publications.waiting_keys(session, Topic.STAFF)

    def make() -> _Listing:
        codes = {of: each.on(today).code for of, each in all_offices(session).items()}
        terms, newest = (centre.reference.terms(session, day) for day in (today, date.max))

        def place(one: Member) -> tuple[object, ...]:
            return list_place(codes[one.office], one.role, one.name, one.staff_id)

        def state(one: Member) -> StaffState:
            # Whom his own desk keeps out, it alone knows.
            return StaffFacts(
                term=terms.get(one.staff_id),
                newest=newest.get(one.staff_id),
                came=one.came,
                code=one.staff_id in door.codes,
                locked=(one.office, one.staff_id) in door.locks,
                suspended=one.staff_id in suspended,
                waiting=one.staff_id in waiting,
            ).state(today)

        people = sorted(members(session, office), key=place)
        states = {one.staff_id: state(one) for one in people}
        roles = {role.value: fold(role.word) for role in Role}
        searched = {
            one.staff_id: f"{fold(one.name)} {roles[one.role]} {fold(codes[one.office])}"
            for one in people
        }
        working = (one for one in people if states[one.staff_id] is not StaffState.ENDED)
        return _Listing(
            people, searched, states, [one.name for one in working if not one.national_id]
        )

    if office:
        return make()
    seen = (told_so_far(session), latest(session), today, suspended, waiting)
    kept: _Listing = centre.people.get((*seen, frozenset(door.codes), frozenset(door.locks)), make)
    return kept


def _names(session: Session, centre: Centre, people: Sequence[Member]) -> dict[str, str]:
    """By staff id, the names of who stands in for any of these on some day."""
    newest = centre.reference.terms(session, date.max)
    terms = (newest.get(one.staff_id) for one in people)
    staff = {deputy for term in terms if term is not None for deputy in term.deputies}
    asked = select(PersonRow.staff_id, PersonRow.name).where(PersonRow.staff_id.in_(staff))
    return {staff_id: name for staff_id, name in session.execute(asked)}
