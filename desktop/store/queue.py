"""The queue of a million cases: ids in order for a true scrollbar, rows for what is on screen."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, false, func, or_, select
from sqlalchemy.orm import Session

from desktop.domain.state import State
from desktop.domain.status import Status
from desktop.store import search_table
from desktop.store.row import RELEASABLE, QueueCase, Rank
from desktop.store.tables import CaseRow


@dataclass(frozen=True)
class QueueFilter:
    """What the queue shows; an empty part asks for nothing.

    Days are the day of receipt, both ends in; `due_to` the last promised day. `text` is what was
    typed in the queue's own line. `trouble` leaves only cases that a person must look at: refused
    or held acts, letters to be voided, texts of a newer program. `waiting` leaves what is not
    settled at the centre. `to_release` leaves letters to be stamped, answers and debt letters.
    """

    states: frozenset[State] = frozenset()
    ranks: frozenset[Rank] = frozenset()
    service: str = ""
    first_outcome: str = ""
    received_from: date | None = None
    received_to: date | None = None
    due_to: date | None = None
    registered_by: str = ""
    text: str = ""
    trouble: bool = False
    waiting: bool = False
    to_release: bool = False


class Order(StrEnum):
    """The queue's orders: whose turn and then the deadline, or by one column."""

    TURN = "turn"
    DUE = "due"
    RECEIVED = "received"
    UPDATED = "updated"
    APPLICANT = "applicant"
    SERVICE = "service"
    STATE = "state"


_ORDERS: dict[Order, tuple[ColumnElement[Any], ...]] = {
    Order.TURN: (CaseRow.rank.expression, CaseRow.due_on.expression),
    Order.DUE: (CaseRow.due_on.expression,),
    Order.RECEIVED: (CaseRow.received_at.expression,),
    Order.UPDATED: (CaseRow.updated_at.expression,),
    Order.APPLICANT: (CaseRow.applicant_sort.expression,),
    Order.SERVICE: (CaseRow.service.expression, CaseRow.due_on.expression),
    Order.STATE: (CaseRow.state.expression, CaseRow.due_on.expression),
}
_FIELDS = [name for name in QueueCase.__dataclass_fields__ if name != "row_id"]


def ids(
    session: Session,
    wanted: QueueFilter | None = None,
    order: Order = Order.TURN,
    *,
    descending: bool = False,
    limit: int | None = None,
) -> array[int]:
    """Row ids of all that the filter lets through, in order: 8 bytes a case; the first `limit`."""
    columns = (*_ORDERS[order], CaseRow.id.expression)
    query = select(CaseRow.id).where(*_conditions(wanted or QueueFilter()))
    query = query.order_by(*(column.desc() if descending else column for column in columns))
    # Straight from the driver: of a million numbers nothing is to be converted.
    found = session.connection().execute(query.limit(limit)).cursor
    return array("q", (row_id for (row_id,) in found.fetchall()))


def rows(session: Session, row_ids: Iterable[int]) -> dict[int, QueueCase]:
    """The rows with these ids, by id; one whose registration was undone since is not there."""
    found = session.scalars(select(CaseRow).where(CaseRow.id.in_(list(row_ids))))
    return {row.id: _case(row) for row in found}


def one(session: Session, case_id: str) -> QueueCase | None:
    """The row of a case; None when it is not known here."""
    row = session.scalar(select(CaseRow).where(CaseRow.case_id == case_id))
    return None if row is None else _case(row)


def counts(session: Session, wanted: QueueFilter | None = None) -> dict[State, int]:
    """How many cases of each state the filter lets through; its own `states` don't count."""
    query = select(CaseRow.state, func.count()).where(
        *_conditions(wanted or QueueFilter(), with_states=False)
    )
    return {State(state): count for state, count in session.execute(query.group_by(CaseRow.state))}


def turns(session: Session, wanted: QueueFilter | None = None) -> dict[Rank, int]:
    """How many cases wait for the office, for others, and how many are closed."""
    query = select(CaseRow.rank, func.count()).where(*_conditions(wanted or QueueFilter()))
    return {Rank(rank): count for rank, count in session.execute(query.group_by(CaseRow.rank))}


def linked(session: Session, case_id: str) -> list[QueueCase]:
    """The case from which this one was opened, and those opened from it, oldest first."""
    own = select(CaseRow.linked_to).where(CaseRow.case_id == case_id).scalar_subquery()
    query = (
        select(CaseRow)
        .where(or_(CaseRow.linked_to == case_id, CaseRow.case_id == own))
        .order_by(CaseRow.id)
    )
    return [_case(row) for row in session.scalars(query)]


def earlier(
    session: Session, *, applicant_id: str = "", code: str = "", limit: int = 5
) -> list[QueueCase]:
    """The newest cases of a person or a property: to fill a form from, and to warn of a double."""
    same = []
    if applicant_id:
        same.append(CaseRow.applicant_id == applicant_id)
    if code:
        same.append(CaseRow.code == code)
    if not same:
        return []
    query = select(CaseRow).where(or_(*same)).order_by(CaseRow.id.desc()).limit(limit)
    return [_case(row) for row in session.scalars(query)]


def _conditions(wanted: QueueFilter, *, with_states: bool = True) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.states and with_states:
        found.append(CaseRow.state.in_(sorted(wanted.states)))
    if wanted.ranks:
        found.append(CaseRow.rank.in_(sorted(map(int, wanted.ranks))))
    if wanted.service:
        found.append(CaseRow.service == wanted.service)
    if wanted.received_from is not None:
        found.append(CaseRow.received_on >= wanted.received_from)
    if wanted.received_to is not None:
        found.append(CaseRow.received_on <= wanted.received_to)
    if wanted.first_outcome:
        found.append(CaseRow.first_outcome == wanted.first_outcome)
    if wanted.due_to is not None:
        found.append(CaseRow.due_on <= wanted.due_to)
    if wanted.registered_by:
        found.append(CaseRow.registered_by == wanted.registered_by)
    if wanted.trouble:
        found.append(or_(CaseRow.refused, CaseRow.recall, CaseRow.needs_update))
    if wanted.waiting:
        found.append(CaseRow.provisional.expression)
    if wanted.to_release:
        found += [CaseRow.letter_state == "issued", CaseRow.state.in_(sorted(RELEASABLE))]
    if wanted.text.strip():
        asked = search_table.match(wanted.text)
        found.append(search_table.among(CaseRow.id.expression, asked) if asked else false())
    return found


def _case(row: CaseRow) -> QueueCase:
    values = {name: getattr(row, name) for name in _FIELDS}
    values["state"] = State(row.state)
    values["status"] = Status(row.status)
    values["rank"] = Rank(row.rank)
    return QueueCase(row_id=row.id, **values)
