"""What lists read of cases beside their row: visits, questions to other bodies, commissions,
objections, second looks and messages, each told again from the facts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.centre import commissions, consulting, whereabouts
from desktop.centre.commission_tables import CommissionCaseRow
from desktop.centre.consultation_tables import ConsultationRow
from desktop.centre.context import day_of
from desktop.centre.look_tables import SecondLookRow
from desktop.centre.message_tables import CitizenMessageRow
from desktop.centre.objection_tables import ObjectionRow
from desktop.centre.visit_tables import BookedVisitRow, BookingRow, VisitSlotRow
from desktop.domain import facts as f
from desktop.domain.case import Case
from desktop.domain.contest import Stage
from desktop.domain.discrepancy import Discrepancy, Wrong, differing
from desktop.domain.message import Message
from desktop.domain.state import ANSWERED, State
from desktop.domain.stream import Fact
from desktop.sql.metadata import table_of

_Rows = dict[str, dict[str, object] | None]
"""By the rest of the key (empty where the case alone is it) what must be in the row; None where
there may be one."""


@dataclass(frozen=True)
class Retold:
    """A case as its facts say; `messages` are what its citizen was told, by the fact's id."""

    where: str
    case: Case
    facts: Sequence[Fact]
    messages: Mapping[str, Message]


@dataclass(frozen=True)
class _List:
    """A table, what tells its rows of one case, and the column that tells those apart.

    `whole` says that each row must be there: an earlier program wrote down fewer of the others.
    """

    table: type[Any]
    rows: Callable[[Retold], _Rows]
    key: str = ""
    whole: bool = True


def lists(session: Session, told: Sequence[Retold]) -> Iterator[Discrepancy]:
    """What is kept of these cases otherwise than their facts say."""
    by_id = {each.case.case_id: each for each in told}
    for each in _LISTS:
        table = table_of(each.table)
        kept: dict[str, dict[str, Any]] = {}
        for row in session.execute(select(table).where(table.c.case_id.in_(list(by_id)))):
            own = str(getattr(row, each.key)) if each.key else ""
            kept.setdefault(row.case_id, {})[own] = row
        for case_id, one in by_id.items():
            yield from _beside(each, one, kept.get(case_id, {}))


def _beside(of: _List, one: Retold, kept: Mapping[str, Any]) -> Iterator[Discrepancy]:
    name, again = table_of(of.table).name, of.rows(one)
    for key in sorted({*again, *kept}):
        where = " ".join(filter(None, (one.where, name, key)))
        if key not in again:
            yield Discrepancy(Wrong.LIST, where, "no fact tells of it")
            continue
        said = again[key]
        if said is None:
            continue
        if key not in kept:
            if of.whole:
                yield Discrepancy(Wrong.LIST, where, "the facts tell of it and no row has it")
            continue
        for column, value in said.items():
            held = getattr(kept[key], column)
            if held not in value if isinstance(value, frozenset) else held != value:
                yield Discrepancy(Wrong.LIST, where, f"{column}: {differing(held, value)}")


def half_days(session: Session) -> Iterator[Discrepancy]:
    """How many visits an inspector has on a half-day, beside those that are booked with him."""
    slot, booking = table_of(VisitSlotRow), table_of(BookingRow)
    place = (booking.c.day, booking.c.half, booking.c.staff_id)
    counted = session.execute(select(*place, func.count()).group_by(*place))
    booked = {tuple(row[:3]): row[3] for row in counted}
    taken = {
        (row.day, row.half, row.staff_id): row.taken
        for row in session.execute(select(slot))
        if row.taken
    }
    for each in sorted({*booked, *taken}):
        if booked.get(each) != taken.get(each):
            told = differing(taken.get(each, 0), booked.get(each, 0))
            yield Discrepancy(Wrong.LIST, f"visit_slot {' '.join(map(str, each))}", told)


def _visits(one: Retold) -> _Rows:
    return {"": dict(whereabouts.told(one.case))} if one.case.state is State.BOOKED else {}


def _places(one: Retold) -> _Rows:
    slot = one.case.slot
    if one.case.state is State.BOOKED and slot is not None:
        return {"": {"day": slot.day, "half": slot.half}}
    # The place of a visit that took place, or was missed on its day, stays taken.
    booked = any(isinstance(fact.payload, f.SlotBooked) for fact in one.facts)
    return {"": None} if booked else {}


def _consultations(one: Retold) -> _Rows:
    rows: _Rows = {}
    for asked in one.case.consultations:
        row = consulting.row_of(one.case, asked, day_of(one.facts[-1].at))
        if not asked.open and asked.replied_on is None:
            # The day on which a fact dropped it: no later fact moves it.
            del row["ended_on"]
        rows[asked.ident] = row
    return rows


def _commissions(one: Retold) -> _Rows:
    row = commissions.row_of(one.case) if one.case.commission else None
    if row is None:
        return {}
    sent = max(fact.at for fact in one.facts if isinstance(fact.payload, f.SentToCommission))
    # An earlier program wrote the day in UTC.
    return {"": {**row, "sent_on": frozenset({day_of(sent), sent.date()})}}


def _objections(one: Retold) -> _Rows:
    laid, request = one.case.laid, one.case.request
    if laid is None:
        return {}
    stage, waits, upheld = Stage.REGISTERED, "", False
    for fact in one.facts:
        told = fact.payload
        if isinstance(told, f.ObjectionAnswered):
            over, upheld, waits = not told.second, told.upheld, told.by if told.second else ""
        elif isinstance(told, f.ObjectionSigned):
            over, waits = told.agreed, ""
        elif isinstance(told, f.Withdrawn):
            stage, waits = Stage.WITHDRAWN, ""
            continue
        else:
            continue
        if over:
            stage = Stage.UPHELD if upheld else Stage.REJECTED
    return {
        "": {
            "tracking": request.tracking,
            "first_case": request.linked_to,
            "contested": laid.contested.value,
            "unit": laid.contested.unit.value,
            "received_on": request.received_on,
            "stage": stage.value,
            "answered_by": waits,
        }
    }


def _looks(one: Retold) -> _Rows:
    case = one.case
    looked = [fact for fact in one.facts if isinstance(fact.payload, f.SecondLooked)]
    due = bool(case.sampled) and case.looked is None and case.state in ANSWERED
    row: dict[str, object] = {"due": due}
    if looked:
        said = looked[-1].payload
        assert isinstance(said, f.SecondLooked)
        # A look by choice, at an answer that was not drawn then, is written into no row.
        told = {"looked_by": looked[-1].actor, "part": said.part, "item": said.item}
        row |= {name: frozenset({"", value}) for name, value in told.items()}
        row |= {"reason": frozenset({"", said.reason}), "right": frozenset({None, said.right})}
    return {"": row}


def _messages(one: Retold) -> _Rows:
    rows: _Rows = {
        # What an earlier program said of a fact, and this one does not, may stand there.
        fact.fact_id: None
        for fact in one.facts
    }
    for fact_id, told in one.messages.items():
        rows[fact_id] = {"occasion": told.occasion.value, "mobile": told.mobile}
    return rows


_LISTS = (
    _List(BookedVisitRow, _visits, whole=False),
    _List(BookingRow, _places),
    _List(ConsultationRow, _consultations, "consultation_id"),
    _List(CommissionCaseRow, _commissions),
    _List(ObjectionRow, _objections),
    _List(SecondLookRow, _looks, whole=False),
    _List(CitizenMessageRow, _messages, "message_id", whole=False),
)
