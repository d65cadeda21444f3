"""The supervisor's board: a day of all offices in counts, and the second looks that wait."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import datetime, time, timedelta
from statistics import median

from sqlalchemy import Select, func, literal_column, select
from sqlalchemy.orm import Session

from desktop.centre.asking import municipal
from desktop.centre.context import Centre, day_of
from desktop.centre.import_state import alarm, held_back
from desktop.centre.queueing import overdue
from desktop.centre.tables import (
    LOOK_DUE,
    LOOKED,
    RECALLED,
    CaseCountRow,
    CaseRow,
    DeviceRow,
    LetterRow,
    OfficeRow,
)
from desktop.domain.calendar import TEHRAN, OfficeCalendar
from desktop.domain.errors import Refusal
from desktop.domain.letter import LetterKind
from desktop.domain.people import Role
from desktop.domain.state import AWAITS_CENTRE, OPEN
from desktop.wire.payloads import BoardAnswer, BoardAsk, LookRow
from desktop.wire.payloads import OfficeRow as OfficeBody

_WAITING = tuple(state.value for state in OPEN - AWAITS_CENTRE)
_LOOKS_SHOWN = 50


def board(
    session: Session, centre: Centre, device: DeviceRow, ask: BoardAsk, at: datetime
) -> BoardAnswer:
    """Counts over cases received on the asked days. Raises Refusal for all but supervisors."""
    if municipal(session, device, ask.actor) is not Role.SUPERVISOR:
        raise Refusal("نمای روز از آنِ ناظر شهرداری است.")
    query = select(CaseRow).where(
        CaseRow.received_on <= ask.day, CaseRow.received_on > ask.day - timedelta(days=ask.days)
    )
    if ask.service:
        query = query.where(CaseRow.service == ask.service)
    if ask.district:
        query = query.where(CaseRow.district == ask.district)
    cases = list(session.scalars(query))
    times = sorted(row.answer_ms for row in cases if row.first_outcome)
    hours: dict[str, Counter[str]] = defaultdict(Counter)
    for row in cases:
        hours[str(row.registered_at.astimezone(TEHRAN).hour)][row.first_outcome or "waiting"] += 1
    letters = session.execute(
        select(func.count(), func.sum(LetterRow.copies)).where(
            LetterRow.case_id.in_(select(query.subquery().c.case_id))
        )
    ).one()
    voided = session.scalar(
        select(func.count()).where(
            LetterRow.state == "voided",
            LetterRow.case_id.in_(select(query.subquery().c.case_id)),
        )
    )
    looks = _looks(session)
    city = centre.reference.city(session, day_of(at))
    answered, waited = _waited(session, city.calendar, ask)
    return BoardAnswer(
        received=len(cases),
        instant=sum(row.first_outcome == "answer" for row in cases),
        overdue=session.scalar(select(func.count()).select_from(CaseRow).where(overdue(at))) or 0,
        letters=letters[0],
        voided=voided or 0,
        copies=max(0, int(letters[1] or 0) - letters[0]),
        looks_due=len(looks),
        looks_done=_looked(session),
        median_ms=round(median(times)) if times else 0,
        p95_ms=times[int(len(times) * 0.95)] if times else 0,
        waiting_days=_waiting(session, at),
        outcomes=dict(Counter(row.first_outcome or "waiting" for row in cases)),
        hours={hour: dict(counts) for hour, counts in hours.items()},
        offices=_offices(session, cases, at),
        looks=looks[:_LOOKS_SHOWN],
        alarm=alarm(session, city, at),
        records_held=held_back(session),
        answered=answered,
        waited=waited,
        recalls=_recalls(session),
    )


def _waited(session: Session, calendar: OfficeCalendar, ask: BoardAsk) -> tuple[int, int]:
    """How many answers were given on the days, and the working days that citizens waited for them.

    From the day of receipt to the issue of the letter, the middle one of all.
    """
    first = ask.day - timedelta(days=ask.days - 1)
    begun, ended = (
        datetime.combine(day, time(), TEHRAN) for day in (first, ask.day + timedelta(days=1))
    )
    query = (
        select(CaseRow.received_on, LetterRow.issued_at)
        .join(CaseRow, CaseRow.case_id == LetterRow.case_id)
        .where(LetterRow.issued_at >= begun, LetterRow.issued_at < ended)
        .where(LetterRow.kind != LetterKind.DEBT.value)
    )
    if ask.service:
        query = query.where(CaseRow.service == ask.service)
    if ask.district:
        query = query.where(CaseRow.district == ask.district)
    waits = [
        calendar.working_days_between(received, day_of(issued))
        for received, issued in session.execute(query)
    ]
    return len(waits), round(median(waits)) if waits else 0


def _looks(session: Session) -> list[LookRow]:
    query = (
        select(CaseRow)
        .where(literal_column(LOOK_DUE))
        .order_by(CaseRow.sampled, CaseRow.registered_at)
    )
    return [
        LookRow(
            case_id=row.case_id,
            service=row.service,
            office=row.stream.removeprefix("office:"),
            applicant=row.applicant,
            tracking=row.tracking,
            received_at=row.registered_at,
            clerk=row.clerk,
            why=row.sampled,
        )
        for row in session.scalars(query)
    ]


def _looked(session: Session) -> int:
    query = select(func.count()).select_from(CaseRow).where(literal_column(LOOKED))
    return session.scalar(query) or 0


def _recalls(session: Session) -> int:
    query = select(func.count()).select_from(CaseRow).where(literal_column(RECALLED))
    return session.scalar(query) or 0


def _waiting(session: Session, at: datetime) -> dict[str, int]:
    """Open cases by state and how many whole days the oldest of them has waited."""
    # State by state: the oldest of each stands first in an index.
    oldest = {
        state: session.scalar(select(func.min(CaseRow.updated_at)).where(CaseRow.state == state))
        for state in _WAITING
    }
    return {state: (at - since).days for state, since in oldest.items() if since is not None}


def _offices(session: Session, cases: list[CaseRow], at: datetime) -> list[OfficeBody]:
    # Not the column itself: SQLite would go through all cases in its order to spare a grouping.
    stream = CaseRow.stream.concat(literal_column("''"))
    late = _by_office(session, select(stream, func.count()).where(overdue(at)))
    kept = select(CaseCountRow.stream, func.sum(CaseCountRow.cases))
    waiting = _by_office(session, kept.where(CaseCountRow.state.in_(_WAITING)))
    own: dict[str, list[CaseRow]] = defaultdict(list)
    for row in cases:
        own[row.stream].append(row)
    heard = dict(
        session.execute(
            select(DeviceRow.office, func.max(DeviceRow.heard_at)).group_by(DeviceRow.office)
        ).all()
    )
    rows = []
    for office in session.scalars(select(OfficeRow).order_by(OfficeRow.code)):
        name = f"office:{office.code}"
        if office.code == "municipality":
            continue
        rows.append(
            OfficeBody(
                office=office.code,
                name=office.name,
                received=len(own[name]),
                instant=sum(row.first_outcome == "answer" for row in own[name]),
                waiting=waiting.get(name, 0),
                overdue=late.get(name, 0),
                heard_at=heard.get(office.code),
            )
        )
    return rows


def _by_office(session: Session, counted: Select[str, int]) -> dict[str, int]:
    by = counted.group_by(counted.selected_columns[0])
    return {stream: int(count) for stream, count in session.execute(by)}
