"""The restored centre opens: what the facts that were given back change beside them is done, and
acts are taken again."""

from __future__ import annotations

from sqlalchemy.orm import Session

from desktop.centre.context import Centre
from desktop.centre.recovering import standing
from desktop.centre.recovering.redoing import redo_all
from desktop.centre.recovering.standing import Phase
from desktop.centre.transacting import transact
from desktop.domain.errors import Refusal
from desktop.sql.engine import Limits

ALL = "all desks"
# What a day's facts change is done in one piece: who opens it by hand meanwhile waits for that.
_OPENING = Limits(lock=0, statement=0, silence=600, whole=0)
_CLOSED = "مرکز هنوز باز نشده است؛ نخست باید دفترها آنچه دارند پس بدهند."


def demand_open(centre: Centre) -> None:
    """Raise Refusal while the centre waits for what desks give back."""
    with centre.reading() as session:
        if centre.recovery.phase(session) is Phase.CLOSED:
            raise Refusal(_CLOSED)


def open_if_all_came(centre: Centre) -> bool:
    """Open it where no desk at work is missing any more; whether it was opened now."""
    with centre.reading() as session:
        row = standing.current(session)
        if row is None or row.opened_at is not None or standing.absent(session, row):
            return False
    return open_up(centre)


def open_up(centre: Centre, by: str = ALL) -> bool:
    """Take acts again, as `by` says; whether it was not done before. Raises Refusal."""

    def work(session: Session) -> bool:
        row = standing.restored(session, alone=True)
        if row.opened_at is not None:
            return False
        redo_all(session, centre)
        row.opened_at, row.opened_by = centre.clock(), by
        return True

    return transact(centre, centre.writer, work, _OPENING)


def confirm(centre: Centre, by: str) -> bool:
    """Answer at once again: `by` has seen to what the copy lacks; whether it was not done before.

    Raises Refusal before it is open.
    """

    def work(session: Session) -> bool:
        row = standing.restored(session, alone=True)
        if row.opened_at is None:
            raise Refusal(_CLOSED)
        if row.confirmed_at is not None:
            return False
        row.confirmed_at, row.confirmed_by = centre.clock(), by
        return True

    return transact(centre, centre.writer, work)
