"""The unit announces something to offices, by one signed word; their desks hear of it at once."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from desktop.centre import people
from desktop.centre.assents import PREPARERS, demand
from desktop.centre.context import Centre, day_of
from desktop.centre.offices import all_offices
from desktop.centre.reference import publication, read_texts
from desktop.centre.streams import lock_streams
from desktop.centre.tables import DeviceRow
from desktop.domain.announcement import Announcement
from desktop.domain.drawable import undrawable_in, unprintable_words
from desktop.domain.errors import Refusal
from desktop.domain.office import MUNICIPALITY
from desktop.domain.persian import to_persian_digits
from desktop.domain.stream import CITY, Topic
from desktop.forms.published_values import published_value, value_text
from desktop.wire.assent import Purpose
from desktop.wire.notices import AnnounceAnswer, AnnounceAsk

_NO_OFFICE = "{} دفتر از دفترهای برگزیده دیگر نیست؛ فهرست را تازه کنید."
_NO_COUNTER = "{} باجهٔ {} ندارد."
_NO_SERVICE = "خدمت «{}» شناخته نشد."
_NOTHING_TO_REPLACE = "اطلاعیه‌ای که باید جایگزین شود یافت نشد."


def announce(
    session: Session, centre: Centre, device: DeviceRow, ask: AnnounceAsk, at: datetime
) -> AnnounceAnswer:
    """Tell the offices; the same again changes nothing. Raises Refusal."""
    lock_streams(session, [CITY])
    body = ask.announcement
    person = demand(session, centre, device, ask.assent, Purpose.ANNOUNCE, body.subject, PREPARERS)
    today = day_of(at)
    told = _told(session, at)
    if body.announcement in told:
        return AnnounceAnswer(at=told[body.announcement].at)
    new = body.value(person.signed, at)
    for part, words in new.faults(at):
        raise Refusal(words, field=part)
    part, character = undrawable_in(new)
    if character:
        raise Refusal(unprintable_words(character), field=part)
    offices = all_offices(session)
    unknown = set(body.offices) - (offices.keys() - {MUNICIPALITY})
    if unknown:
        raise Refusal(to_persian_digits(_NO_OFFICE.format(len(unknown))), field="offices")
    for number in body.counters:
        # Of what office, and that it is one, was asked before.
        card = offices[body.offices[0]].on(today)
        if not 1 <= number <= (card.counters or number):
            words = _NO_COUNTER.format(card.name, number)
            raise Refusal(to_persian_digits(words), field="counters")
    known = centre.reference.services(session, max(today, new.due or today))
    for code in body.services:
        if code not in known:
            raise Refusal(_NO_SERVICE.format(code), field="services")
    if body.replaces and body.replaces not in told:
        raise Refusal(_NOTHING_TO_REPLACE, field="replaces")
    fact = publication(Topic.ANNOUNCEMENT, new.announcement, today, value_text(new))
    people.tell(session, [fact], person, at)
    return AnnounceAnswer(at=at)


def _told(session: Session, at: datetime) -> dict[str, Announcement]:
    texts = read_texts(session, Topic.ANNOUNCEMENT, day_of(at))
    return {key: published_value(Announcement, row.text) for key, row in texts.items()}
