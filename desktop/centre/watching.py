"""What the supervisor watches: deadlines near and past, doubles, questions that led to no case."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, and_, case, exists, func, literal, or_, select
from sqlalchemy.orm import Session, aliased

from desktop.centre import closing, stamped_sheets
from desktop.centre.asking import municipal
from desktop.centre.context import Centre, day_of
from desktop.centre.offices import all_offices
from desktop.centre.queueing import is_open
from desktop.centre.sheet_tables import ToldPaperRow
from desktop.centre.tables import (
    CaseRow,
    DeviceRow,
    DoubleToldRow,
    PersonRow,
    QuestionRow,
)
from desktop.domain.errors import Refusal
from desktop.domain.people import Role
from desktop.domain.request import Shared
from desktop.domain.stream import MUNICIPALITY, office_of, office_stream
from desktop.wire.watch import (
    AskerBody,
    DifferingBody,
    OddSheetsBody,
    PairBody,
    StockBody,
    UnclosedBody,
    WatchAnswer,
    WatchAsk,
    WatchedCase,
)

NEAR = timedelta(days=3)
_SHOWN = 100
_WEEK = timedelta(days=7)
# A citizen who was told what is missing may still be on the way to the counter.
_STILL_HERE = timedelta(hours=1)


def watch(
    session: Session, centre: Centre, device: DeviceRow, ask: WatchAsk, at: datetime
) -> WatchAnswer:
    """All lists. Raises Refusal for all but supervisors."""
    if Role.SUPERVISOR not in municipal(session, centre, device, ask.actor):
        raise Refusal("پیگیری از آنِ ناظر شهرداری است.")
    today = day_of(at)
    names = offices(session, today)
    calendar = centre.reference.city(session, today).calendar
    late = closing.unclosed(session, _working(names), calendar, today)
    soon = and_(is_open(CaseRow), CaseRow.due_on <= today + NEAR)
    listed = select(CaseRow).where(soon).order_by(CaseRow.due_on, CaseRow.case_id).limit(_SHOWN)
    return WatchAnswer(
        past=_count(session, and_(soon, CaseRow.due_on < today)),
        near=_count(session, and_(soon, CaseRow.due_on >= today)),
        deadlines=[_watched(row, names, today) for row in session.scalars(listed)],
        pairs=[
            PairBody(
                shared=pair.shared,
                first=_watched(pair.first, names, today),
                second=_watched(pair.second, names, today),
            )
            for pair in doubles(session, _SHOWN)
        ],
        askers=_askers(session, names, at),
        unclosed=[
            UnclosedBody(
                office_id=each.office,
                office=names[office_stream(each.office)],
                last=each.last,
                days=each.days,
            )
            for each in late[:_SHOWN]
        ],
        unclosed_offices=len(late),
        stocks=[
            StockBody(
                office_id=each.office,
                office=_name(names, each.office),
                blank=each.blank,
                taken_at=each.taken_at,
            )
            for each in stamped_sheets.stocks(session)[:_SHOWN]
        ],
        odd=[
            OddSheetsBody(
                case_id=row.case_id,
                office=_name(names, row.office),
                series=row.series,
                first=row.first,
                last=row.last,
                at=row.at,
            )
            for row in stamped_sheets.odd(session, _SHOWN)
        ],
        differing=[
            DifferingBody(
                office=_name(names, row.office),
                name=row.name,
                number=row.number,
                names=row.names.split("\n"),
                at=row.at,
            )
            for row in session.scalars(
                select(ToldPaperRow).order_by(ToldPaperRow.at.desc()).limit(_SHOWN)
            )
        ],
    )


def _name(names: dict[str, str], office: str) -> str:
    return names.get(office_stream(office), office)


def _working(names: Iterable[str]) -> list[str]:
    """The offices of counters, by their ids; the municipality closes no day."""
    return [office_of(stream) for stream in names if stream != MUNICIPALITY]


@dataclass(frozen=True)
class Double:
    """Two open cases at two offices, the older first, and what they share."""

    shared: Shared
    first: CaseRow
    second: CaseRow


def doubles(session: Session, limit: int | None = None, *, untold: bool = False) -> list[Double]:
    """Open cases for one property, or for one inquiry letter, at two offices; the newest first.

    A pair that shares both is named once, by its property. `untold` are those of which one of the
    offices has not been told.
    """
    found = {
        (double.first.case_id, double.second.case_id): double
        for shared in (Shared.LETTER, Shared.PROPERTY)
        for double in _sharing(session, shared, limit, untold=untold)
    }
    newest = sorted(found.values(), key=lambda d: d.second.registered_at, reverse=True)
    return newest[:limit]


def _sharing(
    session: Session, shared: Shared, limit: int | None, *, untold: bool
) -> Iterator[Double]:
    twin = aliased(CaseRow)
    if shared is Shared.PROPERTY:
        ours, theirs = CaseRow.code, twin.code
    else:
        ours, theirs = CaseRow.inquiry, twin.inquiry
    query = (
        select(CaseRow, twin)
        .join(twin, and_(theirs == ours, twin.stream != CaseRow.stream))
        .where(
            ours != "",
            is_open(CaseRow),
            is_open(twin),
            or_(
                CaseRow.registered_at < twin.registered_at,
                and_(CaseRow.registered_at == twin.registered_at, CaseRow.case_id < twin.case_id),
            ),
        )
        .order_by(twin.registered_at.desc(), CaseRow.case_id)
        .limit(limit)
    )
    if untold:
        query = query.where(or_(~_told(CaseRow, twin), ~_told(twin, CaseRow)))
    for first, second in session.execute(query):
        yield Double(shared, first, second)


def _told(case: type[CaseRow], of: type[CaseRow]) -> ColumnElement[bool]:
    told = DoubleToldRow
    return exists().where(
        told.stream == case.stream, told.case_id == case.case_id, told.tracking == of.tracking
    )


def offices(session: Session, today: date) -> dict[str, str]:
    """Stream to the office's name on the day."""
    found = all_offices(session)
    return {office_stream(name): office.on(today).name for name, office in found.items()}


