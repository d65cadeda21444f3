"""The municipal desks' queues: which cases wait for whom, scoped by role in this one place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    bindparam,
    exists,
    false,
    func,
    literal_column,
    or_,
    select,
    true,
    union_all,
)
from sqlalchemy.orm import InstrumentedAttribute, Session

from desktop.centre import assigning, offices
from desktop.centre.asking import letter_key, municipal
from desktop.centre.context import Centre, day_of
from desktop.centre.people import staff_of
from desktop.centre.streams import load_cases
from desktop.centre.tables import (
    BOOKED,
    CASE_WORDS,
    CLAIMED,
    ESCALATED,
    HELD_BY_EXPERT,
    RECALLED,
    CaseCountRow,
    CaseRow,
    DeviceRow,
    LetterRow,
    PersonRow,
)
from desktop.centre.visit_tables import BookingRow
from desktop.centre.whereabouts import booked_visits
from desktop.domain.errors import Refusal
from desktop.domain.identifiers import read_short_number
from desktop.domain.office import is_office_code, named_code, spelled
from desktop.domain.people import Role
from desktop.domain.persian import clean
from desktop.domain.promise import ESCALATES_TO
from desktop.domain.search_words import readings
from desktop.domain.state import ENDS, State
from desktop.domain.status import Status
from desktop.domain.stream import office_stream
from desktop.sql.metadata import named, table_of
from desktop.wire.payloads import QueueAnswer, QueueAsk, QueueRow

# Here none stays passed on: it is where it went.
_ENDED = sorted(state.value for state in ENDS - {State.PASSED_ON})
_CASE = table_of(CaseRow).c
# What a row tells; but for where a visit goes, which only who goes there is told.
_SHOWN = select(
    *(_CASE[name] for name in QueueRow.model_fields if name in _CASE),
    _CASE.registered_at.label("received_at"),
).where(_CASE.case_id.in_(named("ids")))
_PLACED = select(_CASE.case_id, _CASE.place).where(_CASE.case_id.in_(named("ids")))
_REVIEW = State.IN_REVIEW.value
_EXPERT = (
    State.IN_REVIEW.value,
    State.RECOMMENDED.value,
    State.COMMISSION.value,
    State.CONSULTING.value,
)


# Asked for by their own index: SQLite would go through all cases to spare a grouping.
RECALLS = CaseRow.case_id.in_(select(CaseRow.case_id).where(literal_column(RECALLED)))
LATE_ANSWERS = CaseRow.case_id.in_(select(CaseRow.case_id).where(literal_column(ESCALATED)))
LATE_STEPS = CaseRow.case_id.in_(
    select(CaseRow.case_id).where(literal_column(ESCALATED), CaseRow.step_to != "")
)


_RECOMMENDED = CaseRow.state == State.RECOMMENDED.value
# Two did not agree on it: the signer has said his.
_LAST_WORD = _RECOMMENDED & (CaseRow.status == Status.LAST_WORD.value)


@dataclass(frozen=True)
class Scope:
    """Which cases a role's queue holds, and what they stand in the order of.

    `goes` says that the role goes there, or sends: its rows tell where that is and whom to call.
    `seeks` says that it looks for money: its rows tell how much.
    """

    holds: ColumnElement[bool]
    holds_all: bool = False
    order: tuple[ColumnElement[Any] | InstrumentedAttribute[Any], ...] = (
        CaseRow.due_on,
        CaseRow.case_id,
    )
    goes: bool = False
    seeks: bool = False


_VISITS = Scope(
    literal_column(BOOKED),
    # In a half-day from block to block; what has no code of a property comes last.
    order=(
        CaseRow.slot_day,
        CaseRow.slot_half,
        CaseRow.code == "",
        CaseRow.code,
        CaseRow.case_id,
    ),
    goes=True,
)
SCOPES: Mapping[Role, Scope] = {
    Role.EXPERT: Scope(CaseRow.state.in_(_EXPERT)),
    Role.SIGNER: Scope(_RECOMMENDED & (CaseRow.status != Status.LAST_WORD.value)),
    Role.INSPECTOR: _VISITS,
    Role.PLANNER: _VISITS,
    # By its own index, as those above.
    Role.FINANCE: Scope(
        CaseRow.case_id.in_(select(CaseRow.case_id).where(literal_column(CLAIMED))),
        seeks=True,
    ),
    Role.SUPERVISOR: Scope(true(), holds_all=True),
}
"""Experts see reviews, who signs with them what they proposed, inspectors and planners booked
visits, finance claimed payments, supervisors all."""


ORDERS: Mapping[str, tuple[InstrumentedAttribute[Any], ...]] = {
    "due": (CaseRow.due_on, CaseRow.case_id),
    "received": (CaseRow.received_on, CaseRow.case_id),
    "state": (CaseRow.state, CaseRow.due_on, CaseRow.case_id),
    "service": (CaseRow.service, CaseRow.due_on, CaseRow.case_id),
    "office": (CaseRow.stream, CaseRow.due_on, CaseRow.case_id),
}
"""In what order a list may be asked for: each stands in an index, which is read up to the page."""


MOST_FOUND = 1_000
"""Of what was typed so many matches are listed, the first in the asked order."""


def queue(
    session: Session, centre: Centre, device: DeviceRow, ask: QueueAsk, at: datetime
) -> QueueAnswer:
    """A page of what the asker's role may see, soonest due first; counts over all of it."""
    role = _asked_as(municipal(session, centre, device, ask.actor), ask.role)
    scope = SCOPES[role]
    held: list[ColumnElement[bool]] = [_holds(role, scope)]
    office = offices.id_of(session, ask.office) if ask.office else ""
    if office:
        held.append(CaseRow.stream == office_stream(office))
    if ask.mine and scope.goes:
        held.append(_booked_with(ask.actor))
    if ask.district:
        held.append(CaseRow.district == ask.district)
    own = _own(session, centre, ask.actor, at) if role is Role.EXPERT else {}
    filters = [*held]
    if ask.holder:
        filters.append(own.get(ask.holder, CaseRow.expert == ask.holder))
    if ask.state:
        filters.append(CaseRow.state == ask.state)
    if ask.status and ask.state:
        # Of one state only: by itself a status has no index.
        filters.append(CaseRow.status == ask.status)
    if ask.service:
        filters.append(CaseRow.service == ask.service)
    late = overdue(at)
    if ask.overdue:
        filters.append(late)
    if ask.recall:
        filters.append(RECALLS)
    if ask.escalated:
        filters.append(LATE_ANSWERS)
    if ask.clerk and ask.office:
        # Of one office only: a name is nobody's in the city, and all cases would be gone through.
        filters.append(CaseRow.clerk == ask.clerk)
    if ask.received_from is not None:
        filters.append(CaseRow.received_on >= ask.received_from)
    if ask.received_to is not None:
        filters.append(CaseRow.received_on <= ask.received_to)
    if ask.text.strip():
        filters.append(_named(session, ask.text))
    total = _total(session, scope, filters, ask, office)
    cut = bool(ask.text.strip()) and total > MOST_FOUND
    return QueueAnswer(
        rows=_rows(session, scope, filters, ask),
        total=MOST_FOUND if cut else total,
        cut=cut,
        counts=_by_state(session, scope, held, office),
        overdue=_counted(session, [*held, late]),
        recalled=_counted(session, [*held, RECALLS]),
        escalated=_counted(session, [*held, LATE_ANSWERS]),
        last_word=_counted(session, [*held, _LAST_WORD]) if scope.holds_all else 0,
        clerks=_clerks(session, office) if scope.holds_all and office else [],
        districts=_districts(centre, session, at) if own else [],
        **{whose: _counted(session, [*held, which]) for whose, which in own.items()},
    )


