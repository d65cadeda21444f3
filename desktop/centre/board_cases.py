"""The cases behind a figure of the board: the same rows that its sums are kept of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, func, select, tuple_
from sqlalchemy.orm import Session

from desktop.centre import offices
from desktop.centre.asking import municipal
from desktop.centre.context import Centre, day_of
from desktop.centre.queueing import LATE_STEPS, is_open, overdue
from desktop.centre.sum_tables import TakingRow
from desktop.centre.tables import CaseRow, DeviceRow, LetterRow
from desktop.domain.errors import Refusal
from desktop.domain.letter import LetterKind
from desktop.domain.people import Role
from desktop.domain.stream import office_stream
from desktop.sql.metadata import named, table_of
from desktop.wire.board import first_day
from desktop.wire.board_cases import BoardCase, BoardCasesAnswer, BoardCasesAsk, Figure

ONLY_SUPERVISORS = "وضعیت شهر از آنِ ناظر شهرداری است."
_UNDECIDED = ""
_FIRST = {
    Figure.UNDECIDED: _UNDECIDED,
    Figure.ANSWER: "answer",
    Figure.PAY: "pay",
    Figure.VISIT_NO_RECORD: "visit-no-record",
    Figure.VISIT: "visit",
    Figure.REVIEW: "review",
    Figure.REFUSE: "refuse",
}
_OF_LETTERS: Mapping[Figure, tuple[ColumnElement[bool], ...]] = {
    Figure.ISSUED: (),
    Figure.RELEASED: (LetterRow.was_released.is_(True),),
    Figure.VOIDED: (LetterRow.state == "voided",),
    Figure.COPIED: (LetterRow.copies > 1,),
    # A citizen waits for the letter that stands.
    Figure.ANSWERED: (LetterRow.kind != LetterKind.DEBT.value, LetterRow.state != "voided"),
}
_CASE = table_of(CaseRow).c
_TOLD = tuple(name for name in BoardCase.model_fields if name != "office")
_SHOWN = select(_CASE.stream, *(_CASE[name] for name in _TOLD)).where(
    _CASE.case_id.in_(named("ids"))
)


def cases(
    session: Session, centre: Centre, device: DeviceRow, ask: BoardCasesAsk, at: datetime
) -> BoardCasesAnswer:
    """A page of the cases that the figure counts. Raises Refusal for all but supervisors."""
    if Role.SUPERVISOR not in municipal(session, centre, device, ask.actor):
        raise Refusal(ONLY_SUPERVISORS)
    held = list(_held(session, ask, at))
    page = select(CaseRow.case_id).where(*held)
    page = page.order_by(CaseRow.received_on.desc(), CaseRow.case_id.desc()).limit(ask.limit)
    total = 0
    if ask.after_day is not None:
        last = (CaseRow.received_on, CaseRow.case_id)
        types = [column.type for column in last]
        # As the columns keep it: PostgreSQL compares no text with a date.
        page = page.where(tuple_(*last) < tuple_(ask.after_day, ask.after_case, types=types))
    else:
        total = session.scalar(select(func.count()).select_from(CaseRow).where(*held)) or 0
        page = page.offset(ask.offset)
    codes = {
        office_stream(key): one.on(day_of(at)).code
        for key, one in offices.all_offices(session).items()
    }
    return BoardCasesAnswer(
        rows=list(_rows(session, list(session.scalars(page)), codes)), total=total
    )


def _rows(session: Session, ids: Sequence[str], codes: Mapping[str, str]) -> Iterator[BoardCase]:
    found = {row.case_id: row for row in session.execute(_SHOWN, {"ids": ids})}
    for stream, *told in map(found.__getitem__, ids):
        yield BoardCase.model_construct(office=codes[stream], **dict(zip(_TOLD, told, strict=True)))


def _held(session: Session, ask: BoardCasesAsk, at: datetime) -> Iterator[ColumnElement[bool]]:
    first = first_day(ask.day, ask.days)
    office = offices.id_of(session, ask.office) if ask.office else ""
    if ask.figure in _OF_LETTERS:
        row = LetterRow
        issued = row.issued_on.between(first, ask.day)
        own: list[ColumnElement[bool]] = [issued, *_OF_LETTERS[ask.figure]]
        own += [row.office == office] if office else []
        yield CaseRow.case_id.in_(select(row.case_id).where(*own))
    elif ask.figure is Figure.TAKEN:
        taken: list[ColumnElement[bool]] = [TakingRow.paid_on.between(first, ask.day)]
        taken += [TakingRow.stream == office_stream(office)] if office else []
        taken += [TakingRow.what == ask.what] if ask.what else []
        yield CaseRow.case_id.in_(select(TakingRow.case_id).where(*taken))
    else:
        yield CaseRow.received_on.between(first, ask.day)
        if office:
            stream = office_stream(office)
            here = (CaseRow.received_in == "") & (CaseRow.stream == stream)
            yield here | (CaseRow.received_in == stream)
        yield from _of_requests(ask, at)
    if ask.service:
        yield CaseRow.service == ask.service
    if ask.district:
        yield CaseRow.district == ask.district
    if ask.clerk and ask.office:
        # Of one office only: a name is nobody's in the city.
        yield CaseRow.clerk == ask.clerk
    if ask.hour is not None:
        yield CaseRow.hour == ask.hour
    if ask.state:
        yield CaseRow.state == ask.state


def _of_requests(ask: BoardCasesAsk, at: datetime) -> Iterator[ColumnElement[bool]]:
    if ask.figure in _FIRST:
        yield CaseRow.first_outcome == _FIRST[ask.figure]
    match ask.figure:
        case Figure.OPEN:
            yield is_open(CaseRow)
        case Figure.LATE:
            yield overdue(at)
        case Figure.STEP_LATE:
            yield LATE_STEPS
            if ask.step:
                yield CaseRow.step == ask.step
        case Figure.ESCALATED:
            yield CaseRow.was_escalated.is_(True)
        case Figure.SENT_BACK:
            yield CaseRow.was_sent_back.is_(True)