def _count(session: Session, which: ColumnElement[bool]) -> int:
    return session.scalar(select(func.count()).select_from(CaseRow).where(which)) or 0


def _watched(row: CaseRow, names: dict[str, str], today: date) -> WatchedCase:
    return WatchedCase(
        case_id=row.case_id,
        office=names.get(row.stream, row.stream),
        tracking=row.tracking,
        service=row.service,
        applicant=row.applicant,
        code=row.code,
        state=row.state,
        status=row.status,
        outcome=row.outcome,
        due_on=row.due_on,
        left=(row.due_on - today).days,
    )


def _askers(session: Session, names: dict[str, str], at: datetime) -> list[AskerBody]:
    """By clerk: properties asked for in a week, and those that no case of the office followed."""
    asked = (
        select(
            QuestionRow.actor,
            DeviceRow.office,
            QuestionRow.code,
            func.min(QuestionRow.asked_at).label("first_at"),
            func.max(QuestionRow.asked_at).label("last_at"),
        )
        .join(DeviceRow, DeviceRow.device_id == QuestionRow.device_id)
        .where(QuestionRow.code != "", QuestionRow.asked_at > at - _WEEK)
        .where(QuestionRow.asked_at <= at - _STILL_HERE)
        .group_by(QuestionRow.actor, DeviceRow.office, QuestionRow.code)
        .subquery()
    )
    followed = exists().where(
        CaseRow.code == asked.c.code,
        CaseRow.stream == literal(office_stream("")) + asked.c.office,
        CaseRow.registered_at >= asked.c.first_at,
    )
    without = func.sum(case((followed, 0), else_=1))
    last_at = func.max(asked.c.last_at)
    query = (
        select(asked.c.actor, asked.c.office, func.count(), without, last_at)
        .group_by(asked.c.actor, asked.c.office)
        # Who asked and then registered each time is nobody to look after.
        .having(without > 0)
        .order_by(without.desc(), last_at.desc())
        .limit(_SHOWN)
    )
    people = {row.staff_id: row.name for row in session.scalars(select(PersonRow))}
    return [
        AskerBody(
            clerk=people.get(actor, actor),
            office=names.get(office_stream(office), office),
            asked=count,
            without=alone,
            last_at=last,
        )
        for actor, office, count, alone, last in session.execute(query)
    ]
