"""People put forward to an office: known by name and national id, without keys until two sign."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.centre import enrolling, people
from desktop.centre.assents import KEEPERS, demand
from desktop.centre.context import Centre
from desktop.centre.offices import all_offices, is_open
from desktop.centre.tables import DeviceRow, PersonRow
from desktop.domain.drawable import undrawable, unprintable_words
from desktop.domain.errors import Refusal
from desktop.domain.identifiers import national_id
from desktop.domain.office import MUNICIPALITY
from desktop.domain.people import Role, Staff
from desktop.domain.persian import clean, fold
from desktop.sql.turns import take_turn
from desktop.wire.assent import Purpose
from desktop.wire.bounds import UUID
from desktop.wire.newcomers import (
    CodeBackAnswer,
    CodeBackAsk,
    NewcomerBody,
    NewcomersAnswer,
    NewcomersAsk,
)
from desktop.wire.publishing import HindranceBody

GIVERS = (*KEEPERS, Role.MANAGER)
"""Who puts people forward and gives them one-time codes: a manager those of his own office."""
OWN_ROLE = "نقش خودتان را دیگری باید بدهد."
OTHERS = "این شخص از دفتر شما نیست."
SIGNING = "این نقش را ناظر شهرداری می‌دهد."
_NO_OFFICE = "چنین دفتری نیست."
_NAMELESS = "نام را بنویسید."
_TWICE = "همین کد ملی در همین فهرست یک بار دیگر آمده است."
_HERE = "این کد ملی از پیش در همین دفتر از آنِ {} است؛ دورهٔ او را ویرایش کنید."
_UNTOLD = (
    "این دفتر کسی به نام {} دارد که کد ملی‌اش ثبت نشده است. اگر هم‌اوست، دورهٔ همان را ویرایش کنید؛ "
    "اگر نه، نخست راهبر سامانه کد ملی او را با کد تازه ثبت کند."
)
_TAKEN = "این شناسه از آنِ کس دیگری است؛ دوباره آماده کنید."


def put_forward(
    session: Session, centre: Centre, device: DeviceRow, ask: NewcomersAsk, at: datetime
) -> NewcomersAnswer:
    """Know these people, all or nobody; asked again, the same answer. Raises Refusal."""
    person = demand(session, centre, device, ask.assent, Purpose.NEWCOMERS, ask.signed, GIVERS)
    # Two who put the same person forward at once: the second sees what the first one did.
    for office in sorted({one.office for one in ask.people}):
        take_turn(session, f"people:{office}")
    faults: list[HindranceBody] = []
    seen: set[tuple[str, str]] = set()
    for item, one in enumerate(ask.people):
        told = list(_faults(session, person, one))
        if (one.office, one.national_id) in seen:
            told.append(_TWICE)
        seen.add((one.office, one.national_id))
        faults += [HindranceBody(item=item, words=words) for words in told]
    if faults:
        return NewcomersAnswer(known=0, faults=faults)
    for one in ask.people:
        if session.get(PersonRow, one.staff_id) is None:
            people.put_forward(session, _staff_of(one))
    return NewcomersAnswer(known=len(ask.people), faults=[])


def take_code_back(
    session: Session, centre: Centre, device: DeviceRow, ask: CodeBackAsk, at: datetime
) -> CodeBackAnswer:
    """A slip that did not come out, or was lost, lets nobody in. Raises Refusal."""
    person = demand(session, centre, device, ask.assent, Purpose.CODE_BACK, ask.staff_id, GIVERS)
    row = session.get(PersonRow, ask.staff_id)
    if row is None or (person.role is Role.MANAGER and row.office != person.office):
        raise Refusal(OTHERS)
    return CodeBackAnswer(taken=enrolling.drop_codes(session, ask.staff_id))


def _staff_of(one: NewcomerBody) -> Staff:
    return Staff(
        staff_id=one.staff_id,
        name=clean(one.name),
        role=one.role,
        office=one.office,
        title=one.role.word,
        national_id=one.national_id,
    )


def _faults(session: Session, person: Staff, one: NewcomerBody) -> Iterator[str]:
    own_office = one.office == MUNICIPALITY
    if person.role is Role.MANAGER and one.office != person.office:
        yield OTHERS
    if not is_open(session, one.office):
        yield _NO_OFFICE
    if one.role.is_municipal != own_office or one.role is Role.CENTRE:
        yield f"«{one.role.word}» در این دفتر نمی‌نشیند."
    trusted = one.role.prepares or one.role.signs or one.role.keeps_accounts
    if trusted and person.role is Role.ADMIN:
        yield SIGNING
    if not clean(one.name):
        yield _NAMELESS
    if character := undrawable(one.name):
        # It stands on each paper of whoever it is.
        yield unprintable_words(character)
    try:
        digits = national_id(one.national_id)
    except Refusal as no:
        yield no.words
        return
    if person.national_id and digits == person.national_id:
        yield OWN_ROLE
    if digits != one.national_id:
        yield "کد ملی را تنها با رقم لاتین بفرستید."
    known = session.get(PersonRow, one.staff_id)
    if known is not None:
        if _named(known) != (one.office, fold(one.name), one.role.value, digits):
            yield _TAKEN
        return
    if not UUID.fullmatch(one.staff_id) or one.staff_id in all_offices(session):
        # What is said of a person is kept by the id beside what is said of an office.
        yield _TAKEN
    for row in session.scalars(select(PersonRow).where(PersonRow.office == one.office)):
        if row.national_id == digits and row.role == one.role.value:
            yield _HERE.format(row.name)
        elif not row.national_id and fold(row.name) == fold(one.name):
            yield _UNTOLD.format(row.name)


def _named(row: PersonRow) -> tuple[str, str, str, str]:
    return row.office, fold(row.name), row.role, row.national_id
