"""What lists read of cases beside their row: visits, questions to other bodies, commissions,
objections, second looks, messages, letters in force and in doubt, papers, each told again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.centre import commissions, consulting, takings, whereabouts
from desktop.centre.audit.known import Known
from desktop.centre.commission_tables import CommissionCaseRow
from desktop.centre.consultation_tables import ConsultationRow
from desktop.centre.context import day_of
from desktop.centre.doubt_rows import land_of
from desktop.centre.doubt_tables import CopyAskedRow, DoubtedLetterRow, StandingLetterRow
from desktop.centre.look_tables import SecondLookRow
from desktop.centre.message_tables import CitizenMessageRow
from desktop.centre.objection_tables import ObjectionRow
from desktop.centre.tables import BlobUseRow, DoubleToldRow, PassageRow
from desktop.centre.visit_tables import BookedVisitRow, BookingRow, VisitSlotRow
from desktop.domain import facts as f
from desktop.domain.case import Case
from desktop.domain.consultation import ConsulteeReplied
from desktop.domain.contest import Stage
from desktop.domain.discrepancy import Discrepancy, Wrong, differing
from desktop.domain.letter import LetterKind
from desktop.domain.message import Message
from desktop.domain.request import DocumentFile
from desktop.domain.state import ANSWERED, State
from desktop.domain.stream import MUNICIPALITY, Fact, office_stream
from desktop.sql.metadata import table_of

_Rows = dict[str, dict[str, object] | None]
"""By the rest of the key (empty where the case alone is it) what must be in the row; None where
there may be one."""


@dataclass(frozen=True)
class Retold:
    """A case as its facts say; `taken` is what its payments left in tills, `messages` what its
    citizen was told, by the fact's id, `codes` of which property it was as each letter was issued.
    """

    where: str
    case: Case
    facts: Sequence[Fact]
    taken: takings.Rows
    messages: Mapping[str, Message]
    codes: Mapping[str, str]


@dataclass(frozen=True)
class _List:
    """A table, what tells its rows of one case at a moment, and the columns that tell those apart.

    `whole` says that each row must be there: an earlier program wrote down fewer of the others.
    Where the rows of a case are many to look for, they are asked for by its `letters`.
    """

    table: type[Any]
    rows: Callable[[Retold, date], _Rows]
    key: tuple[str, ...] = ()
    whole: bool = True
    letters: bool = False


def lists(session: Session, told: Sequence[Retold], known: Known) -> Iterator[Discrepancy]:
    """What is kept of these cases otherwise than their facts say."""
    by_id, today = {each.case.case_id: each for each in told}, day_of(known.at)
    letters = [each.letter.letter_id for one in told for each in one.case.letters]
    for each in _LISTS:
        table = table_of(each.table)
        own = table.c.letter_id.in_(letters) if each.letters else table.c.case_id.in_(list(by_id))
        kept: dict[str, dict[str, Any]] = {}
        for row in session.execute(select(table).where(own)):
            key = " ".join(str(getattr(row, name)) for name in each.key)
            kept.setdefault(row.case_id, {})[key] = row
        for case_id, one in by_id.items():
            yield from _beside(each, one, each.rows(one, today), kept.get(case_id, {}))


def _beside(of: _List, one: Retold, again: _Rows, kept: Mapping[str, Any]) -> Iterator[Discrepancy]:
    name = table_of(of.table).name
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


def _visits(one: Retold, _: date) -> _Rows:
    if one.case.state is not State.BOOKED:
        return {}
    told: dict[str, object] = dict(whereabouts.told(one.case))
    # An earlier program wrote down the applicant's, whoever was to be there.
    return {"": told | {"phone": frozenset({told["phone"], one.case.request.party.mobile})}}


def _places(one: Retold, _: date) -> _Rows:
    slot = one.case.slot
    if one.case.state is State.BOOKED and slot is not None:
        return {"": {"day": slot.day, "half": slot.half}}
    # The place of a visit that took place, or was missed on its day, stays taken.
    booked = any(isinstance(fact.payload, f.SlotBooked) for fact in one.facts)
    return {"": None} if booked else {}


def _consultations(one: Retold, _: date) -> _Rows:
    rows: _Rows = {}
    for asked in one.case.consultations:
        row = consulting.row_of(one.case, asked, day_of(one.facts[-1].at))
        if not asked.open and asked.replied_on is None:
            # The day on which a fact dropped it: no later fact moves it.
            del row["ended_on"]
        rows[asked.ident] = row
    return rows


def _commissions(one: Retold, _: date) -> _Rows:
    row = commissions.row_of(one.case) if one.case.commission else None
    if row is None:
        return {}
    sent = max(fact.at for fact in one.facts if isinstance(fact.payload, f.SentToCommission))
    # An earlier program wrote the day in UTC.
    return {"": {**row, "sent_on": frozenset({day_of(sent), sent.date()})}}


def _objections(one: Retold, _: date) -> _Rows:
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


def _looks(one: Retold, _: date) -> _Rows:
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


def _messages(one: Retold, _: date) -> _Rows:
    rows: _Rows = {
        # What an earlier program said of a fact, and this one does not, may stand there.
        fact.fact_id: None
        for fact in one.facts
    }
    for fact_id, told in one.messages.items():
        rows[fact_id] = {"occasion": told.occasion.value, "mobile": told.mobile}
    return rows


def _standing(one: Retold, today: date) -> _Rows:
    rows: _Rows = {}
    for held in one.case.letters:
        letter = held.letter
        code = one.codes.get(letter.letter_id, "")
        if held.voided or letter.kind is not LetterKind.ANSWER or not code:
            continue
        # One that holds no more is weighed no more, from some hour of its day on.
        is_over = letter.valid_until is not None and letter.valid_until < today
        said: dict[str, object] = {"case_id": one.case.case_id, "land": land_of(code)}
        rows[letter.letter_id] = None if is_over else said
    return rows


def _recalled(one: Retold, _: date) -> _Rows:
    case, rows = one.case, _any_letter(one)
    if case.answer is not None and case.recall is not None:
        letter, recall = case.answer.letter, case.recall
        said = {"state": "recalled", "reason": recall.reason, "by": recall.by}
        rows[letter.letter_id] = {"number": letter.number, **said}
    return rows


def _void(one: Retold, _: date) -> _Rows:
    return _any_letter(one) | {
        held.letter.letter_id: {"number": held.letter.number, "state": "void"}
        for held in one.case.letters
        if held.voided
    }


def _any_letter(one: Retold) -> _Rows:
    """What speaks against a letter by the records, of which no fact tells."""
    return {held.letter.letter_id: None for held in one.case.letters}


def _asked(one: Retold, _: date) -> _Rows:
    return {
        held.letter.letter_id: {
            "number": held.letter.number,
            "issued_on": held.letter.issued_on,
            "reason": held.asked,
        }
        for held in one.case.letters
        if held.asked and held.live
    }


def _passages(one: Retold, _: date) -> _Rows:
    return {
        # It is kept by the revision at which the case left.
        str(fact.rev - 1): {"stream": office_stream(told.office), "heir": fact.stream}
        for fact in one.facts
        if isinstance(told := fact.payload, f.TakenOver)
    }


def _doubles(one: Retold, _: date) -> _Rows:
    told = [fact for fact in one.facts if isinstance(fact.payload, f.DoubleTold)]
    streams = {fact.stream for fact in one.facts}
    rows: _Rows = {
        # The office that goes on with it knows of them too.
        f"{stream} {each.tracking}": None
        for each in one.case.doubles
        for stream in streams
    }
    for fact in told:
        assert isinstance(fact.payload, f.DoubleTold)
        rows[f"{fact.stream} {fact.payload.tracking}"] = {}
    return rows


def _papers(one: Retold, _: date) -> _Rows:
    rows: _Rows = {}
    for fact in one.facts:
        for stream, file in _named(fact):
            if file is not None:
                rows.setdefault(file.sha256, {"stream": stream, "size": file.size})
    return rows


def _named(fact: Fact) -> Iterator[tuple[str, DocumentFile | None]]:
    """The files that the fact names, and whose desks send them."""
    match fact.payload:
        case f.Registered():
            yield from ((fact.stream, each.file) for each in fact.payload.request.documents)
        case f.Amended():
            yield from ((fact.stream, each.file) for each in fact.payload.documents)
        case f.VisitReported():
            yield from ((MUNICIPALITY, each) for each in fact.payload.report.files)
        case f.VisitMissed():
            yield MUNICIPALITY, fact.payload.photo
        case ConsulteeReplied() as told:
            yield fact.stream if told.by_hand else MUNICIPALITY, told.reply.scan
        case _:
            pass


_LISTS = (
    _List(BookedVisitRow, _visits, whole=False),
    _List(BookingRow, _places),
    _List(ConsultationRow, _consultations, ("consultation_id",)),
    _List(CommissionCaseRow, _commissions),
    _List(ObjectionRow, _objections),
    _List(SecondLookRow, _looks, whole=False),
    _List(StandingLetterRow, _standing, ("letter_id",), letters=True),
    _List(DoubtedLetterRow, _recalled, ("letter_id",)),
    _List(DoubtedLetterRow, _void, ("letter_id",), whole=False),
    _List(CopyAskedRow, _asked, ("letter_id",)),
    _List(PassageRow, _passages, ("rev",)),
    _List(DoubleToldRow, _doubles, ("stream", "tracking")),
    _List(BlobUseRow, _papers, ("sha256",)),
    _List(CitizenMessageRow, _messages, ("message_id",), whole=False),
)
