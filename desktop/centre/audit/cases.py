"""Every case told again from its facts, beside its row, its letters, its money and its lists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import and_, or_, select, tuple_
from sqlalchemy.orm import Session

from desktop.centre import bills, ended_letters, takings
from desktop.centre.audit.known import Known
from desktop.centre.audit.lists import Retold, lists
from desktop.centre.context import day_of
from desktop.centre.doubt_tables import StandingLetterRow
from desktop.centre.ended_tables import HOLDS, EndedLetterRow
from desktop.centre.projecting import inquiry, row_again
from desktop.centre.streams import texts_of
from desktop.centre.sum_tables import TakingRow
from desktop.centre.tables import (
    CaseRow,
    FactRow,
    InquiryLetterRow,
    LetterRow,
    OfficeCodeRow,
    ReferenceRow,
    SettledPairRow,
)
from desktop.domain.applying import apply
from desktop.domain.case import Case
from desktop.domain.case_letters import CaseLetter
from desktop.domain.counter import Halves
from desktop.domain.discrepancy import RUBBISH, Discrepancy, Wrong, differing
from desktop.domain.facts import CaseFact, LetterIssued, LetterReleased
from desktop.domain.message import Message, message_of
from desktop.domain.stream import Fact
from desktop.sql.metadata import table_of
from desktop.wire.chain_check import told_at
from desktop.wire.codec import decode_fact
from desktop.wire.letters import is_issued, is_released

_AT_ONCE = 400
# Milliseconds between two moments.
_SPAN = "answer_ms"
_CASE, _FACT, _LETTER = table_of(CaseRow), table_of(FactRow), table_of(LetterRow)
_TAKING, _REFERENCE, _PAIR = table_of(TakingRow), table_of(ReferenceRow), table_of(SettledPairRow)
_INQUIRY, _STANDING = table_of(InquiryLetterRow), table_of(StandingLetterRow)
# What rests on the city's data of the day on which it was written, not on the facts alone.
BY_DATA = frozenset({"place", "step", "step_since", "step_by", "step_to", "step_due"})
_COMPARED = tuple(column.name for column in _CASE.c if column.name not in BY_DATA)


@dataclass(frozen=True)
class _Keys:
    """What letters are held against: what is known of the centre, and offices' ids by code."""

    known: Known
    offices: Mapping[str, str]


def streams(session: Session) -> list[str]:
    """Those that rows of cases are of."""
    return sorted(session.scalars(select(_CASE.c.stream).distinct()))


def cases(session: Session, stream: str, known: Known) -> Iterator[Discrepancy]:
    """Every case of the stream, by its row."""
    named = session.execute(select(OfficeCodeRow.code, OfficeCodeRow.office_id))
    codes = {code: office for code, office in named}
    held = _Keys(known, codes)
    asked, last = select(_CASE).where(_CASE.c.stream == stream), ""
    while True:
        behind = asked.where(_CASE.c.case_id > last).order_by(_CASE.c.case_id)
        rows = session.execute(behind.limit(_AT_ONCE)).all()
        yield from _page(session, rows, held)
        if len(rows) < _AT_ONCE:
            break
        last = rows[-1].case_id


def _page(session: Session, rows: Iterable[Any], keys: _Keys) -> Iterator[Discrepancy]:
    by_id = {row.case_id: row for row in rows}
    ids = list(by_id)
    told = texts_of(session, ids)
    letters: dict[str, dict[str, Any]] = {}
    for row in session.execute(select(_LETTER).where(_LETTER.c.case_id.in_(ids))):
        letters.setdefault(row.case_id, {})[row.letter_id] = row
    named = [letter_id for each in letters.values() for letter_id in each]
    query = select(EndedLetterRow).where(EndedLetterRow.letter_id.in_(named))
    ended = {row.letter_id: row for row in session.scalars(query)}
    tills: dict[str, dict[str, Any]] = {}
    for row in session.execute(select(_TAKING).where(_TAKING.c.case_id.in_(ids))):
        tills.setdefault(row.case_id, {})[row.mark] = row
    expected: list[Retold] = []
    for case_id, row in by_id.items():
        where = f"{row.stream} {case_id}"
        try:
            facts = [decode_fact(text) for text in told.get(case_id, [])]
            one = _told_again(where, facts, row.clerk)
        except RUBBISH as fault:
            # No word of it: a fault of reading repeats what people said.
            name = type(fault).__name__
            yield Discrepancy(Wrong.CASE, where, f"its facts can't be told again: {name}")
            continue
        if one is None:
            yield Discrepancy(Wrong.CASE, where, "it has a row and no facts")
            continue
        yield from _row(where, row, one.case, facts)
        yield from _letters(one.case, letters.get(case_id, {}), ended, keys)
        yield from _released(one.case, facts, keys)
        yield from _money(one, tills.get(case_id, {}))
        expected.append(one)
    yield from _spent(session, [each.case for each in expected])
    yield from lists(session, expected, keys.known)


