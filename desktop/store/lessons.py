"""Lessons at this desk: sheets of answers, and what was passed on its way to the centre."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import exists, select, update
from sqlalchemy.orm import Session

from desktop.store.tables import LessonRecordRow, LessonSheetRow

_SHEET, _RECORD = LessonSheetRow, LessonRecordRow
_NOT_TOLD = (_RECORD.since.is_(None), _RECORD.refused == "")
_UNTOLD = select(_RECORD).where(*_NOT_TOLD).order_by(_RECORD.made_at).limit(1)
IS_UNTOLD = exists().where(*_NOT_TOLD)
"""Whether the centre does not know of one that was passed."""


@dataclass(frozen=True)
class AnswerSheet:
    """A sheet of answers; `typed` is the form as JSON text, `marked_at` None until it is handed in.

    `right` of `of` answers were right.
    """

    sheet_id: str
    staff: str
    service: str
    version: str
    lesson: int
    variant: int
    begun_at: datetime
    typed: str = ""
    marked_at: datetime | None = None
    right: int = 0
    of: int = 0
    passed: bool = False


@dataclass(frozen=True)
class Record:
    """That all lessons of a service's version were passed; `ask` is the call's body, JSON text.

    `since` is the day from which the centre counts it, None until it told; `refused` why it won't.
    """

    sheet_id: str
    staff: str
    service: str
    version: str
    score: str
    made_at: datetime
    ask: str
    since: date | None = None
    refused: str = ""

    @property
    def waits(self) -> bool:
        """Whether the centre does not know of it yet."""
        return self.since is None and not self.refused


def begin(session: Session, sheet: AnswerSheet) -> None:
    """Keep an empty sheet."""
    session.add(
        _SHEET(
            sheet_id=sheet.sheet_id,
            staff_id=sheet.staff,
            service=sheet.service,
            version=sheet.version,
            lesson=sheet.lesson,
            variant=sheet.variant,
            begun_at=sheet.begun_at,
            typed=sheet.typed,
            marked_at=None,
            right=0,
            of=0,
            passed=False,
        )
    )


def find(session: Session, sheet_id: str) -> AnswerSheet | None:
    """The sheet; None where this desk has none of that id."""
    row = session.get(_SHEET, sheet_id)
    return None if row is None else _sheet(row)


def sheets(session: Session, staff: str, service: str = "", version: str = "") -> list[AnswerSheet]:
    """A person's sheets, of one service's version or of all, the oldest first."""
    query = select(_SHEET).where(_SHEET.staff_id == staff)
    if service:
        query = query.where(_SHEET.service == service, _SHEET.version == version)
    return [_sheet(row) for row in session.scalars(query.order_by(_SHEET.begun_at))]


def keep(session: Session, sheet_id: str, typed: str) -> None:
    """Keep what was typed so far."""
    session.execute(
        update(_SHEET)
        .where(_SHEET.sheet_id == sheet_id, _SHEET.marked_at.is_(None))
        .values(typed=typed)
    )


def hand_in(
    session: Session, sheet_id: str, typed: str, at: datetime, right: int, of: int, *, passed: bool
) -> None:
    """Keep the sheet as it was handed in, and how it was marked."""
    session.execute(
        update(_SHEET)
        .where(_SHEET.sheet_id == sheet_id)
        .values(typed=typed, marked_at=at, right=right, of=of, passed=passed)
    )


def add_record(session: Session, record: Record) -> None:
    """Keep what is to be told to the centre."""
    session.add(
        _RECORD(
            sheet_id=record.sheet_id,
            staff_id=record.staff,
            service=record.service,
            version=record.version,
            score=record.score,
            made_at=record.made_at,
            ask=record.ask,
            since=record.since,
            refused=record.refused,
        )
    )


def records(session: Session, staff: str) -> list[Record]:
    """What the person passed at this desk, the oldest first."""
    query = select(_RECORD).where(_RECORD.staff_id == staff).order_by(_RECORD.made_at)
    return [_record(row) for row in session.scalars(query)]


def under_way(session: Session, since: datetime) -> list[tuple[str, str, int]]:
    """(Staff id, service, lesson) of whoever has worked on lessons here since then that are not all
    passed; the lesson is the one begun last, from 0 on."""
    passed = exists().where(
        _RECORD.staff_id == _SHEET.staff_id,
        _RECORD.service == _SHEET.service,
        _RECORD.version == _SHEET.version,
    )
    query = (
        select(_SHEET.staff_id, _SHEET.service, _SHEET.lesson)
        .where(_SHEET.begun_at >= since, ~passed)
        .order_by(_SHEET.staff_id, _SHEET.service, _SHEET.begun_at)
    )
    last = {(staff, service): lesson for staff, service, lesson in session.execute(query)}
    return [(staff, service, lesson) for (staff, service), lesson in last.items()]


def untold(session: Session) -> Record | None:
    """The oldest of what the centre does not know yet."""
    row = session.scalar(_UNTOLD)
    return None if row is None else _record(row)


def told(session: Session, sheet_id: str, since: date | None, refused: str = "") -> None:
    """The centre counts it from a day, or refused it in these words."""
    session.execute(
        update(_RECORD).where(_RECORD.sheet_id == sheet_id).values(since=since, refused=refused)
    )


def _sheet(row: LessonSheetRow) -> AnswerSheet:
    return AnswerSheet(
        row.sheet_id,
        row.staff_id,
        row.service,
        row.version,
        row.lesson,
        row.variant,
        row.begun_at,
        row.typed,
        row.marked_at,
        row.right,
        row.of,
        row.passed,
    )


def _record(row: LessonRecordRow) -> Record:
    return Record(
        row.sheet_id,
        row.staff_id,
        row.service,
        row.version,
        row.score,
        row.made_at,
        row.ask,
        row.since,
        row.refused,
    )
