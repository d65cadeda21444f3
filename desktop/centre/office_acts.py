"""What an office does that is of no case: its day, its stamped sheets, a paper that it doubts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from desktop.centre import closing, stamped_sheets
from desktop.centre.context import Centre, day_of
from desktop.centre.elsewhere_tables import CopyOutRow
from desktop.centre.sheet_tables import ToldPaperRow
from desktop.centre.streams import append, load_case
from desktop.centre.tables import StreamRow
from desktop.domain import commands as c
from desktop.domain import elsewhere, told_paper
from desktop.domain import stamped_sheets as sheets
from desktop.domain.case import Case
from desktop.domain.errors import Refusal
from desktop.domain.lawful import demand_drawable
from desktop.domain.people import Staff
from desktop.domain.stream import OfficeFact, office_of
from desktop.forms import permits
from desktop.sql.missing import make_missing, put_rows

_NO_CASE = "چنین پرونده‌ای نیست."
_NO_SUCH_COPY = "مرکز چنین نسخه‌ای به این دفتر نداده است."
_MOST_OF_NUMBER = 40
_LONG_NUMBER = "شمارهٔ نامه بلندتر از آن است که نامهٔ شهر داشته باشد."


def do(
    session: Session,
    centre: Centre,
    command: c.Command,
    actor: Staff,
    home: StreamRow,
    acted: datetime,
    at: datetime,
) -> None:
    """The act done, told in the office's stream, which is locked.

    `acted` is when the person did it, as far as that can be so, `at` the centre's moment. Raises
    Refusal.
    """
    if load_case(session, command.case_id) is not None:
        raise Refusal(_NO_CASE)
    payload = command.payload
    assert isinstance(payload, c.OfficePayload)
    demand_drawable(payload)
    told = ACTS[type(payload)](session, centre, command, actor, home, acted, at)
    append(session, home, [told], case_id="", rev=0, cause=command.command_id, actor=actor, at=at)


def _may(session: Session, centre: Centre, actor: Staff, acted: datetime) -> bool:
    """Whether the person is the office's manager, or stood in for one who was away."""
    find = centre.reference.finding(session)
    managers = closing.managers(session, actor.office)
    return permits.may_close(find, managers, actor, day_of(acted), acted)


def _take(
    session: Session,
    centre: Centre,
    command: c.Command,
    actor: Staff,
    home: StreamRow,
    acted: datetime,
    at: datetime,
) -> sheets.SheetsTaken:
    assert isinstance(command.payload, c.TakeSheets)
    told = sheets.taken(command.payload, may=_may(session, centre, actor, acted))
    stamped_sheets.take(session, office_of(home.name), told, at)
    return told


def _drop(
    session: Session,
    centre: Centre,
    command: c.Command,
    actor: Staff,
    home: StreamRow,
    acted: datetime,
    _: datetime,
) -> sheets.SheetsDropped:
    assert isinstance(command.payload, c.DropSheets)
    told = sheets.dropped(command.payload, may=_may(session, centre, actor, acted))
    stamped_sheets.drop(session, office_of(home.name), told)
    return told


def _tell_paper(
    session: Session,
    _: Centre,
    command: c.Command,
    actor: Staff,
    home: StreamRow,
    __: datetime,
    at: datetime,
) -> told_paper.PaperTold:
    assert isinstance(command.payload, c.TellPaper)
    told = told_paper.told(command.payload)
    if len(told.number) > _MOST_OF_NUMBER:
        raise Refusal(_LONG_NUMBER)
    keep_paper(session, office_of(home.name), told, actor.name, at)
    return told


def keep_paper(
    session: Session, office: str, told: told_paper.PaperTold, name: str, at: datetime
) -> None:
    """Keep what the office (its id) tells of a paper, and who told it; or no more."""
    row = {"office": office, "number": told.number, "copy": told.copy}
    if told.names:
        said = {"name": name, "names": "\n".join(told.names), "at": at}
        put_rows(session, ToldPaperRow, row | said)
    else:
        session.execute(delete(ToldPaperRow).filter_by(**row))


def _tell_copy(
    session: Session,
    _: Centre,
    command: c.Command,
    __: Staff,
    home: StreamRow,
    ___: datetime,
    at: datetime,
) -> elsewhere.CopyPrinted:
    assert isinstance(command.payload, c.TellCopy)
    told, office = elsewhere.told(command.payload), office_of(home.name)
    case = _case_of(session, told.letter_id)
    given = case.letter(told.letter_id).given if case is not None else ()
    if case is None or (told.copy, office) not in {(each.copy, each.office) for each in given}:
        raise Refusal(_NO_SUCH_COPY)
    keep_copy(session, office, case.case_id, told, at)
    return told


def keep_copy(
    session: Session, office: str, case_id: str, told: elsewhere.CopyPrinted, at: datetime
) -> None:
    """Keep that the office printed the copy, and on which sheets."""
    row = {"letter_id": told.letter_id, "copy": told.copy, "office": office}
    make_missing(session, CopyOutRow, row)
    stamped_sheets.keep_copy(session, office, case_id, told, at)


def _case_of(session: Session, letter_id: str) -> Case | None:
    case_id = stamped_sheets.case_of_letter(session, letter_id)
    return load_case(session, case_id) if case_id else None


ACTS: Mapping[type[c.OfficePayload], Callable[..., OfficeFact]] = {
    c.CloseDay: closing.close,
    c.TakeSheets: _take,
    c.DropSheets: _drop,
    c.TellPaper: _tell_paper,
    c.TellCopy: _tell_copy,
}
"""Who does what is of no case, by its act."""
