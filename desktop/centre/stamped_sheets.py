"""Stamped sheets at the centre: whose bundle each is of, and what became of every one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, literal_column, select, update
from sqlalchemy.orm import Session

from desktop.centre.sheet_tables import LETTERED, OddSheetsRow, SheetRow, SheetRunRow
from desktop.centre.tables import LetterRow
from desktop.domain.case import Case
from desktop.domain.commands import Command, PrintLetter
from desktop.domain.elsewhere import CopyPrinted, TellCopy
from desktop.domain.errors import Refusal
from desktop.domain.facts import LetterPrinted
from desktop.domain.paper import SheetSpoiled
from desktop.domain.sheet_stock import BLANK, DROPPED, SPOILED, WRITTEN
from desktop.domain.stamped_sheets import (
    SheetRun,
    SheetsDropped,
    SheetsTaken,
    demand_run,
    runs_of,
)
from desktop.domain.stream import Fact, office_of
from desktop.sql.missing import make_missing

_TAKEN = "برگ‌های {} پیش از این به این دفتر یا دفتر دیگری تحویل شده‌اند؛ شماره‌ها را دوباره بخوانید."
_NOT_BLANK = "همهٔ برگ‌های {} سفید و از این دفتر نیستند."


def take(session: Session, office: str, told: SheetsTaken, at: datetime) -> None:
    """The bundle is the office's. Raises Refusal where a sheet of it was given out before."""
    run = told.run
    numbers = range(run.first, run.last + 1)
    rows = [{"series": run.series, "number": each, "office": office} for each in numbers]
    known = _sheets(session, _in(run))
    if not known:
        # Another office may take the same at this moment: then it waits here for that one's end.
        make_missing(session, SheetRow, *rows)
    if known or _sheets(session, _in(run), SheetRow.office == office) != run.count:
        raise Refusal(_TAKEN.format(run.words), field="first")
    session.add(
        SheetRunRow(
            series=run.series,
            first=run.first,
            last=run.last,
            office=office,
            blank=run.count,
            taken_at=at,
        )
    )
    session.flush()


def drop(session: Session, office: str, told: SheetsDropped) -> None:
    """Blank sheets that are used no more. Raises Refusal where one is not the office's, or not
    blank."""
    run = told.run
    if _change(session, office, run, state=DROPPED) != run.count:
        raise Refusal(_NOT_BLANK.format(run.words), field="first")


def keep(session: Session, case: Case, facts: Iterable[Fact]) -> None:
    """Keep the sheets in step with these newest facts of the case."""
    for fact in facts:
        if isinstance(fact.payload, LetterPrinted) and fact.payload.sheets is not None:
            told, office = fact.payload, office_of(case.stream)
            _write(session, office, case.case_id, told, fact.payload.sheets, fact.at)
        elif isinstance(fact.payload, SheetSpoiled):
            _spoil(session, fact.payload)


def keep_copy(session: Session, office: str, case_id: str, told: CopyPrinted, at: datetime) -> None:
    """The same of what an office tells of a copy of another office's letter, of that case."""
    if told.spoiled:
        _spoil(session, told, office)
    elif told.sheets is not None:
        _write(session, office, case_id, told, told.sheets, at)


def use(session: Session, office: str, run: SheetRun) -> None:
    """Some copy stands on them: they are blank no more."""
    _change(session, office, run, state=WRITTEN)


def use_refused(session: Session, stream: str, command: Command, at: datetime) -> SheetRun | None:
    """The sheets on which a copy came out at the office of the stream, though its letter takes no
    print any more; None for another act."""
    told = command.payload
    if not isinstance(told, PrintLetter | TellCopy) or told.sheets is None:
        return None
    if isinstance(told, TellCopy) and told.spoiled:
        return None
    try:
        demand_run(told.sheets)
    except Refusal:
        # No sheets have such numbers.
        return None
    # Not of the act: a copy of another office's letter is told in none.
    case_id = case_of_letter(session, told.letter_id)
    _write(session, office_of(stream), case_id, told, told.sheets, at)
    return told.sheets


def case_of_letter(session: Session, letter_id: str) -> str:
    """The id of the letter's case; empty for no letter of the city."""
    own = select(LetterRow.case_id).where(LetterRow.letter_id == letter_id)
    return session.scalar(own) or ""


