"""Reference data as published: what holds on a day, parsed once a version."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, bindparam, exists, or_, select
from sqlalchemy.orm import Session

from desktop.centre.offices import office_with
from desktop.centre.publication_tables import PublishedRow
from desktop.centre.shares import Busy
from desktop.centre.tables import PersonRow
from desktop.domain.city import City
from desktop.domain.errors import Refusal
from desktop.domain.office import Office
from desktop.domain.people import Role
from desktop.domain.rota import HORIZON_DAYS, Rota
from desktop.domain.service import Service
from desktop.domain.staffing import StaffTerm
from desktop.domain.stream import Published, Topic, withdrawn_key
from desktop.forms.catalogue import Kept, published_city, published_service
from desktop.forms.permits import Find
from desktop.forms.published_values import published_value
from desktop.forms.rota import absences, rota_of
from desktop.sql import memo
from desktop.sql.metadata import table_of
from desktop.wire.canon import canon

_MOST_TEXTS, _MOST_CITIES, _MOST_OFFICES, _MOST_TERMS = 512, 64, 1_024, 4
_NO_ROTA = "برنامهٔ بازدید مأموران هنوز منتشر نشده است؛ نوبت را شهرداری باز می‌کند."
_LATEST = "latest publication"
_OF_VISITS = tuple(
    topic.value for topic in (Topic.ROTA, Topic.ABSENCE, Topic.HOLIDAYS, Topic.FIGURES)
)
_OF_INSPECTORS = (Topic.STAFF.value, Topic.STOP.value)
"""Of these what is said of an inspector is of visits too."""
_AHEAD = 2 * HORIZON_DAYS
"""So many days hold the working days of the horizon, whatever is closed."""
_SAID = table_of(PublishedRow).c
_GONE = table_of(PublishedRow).alias("gone").c
_NEWEST = (
    select(_SAID.pos, _SAID.topic, _SAID.key, _SAID.version, _SAID.effective_from)
    .order_by(_SAID.pos.desc())
    .limit(1)
)


class NoFigures(Busy):
    """Before the first day of the city's figures: the centre's clock is wrong, and nobody decides.

    Whatever asks for them waits until it is right, or until some are published.
    """

    def __init__(self, day: date) -> None:
        super().__init__(f"no figures or holidays are published for {day}: is the clock right?")


def publication(topic: Topic, key: str, effective_from: date, text: str) -> Published:
    """The fact that publishes the text; its version is the first 12 hex digits of its sha256."""
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    return Published(topic.value, key, sha256[:12], effective_from, text, sha256)


def taken_back(topic: Topic, key: str, version: str, today: date, text: str) -> Published:
    """The fact that takes back what was said of that version for the day that the text names."""
    said = publication(Topic.WITHDRAWN, withdrawn_key(topic.value, key), today, text)
    return replace(said, version=version)


def overtaken(row: PublishedRow, today: date, instead: str) -> Published:
    """The fact that the row's text never comes, since that version of its key stands there."""
    day = row.effective_from.isoformat()
    text = canon({"topic": row.topic, "key": row.key, "day": day, "instead": instead})
    return taken_back(Topic(row.topic), row.key, row.version, today, text)


@dataclass(frozen=True)
class Text:
    """A published text: its version, its first day, where it stands in the stream, its words."""

    version: str
    since: date
    pos: int
    text: str


class Latest(NamedTuple):
    """The last publication that a session sees: what was read up to it is the same for all."""

    pos: int = 0
    topic: str = ""
    key: str = ""
    version: str = ""
    since: date = date.min


