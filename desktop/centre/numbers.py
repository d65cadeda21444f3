"""Letter numbers: gapless per office and Jalali year, taken in the transaction that issues."""

from __future__ import annotations

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from desktop.centre.tables import NumberRow
from desktop.sql.metadata import table_of
from desktop.sql.missing import make_missing

# By its table: nothing else that waits to be written needs to be, for a number.
_NUMBER = table_of(NumberRow)
_TAKE = (
    update(_NUMBER)
    .where(_NUMBER.c.office == bindparam("whose"), _NUMBER.c.year == bindparam("of_year"))
    .values(last=_NUMBER.c.last + 1)
    .returning(_NUMBER.c.last)
)
_REACH = (
    update(_NUMBER)
    .where(
        _NUMBER.c.office == bindparam("whose"),
        _NUMBER.c.year == bindparam("of_year"),
        _NUMBER.c.last < bindparam("at_least"),
    )
    .values(last=bindparam("at_least"))
)


def next_serial(session: Session, office: str, year: int) -> int:
    """The next serial of the office's year; the row stays locked until the transaction ends.

    `office` is its id: under another code it numbers on. The caller holds its stream's lock, so two
    takers of one office never meet here.
    """
    asked = {"whose": office, "of_year": year}
    taken = session.scalar(_TAKE, asked)
    if taken is None:
        make_missing(session, NumberRow, {"office": office, "year": year, "last": 0})
        taken = session.scalars(_TAKE, asked).one()
    return int(taken)


def spend(session: Session, office: str, year: int, serial: int) -> None:
    """The serial of the office's year is spent, with all before it: the next is a later one."""
    make_missing(session, NumberRow, {"office": office, "year": year, "last": 0})
    session.execute(_REACH, {"whose": office, "of_year": year, "at_least": serial})


def taken(session: Session) -> dict[tuple[str, int], int]:
    """By whose series and Jalali year the last number that was taken."""
    return {(row.office, row.year): row.last for row in session.execute(select(_NUMBER))}


def parted(number: str) -> tuple[int, int]:
    """The Jalali year and the serial of a letter's number, with an office's code between or not."""
    year, *_, serial = number.split("/")
    return int(year), int(serial)
