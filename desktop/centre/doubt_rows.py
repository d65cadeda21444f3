"""The rows of letters that stand and of those in doubt, in step with the facts of their cases."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from desktop.centre.doubt_tables import CopyAskedRow, DoubtedLetterRow, StandingLetterRow
from desktop.domain import facts as f
from desktop.domain.case import Case
from desktop.domain.case_letters import CaseLetter
from desktop.domain.gates import Finding
from desktop.domain.identifiers import RenewalCode, renewal_code
from desktop.domain.letter import LetterKind
from desktop.domain.paper import CopyAnswered, CopyAsked
from desktop.domain.recall import (
    LetterRecalled,
    LetterUpheld,
    VoidTold,
    still_to_tell,
    why_recalled,
)
from desktop.domain.stream import Fact
from desktop.sql.missing import make_missing

_FINDINGS = TypeAdapter(tuple[Finding, ...])


def findings_in(text: str) -> tuple[Finding, ...]:
    """What fails by now, as it is kept."""
    return _FINDINGS.validate_json(text)


def findings_text(found: Iterable[Finding]) -> str:
    """The same, to be kept."""
    return _FINDINGS.dump_json(tuple(found)).decode()


def land_of(code: str) -> str:
    """The code of the land that a property stands on, itself for land."""
    return str(renewal_code(code).land_code)


def note_property(session: Session, code: RenewalCode) -> None:
    """Something was laid on the property's record, or taken away: its letters are weighed anew."""
    own = StandingLetterRow.land == str(code.land_code)
    session.execute(update(StandingLetterRow).where(own).values(due=True))


def note_letters(session: Session, case: Case) -> None:
    """What the case's own letters rest on turned out otherwise: they are weighed anew."""
    own = StandingLetterRow.letter_id.in_([held.letter.letter_id for held in case.letters])
    session.execute(update(StandingLetterRow).where(own).values(due=True))


def keep(session: Session, case: Case, facts: Sequence[Fact]) -> None:
    """Keep the rows of the case's letters in step with these newest facts."""
    for fact in facts:
        if touch := DOUBTED.get(type(fact.payload)):
            touch(session, case, fact, fact.payload)
    held = case.answer
    if held is not None and held.is_out and case.recalls(held) and case.recall is None:
        _recall(session, case, held, facts[-1])


def _asked(session: Session, case: Case, fact: Fact, told: CopyAsked) -> None:
    _asked_no_more(session, case, fact, told)
    held = case.letter(told.letter_id)
    session.add(
        CopyAskedRow(
            letter_id=told.letter_id,
            case_id=case.case_id,
            number=held.letter.number,
            issued_on=held.letter.issued_on,
            handed=held.is_out,
            reason=told.reason,
            since=fact.at,
        )
    )


def _asked_no_more(
    session: Session, _: Case, __: Fact, told: CopyAsked | CopyAnswered | f.LetterVoided
) -> None:
    session.execute(delete(CopyAskedRow).where(CopyAskedRow.letter_id == told.letter_id))


def _settled(session: Session, case: Case, _: Fact, __: f.AllSettled) -> None:
    # What is owed no more is no letter of which anybody wants copies.
    session.execute(delete(CopyAskedRow).where(CopyAskedRow.case_id == case.case_id))


def _recall(session: Session, case: Case, held: CaseLetter, fact: Fact) -> None:
    """A letter that somebody has is recalled by a second look, a payment or records taken back."""
    row = session.get(DoubtedLetterRow, held.letter.letter_id)
    if row is None:
        row = new_row(session, case, held, fact.at)
    elif row.state == "recalled":
        return
    row.state, row.reason, row.by, row.since = "recalled", why_recalled(case), "", fact.at


def _stand(session: Session, case: Case, _: Fact, told: f.LetterIssued) -> None:
    letter_id = told.letter.letter_id
    held = case.letter(letter_id)
    if held.letter.kind is LetterKind.ANSWER and case.code:
        land = land_of(case.code)
        # Once after it is kept: what was laid on the land meanwhile did not see it.
        row = {"letter_id": letter_id, "case_id": case.case_id, "land": land, "due": True}
        make_missing(session, StandingLetterRow, row)


def _voided(session: Session, case: Case, fact: Fact, told: f.LetterVoided) -> None:
    own = StandingLetterRow.letter_id == told.letter_id
    session.execute(delete(StandingLetterRow).where(own))
    _move(session, case, fact, told)
    _asked_no_more(session, case, fact, told)


_Moving = f.HandedOver | f.LetterVoided | LetterRecalled | LetterUpheld | VoidTold


def _move(session: Session, case: Case, fact: Fact, told: _Moving) -> None:
    letter_id = told.letter_id
    held = case.letter(letter_id)
    row = session.get(DoubtedLetterRow, letter_id)
    untold = len(still_to_tell(case, held))
    if row is None:
        if not (isinstance(told, LetterRecalled) or untold):
            return
        row = new_row(session, case, held, fact.at)
    row.handed, row.untold = held.is_out, untold
    match told:
        case LetterRecalled():
            row.state, row.reason, row.by, row.since = "recalled", told.reason, told.by, fact.at
        case LetterUpheld():
            row.state, row.reason, row.by, row.since = "upheld", told.reason, "", fact.at
            # Of what came after it was seen nobody has decided: that is looked for again.
            seen = told.found.items()
            left = (each for each in findings_in(row.found) if (each.gate, each.code) in seen)
            row.found = findings_text(left)
            own = StandingLetterRow.letter_id == letter_id
            session.execute(update(StandingLetterRow).where(own).values(due=True))
        case f.LetterVoided():
            row.state, row.reason, row.by, row.since = "void", told.reason, "", fact.at
        case _ if held.voided:
            # One of before there were these rows.
            row.state, row.reason = "void", row.reason or held.voided
        case _:
            pass


DOUBTED: Mapping[type[object], Callable[[Session, Case, Fact, Any], None]] = {
    f.LetterIssued: _stand,
    f.HandedOver: _move,
    f.LetterVoided: _voided,
    LetterRecalled: _move,
    LetterUpheld: _move,
    VoidTold: _move,
    CopyAsked: _asked,
    CopyAnswered: _asked_no_more,
    f.AllSettled: _settled,
}
"""Facts that move a letter on the lists of those in doubt, or of those of which a copy is asked."""


def new_row(session: Session, case: Case, held: CaseLetter, at: datetime) -> DoubtedLetterRow:
    """The row of a letter that comes into doubt at that moment, added."""
    row = DoubtedLetterRow(
        letter_id=held.letter.letter_id,
        case_id=case.case_id,
        number=held.letter.number,
        issued_on=held.letter.issued_on,
        handed=held.is_out,
        state="changed",
        found="[]",
        reason="",
        by="",
        since=at,
        untold=0,
    )
    session.add(row)
    return row
