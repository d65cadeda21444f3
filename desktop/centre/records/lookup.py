"""Finds a property among the records by its code or plate (RULES.md §2, `record`)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import BindParameter, bindparam, select
from sqlalchemy.orm import Session

from desktop.centre.records import in_force
from desktop.centre.records.codec import from_json
from desktop.centre.records.in_force import Reading
from desktop.centre.records.overlay import overlays_of
from desktop.centre.records.tables import RECORD
from desktop.domain.calendar import TEHRAN
from desktop.domain.errors import Refusal
from desktop.domain.identifiers import Plate, RenewalCode, renewal_code
from desktop.domain.property import Found, LookUp, PropertyRecord
from desktop.sql import memo

_PRESENT: BindParameter[int] = bindparam("present")
_OF_CODES = select(RECORD.c.code, RECORD.c.body).where(
    RECORD.c.code.in_(bindparam("codes", expanding=True)), in_force.holds(_PRESENT)
)
_OF_PLATE = select(RECORD.c.code).where(
    RECORD.c.section == bindparam("section"),
    RECORD.c.main == bindparam("main"),
    RECORD.c.sub == bindparam("sub"),
    in_force.holds(_PRESENT),
)
NO_RECORDS = "هنوز سوابقی به کار گرفته نشده است؛ درخواست ثبت می‌شود و منتظر سوابق می‌ماند."


def find(session: Reading, code: RenewalCode | None, plate: Plate | None) -> Found:
    """The property of the code or, if no record has it, of the full plate, with what stands above.

    Ambiguous when the code's property is not among those of the plate (then the code's is told all
    the same), or when there is none by the code and several by the plate. Overlays lie on the
    property and on the building and land above.
    Raises Refusal when no records were ever imported.
    """
    present = in_force.number(session)
    day = in_force.as_of(session)
    if present is None or day is None:
        raise Refusal(NO_RECORDS)
    records = {} if code is None else _records(session, code, present, day)
    by_plate = [] if plate is None else _codes(session, plate, present)
    if code is not None and str(code) in records:
        found = _found(day, code, records)
        if by_plate and str(code) not in by_plate:
            # The code's property is what an expert would choose: it is told, not decided upon.
            return replace(found, match=LookUp.AMBIGUOUS)
        return found
    if len(by_plate) != 1:
        return Found(day, LookUp.AMBIGUOUS if by_plate else LookUp.NONE)
    only = renewal_code(by_plate[0])
    return _found(day, only, _records(session, only, present, day))


def held_at(session: Reading, code: RenewalCode, as_of: date, decided: datetime) -> Found:
    """The property of the code as the records of that day had it when something was decided on
    them, with what the counter had learnt by then."""
    made = decided.astimezone(TEHRAN).date()
    present = in_force.decided_on(session, as_of, decided)
    if present is None:
        return Found(as_of, LookUp.NONE)
    records = _records(session, code, present, as_of, made)
    return _found(as_of, code, records) if str(code) in records else Found(as_of, LookUp.NONE)


def _found(day: date, code: RenewalCode, records: dict[str, PropertyRecord]) -> Found:
    building = records.get(str(code.building_code)) if code.is_unit else None
    land = records.get(str(code.land_code)) if code != code.land_code else None
    return Found(day, LookUp.FOUND, records[str(code)], building, land)


def _records(
    session: Reading, code: RenewalCode, present: int, day: date, made: date | None = None
) -> dict[str, PropertyRecord]:
    """The records of the code and of its building and land, as far as there are, overlaid."""
    return of_codes(session, [str(c) for c in (code, *code.ancestors)], present, day, made)


def of_codes(
    session: Reading, codes: Iterable[str], present: int, day: date, made: date | None = None
) -> dict[str, PropertyRecord]:
    """By code, the records of the import `present` (of that day), as far as there are, overlaid;
    with `made` by no more than what was laid until that day."""
    told = texts(session, codes, present).items()
    records = {held: from_json(text) for held, text in told}
    for held, overlay in overlays_of(session, records, present, made).items():
        records[held] = overlay.over(records[held], day)
    return records


def texts(session: Reading, codes: Iterable[str], present: int) -> dict[str, str]:
    """By code, what the import `present` says of those that it has, as `codec` wrote it; each is
    asked for once in a session's transaction."""
    if not isinstance(session, Session):
        return _read(session, list(codes), present)
    wanted = list(codes)
    known: dict[str, str | None] = memo.once(session, ("texts of records", present), dict)
    if asked := [code for code in wanted if code not in known]:
        read = _read(session, asked, present)
        known.update((code, read.get(code)) for code in asked)
    return {code: text for code in wanted if (text := known[code]) is not None}


def _read(session: Reading, codes: list[str], present: int) -> dict[str, str]:
    rows = session.execute(_OF_CODES, {"codes": codes, "present": present})
    return {code: text for code, text in rows}


def _codes(session: Reading, plate: Plate, present: int) -> list[str]:
    asked = {"section": plate.section, "main": plate.main, "sub": plate.sub, "present": present}
    return list(session.scalars(_OF_PLATE, asked))
