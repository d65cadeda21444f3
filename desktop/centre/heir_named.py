"""A supervisor names who finishes a stopped office's open cases; how far open cases have gone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time
from functools import partial

from sqlalchemy import func, literal_column, select
from sqlalchemy.orm import Session

from desktop.centre import people
from desktop.centre.assents import PREPARERS, demand, demand_reader
from desktop.centre.blobs import is_announced
from desktop.centre.context import Centre, day_of
from desktop.centre.offices import is_open
from desktop.centre.reference import publication
from desktop.centre.streams import lock_streams
from desktop.centre.tables import (
    HELD_COMMAND,
    CaseCountRow,
    CaseRow,
    CommandRow,
    DeviceRow,
    PassageRow,
    is_settled,
)
from desktop.centre.tick import pass_on
from desktop.domain.act import Act
from desktop.domain.calendar import TEHRAN
from desktop.domain.delegation import Delegation, delegation_key
from desktop.domain.errors import Refusal
from desktop.domain.heir import Heir
from desktop.domain.office import MUNICIPALITY
from desktop.domain.people import Staff
from desktop.domain.state import ENDS
from desktop.domain.stream import CITY, Topic, office_of, office_stream
from desktop.forms.permits import hinders_heir, stopped_office
from desktop.forms.published_values import published_value, value_text
from desktop.wire.assent import Purpose
from desktop.wire.offices import HeirAnswer, HeirAsk, OpenCasesAnswer, OpenCasesAsk, PassingBody

_NO_OFFICE = "چنین دفتری نیست."
_GOES_ON = "خدمات این دفتر متوقف نیست؛ پرونده‌های باز را خودش به پایان می‌رساند."
_UNSENT = "تصویر سند به مرکز فرستاده نشده است؛ دوباره پیوست کنید."
_ENDED = sorted(state.value for state in ENDS)
_NAMED = 3
"""So many cases that wait are told by their codes."""


def name_heir(
    session: Session, centre: Centre, device: DeviceRow, ask: HeirAsk, at: datetime
) -> HeirAnswer:
    """The open cases of a stopped office go to another from now on; all desks are told.

    One signature, as the stop itself. Who cannot take one of them over is refused with the reason.
    Raises Refusal.
    """
    lock_streams(session, [CITY])
    person = demand(session, centre, device, ask.assent, Purpose.HEIR, ask.signed, PREPARERS)
    name(session, centre, person, ask.office, ask.heir, ask.act.value, at)
    return HeirAnswer(since=at)


def name(
    session: Session, centre: Centre, person: Staff, office: str, heir: str, act: Act, at: datetime
) -> None:
    """The open cases of the office, which is stopped, go to the other; all desks are told.

    Raises Refusal.
    """
    for named, field in ((office, "office"), (heir, "heir")):
        if named == MUNICIPALITY or not is_open(session, named):
            raise Refusal(_NO_OFFICE, field=field)
    told = Heir(office, heir, at, act)
    for words in told.faults():
        raise Refusal(words, field="heir")
    find, day = centre.reference.finding(session), day_of(at)
    if stopped_office(find, office, at) is None:
        raise Refusal(_GOES_ON, field="office")
    services = centre.reference.services(session, day)
    city = centre.reference.city(session, day)
    for code in _open(session, office):
        service = services.get(code)
        hindered = hinders_heir(find, heir, service, city, at) if service else ""
        if hindered:
            raise Refusal(hindered, field="heir")
    for words in told.act.faults(day, scanned=False):
        raise Refusal(words)
    if told.act.scan and not is_announced(session, told.act.scan):
        raise Refusal(_UNSENT, field="scan")
    fact = publication(Topic.HEIR, office, day, value_text(told))
    people.tell(session, [fact], person, at)
    centre.after(session, partial(pass_on, centre))


def open_cases(
    session: Session, centre: Centre, device: DeviceRow, ask: OpenCasesAsk, at: datetime
) -> OpenCasesAnswer:
    """What an office has open, by service, and how many went to whom since it was stopped, or since
    a delegation ended.

    Raises Refusal.
    """
    demand_reader(session, centre, device, ask.actor)
    stop = stopped_office(centre.reference.finding(session), ask.office, at)
    return OpenCasesAnswer(
        open=_open(session, ask.office),
        passed=_passed(session, ask.office, stop.since) if stop is not None else {},
        ended=dict(_ended(session, centre, ask.office, at)),
    )


def _ended(
    session: Session, centre: Centre, office: str, at: datetime
) -> Iterator[tuple[str, PassingBody]]:
    """By service, how far the cases are that another office finishes since the delegation's end."""
    find, day = centre.reference.finding(session), day_of(at)
    held = _held(session, office)
    for code in sorted(centre.reference.services(session, day)):
        text = find(Topic.DELEGATION, delegation_key(office, code), day)
        told = published_value(Delegation, text) if text else None
        if told is None or not told.heir or told.over is None or told.over > day:
            continue
        since = datetime.combine(told.over, time(), TEHRAN)
        passed = _passed(session, office, since, code)
        codes = held.get(code, [])
        yield code, PassingBody(passed=passed, held=len(codes), codes=codes[:_NAMED])


def _passed(session: Session, office: str, since: datetime, service: str = "") -> dict[str, int]:
    """By the other office's id, how many cases, of the service alone or of all, went there from
    this one since then."""
    row = PassageRow
    query = select(row.heir, func.count()).group_by(row.heir)
    query = query.where(row.stream == office_stream(office), row.at >= since)
    if service:
        of = select(CaseRow.service).where(CaseRow.case_id == row.case_id)
        query = query.where(of.scalar_subquery() == service)
    return {office_of(heir): cases for heir, cases in session.execute(query)}


def _held(session: Session, office: str) -> dict[str, list[str]]:
    """By service, the tracking codes of open cases that an act held at the centre keeps there."""
    case = CaseRow
    # Few in the whole city: first these, then whose they are.
    parked = select(CommandRow.case_id).where(
        literal_column(f"command.{HELD_COMMAND}"), ~is_settled()
    )
    ids = set(session.scalars(parked))
    query = select(case.service, case.tracking).where(
        case.case_id.in_(ids), case.stream == office_stream(office), case.state.not_in(_ENDED)
    )
    found: dict[str, list[str]] = {}
    for service, tracking in sorted(map(tuple, session.execute(query))) if ids else ():
        found.setdefault(service, []).append(tracking)
    return found


def _open(session: Session, office: str) -> dict[str, int]:
    """By service, how many cases of the office are open."""
    row = CaseCountRow
    own = (row.stream == office_stream(office), row.state.not_in(_ENDED), row.cases > 0)
    query = select(row.service, func.sum(row.cases)).where(*own).group_by(row.service)
    return {service: int(cases) for service, cases in session.execute(query)}
