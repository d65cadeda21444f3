"""That somebody at this desk looks at a case is written before he sees it."""

from __future__ import annotations

from collections.abc import Collection

from desktop.actions.desk import Seat
from desktop.domain.reading import Reading, Way, What
from desktop.store import readings
from desktop.store.open import Session

# So few cases that a search found are each looked at; of more it is said how many.
_FEW = 5


def note(
    seat: Seat,
    what: What,
    way: Way = Way.PAGE,
    *,
    cases: Collection[str] = ("",),
    about: str = "",
) -> None:
    """Write that this person looks at these cases, or at what concerns none, at this desk."""

    def keep(session: Session) -> None:
        at = seat.desk.moment(session)
        actor = seat.staff.staff_id
        readings.keep(
            session, [Reading(at, actor, what, way, case_id=case, about=about) for case in cases]
        )

    seat.desk.store.write(keep)


def on_paper(seat: Seat, cases: Collection[str]) -> None:
    """Write that a paper that tells of these cases was made for this person."""
    note(seat, What.CASE, Way.PRINT, cases=tuple(dict.fromkeys(cases)))


def found(seat: Seat, cases: Collection[str]) -> None:
    """Write that a search showed these cases to this person."""
    few = 0 < len(cases) <= _FEW
    about = "" if few else str(len(cases))
    note(seat, What.SEARCH, Way.SEARCH, cases=cases if few else ("",), about=about)
