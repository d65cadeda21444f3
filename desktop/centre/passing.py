"""A case goes on at another office: out of one stream and whole into another, in one transaction.

A stream is an office's and chained, so no fact leaves it. What the case was so far is carried by
the first fact of it in the other stream; from then on its facts go on there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from desktop.centre.context import CENTRE_ACTOR, Centre, day_of
from desktop.centre.projecting import project
from desktop.centre.streams import append, case_texts, know_case, load_case, load_facts
from desktop.centre.tables import (
    DoubleToldRow,
    PassageRow,
    PersonKeyMadeRow,
    PersonRow,
    StreamRow,
)
from desktop.domain import commands as c
from desktop.domain import facts as f
from desktop.domain.applying import apply
from desktop.domain.calendar import TEHRAN
from desktop.domain.case import Case
from desktop.domain.cash import TAKEN_BY, refundable, taken_of
from desktop.domain.errors import Refusal
from desktop.domain.lawful import OF_A_TILL, elsewhere_words
from desktop.domain.money import format_rial
from desktop.domain.nearest_words import week_words
from desktop.domain.office import OfficeCard, within_city
from desktop.domain.people import Staff
from desktop.domain.persian import isolate, to_persian_digits
from desktop.domain.stream import Fact, office_of, office_stream
from desktop.domain.tariff import Purse
from desktop.sql.faults import Outrun
from desktop.sql.missing import make_missing

_NO_OFFICE = "چنین دفتری نیست."


class Gone(Refusal):
    """The actor's office had the case, which another one finishes by now.

    `told` is what that one is told of the act.
    """

    def __init__(self, words: str, told: f.ActedElsewhere) -> None:
        super().__init__(words)
        self.told = told


def demand_here(
    session: Session, centre: Centre, command: c.Command, case: Case, actor: Staff, at: datetime
) -> None:
    """Raise Gone for an act of an office that the case has left, save what it does with its till.

    The words are the same whenever it comes: they rest on the act and on where the case went.
    """
    own = office_stream(actor.office)
    if case.stream == own or own not in case.former or command.kind in OF_A_TILL:
        return
    payload = command.payload
    paid = payload.payment if isinstance(payload, c.PayFee | c.PayDue) else None
    words = elsewhere_words(case, own)
    if paid is not None and case.passed is not None:
        name, taken = case.passed.name, format_rial(paid.amount)
        if paid.method in TAKEN_BY[Purse.OFFICE]:
            words += f" {taken} که گرفته‌اید در پرونده ثبت نشد؛ آن را به متقاضی برگردانید."
        else:
            reference = isolate(to_persian_digits(paid.reference))
            words += (
                f" {taken} با شمارهٔ پیگیری {reference} در پرونده ثبت نشد؛ ثبت آن با همان دفتر است."
            )
        words += f" {name} از آن آگاه شد."
    card = centre.reference.office(session, actor.office).on(day_of(at))
    told = f.ActedElsewhere(actor.office, card.code, card.name, command.kind, command.made_at, paid)
    raise Gone(words, told)


def tell_elsewhere(
    session: Session,
    streams: Mapping[str, StreamRow],
    command: c.Command,
    told: f.ActedElsewhere,
    at: datetime,
) -> None:
    """In the stream where the case is: what the office of before did without knowing."""
    case = load_case(session, command.case_id)
    if case is not None:
        _append(session, streams, case, told, command.command_id, at)


def locked(streams: Mapping[str, StreamRow], name: str) -> StreamRow:
    """The stream among those that are locked. Raises Outrun: a case went there meanwhile."""
    if name not in streams:
        raise Outrun(name)
    return streams[name]


def completed(session: Session, centre: Centre, fact: f.PassedOn, at: datetime) -> f.PassedOn:
    """With the other office's card of the day. Raises Refusal for none."""
    card = card_on(session, centre, fact.office, at)
    return replace(
        fact,
        code=card.code,
        name=card.name,
        address=within_city(card.address),
        phone=card.phone,
        hours=week_words(card.hours) if card.hours is not None else "",
    )


