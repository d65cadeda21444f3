"""The office's stamped sheets by number: which are blank, what stands on the others, which is next
in this desk's printer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, func, literal_column, select, update
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.orm import Session

from desktop.domain.errors import Refusal
from desktop.domain.facts import LetterPrinted
from desktop.domain.paper import SheetSpoiled
from desktop.domain.stamped_sheets import SheetRun, SheetsDropped, SheetsTaken, runs_of
from desktop.domain.stream import CommandRefused, Fact
from desktop.store import outbox
from desktop.store.sheet_tables import LETTERED_SHEETS, SheetNextRow, SheetRow, SheetRunRow

BLANK, WRITTEN, SPOILED, DROPPED = "blank", "written", "spoiled", "dropped"
NEWEST = 40
"""So many bundles are shown, the newest first."""
_ONLY = 1
_UNTOLD = (
    "شمارهٔ برگ مهرداری که در چاپگر این رایانه است معلوم نیست؛ آن را در «برگ‌های مهردار» بنویسید."
)
_UNFIT = "برگ {} سفید و از این دفتر نیست؛ شمارهٔ برگ داخل چاپگر را در «برگ‌های مهردار» درست کنید."


@dataclass(frozen=True)
class Bundle:
    """A bundle as it stands: its sheets by what became of them; `by` took it, `waiting` tells that
    the centre does not have that yet."""

    run: SheetRun
    note: str
    by: str
    taken_at: datetime
    waiting: bool
    blank: int
    written: int
    spoiled: int
    dropped: int


def take(session: Session, told: SheetsTaken, by: str, at: datetime, command: str) -> None:
    """The office has this bundle, by that command; once only."""
    run = told.run
    values = {
        "series": run.series,
        "first": run.first,
        "last": run.last,
        "note": told.note,
        "by": by,
        "taken_at": at,
        "command_id": command,
    }
    session.execute(upsert(SheetRunRow).values(values).on_conflict_do_nothing())
    numbers = range(run.first, run.last + 1)
    rows = [{"series": run.series, "number": each, "state": BLANK} for each in numbers]
    session.execute(upsert(SheetRow).on_conflict_do_nothing(), rows)


def holds(session: Session, run: SheetRun) -> bool:
    """Whether one of these is among the office's sheets already."""
    return bool(session.scalar(select(func.count()).select_from(SheetRow).where(_in(run))))


def drop(session: Session, run: SheetRun) -> None:
    """These are used no more; of those that are not blank nothing changes."""
    change = update(SheetRow).where(_in(run), SheetRow.state == BLANK).values(state=DROPPED)
    session.execute(change)


def are_blank(session: Session, run: SheetRun) -> bool:
    """Whether all of them are here and blank."""
    query = select(func.count()).select_from(SheetRow).where(_in(run), SheetRow.state == BLANK)
    return session.scalar(query) == run.count


def has_any(session: Session) -> bool:
    """Whether the office's sheets have numbers at all."""
    return session.scalar(select(SheetRunRow.first).limit(1)) is not None


def next_sheet(session: Session) -> tuple[str, int] | None:
    """Series and number of the sheet next in this desk's printer; None where nobody said."""
    row = session.execute(select(SheetNextRow.series, SheetNextRow.number)).one_or_none()
    return None if row is None else (row.series, row.number)


def set_next(session: Session, series: str, number: int) -> None:
    """That sheet is next in this desk's printer."""
    told = {"series": series, "number": number}
    statement = upsert(SheetNextRow).values(only=_ONLY, **told)
    session.execute(statement.on_conflict_do_update(index_elements=["only"], set_=told))


def write(session: Session, letter_id: str, copy: int, pages: int) -> SheetRun | None:
    """The sheets on which the copy goes to paper next; None where the office's have no numbers.

    Raises Refusal where nobody said which is in the printer, or it is not blank.
    """
    if not has_any(session):
        return None
    at = next_sheet(session)
    if at is None:
        raise Refusal(_UNTOLD, field="sheet")
    run = SheetRun(at[0], at[1], at[1] + pages - 1)
    if not are_blank(session, run):
        raise Refusal(_UNFIT.format(run.words), field="sheet")
    _letter(session, run, letter_id, copy)
    set_next(session, run.series, run.last + 1)
    return run


def written(session: Session, letter_id: str, copy: int) -> SheetRun | None:
    """The sheets on which the copy stands; None where it is on none with a number."""
    query = (
        select(SheetRow.series, SheetRow.number)
        .where(*_on(letter_id, copy), SheetRow.state == WRITTEN)
        .order_by(SheetRow.series, SheetRow.number)
    )
    return next(runs_of((series, number) for series, number in session.execute(query)), None)


