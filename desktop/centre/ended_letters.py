"""Released letters that no longer hold: a row each, from which the city's list is written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.centre.context import day_of
from desktop.centre.ended_tables import HOLDS, EndedLetterRow
from desktop.domain import facts as f
from desktop.domain.calendar import compact
from desktop.domain.case import Case
from desktop.domain.case_letters import CaseLetter
from desktop.domain.stream import Fact
from desktop.wire.letter_files import Ended, EndedLetter, LetterList


def keep(session: Session, case: Case, facts: Sequence[Fact], *, was_recalled: bool) -> None:
    """What these newest facts of the case change on the list."""
    told = {type(fact.payload) for fact in facts}
    if case.recalled == was_recalled and not told & {f.LetterVoided, f.LetterReleased}:
        return
    at = facts[-1].at
    ended = {each.letter_id: each for each in ended_of(case)}
    for held in case.letters:
        letter = held.letter
        if held.release is None:
            continue
        now = ended.get(letter.letter_id)
        if now is None and not was_recalled:
            continue
        row = session.get(EndedLetterRow, letter.letter_id)
        if now is None and (row is None or row.why == HOLDS):
            continue
        why, by = (int(now.why), now.by) if now is not None else (HOLDS, "")
        if row is None:
            row = EndedLetterRow(letter_id=letter.letter_id, number=letter.number, why=HOLDS)
            session.add(row)
        elif (row.why, row.by) == (why, by):
            continue
        row.why, row.by, row.told_at = why, by, at
        row.day = day_of(at)


@dataclass(frozen=True)
class EndedOf:
    """A letter of a case that no longer holds, why, and by which number it was replaced."""

    letter_id: str
    why: Ended
    by: str = ""


def ended_of(case: Case) -> Iterator[EndedOf]:
    """The released letters of the case that do not hold, as it stands."""
    for held in case.letters:
        if held.release is None:
            continue
        if held.voided:
            by = _replaced_by(case, held)
            yield EndedOf(held.letter.letter_id, Ended.REPLACED if by else Ended.VOID, by)
        elif case.recalls(held):
            yield EndedOf(held.letter.letter_id, Ended.RECALLED)


def _replaced_by(case: Case, voided: CaseLetter) -> str:
    """The number of the released letter that stands in for it; empty where there is none yet."""
    released = (held.letter for held in case.letters if held.release is not None)
    return next((x.number for x in released if x.replaces == voided.letter.number), "")


def list_of(session: Session, today: date) -> LetterList:
    """All letters that do not hold, as known today."""
    rows = session.scalars(select(EndedLetterRow)).all()
    ended = {
        row.number: EndedLetter(row.number, Ended(row.why), compact(row.day), row.by)
        for row in rows
        if row.why != HOLDS
    }
    last = max((row.told_at for row in rows), default=None)
    return LetterList(compact(today), int(last.timestamp()) if last is not None else 0, ended)
