"""How many cases stand where: kept by the database itself, so that no list counts its rows."""

from __future__ import annotations

from collections.abc import Collection
from typing import TypeVar

from sqlalchemy import Select, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from desktop.domain.state import State
from desktop.sql.counting import Counting
from desktop.store.row import Rank
from desktop.store.tables import CaseCountRow

_Part = TypeVar("_Part", str, int)
COUNTING = Counting("case_row", "case_count", ("service", "state", "rank"))


def by_state(
    session: Session, *, service: str = "", ranks: Collection[Rank] = ()
) -> dict[State, int]:
    """Cases by state, of one service and of some turns where they are named."""
    counted = _counted(CaseCountRow.state, service, (), ranks)
    return {State(state): int(cases) for state, cases in session.execute(counted)}


def by_rank(
    session: Session,
    *,
    service: str = "",
    states: Collection[State] = (),
    ranks: Collection[Rank] = (),
) -> dict[Rank, int]:
    """Cases by whose turn it is, as `by_state`."""
    counted = _counted(CaseCountRow.rank, service, states, ranks)
    return {Rank(rank): int(cases) for rank, cases in session.execute(counted)}


def _counted(
    by: InstrumentedAttribute[_Part],
    service: str,
    states: Collection[State],
    ranks: Collection[Rank],
) -> Select[_Part, int]:
    query = select(by, func.sum(CaseCountRow.cases)).where(CaseCountRow.cases > 0)
    if service:
        query = query.where(CaseCountRow.service == service)
    if states:
        query = query.where(CaseCountRow.state.in_(sorted(states)))
    if ranks:
        query = query.where(CaseCountRow.rank.in_(sorted(map(int, ranks))))
    return query.group_by(by)
