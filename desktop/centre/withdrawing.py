"""What was published for a day that is still to come is withdrawn, and never holds."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.centre import people
from desktop.centre.assents import PREPARERS, demand, demand_reason
from desktop.centre.context import Centre, day_of
from desktop.centre.offices import drop_term
from desktop.centre.outlook import Outlook, cases_under_way, days_to_come, new_disorders
from desktop.centre.people_published import demand_not_about
from desktop.centre.publication_tables import PublishedRow
from desktop.centre.publications import hold_published
from desktop.centre.reference import latest, not_withdrawn, taken_back
from desktop.centre.tables import DeviceRow
from desktop.domain.calendar import format_long, iso_jalali
from desktop.domain.delegation import Delegation
from desktop.domain.errors import Refusal
from desktop.domain.stop import Stop
from desktop.domain.stream import Topic
from desktop.forms.dated import DATED
from desktop.forms.published_values import published_value
from desktop.wire.assent import Purpose
from desktop.wire.canon import canon
from desktop.wire.cards import read_card
from desktop.wire.publishing import WithdrawAnswer, WithdrawAsk


def withdraw(
    session: Session, centre: Centre, device: DeviceRow, ask: WithdrawAsk, at: datetime
) -> WithdrawAnswer:
    """What was published for a day that is still to come never holds: all that was said for it.

    One signature with a reason is enough: what held before goes on. Raises Refusal for a day that
    has come, for what nobody published, and where something that is to hold rests on it.
    """
    seen = latest(session)
    purpose, roles = Purpose.WITHDRAW, PREPARERS
    person = demand(session, centre, device, ask.assent, purpose, ask.subject, roles)
    demand_reason(ask.assent)
    rows = _published_for(session, ask)
    demand_not_about(session, ask.topic, [row.text for row in rows], person)
    today = day_of(at)
    if ask.day <= today and not _is_to_come(ask.topic, rows, at):
        words = f"«{ask.key}» از {format_long(ask.day)} برقرار است و پس گرفته نمی‌شود"
        raise Refusal(f"{words}؛ نسخهٔ دیگری برای فردا آماده کنید.")
    places = [row.pos for row in rows]
    before, after = Outlook(session, centre), Outlook(session, centre, without=places)
    running = {} if ask.topic is Topic.SERVICE else cases_under_way(session, centre)
    days = days_to_come(session, ask.day)
    disorders = list(new_disorders(before, after, days, running))
    if disorders:
        raise Refusal(f"بی آن چیزی که برقرار می‌شود ناتمام می‌ماند: {' '.join(disorders)}")
    hold_published(session, seen)
    text = canon(
        {
            "topic": ask.topic.value,
            "key": ask.key,
            "day": ask.day.isoformat(),
            "actor": person.staff_id,
            "name": person.signed,
            "reason": ask.assent.reason,
            "at": ask.assent.at.isoformat(),
            "signature": ask.assent.signature,
        }
    )
    if ask.topic is Topic.OFFICE:
        drop_term(session, ask.key, ask.day)
    remains = _remaining(after, ask)
    told = [taken_back(ask.topic, ask.key, version, today, text) for version in _last_places(rows)]
    people.tell(session, told, person, at)
    return WithdrawAnswer(remains=remains)


def _published_for(session: Session, ask: WithdrawAsk) -> list[PublishedRow]:
    """What was published of the key for the day and still counts. Raises Refusal."""
    if ask.topic is not Topic.SERVICE and ask.topic not in (*_NAMED, *DATED):
        raise Refusal("این گونه داده پس گرفته نمی‌شود؛ نسخهٔ دیگری آماده کنید.")
    query = select(PublishedRow).where(
        PublishedRow.topic == ask.topic.value,
        PublishedRow.key == ask.key,
        PublishedRow.effective_from == ask.day,
        not_withdrawn(),
    )
    rows = list(session.scalars(query.order_by(PublishedRow.pos)))
    if not rows:
        raise Refusal(f"از «{ask.key}» برای {format_long(ask.day)} چیزی منتشر نشده است.")
    if sorted(_last_places(rows).values()) != ask.places:
        raise Refusal("از آن هنگام نسخهٔ دیگری برای همان روز منتشر شد؛ دوباره ببینید.")
    return rows


def _is_to_come(topic: Topic, rows: Sequence[PublishedRow], at: datetime) -> bool:
    """Whether of what was told for the day nothing has begun: a stop begins at a moment of it."""
    if topic is not Topic.STOP:
        return False
    return all(published_value(Stop, row.text).since > at for row in rows)


def _last_places(rows: Sequence[PublishedRow]) -> dict[str, int]:
    """Where each version of them was said last, as the desk that asks tells it."""
    return {row.version: row.pos for row in rows}


def _office_of(text: str) -> str:
    return read_card(text, "").name


def _service_of(text: str) -> str:
    return published_value(Delegation, text).service


def _cause_of(text: str) -> str:
    stop = published_value(Stop, text)
    return stop.cause if stop.until is None else ""


_NAMED: Mapping[Topic, Callable[[str], str]] = {
    Topic.OFFICE: _office_of,
    Topic.DELEGATION: _service_of,
    Topic.STOP: _cause_of,
}
"""What else can be withdrawn beside services and figures, and how its text is called."""


def _remaining(after: Outlook, ask: WithdrawAsk) -> str:
    """What of the key holds on the day instead, in words; empty where nothing does."""
    if ask.topic is Topic.SERVICE:
        service = after.services(ask.day).get(ask.key)
        return service.title if service else ""
    if ask.topic in _NAMED:
        _, text = after.texts(ask.topic, ask.day).get(ask.key, ("", ""))
        return _NAMED[ask.topic](text) if text else ""
    city, services = after.city(ask.day), after.services(ask.day)
    in_place = DATED[ask.topic].in_place(city, services, iso_jalali(ask.day))
    return next((item.words for item in in_place if item.about == ask.key), "")
