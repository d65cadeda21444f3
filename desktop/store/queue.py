"""The queue of a million cases: counts for a true scrollbar, rows for what is on screen."""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    func,
    literal,
    literal_column,
    or_,
    select,
    tuple_,
)
from sqlalchemy.orm import Session

from desktop.domain.decision import Outcome
from desktop.domain.identifiers import read_short_number
from desktop.domain.search_words import readings
from desktop.domain.state import State
from desktop.domain.status import Status
from desktop.sql.memo import once
from desktop.store import case_counts, search_table
from desktop.store.row import PRINTABLE, RELEASABLE, QueueCase, Rank
from desktop.store.tables import STEP_LATE, TROUBLE, WAITING, CaseRow


@dataclass(frozen=True)
class QueueFilter:
    """What the queue shows; an empty part asks for nothing.

    Days are the day of receipt, both ends in; `due_to` the last promised day. `text` is what was
    typed in the queue's own line. `trouble` leaves only cases that a person must look at: refused
    or held acts, letters to be voided, texts of a newer program. `waiting` leaves what is not
    settled at the centre. `to_release` leaves letters to be stamped, answers and debt letters;
    `unprinted` those that are stamped and on no paper yet. `outcomes` are the last decision's.
    `step_late` leaves what waits longer in a step than is promised.
    `among` are rows by their ids; None asks for nothing.
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
    unprinted: bool = False
    outcomes: frozenset[Outcome] = frozenset()
    among: frozenset[int] | None = None
    step_late: bool = False


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


MOST_FOUND = 1_000
"""Of what was typed so many matches are listed, the newest, and every one that is still open."""


def ids(
    session: Session,
    wanted: QueueFilter | None = None,
    order: Order = Order.TURN,
    *,
    descending: bool = False,
    limit: int | None = None,
    offset: int = 0,
) -> array[int]:
    """Row ids of what the filter lets through, in order: 8 bytes a case; `limit` from `offset`."""
    query = select(CaseRow.id).where(*_conditions(session, wanted or QueueFilter()))
    columns = (*_ORDERS[order], CaseRow.id.expression)
    if wanted is not None and wanted.received_from is not None:
        columns = tuple(map(_as_read, columns))
    query = query.order_by(*(column.desc() if descending else column for column in columns))
    query = query.limit(limit).offset(offset or None)
    # Straight from the driver: of many numbers nothing is to be converted.
    found = session.connection().execute(query).cursor
    return array("q", (row_id for (row_id,) in found.fetchall()))


def page(
    session: Session,
    wanted: QueueFilter,
    order: Order,
    *,
    descending: bool,
    first: int,
    count: int,
    of: int,
) -> list[QueueCase]:
    """So many rows from `first` on, of the `of` that the filter lets through, in order."""
    backward = first > of // 2
    # From the nearer end: what stands before a page is stepped over one by one.
    offset = max(of - first - count, 0) if backward else first
    count = min(count, of - first)
    turned = descending != backward
    asked = ids(session, wanted, order, descending=turned, limit=count, offset=offset)
    if backward:
        asked.reverse()
    found = rows(session, asked)
    return [found[row_id] for row_id in asked]


def place(
    session: Session, wanted: QueueFilter, order: Order, row_id: int, *, descending: bool
) -> int:
    """At which place of the list the row stands; −1 when the filter does not let it through."""
    columns = (*_ORDERS[order], CaseRow.id.expression)
    conditions = _conditions(session, wanted)
    own = session.execute(select(*columns).where(CaseRow.id == row_id, *conditions)).one_or_none()
    if own is None:
        return -1
    values = tuple_(
        *(literal(value, column.type) for value, column in zip(own, columns, strict=True))
    )
    row = tuple_(*columns)
    before = row > values if descending else row < values
    query = select(func.count()).select_from(CaseRow).where(before, *conditions)
    return session.scalars(query).one()


def rows(session: Session, row_ids: Iterable[int]) -> dict[int, QueueCase]:
    """The rows with these ids, by id; one whose registration was undone since is not there."""
    found = session.scalars(select(CaseRow).where(CaseRow.id.in_(list(row_ids))))
    return {row.id: _case(row) for row in found}


def one(session: Session, case_id: str) -> QueueCase | None:
    """The row of a case; None when it is not known here."""
    row = session.scalar(select(CaseRow).where(CaseRow.case_id == case_id))
    return None if row is None else _case(row)


def of_cases(session: Session, case_ids: Iterable[str]) -> dict[str, QueueCase]:
    """The rows of these cases, by case id; one that is not known here is not there."""
    found = session.scalars(select(CaseRow).where(CaseRow.case_id.in_(list(case_ids))))
    return {row.case_id: _case(row) for row in found}


def counts(session: Session, wanted: QueueFilter | None = None) -> dict[State, int]:
    """How many cases of each state the filter lets through; its own `states` don't count."""
    wanted = replace(wanted or QueueFilter(), states=frozenset())
    if _is_counted(wanted):
        return case_counts.by_state(session, service=wanted.service, ranks=wanted.ranks)
    state = _as_read(CaseRow.state.expression)
    query = _let_through(session, wanted, state, func.count()).group_by(state)
    return {State(value): count for value, count in session.execute(query)}


def outcomes(session: Session, wanted: QueueFilter) -> dict[Outcome, int]:
    """How many cases of each outcome the filter lets through; its own `outcomes` don't count."""
    wanted = replace(wanted, outcomes=frozenset())
    outcome = _as_read(CaseRow.outcome.expression)
    query = _let_through(session, wanted, outcome, func.count()).group_by(outcome)
    return {Outcome(value): count for value, count in session.execute(query) if value}


