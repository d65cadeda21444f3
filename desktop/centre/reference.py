"""Reference data as published: what holds on a day, parsed once a version."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

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
    """A published text: its version and what it says."""

    version: str
    text: str


class Reference:
    """What is published, as values."""

    def __init__(self) -> None:
        self._seen = -1
        self._known: dict[tuple[Topic, date], dict[str, Text]] = {}

    def services(self, session: Session, day: date) -> dict[str, Service]:
        """The services in force on the day, by code."""
        found = self._holding(session, Topic.SERVICE, day)
        return {key: published_service(row.text, row.version) for key, row in found.items()}

    def service(self, session: Session, code: str, version: str) -> Service:
        """That very version of a service. Raises Refusal when it was never published."""
        row = session.get(PublishedRow, (Topic.SERVICE.value, code, version))
        if row is None:
            raise Refusal("نسخهٔ فرم این خدمت را مرکز نمی‌شناسد؛ برنامه را همگام کنید.")
        return published_service(row.text, row.version)

    def in_force(self, session: Session, code: str, day: date) -> Service:
        """The service's version on the day. Raises Refusal when there is none."""
        row = self._holding(session, Topic.SERVICE, day).get(code)
        if row is None:
            raise Refusal("این خدمت در روز درخواست ارائه نمی‌شد.")
        return published_service(row.text, row.version)

    def city(self, session: Session, day: date) -> City:
        """The municipality's figures on the day."""
        city = published_city(lambda topic: self.texts(session, topic, day))
        if city is None:
            raise LookupError(f"no figures or holidays are published for {day}")
        return city

    def texts(self, session: Session, topic: Topic, day: date) -> dict[str, str]:
        """By key, the texts of the topic that hold on the day."""
        return {key: row.text for key, row in self._holding(session, topic, day).items()}

    def authorised(self, session: Session, staff_id: str, service: str, day: date) -> bool:
        """Whether the clerk may release this service's letters on the day."""
        row = self._holding(session, Topic.AUTHORISATION, day).get(f"{staff_id}:{service}")
        return row is not None and day <= date.fromisoformat(json.loads(row.text)["until"])

    def _holding(self, session: Session, topic: Topic, day: date) -> dict[str, Text]:
        """By key, what holds on the day; read anew only when something was published since."""
        latest = session.scalar(select(func.max(PublishedRow.pos))) or 0
        if latest != self._seen:
            self._known, self._seen = {}, latest
        known = (topic, day)
        if known not in self._known:
            self._known[known] = _read(session, topic, day)
        return self._known[known]


def _read(session: Session, topic: Topic, day: date) -> dict[str, Text]:
    """The latest that began, the last said wins."""
    rows = session.scalars(
        select(PublishedRow)
        .where(PublishedRow.topic == topic.value, PublishedRow.effective_from <= day)
        .order_by(PublishedRow.key, PublishedRow.effective_from, PublishedRow.pos)
    )
    return {row.key: Text(row.version, row.text) for row in rows}