class Reference:
    """What is published, as values; kept by the session's own latest publication."""

    def __init__(self) -> None:
        self._texts: Kept[tuple[Latest, Topic, date], dict[str, Text]] = Kept(_MOST_TEXTS)
        self._cities: Kept[tuple[Latest, date], City] = Kept(_MOST_CITIES)
        self._rotas: Kept[tuple[Latest, date], Rota] = Kept(_MOST_CITIES)
        self._versions: Kept[tuple[Latest, str, str], Service] = Kept(_MOST_TEXTS)
        self._offices: Kept[tuple[Latest, str], Office] = Kept(_MOST_OFFICES)
        self._terms: Kept[tuple[Latest, date], dict[str, StaffTerm]] = Kept(_MOST_TERMS)
        # Set by whoever asked first: two threads may ask the same twice, and find the same.
        self._figures_since: date | None = None
        self._said: Kept[tuple[Latest, Topic], tuple[tuple[str, Text], ...]] = Kept(_MOST_TERMS)

    def services(self, session: Session, day: date) -> dict[str, Service]:
        """The services in force on the day, by code."""
        found = self.holding(session, Topic.SERVICE, day)
        return {key: published_service(row.text, row.version) for key, row in found.items()}

    def service(self, session: Session, code: str, version: str) -> Service:
        """That very version of a service. Raises Refusal when it was never published."""

        def make() -> Service:
            text = text_of(session, Topic.SERVICE, code, version)
            if text is None:
                raise Refusal("نسخهٔ فرم این خدمت را مرکز نمی‌شناسد؛ برنامه را همگام کنید.")
            return published_service(text, version)

        # With the moment in its key: a publication that was taken back is nobody's.
        return self._versions.get((latest(session), code, version), make)

    def in_force(self, session: Session, code: str, day: date) -> Service:
        """The service's version on the day. Raises Refusal when there is none."""
        row = self.holding(session, Topic.SERVICE, day).get(code)
        if row is None:
            raise Refusal("این خدمت در روز درخواست ارائه نمی‌شد.")
        return published_service(row.text, row.version)

    def city(self, session: Session, day: date) -> City:
        """The municipality's figures on the day. Raises NoFigures before the first."""

        def make() -> City:
            city = published_city(
                lambda topic: {k: t.text for k, t in self.holding(session, topic, day).items()}
            )
            if city is None:
                raise NoFigures(day)
            return city

        return self._cities.get((latest(session), day), make)

    def demand_figures(self, session: Session, day: date) -> None:
        """Raise NoFigures before the first day of the city's; after it nothing is asked."""
        since = self._figures_since
        if since is None or day < since:
            self.city(session, day)
            self._figures_since = day

    def rota(self, session: Session, day: date) -> Rota:
        """Who visits which district when, as is known on the day. Raises Refusal for no rota."""
        rota = self.planned(session, day)
        if not rota.known:
            raise Refusal(_NO_ROTA, field="slot")
        return rota

    def planned(self, session: Session, day: date) -> Rota:
        """The same, where nothing was published one in which nobody goes anywhere."""

        def make() -> Rota:
            ahead = day + timedelta(days=_AHEAD)
            later = [
                (since, self._rota_on(session, since)) for since in _said_for(session, day, ahead)
            ]
            return replace(self._rota_on(session, day), later=tuple(later))

        return self._rotas.get((latest(session), day), make)

    def _rota_on(self, session: Session, day: date) -> Rota:
        texts = {key: row.text for key, row in self.holding(session, Topic.ROTA, day).items()}
        said = sorted(self.holding(session, Topic.ABSENCE, day).values(), key=lambda row: row.pos)
        away = absences(self.finding(session), [row.text for row in said], texts, day)
        return rota_of(texts, self.city(session, day), away)

    def office(self, session: Session, office_id: str) -> Office:
        """The office through its days: each change of one is published too. Raises LookupError."""
        key = (latest(session), office_id)
        return self._offices.get(key, lambda: office_with(session, office_id))

    def terms(self, session: Session, day: date) -> dict[str, StaffTerm]:
        """By staff id, the terms up to the day, ended or not; of all offices."""

        def make() -> dict[str, StaffTerm]:
            told = self.holding(session, Topic.STAFF, day)
            return {staff: published_value(StaffTerm, row.text) for staff, row in told.items()}

        return self._terms.get((latest(session), day), make)

    def holding(self, session: Session, topic: Topic, day: date) -> dict[str, Text]:
        """By key, the texts of the topic that hold on the day."""
        seen = latest(session)
        return self._texts.get(
            (seen, topic, day), lambda: read_texts(session, topic, day, upto=seen.pos)
        )

    def said(self, session: Session, topic: Topic) -> tuple[tuple[str, Text], ...]:
        """All that was said of the topic and not withdrawn, by key, in the order of saying."""

        def make() -> tuple[tuple[str, Text], ...]:
            return tuple(
                (row.key, Text(row.version, row.effective_from, row.pos, row.text))
                for row in said_of(session, topic)
            )

        return self._said.get((latest(session), topic), make)

    def finding(self, session: Session) -> Find:
        """What finds the text of a topic and key that holds on a day (`forms.permits`)."""

        def find(topic: Topic, key: str, day: date) -> str | None:
            row = self.holding(session, topic, day).get(key)
            return None if row is None else row.text

        return find