def visits_on(session: Session, day: date) -> int:
    """How many visits are booked for the day."""
    query = select(func.count()).select_from(CaseRow)
    return session.scalar(query.where(CaseRow.slot_day == day, CaseRow.state == State.BOOKED)) or 0


def turns(session: Session, wanted: QueueFilter | None = None) -> dict[Rank, int]:
    """How many cases wait for the office, for others, and how many are closed."""
    wanted = wanted or QueueFilter()
    if _is_counted(wanted):
        return case_counts.by_rank(
            session, service=wanted.service, states=wanted.states, ranks=wanted.ranks
        )
    rank = _as_read(CaseRow.rank.expression)
    query = _let_through(session, wanted, rank, func.count()).group_by(rank)
    return {Rank(value): count for value, count in session.execute(query)}


def is_cut(session: Session, wanted: QueueFilter) -> bool:
    """Whether older closed cases match what was typed too, and are not listed."""
    return bool(wanted.text.strip()) and _found(session, wanted.text).cut


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


def by_number(session: Session, typed: str, limit: int) -> list[int]:
    """Ids of the cases whose number is so shown, each office's own."""
    written = read_short_number(typed)
    if written is None:
        return []
    day, digits = written
    # Day, desk, serial stand before the check digit of a tracking code.
    shown = func.substr(CaseRow.tracking, -len(digits) - 1, len(digits))
    same = select(CaseRow.id).where(CaseRow.received_on == day, shown == digits)
    return list(session.scalars(same.order_by(CaseRow.id.desc()).limit(limit)))


def _is_counted(wanted: QueueFilter) -> bool:
    """Whether the kept counts tell how many the filter lets through."""
    kept = QueueFilter(states=wanted.states, ranks=wanted.ranks, service=wanted.service)
    return wanted == kept


def _let_through(
    session: Session, wanted: QueueFilter, *columns: ColumnElement[Any]
) -> Select[Any]:
    return select(*columns).select_from(CaseRow).where(*_conditions(session, wanted))


def _as_read(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """The column, but no reason to go through the table in its order.

    SQLite takes an index that spares it a sorting before one that spares it a million rows.
    """
    return literal_column(f"+{column}", column.type)


@dataclass(frozen=True)
class _Found:
    """What was found of a typed text, as a list in JSON; `cut` when older closed ones match too."""

    listed: str
    cut: bool


def _found(session: Session, typed: str) -> _Found:
    """Asked once a transaction: a list, its counts and its pages rest on the same matches."""
    return once(session, ("queue", typed), lambda: _search(session, typed))


def _search(session: Session, typed: str) -> _Found:
    if numbered := by_number(session, typed, MOST_FOUND):
        return _Found(json.dumps(numbered), cut=False)
    asked = search_table.match(typed)
    if not asked:
        return _Found("[]", cut=False)
    newest = search_table.newest(session, asked, MOST_FOUND + 1)
    cut = len(newest) > MOST_FOUND
    if cut:
        # Few cases are open, and none of them may be missed: their words are looked through.
        held = " " + CaseRow.words + " "
        looks = [
            and_(
                *(func.instr(held, f" {word} ") > 0 for word in whole),
                func.instr(held, f" {begun}") > 0,
            )
            for *whole, begun in readings(typed)
        ]
        still_open = select(CaseRow.id).where(CaseRow.rank < int(Rank.CLOSED), or_(*looks))
        newest = [*newest[:MOST_FOUND], *session.scalars(still_open)]
    return _Found(json.dumps(newest), cut)


def _conditions(session: Session, wanted: QueueFilter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.states:
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
        found.append(literal_column(TROUBLE))
    if wanted.waiting:
        found.append(literal_column(WAITING))
    if wanted.step_late:
        found.append(literal_column(STEP_LATE))
    if wanted.to_release:
        found += [CaseRow.letter_state == "issued", CaseRow.state.in_(sorted(RELEASABLE))]
    if wanted.unprinted:
        found += [CaseRow.letter_state == "released", CaseRow.state.in_(sorted(PRINTABLE))]
    if wanted.among is not None:
        found.append(CaseRow.id.in_(sorted(wanted.among)))
    if wanted.outcomes:
        found.append(_as_read(CaseRow.outcome.expression).in_(sorted(wanted.outcomes)))
    if wanted.text.strip():
        listed = func.json_each(_found(session, wanted.text).listed).table_valued("value")
        found.append(CaseRow.id.in_(select(listed.c.value)))
    return found


def _case(row: CaseRow) -> QueueCase:
    values = {name: getattr(row, name) for name in _FIELDS}
    values["state"] = State(row.state)
    values["status"] = Status(row.status)
    values["rank"] = Rank(row.rank)
    return QueueCase(row_id=row.id, **values)


def recalls(session: Session) -> frozenset[str]:
    """The cases whose stamped letter is to be voided; found by the index of the few in trouble."""
    query = select(CaseRow.case_id).where(literal_column(TROUBLE), CaseRow.recall.is_(True))
    return frozenset(session.scalars(query))


def case_of_letter(session: Session, number: str) -> str:
    """The office's case whose letter has that number; empty for none of this office."""
    of = select(CaseRow.case_id).where(CaseRow.letter_number == number)
    return session.scalar(of.limit(1)) or ""
