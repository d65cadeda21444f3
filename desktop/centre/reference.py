"""Reference data as published: what holds on a day, parsed once a version."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import Session, aliased

from desktop.centre.tables import PublishedRow
from desktop.domain.city import City
from desktop.domain.errors import Refusal
from desktop.domain.service import Service
from desktop.domain.stream import Published, Topic
from desktop.forms.catalogue import published_city, published_service


def publication(topic: Topic, key: str, effective_from: date, text: str) -> Published:
    """The fact that publishes the text; its version is the first 12 hex digits of its sha256."""
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    return Published(topic.value, key, sha256[:12], effective_from, text, sha256)


@dataclass(frozen=True)
class Text:
    """A published text: its version, its first day, where it stands in the stream, its words."""

    version: str
    since: date
    pos: int
    text: str


class _Shelf:
    """What was read since the last publication; a reader of an older moment has one of its own."""

    def __init__(self, latest: int) -> None:
        self.latest = latest
        self.texts: dict[tuple[Topic, date], dict[str, Text]] = {}
        self.cities: dict[date, City] = {}


class Reference:
    """What is published, as values."""

    def __init__(self) -> None:
        self._shelf = _Shelf(-1)

    def services(self, session: Session, day: date) -> dict[str, Service]:
        """The services in force on the day, by code."""
        found = self.holding(session, Topic.SERVICE, day)
        return {key: published_service(row.text, row.version) for key, row in found.items()}

    def service(self, session: Session, code: str, version: str) -> Service:
        """That very version of a service. Raises Refusal when it was never published."""
        row = session.get(PublishedRow, (Topic.SERVICE.value, code, version))
        if row is None:
            raise Refusal("نسخهٔ فرم این خدمت را مرکز نمی‌شناسد؛ برنامه را همگام کنید.")
        return published_service(row.text, row.version)

    def in_force(self, session: Session, code: str, day: date) -> Service:
        """The service's version on the day. Raises Refusal when there is none."""
        row = self.holding(session, Topic.SERVICE, day).get(code)
        if row is None:
            raise Refusal("این خدمت در روز درخواست ارائه نمی‌شد.")
        return published_service(row.text, row.version)

    def city(self, session: Session, day: date) -> City:
        """The municipality's figures on the day."""
        shelf = self._fresh(session)
        if day not in shelf.cities:
            city = published_city(
                lambda topic: {k: t.text for k, t in _kept(session, shelf, topic, day).items()}
            )
            if city is None:
                raise LookupError(f"no figures or holidays are published for {day}")
            shelf.cities[day] = city
        return shelf.cities[day]

    def holding(self, session: Session, topic: Topic, day: date) -> dict[str, Text]:
        """By key, the texts of the topic that hold on the day."""
        return _kept(session, self._fresh(session), topic, day)

    def authorised(self, session: Session, staff_id: str, service: str, day: date) -> bool:
        """Whether the clerk may release this service's letters on the day."""
        row = self.holding(session, Topic.AUTHORISATION, day).get(f"{staff_id}:{service}")
        return row is not None and day <= date.fromisoformat(json.loads(row.text)["until"])

    def _fresh(self, session: Session) -> _Shelf:
        """The shelf of this moment; an empty one when something was published since."""
        latest = session.scalar(select(func.max(PublishedRow.pos))) or 0
        shelf = self._shelf
        if shelf.latest != latest:
            shelf = self._shelf = _Shelf(latest)
        return shelf


def _kept(session: Session, shelf: _Shelf, topic: Topic, day: date) -> dict[str, Text]:
    if (topic, day) not in shelf.texts:
        shelf.texts[topic, day] = read_texts(session, topic, day)
    return shelf.texts[topic, day]


def read_texts(
    session: Session, topic: Topic, day: date, without: Collection[int] = ()
) -> dict[str, Text]:
    """By key, the latest that began and was not withdrawn; of one day the last said.

    `without` are places in the stream that are left out, as if they were withdrawn.
    """
    rows = session.scalars(
        select(PublishedRow)
        .where(
            PublishedRow.topic == topic.value,
            PublishedRow.effective_from <= day,
            PublishedRow.pos.not_in(list(without)),
            not_withdrawn(),
        )
        .order_by(PublishedRow.key, PublishedRow.effective_from, PublishedRow.pos)
    )
    return {row.key: Text(row.version, row.effective_from, row.pos, row.text) for row in rows}


def not_withdrawn() -> ColumnElement[bool]:
    """Of a `PublishedRow`: whether nobody withdrew it after it was said last."""
    gone = aliased(PublishedRow)
    return ~exists().where(
        gone.topic == Topic.WITHDRAWN.value,
        gone.key == PublishedRow.topic + ":" + PublishedRow.key,
        gone.version == PublishedRow.version,
        gone.pos > PublishedRow.pos,
    )
