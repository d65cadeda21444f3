"""Reference data at a desk, from the stream `city`: services, figures, the office's own data."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, TypeVar

from desktop.domain.calendar import TEHRAN
from desktop.domain.city import City
from desktop.domain.delegation import Delegation
from desktop.domain.enforcement import Barred
from desktop.domain.errors import Refusal
from desktop.domain.nearest import FinderOffice
from desktop.domain.office import MUNICIPALITY, OfficeCard, is_office_code
from desktop.domain.people import Role, Staff
from desktop.domain.request import Request
from desktop.domain.service import Service
from desktop.domain.setting import Setting
from desktop.domain.staffing import StaffTerm
from desktop.domain.stream import Topic
from desktop.forms import permits
from desktop.forms.catalogue import HOLIDAYS_KEY, Kept, published_city, published_service
from desktop.forms.finder_offices import Ready, finder_offices
from desktop.forms.holidays import Holiday, read_holidays
from desktop.forms.permits import Find
from desktop.forms.published_values import published_value
from desktop.sql import memo
from desktop.store import people, published
from desktop.store.open import Session
from desktop.store.published import Item, Latest
from desktop.wire.cards import read_card

_MOST_TEXTS, _MOST_CITIES, _MOST_VERSIONS = 512, 64, 1_024
_MOST_ITEMS, _MOST_FOUND = 500_000, 4
"""So many texts, or values of them: those of two days of thousands of offices."""
_BY_TOPIC = "last of topics"
_READY = (Topic.SERVICE, Topic.STAFF, Topic.STOP, Topic.TRAINING, Topic.FIGURES)
_Value = TypeVar("_Value")
_RELEASERS = (Role.CLERK, Role.MANAGER)


class DeskReference:
    """What the stream `city` has brought here, as values; kept by the session's own latest item.

    What is much is kept by the latest of its own topics: of thousands of offices it is not read and
    parsed again because somebody passed a lesson.
    """

    def __init__(self) -> None:
        self._items: Kept[tuple[Latest, Topic, date], dict[str, Item]] = Kept(
            _MOST_TEXTS, len, _MOST_ITEMS
        )
        self._cities: Kept[tuple[Latest, date], City] = Kept(_MOST_CITIES)
        self._versions: Kept[tuple[Latest, str, str], Service] = Kept(_MOST_VERSIONS)
        self._values: Kept[tuple[Latest, Topic, date], dict[str, Any]] = Kept(
            _MOST_CITIES, len, _MOST_ITEMS
        )
        self._told: Kept[tuple[Latest, Topic], tuple[Any, ...]] = Kept(_MOST_FOUND)
        self._cards: Kept[tuple[Latest, date], dict[str, OfficeCard]] = Kept(
            _MOST_CITIES, len, _MOST_ITEMS
        )
        self._ready: Kept[tuple[Latest, date], Ready] = Kept(_MOST_FOUND)
        self._finder: Kept[tuple[Latest, date, frozenset[str]], tuple[FinderOffice, ...]] = Kept(
            _MOST_FOUND
        )
        self._last: tuple[Latest, Mapping[str, Latest]] = Latest(), {}

    def _latest_of(self, session: Session, *topics: Topic) -> Latest:
        """What was said last of these topics, as the session sees it."""
        seen = published.latest(session)
        last = memo.once(session, (_BY_TOPIC, seen), lambda: self._by_topic(session, seen))
        return max((last.get(topic.value, Latest()) for topic in topics), default=Latest())

    def _by_topic(self, session: Session, seen: Latest) -> Mapping[str, Latest]:
        before, known = self._last
        if seen != before:
            if seen.pos < before.pos or not published.stands(session, before):
                before, known = Latest(), {}
            known = {**known, **published.last_of_topics(session, before.pos)}
            self._last = seen, known
        return known

    def _holding(self, session: Session, topic: Topic, day: date) -> dict[str, Item]:
        """By key, what of the topic holds on the day."""
        seen = published.latest(session).pos
        return self._items.get(
            (self._latest_of(session, topic), topic, day),
            lambda: published.in_force(session, topic, day, upto=seen),
        )

    def services(self, session: Session, day: date) -> dict[str, Service]:
        """The services in force on the day by code, in the order of their digits."""
        items = self._holding(session, Topic.SERVICE, day).values()
        found = [published_service(i.text, i.version) for i in items]
        return {s.code: s for s in sorted(found, key=lambda s: (s.digit or 99, s.code))}

    def services_to_come(self, session: Session, day: date) -> dict[str, Service]:
        """By code, services that nobody offers on the day and some day will, as they begin."""
        now = self._holding(session, Topic.SERVICE, day)
        found: dict[str, Service] = {}
        for item in published.coming(session, Topic.SERVICE, day):
            if item.key not in now:
                found.setdefault(item.key, published_service(item.text, item.version))
        return found

    def service(self, session: Session, code: str, version: str) -> Service:
        """That very version. Raises Refusal when it has not come here."""

        def make() -> Service:
            item = published.version(session, Topic.SERVICE, code, version)
            if item is None:
                raise Refusal("فرم این خدمت هنوز از مرکز نرسیده است؛ F5 را بزنید.")
            return published_service(item.text, item.version)

        # With the moment in its key: what a round brought that was taken back is not there.
        return self._versions.get((published.latest(session), code, version), make)

    def city(self, session: Session, day: date) -> City:
        """The municipality's figures on the day. Raises Refusal before the first sync."""

        def make() -> City:
            city = published_city(
                lambda topic: {k: i.text for k, i in self._holding(session, topic, day).items()}
            )
            if city is None:
                raise Refusal("داده‌های شهرداری هنوز از مرکز نرسیده است؛ F5 را بزنید.")
            return city

        return self._cities.get((published.latest(session), day), make)

    def holidays(self, session: Session, day: date) -> dict[date, Holiday]:
        """The official holidays by day, as known on the day; none before the first sync."""
        item = self._holding(session, Topic.HOLIDAYS, day).get(HOLIDAYS_KEY)
        return {} if item is None else read_holidays(item.text)

    def office(self, session: Session, office_id: str, day: date) -> OfficeCard:
        """An office as its papers show it on the day. Raises Refusal before the first sync."""
        card = self.cards(session, day).get(office_id)
        if card is None:
            raise Refusal("مشخصات دفتر هنوز از مرکز نرسیده است؛ F5 را بزنید.")
        return card

    def cards(self, session: Session, day: date) -> dict[str, OfficeCard]:
        """By id, the offices as their papers show them on the day, the municipality's own too."""

        def make() -> dict[str, OfficeCard]:
            held = self._holding(session, Topic.OFFICE, day).values()
            return {item.key: _card(item) for item in held}

        return self._cards.get((self._latest_of(session, Topic.OFFICE), day), make)

    def office_code(self, session: Session, office_id: str, day: date) -> str:
        """The office's code on the day. Raises Refusal before the first sync.

        An id that is a code is the first one of its office, and of nobody else ever.
        """
        if is_office_code(office_id) and office_id not in self._holding(session, Topic.OFFICE, day):
            return office_id
        return self.office(session, office_id, day).code

    def offices(self, session: Session, day: date) -> dict[str, str]:
        """The names of the counter's offices by their codes of the day; none before a sync."""
        cards = self.cards(session, day)
        named = {card.code: card.name for of, card in cards.items() if of != MUNICIPALITY}
        return dict(sorted(named.items()))

    def codes(self, session: Session, office_id: str) -> tuple[str, ...]:
        """All codes of an office that are known here, former ones and those to come."""
        told = published.told(session, Topic.OFFICE, office_id)
        return tuple(dict.fromkeys(_card(item).code for item in told))

    def owners(self, session: Session) -> dict[str, str]:
        """By code, former ones and those to come too, the id of its office."""
        return {_card(item).code: item.key for item in published.all_told(session, Topic.OFFICE)}

    def finding(self, session: Session) -> Find:
        """What finds the text of a topic and key that holds on a day (`forms.permits`).

        It is of the moment: who hears of more meanwhile asks for another.
        """
        held: dict[tuple[Topic, date], dict[str, Item]] = {}

        def find(topic: Topic, key: str, day: date) -> str | None:
            if (topic, day) not in held:
                held[topic, day] = self._holding(session, topic, day)
            item = held[topic, day].get(key)
            return None if item is None else item.text

        return find

    def delegations(self, session: Session) -> tuple[Delegation, ...]:
        """All that were ever told and not withdrawn, in the order of saying."""

        def make() -> tuple[Delegation, ...]:
            told = published.all_told(session, Topic.DELEGATION)
            return tuple(published_value(Delegation, item.text) for item in told)

        return self._told.get((self._latest_of(session, Topic.DELEGATION), Topic.DELEGATION), make)

    def ready(self, session: Session, day: date) -> Ready:
        """By service and office (its id), who is employed there on the day and may do it."""

        def make() -> Ready:
            terms = self.values(session, Topic.STAFF, StaffTerm, day).values()
            find, lesson_days = self.finding(session), self.city(session, day).lesson_days
            return {
                code: permits.ready_people(find, terms, service, day, lesson_days)
                for code, service in self.services(session, day).items()
            }

        return self._ready.get((self._latest_of(session, *_READY), day), make)

    def finder_offices(
        self, session: Session, day: date, halted: frozenset[str]
    ) -> tuple[FinderOffice, ...]:
        """Where the services are done on the day, but for those offices and people."""
        seen = self._latest_of(session, Topic.OFFICE, Topic.DELEGATION, *_READY)
        return self._finder.get(
            (seen, day, halted),
            lambda: finder_offices(
                self.ready(session, day),
                self.cards(session, day),
                self.delegations(session),
                halted,
            ),
        )

    def values(
        self, session: Session, topic: Topic, kind: type[_Value], day: date
    ) -> Mapping[str, _Value]:
        """By key, what of the topic holds on the day."""

        def make() -> dict[str, Any]:
            held = self._holding(session, topic, day)
            return {key: published_value(kind, item.text) for key, item in held.items()}

        return self._values.get((self._latest_of(session, topic), topic, day), make)

    def authorised(self, session: Session, staff_id: str, service: str, day: date) -> bool:
        """Whether a clerk may release this service's letters on the day."""
        staff = people.everybody(session)
        managers = (each.staff_id for each in staff if each.role is Role.MANAGER)
        return permits.may_release(self.finding(session), managers, staff_id, service, day)

    def barred(
        self, session: Session, actor: Staff, service: str, moment: datetime
    ) -> tuple[Barred, ...]:
        """Why the person does not take a request of the service today, or soon will not."""
        day = moment.astimezone(TEHRAN).date()
        offered = self.services(session, day).get(service)
        if offered is None:
            raise Refusal("این خدمت امروز ارائه نمی‌شود.")
        city, find = self.city(session, day), self.finding(session)
        return permits.permit(find, offered, city, actor, day, moment).barred_request()

    def setting_for(
        self, session: Session, request: Request, actor: Staff, moment: datetime
    ) -> Setting:
        """What the lawfulness of an act on this request rests on at that moment."""
        day = moment.astimezone(TEHRAN).date()
        find = self.finding(session)
        service = self.service(session, request.service, request.version)
        city = self.city(session, day)
        here = [each for each in people.everybody(session) if each.office == actor.office]
        own = [each for each in here if each.role in _RELEASERS]
        return Setting(
            service=service,
            city=city,
            now=moment,
            releasers=permits.working(find, own, day, moment),
            # Who never got keys confirms nothing.
            seconds=permits.at_work(find, (each for each in own if each.key), day, moment),
            authorised=self.authorised(session, actor.staff_id, request.service, day),
            permit=permits.permit(find, service, city, actor, request.received_on, moment),
            colleagues=permits.colleagues(find, here, actor, day),
            known_as=frozenset(
                each.staff_id
                for each in here
                if each.national_id and each.national_id == actor.national_id
            ),
            closes=permits.deputises(
                find,
                (each.staff_id for each in here if each.role is Role.MANAGER),
                actor.staff_id,
                day,
            ),
            stands_in_for=permits.cases_stood_in_for(
                find,
                (each.staff_id for each in here if each.role is Role.EXPERT),
                actor.staff_id,
                day,
                moment,
            )
            if actor.role is Role.EXPERT
            else frozenset(),
        )


def _card(item: Item) -> OfficeCard:
    return read_card(item.text, item.key)