def _told_again(where: str, facts: list[Fact], clerk: str) -> Retold | None:
    """The case after its facts; None where there are none."""
    case: Case | None = None
    taken: takings.Rows = {}
    messages: dict[str, Message] = {}
    codes: dict[str, str] = {}
    for fact in facts:
        case, told = apply(case, fact), fact.payload
        takings.told(taken, case, fact, clerk)
        if isinstance(told, LetterIssued):
            codes[told.letter.letter_id] = case.code
        # Of a message only its occasion and whom it is for are compared: any hours will do.
        if (said := message_of(case, cast(CaseFact, told), Halves())) is not None:
            messages[fact.fact_id] = said
    return Retold(where, case, facts, taken, messages, codes) if case is not None else None


def _money(one: Retold, kept: Mapping[str, Any]) -> Iterator[Discrepancy]:
    for mark in sorted({*one.taken, *kept}):
        again, row = one.taken.get(mark), kept.get(mark)
        # Once its property was found all of it is counted there.
        said = {**again, "district": one.case.district} if again is not None else None
        held = dict(row._mapping) if row is not None else None
        if said != held:
            yield Discrepancy(Wrong.MONEY, f"{one.where} {mark}", differing(held, said))


def _spent(session: Session, told: Iterable[Case]) -> Iterator[Discrepancy]:
    """Each payment's reference, each settled bill's pair, each letter that asks, is spent."""
    references: dict[tuple[object, ...], str] = {}
    pairs: dict[tuple[str, str], str] = {}
    inquiries: dict[tuple[str, str], str] = {}
    for case in told:
        # What was struck may be paid with once more.
        for mark in case.takings.keys() - case.struck.keys():
            payment = case.takings[mark]
            named = bills.reference_of(case.tills[mark], payment)
            references[tuple(named.values())] = case.case_id
        for key in case.paid:
            owed = case.announced.get(key)
            if owed is not None and owed.bill_id:
                pairs[owed.bill_id, owed.payment_id] = case.case_id
        if all(asks := inquiry(case)):
            inquiries[asks] = case.case_id
    place = (_REFERENCE.c.stream, _REFERENCE.c.method, _REFERENCE.c.reference, _REFERENCE.c.paid_on)
    kept = {tuple(row) for row in _found(session, place, references)}
    for own in references.keys() - kept:
        yield Discrepancy(Wrong.MONEY, references[own], f"its reference is free: {own[2]}")
    pair = (_PAIR.c.bill_id, _PAIR.c.payment_id)
    settled = {tuple(row) for row in _found(session, pair, pairs)}
    for bill in pairs.keys() - settled:
        yield Discrepancy(Wrong.MONEY, pairs[bill], f"its bill is free: {bill[0]}")
    asking = (_INQUIRY.c.body, _INQUIRY.c.number)
    used = {tuple(row) for row in _found(session, asking, inquiries)}
    for letter in inquiries.keys() - used:
        yield Discrepancy(Wrong.LIST, inquiries[letter], f"the letter {letter[1]} is free")


def _found(session: Session, key: tuple[Any, ...], wanted: Iterable[Any]) -> Iterable[Any]:
    ordered = sorted(wanted)
    for at in range(0, len(ordered), _AT_ONCE):
        yield from session.execute(
            select(*key).where(tuple_(*key).in_(ordered[at : at + _AT_ONCE]))
        )


def _row(where: str, kept: Any, case: Case, facts: list[Fact]) -> Iterator[Discrepancy]:
    again = row_again(case, facts, kept.place, kept.clerk)
    for name in _COMPARED:
        one, other = getattr(kept, name), getattr(again, name)
        if not _is_same(name, one, other):
            yield Discrepancy(Wrong.CASE, where, f"{name}: {differing(one, other)}")


def _is_same(name: str, kept: object, again: object) -> bool:
    """A fact's text tells milliseconds; a row may have the moment more exactly."""
    if isinstance(kept, datetime) and isinstance(again, datetime):
        return told_at(kept) == told_at(again)
    if name == _SPAN and isinstance(kept, int) and isinstance(again, int):
        return abs(kept - again) <= 1
    return kept == again


def _letters(
    case: Case, kept: Mapping[str, Any], ended: Mapping[str, EndedLetterRow], keys: _Keys
) -> Iterator[Discrepancy]:
    now = {each.letter_id: each for each in ended_letters.ended_of(case)}
    for held in case.letters:
        letter = held.letter
        row = kept.get(letter.letter_id)
        if row is None:
            yield Discrepancy(Wrong.LETTER, letter.number, "the facts tell of it and no row has it")
            continue
        for name, value in _expected(case, held, keys).items():
            if getattr(row, name) != value:
                told = differing(getattr(row, name), value)
                yield Discrepancy(Wrong.LETTER, letter.number, f"{name}: {told}")
        yield from _signed(held, keys.known)
        one, other = now.get(letter.letter_id), ended.get(letter.letter_id)
        said = (int(one.why), one.by) if one is not None else None
        listed = (other.why, other.by) if other is not None and other.why != HOLDS else None
        if said != listed:
            yield Discrepancy(Wrong.ENDED, letter.number, differing(listed, said))
    for letter_id in kept.keys() - {held.letter.letter_id for held in case.letters}:
        row = kept[letter_id]
        yield Discrepancy(
            Wrong.LETTER, f"{row.year}/{row.office}/{row.serial}", "no fact tells of it"
        )