def _said_for(session: Session, after: date, last: date) -> list[date]:
    """The days after that one, up to the last, from which visits go by something else."""
    since, topic = PublishedRow.effective_from, PublishedRow.topic
    inspectors = select(PersonRow.staff_id).where(PersonRow.role == Role.INSPECTOR.value)
    theirs = and_(topic.in_(_OF_INSPECTORS), PublishedRow.key.in_(inspectors))
    told = select(since).where(or_(topic.in_(_OF_VISITS), theirs), since > after, since <= last)
    return sorted(set(session.scalars(told)))


def latest(session: Session) -> Latest:
    """The last publication that the session sees, asked once in its transaction."""
    return memo.once(session, _LATEST, lambda: _latest(session))


def _latest(session: Session) -> Latest:
    found = session.execute(_NEWEST).first()
    return Latest(*found) if found is not None else Latest()


def changed(session: Session) -> None:
    """Something was published in this transaction."""
    memo.forget(session, _LATEST)


def read_texts(
    session: Session,
    topic: Topic,
    day: date,
    without: Collection[int] = (),
    *,
    upto: int | None = None,
) -> dict[str, Text]:
    """By key, the latest that began and was not withdrawn; of one day the last said.

    `without` are places in the stream that are left out, as if they were withdrawn; what was said
    after the place `upto`, else after `latest`, is not seen.
    """
    seen = latest(session).pos if upto is None else upto
    asked = {"of": topic.value, "day": day, "upto": seen, "without": list(without)}
    return {key: Text(*text) for key, *text in session.execute(_HOLDING, asked)}


def text_of(session: Session, topic: Topic, key: str, version: str) -> str | None:
    """The text of that version, whenever it was said; None when it never was."""
    return session.scalar(_TEXT, {"of": topic.value, "named": key, "version": version})


def said_of(session: Session, topic: Topic) -> list[PublishedRow]:
    """All that was said of the topic and not withdrawn, in the order of saying."""
    own = (PublishedRow.topic == topic.value, not_withdrawn())
    return list(session.scalars(select(PublishedRow).where(*own).order_by(PublishedRow.pos)))


def not_withdrawn(*seen: ColumnElement[bool]) -> ColumnElement[bool]:
    """Of a `PublishedRow`: whether nobody took it back for its day since, among what is seen."""
    return ~exists().where(
        *seen,
        _GONE.topic == Topic.WITHDRAWN.value,
        _GONE.key == _SAID.topic + ":" + _SAID.key,
        _GONE.version == _SAID.version,
        or_(_GONE.withdraws == _SAID.effective_from, _GONE.withdraws.is_(None)),
        _GONE.pos > _SAID.pos,
    )


_UPTO = bindparam("upto", type_=_SAID.pos.type)
_HOLDING = (
    select(_SAID.key, _SAID.version, _SAID.effective_from, _SAID.pos, _SAID.text)
    .where(
        _SAID.topic == bindparam("of"),
        _SAID.effective_from <= bindparam("day"),
        _SAID.pos.not_in(bindparam("without", expanding=True)),
        _SAID.pos <= _UPTO,
        not_withdrawn(_GONE.pos <= _UPTO),
    )
    .order_by(_SAID.key, _SAID.effective_from, _SAID.pos)
)
_TEXT = (
    select(_SAID.text)
    .where(
        _SAID.topic == bindparam("of"),
        _SAID.key == bindparam("named"),
        _SAID.version == bindparam("version"),
    )
    .limit(1)
)