def _asked_as(roles: Sequence[Role], wanted: str) -> Role:
    """In which of the asker's roles. Raises Refusal where it is none of them any more."""
    found = next((role for role in roles if role.value == (wanted or roles[0].value)), None)
    if found is None:
        raise Refusal("جانشینی شما پایان یافته است؛ به نقش خود بازگردید.")
    return found


def _holds(role: Role, scope: Scope) -> ColumnElement[bool]:
    """What is the role's by its scope, and what escalated to it."""
    if scope.holds_all or role not in ESCALATES_TO:
        return scope.holds
    late = select(CaseRow.case_id).where(literal_column(ESCALATED), CaseRow.step_to == role.value)
    # Each by its own index: of an alternative PostgreSQL would go through all cases.
    return CaseRow.case_id.in_(union_all(select(CaseRow.case_id).where(scope.holds), late))


def _districts(centre: Centre, session: Session, at: datetime) -> list[int]:
    return list(centre.reference.city(session, day_of(at)).districts)


def _own(
    session: Session, centre: Centre, actor: str, at: datetime
) -> dict[str, ColumnElement[bool]]:
    """An expert's own cases, with those of colleagues whose turn is his today, and nobody's."""
    find = centre.reference.finding(session)
    staff = staff_of(session.get_one(PersonRow, actor))
    whose = {actor, *assigning.stood_in_for(session, find, staff, day_of(at), at)}
    held: ColumnElement[bool] = literal_column(HELD_BY_EXPERT)
    mine = CaseRow.case_id.in_(
        select(CaseRow.case_id).where(held, CaseRow.expert.in_(sorted(whose)))
    )
    return {"mine": mine, "free": (CaseRow.expert == "") & (CaseRow.state == _REVIEW)}


def _booked_with(inspector: str) -> ColumnElement[bool]:
    """Visits that are booked with this person, by id."""
    return exists().where(BookingRow.case_id == CaseRow.case_id, BookingRow.staff_id == inspector)


def _named(session: Session, typed: str) -> ColumnElement[bool]:
    """Cases that the typed text names: by words of what they are found by, or a number.

    An office's code stands for each that the office ever had, in a number and by itself.
    """
    text = clean(typed)
    if (letter := letter_key(session, text)) is not None:
        office, year, serial = letter
        own = (LetterRow.office == office, LetterRow.year == year, LetterRow.serial == serial)
        return CaseRow.case_id.in_(select(LetterRow.case_id).where(*own))
    if (written := read_short_number(text)) is not None:
        return _numbered(written)
    texts: tuple[str, ...] = (text,)
    ways: list[ColumnElement[bool]] = []
    if code := text if is_office_code(text) else named_code(text):
        office = offices.id_of(session, code)
        if offices.is_open(session, office):
            texts = spelled(text, offices.office_with(session, office).codes())
            ways += [CaseRow.stream == office_stream(office)] if code == text else []
    ways += [_has_all(session, each) for each in texts]
    return or_(*ways)


