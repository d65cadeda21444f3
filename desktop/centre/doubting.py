"""Letters that the records speak against by now: found after an import, a visit, a ruling, a
correction, and put before a person.

A letter is weighed as of its own day against what the records hold today: what came due since, as
every year's charges do, is nothing against it; what the records know better by now is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime

from pydantic import TypeAdapter
from sqlalchemy import and_, func, literal_column, or_, select, update
from sqlalchemy.orm import Session

from desktop.centre.context import Centre, day_of
from desktop.centre.deciding import counting, question_of
from desktop.centre.doubt_rows import land_of, new_row
from desktop.centre.doubt_tables import (
    UNWEIGHED,
    DoubtedLetterRow,
    LetterWatchRow,
    StandingLetterRow,
)
from desktop.centre.records import in_force
from desktop.centre.records.tables import OVERLAY, RECORD
from desktop.centre.streams import homes, load_case, lock_streams
from desktop.centre.transacting import transact
from desktop.domain.calendar import jalali
from desktop.domain.case import Case
from desktop.domain.case_letters import CaseLetter
from desktop.domain.decision import decide
from desktop.domain.gates import Finding
from desktop.domain.property import Found, PropertyRecord
from desktop.domain.service import Effect

_FINDINGS = TypeAdapter(tuple[Finding, ...])
_AT_ONCE = 500


def findings_in(text: str) -> tuple[Finding, ...]:
    """What fails by now, as it is kept."""
    return _FINDINGS.validate_json(text)


def codes_of(found: Iterable[Finding]) -> dict[str, str]:
    """By gate the code of what was found."""
    return {each.gate: each.code for each in found}


def weigh(centre: Centre) -> int:
    """Weigh the letters whose records changed since; how many came to stand otherwise."""
    transact(centre, centre.writer, note_changes)
    changed = 0
    after = ""
    while page := _unweighed(centre, after):
        for letter_id, case_id in page:
            after = letter_id
            changed += _weighed(centre, letter_id, case_id)
    return changed


def note_changes(session: Session) -> None:
    """Note the letters about whose property, or what stands above it, the records changed."""
    present = in_force.number(session)
    if present is None:
        return
    last = session.scalar(select(func.max(OVERLAY.c.id))) or 0
    watch = session.get(LetterWatchRow, 1)
    if watch is None:
        # Nobody has looked yet: whatever stands is weighed once.
        session.add(LetterWatchRow(only=1, export=present, overlay=last))
        session.execute(update(StandingLetterRow).values(due=True))
        return
    codes = set(_changed_between(session, watch.export, present))
    codes |= set(session.scalars(select(OVERLAY.c.code).where(OVERLAY.c.id > watch.overlay)))
    watch.export, watch.overlay = present, max(last, watch.overlay)
    lands = sorted({land_of(code) for code in codes})
    for start in range(0, len(lands), _AT_ONCE):
        part = lands[start : start + _AT_ONCE]
        noted = update(StandingLetterRow).where(StandingLetterRow.land.in_(part)).values(due=True)
        session.execute(noted)


def _changed_between(session: Session, one: int, other: int) -> Iterator[str]:
    """The properties whose records differ between two imports, whichever came first."""
    low, high = sorted((one, other))
    if low == high:
        return
    begun = and_(RECORD.c.since > low, RECORD.c.since <= high)
    ended = and_(RECORD.c.until > low, RECORD.c.until <= high)
    yield from session.scalars(select(RECORD.c.code).where(or_(begun, ended)).distinct())


def _unweighed(centre: Centre, after: str) -> list[tuple[str, str]]:
    row = StandingLetterRow
    query = (
        select(row.letter_id, row.case_id)
        .where(literal_column(f"standing_letter.{UNWEIGHED}"), row.letter_id > after)
        .order_by(row.letter_id)
        .limit(_AT_ONCE)
    )
    with centre.reading() as session:
        return [(letter_id, case_id) for letter_id, case_id in session.execute(query)]


def _weighed(centre: Centre, letter_id: str, case_id: str) -> bool:
    at = centre.clock()

    def work(session: Session) -> bool:
        lock_streams(session, set(homes(session, [case_id]).get(case_id, ())))
        case = load_case(session, case_id)
        standing = session.get(StandingLetterRow, letter_id)
        if case is None or standing is None:
            return False
        standing.due = False
        held = case.letter(letter_id)
        over = held.letter.valid_until is not None and held.letter.valid_until < day_of(at)
        if not held.live or over or case.recalled:
            return False
        return _doubt(session, case, held, found_since(session, centre, case, held, at), at)

    return transact(centre, centre.writer, work)


def _doubt(
    session: Session, case: Case, held: CaseLetter, found: tuple[Finding, ...], at: datetime
) -> bool:
    """Keep what is against the letter; whether that is news."""
    row = session.get(DoubtedLetterRow, held.letter.letter_id)
    before = codes_of(findings_in(row.found)) if row is not None else {}
    now = codes_of(found)
    if row is not None and row.state == "upheld" and now.items() <= before.items():
        # A person has seen it, and what was seen then is all there is.
        return False
    if row is None:
        if not found:
            return False
        row = new_row(session, case, held, at)
    elif now == before and row.state == "changed":
        return False
    if found:
        row.state, row.since, row.reason = "changed", at, ""
        row.found = _FINDINGS.dump_json(found).decode()
    else:
        session.delete(row)
    return True


def found_since(
    session: Session, centre: Centre, case: Case, held: CaseLetter, at: datetime
) -> tuple[Finding, ...]:
    """What fails of the letter's case by today's records, as of the letter's day, and did not when
    it was issued; the strictest first."""
    if case.decision is None:
        return ()
    day = held.letter.issued_on
    service = centre.reference.service(session, case.request.service, case.request.version)
    question = question_of(session, case, service, centre.reference.city(session, day), at)
    question = replace(question, day=day, found=_as_of(question.found, day))
    now = decide(service, question, counting(case.cleared, question.found), case.cleared_for)
    before = {(each.gate, each.code) for each in case.decision.failing}
    return tuple(
        each
        for each in now.failing
        if each.effect is not Effect.NOTE and (each.gate, each.code) not in before
    )


def _as_of(found: Found, day: date) -> Found:
    """What was found, without what came to be owed since, and as fresh as it was then."""
    year = jalali(day)[0]

    def without(record: PropertyRecord | None) -> PropertyRecord | None:
        if record is None:
            return None
        debts = (debt for debt in record.debts if debt.year <= year)
        owed = tuple(debt for debt in debts if debt.due is None or debt.due <= day)
        return replace(record, debts=owed)

    return replace(
        found,
        as_of=min(found.as_of, day),
        record=without(found.record),
        building=without(found.building),
        land=without(found.land),
    )
