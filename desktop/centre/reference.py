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
from desktop.domain.stream import Published
from desktop.forms.catalogue import published_city, published_service

SERVICE, FIGURES, HOLIDAYS, AUTHORISATION, CENTRE_KEY, VOIDED = (
    "service",
    "figures",
    "holidays",
    "authorisation",
    "centre-key",
    "voided",
)


def publication(topic: str, key: str, effective_from: date, text: str) -> Published:
    """The fact that publishes the text; its version is the first 12 hex digits of its sha256."""
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    return Published(topic, key, sha256[:12], effective_from, text, sha256)


@dataclass(frozen=True)
class Text:
    """A published text: its key, its version and what it says."""

    key: str
    version: str
    text: str


class Reference:
    """What is published, as values."""

    def __init__(self) -> None:
        self._seen = -1
        self._newest_known: dict[tuple[str, str, date], Text | None] = {}

    def services(self, session: Session, day: date) -> dict[str, Service]:
        """The services in force on the day, by code."""
        keys = session.scalars(
            select(PublishedRow.key).where(PublishedRow.topic == SERVICE).distinct()
        )
        found = {key: self._newest(session, SERVICE, key, day) for key in keys}
        return {key: published_service(row.text, row.version) for key, row in found.items() if row is not None}

    def service(self, session: Session, code: str, version: str) -> Service:
        """That very version of a service. Raises Refusal when it was never published."""
        row = session.get(PublishedRow, (SERVICE, code, version))
        if row is None:
            raise Refusal("نسخهٔ فرم این خدمت را مرکز نمی‌شناسد؛ برنامه را همگام کنید.")
        return published_service(row.text, row.version)

    def in_force(self, session: Session, code: str, day: date) -> Service:
        """The service's version on the day. Raises Refusal when there is none."""
        row = self._newest(session, SERVICE, code, day)
        if row is None:
            raise Refusal("این خدمت در روز درخواست ارائه نمی‌شد.")
        return published_service(row.text, row.version)

    def city(self, session: Session, day: date) -> City:
        """The municipality's figures on the day."""
        figures = self._demand(session, FIGURES, "city", day)
        holidays = self._demand(session, HOLIDAYS, "iran", day)
        return published_city(figures.text, holidays.text)

    def authorised(self, session: Session, staff_id: str, service: str, day: date) -> bool:
        """Whether the clerk may release this service's letters on the day."""
        row = self._newest(session, AUTHORISATION, f"{staff_id}:{service}", day)
        if row is None:
            return False
        until = json.loads(row.text)["until"]
        return day <= date.fromisoformat(until)

    def _demand(self, session: Session, topic: str, key: str, day: date) -> Text:
        row = self._newest(session, topic, key, day)
        if row is None:
            raise LookupError(f"nothing published under {topic}/{key} for {day}")
        return row

    def _newest(self, session: Session, topic: str, key: str, day: date) -> Text | None:
        """What holds on the day; read anew only when something was published since."""
        latest = session.scalar(select(func.max(PublishedRow.pos))) or 0
        if latest != self._seen:
            self._newest_known, self._seen = {}, latest
        known = (topic, key, day)
        if known not in self._newest_known:
            self._newest_known[known] = self._read(session, topic, key, day)
        return self._newest_known[known]

    @staticmethod
    def _read(session: Session, topic: str, key: str, day: date) -> Text | None:
        query = (
            select(PublishedRow)
            .where(
                PublishedRow.topic == topic,
                PublishedRow.key == key,
                PublishedRow.effective_from <= day,
            )
            .order_by(PublishedRow.effective_from.desc(), PublishedRow.pos.desc())
            .limit(1)
        )
        row = session.scalars(query).one_or_none()
        return None if row is None else Text(row.key, row.version, row.text)