def _has_all(session: Session, typed: str) -> ColumnElement[bool]:
    """Cases that are found by all the words, the last of them as it begins."""
    asked = readings(typed)
    return CASE_WORDS.holding(session.get_bind().dialect.name, asked) if asked else false()


def _numbered(written: tuple[date, str]) -> ColumnElement[bool]:
    """Cases of the day with these digits of their number, each office's own."""
    day, digits = written
    # Day, desk, serial stand between the office and the check digit of a tracking code.
    shown = f"%-{digits[:6]}-{digits[6:8]}-{digits[8:]}-_"
    return (CaseRow.received_on == day) & CaseRow.tracking.like(shown)


def _clerks(session: Session, office: str) -> list[str]:
    """Who registers requests there."""
    counter = [Role.CLERK.value, Role.MANAGER.value]
    named = select(PersonRow.name).where(PersonRow.office == office, PersonRow.role.in_(counter))
    return sorted(session.scalars(named))


def _rows(
    session: Session, scope: Scope, filters: list[ColumnElement[bool]], ask: QueueAsk
) -> list[QueueRow]:
    """The page's rows as they travel."""
    # What stands before the page is stepped over in an index, not row by row.
    wanted = select(CaseRow.case_id).where(*filters).order_by(*_order(scope, ask))
    ids = list(session.scalars(wanted.offset(ask.offset).limit(ask.limit)))
    found = {row["case_id"]: row for row in session.execute(_SHOWN, {"ids": ids}).mappings()}
    visits = booked_visits(session, ids) if scope.goes else {}
    told = {case_id: visit._asdict() for case_id, visit in visits.items()}
    if ask.text.strip() and not scope.goes:
        placed = session.execute(_PLACED, {"ids": ids})
        told = {case_id: {"address": place} for case_id, place in placed}
    if scope.seeks:
        cases = load_cases(session, ids)
        for case_id, case in cases.items():
            told[case_id] = {**told.get(case_id, {}), "sought": case.sought}
    return [QueueRow(**found[case_id], **told.get(case_id, {})) for case_id in ids]


def _order(scope: Scope, ask: QueueAsk) -> list[ColumnElement[Any]]:
    """As asked; days of receipt stand in their own order, for which there is an index."""
    by_day = "received" if ask.received_from is not None else ""
    columns = scope.order if scope.goes else ORDERS.get(ask.order or by_day, scope.order)
    return [column.desc() if ask.descending else column.asc() for column in columns]


def _total(
    session: Session,
    scope: Scope,
    filters: list[ColumnElement[bool]],
    ask: QueueAsk,
    office: str,
) -> int:
    if ask.text.strip():
        few_words = select(CaseRow.case_id).where(*filters).limit(MOST_FOUND + 1)
        return session.scalar(select(func.count()).select_from(few_words.subquery())) or 0
    few = ask.overdue or ask.recall or ask.escalated or ask.status
    narrowed = few or (ask.clerk and ask.office) or ask.holder or ask.district
    if not scope.holds_all or narrowed or ask.received_from or ask.received_to:
        return _counted(session, filters)
    kept = select(func.sum(CaseCountRow.cases))
    if ask.state:
        kept = kept.where(CaseCountRow.state == ask.state)
    if ask.service:
        kept = kept.where(CaseCountRow.service == ask.service)
    if office:
        kept = kept.where(CaseCountRow.stream == office_stream(office))
    return session.scalar(kept) or 0


def _counted(session: Session, filters: list[ColumnElement[bool]]) -> int:
    return session.scalar(select(func.count()).select_from(CaseRow).where(*filters)) or 0


def _by_state(
    session: Session, scope: Scope, held: list[ColumnElement[bool]], office: str
) -> dict[str, int]:
    if scope.holds_all:
        state, count = CaseCountRow.state, func.sum(CaseCountRow.cases)
        counted = select(state, count).where(CaseCountRow.cases > 0).group_by(state)
        if office:
            counted = counted.where(CaseCountRow.stream == office_stream(office))
    else:
        counted = select(CaseRow.state, func.count()).where(*held).group_by(CaseRow.state)
    return {state: int(count) for state, count in session.execute(counted)}


def overdue(day: datetime) -> ColumnElement[bool]:
    """Cases past their promised day that have not ended."""
    return (CaseRow.due_on < day_of(day)) & is_open(CaseRow)


def is_open(row: type[CaseRow]) -> ColumnElement[bool]:
    """Whether the case of the row has not ended, in the words of the index `ix_case_open`."""
    ended: BindParameter[list[str]] = bindparam(
        "ended", _ENDED, expanding=True, literal_execute=True
    )
    return row.state.not_in(ended)
