"""The second look at instant answers: what waits for whom, and what the looks found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, case, distinct, func, literal_column, select
from sqlalchemy.orm import Session

from desktop.centre.asking import municipal
from desktop.centre.context import Centre, day_of
from desktop.centre.look_tables import LOOK_WAITS, SecondLookRow
from desktop.centre.lookers import looker_of, owners_of
from desktop.centre.people import of_office, staff_of
from desktop.centre.streams import load_case
from desktop.centre.tables import DeviceRow
from desktop.domain.calendar import TEHRAN
from desktop.domain.correctness import Correctness
from desktop.domain.errors import Refusal
from desktop.domain.people import Role
from desktop.domain.second_look import PATTERN, Looker
from desktop.sql.metadata import table_of
from desktop.wire.board import correctness_body
from desktop.wire.second_looks import (
    PatternBody,
    SecondLooksAnswer,
    SecondLooksAsk,
)

RECENT = timedelta(days=30)
"""Patterns and the share that stands over the looks are of so long."""
_AT_ONCE = 20


def second_looks(
    session: Session, centre: Centre, device: DeviceRow, ask: SecondLooksAsk, at: datetime
) -> SecondLooksAnswer:
    """What waits for the asker, the next one, and what was found. Raises Refusal."""
    demand_supervisor(session, centre, device, ask.actor)
    looker = looker_of(session, staff_of(of_office(session, device.office)[ask.actor]))
    due = _due_counts(session)
    found = _found_since(session, _midnight(at))
    day, since = day_of(at), day_of(at - RECENT)
    following, passed = _next(session, looker, frozenset(ask.later))
    return SecondLooksAnswer(
        time=at,
        due_drawn=due.get(True, 0),
        due_weighed=due.get(False, 0),
        right=found.get(True, 0),
        wrong=found.get(False, 0),
        own=passed,
        case_id=following,
        correctness=correctness_body(correctness(session, since, day)),
        since=since,
        patterns=list(patterns(session, at - RECENT)),
    )


def demand_supervisor(session: Session, centre: Centre, device: DeviceRow, actor: str) -> None:
    """Raise Refusal for anybody else."""
    if Role.SUPERVISOR not in municipal(session, centre, device, actor):
        raise Refusal("بازبینی پاسخ‌ها با ناظر شهرداری است.")


def _midnight(at: datetime) -> datetime:
    return at.astimezone(TEHRAN).replace(hour=0, minute=0, second=0, microsecond=0)


def _due_counts(session: Session) -> dict[bool, int]:
    """How many wait, by whether the lot of all took them."""
    lot = SecondLookRow.drawn > 0
    query = select(lot, func.count()).where(literal_column(LOOK_WAITS)).group_by(lot)
    return {bool(of_all): count for of_all, count in session.execute(query)}


def _found_since(session: Session, since: datetime) -> dict[bool, int]:
    row = SecondLookRow
    query = select(row.right, func.count()).where(row.looked_at >= since).group_by(row.right)
    return {bool(right): count for right, count in session.execute(query)}


def _next(session: Session, looker: Looker, later: frozenset[str]) -> tuple[str, int]:
    """The oldest that waits and is not put off (empty: none), and how many before it are one's
    own."""
    passed = 0
    for case_id in _waiting(session):
        if case_id in later:
            continue
        of = load_case(session, case_id)
        if of is None or looker.hindered(of, owners_of(session, of)):
            passed += 1
            continue
        return case_id, passed
    return "", passed


def _waiting(session: Session) -> Iterator[str]:
    row = SecondLookRow
    query = select(row.case_id).where(literal_column(LOOK_WAITS))
    query = query.order_by(row.decided_at, row.case_id).limit(_AT_ONCE)
    start = 0
    while page := session.scalars(query.offset(start)).all():
        yield from page
        start += len(page)


# What the looks found.


def correctness(
    session: Session,
    first: date,
    last: date,
    *,
    service: str = "",
    district: int = 0,
    stream: str = "",
) -> Correctness:
    """Of the instant answers to requests that were received on these days."""
    asked = _asked(first, last, service, district, stream)
    row = session.execute(select(*_SUMS).where(*asked)).one()
    return _correctness(row)


def correctness_by(
    session: Session, first: date, last: date, column: str
) -> dict[str | int, Correctness]:
    """The same by `stream` (of the office that received the request), `service` or `district`."""
    by = _COLUMNS[column]
    query = select(by, *_SUMS).where(*_asked(first, last, "", 0, "")).group_by(by)
    return {row[0]: _correctness(row[1:]) for row in session.execute(query)}


_TABLE = table_of(SecondLookRow)
_COLUMNS: Mapping[str, ColumnElement[Any]] = {
    "stream": _TABLE.c.stream,
    "service": _TABLE.c.service,
    "district": _TABLE.c.district,
}


def _count(*which: ColumnElement[bool]) -> ColumnElement[int]:
    condition = which[0]
    for each in which[1:]:
        condition = condition & each
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


_OF_ALL, _OF_RISK = SecondLookRow.drawn > 0, SecondLookRow.drawn == 0
_LOOKED, _WRONG = SecondLookRow.right.is_not(None), SecondLookRow.right.is_(False)
_SUMS = (
    _count(_OF_ALL),
    _count(_OF_ALL, _LOOKED),
    _count(_OF_ALL, _WRONG),
    _count(_OF_RISK),
    _count(_OF_RISK, _LOOKED),
    _count(_OF_RISK, _WRONG),
    func.count(distinct(func.nullif(SecondLookRow.drawn, 0))),
)


def _asked(
    first: date, last: date, service: str, district: int, stream: str
) -> list[ColumnElement[bool]]:
    row = SecondLookRow
    asked = [row.received_on >= first, row.received_on <= last]
    if service:
        asked.append(row.service == service)
    if district:
        asked.append(row.district == district)
    if stream:
        asked.append(row.stream == stream)
    return asked


def _correctness(row: Iterable[int]) -> Correctness:
    of_all, looked, wrong, weighed, weighed_looked, weighed_wrong, shares = map(int, row)
    return Correctness(
        of_all, looked, wrong, weighed, weighed_looked, weighed_wrong, mixed=shares > 1
    )


def patterns(session: Session, since: datetime) -> Iterator[PatternBody]:
    """Faults of one kind that were found so often since then that the rule itself is wrong."""
    row = SecondLookRow
    kind = (row.service, row.part, row.item, row.reason)
    query = (
        select(*kind, func.max(row.version), func.count())
        .where(row.looked_at >= since, row.right.is_(False), row.reason != "")
        .group_by(*kind)
        .having(func.count() >= PATTERN)
        .order_by(func.count().desc(), *kind)
    )
    for service, part, item, reason, version, count in session.execute(query):
        yield PatternBody(
            service=service, part=part, item=item, reason=reason, version=version, count=count
        )
