"""Letter numbers: gapless per office and Jalali year, taken in the transaction that issues."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.centre.tables import NumberRow


def next_serial(session: Session, office: str, year: int) -> int:
    """The next serial of the office's year; the row stays locked until the transaction ends.

    The caller holds the office's stream lock, so two takers of one office never meet here.
    """
    query = select(NumberRow).where(NumberRow.office == office, NumberRow.year == year)
    row = session.scalars(query.with_for_update()).one_or_none()
    if row is None:
        row = NumberRow(office=office, year=year, last=0)
        session.add(row)
    row.last += 1
    session.flush()
    return row.last
