"""The city's offices at work, for who looks after them: desks, people, cases; codes; revoking."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime
from functools import partial

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.centre import devices, enrolling
from desktop.centre.assents import KEEPERS, demand
from desktop.centre.context import Centre, day_of
from desktop.centre.converting import under_way
from desktop.centre.enrolling import Namesake
from desktop.centre.hands import hands_of
from desktop.centre.newcomers import GIVERS, OTHERS, SIGNING
from desktop.centre.offices import id_of
from desktop.centre.people_told import Door, members
from desktop.centre.registrars import demand_registrar
from desktop.centre.registry import Office, offices
from desktop.centre.tables import (
    CaseCountRow,
    CaseRow,
    DeviceRow,
    PersonRow,
)
from desktop.domain.errors import Refusal
from desktop.domain.identifiers import national_id
from desktop.domain.office import MUNICIPALITY
from desktop.domain.people import Role, Staff
from desktop.domain.state import ENDS, State
from desktop.domain.stream import office_of
from desktop.forms.permits import term_of
from desktop.wire.assent import Purpose
from desktop.wire.registry import (
    CodeAnswer,
    CodeAsk,
    DeskBody,
    OfficeBody,
    OfficesAnswer,
    OfficesAsk,
    PersonBody,
    RevokeAnswer,
    RevokeAsk,
)

_UNSIGNED = "نقش او هنوز با دو امضا برقرار نشده است؛ پس از آن گذرواژه ساخته می‌شود."
_ENDED = "دورهٔ همکاری او پایان یافته است؛ نخست دوره را ویرایش کنید."
_MACHINE = "رایانهٔ تازه را راهبر سامانه معرفی می‌کند."
_UNKNOWN = (
    "او از کارکنان این دفتر نیست. نخست او را در «کارکنان» پیشنهاد کنید؛ پس از امضای دوم کد ساخته"
    " می‌شود."
)
_OTHER_ID = "کد ملی او چیز دیگری ثبت شده است و با کد عوض نمی‌شود."
_MANAGERS = "گذرواژهٔ مسئول دفتر را ناظر یا راهبر سامانه می‌سازد."
_OWN_DESK = "رایانه‌ای که با آن کار می‌کنید کنار گذاشته نمی‌شود."
_UNDELIVERED = (State.ISSUED.value, State.RELEASED.value)
_ENDS = tuple(state.value for state in ENDS)


def at_work(
    session: Session, centre: Centre, device: DeviceRow, ask: OfficesAsk, at: datetime
) -> OfficesAnswer:
    """The offices with their desks, people and cases; one, or all. Raises Refusal."""
    demand_registrar(session, centre, device, ask.actor, ask.office)
    today = day_of(at)
    known = [
        office
        for office in offices(session, today)
        if office.office_id == ask.office or (not ask.office and office.office_id != MUNICIPALITY)
    ]
    people: dict[str, list[PersonBody]] = {}
    rows = sorted(members(session, ask.office), key=lambda one: (one.name, one.staff_id))
    for one, told in zip(rows, Door(session, at).told(rows), strict=True):
        people.setdefault(one.office, []).append(PersonBody(**told))
    counts, converting = _standing(session), under_way(session, today)
    received = _received(session, today)
    return OfficesAnswer(
        time=at,
        offices=[
            OfficeBody(
                office_id=office.office_id,
                received_today=received[office.office_id],
                open_cases=counts[office.office_id, "open"],
                undelivered=counts[office.office_id, "undelivered"],
                desks=_desks(office),
                people=people.get(office.office_id, []),
                converting=office.office_id in converting,
            )
            for office in known
        ],
    )


def _desks(office: Office) -> list[DeskBody]:
    told = ({**vars(desk)} for desk in office.desks)
    return [DeskBody(**{key: each[key] for key in DeskBody.model_fields}) for each in told]


def _standing(session: Session) -> Counter[tuple[str, str]]:
    """How many cases of each office are open, and wait to be handed over: of the kept counts."""
    found: Counter[tuple[str, str]] = Counter()
    for row in session.scalars(select(CaseCountRow)):
        office = office_of(row.stream)
        found[office, "open"] += row.cases if row.state not in _ENDS else 0
        found[office, "undelivered"] += row.cases if row.state in _UNDELIVERED else 0
    return found


def _received(session: Session, today: date) -> Counter[str]:
    by = (CaseRow.stream, CaseRow.received_in)
    query = select(*by, func.count()).where(CaseRow.received_on == today).group_by(*by)
    found: Counter[str] = Counter()
    for stream, received_in, cases in session.execute(query):
        found[office_of(received_in or stream)] += cases
    return found


def give_code(
    session: Session, centre: Centre, device: DeviceRow, ask: CodeAsk, at: datetime
) -> CodeAnswer:
    """A code for a person, or for a machine and its person; told this once. Raises Refusal.

    Only for somebody whom the office has by an id: a code is one signature, and gives nobody a
    seat whom two have not signed. A manager gives one to clerks of his own office, and to himself
    for another of its desks.
    """
    person = demand(session, centre, device, ask.assent, Purpose.CODE, ask.signed, GIVERS)
    trusted = ask.role.prepares or ask.role.signs or ask.role.keeps_accounts
    if trusted and person.role is Role.ADMIN:
        raise Refusal(SIGNING, field="role")
    row = session.get(PersonRow, ask.again) if ask.again else None
    if row is None or row.office != id_of(session, ask.office):
        raise Refusal(_UNKNOWN, field="who")
    if person.role is Role.MANAGER:
        _demand_managers(person, ask, row)
    _demand_employed(session, centre, ask, row, day_of(at))
    meant = Namesake(ask.again, national_id=ask.national_id)
    give = enrolling.new_code if ask.device else enrolling.new_person_code
    givers = hands_of(session, person.staff_id, person.key)
    code = give(session, ask.office, at, ask.name, ask.role, meant, givers)
    return CodeAnswer(code=code.text, expires=code.expires)


def _demand_managers(person: Staff, ask: CodeAsk, row: PersonRow) -> None:
    if row.office != person.office:
        raise Refusal(OTHERS)
    if ask.device:
        raise Refusal(_MACHINE)
    if row.role != Role.CLERK.value and row.staff_id != person.staff_id:
        raise Refusal(_MANAGERS)


def _demand_employed(
    session: Session, centre: Centre, ask: CodeAsk, row: PersonRow, today: date
) -> None:
    """Raise Refusal for who has no term that two signed and never came, whose term is over, and
    where the national id is told otherwise."""
    term = term_of(centre.reference.finding(session), row.staff_id, today)
    if not row.key and term is None:
        raise Refusal(_UNSIGNED, field="who")
    if term is not None and term.until is not None and term.until < today:
        raise Refusal(_ENDED, field="who")
    if ask.national_id and row.national_id not in ("", national_id(ask.national_id)):
        raise Refusal(_OTHER_ID)


def revoke(
    session: Session, centre: Centre, device: DeviceRow, ask: RevokeAsk, at: datetime
) -> RevokeAnswer:
    """Take nothing more from a desk, from now on. Raises Refusal."""
    demand(session, centre, device, ask.assent, Purpose.REVOKE, ask.device_id, KEEPERS)
    if ask.device_id == device.device_id:
        raise Refusal(_OWN_DESK, field="device_id")
    enrolling.revoke(session, ask.device_id, at)
    centre.after(session, partial(devices.tell_revoked, centre, ask.device_id))
    row = session.get_one(DeviceRow, ask.device_id)
    return RevokeAnswer(revoked_at=row.revoked_at or at)
