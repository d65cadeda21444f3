"""What the office wrote down in a time: its letters by number, its requests by day."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session

from desktop.domain import facts as f
from desktop.domain.letter import CODE, LetterKind
from desktop.domain.status import Status
from desktop.domain.stream import Fact
from desktop.store import meta
from desktop.store.tables import CaseRow, FactRow
from desktop.wire.codec import decode_fact

# SQLite takes so many values in one question and no more.
_AT_ONCE = 500


@dataclass(frozen=True)
class LetterLine:
    """A letter of the register: number, day, what and to whom, and what became of it since.

    `released_by` stamped it, `handed_to` took it, `passed_to` is the office that finishes its case;
    `voided` is the reason; empty for what was not.
    """

    case_id: str
    letter_id: str
    number: str
    issued_on: date
    kind: LetterKind
    subject: str
    addressee: str
    code: str
    released_by: str = ""
    handed_to: str = ""
    handed_on: datetime | None = None
    voided: str = ""
    passed_to: str = ""


@dataclass(frozen=True)
class RequestLine:
    """A request of the register; `clerk` is a staff id, `letter` the number of its answer."""

    case_id: str
    tracking: str
    received_at: datetime
    applicant: str
    code: str
    service: str
    status: Status
    letter: str
    due_on: date
    clerk: str


def letters(session: Session, since: datetime, before: datetime) -> list[LetterLine]:
    """The letters that the centre issued in the time (UTC), by number."""
    home = meta.get(session).identity.home
    query = select(FactRow.canon).where(
        FactRow.kind == f.LetterIssued.kind,
        FactRow.at >= since,
        FactRow.at < before,
        FactRow.stream == home,
    )
    lines = [_line(decode_fact(canon)) for canon in session.scalars(query)]
    known = {line.letter_id: line for line in lines if line is not None}
    for fact in _since(session, sorted({line.case_id for line in known.values()})):
        told: Any = fact.payload
        if isinstance(told, f.PassedOn | f.TakenOver):
            # A case that came back is nowhere else.
            passed_to = told.name if isinstance(told, f.PassedOn) else ""
            for name, letter in known.items():
                if letter.case_id == fact.case_id:
                    known[name] = replace(letter, passed_to=passed_to)
        elif told.letter_id in known:
            known[told.letter_id] = MOVED[type(told)](known[told.letter_id], fact, told)
    return sorted(known.values(), key=lambda line: _place(line.number))


def _line(fact: Fact) -> LetterLine | None:
    if not isinstance(fact.payload, f.LetterIssued):
        return None
    letter = fact.payload.letter
    code = letter.text.facts.value(CODE) if letter.text.facts is not None else ""
    return LetterLine(
        case_id=fact.case_id,
        letter_id=letter.letter_id,
        number=letter.number,
        issued_on=letter.issued_on,
        kind=letter.kind,
        subject=letter.text.subject,
        addressee=letter.text.addressee,
        code=code,
    )


def _since(session: Session, case_ids: Sequence[str]) -> Iterator[Fact]:
    """What became of these cases' letters."""
    moving: tuple[type[Any], ...] = (*MOVED, f.PassedOn, f.TakenOver)
    kinds = tuple(fact.kind for fact in moving)
    for at in range(0, len(case_ids), _AT_ONCE):
        some = case_ids[at : at + _AT_ONCE]
        query = select(FactRow.canon).where(FactRow.case_id.in_(some), FactRow.kind.in_(kinds))
        for canon in session.scalars(query.order_by(FactRow.pos)):
            yield decode_fact(canon)


def _released(line: LetterLine, fact: Fact, _: f.LetterReleased) -> LetterLine:
    return replace(line, released_by=fact.actor_name)


def _handed_over(line: LetterLine, fact: Fact, told: f.HandedOver) -> LetterLine:
    return replace(line, handed_to=told.receiver, handed_on=fact.at)


def _voided(line: LetterLine, _: Fact, told: f.LetterVoided) -> LetterLine:
    return replace(line, voided=told.reason)


MOVED: Mapping[type[Any], Callable[[LetterLine, Fact, Any], LetterLine]] = {
    f.LetterReleased: _released,
    f.HandedOver: _handed_over,
    f.LetterVoided: _voided,
}
"""Facts of a letter that its line in the register tells of."""


def _place(number: str) -> tuple[int, int]:
    year, _, serial = number.split("/")
    return int(year), int(serial)


def requests(session: Session, first: date, last: date) -> list[RequestLine]:
    """The requests that were received on these days, both ends in, as they came."""
    row = CaseRow
    columns = (
        row.case_id, row.tracking, row.received_at, row.applicant, row.code, row.service,
        row.status, row.letter_number, row.due_on, row.registered_by,
    )  # fmt: skip
    of_it = exists().where(FactRow.case_id == row.case_id)
    home = meta.get(session).identity.home
    registered = of_it.where(FactRow.kind == f.Registered.kind, FactRow.stream == home)
    # What another office received stands in that one's register, wherever it is by now. Of what
    # waits for the centre there is no fact yet.
    here = or_(registered, ~of_it)
    query = select(*columns).where(row.received_on >= first, row.received_on <= last, here)
    return [
        RequestLine(
            case_id, tracking, received_at, applicant, code, service, Status(status), letter,
            due_on, clerk,
        )
        for (
            case_id, tracking, received_at, applicant, code, service, status, letter, due_on, clerk,
        ) in session.execute(query.order_by(row.received_at, row.id))
    ]  # fmt: skip
