"""What an office does that is of no case: its day, its stamped sheets, a paper that it doubts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete
from sqlalchemy.orm import Session

from desktop.centre import closing, stamped_sheets
from desktop.centre.context import day_of
from desktop.centre.elsewhere_tables import CopyOutRow
from desktop.centre.office_act import OfficeAct
from desktop.centre.sheet_tables import ToldPaperRow
from desktop.centre.streams import append, load_case
from desktop.domain import commands as c
from desktop.domain import elsewhere, told_paper
from desktop.domain import stamped_sheets as sheets
from desktop.domain.case import Case
from desktop.domain.errors import Refusal
from desktop.domain.lawful import demand_drawable
from desktop.domain.stream import OfficeFact
from desktop.forms import permits
from desktop.sql.missing import make_missing, put_rows

_NO_CASE = "چنین پرونده‌ای نیست."
_NO_SUCH_COPY = "مرکز چنین نسخه‌ای به این دفتر نداده است."
_MOST_OF_NUMBER = 40
_LONG_NUMBER = "شمارهٔ نامه بلندتر از آن است که نامهٔ شهر داشته باشد."


def do(act: OfficeAct) -> None:
    """The act done, and told in the office's stream. Raises Refusal."""
    session, command = act.session, act.command
    if load_case(session, command.case_id) is not None:
        raise Refusal(_NO_CASE)
    payload = command.payload
    assert isinstance(payload, c.OfficePayload)
    demand_drawable(payload)
    told = ACTS[type(payload)](act, payload)
    cause, by, at = command.command_id, act.actor, act.at
    append(session, act.home, [told], case_id="", rev=0, cause=cause, actor=by, at=at)


def _may(act: OfficeAct) -> bool:
    """Whether the person is the office's manager, or stood in for one who was away."""
    find = act.centre.reference.finding(act.session)
    managers = closing.managers(act.session, act.actor.office)
    return permits.may_close(find, managers, act.actor, day_of(act.acted), act.acted)


def _take(act: OfficeAct, asked: c.TakeSheets) -> sheets.SheetsTaken:
    told = sheets.taken(asked, may=_may(act))
    stamped_sheets.take(act.session, act.office, told, act.at)
    return told


def _drop(act: OfficeAct, asked: c.DropSheets) -> sheets.SheetsDropped:
    told = sheets.dropped(asked, may=_may(act))
    stamped_sheets.drop(act.session, act.office, told)
    return told


def _tell_paper(act: OfficeAct, asked: c.TellPaper) -> told_paper.PaperTold:
    told = told_paper.told(asked)
    if len(told.number) > _MOST_OF_NUMBER:
        raise Refusal(_LONG_NUMBER)
    keep_paper(act.session, act.office, told, act.actor.name, act.at)
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


def _tell_copy(act: OfficeAct, asked: c.TellCopy) -> elsewhere.CopyPrinted:
    told, office = elsewhere.told(asked), act.office
    case = _case_of(act.session, told.letter_id)
    given = case.letter(told.letter_id).given if case is not None else ()
    if case is None or (told.copy, office) not in {(each.copy, each.office) for each in given}:
        raise Refusal(_NO_SUCH_COPY)
    keep_copy(act.session, office, case.case_id, told, act.at)
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


ACTS: Mapping[type[c.OfficePayload], Callable[[OfficeAct, Any], OfficeFact]] = {
    c.CloseDay: closing.close,
    c.TakeSheets: _take,
    c.DropSheets: _drop,
    c.TellPaper: _tell_paper,
    c.TellCopy: _tell_copy,
}
"""Who does what is of no case, by its act."""