def card_on(session: Session, centre: Centre, office: str, at: datetime) -> OfficeCard:
    """The office's card on the day of that moment. Raises Refusal for none."""
    try:
        return centre.reference.office(session, office).on(at.astimezone(TEHRAN).date())
    except LookupError:
        raise Refusal(_NO_OFFICE, field="heir") from None


def take_over(
    session: Session,
    centre: Centre,
    streams: Mapping[str, StreamRow],
    case: Case,
    cause: str,
    at: datetime,
) -> Case:
    """The case, just passed on, told whole in its new stream; both its streams are locked."""
    former = case.former[-1]
    card = card_on(session, centre, office_of(former), at)
    told = f.TakenOver(
        office=office_of(former),
        code=card.code,
        name=card.name,
        # Its row is of the stream before until it is projected.
        facts=tuple(case_texts(session, case.case_id)),
        keys=_release_keys(session, load_facts(session, case.case_id)),
    )
    keep(session, case, at)
    return _append(session, streams, case, told, cause, at)


def keep(session: Session, case: Case, at: datetime) -> None:
    """Keep that the case, just passed on, went; what it was told of it knows where it goes on."""
    session.execute(
        insert(PassageRow).values(
            case_id=case.case_id, rev=case.rev, stream=case.former[-1], heir=case.stream, at=at
        )
    )
    rows = (
        {"stream": case.stream, "case_id": case.case_id, "tracking": told.tracking}
        for told in case.doubles
    )
    make_missing(session, DoubleToldRow, *rows)


def _append(
    session: Session,
    streams: Mapping[str, StreamRow],
    case: Case,
    told: f.CaseFact,
    cause: str,
    at: datetime,
) -> Case:
    facts = append(
        session,
        locked(streams, case.stream),
        [told],
        case_id=case.case_id,
        rev=case.rev,
        cause=cause,
        actor=CENTRE_ACTOR,
        at=at,
    )
    case = apply(case, facts[0])
    know_case(session, case)
    project(session, case, facts)
    return case


def _release_keys(session: Session, facts: Iterable[Fact]) -> dict[str, tuple[str, ...]]:
    """The public halves of all release keys of those who released letters of the case."""
    people = {fact.actor for fact in facts if isinstance(fact.payload, f.LetterReleased)}
    found: dict[str, set[str]] = {}
    for row in (PersonRow, PersonKeyMadeRow):
        query = select(row.staff_id, row.release_key).where(row.staff_id.in_(people))
        for staff_id, key in session.execute(query) if people else ():
            found.setdefault(staff_id, set()).add(key)
    return {staff_id: tuple(sorted(keys)) for staff_id, keys in sorted(found.items())}


def tell_tills(
    session: Session, streams: Mapping[str, StreamRow], case: Case, facts: Iterable[Fact]
) -> None:
    """What these facts change in the tills of offices that the case has left is told there.

    A till keeps what it took: its day is closed there, and what is given back is given back there.
    """
    if not case.former:
        return
    for fact in facts:
        find = TILLS.get(type(fact.payload))
        concerned = find(case, fact.payload) if find is not None else set()
        for till in sorted(concerned - {fact.stream}):
            append(
                session,
                locked(streams, till),
                [fact.payload],
                case_id=case.case_id,
                rev=fact.rev - 1,
                cause=fact.cause,
                actor=_actor(fact),
                at=fact.at,
                copied=True,
            )


def _of_payment(case: Case, told: f.PaymentMatched | f.PaymentVoided | f.FeeRefunded) -> set[str]:
    return {case.tills[taken_of(told.mark)]}


def _of_withdrawn(case: Case, _: f.Withdrawn) -> set[str]:
    return {case.tills[mark] for mark in refundable(case)}


TILLS: Mapping[type[object], Callable[[Case, Any], set[str]]] = {
    f.PaymentMatched: _of_payment,
    f.PaymentVoided: _of_payment,
    f.FeeRefunded: _of_payment,
    f.Withdrawn: _of_withdrawn,
}
"""Facts that concern tills of offices where the case was: these offices' streams."""


def _actor(fact: Fact) -> Staff:
    return replace(CENTRE_ACTOR, staff_id=fact.actor, name=fact.actor_name)
