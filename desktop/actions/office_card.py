"""One office as this desk has heard of it: card, services, people, hours, what happened."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from desktop.actions import office_events
from desktop.actions.desk import Desk
from desktop.actions.office_events import OfficeEvent
from desktop.domain.calendar import WEEKDAYS, OfficeCalendar, format_day_month, weekday
from desktop.domain.city import City
from desktop.domain.delegation import ENDING, Delegation, DelegationState, delegation_key
from desktop.domain.errors import Refusal
from desktop.domain.heir import Heir
from desktop.domain.hours import Span
from desktop.domain.office import OfficeCard
from desktop.domain.office_letter import OfficeLetter
from desktop.domain.office_words import card_lines, happened
from desktop.domain.persian import to_persian_digits
from desktop.domain.place import Bounds
from desktop.domain.service import Service
from desktop.domain.signer import Signed
from desktop.domain.staffing import StaffTerm, authority_key
from desktop.domain.stop import Stop
from desktop.domain.stream import DeviceTold, Topic
from desktop.domain.training import renewal_words, training_key
from desktop.forms import permits
from desktop.forms.published_values import published_value
from desktop.store import facts, published
from desktop.store.open import Session
from desktop.store.published import Said
from desktop.wire.canon import canon
from desktop.wire.cards import read_act, read_card

_NO_OFFICE = "این دفتر در داده‌های شهرداری نیست یا هنوز به این رایانه نرسیده است؛ F5 را بزنید."
_HELD = (DelegationState.IN_FORCE, DelegationState.ENDING)


@dataclass(frozen=True)
class Entrusted:
    """A service as it is, was or will be handed over to the office.

    `until` is the last day on which it holds, whatever ended it; `ended` the text that ended it
    before its time. `ready` counts who may do it there, today or on its first day; `renewal` says
    until when the last of them may, empty where somebody may without end. `written`: a letter to
    the office tells of it. `last`: the service was not handed over to the office again.
    """

    title: str
    delegation: Delegation
    state: DelegationState
    until: date | None
    ready: int = 0
    renewal: str = ""
    ended: Delegation | None = None
    written: bool = True
    last: bool = True

    @property
    def passes_cases(self) -> bool:
        """Whether it is over, and another office finishes what is open."""
        over = self.state in (DelegationState.ENDED, DelegationState.WITHDRAWN)
        return over and bool((self.ended or self.delegation).heir)

    @property
    def wants_heir(self) -> bool:
        """Whether it is over for good, and the office finishes by itself what is open."""
        over = self.state in (DelegationState.ENDED, DelegationState.WITHDRAWN)
        return over and self.last and not self.passes_cases


@dataclass(frozen=True)
class OfficeDay:
    """A day of this week: its hours, and the holiday that it is, empty for none."""

    day: date
    spans: tuple[Span, ...]
    holiday: str = ""


@dataclass(frozen=True)
class OfficeLook:
    """An office on a day, as the city's data tell of it.

    `former` are codes that it had, `coming` the card of a later day with that day. `newest` is the
    card of the last of such days, `since` the first day from which another may hold. `stop` holds
    now, `stop_to_come` from a later moment. `signs`: the data name who signs letters of
    delegation. `terms` are of who belongs to it, will, or did; `stopped` the staff ids of whom a
    stop holds, here or anywhere.
    """

    card: OfficeCard
    day: date
    former: tuple[str, ...]
    coming: tuple[date, OfficeCard] | None
    newest: OfficeCard
    since: date
    stop: Stop | None
    stop_to_come: Stop | None
    signs: bool
    services: tuple[Entrusted, ...]
    terms: tuple[StaffTerm, ...]
    stopped: frozenset[str]
    week: tuple[OfficeDay, ...]
    calendar: OfficeCalendar
    districts: tuple[int, ...]
    bounds: Bounds | None
    events: tuple[OfficeEvent, ...]


def look(desk: Desk, office: str) -> OfficeLook:
    """The office by its id, today. Raises Refusal where this desk has not heard of it."""
    with desk.store.reading() as session:
        return _Looking(desk, session, office).look()


class _Looking:
    """What is read of one office in one session."""

    def __init__(self, desk: Desk, session: Session, office: str) -> None:
        self._desk, self._session, self._office = desk, session, office
        self._reference = desk.reference
        self._day = desk.today(session)
        self._city: City = self._reference.city(session, self._day)
        self._find = self._reference.finding(session)

    def look(self) -> OfficeLook:
        session, day = self._session, self._day
        told = published.said(session, Topic.OFFICE, [self._office])
        if not told:
            raise Refusal(_NO_OFFICE)
        # Of two for one day the later said stands.
        by_day = {each.item.effective_from: _card(each) for each in told}
        days = sorted(by_day)
        begun = [by_day[since] for since in days if since <= day] or [by_day[days[0]]]
        later = [since for since in days[1:] if since > day]
        card = begun[-1]
        codes = dict.fromkeys(each.code for each in reversed(begun))
        given = self._delegations()
        stops = published.said(session, Topic.STOP, [self._office])
        return OfficeLook(
            card=card,
            day=day,
            former=tuple(code for code in codes if code != card.code),
            coming=(later[0], by_day[later[0]]) if later else None,
            newest=by_day[days[-1]],
            since=max(day, days[-1]) + timedelta(days=1),
            stop=permits.stopped_office(self._find, self._office, self._desk.moment(session)),
            stop_to_come=self._stop_to_come(stops),
            signs=Signed.DELEGATION in self._city.signers,
            services=tuple(sorted(self._handed_over(given), key=_standing)),
            terms=self._terms(),
            stopped=self._stopped(),
            week=tuple(self._week(card)),
            calendar=self._city.calendar,
            districts=self._city.districts,
            bounds=self._city.bounds,
            events=self._events(told, given, stops),
        )

    def _delegations(self) -> list[Said]:
        services = {item.key for item in published.all_told(self._session, Topic.SERVICE)}
        keys = [delegation_key(self._office, service) for service in sorted(services)]
        return published.said(self._session, Topic.DELEGATION, keys)

    def _handed_over(self, given: Sequence[Said]) -> Iterator[Entrusted]:
        by_service: dict[str, dict[date, Delegation]] = {}
        versions: dict[tuple[str, date], str] = {}
        for said in given:
            told = published_value(Delegation, said.item.text)
            by_service.setdefault(told.service, {})[told.since] = told
            versions[told.service, told.since] = said.item.version
        written = self._written()
        for code, days in by_service.items():
            told_of = list(_without_repeated([days[since] for since in sorted(days)]))
            last = max((one.since for one in told_of if not one.withdrawn), default=None)
            for one, following in zip(told_of, [*told_of[1:], None], strict=True):
                if not one.withdrawn:
                    known = (one.key, versions[code, one.since]) in written
                    row = self._one(code, one, following)
                    yield replace(row, written=known, last=one.since == last)

    def _written(self) -> set[tuple[str, str]]:
        """Key and version of each delegation that a letter to the office tells of."""
        # Of thousands of letters those to one office: the texts are canonical.
        own = f'"office":{canon(self._office)}'
        letters = (
            published_value(OfficeLetter, item.text)
            for item in published.all_told(self._session, Topic.OFFICE_LETTER)
            if own in item.text
        )
        return {(each.key, each.version) for letter in letters for each in letter.services}

    def _one(self, code: str, one: Delegation, following: Delegation | None) -> Entrusted:
        until, ended = one.until, None
        if following is not None:
            before = following.since - timedelta(days=1)
            if following.withdrawn and following.until is not None:
                before = following.until
            until = before if until is None else min(until, before)
            ended = following if following.withdrawn else None
        state = self._state(one, until, ended)
        on = max(self._day, one.since)
        service = self._reference.services(self._session, on).get(code)
        title = service.title if service is not None else code
        ready, renewal = 0, ""
        if service is not None and (state in _HELD or state is DelegationState.COMING):
            ready, renewal = self._ready(service, on)
        return Entrusted(title, one, state, until, ready, renewal, ended)

    def _state(
        self, one: Delegation, until: date | None, ended: Delegation | None
    ) -> DelegationState:
        if self._day < one.since:
            return DelegationState.COMING
        if until is None or self._day + ENDING < until:
            return DelegationState.IN_FORCE
        if self._day <= until:
            return DelegationState.ENDING
        cut = ended is not None and ended.until is None
        return DelegationState.WITHDRAWN if cut else DelegationState.ENDED

    def _ready(self, service: Service, on: date) -> tuple[int, str]:
        """How many may do the service there, and until when where none may without end."""
        terms = self._reference.values(self._session, Topic.STAFF, StaffTerm, on).values()
        own = [term for term in terms if term.office == self._office]
        days = self._city.lesson_days
        people = permits.ready_people(self._find, own, service, on, days).get(self._office, [])
        renewals = []
        for staff in people:
            held = permits.held_of(self._find, staff, service, on)
            if held is not None and held.replaced is not None:
                renewals.append((held.counts_until(days), renewal_words(held, days)))
        every = bool(people) and len(renewals) == len(people)
        return len(people), max(renewals)[1] if every else ""

    def _terms(self) -> tuple[StaffTerm, ...]:
        """Of each person the term that holds, else the first to come."""
        session = self._session
        held = self._reference.values(session, Topic.STAFF, StaffTerm, self._day)
        found: dict[str, StaffTerm] = {}
        for item in published.all_told(session, Topic.STAFF):
            term = published_value(StaffTerm, item.text)
            if term.office == self._office:
                found.setdefault(term.staff, held.get(term.staff, term))
        return tuple(found.values())

    def _stop_to_come(self, stops: Sequence[Said]) -> Stop | None:
        """The first stop that begins later; one that was taken back is not said any more."""
        moment = self._desk.moment(self._session)
        told = (published_value(Stop, said.item.text) for said in stops)
        coming = (stop for stop in told if stop.since > moment and stop.until is None)
        return min(coming, key=lambda stop: stop.since, default=None)

    def _stopped(self) -> frozenset[str]:
        """Staff ids of all of whom a stop holds now, whoever they are."""
        moment = self._desk.moment(self._session)
        told = self._reference.values(self._session, Topic.STOP, Stop, self._day)
        return frozenset(who for who, stop in told.items() if stop.holds(moment))

    def _week(self, card: OfficeCard) -> Iterator[OfficeDay]:
        if card.hours is None:
            return
        calendar = self._city.calendar
        saturday = self._day - timedelta(days=WEEKDAYS.index(weekday(self._day)))
        for ahead in range(len(WEEKDAYS)):
            day = saturday + timedelta(days=ahead)
            yield OfficeDay(day, card.hours.on(day, calendar), calendar.holidays.get(day, ""))

    def _events(
        self, cards: Sequence[Said], given: Sequence[Said], stops: Sequence[Said]
    ) -> tuple[OfficeEvent, ...]:
        """All that was said of the office, the last said first."""
        found = [*_changes(cards), *self._handings(given), *_stops(stops), *self._heirs()]
        found += [*self._people(), *self._desks()]
        return tuple(sorted(found, key=lambda each: (each.at, each.day), reverse=True))

    def _people(self) -> Iterator[OfficeEvent]:
        """Their terms and leave, what they may stamp, what they learnt, when they were stopped."""
        staff = [term.staff for term in self._terms()]
        titles = self._titles()
        keys = [authority_key(each, code) for each in staff for code in titles]
        session = self._session
        yield from office_events.of_terms(published.said(session, Topic.STAFF, staff))
        told = published.said(session, Topic.AUTHORISATION, keys)
        yield from office_events.of_authorities(told, titles)
        passed = [training_key(each, code) for each in staff for code in titles]
        told = published.said(session, Topic.TRAINING, passed)
        yield from office_events.of_trainings(told, titles)
        yield from office_events.of_stops(published.said(session, Topic.STOP, staff))

    def _desks(self) -> Iterator[OfficeEvent]:
        own = f'"office":{canon(self._office)}'
        told = facts.of_kind(self._session, DeviceTold.kind, own)
        yield from office_events.of_desks(told)

    def _titles(self) -> dict[str, str]:
        services = self._reference.services(self._session, self._day)
        return {code: service.title for code, service in services.items()}

    def _heirs(self) -> Iterator[OfficeEvent]:
        """To whom its open cases were given."""
        cards = self._reference.cards(self._session, self._day)
        for said in published.said(self._session, Topic.HEIR, [self._office]):
            told, day = published_value(Heir, said.item.text), said.item.effective_from
            name = cards[told.heir].name if told.heir in cards else told.heir
            lines = (to_persian_digits(f"به {name}"),)
            words = "سپردن پرونده‌های باز"
            yield OfficeEvent(Topic.HEIR, words, lines, day, said.at, said.by, told.act.words)

    def _handings(self, given: Sequence[Said]) -> Iterator[OfficeEvent]:
        """What was handed over or ended by one act at one moment is one event."""
        titles = self._titles()
        together: dict[tuple[object, ...], list[str]] = {}
        first: dict[tuple[object, ...], tuple[Said, Delegation]] = {}
        for said in given:
            told = published_value(Delegation, said.item.text)
            one: tuple[object, ...] = (
                said.at, said.by, told.act, told.since, told.until, told.withdrawn,
            )  # fmt: skip
            first.setdefault(one, (said, told))
            together.setdefault(one, []).append(titles.get(told.service, told.service))
        for key, (said, told) in first.items():
            services = tuple(together[key])
            since = format_day_month(told.since)
            what = "پس گرفتن" if told.withdrawn else "واگذاری"
            if told.withdrawn and told.until is not None:
                what = "سپردن پرونده‌های باز"
            words = to_persian_digits(f"{what} {len(services)} خدمت از {since}")
            yield OfficeEvent(
                Topic.DELEGATION, words, services, told.since, said.at, said.by, told.act.words
            )


def _without_repeated(told: Sequence[Delegation]) -> Iterator[Delegation]:
    """Without ends after which another one names who finishes what is open."""
    for one, following in zip(told, [*told[1:], None], strict=True):
        named = following is not None and following.withdrawn and following.until is not None
        if not (one.withdrawn and named):
            yield one


def _card(said: Said) -> OfficeCard:
    return read_card(said.item.text, said.item.key)


def _standing(row: Entrusted) -> tuple[int, int, str]:
    """What is to begin first, then what holds, then what ended; the newest of each first."""
    at = 0 if row.state is DelegationState.COMING else 1 if row.state in _HELD else 2
    return at, -row.delegation.since.toordinal(), row.title


def _changes(cards: Sequence[Said]) -> Iterator[OfficeEvent]:
    before: OfficeCard | None = None
    for said in cards:
        card = _card(said)
        words, lines = happened(before, card), tuple(card_lines(before, card))
        since, act = said.item.effective_from, read_act(said.item.text)
        rests = act.words if act is not None else ""
        yield OfficeEvent(Topic.OFFICE, words, lines, since, said.at, said.by, rests)
        before = card


def _stops(stops: Sequence[Said]) -> Iterator[OfficeEvent]:
    for said in stops:
        stop = published_value(Stop, said.item.text)
        over = stop.until is not None
        words = "پایان توقف خدمات شهرداری" if over else "توقف خدمات شهرداری"
        cause = to_persian_digits(stop.cause)
        day = said.item.effective_from
        yield OfficeEvent(Topic.STOP, words, (cause,), day, said.at, said.by, stop.act.words)