def _write(
    session: Session,
    office: str,
    case_id: str,
    told: LetterPrinted | PrintLetter | CopyPrinted | TellCopy,
    run: SheetRun,
    at: datetime,
) -> None:
    """A letter's copy came out on them. What was not blank, or another's, is kept to be looked at:
    that paper is out in any case."""
    letter = {"letter_id": told.letter_id, "copy": told.copy}
    changed = _change(session, office, run, state=WRITTEN, **letter)
    if changed != run.count:
        place = {"series": run.series, "first": run.first, "last": run.last}
        odd = {**letter, **place, "case_id": case_id, "office": office, "at": at}
        make_missing(session, OddSheetsRow, odd)


def _spoil(session: Session, told: SheetSpoiled | CopyPrinted, office: str = "") -> None:
    """What became of the sheets of the copy: destroyed, or blank where it never came out; with an
    `office` of its own sheets alone."""
    written: tuple[ColumnElement[bool], ...] = (
        literal_column(LETTERED),
        SheetRow.letter_id == told.letter_id,
        SheetRow.copy == told.copy,
        SheetRow.state == WRITTEN,
    )
    if office:
        written = (*written, SheetRow.office == office)
    if told.sheets is not None:
        # The same copy may stand on others: two desks printed it.
        written = (*written, _in(told.sheets))
    if told.pages:
        session.execute(update(SheetRow).where(*written).values(state=SPOILED))
        return
    blank = {"state": BLANK, "letter_id": "", "copy": 0}
    _count(session, _changed(session, *written, **blank), 1)


@dataclass(frozen=True)
class Stock:
    """How many blank sheets an office (its id) has, and when it took its last bundle."""

    office: str
    blank: int
    taken_at: datetime


def stocks(session: Session) -> list[Stock]:
    """Of all offices that ever took a bundle, who has the fewest first."""
    row = SheetRunRow
    blank = func.coalesce(func.sum(row.blank), 0)
    query = select(row.office, blank, func.max(row.taken_at)).group_by(row.office)
    return sorted(
        (Stock(office, int(left), at) for office, left, at in session.execute(query)),
        key=lambda each: (each.blank, each.office),
    )


def odd(session: Session, limit: int) -> list[OddSheetsRow]:
    """Sheets that were not the office's or not blank when it printed on them; the newest first."""
    return list(session.scalars(select(OddSheetsRow).order_by(OddSheetsRow.at.desc()).limit(limit)))


def _in(run: SheetRun) -> ColumnElement[bool]:
    numbers = SheetRow.number.between(run.first, run.last)
    return and_(SheetRow.series == run.series, numbers)


def _sheets(session: Session, *which: ColumnElement[bool]) -> int:
    """How many there are of these."""
    return session.scalar(select(func.count()).select_from(SheetRow).where(*which)) or 0


def _change(session: Session, office: str, run: SheetRun, **values: object) -> int:
    """Of the run those sheets of the office that are blank; how many changed."""
    own = (_in(run), SheetRow.office == office, SheetRow.state == BLANK)
    sheets = _changed(session, *own, **values)
    _count(session, sheets, -1)
    return len(sheets)


def _changed(
    session: Session, *which: ColumnElement[bool], **values: object
) -> list[tuple[str, int]]:
    """Change these; series and number of each."""
    change = update(SheetRow).where(*which).values(**values)
    done = session.execute(change.returning(SheetRow.series, SheetRow.number))
    return [(series, number) for series, number in done]


def _count(session: Session, sheets: Iterable[tuple[str, int]], blank: int) -> None:
    """Each of them is so many blank ones more, or less, in the bundle that it is of."""
    session.flush()
    for run in runs_of(sorted(sheets)):
        bundles = select(SheetRunRow).where(
            SheetRunRow.series == run.series,
            SheetRunRow.first <= run.last,
            SheetRunRow.last >= run.first,
        )
        for bundle in session.scalars(bundles.with_for_update()):
            within = min(bundle.last, run.last) - max(bundle.first, run.first) + 1
            bundle.blank += within * blank
    session.flush()
