"""Many cases of the city at once, as queues, boards and pushes meet them: for the bench."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Engine,
    Integer,
    SQLColumnExpression,
    String,
    Uuid,
    cast,
    func,
    insert,
    literal,
    select,
)
from sqlalchemy.orm import InstrumentedAttribute, Session

from desktop.centre.consultation_tables import ConsultationRow
from desktop.centre.look_tables import SecondLookRow
from desktop.centre.message_tables import CitizenMessageRow
from desktop.centre.metadata import Base
from desktop.centre.objection_tables import ObjectionRow
from desktop.centre.offices import all_offices
from desktop.centre.people import open_office
from desktop.centre.reading_tables import ReadingLineRow
from desktop.centre.records.tables import RECORD
from desktop.centre.tables import (
    CaseRow,
    CommandRow,
    DeviceRow,
    FactRow,
    LetterRow,
    PersonRow,
    QuestionRow,
)
from desktop.centre.visit_tables import BookedVisitRow, BookingRow
from desktop.chance import new_id
from desktop.domain.consultation import ReplyKind
from desktop.domain.contest import Contested, Stage, Unit
from desktop.domain.letter import LetterKind
from desktop.domain.lot import DRAW
from desktop.domain.message import Occasion
from desktop.domain.office import OfficeCard
from desktop.domain.people import Role
from desktop.domain.reading import Way, What
from desktop.domain.search_words import words
from desktop.domain.state import ENDS, State
from desktop.domain.stream import office_stream
from desktop.sql.engine import Place, writer

_A_DAY, _OPEN_DAYS = 120, 30
_CHUNK = 5_000
# One of so many cases was visited; one of so many objected to, asked about, looked at again.
_VISITED, _FEW = 5, 20
_CHAIN = "of-many-years"
_CLERKS, _DISTRICTS = 3, 5  # of an office
_FIRST_OFFICE, _FIRST_COPY, _OF_THE_DAY = 1_000, 2_000, "of-the-day-"
_STATES = (State.ISSUED, State.HANDED_OVER, State.IN_REVIEW, State.BOOKED, State.PAY_DUE)
_OUTCOMES = ("answer", "answer", "visit", "pay", "")
_DATES = ("received_on", "registered_at", "due_on", "updated_at")
_TO_COME = ("slot_day", "lapses_on")


def _untold(done: int) -> None:
    """Nobody looks how far it is."""


def multiply(
    place: Place,
    names: Iterator[tuple[str, str]],
    count: int,
    tell: Callable[[int], None] = _untold,
) -> None:
    """Add `count` rows like those of the centre's cases, under other names.

    As in a city that has been at it for years, every day has so many, and what is older than a
    month has ended. `names` gives (first, last). Of each day before today stands beside them what
    grows with them, as far as lists ask for it. The rows have no facts behind them: only lists can
    be looked at afterwards. `tell` is told how many there are so far. Raises LookupError for a
    centre without an ended case, an inspector or an office's desk.
    """
    engine = writer(place)
    with Session(engine) as session:
        columns = [column.key for column in CaseRow.__table__.columns]
        models = [
            {name: getattr(row, name) for name in columns}
            for row in session.scalars(select(CaseRow))
        ]
        ended = [model for model in models if model["state"] in ENDS]
        if not ended:
            raise LookupError("no case of the centre has ended")
        people = _who(session)
        for start in range(0, count, _CHUNK):
            numbers = range(start, min(start + _CHUNK, count))
            many = [_like(models, ended, next(names), number) for number in numbers]
            session.execute(insert(CaseRow), many)
            _put_beside(session, people, [row["case_id"] for row in many[_today(numbers) :]])
            # The kept counts are rows that change with each of these: what is over must be able to
            # go before the next.
            session.commit()
            tell(numbers.stop)
    engine.dispose()


def _today(numbers: range) -> int:
    """How many of these cases are today's."""
    return max(0, _A_DAY - numbers.start)


