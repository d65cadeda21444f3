"""Stamped sheets at the centre: whose bundle each is of, and what became of every one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, CursorResult, and_, func, literal_column, select, update
from sqlalchemy.orm import Session

from desktop.centre.sheet_tables import LETTERED, OddSheetsRow, SheetRow, SheetRunRow
from desktop.domain.case import Case
from desktop.domain.errors import Refusal
from desktop.domain.facts import LetterPrinted
from desktop.domain.paper import SheetSpoiled
from desktop.domain.stamped_sheets import SheetRun, SheetsDropped, SheetsTaken
from desktop.domain.stream import Fact, office_of
from desktop.sql.missing import make_missing

BLANK, WRITTEN, SPOILED, DROPPED = "blank", "written", "spoiled", "dropped"
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
    _count(session, run, -run.count)


def keep(session: Session, case: Case, facts: Iterable[Fact]) -> None:
    """Keep the sheets in step with these newest facts of the case."""
    for fact in facts:
        if isinstance(fact.payload, LetterPrinted) and fact.payload.sheets is not None:
            _write(session, case, fact.payload, fact.payload.sheets, fact.at)
        elif isinstance(fact.payload, SheetSpoiled):
            _spoil(session, fact.payload)


def _write(session: Session, case: Case, told: LetterPrinted, run: SheetRun, at: datetime) -> None:
    """A letter's copy came out on them. What was not blank, or another's, is kept to be looked at:
    that paper is out in any case."""
    office = office_of(case.stream)
    letter = {"letter_id": told.letter_id, "copy": told.copy}
    changed = _change(session, office, run, state=WRITTEN, **letter)
    _count(session, run, -changed)
    if changed != run.count:
        place = {"series": run.series, "first": run.first, "last": run.last}
        odd = {**letter, **place, "case_id": case.case_id, "office": office, "at": at}
        make_missing(session, OddSheetsRow, odd)


def _spoil(session: Session, told: SheetSpoiled) -> None:
    """What became of the sheets of the copy: destroyed, or blank where it never came out."""
    written: tuple[ColumnElement[bool], ...] = (
        literal_column(LETTERED),
        SheetRow.letter_id == told.letter_id,
        SheetRow.copy == told.copy,
        SheetRow.state == WRITTEN,
    )
    if told.pages:
        session.execute(update(SheetRow).where(*written).values(state=SPOILED))
        return
    query = select(SheetRow.series, func.min(SheetRow.number), func.max(SheetRow.number))
    for series, first, last in session.execute(query.where(*written).group_by(SheetRow.series)):
        run = SheetRun(series, first, last)
        blank = {"state": BLANK, "letter_id": "", "copy": 0}
        done = session.execute(update(SheetRow).where(*written).values(**blank))
        assert isinstance(done, CursorResult)
        _count(session, run, done.rowcount)


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
    done = session.execute(
        update(SheetRow)
        .where(_in(run), SheetRow.office == office, SheetRow.state == BLANK)
        .values(**values)
    )
    assert isinstance(done, CursorResult)
    return done.rowcount


def _count(session: Session, run: SheetRun, blank: int) -> None:
    """So many blank ones more, or less, in the bundle that the run begins in."""
    if not blank:
        return
    session.flush()
    of_run = select(func.max(SheetRunRow.first)).where(
        SheetRunRow.series == run.series, SheetRunRow.first <= run.first
    )
    session.execute(
        update(SheetRunRow)
        .where(SheetRunRow.series == run.series, SheetRunRow.first == of_run.scalar_subquery())
        .values(blank=SheetRunRow.blank + blank)
    )
