"""Letters that the records speak against by now: found after an import, a visit, a ruling, a
correction, or pictures of a visit that are none, and put before a person.

A letter is weighed as of its own day against what the records hold today: what came due since, as
every year's charges do, is nothing against it; what the records know better by now is.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import and_, literal_column, or_, select, update
from sqlalchemy.orm import Session

from desktop.centre.blobs import has_its_pictures
from desktop.centre.context import Centre, day_of
from desktop.centre.deciding import counting, question_of
from desktop.centre.doubt_rows import findings_in, findings_text, land_of, new_row
from desktop.centre.doubt_tables import (
    UNWEIGHED,
    DoubtedLetterRow,
    LetterWatchRow,
    StandingLetterRow,
)
from desktop.centre.records import in_force
from desktop.centre.records.tables import RECORD
from desktop.centre.streams import homes, load_case, lock_streams
from desktop.centre.transacting import transact
from desktop.domain.calendar import jalali
from desktop.domain.case import Case
from desktop.domain.case_letters import CaseLetter
from desktop.domain.decision import decide
from desktop.domain.gates import NO_PICTURES, Finding
from desktop.domain.property import Found, PropertyRecord
from desktop.domain.service import Effect
from desktop.sql.engine import LONG

_AT_ONCE = 500


def codes_of(found: Iterable[Finding]) -> dict[str, str]:
    """By gate the code of what was found."""
    return {each.gate: each.code for each in found}


def note_changes(centre: Centre) -> None:
    """Note the letters about whose property, or what stands above it, an import changed something.

    What a case lays on the records is noted with it (`doubt_rows.note_property`).
    """
    with centre.reading() as session:
        present = in_force.number(session)
        seen = session.scalar(select(LetterWatchRow.export))
    if present is None or seen == present:
        return
    if seen is None:
        # Nobody has looked yet: whatever stands is weighed once.
        _note(centre, None)
    else:
        lands = _changed_lands(centre, seen, present)
        for start in range(0, len(lands), _AT_ONCE):
            _note(centre, lands[start : start + _AT_ONCE])

    def keep(session: Session) -> None:
        session.merge(LetterWatchRow(only=1, export=present))

    # At the end: where it breaks off before, all are noted once more.
    transact(centre, centre.writer, keep)


def _note(centre: Centre, lands: Collection[str] | None) -> None:
    """Have the letters about these lands weighed; None: all of them."""
    row = StandingLetterRow
    those = row.land.in_(lands) if lands is not None else row.due.is_(False)

    def work(session: Session) -> None:
        session.execute(update(row).where(those).values(due=True))

    transact(centre, centre.writer, work, LONG)


def _changed_lands(centre: Centre, one: int, other: int) -> list[str]:
    """Where the records of two imports differ, whichever came first."""
    low, high = sorted((one, other))
    begun = and_(RECORD.c.since > low, RECORD.c.since <= high)
    ended = and_(RECORD.c.until > low, RECORD.c.until <= high)
    changed = select(RECORD.c.code).where(or_(begun, ended)).distinct()

    def work(session: Session) -> list[str]:
        return sorted({land_of(code) for code in session.scalars(changed)})

    return transact(centre, centre.writer, work, LONG)


def unweighed(centre: Centre) -> Iterator[tuple[str, str]]:
    """The letters whose records changed since they were weighed, each with its case."""
    row, after = StandingLetterRow, ""
    while True:
        query = (
            select(row.letter_id, row.case_id)
            .where(literal_column(f"standing_letter.{UNWEIGHED}"), row.letter_id > after)
            .order_by(row.letter_id)
            .limit(_AT_ONCE)
        )
        with centre.reading() as session:
            page = session.execute(query).all()
        if not page:
            return
        yield from ((letter_id, case_id) for letter_id, case_id in page)
        after = page[-1].letter_id


def weigh(centre: Centre, letter_id: str, case_id: str) -> bool:
    """Weigh the letter; whether it came to stand otherwise."""
    at = centre.clock()

    def work(session: Session) -> bool:
        lock_streams(session, set(homes(session, [case_id]).get(case_id, ())))
        case = load_case(session, case_id)
        standing = session.get(StandingLetterRow, letter_id)
        if case is None or standing is None:
            return False
        held = case.letter(letter_id)
        if held.letter.valid_until is not None and held.letter.valid_until < day_of(at):
            # It holds no more, whatever the records say; nor ever again.
            session.delete(standing)
            return False
        # Before they are read: what is laid on them from now on is weighed after this.
        standing.due = False
        session.flush()
        if not held.live or case.recalled:
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
        row.found = findings_text(found)
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
    # Where an expert has looked at the report the letter rests on what he saw.
    seen = case.report_looked or has_its_pictures(session, case)
    return (() if seen else (NO_PICTURES,)) + tuple(
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
        # One that was visited since was seen as lately as the letter asked.
        visit = record.last_visit and min(record.last_visit, day)
        return replace(record, debts=owed, last_visit=visit)

    return replace(
        found,
        as_of=min(found.as_of, day),
        record=without(found.record),
        building=without(found.building),
        land=without(found.land),
    )
