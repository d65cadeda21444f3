"""People of offices: terms, leave, authorities and training put forward, stops, a lesson passed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from types import MappingProxyType

from desktop.actions.desk import Seat
from desktop.chance import new_id
from desktop.domain.act import Act
from desktop.domain.calendar import TEHRAN
from desktop.domain.staffing import Authority, StaffTerm
from desktop.domain.stop import Stop, Stopped
from desktop.domain.stream import Topic
from desktop.domain.training import Training
from desktop.forms.published_values import value_text
from desktop.wire import calls
from desktop.wire import newcomers as n
from desktop.wire import offices as w
from desktop.wire.assent import Purpose
from desktop.wire.publishing import DraftBody, HindranceBody, ItemBody


def terms_draft(terms: Sequence[StaffTerm], day: date) -> DraftBody:
    """Terms of people as they are to stand from the day on, made ready to be signed."""
    items = [ItemBody(key=term.staff, day=day, text=value_text(term)) for term in terms]
    return DraftBody(publication=new_id(), topic=Topic.STAFF, items=items)


def put_forward(seat: Seat, people: Sequence[n.NewcomerBody]) -> list[HindranceBody]:
    """Tell the centre of people who are to work at an office; what is wrong with whom.

    With a fault nobody is taken. They may do nothing before a term of theirs holds. Raises
    LineDown, Refusal.
    """
    told = list(people)
    assent = seat.assent(Purpose.NEWCOMERS, n.newcomers_subject(told))
    return seat.desk.ask(calls.NEWCOMERS, n.NewcomersAsk(people=told, assent=assent)).faults


def take_code_back(seat: Seat, staff_id: str) -> None:
    """The codes that wait for the person let nobody in any more. Raises LineDown, Refusal."""
    assent = seat.assent(Purpose.CODE_BACK, staff_id)
    seat.desk.ask(calls.CODE_BACK, n.CodeBackAsk(staff_id=staff_id, assent=assent))


def authorities_draft(authorities: Sequence[Authority], since: date) -> DraftBody:
    """Who may release the letters of which service from the day on, made ready to be signed."""
    items = [ItemBody(key=one.key, day=since, text=value_text(one)) for one in authorities]
    return DraftBody(publication=new_id(), topic=Topic.AUTHORISATION, items=items)


def trainings_draft(
    trainings: Sequence[Training],
    day: date | None = None,
    told_since: Mapping[str, date] = MappingProxyType({}),
) -> DraftBody:
    """Paper records, which count from their own day, or extensions from the given one (today).

    By key, `told_since` is from when something of them is told already: what is told for a day
    before that never holds, however true it is.
    """
    items = [
        ItemBody(
            key=one.key,
            day=day or max(one.on, told_since.get(one.key, one.on)),
            text=value_text(one),
        )
        for one in trainings
    ]
    return DraftBody(publication=new_id(), topic=Topic.TRAINING, items=items)


def extended(training: Training, until: date) -> Training:
    """The record as it counts until that day, whatever version of the service is in force."""
    return replace(training, until=until)


def stop(
    seat: Seat,
    subject: Stopped,
    who: str,
    cause: str,
    act: Act,
    since: datetime | None = None,
) -> datetime:
    """Stop an office (by its id) or a person, at once or from a moment to come; gives since when.

    Raises LineDown, Refusal.
    """
    assent = seat.assent(Purpose.STOP, w.stop_subject(subject, who, cause, act, since))
    ask = w.StopAsk(
        subject=subject, who=who, cause=cause, act=w.act_body(act), since=since, assent=assent
    )
    answer = seat.desk.ask(calls.STOP, ask)
    seat.desk.nudge()
    return answer.since


def stop_wholly(
    seat: Seat, office: str, heir: str, cause: str, act: Act, since: datetime | None = None
) -> datetime:
    """As `stop`, of an office (by its id) with all its letters; the office `heir`, where one is
    named, has its open cases from then on. Raises LineDown, Refusal."""
    assent = seat.assent(Purpose.STOP, w.stop_wholly_subject(office, heir, cause, act, since))
    ask = w.StopWhollyAsk(
        office=office, heir=heir, cause=cause, act=w.act_body(act), since=since, assent=assent
    )
    answer = seat.desk.ask(calls.STOP_WHOLLY, ask)
    seat.desk.nudge()
    return answer.since


def lift_draft(stop: Stop, act: Act, at: datetime) -> DraftBody:
    """The end of a stop, made ready to be signed: it takes two."""
    lifted = replace(stop, act=act, until=at)
    day = at.astimezone(TEHRAN).date()
    item = ItemBody(key=stop.who, day=day, text=value_text(lifted))
    return DraftBody(publication=new_id(), topic=Topic.STOP, items=[item])


def passed(seat: Seat, attempt: str, service: str, version: str, score: str) -> date:
    """Tell that this person passed all lessons of the service; from which day it counts.

    `attempt` is the id of the sheet of answers. Raises LineDown, Refusal.
    """
    answer = seat.desk.ask(calls.LESSON, lesson_ask(seat, attempt, service, version, score))
    seat.desk.nudge()
    return answer.since


def lesson_ask(seat: Seat, attempt: str, service: str, version: str, score: str) -> w.LessonAsk:
    """What tells the centre that this person passed all lessons of the service, signed by him."""
    subject = w.lesson_subject(attempt, service, version, score)
    return w.LessonAsk(
        attempt=attempt, service=service, version=version, score=score,
        assent=seat.assent(Purpose.LESSON, subject),
    )  # fmt: skip
