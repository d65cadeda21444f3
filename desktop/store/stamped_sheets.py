"""The office's stamped sheets by number: which are blank, what stands on the others, which is next
in this desk's printer."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    and_,
    delete,
    false,
    func,
    literal_column,
    or_,
    select,
    update,
)
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.orm import Session

from desktop.domain.elsewhere import CopyPrinted
from desktop.domain.errors import Refusal
from desktop.domain.facts import LetterPrinted
from desktop.domain.paper import SheetSpoiled
from desktop.domain.sheet_stock import BLANK, DROPPED, SPOILED, WRITTEN
from desktop.domain.stamped_sheets import (
    DropSheets,
    SheetRun,
    SheetsDropped,
    SheetsTaken,
    TakeSheets,
    runs_of,
)
from desktop.domain.stream import CommandRefused, Fact
from desktop.store import outbox
from desktop.store.sheet_tables import LETTERED_SHEETS, SheetNextRow, SheetRow, SheetRunRow

NEWEST = 40
"""So many bundles are shown, the newest first."""
_ONLY = 1
_UNTOLD = (
    "شمارهٔ برگ مهرداری که در چاپگر این رایانه است معلوم نیست؛ آن را در «برگه‌های سربرگ» بنویسید."
)
_UNFIT = "برگ {} سفید و از این دفتر نیست؛ شمارهٔ برگ داخل چاپگر را در «برگه‌های سربرگ» درست کنید."


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
    """Whether one of these is in a bundle of the office already."""
    return bool(_bundles_with(session, run))


def _bundles_with(session: Session, run: SheetRun) -> Sequence[SheetRunRow]:
    row = SheetRunRow
    meets = (row.series == run.series, row.first <= run.last, row.last >= run.first)
    return session.scalars(select(row).where(*meets)).all()


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


def unwrite(session: Session, run: SheetRun | None, letter_id: str, copy: int) -> None:
    """The copy did not come out of this desk's printer: its sheets are blank, and next where
    nothing was printed since."""
    if run is None:
        return
    _end(session, run, letter_id, copy, out=False)
    if next_sheet(session) == (run.series, run.last + 1):
        set_next(session, run.series, run.first)


def spoil(session: Session, run: SheetRun | None, letter_id: str, copy: int, *, out: bool) -> None:
    """The sheets of the copy that this desk printed were destroyed; blank where it never came
    out."""
    if not out:
        unwrite(session, run, letter_id, copy)
    elif run is not None:
        _end(session, run, letter_id, copy, out=True)


def _end(session: Session, run: SheetRun | None, letter_id: str, copy: int, *, out: bool) -> None:
    """Of the run, or all where an earlier program named none, the sheets that bear the copy."""
    bears = (*_on(letter_id, copy), SheetRow.state == WRITTEN)
    on = bears if run is None else (*bears, _in(run))
    now = {"state": SPOILED} if out else {"state": BLANK, "letter_id": "", "copy": 0}
    session.execute(update(SheetRow).where(*on).values(**now))


def keep(session: Session, fact: Fact) -> None:
    """Keep the sheets in step with the fact, where another desk, or another day of this one, made
    it."""
    handle = KEPT.get(type(fact.payload))
    if handle is not None:
        handle(session, fact, fact.payload)


def _taken(session: Session, fact: Fact, told: SheetsTaken) -> None:
    take(session, told, fact.actor_name, fact.at, "")
    run = told.run
    # Whoever of the office told of it first: it is the office's.
    own = (SheetRunRow.series == run.series, SheetRunRow.first == run.first)
    session.execute(update(SheetRunRow).where(*own).values(command_id="", last=run.last))


def _dropped(session: Session, _: Fact, told: SheetsDropped) -> None:
    drop(session, told.run)


def _printed(session: Session, fact: Fact, told: LetterPrinted) -> None:
    if told.sheets is not None and not _is_own(session, fact):
        _use(session, told.sheets, told.letter_id, told.copy)


def _spoiled(session: Session, fact: Fact, told: SheetSpoiled) -> None:
    # What this desk did itself stands here since; the same copy may be on other sheets by now.
    if not _is_own(session, fact):
        _end(session, told.sheets, told.letter_id, told.copy, out=told.pages > 0)


def _copy_printed(session: Session, fact: Fact, told: CopyPrinted) -> None:
    if _is_own(session, fact):
        return
    if told.spoiled:
        _end(session, told.sheets, told.letter_id, told.copy, out=told.pages > 0)
    elif told.sheets is not None:
        _use(session, told.sheets, told.letter_id, told.copy)


def _refused(session: Session, fact: Fact, told: CommandRefused) -> None:
    if told.sheets is not None and not _is_own(session, fact):
        # Its letter takes no print any more; the paper is out all the same.
        _use(session, told.sheets, "", 0)
    if told.command_kind == TakeSheets.kind:
        _not_taken(session, fact.cause)
    elif told.command_kind == DropSheets.kind:
        _not_dropped(session, fact.cause)


def _not_taken(session: Session, cause: str) -> None:
    """A bundle that the centre did not take is not the office's, but for what another one has; what
    was printed on it is told."""
    for row in session.scalars(select(SheetRunRow).where(SheetRunRow.command_id == cause)).all():
        run = SheetRun(row.series, row.first, row.last)
        session.delete(row)
        session.flush()
        others = _bundles_with(session, run)
        kept = or_(false(), *(SheetRow.number.between(o.first, o.last) for o in others))
        session.execute(delete(SheetRow).where(_in(run), SheetRow.state == BLANK, ~kept))


def _not_dropped(session: Session, cause: str) -> None:
    """They are blank again, but for those on which a letter stands by now."""
    command = outbox.find(session, cause)
    if command is not None and isinstance(command.payload, DropSheets):
        again = update(SheetRow).where(_in(command.payload.run), SheetRow.state == DROPPED)
        session.execute(again.values(state=BLANK))


KEPT: Mapping[type[object], Callable[[Session, Fact, Any], None]] = {
    SheetsTaken: _taken,
    SheetsDropped: _dropped,
    LetterPrinted: _printed,
    SheetSpoiled: _spoiled,
    CopyPrinted: _copy_printed,
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
    """Blank sheets of the bundle before one that was used, other than what lies in this desk's
    printer: nobody said what became of them, or they lie in another's."""
    run = bundle.run
    used = select(func.max(SheetRow.number)).where(_in(run), SheetRow.state != BLANK)
    last = session.scalar(used)
    if last is None:
        return []
    blank = (
        select(SheetRow.series, SheetRow.number)
        .where(_in(run), SheetRow.number < last, SheetRow.state == BLANK)
        .order_by(SheetRow.number)
    )
    at = next_sheet(session)
    left = runs_of((series, number) for series, number in session.execute(blank))
    return [
        each
        for each in left
        if at is None or at[0] != each.series or not each.first <= at[1] <= each.last
    ]


def _letter(session: Session, run: SheetRun, letter_id: str, copy: int) -> None:
    change = update(SheetRow).where(_in(run), SheetRow.state == BLANK)
    session.execute(change.values(state=WRITTEN, letter_id=letter_id, copy=copy))


def _use(session: Session, run: SheetRun, letter_id: str, copy: int) -> None:
    """Another desk's copy came out on them, also where this one had thought them gone."""
    change = update(SheetRow).where(_in(run), SheetRow.state.in_((BLANK, DROPPED)))
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