@dataclass(frozen=True)
class _Who:
    """Of whom it is told: who visits, whose desk asks, and who sits at it; ids."""

    inspector: str
    device: str
    clerk: str


def _who(session: Session) -> _Who:
    """One of each that the centre knows. Raises LookupError when it knows none."""
    inspector = select(PersonRow.staff_id).where(PersonRow.role == Role.INSPECTOR.value)
    at_desks = (
        select(DeviceRow.device_id, PersonRow.staff_id)
        .join(PersonRow, PersonRow.office == DeviceRow.office)
        .where(PersonRow.role == Role.CLERK.value)
    )
    visits, sits = session.scalars(inspector).first(), session.execute(at_desks).first()
    if visits is None or sits is None:
        raise LookupError("the centre knows no inspector or no clerk's desk")
    return _Who(visits, *sits)


def _put_beside(session: Session, who: _Who, cases: Sequence[str]) -> None:
    """Letters, messages, looks, questions, visits, and of a few an objection, another body's reply
    and a second look of those cases, all long settled: nothing waits for anybody."""
    case_id, at, none = CaseRow.case_id, CaseRow.registered_at, literal("")
    number = cast(func.substr(CaseRow.tracking, 3), Integer)
    office = func.substr(CaseRow.stream, len(office_stream("")) + 1)
    _put(
        session, LetterRow, cases, office=office, year=literal(0), serial=number,
        letter_id=case_id, case_id=case_id, kind=literal(LetterKind.ANSWER.value), signature=none,
        issued_at=at, state=literal("released"), copies=literal(1),
        issued_on=CaseRow.received_on, received_on=CaseRow.received_on, service=CaseRow.service,
        district=CaseRow.district, clerk=CaseRow.clerk, waited=literal(0),
        was_released=literal(True),
    )  # fmt: skip
    _put(
        session, CitizenMessageRow, cases, message_id=case_id, case_id=case_id,
        occasion=literal(Occasion.REGISTERED.value), mobile=none, words=none, made_at=at,
        state=literal("sent"), batch=literal(1), sent_at=at, cause=none,
    )  # fmt: skip
    _put(
        session, ReadingLineRow, cases, chain=literal(_CHAIN), seq=number, first=number, at=at,
        heard_at=at, office=office, desk=literal(1), actor=literal(who.clerk),
        what=literal(What.CASE.value), way=literal(Way.PAGE.value), case_id=case_id,
        tracking=CaseRow.tracking, code=CaseRow.code, about=none, work_since=at, work_until=at,
        off_hours=literal(False), canon=none, hash=none,
    )  # fmt: skip
    _put(
        session, QuestionRow, cases, question_id=case_id, asked_at=at,
        device_id=literal(who.device), actor=literal(who.clerk), service=CaseRow.service,
        code=CaseRow.code, subject=none, found=literal(True), standing=literal(True),
    )  # fmt: skip
    _put(
        session, BookingRow, cases[::_VISITED], case_id=case_id, day=CaseRow.received_on,
        half=literal(1), staff_id=literal(who.inspector), district=CaseRow.district,
        moved=literal(0),
    )  # fmt: skip
    few = cases[::_FEW]
    _put(
        session, ObjectionRow, few, case_id=case_id, tracking=CaseRow.tracking, first_case=none,
        code=CaseRow.code, contested=literal(Contested.LAND.value),
        unit=literal(Unit.RECORDS.value), received_on=CaseRow.received_on, due_on=CaseRow.due_on,
        stage=literal(Stage.REJECTED.value), told=none, answered_by=none,
    )  # fmt: skip
    _put(
        session, ConsultationRow, few, case_id=case_id, consultation_id=case_id, consultee=none,
        number=none, asked_on=CaseRow.received_on, reply_by=CaseRow.due_on, reminders=literal(0),
        state=literal("replied"), late=literal(False), reply=literal(ReplyKind.AGREED.value),
        ended_on=CaseRow.received_on,
    )  # fmt: skip
    _put(
        session, SecondLookRow, few, case_id=case_id, stream=CaseRow.stream,
        service=CaseRow.service, version=none, district=CaseRow.district,
        received_on=CaseRow.received_on, decided_at=at, why=literal(DRAW), drawn=literal(5),
        due=literal(False), looked_at=at, looked_by=literal(who.clerk), right=literal(True),
        part=none, item=none, reason=none,
    )  # fmt: skip


