"""Many cases of the city at once, as queues, boards and pushes meet them: for the bench."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Engine,
    String,
    Uuid,
    cast,
    func,
    insert,
    literal,
    select,
)
from sqlalchemy.orm import InstrumentedAttribute, Session

from desktop.centre.metadata import Base
from desktop.centre.offices import all_offices
from desktop.centre.people import open_office
from desktop.centre.records.tables import RECORD
from desktop.centre.tables import CaseRow, CommandRow, DeviceRow, FactRow, LetterRow
from desktop.centre.visit_tables import BookedVisitRow
from desktop.chance import new_id
from desktop.domain.office import OfficeCard
from desktop.domain.persian import fold
from desktop.domain.state import ENDS, State
from desktop.domain.stream import office_stream
from desktop.sql.engine import Place, writer

_A_DAY, _OPEN_DAYS = 120, 30
_CHUNK = 5_000
_CLERKS, _DISTRICTS = 3, 5  # of an office
_FIRST_OFFICE, _FIRST_COPY, _OF_THE_DAY = 1_000, 2_000, "of-the-day-"
_STATES = (State.ISSUED, State.HANDED_OVER, State.IN_REVIEW, State.BOOKED, State.PAY_DUE)
_OUTCOMES = ("answer", "answer", "visit", "pay", "")
_DATES = ("received_on", "registered_at", "due_on", "updated_at", "slot_day", "lapses_on")


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
    month has ended. `names` gives (first, last). The rows have no facts behind
    them: only lists can be looked at afterwards. `tell` is told how many there are so far. Raises
    LookupError for a centre without an ended case.
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
        for start in range(0, count, _CHUNK):
            numbers = range(start, min(start + _CHUNK, count))
            many = [_like(models, ended, next(names), number) for number in numbers]
            session.execute(insert(CaseRow), many)
            # The kept counts are rows that change with each of these: what is over must be able to
            # go before the next.
            session.commit()
            tell(numbers.stop)
    engine.dispose()


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
    with Session(engine) as session, session.begin():
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
    earlier = {key: model[key] - past for key in _DATES if model[key] is not None}
    applicant, tracking = " ".join(name), f"21{number:014d}"
    return {
        **model,
        **earlier,
        "case_id": new_id(),
        "applicant": applicant,
        "tracking": tracking,
        # One of twenty is looked at a second time, the old ones have been.
        "sampled": "" if is_old and number % 20 else model["sampled"],
        "looked": not number % 20 if is_old else model["looked"],
        # A property of its own: two offices don't ask for one a thousand times.
        "code": f"9-{number // 10_000}-{number}-1-0-0-0",
        "inquiry": "",
        "folded": fold(f"{applicant} {tracking}"),
    }
