"""The path of a conversion: its steps kept, and what remains of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.centre.assents import PREPARERS, demand
from desktop.centre.blobs import is_announced
from desktop.centre.context import Centre, day_of
from desktop.centre.conversion_tables import ConversionStepRow
from desktop.centre.offices import is_open, office_with
from desktop.centre.registrars import demand_own_or_registrar
from desktop.centre.staff_terms import terms_on
from desktop.centre.tables import DeviceRow, NumberRow, OfficeRow, QuestionRow
from desktop.domain.calendar import format_jalali, jalali
from desktop.domain.conversion import CONVERTED, ConversionStep, StepDone, converted_on, remaining
from desktop.domain.errors import Refusal
from desktop.domain.office import MUNICIPALITY
from desktop.domain.people import Role
from desktop.forms.permits import delegated, ready_people
from desktop.forms.published_values import published_value, value_text
from desktop.wire.assent import Purpose
from desktop.wire.registry import (
    ConversionAnswer,
    ConversionAsk,
    ConversionStepAsk,
    DoneBody,
    RemainingBody,
    step_body,
)

_NO_OFFICE = "چنین دفتری نیست."
_UNSENT = "تصویر این سند به مرکز فرستاده نشده است؛ دوباره پیوست کنید."
_OWN_COUNTER = "درخواست آزمایشی را خود باجه می‌فرستد."
_UNTRIED = "پیش‌بررسی آزمایشی این باجه به مرکز نرسیده است؛ آزمایش را از سر بگیرید."
_TRIED_WITHIN = timedelta(hours=1)
_COUNTED = "این گام شمرده یا با امضای صورت‌جلسه ثبت می‌شود؛ اعلام نمی‌شود."


def conversion(
    session: Session, centre: Centre, device: DeviceRow, ask: ConversionAsk, at: datetime
) -> ConversionAnswer:
    """How far the office's conversion is. Raises Refusal."""
    demand_own_or_registrar(session, centre, device, ask.actor, ask.office)
    _demand_office(session, ask.office)
    # What a day that is over would have lacked nobody asks.
    first = soonest(day_of(at))
    return _answer(session, centre, ask.office, max(ask.day or first, first), at)


def _answer(
    session: Session, centre: Centre, office: str, day: date, at: datetime
) -> ConversionAnswer:
    rows = _rows(session, office)
    year = jalali(day_of(at))[0]
    number = session.get(NumberRow, (office, year))
    return ConversionAnswer(
        steps=[DoneBody(done=step_body(_done(row)), name=row.name, at=row.told_at) for row in rows],
        remaining=[
            RemainingBody(step=step, words=words)
            for step, words in lacking(session, centre, office, day)
        ],
        converted_on=converted_on(office_with(session, office)),
        year=year,
        serial=number.last if number else 0,
    )


def record_step(
    session: Session, centre: Centre, device: DeviceRow, ask: ConversionStepAsk, at: datetime
) -> ConversionAnswer:
    """Keep a step with its signature; a paper is the supervisor's, a test the counter's own.

    Raises Refusal.
    """
    done = ask.done.value
    _demand_office(session, ask.office)
    # Two steps at once: the second waits here for its number.
    session.execute(select(OfficeRow).where(OfficeRow.office_id == ask.office).with_for_update())
    is_test = done.step is ConversionStep.TEST
    roles = (Role.CLERK, Role.MANAGER) if is_test else PREPARERS
    person = demand(session, centre, device, ask.assent, Purpose.CONVERSION, ask.signed, roles)
    if is_test and (device.office, device.desk) != (ask.office, done.counter):
        raise Refusal(_OWN_COUNTER, field="counter")
    if not (is_test or done.step.is_paper):
        raise Refusal(_COUNTED, field="step")
    converted = converted_on(office_with(session, ask.office))
    if converted is not None:
        raise Refusal(CONVERTED.format(format_jalali(converted)))
    for words in done.faults(day_of(at)):
        raise Refusal(words, field=done.step.value)
    if is_test and done.number and not _was_tried(session, device, done.number, at):
        raise Refusal(_UNTRIED, field=done.step.value)
    if done.scan and not is_announced(session, done.scan):
        raise Refusal(_UNSENT, field=done.step.value)
    own = ConversionStepRow.office_id == ask.office
    last = session.scalar(select(func.max(ConversionStepRow.number)).where(own)) or 0
    session.add(
        ConversionStepRow(
            office_id=ask.office,
            number=last + 1,
            text=value_text(done),
            actor=person.staff_id,
            name=person.signed,
            key=person.key,
            at=ask.assent.at,
            signature=ask.assent.signature,
            told_at=at,
        )
    )
    session.flush()
    return _answer(session, centre, ask.office, soonest(day_of(at)), at)


