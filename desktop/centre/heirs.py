"""Which open cases go to which other office by now: after a stop, or the end of a delegation."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import cache

from sqlalchemy import literal_column, select
from sqlalchemy.orm import Session

from desktop.centre.context import Centre, day_of
from desktop.centre.queueing import is_open
from desktop.centre.tables import RECALLED, CaseCountRow, CaseRow
from desktop.domain import commands as c
from desktop.domain.state import ENDS
from desktop.domain.stream import office_of
from desktop.forms.permits import heir_of, hinders_heir

_ENDED = sorted(state.value for state in ENDS)


def due(session: Session, centre: Centre, at: datetime) -> Iterator[tuple[str, c.PassOn]]:
    """Each case that is to be passed on, and to whom; none to an office that can't take it now.

    Beside those that are open a letter that was handed over and is to be voided.
    """
    day = day_of(at)
    known, find = centre.reference, centre.reference.finding(session)

    @cache
    def heir(stream: str, code: str) -> c.PassOn | None:
        named = heir_of(find, office_of(stream), code, at)
        service = known.services(session, day).get(code) if named is not None else None
        if named is None or service is None:
            return None
        hindered = hinders_heir(find, named[0], service, known.city(session, day), at)
        return None if hindered else c.PassOn(*named)

    kept, row = CaseCountRow, CaseRow
    waiting = select(kept.stream, kept.service).where(kept.cases > 0, kept.state.not_in(_ENDED))
    for stream, code in sorted({(each.stream, each.service) for each in session.execute(waiting)}):
        passed = heir(stream, code)
        if passed is None:
            continue
        own = (row.stream == stream, row.service == code, is_open(row))
        for case_id in session.scalars(select(row.case_id).where(*own).order_by(row.due_on)):
            yield case_id, passed
    recalled = select(row.case_id, row.stream, row.service).where(literal_column(RECALLED))
    for case_id, stream, code in session.execute(recalled.where(row.state.in_(_ENDED))):
        passed = heir(stream, code)
        if passed is not None:
            yield case_id, passed
