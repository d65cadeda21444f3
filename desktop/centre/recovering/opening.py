"""The restored centre opens: what the facts that were given back change beside them is done, and
acts are taken again."""

from __future__ import annotations

from sqlalchemy.orm import Session

from desktop.centre.context import Centre
from desktop.centre.recovering import skipping, standing
from desktop.centre.recovering.redoing import OPENING, hand_on, redo_all
from desktop.centre.recovering.standing import Phase
from desktop.centre.transacting import transact
from desktop.domain.errors import Refusal

ALL = "all desks"
_CLOSED = "مرکز هنوز باز نشده است؛ نخست باید دفترها آنچه دارند پس بدهند."


def demand_open(centre: Centre) -> None:
    """Raise Refusal while the centre waits for what desks give back."""
    with centre.reading() as session:
        if centre.recovery.phase(session) is Phase.CLOSED:
            raise Refusal(_CLOSED)


def open_if_all_came(centre: Centre) -> bool:
    """Open it where no desk at work is missing any more, or where whoever began to died; whether it
    was opened now."""
    with centre.reading() as session:
        row = standing.current(session)
        if row is None or row.opened_at is not None:
            return False
        if standing.takes_back(row) and standing.absent(session, row):
            return False
    return open_up(centre)


def open_up(centre: Centre, by: str = ALL) -> bool:
    """Take acts again, as `by` says; whether it was not done before. Nothing is given back from its
    beginning on; begun again, it goes on where it was. Raises Refusal."""

    def begin(session: Session) -> None:
        row = standing.restored(session, alone=True)
        if standing.takes_back(row):
            row.opening_at, row.opened_by = centre.clock(), by
            skipping.settle(session, row, row.opening_at)

    def end(session: Session) -> bool:
        row = standing.restored(session, alone=True)
        if row.opened_at is not None:
            return False
        hand_on(session, centre)
        row.opened_at = centre.clock()
        return True

    transact(centre, centre.writer, begin, OPENING)
    redo_all(centre)
    return transact(centre, centre.writer, end, OPENING)


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
