"""Every case told again from its facts, beside its row, its letters' rows and their numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, tuple_
from sqlalchemy.orm import Session

from desktop.centre import ended_letters
from desktop.centre.audit.chains import told_at
from desktop.centre.context import Centre
from desktop.centre.ended_tables import HOLDS, EndedLetterRow
from desktop.centre.projecting import row_again
from desktop.centre.streams import texts_of
from desktop.centre.tables import CaseRow, FactRow, LetterRow, NumberRow, OfficeCodeRow
from desktop.domain.applying import UnlawfulFact, case_of
from desktop.domain.case import Case
from desktop.domain.case_letters import CaseLetter
from desktop.domain.discrepancy import Discrepancy, Wrong, differing
from desktop.domain.stream import Fact, Topic
from desktop.sql.metadata import table_of
from desktop.wire.codec import Unreadable, decode_fact
from desktop.wire.letters import is_issued, published_key

_AT_ONCE = 400
# Milliseconds between two moments.
_SPAN = "answer_ms"
_CASE, _FACT, _LETTER = table_of(CaseRow), table_of(FactRow), table_of(LetterRow)
# What rests on the city's data of the day on which it was written, not on the facts alone.
BY_DATA = frozenset({"place", "step", "step_since", "step_by", "step_to", "step_due"})
_COMPARED = tuple(column.name for column in _CASE.c if column.name not in BY_DATA)


@dataclass(frozen=True)
class _Known:
    """What letters are held against: the centre's keys by id, and offices' ids by code."""

    keys: Mapping[str, tuple[str, str]]
    offices: Mapping[str, str]


def cases(session: Session, centre: Centre) -> Iterator[Discrepancy]:
    """Every case, then those without a row."""
    keys = centre.reference.said(session, Topic.CENTRE_KEY)
    codes = session.execute(select(OfficeCodeRow.code, OfficeCodeRow.office_id))
    known = _Known(
        {key_id: published_key(row.text) for key_id, row in keys},
        {code: office for code, office in codes},
    )
    last = ("", "")
    while True:
        place = tuple_(_CASE.c.stream, _CASE.c.case_id)
        asked = select(_CASE).where(place > last).order_by(_CASE.c.stream, _CASE.c.case_id)
        rows = session.execute(asked.limit(_AT_ONCE)).all()
        yield from _page(session, rows, known)
        if len(rows) < _AT_ONCE:
            break
        last = (rows[-1].stream, rows[-1].case_id)
    yield from _without_row(session)


def _page(session: Session, rows: Iterable[Any], known: _Known) -> Iterator[Discrepancy]:
    by_id = {row.case_id: row for row in rows}
    ids = list(by_id)
    told = texts_of(session, ids)
    letters: dict[str, dict[str, Any]] = {}
    for row in session.execute(select(_LETTER).where(_LETTER.c.case_id.in_(ids))):
        letters.setdefault(row.case_id, {})[row.letter_id] = row
    named = [letter_id for each in letters.values() for letter_id in each]
    query = select(EndedLetterRow).where(EndedLetterRow.letter_id.in_(named))
    ended = {row.letter_id: row for row in session.scalars(query)}
    for case_id, row in by_id.items():
        where = f"{row.stream} {case_id}"
        try:
            facts = [decode_fact(text) for text in told.get(case_id, [])]
            case = case_of(facts)
        except (Unreadable, UnlawfulFact) as fault:
            yield Discrepancy(Wrong.CASE, where, f"its facts can't be told again: {fault}")
            continue
        if case is None:
            yield Discrepancy(Wrong.CASE, where, "it has a row and no facts")
            continue
        yield from _row(where, row, case, facts)
        yield from _letters(case, letters.get(case_id, {}), ended, known)


def _row(where: str, kept: Any, case: Case, facts: list[Fact]) -> Iterator[Discrepancy]:
    again = row_again(case, facts, kept.place)
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
    case: Case, kept: Mapping[str, Any], ended: Mapping[str, EndedLetterRow], known: _Known
) -> Iterator[Discrepancy]:
    now = {each.letter_id: each for each in ended_letters.ended_of(case)}
    for held in case.letters:
        letter = held.letter
        row = kept.get(letter.letter_id)
        if row is None:
            yield Discrepancy(Wrong.LETTER, letter.number, "the facts tell of it and no row has it")
            continue
        for name, value in _expected(case, held, known).items():
            if getattr(row, name) != value:
                told = differing(getattr(row, name), value)
                yield Discrepancy(Wrong.LETTER, letter.number, f"{name}: {told}")
        yield from _signed(held, known)
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


def _expected(case: Case, held: CaseLetter, known: _Known) -> dict[str, object]:
    letter = held.letter
    year, code, serial = letter.number.split("/")
    state = "issued"
    if held.voided:
        state = "voided"
    elif held.handed_to:
        state = "handed"
    elif held.release is not None:
        state = "released"
    return {
        "office": known.offices.get(code, code),
        "year": int(year),
        "serial": int(serial),
        "case_id": case.case_id,
        "kind": letter.kind.value,
        "signature": letter.signature,
        "state": state,
        "copies": held.copies,
        "was_released": held.release is not None,
    }


def _signed(held: CaseLetter, known: _Known) -> Iterator[Discrepancy]:
    letter = held.letter
    public = known.keys.get(letter.key_id)
    if public is None:
        yield Discrepancy(
            Wrong.SIGNATURE, letter.number, f"no key {letter.key_id} was ever published"
        )
    elif not is_issued(*public, letter.signature, bytes.fromhex(letter.essence)):
        yield Discrepancy(Wrong.SIGNATURE, letter.number, "the centre's key did not sign it")


def _without_row(session: Session) -> Iterator[Discrepancy]:
    asked = (
        select(_FACT.c.stream, _FACT.c.case_id)
        .join(_CASE, _CASE.c.case_id == _FACT.c.case_id, isouter=True)
        .where(_FACT.c.rev == 1, _CASE.c.case_id.is_(None))
    )
    for stream, case_id in session.execute(asked):
        yield Discrepancy(
            Wrong.CASE, f"{stream} {case_id}", "the facts tell of it and no row has it"
        )


def numbers(session: Session) -> Iterator[Discrepancy]:
    """Letters' numbers: gapless by office and year, up to the last that was taken."""
    own = (LetterRow.office, LetterRow.year)
    asked = select(*own, func.count(), func.max(LetterRow.serial)).group_by(*own)
    found = {(office, year): (count, last) for office, year, count, last in session.execute(asked)}
    taken = {(row.office, row.year): row.last for row in session.scalars(select(NumberRow))}
    for place in sorted({*found, *taken}):
        office, year = place
        count, last = found.get(place, (0, 0))
        if taken.get(place, 0) != last:
            told = f"the last number taken is {taken.get(place)}, the last letter's {last}"
            yield Discrepancy(Wrong.NUMBER, f"{year}/{office}", told)
        if count != last:
            yield from _gaps(session, office, year)


def _gaps(session: Session, office: str, year: int) -> Iterator[Discrepancy]:
    asked = select(LetterRow.serial).where(LetterRow.office == office, LetterRow.year == year)
    before = 0
    for serial in session.scalars(asked.order_by(LetterRow.serial)):
        for missing in range(before + 1, serial):
            yield Discrepancy(Wrong.NUMBER, f"{year}/{office}/{missing}", "no letter has it")
        before = serial
