"""What would hold on a day if a draft were in force, or something published were withdrawn."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import literal_column, select
from sqlalchemy.orm import Session

from desktop.centre.context import Centre
from desktop.centre.publication_tables import PublishedRow
from desktop.centre.queueing import is_open
from desktop.centre.reference import NoFigures, not_withdrawn, read_texts
from desktop.centre.tables import CaseRow
from desktop.domain.calendar import format_long
from desktop.domain.city import City
from desktop.domain.persian import to_persian_digits
from desktop.domain.service import Service
from desktop.domain.stream import Topic
from desktop.forms.catalogue import published_city, published_service
from desktop.forms.charges import charge_faults
from desktop.forms.dated import DATED

_TOPICS = (Topic.SERVICE, *DATED)
Running = Mapping[tuple[str, str], Service]
"""Forms by code and version."""


@dataclass(frozen=True)
class Foreseen:
    """A text that is not published, as it would hold; `version` names it as if it were."""

    key: str
    day: date
    version: str
    text: str


class Outlook:
    """The centre's reference data with a draft's texts added and published places left out."""

    def __init__(
        self,
        session: Session,
        centre: Centre,
        topic: Topic | None = None,
        texts: Sequence[Foreseen] = (),
        without: Collection[int] = (),
    ) -> None:
        """`texts` are of the topic; `without` are places in the stream `city`."""
        self._session, self._centre = session, centre
        self._topic, self._texts, self._without = topic, texts, frozenset(without)
        self._cities: dict[date, City] = {}

    def texts(self, topic: Topic, day: date) -> dict[str, tuple[str, str]]:
        """By key, version and text of what of the topic holds on the day."""
        if self._without:
            held = read_texts(self._session, topic, day, self._without)
        else:
            held = self._centre.reference.holding(self._session, topic, day)
        found = {key: (row.version, row.text) for key, row in held.items()}
        since = {key: row.since for key, row in held.items()}
        if topic is self._topic:
            for new in sorted(self._texts, key=lambda each: each.day):
                # What is said last wins on its own day, and gives way to what begins later.
                if since.get(new.key, new.day) <= new.day <= day:
                    found[new.key] = (new.version, new.text)
        return found

    def services(self, day: date) -> dict[str, Service]:
        """The services that would be offered on the day, by code."""
        found = self.texts(Topic.SERVICE, day)
        return {key: published_service(text, version) for key, (version, text) in found.items()}

    def city(self, day: date) -> City:
        """The municipality's figures of the day. Raises NoFigures before the first."""
        if day not in self._cities:
            city = published_city(
                lambda topic: {key: text for key, (_, text) in self.texts(topic, day).items()}
            )
            if city is None:
                raise NoFigures(day)
            self._cities[day] = city
        return self._cities[day]


def days_to_come(session: Session, since: date) -> list[date]:
    """The day itself, and every later one from which something published will hold."""
    later = (
        select(PublishedRow.effective_from)
        .where(
            PublishedRow.topic.in_([topic.value for topic in _TOPICS]),
            PublishedRow.effective_from > since,
            not_withdrawn(),
        )
        .distinct()
    )
    return [since, *sorted(session.scalars(later))]


def cases_under_way(session: Session, centre: Centre) -> Running:
    """By code and version, the services under whose forms open cases run."""
    # Not the column itself: SQLite would go through all cases in its order to spare a grouping.
    service = CaseRow.service.concat(literal_column("''"))
    asked = select(service, CaseRow.received_on).where(is_open(CaseRow)).distinct()
    services = (
        centre.reference.in_force(session, code, day) for code, day in session.execute(asked)
    )
    return {(service.code, service.version): service for service in services}


def new_disorders(
    before: Outlook, after: Outlook, days: Iterable[date], running: Running
) -> Iterator[str]:
    """What does not go together on those days, and did before: digits, links, tariffs.

    `running` are the forms of open cases and of today: their sums must be worked out on each day.
    """
    told: set[str] = set()
    for day in days:
        known = set(_disorders(before.services(day), before.city(day), running))
        for words in _disorders(after.services(day), after.city(day), running):
            if words not in known and words not in told:
                told.add(words)
                yield f"از {format_long(day)}: {words}"


def _disorders(services: Mapping[str, Service], city: City, running: Running) -> Iterator[str]:
    digits: dict[int, str] = {}
    owners: dict[str, str] = {}
    for service in services.values():
        for link in service.links:
            if link.service not in services:
                yield f"«{service.title}» به «{link.service}» پیوند دارد که آن روز ارائه نمی‌شود."
        other = digits.setdefault(service.digit, service.title) if service.digit else service.title
        if other != service.title:
            digit = to_persian_digits(service.digit)
            yield f"رقم {digit} را «{other}» و «{service.title}» با هم دارند؛ رقم دیگری بگذارید."
        for key in service.tariffs:
            owner = owners.setdefault(key, service.title)
            if owner != service.title:
                # One price published for the name would change the sums of both.
                yield f"تعرفهٔ «{key}» از آنِ «{owner}» است؛ «{service.title}» نام دیگری بگذارد."
    if not city.districts:
        yield "هیچ منطقه‌ای از شهر نمی‌ماند."
    charged = {(each.code, each.version): each for each in services.values()}
    for service in {**running, **charged}.values():
        # What was published in the place of its own tariffs is no other's.
        for fault in charge_faults(service, city, service):
            yield f"«{service.title}»: {fault.words}"