def _expected(case: Case, held: CaseLetter, keys: _Keys) -> dict[str, object]:
    letter, request = held.letter, case.request
    year, code, serial = letter.number.split("/")
    state = "issued"
    if held.voided:
        state = "voided"
    elif held.handed_to:
        state = "handed"
    elif held.release is not None:
        state = "released"
    return {
        "office": keys.offices.get(code, code),
        "year": int(year),
        "serial": int(serial),
        "case_id": case.case_id,
        "kind": letter.kind.value,
        "signature": letter.signature,
        "state": state,
        "copies": held.copies,
        "was_released": held.release is not None,
        "issued_on": letter.issued_on,
        "service": request.service,
    }


def _signed(held: CaseLetter, known: Known) -> Iterator[Discrepancy]:
    letter = held.letter
    public = known.letter_keys.get(letter.key_id)
    if public is None:
        yield Discrepancy(
            Wrong.SIGNATURE, letter.number, f"no key {letter.key_id} was ever published"
        )
    elif not is_issued(*public, letter.signature, bytes.fromhex(letter.essence)):
        yield Discrepancy(Wrong.SIGNATURE, letter.number, "the centre's key did not sign it")


def _released(case: Case, facts: Iterable[Fact], keys: _Keys) -> Iterator[Discrepancy]:
    """Who released a letter signed its copy; facts of an earlier program bear no such word."""
    for fact in facts:
        told = fact.payload
        if not isinstance(told, LetterReleased) or not told.signature:
            continue
        number = case.letter(told.letter_id).letter.number
        own = told.key in keys.known.releases.get(fact.actor, ())
        copy = (keys.known.centre, number, told.layout, 1, told.sha256)
        if not own or not is_released(told.key, told.signature, *copy):
            yield Discrepancy(Wrong.SIGNATURE, number, f"{fact.actor} did not release it")


def without_row(session: Session) -> Iterator[Discrepancy]:
    """Cases that a stream tells of, and that have no row, or one elsewhere."""
    begun = _FACT.c.rev == 1
    asked = select(
        _FACT.c.stream, _FACT.c.case_id, _CASE.c.stream.label("home"), _CASE.c.received_in
    ).join(_CASE, _CASE.c.case_id == _FACT.c.case_id, isouter=True)
    elsewhere = and_(_CASE.c.stream != _FACT.c.stream, _CASE.c.received_in != _FACT.c.stream)
    found = asked.where(begun, or_(_CASE.c.case_id.is_(None), elsewhere))
    for row in session.execute(found):
        where = f"{row.stream} {row.case_id}"
        told = "no row has it" if row.home is None else f"its row is of {row.home}"
        yield Discrepancy(Wrong.CASE, where, f"the facts tell of it and {told}")


def strangers(session: Session) -> Iterator[Discrepancy]:
    """Letters of a case that nobody has; ended ones and those in force that are no letter, or
    another's number."""
    nobodys = select(_LETTER).join(_CASE, _CASE.c.case_id == _LETTER.c.case_id, isouter=True)
    for row in session.execute(nobodys.where(_CASE.c.case_id.is_(None))):
        yield Discrepancy(Wrong.LETTER, f"{row.year}/{row.office}/{row.serial}", "no case has it")
    named = session.execute(select(OfficeCodeRow.code, OfficeCodeRow.office_id))
    codes = {code: office for code, office in named}
    ended = select(EndedLetterRow.number, EndedLetterRow.day, EndedLetterRow.told_at, _LETTER)
    listed = ended.join(_LETTER, _LETTER.c.letter_id == EndedLetterRow.letter_id, isouter=True)
    for row in session.execute(listed):
        year, code, serial = (*row.number.split("/"), "", "")[:3]
        if (row.year, row.office, row.serial) != (_whole(year), codes.get(code), _whole(serial)):
            yield Discrepancy(Wrong.ENDED, row.number, "it is no letter, or another's number")
        if row.day != day_of(row.told_at):
            yield Discrepancy(Wrong.ENDED, row.number, f"its day is {row.day}")
    whose = _LETTER.c.letter_id == _STANDING.c.letter_id
    standing = select(_STANDING.c.letter_id).join(_LETTER, whose, isouter=True)
    for letter_id in session.scalars(standing.where(_LETTER.c.letter_id.is_(None))):
        yield Discrepancy(Wrong.LIST, f"standing_letter {letter_id}", "it is no letter")


def _whole(text: str) -> int | None:
    return int(text) if text.isdecimal() else None
