"""Issuing a letter: its words, the next number, the signed essence."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from desktop.centre import numbers
from desktop.centre.context import Centre, day_of
from desktop.centre.letter_essence import essence_of
from desktop.centre.letter_keys import signing_key
from desktop.centre.letters import LetterCase, compose, demand_coming, valid_until
from desktop.centre.projecting import clerk_of
from desktop.centre.sum_tables import NOT_RECKONED
from desktop.centre.tables import LetterRow
from desktop.chance import new_id
from desktop.domain.calendar import OfficeCalendar, jalali
from desktop.domain.case import Case
from desktop.domain.decision import Decision
from desktop.domain.letter import Letter, LetterKind, LetterText
from desktop.domain.office import OfficeCard
from desktop.domain.property import PropertyRecord
from desktop.domain.service import Service
from desktop.domain.stream import office_of


@dataclass(frozen=True)
class Written:
    """A letter's words before it has a number, and the number of the one it stands in for."""

    case: LetterCase
    text: LetterText
    valid_until: date | None
    replaces: str
    office: OfficeCard


def write(
    session: Session,
    centre: Centre,
    *,
    case: Case,
    service: Service,
    kind: LetterKind,
    decision: Decision,
    refusal: tuple[str, ...],
    record: PropertyRecord | None,
    at: datetime,
) -> Written:
    """The words of a letter of the case; nothing is taken for it.

    Raises Unwritable for a template that can't be filled.
    """
    day = day_of(at)
    office = centre.reference.office(session, office_of(case.stream)).on(day)
    voided = [
        held for held in case.letters if held.voided and held.letter.kind is not LetterKind.DEBT
    ]
    replaces = voided[-1].letter.number if voided and kind is not LetterKind.DEBT else ""
    demand_coming(service, kind, day, case.request.conditions)
    form, city = service.letters[kind], centre.reference.city(session, day)
    if kind is LetterKind.ANSWER:
        form = replace(form, months=city.months(service))
    until = valid_until(form, day, case.request.conditions, city.calendar)
    written = LetterCase(
        request=case.request,
        decision=decision,
        refusal=refusal,
        report=case.report,
        record=record,
        head=office.head,
        day=day,
        valid_until=until,
        authority=office.authority,
        replaces=replaces,
        article=case.commission,
        ruling=case.commission_result,
        paid=tuple(sorted({payment.paid_on for payment in case.paid.values()})),
        sample=office.sample,
        ways=city.objections,
        check_at=city.check_at,
    )
    return Written(written, compose(service, kind, written), until, replaces, office)


def issue(
    session: Session,
    centre: Centre,
    *,
    case: Case,
    service: Service,
    kind: LetterKind,
    decision: Decision,
    refusal: tuple[str, ...],
    record: PropertyRecord | None,
    at: datetime,
) -> Letter:
    """A new letter of the case; its number is taken in this transaction.

    Raises Unwritable, before anything is taken, for a template that can't be filled.
    """
    day = day_of(at)
    written = write(
        session,
        centre,
        case=case,
        service=service,
        kind=kind,
        decision=decision,
        refusal=refusal,
        record=record,
        at=at,
    )
    text, until, office = written.text, written.valid_until, written.office
    calendar = centre.reference.city(session, day).calendar
    # Taken after the words: a letter that can't be written takes no number.
    year = jalali(day)[0]
    serial = numbers.next_serial(session, office.own_id, year)
    number = f"{year}/{office.code}/{serial}"
    key = signing_key(session, centre, day)
    essence = essence_of(
        service,
        kind,
        written.case,
        text,
        number=number,
        office=office.code,
    )
    encoded, signature = key.issue(essence)
    letter = Letter(
        letter_id=new_id(),
        case_id=case.case_id,
        kind=kind,
        number=number,
        issued_on=day,
        valid_until=until,
        text=text,
        essence=encoded,
        signature=signature,
        key_id=key.key_id,
        replaces=written.replaces,
    )
    keep(session, case, letter, office.own_id, (year, serial), calendar, at)
    return letter


def keep(
    session: Session,
    case: Case,
    letter: Letter,
    office: str,
    number: tuple[int, int],
    calendar: OfficeCalendar,
    at: datetime,
) -> None:
    """Keep the letter as one of the office's (its id) year and serial: both are taken by it."""
    year, serial = number
    session.add(
        LetterRow(
            office=office,
            year=year,
            serial=serial,
            letter_id=letter.letter_id,
            case_id=case.case_id,
            kind=letter.kind.value,
            signature=letter.signature,
            issued_at=at,
            state="issued",
            issued_on=letter.issued_on,
            received_on=case.request.received_on,
            service=case.request.service,
            district=case.district,
            clerk=clerk_of(session, case),
            waited=NOT_RECKONED
            if letter.kind is LetterKind.DEBT
            else calendar.working_days_between(case.request.received_on, letter.issued_on),
        )
    )
