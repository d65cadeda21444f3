"""A lesson that was passed opens its service to who passed it, by his own signed word."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from desktop.centre import people
from desktop.centre.assents import demand
from desktop.centre.context import CENTRE_ACTOR, Centre, day_of
from desktop.centre.publication_tables import PublishedRow
from desktop.centre.reference import not_withdrawn, publication
from desktop.centre.streams import lock_streams
from desktop.centre.tables import DeviceRow
from desktop.domain.errors import Refusal
from desktop.domain.people import Role
from desktop.domain.stream import CITY, Topic
from desktop.domain.training import Training, TrainingWay
from desktop.forms.permits import training_of
from desktop.forms.published_values import value_text
from desktop.wire.assent import Purpose
from desktop.wire.offices import LessonAnswer, LessonAsk

_BY = "درس سامانه"
_OLD = "این درس از نسخهٔ دیگری از خدمت است؛ درس تازه را بگذرانید."


def passed(
    session: Session, centre: Centre, device: DeviceRow, ask: LessonAsk, at: datetime
) -> LessonAnswer:
    """Tell the city that the person passed; the same again changes nothing.

    The desk vouches for the lesson as it does for who sits there (SYNC.md "Identity"). Raises
    Refusal for a sheet that another signed, and for a version that is neither in force nor, where
    none is, to come.
    """
    lock_streams(session, [CITY])
    roles, today = (Role.CLERK, Role.MANAGER), day_of(at)
    person = demand(session, centre, device, ask.assent, Purpose.LESSON, ask.signed, roles)
    held = centre.reference.services(session, today).get(ask.service)
    # Of what changes only the version in force: its record stands where the former one stood.
    if held.version != ask.version if held is not None else not _is_to_come(session, ask, today):
        raise Refusal(_OLD)
    before = training_of(centre.reference.finding(session), person.staff_id, ask.service, today)
    # Of the day that was signed: a sheet that is told again is known by it, and counts once.
    on = min(today, day_of(ask.assent.at))
    told = Training(
        person.staff_id, ask.service, ask.version, on, _BY, TrainingWay.LESSON,
        # To when a supervisor let it count, whatever version is in force.
        until=before.until if before is not None else None,
        score=ask.score,
    )  # fmt: skip
    if told != before:
        # Also what was said before, where something else holds since.
        fact = publication(Topic.TRAINING, told.key, today, value_text(told))
        people.tell(session, [fact], CENTRE_ACTOR, at)
    return LessonAnswer(since=today)


def _is_to_come(session: Session, ask: LessonAsk, today: date) -> bool:
    own = (PublishedRow.topic == Topic.SERVICE.value, PublishedRow.key == ask.service)
    same = (PublishedRow.version == ask.version, PublishedRow.effective_from > today)
    return bool(session.scalar(select(exists().where(*own, *same, not_withdrawn()))))
