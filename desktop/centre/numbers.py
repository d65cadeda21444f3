"""Letter numbers: gapless per office and Jalali year, taken in the transaction that issues."""

from __future__ import annotations

from sqlalchemy import update
from sqlalchemy.orm import Session

from desktop.centre.tables import NumberRow
from desktop.sql.missing import make_missing

# By its table: nothing else that waits to be written needs to be, for a number.
_NUMBER = NumberRow.metadata.tables[NumberRow.__tablename__]


def next_serial(session: Session, office: str, year: int) -> int:
    """The next serial of the office's year; the row stays locked until the transaction ends.

    `office` is its id: under another code it numbers on. The caller holds its stream's lock, so two
    takers of one office never meet here.
    """
    own = (_NUMBER.c.office == office, _NUMBER.c.year == year)
    take = update(_NUMBER).where(*own).values(last=_NUMBER.c.last + 1).returning(_NUMBER.c.last)
    taken = session.scalar(take)
    if taken is None:
        make_missing(session, NumberRow, {"office": office, "year": year, "last": 0})
        taken = session.scalars(take).one()
    return int(taken)