def soonest(today: date) -> date:
    """The first day on which an office can be converted: by it is asked what lacks before one is
    named, or a step would be done today and lack again once the day is written."""
    return today + timedelta(days=1)


def lacking(
    session: Session, centre: Centre, office: str, day: date
) -> Iterator[tuple[ConversionStep, str]]:
    """What the office lacks to be converted on the day; training is counted, not declared."""
    done = steps_done(session, office)
    query = select(DeviceRow.desk).where(DeviceRow.office == office, DeviceRow.revoked_at.is_(None))
    untrained = _untrained(session, centre, office, day)
    return remaining(done, untrained, set(session.scalars(query)), day)


def _untrained(session: Session, centre: Centre, office: str, day: date) -> list[str] | None:
    """The titles of the services that it answers for and nobody of it is trained for.

    An office that answers for nothing yet shows one trained person, else None: what is handed over
    later asks of each service by itself.
    """
    services = centre.reference.services(session, day)
    find, city = centre.reference.finding(session), centre.reference.city(session, day)
    # Of the office's own people alone: a list asks of many offices.
    own = [term for term in terms_on(session, centre, day) if term.office == office]
    codes = handed_over(session, centre, office, day)
    untrained = [
        services[code].title
        for code in codes or services
        if not ready_people(find, own, services[code], day, city.lesson_days)
    ]
    if codes:
        return untrained
    return None if len(untrained) == len(services) else []


def under_way(session: Session, day: date) -> frozenset[str]:
    """By id, the offices with a step of the path that are not converted on the day."""
    begun = session.scalars(select(ConversionStepRow.office_id).distinct())
    converted = {office: converted_on(office_with(session, office)) for office in begun}
    return frozenset(office for office, on in converted.items() if on is None or on > day)


def handed_over(session: Session, centre: Centre, office: str, day: date) -> list[str]:
    """The codes of the services that the office answers for on the day."""
    find = centre.reference.finding(session)
    services = centre.reference.services(session, day)
    return sorted(code for code in services if delegated(find, office, code, day) is not None)


def steps_done(session: Session, office: str) -> list[StepDone]:
    """What was done of its path, in the order of doing."""
    return [_done(row) for row in _rows(session, office)]


def _was_tried(session: Session, device: DeviceRow, service: str, at: datetime) -> bool:
    """Whether the desk asked a pre-check of the service lately."""
    own = (QuestionRow.device_id == device.device_id, QuestionRow.service == service)
    query = select(QuestionRow.question_id).where(*own, QuestionRow.asked_at >= at - _TRIED_WITHIN)
    return session.scalar(query.limit(1)) is not None


def _demand_office(session: Session, office: str) -> None:
    if office == MUNICIPALITY or not is_open(session, office):
        raise Refusal(_NO_OFFICE, field="office")


def _rows(session: Session, office: str) -> list[ConversionStepRow]:
    own = select(ConversionStepRow).where(ConversionStepRow.office_id == office)
    return list(session.scalars(own.order_by(ConversionStepRow.number)))


def _done(row: ConversionStepRow) -> StepDone:
    done = published_value(StepDone, row.text)
    if done.step is not ConversionStep.TEST:
        return done
    # No paper says when and by whom a counter was tried: its signature does.
    return replace(done, dated=day_of(row.told_at), signed_by=row.name)