def _put(
    session: Session, row: type[Base], cases: Sequence[str], **told: SQLColumnExpression[Any]
) -> None:
    """A row of that table for each of those cases."""
    those = select(*told.values()).where(CaseRow.case_id.in_(cases))
    session.execute(insert(row).from_select(list(told), those))


def grow(engine: Engine, stream: str, times: int, tell: Callable[[int], None] = _untold) -> int:
    """Have what happened in the stream happen in so many streams: its facts, its commands, its
    cases. How many facts there are then; `tell` is told of the streams. On PostgreSQL only."""
    with Session(engine) as session:
        card = _a_card(session)
        for number in range(2, times + 1):
            code = f"{_FIRST_COPY + number}"
            open_office(session, replace(card, code=code, office_id=""))
            for row, which, changed in _copies(stream, code):
                columns = [column.key for column in row.__table__.columns]
                told = [changed.get(name, getattr(row, name)) for name in columns]
                session.execute(insert(row).from_select(columns, select(*told).where(which)))
            # As in `multiply`.
            session.commit()
            tell(number)
        return session.scalar(select(func.count()).select_from(FactRow)) or 0


def _copies(
    stream: str, code: str
) -> Iterator[tuple[type[Base], ColumnElement[bool], dict[str, ColumnElement[Any]]]]:
    """What is copied to that office: of which table, which rows, what is otherwise in them."""

    def anew(*ids: InstrumentedAttribute[str]) -> dict[str, ColumnElement[Any]]:
        return {each.key: cast(cast(func.md5(each + code), Uuid), String) for each in ids}

    elsewhere = {"stream": literal(office_stream(code))}
    yield (
        FactRow,
        FactRow.stream == stream,
        anew(FactRow.fact_id, FactRow.case_id) | elsewhere,
    )
    office = stream.removeprefix("office:")
    devices = select(DeviceRow.device_id).where(DeviceRow.office == office)
    yield (
        CommandRow,
        CommandRow.device_id.in_(devices),
        anew(CommandRow.device_id, CommandRow.command_id, CommandRow.case_id),
    )
    # Each of a property of its own: no city asks for one a hundred times.
    apart = {"code": CaseRow.code + "/" + code, "tracking": CaseRow.tracking + "/" + code}
    yield (
        CaseRow,
        CaseRow.stream == stream,
        anew(CaseRow.case_id) | elsewhere | apart | {"inquiry": literal("")},
    )


def crowd(engine: Engine, cases: int, offices: int, days: int = 1) -> None:
    """Add so many cases over so many new offices and over the last `days`, the newest one's the
    last, each with its letter.

    As `multiply`, without facts behind them. Raises LookupError for a centre without a letter.
    """
    with Session(engine) as session:
        model = _columns(
            session.scalars(select(CaseRow).order_by(CaseRow.registered_at.desc())).first()
        )
        letter = _columns(session.scalars(select(LetterRow)).first())
        card = _a_card(session)
        codes = [f"{_FIRST_OFFICE + number}" for number in range(offices)]
        for code in codes:
            open_office(session, replace(card, code=code, office_id=""))
        recorded = session.scalars(select(RECORD.c.code).distinct().limit(_CHUNK)).all()
        for start in range(0, cases, _CHUNK):
            numbers = range(start, min(start + _CHUNK, cases))
            many = [_of_the_day(model, codes, n, days) for n in numbers]
            session.execute(insert(CaseRow), many)
            if booked := list(_visits(many, recorded)):
                session.execute(insert(BookedVisitRow), booked)
            session.execute(
                insert(LetterRow),
                [
                    {
                        **letter,
                        "office": codes[n % offices],
                        "serial": n,
                        "letter_id": new_id(),
                        "case_id": f"{_OF_THE_DAY}{n}",
                        **_issued(many[n - start]),
                    }
                    for n in numbers
                ],
            )
            # As in `multiply`.
            session.commit()


