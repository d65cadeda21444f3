"""A stop at once, by one signed word of a supervisor; two people let go on (`weighing_people`)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.centre import people
from desktop.centre.assents import PREPARERS, demand
from desktop.centre.context import Centre, day_of
from desktop.centre.heir_named import name
from desktop.centre.offices import is_open
from desktop.centre.publication_tables import PublishedRow
from desktop.centre.reference import not_withdrawn, overtaken, publication
from desktop.centre.streams import lock_streams
from desktop.centre.tables import DeviceRow, PersonRow
from desktop.domain.errors import Refusal
from desktop.domain.office import MUNICIPALITY
from desktop.domain.people import Role, Staff
from desktop.domain.stop import Stop, Stopped
from desktop.domain.stream import CITY, Published, Topic
from desktop.forms.permits import stopped, told_of
from desktop.forms.published_values import value_text
from desktop.wire.assent import Purpose
from desktop.wire.offices import ActBody, StopAnswer, StopAsk, StopWhollyAsk

_NO_OFFICE, _NOBODY = "چنین دفتری نیست.", "چنین کسی ثبت نشده است."
_OWN = "کسی خودش را متوقف نمی‌کند."
_CLERKS = "مسئول دفتر تنها متصدیان دفتر خود را متوقف می‌کند."
_NOT_YET = "پرونده‌های باز از آغاز توقف سپرده می‌شود؛ آن روز از همین کارت بسپارید."
_ALREADY = "پیش از این متوقف شده است، {}."


def stop(
    session: Session, centre: Centre, device: DeviceRow, ask: StopAsk, at: datetime
) -> StopAnswer:
    """From now, or a moment to come, no request is taken; all desks are told. Raises Refusal.

    It stands in the place of a stop that was to begin later. A manager stops the clerks of his own
    office, who go on by two signatures like anybody.
    """
    lock_streams(session, [CITY])
    roles = (*PREPARERS, Role.MANAGER)
    person = demand(session, centre, device, ask.assent, Purpose.STOP, ask.signed, roles)
    if person.role is Role.MANAGER:
        _demand_own_clerk(session, person, ask)
    since = _stop(session, centre, person, ask.subject, ask.who, ask.cause, ask.act, ask.since, at)
    return StopAnswer(since=since)


def stop_wholly(
    session: Session, centre: Centre, device: DeviceRow, ask: StopWhollyAsk, at: datetime
) -> StopAnswer:
    """As `stop`, of an office with all its letters; who finishes what it leaves open is named with
    it, at once. Raises Refusal."""
    lock_streams(session, [CITY])
    person = demand(session, centre, device, ask.assent, Purpose.STOP, ask.signed, PREPARERS)
    if ask.heir and ask.since is not None and ask.since > at:
        raise Refusal(_NOT_YET, field="heir")
    named = (Stopped.OFFICE, ask.office, ask.cause, ask.act, ask.since)
    since = _stop(session, centre, person, *named, at, whole=True)
    if ask.heir:
        name(session, centre, person, ask.office, ask.heir, ask.act.value, at)
    return StopAnswer(since=since)


def _stop(
    session: Session,
    centre: Centre,
    person: Staff,
    subject: Stopped,
    who: str,
    cause: str,
    act: ActBody,
    since: datetime | None,
    at: datetime,
    *,
    whole: bool = False,
) -> datetime:
    """The stop, told to all desks; since when it holds. Raises Refusal."""
    if subject is Stopped.OFFICE and (who == MUNICIPALITY or not is_open(session, who)):
        raise Refusal(_NO_OFFICE, field="who")
    if subject is Stopped.PERSON and session.get(PersonRow, who) is None:
        raise Refusal(_NOBODY, field="who")
    if who == person.staff_id:
        raise Refusal(_OWN, field="who")
    since = max(at, since or at)
    if held := stopped(centre.reference.finding(session), subject, who, since):
        raise Refusal(_ALREADY.format(held.words), field="who")
    earlier = told_of(centre.reference.finding(session), subject, who, day_of(since))
    told = Stop(subject, who, since, cause, act.value, whole=whole).after(earlier)
    for words in (*told.faults(), *told.act.faults(day_of(at), scanned=False)):
        raise Refusal(words)
    fact = publication(Topic.STOP, who, day_of(since), value_text(told))
    people.tell(session, [*_later(session, fact, day_of(at)), fact], person, at)
    return since


def _later(session: Session, fact: Published, today: date) -> Iterator[Published]:
    """Take back what was to begin on a later day: it would begin after this one was lifted."""
    query = select(PublishedRow).where(
        PublishedRow.topic == fact.topic,
        PublishedRow.key == fact.key,
        PublishedRow.effective_from > fact.effective_from,
        not_withdrawn(),
    )
    for row in {row.version: row for row in session.scalars(query)}.values():
        yield overtaken(row, today, fact.version)


def _demand_own_clerk(session: Session, person: Staff, ask: StopAsk) -> None:
    row = session.get(PersonRow, ask.who) if ask.subject is Stopped.PERSON else None
    if row is None or (row.office, row.role) != (person.office, Role.CLERK.value):
        raise Refusal(_CLERKS, field="who")