def unwrite(session: Session, letter_id: str, copy: int) -> None:
    """The copy did not come out: its sheets are blank, and next where nothing was printed since."""
    run = written(session, letter_id, copy)
    if run is None:
        return
    blank = {"state": BLANK, "letter_id": "", "copy": 0}
    session.execute(
        update(SheetRow).where(*_on(letter_id, copy), SheetRow.state == WRITTEN).values(**blank)
    )
    if next_sheet(session) == (run.series, run.last + 1):
        set_next(session, run.series, run.first)


def spoil(session: Session, letter_id: str, copy: int, *, out: bool) -> None:
    """The copy's sheets were destroyed; blank where it never came out."""
    if not out:
        unwrite(session, letter_id, copy)
        return
    on = (*_on(letter_id, copy), SheetRow.state == WRITTEN)
    session.execute(update(SheetRow).where(*on).values(state=SPOILED))


def keep(session: Session, fact: Fact) -> None:
    """Keep the sheets in step with the fact, where another desk, or another day of this one, made
    it."""
    handle = KEPT.get(type(fact.payload))
    if handle is not None:
        handle(session, fact, fact.payload)


def _taken(session: Session, fact: Fact, told: SheetsTaken) -> None:
    take(session, told, fact.actor_name, fact.at, fact.cause)
    own = SheetRunRow.command_id == fact.cause
    session.execute(update(SheetRunRow).where(own).values(command_id=""))


def _dropped(session: Session, _: Fact, told: SheetsDropped) -> None:
    drop(session, told.run)


def _printed(session: Session, fact: Fact, told: LetterPrinted) -> None:
    if told.sheets is not None and not _is_own(session, fact):
        _letter(session, told.sheets, told.letter_id, told.copy)


def _spoiled(session: Session, fact: Fact, told: SheetSpoiled) -> None:
    # What this desk did itself stands here since; the same copy may be on other sheets by now.
    if not _is_own(session, fact):
        spoil(session, told.letter_id, told.copy, out=told.pages > 0)


def _refused(session: Session, fact: Fact, _: CommandRefused) -> None:
    # A bundle that the centre did not take is not the office's; what was printed on it is told.
    for row in session.scalars(select(SheetRunRow).where(SheetRunRow.command_id == fact.cause)):
        run = SheetRun(row.series, row.first, row.last)
        session.execute(delete(SheetRow).where(_in(run), SheetRow.state == BLANK))
        session.delete(row)
    session.flush()


KEPT: Mapping[type[object], Callable[[Session, Fact, Any], None]] = {
    SheetsTaken: _taken,
    SheetsDropped: _dropped,
    LetterPrinted: _printed,
    SheetSpoiled: _spoiled,
    CommandRefused: _refused,
}
"""Facts that change what is known of sheets."""


def bundles(session: Session) -> list[Bundle]:
    """The office's newest bundles."""
    rows = session.scalars(
        select(SheetRunRow).order_by(SheetRunRow.taken_at.desc(), SheetRunRow.first).limit(NEWEST)
    ).all()
    return [_bundle(session, row) for row in rows]


def _bundle(session: Session, row: SheetRunRow) -> Bundle:
    run = SheetRun(row.series, row.first, row.last)
    query = select(SheetRow.state, func.count()).where(_in(run)).group_by(SheetRow.state)
    counts = {state: count for state, count in session.execute(query)}
    states = [counts.get(state, 0) for state in (BLANK, WRITTEN, SPOILED, DROPPED)]
    return Bundle(run, row.note, row.by, row.taken_at, bool(row.command_id), *states)


def left_out(session: Session, bundle: Bundle) -> list[SheetRun]:
    """Blank sheets of the bundle before one that was used: nobody said what became of them."""
    run = bundle.run
    used = select(func.max(SheetRow.number)).where(_in(run), SheetRow.state != BLANK)
    last = session.scalar(used)
    if last is None:
        return []
    before = SheetRow.number < last
    blank = (
        select(SheetRow.series, SheetRow.number)
        .where(_in(run), before, SheetRow.state == BLANK)
        .order_by(SheetRow.number)
    )
    return list(runs_of((series, number) for series, number in session.execute(blank)))


def _letter(session: Session, run: SheetRun, letter_id: str, copy: int) -> None:
    change = update(SheetRow).where(_in(run), SheetRow.state == BLANK)
    session.execute(change.values(state=WRITTEN, letter_id=letter_id, copy=copy))


def _is_own(session: Session, fact: Fact) -> bool:
    return outbox.find(session, fact.cause) is not None


def _in(run: SheetRun) -> ColumnElement[bool]:
    numbers = SheetRow.number.between(run.first, run.last)
    return and_(SheetRow.series == run.series, numbers)


def _on(letter_id: str, copy: int) -> tuple[ColumnElement[bool], ...]:
    return (
        literal_column(LETTERED_SHEETS),
        SheetRow.letter_id == letter_id,
        SheetRow.copy == copy,
    )