def _a_card(session: Session) -> OfficeCard:
    """The card of an office that is there already."""
    return next(iter(all_offices(session).values())).cards[0][1]


def _issued(case: dict[str, Any]) -> dict[str, Any]:
    """What a letter tells of its case, by which it is counted."""
    same = {name: case[name] for name in ("received_on", "service", "district", "clerk")}
    return {**same, "issued_on": case["received_on"], "waited": case["hour"] % 7}


def _of_the_day(model: dict[str, Any], codes: list[str], number: int, days: int) -> dict[str, Any]:
    outcome = _OUTCOMES[number % len(_OUTCOMES)]
    state = _STATES[number % len(_STATES)]
    # Office by office, so that each has requests on every day.
    past = timedelta(days=number // len(codes) % days)
    return {
        **model,
        **{key: model[key] - past for key in ("received_on", "registered_at", "updated_at")},
        "case_id": f"{_OF_THE_DAY}{number}",
        "clerk": f"{model['clerk']} {number // len(codes) % _CLERKS + 1}",
        "district": number // len(codes) % _DISTRICTS + 1,
        "stream": office_stream(codes[number % len(codes)]),
        "state": state.value,
        "slot_day": model["received_on"] if state is State.BOOKED else None,
        "hour": 7 + number % 9,
        "first_outcome": outcome,
        "answer_ms": number * 7919 % 5_000 if outcome else 0,
        "code": f"8-{number // 10_000}-{number}-1-0-0-0",
        "inquiry": "",
    }


def _visits(cases: Sequence[dict[str, Any]], recorded: Sequence[str]) -> Iterator[dict[str, str]]:
    """Where the booked ones of the cases go: each to a property on record."""
    for number, case in enumerate(cases):
        if case["state"] == State.BOOKED.value:
            yield {
                "case_id": case["case_id"],
                "code": recorded[number % len(recorded)],
                "address": "",
                "phone": "09130000000",
                "attending": case["applicant"],
            }


def _columns(row: CaseRow | LetterRow | None) -> dict[str, Any]:
    if row is None:
        raise LookupError("the centre has no case with a letter")
    return {column.key: getattr(row, column.key) for column in row.__table__.columns}


def _like(
    models: list[dict[str, Any]],
    ended: list[dict[str, Any]],
    name: tuple[str, str],
    number: int,
) -> dict[str, Any]:
    days = number // _A_DAY
    is_old = days >= _OPEN_DAYS
    kind = ended if is_old else models
    model, past = kind[number % len(kind)], timedelta(days=days)
    moved = {key: model[key] - past for key in _DATES if model[key] is not None}
    # What is to come stays so: else each tick would tell of it, in vain, for want of facts.
    later = -past if is_old else past
    moved |= {key: model[key] + later for key in _TO_COME if model[key] is not None}
    applicant, tracking = " ".join(name), f"21{number:014d}"
    return {
        **model,
        **moved,
        "case_id": new_id(),
        "applicant": applicant,
        "tracking": tracking,
        # One of twenty is looked at a second time, the old ones have been.
        "sampled": "" if is_old and number % 20 else model["sampled"],
        "looked": not number % 20 if is_old else model["looked"],
        # A property of its own: two offices don't ask for one a thousand times.
        "code": f"9-{number // 10_000}-{number}-1-0-0-0",
        "inquiry": "",
        "folded": words(applicant, tracking),
    }
