"""One line that finds a case by what is typed: an id, a code, a plate, a number or a name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from desktop.domain.identifiers import bare_digits, is_tracking_code, read_short_number
from desktop.domain.persian import clean, fold
from desktop.store import queue, search_table
from desktop.store.row import QueueCase
from desktop.store.tables import CaseRow

_LETTER = re.compile(r"1[34][0-9]{2}/[0-9]+/[0-9]+")
_CODE = re.compile(r"[0-9]+(?:[-/][0-9]+){3,6}")
_PLATE = re.compile(
    r"(?:([0-9]+) فرعی از ([0-9]+)(?: اصلی)?|([0-9]+)/([0-9]+)|([0-9]+) اصلی)(?:،? بخش ([0-9]+))?"
)


class Shape(StrEnum):
    """What the typed text looks like."""

    TRACKING = "tracking"
    NUMBER = "number"
    PERSON_ID = "person-id"
    MOBILE = "mobile"
    LETTER = "letter"
    CODE = "code"
    PLATE = "plate"
    WORDS = "words"


@dataclass(frozen=True)
class FoundCases:
    """The cases found, newest first, and what the typed text was taken for."""

    shape: Shape
    cases: tuple[QueueCase, ...]


def shape_of(typed: str) -> Shape:
    """What the typed text looks like, in any digits, with or without hyphens."""
    cleaned = clean(typed)
    digits = bare_digits(typed)
    if _LETTER.fullmatch(cleaned):
        return Shape.LETTER
    if is_tracking_code(typed):
        return Shape.TRACKING
    if read_short_number(typed) is not None:
        return Shape.NUMBER
    if _CODE.fullmatch(re.sub(r"\s*([-/])\s*", r"\1", cleaned)):
        return Shape.CODE
    if _PLATE.fullmatch(cleaned):
        return Shape.PLATE
    if re.fullmatch(r"09[0-9]{9}", digits):
        return Shape.MOBILE
    if re.fullmatch(r"[0-9]{10,11}", digits):
        return Shape.PERSON_ID
    return Shape.WORDS


def find(session: Session, typed: str, limit: int = 50) -> FoundCases:
    """The cases that the typed text names or begins to name, newest first."""
    shape = shape_of(typed)
    match shape:
        case Shape.WORDS:
            return FoundCases(shape, _by_words(session, typed, limit))
        case Shape.TRACKING:
            same: ColumnElement[bool] = CaseRow.tracking == fold(typed)
        case Shape.NUMBER:
            return FoundCases(shape, _rows(session, queue.by_number(session, typed, limit)))
        case Shape.PERSON_ID:
            same = CaseRow.applicant_id == bare_digits(typed)
        case Shape.MOBILE:
            # The search table holds it; a column's index for it would be a second one.
            return FoundCases(shape, _by_words(session, bare_digits(typed), limit))
        case Shape.LETTER:
            same = CaseRow.letter_number == clean(typed)
        case Shape.CODE:
            same = _code(clean(typed))
        case Shape.PLATE:
            same = _plate(clean(typed))
    ids = session.scalars(select(CaseRow.id).where(same).order_by(CaseRow.id.desc()).limit(limit))
    return FoundCases(shape, _rows(session, list(ids)))


def _by_words(session: Session, typed: str, limit: int) -> tuple[QueueCase, ...]:
    asked = search_table.match(typed)
    if not asked:
        return ()
    return _rows(session, search_table.newest(session, asked, limit))


def _rows(session: Session, ids: list[int]) -> tuple[QueueCase, ...]:
    found = queue.rows(session, ids)
    return tuple(found[row_id] for row_id in ids)


def _code(typed: str) -> ColumnElement[bool]:
    parts = [str(int(part)) for part in re.split(r"\s*[-/]\s*", typed)]
    if len(parts) == 7 and parts[4:] != ["0", "0", "0"]:
        return CaseRow.code == "-".join(parts)
    # A land's or a building's code finds what stands on it too.
    while len(parts) > 4 and parts[-1] == "0":
        parts.pop()
    return _begins(CaseRow.code.expression, "-".join(parts) + "-")


def _plate(typed: str) -> ColumnElement[bool]:
    written = _PLATE.fullmatch(typed)
    assert written is not None
    sub, main = written[1] or written[3], written[2] or written[4] or written[5]
    begins = f"{int(main)}/{int(sub)}/" if sub else f"{int(main)}/"
    if section := written[6]:
        return CaseRow.plate == f"{int(main)}/{int(sub or 0)}/{int(section)}"
    return _begins(CaseRow.plate.expression, begins)


def _begins(column: ColumnElement[str], start: str) -> ColumnElement[bool]:
    # A range, not LIKE: SQLite uses an index for LIKE only where case counts.
    after = start[:-1] + chr(ord(start[-1]) + 1)
    return (column >= start) & (column < after)
